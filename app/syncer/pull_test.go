package syncer

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"wapdesk/app/daktela"
	"wapdesk/app/demo"
	"wapdesk/store"

	"github.com/google/go-cmp/cmp"
)

func TestPullBringsEverything(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 300})
	db := openFile(t, t.TempDir())
	var seen []Progress
	result, err := newSyncer(t, s, db).Pull(t.Context(), PullOptions{}, func(p Progress) { seen = append(seen, p) })
	if err != nil {
		t.Fatal(err)
	}
	compare(t, s, db)
	data := s.Data()
	messages := 0
	for _, i := range data.Interactions {
		messages += len(data.Messages(i))
	}
	if got := result.Interactions; got.Read != len(data.Interactions) || got.Stored != got.Read || result.Added != got.Read {
		t.Errorf("interactions: got %+v, added %d, want %d", got, result.Added, len(data.Interactions))
	}
	if result.Activities.Read != len(data.Activities) || result.Messages.Read != messages {
		t.Errorf("got %d activities and %d messages, want %d and %d", result.Activities.Read, result.Messages.Read, len(data.Activities), messages)
	}
	// Rows are looked for beyond the server's clock, but nothing is known of the time to come.
	if spans, err := db.Coverage(t.Context()); err != nil || len(spans) != 1 || spans[0].ToMs != s.clock.Load()*1000 {
		t.Errorf("stored %v, %v; want one span that ends now, at %d", spans, err, s.clock.Load()*1000)
	}
	if s.PeakRequests() > 4 {
		t.Errorf("got %d requests at once", s.PeakRequests())
	}
	if last := seen[len(seen)-1]; !last.Final {
		t.Errorf("the last progress is not final: %+v", last)
	}
	var phases []string
	for _, p := range seen {
		if len(phases) == 0 || phases[len(phases)-1] != p.Phase {
			phases = append(phases, p.Phase)
		}
	}
	if diff := cmp.Diff([]string{PhaseDirectory, PhaseInteractions, PhaseContacts, PhaseMessages}, phases); diff != "" {
		t.Errorf("phases (-want +got):\n%s", diff)
	}
	checkCustomers(t, db, data)
	checkRequests(t, s)
}

func checkCustomers(t *testing.T, db *store.DB, data *demo.Data) {
	t.Helper()
	reviews := map[string]int{}
	for _, r := range data.Reviews {
		reviews[r.Activity]++
	}
	contacts := map[string]*demo.Contact{}
	for _, c := range data.Contacts {
		contacts[c.Name] = c
	}
	checked := 0
	for _, i := range data.Interactions {
		if anonymised(data, i) {
			continue
		}
		d, err := db.Detail(t.Context(), i.Name)
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		for _, a := range i.Activities {
			want += reviews[a]
		}
		if len(d.Reviews) != want {
			t.Errorf("%s: got %d reviews, want %d", i.Name, len(d.Reviews), want)
		}
		if c := contacts[i.Contact]; c != nil {
			if d.Contact == nil || d.Contact.LastName != c.LastName || !cmp.Equal(d.Contact.Numbers, c.Numbers()) || d.Contact.Account.Name != c.Account {
				t.Fatalf("%s: contact differs: got %+v", i.Name, d.Contact)
			}
			checked++
		}
	}
	if checked == 0 {
		t.Error("no contact was compared")
	}
	forms, err := db.Forms(t.Context(), "")
	if err != nil || len(forms) != len(data.Forms) {
		t.Errorf("got %d forms (%v), want %d", len(forms), err, len(data.Forms))
	}
	groups, err := db.Groups(t.Context())
	if err != nil || len(groups) == 0 {
		t.Fatalf("got %d groups (%v)", len(groups), err)
	}
	for _, g := range groups {
		if len(g.Members) == 0 {
			t.Errorf("group %s has no members", g.Name)
		}
	}
}

// checkRequests sees that lists always name their fields, and never a secret.
func checkRequests(t *testing.T, s *site) {
	t.Helper()
	for _, r := range s.Requests() {
		if strings.HasSuffix(r.Path, "whoim.json") || strings.HasSuffix(r.Path, "login.json") {
			continue
		}
		if r.Query.Get("fields[0]") == "" {
			t.Errorf("%s %s was asked without fields", r.Method, r.Path)
		}
		for key, values := range r.Query {
			if strings.HasPrefix(key, "fields[") && strings.Contains(values[0], "oken") {
				t.Errorf("%s asks for %s", r.Path, values[0])
			}
		}
	}
}

func TestPullOfCrowdedSeconds(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 150, Burst: 120, Days: 2, Oddities: demo.Oddities{ShuffleTies: true, Clamp: 50}})
	db := openFile(t, t.TempDir())
	rows := New(s.client(t, s.Token()), db, Options{})
	result := pullOK(t, rows, PullOptions{})
	data := s.Data()
	if result.Interactions.Read != len(data.Interactions) || result.Activities.Read != len(data.Activities) {
		t.Errorf("got %d interactions and %d activities, want %d and %d",
			result.Interactions.Read, result.Activities.Read, len(data.Interactions), len(data.Activities))
	}
	names := make([]store.Name, 0, len(data.Interactions))
	perSecond := map[demo.Stamp]int{}
	for _, i := range data.Interactions {
		names = append(names, i.Name)
		perSecond[i.Time]++
	}
	most := 0
	for _, n := range perSecond {
		most = max(most, n)
	}
	if most < 120 {
		t.Fatalf("the busiest second has %d interactions only", most)
	}
	stored, err := db.Hashes(t.Context(), names)
	if err != nil || len(stored) != len(names) {
		t.Errorf("stored %d of %d (%v)", len(stored), len(names), err)
	}
	s.SetOddities(demo.Oddities{})
	again := pullOK(t, rows, PullOptions{})
	if again.Interactions.Gone != 0 || again.Interactions.Stored != 0 || again.Added != 0 {
		t.Errorf("second pull: %+v", again.Interactions)
	}
}

// Transcripts are read of what changed, at most 1.1 times, never more than four at once, and a wait that was asked
// for is kept – as the server saw it.
func TestAPullIsKindToTheServer(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 200, Slow: 3 * time.Millisecond, RetryAfter: time.Second})
	s.SetFail(demo.FailSlow, 1) // so that requests meet
	db := openFile(t, t.TempDir())
	syncer := newSyncer(t, s, db)
	s.SetFail(demo.Fail429, .004)
	pullOK(t, syncer, PullOptions{})
	s.SetFail(demo.Fail429, 0)
	read := func() map[string]int {
		transcripts := map[string]int{}
		for _, r := range s.Requests() {
			if strings.HasSuffix(r.Path, "/messages.json") && r.Failed != demo.Fail429 {
				transcripts[strings.TrimPrefix(strings.TrimSuffix(r.Path, "/messages.json"), "/api/v6/activitiesWap/")]++
			}
		}
		return transcripts
	}
	total := func(of map[string]int) (n int) {
		for _, times := range of {
			n += times
		}
		return n
	}
	first := read()
	if n := total(first); len(first) < 150 || float64(n) > 1.1*float64(len(first)) {
		t.Errorf("%d requests for %d transcripts", n, len(first))
	}
	if peak := s.PeakRequests(); peak != 4 {
		t.Errorf("%d requests at once, want 4 at most, and as many where there is enough to ask", peak)
	}
	// After a 429 nothing that was not under way already comes before the second is over.
	requests := s.Requests()
	for n, r := range requests {
		if r.Failed != demo.Fail429 {
			continue
		}
		early := 0
		for _, later := range requests[n+1:] {
			if after := later.Moment - r.Moment; after > 50*time.Millisecond && after < 900*time.Millisecond {
				early++
			}
		}
		if early > 4 {
			t.Errorf("%d requests came within a second after a 429", early)
		}
	}

	settled := func(i *demo.Interaction) bool {
		return len(i.Activities) > 0 && !anonymised(s.Data(), i) && s.Data().Activity(i.Activities[0]).Action == "CLOSE" && i.State == ""
	}
	changed := names{}
	for n, i := range s.Data().Interactions {
		if n%4 == 0 && settled(i) && int64(i.Time) > s.clock.Load()-5*86_400 {
			s.ChangeInteraction(i.Name, func(i *demo.Interaction) { i.Title = "Změněno" })
			changed.add(i.Name)
		}
	}
	open, err := db.OpenNames(t.Context())
	if err != nil || len(changed) < 5 {
		t.Fatalf("%d changed, %v", len(changed), err)
	}
	s.ResetRequests()
	pullOK(t, syncer, PullOptions{})
	again := read()
	for _, name := range open {
		delete(again, name) // these may grow without a sign
	}
	others := 0
	for name := range again {
		if !changed[name] {
			others++
		}
	}
	if n := total(again) - others; float64(n) > 1.1*float64(len(changed)) || n < len(changed) {
		t.Errorf("%d requests for %d changed interactions", n, len(changed))
	}
	if others > len(open)+3 {
		t.Errorf("%d transcripts were read that did not change", others)
	}
}

func TestSecondPullReadsNothingTwice(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 100})
	db := openFile(t, t.TempDir())
	syncer := newSyncer(t, s, db)
	pullOK(t, syncer, PullOptions{})
	s.ResetRequests()
	result := pullOK(t, syncer, PullOptions{})
	if result.Interactions.Stored != 0 || result.Activities.Stored != 0 || result.Messages.Stored != 0 {
		t.Errorf("stored again: %+v %+v %+v", result.Interactions, result.Activities, result.Messages)
	}
	open, err := db.OpenNames(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	transcripts := 0
	for _, r := range s.Requests() {
		if strings.HasSuffix(r.Path, "/messages.json") {
			transcripts++
		}
	}
	waiting := 0 // in a queue, without anybody's work yet
	for _, i := range s.Data().Interactions {
		if len(i.Activities) == 0 && i.Duration == demo.Unknown && i.Missed == "" {
			waiting++
		}
	}
	if transcripts > len(open)+waiting {
		t.Errorf("read %d transcripts again, %d interactions are open and %d wait", transcripts, len(open), waiting)
	}
	compare(t, s, db)
}

func TestPullOfARangeCoversItOnly(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 200, Days: 20})
	db := openFile(t, t.TempDir())
	zone := db.Zone()
	from, to := time.Date(2026, 11, 5, 0, 0, 0, 0, zone), time.Date(2026, 11, 8, 0, 0, 0, 0, zone)
	result := pullOK(t, newSyncer(t, s, db), PullOptions{From: from, To: to})
	want := []Period{{From: "2026-11-05T00:00:00+01:00", To: "2026-11-08T00:00:00+01:00"}}
	if diff := cmp.Diff(want, result.Coverage); diff != "" {
		t.Errorf("coverage (-want +got):\n%s", diff)
	}
	in := 0
	for _, i := range s.Data().Interactions {
		if ms := int64(i.Time) * 1000; ms >= from.UnixMilli() && ms < to.UnixMilli() {
			in++
		}
	}
	if stored, err := db.Stored(t.Context()); err != nil || stored != in || in == 0 {
		t.Errorf("stored %d (%v), want %d", stored, err, in)
	}
	// The usual round brings the latest days beside it, not what lies between.
	pullOK(t, New(s.client(t, s.Token()), db, Options{Messages: true, FirstDays: 5}), PullOptions{})
	spans, err := db.Coverage(t.Context())
	if err != nil || len(spans) != 2 {
		t.Errorf("coverage: got %v, %v", spans, err)
	}
	if _, err := newSyncer(t, s, db).Pull(t.Context(), PullOptions{From: to, To: from}, nil); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("reversed range: got %v, want ErrInvalid", err)
	}
}

func TestResultIsTheCommandLinesJSON(t *testing.T) {
	t.Parallel()
	r := Result{
		Interactions: store.Counts{Read: 3, Stored: 2, Gone: 1}, Activities: store.Counts{Read: 4}, Messages: store.Counts{Read: 5},
		Changes: PushResult{Sent: 1, Refused: 2, Waiting: 3}, Coverage: []Period{{From: "a", To: "b"}}, Unread: []Unread{}, ServerTime: "t", Added: 9,
	}
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"interactions":{"read":3,"stored":2,"gone":1},"activities":{"read":4,"stored":0,"gone":0},` +
		`"messages":{"read":5,"stored":0,"gone":0},"changes":{"sent":1,"refused":2,"waiting":3},` +
		`"coverage":[{"from":"a","to":"b"}],"server_time":"t"}`
	if string(b) != want {
		t.Errorf("\n got %s\nwant %s", b, want)
	}
}

func TestRightsAreWhatTheServerLists(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 50})
	login := s.Tokens().Restricted
	rights, err := New(s.client(t, login.Token), openFile(t, t.TempDir()), Options{}).Rights(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	queues, users := s.Server.Rights(login.Name)
	want := map[string]bool{login.Name: true}
	for _, u := range users {
		want[u] = true
	}
	if len(rights.Queues) != len(queues) || len(rights.Users) != len(want) {
		t.Errorf("got %d queues and %d users, want %d and %d", len(rights.Queues), len(rights.Users), len(queues), len(want))
	}
	if rights.Accesses["pWaps"] == 0 {
		t.Errorf("accesses: got %v", rights.Accesses)
	}
}

func TestPullWithoutRights(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 50})
	db := openFile(t, t.TempDir())
	_, err := New(s.client(t, s.Tokens().NoRights.Token), db, Options{Messages: true}).Pull(t.Context(), PullOptions{}, nil)
	if CodeOf(err) != CodeForbidden || !is[*daktela.ForbiddenError](err) {
		t.Errorf("got %v, want a ForbiddenError", err)
	}
	if stored, err := db.Stored(t.Context()); err != nil || stored != 0 {
		t.Errorf("stored %d, %v", stored, err)
	}
}

func TestPullMeetsHabitsOfOtherReleases(t *testing.T) {
	t.Parallel()
	tests := map[string]demo.Oddities{
		"texts and objects": {TextTotals: true, DataAsObject: true, OldErrors: true, ObjectToken: true},
		"no flag":           {NoAnonymised: true},
	}
	for name, oddities := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, demo.Options{Interactions: 80, Oddities: oddities})
			db := openFile(t, t.TempDir())
			pullOK(t, newSyncer(t, s, db), PullOptions{})
			if oddities.NoAnonymised {
				return // what is anonymised cannot be told, so rows differ by design
			}
			compare(t, s, db)
		})
	}
}

func TestPullWithoutTranscripts(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 80, Oddities: demo.Oddities{NoMessages: true, NoFlow: true}})
	db := openFile(t, t.TempDir())
	syncer := newSyncer(t, s, db)
	result := pullOK(t, syncer, PullOptions{})
	if result.Interactions.Stored != 80 || result.Messages.Read != 0 {
		t.Errorf("got %+v %+v", result.Interactions, result.Messages)
	}
	asked := 0
	for _, r := range s.Requests() {
		if strings.HasSuffix(r.Path, "/messages.json") {
			asked++
		}
	}
	if asked > 4*missesToGiveUp {
		t.Errorf("asked %d times for what is not offered", asked)
	}
	// A later release offers them: the next pull fills the gap.
	s.SetOddities(demo.Oddities{})
	pullOK(t, syncer, PullOptions{})
	compare(t, s, db)
}
