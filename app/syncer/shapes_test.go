package syncer

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"wapdesk/app/daktela"
	"wapdesk/app/demo"
	"wapdesk/store"
)

// shaped is an empty file and a syncer of a site that has some shapes.
func shaped(t *testing.T, opts demo.Options, shapes ...string) (*site, *store.DB, *Syncer) {
	t.Helper()
	for _, text := range shapes {
		if err := opts.Oddities.Shape(text); err != nil {
			t.Fatal(err)
		}
	}
	s := newSite(t, opts)
	db := openFile(t, t.TempDir())
	return s, db, New(impatient(t, s), db, Options{Messages: true, FirstDays: 40})
}

func noSleep(ctx context.Context, _ time.Duration) error { return ctx.Err() }

// shape replaces the shapes of a site.
func (s *site) shape(t *testing.T, shapes ...string) {
	t.Helper()
	var o demo.Oddities
	for _, text := range shapes {
		if err := o.Shape(text); err != nil {
			t.Fatal(err)
		}
	}
	s.SetOddities(o)
}

// impatient is a client that repeats requests at once.
func impatient(t *testing.T, s *site) *daktela.Client {
	t.Helper()
	address, err := daktela.ParseAddress(s.url)
	if err != nil {
		t.Fatal(err)
	}
	c, err := daktela.New(address, daktela.WithToken(s.Token()), daktela.WithSleep(noSleep))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// 250 rows in pages of any size are 250 rows, and stay so when everything is read again.
func TestPagesOfAnySizeAreReadToTheEnd(t *testing.T) {
	t.Parallel()
	for _, shapes := range [][]string{
		{"clamp=7"}, {"clamp=90"}, {"clamp=40", "no-total"}, {"most-take=90", "mute-limit"}, {"most-take=7", "no-total"},
		{"clamp=7", "shuffle-ties"}, {"no-total"},
	} {
		t.Run(strings.Join(shapes, " "), func(t *testing.T) {
			t.Parallel()
			s, db, _ := shaped(t, demo.Options{Interactions: 250, Burst: 30}, shapes...)
			syncer := New(impatient(t, s), db, Options{FirstDays: 40})
			first := pullOK(t, syncer, PullOptions{})
			visible := s.visible()
			deep := pullOK(t, syncer, PullOptions{Deep: true})
			stored, err := db.Stored(t.Context())
			if err != nil || stored != visible || first.Interactions.Read != visible || deep.Interactions.Gone != 0 {
				t.Errorf("stored %d (%v), read %d, gone %d; the server shows %d", stored, err, first.Interactions.Read, deep.Interactions.Gone, visible)
			}
			s.compareDirectory(t, db)
		})
	}
}

// visible is how many interactions the lead sees.
func (s *site) visible() int {
	n := 0
	for _, i := range s.Data().Interactions {
		if s.Sees(s.Tokens().Lead.Name, i.Name) {
			n++
		}
	}
	return n
}

// compareDirectory checks the lists beside the interactions: users, queues, contacts and tickets.
func (s *site) compareDirectory(t *testing.T, db *store.DB) {
	t.Helper()
	queues, users := s.Rights(s.Tokens().Lead.Name)
	rights, err := db.Rights(t.Context())
	if err != nil || len(rights.Queues) != len(queues) || len(rights.Users) < len(users) {
		t.Errorf("rights: %d queues, %d users (%v), want %d and %d", len(rights.Queues), len(rights.Users), err, len(queues), len(users))
	}
	d := s.Data()
	for i := 0; i < len(d.Contacts); i += 29 {
		found, err := db.FindContacts(t.Context(), d.Activities[0].Name, d.Contacts[i].LastName, len(d.Contacts))
		if err != nil || !slices.ContainsFunc(found, func(hit store.ContactHit) bool { return hit.Contact.Name == d.Contacts[i].Name }) {
			t.Errorf("contact %s is not stored (%v)", d.Contacts[i].Name, err)
		}
	}
	tickets, err := db.FindTickets(t.Context(), "", len(d.Tickets)+1)
	if err != nil || len(tickets) != len(d.Tickets) {
		t.Errorf("%d tickets (%v), want %d", len(tickets), err, len(d.Tickets))
	}
}

func TestThePageSizeIsRememberedInTheProfile(t *testing.T) {
	t.Parallel()
	s, db, syncer := shaped(t, demo.Options{Interactions: 300}, "most-take=90")
	pullOK(t, syncer, PullOptions{})
	if kept, _, err := db.Setting(t.Context(), settingPageSize); err != nil || kept != "90" {
		t.Errorf("kept %q (%v), want 90", kept, err)
	}
	s.ResetRequests()
	pullOK(t, New(impatient(t, s), db, Options{Messages: true, FirstDays: 40}), PullOptions{})
	for _, r := range s.Requests() {
		if take, err := strconv.Atoi(r.Query.Get("take")); err == nil && take > 90 {
			t.Fatalf("asked for %d rows of %s again", take, r.Path)
		}
	}
	s.SetOddities(demo.Oddities{})
	pullOK(t, New(impatient(t, s), db, Options{Messages: true, FirstDays: 40}), PullOptions{Deep: true})
	if kept, _, err := db.Setting(t.Context(), settingPageSize); err != nil || kept != strconv.Itoa(daktela.MaxPage) {
		t.Errorf("a deep pull of a server without the limit kept %q (%v)", kept, err)
	}
}

// An answer that is no list is a failure, whatever its status, and takes nothing away.
func TestAnErrorBesideAnEmptyResultTakesNothingAway(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"activitiesWap": CodeNoAnswer, "activities": CodeNoAnswer, "activitiesWap/messages": CodeNoAnswer, "activitiesWap/flow": CodeNoAnswer,
		"qaReviews": CodeNoAnswer, "contacts": CodeNoAnswer,
	}
	for list, code := range tests {
		for _, how := range []string{demo.BrokenNull, demo.BrokenBare} {
			t.Run(list+" "+how, func(t *testing.T) {
				t.Parallel()
				s, db, syncer := shaped(t, demo.Options{Interactions: 60})
				pullOK(t, syncer, PullOptions{})
				s.shape(t, "broken="+list+":"+how)
				result, err := syncer.Pull(t.Context(), PullOptions{Deep: true}, nil)
				want := code
				if how == demo.BrokenBare {
					want = CodeNotDaktela
				}
				if CodeOf(err) != want || result.Interactions.Gone != 0 {
					t.Errorf("got %v, %d gone; want %s", err, result.Interactions.Gone, want)
				}
				s.SetOddities(demo.Oddities{})
				compare(t, s, db)
				pullOK(t, syncer, PullOptions{})
				compare(t, s, db)
			})
		}
	}
}

// What the contact centre counts and does not list does not count as stored; the rest is, and the sync says so.
func TestCoverageNeedsEveryCountedRow(t *testing.T) {
	t.Parallel()
	s, db, syncer := shaped(t, demo.Options{Interactions: 40}, "broken=activitiesWap:more")
	result, err := syncer.Pull(t.Context(), PullOptions{}, nil)
	if !is[*ShortError](err) || CodeOf(err) != CodeIncomplete || len(result.Incomplete) == 0 {
		t.Fatalf("got %v and %v", err, result.Incomplete)
	}
	checkCoverage(t, s, db)
	covered, err := db.Coverage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, span := range covered {
		for _, i := range s.Data().Interactions {
			if at := int64(i.Time) * 1000; at >= span.FromMs && at < span.ToMs {
				t.Fatalf("%v counts as stored with %s in it", utc(span), i.Name)
			}
		}
	}
	newOracle(s, db).names(t, newOracle(s, db).visible()) // everything that was listed is there
	s.SetOddities(demo.Oddities{})
	pullOK(t, syncer, PullOptions{})
	compare(t, s, db)
}

// An empty transcript, process or list of reviews has to be said by two pulls before what is stored goes.
func TestAnEmptyAnswerIsBelievedTheSecondTime(t *testing.T) {
	t.Parallel()
	s, db, syncer := shaped(t, demo.Options{Interactions: 60})
	pullOK(t, syncer, PullOptions{})
	s.shape(t, "broken=activitiesWap/messages:empty", "broken=activitiesWap/flow:empty")
	result := pullOK(t, syncer, PullOptions{Deep: true})
	if result.Doubted == 0 {
		t.Error("nothing was doubted")
	}
	s.SetOddities(demo.Oddities{})
	compare(t, s, db)
	pullOK(t, syncer, PullOptions{}) // the doubt is settled by the right answer
	s.shape(t, "broken=activitiesWap/messages:empty")
	pullOK(t, syncer, PullOptions{Deep: true})
	for range 2 { // rounds that follow at once meet the same accident, and believe nothing
		pullOK(t, syncer, PullOptions{Deep: true, Onward: true})
		s.SetOddities(demo.Oddities{})
		compare(t, s, db)
		s.shape(t, "broken=activitiesWap/messages:empty")
	}
	s.pass(time.Hour)
	pullOK(t, syncer, PullOptions{})
	for _, i := range s.Data().Interactions {
		if g := newOracle(s, db).stored(t, i.Name); len(g.Messages) != 0 {
			t.Fatalf("%s still has %d messages after two empty answers", i.Name, len(g.Messages))
		}
	}
}

func TestAProcessThatIsNoLongerOfferedStays(t *testing.T) {
	t.Parallel()
	s, db, syncer := shaped(t, demo.Options{Interactions: 40})
	pullOK(t, syncer, PullOptions{})
	for range 2 {
		s.shape(t, "no-flow")
		pullOK(t, syncer, PullOptions{Deep: true})
		s.SetOddities(demo.Oddities{})
		compare(t, s, db)
	}
}

func TestDottedKeysAndItemFiles(t *testing.T) {
	t.Parallel()
	for _, shapes := range [][]string{{"dotted-keys"}, {"bare-talk"}, {"dotted-keys", "bare-talk", "data-as-object", "text-totals"}} {
		t.Run(strings.Join(shapes, " "), func(t *testing.T) {
			t.Parallel()
			s, db, syncer := shaped(t, demo.Options{Interactions: 120}, shapes...)
			pullOK(t, syncer, PullOptions{})
			compareRows(t, s, db, strings.Contains(fmt.Sprint(shapes), "bare-talk"))
		})
	}
}

// compareRows is compare, also where messages name no files.
func compareRows(t *testing.T, s *site, db *store.DB, bare bool) {
	t.Helper()
	d := s.Data()
	owned := 0
	for _, i := range d.Interactions {
		detail, err := db.Detail(t.Context(), i.Name)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]bool{}
		for _, f := range d.Files(i) {
			want[strconv.FormatInt(f.ID, 10)] = true
		}
		for _, a := range d.ActivitiesOf(i) {
			for _, f := range a.Files {
				want[strconv.FormatInt(f.ID, 10)] = true
			}
		}
		if anonymised(d, i) {
			want = map[string]bool{}
		}
		have := map[string]bool{}
		for _, f := range detail.Files {
			have[f.File] = true
			if f.Origin == store.FromItem {
				owned++
			}
		}
		for _, m := range detail.Messages {
			for _, f := range m.Attachments {
				have[f.File] = true
			}
		}
		if fmt.Sprint(have) != fmt.Sprint(want) {
			t.Fatalf("%s: files %v, want %v", i.Name, have, want)
		}
		if !bare {
			newOracle(s, db).one(t, i)
		}
	}
	if owned == 0 {
		t.Error("no interaction has a file of its own: the test sees nothing")
	}
}
