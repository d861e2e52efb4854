package syncer

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"wapdesk/app/demo"
)

// A report tells what was asked, counted and met as the server saw it, and holds nothing of anybody.
func TestAReportTellsWhatHappenedAndNamesNobody(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 40, Days: 20, RetryAfter: time.Second})
	db := openFile(t, t.TempDir())
	s.shape(t, "clamp=20")
	s.SetFail(demo.Fail429, .02)
	s.SetFail(demo.FailCut, .02)
	pullOK(t, newSyncer(t, s, db), PullOptions{})
	reports, err := Reports(t.Context(), db)
	if err != nil || len(reports) != 1 {
		t.Fatalf("%d reports, %v", len(reports), err)
	}
	r := reports[0]
	requests, failed, limited := 0, 0, 0
	for _, n := range r.Requests {
		requests += n
	}
	for _, q := range s.Requests() {
		if q.Failed == demo.Fail429 {
			limited++
		}
		if q.Failed != "" {
			failed++
		}
	}
	faults := 0
	for _, n := range r.Faults {
		faults += n
	}
	if requests != len(s.Requests()) || limited != r.Faults["status 429"] || failed == 0 || faults < failed || r.Waits != faults || r.WaitedS <= 0 {
		t.Errorf("%d requests, %v, %d waits; the server saw %d, of which it failed %d and limited %d", requests, r.Faults, r.Waits, len(s.Requests()), failed, limited)
	}
	phases := []string{}
	for _, phase := range r.Phases {
		phases = append(phases, phase.Phase)
	}
	if !slices.Equal(phases, []string{PhaseDirectory, PhaseInteractions, PhaseContacts, PhaseMessages}) || r.Phases[1].Done != 40 || r.Phases[1].Expected != 40 {
		t.Errorf("phases %+v", r.Phases)
	}
	if r.Kind != "usual" || r.Code != "" || r.Interactions.Stored != 40 || r.PageBefore != 1000 || r.PageAfter != 20 || len(r.Asked) != 1 ||
		len(r.CoverageBefore) != 0 || len(r.CoverageAfter) != 1 {
		t.Errorf("report %+v", r)
	}
	// The clocks of tests lie apart by what noon() says.
	if off := s.clock.Load() - time.Now().Unix(); r.ClockS < off-5 || r.ClockS > off+5 {
		t.Errorf("the server's clock is %d s ahead, said %d", off, r.ClockS)
	}
	nameNobody(t, s, reports)
}

// nameNobody looks for anything of a person, a company or a login.
func nameNobody(t *testing.T, s *site, reports []Report) {
	t.Helper()
	b, err := json.Marshal(reports)
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	d := s.Data()
	planted := []string{s.Token(), s.Tokens().Lead.Name, s.url, strings.TrimPrefix(s.url, "http://")}
	for _, i := range d.Interactions {
		planted = append(planted, i.Name, i.Title, i.Contact, i.User)
	}
	for _, u := range d.Users {
		planted = append(planted, u.Name, u.Title)
	}
	for _, q := range d.Queues {
		planted = append(planted, q.Title)
	}
	for _, c := range d.Contacts {
		planted = append(planted, c.Name, c.Title, c.LastName)
	}
	for _, a := range d.Activities {
		planted = append(planted, a.Name)
	}
	for _, p := range planted {
		if len(p) > 3 && strings.Contains(text, p) {
			t.Errorf("the report holds %q", p)
		}
	}
}

// The last 20 are kept, the rounds of one load share one, and a pull that failed has one too.
func TestTheLastReportsAreKept(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 12, Days: 10})
	db := openFile(t, t.TempDir())
	s.shape(t, "clamp=5")
	syncer := New(s.client(t, s.Token()), db, Options{FirstDays: 40})
	rounds := 0
	for more := true; more; rounds++ {
		more = pullOK(t, syncer, PullOptions{Enough: atOnce}).More
	}
	reports, err := Reports(t.Context(), db)
	if err != nil || len(reports) != 1 || reports[0].Rounds != rounds || rounds < 3 || reports[0].More || reports[0].Interactions.Stored != 12 {
		t.Fatalf("%d rounds, %+v, %v", rounds, reports, err)
	}
	at := slices.IndexFunc(reports[0].Phases, func(p PhaseReport) bool { return p.Phase == PhaseInteractions })
	if got := reports[0].Phases[at]; got.Done < 12 || len(reports[0].Phases) > 4 {
		t.Errorf("phases %+v", reports[0].Phases)
	}
	s.SetFail(demo.FailExpired, 1)
	for range 22 {
		if _, err := syncer.Pull(t.Context(), PullOptions{}, nil); err == nil {
			t.Fatal("it went well")
		}
	}
	if reports, err = Reports(t.Context(), db); err != nil || len(reports) != 20 || reports[0].Code != CodeSignIn || reports[19].Code != CodeSignIn ||
		reports[0].Faults["status 401"] != 1 {
		t.Errorf("%d reports, %+v, %v", len(reports), reports[0], err)
	}
}
