package syncer

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"wapdesk/app/daktela"
	"wapdesk/app/demo"
	"wapdesk/store"
)

// What random histories found, one test each.

// met is a file that was synced once with a contact centre.
func met(t *testing.T) (*site, *store.DB, *Syncer) {
	t.Helper()
	s, db, syncer := shaped(t, demo.Options{Interactions: 40, Days: 12})
	pullOK(t, syncer, PullOptions{})
	return s, db, syncer
}

func TestReviewsThatAllVanishedGo(t *testing.T) {
	t.Parallel()
	s, db, syncer := met(t)
	for _, r := range s.Data().Reviews {
		s.DeleteReview(r.Name)
	}
	for range 2 { // an answer that lacks what is stored is believed the second time
		pullOK(t, syncer, PullOptions{Deep: true})
	}
	compare(t, s, db)
}

func TestAZoneThatChangedBeforeAFailureIsReadAnew(t *testing.T) {
	t.Parallel()
	s, db, syncer := met(t)
	if err := s.SetZone("Asia/Kolkata"); err != nil {
		t.Fatal(err)
	}
	s.shape(t, "broken=qaforms:null")
	ended, err := syncer.Pull(t.Context(), PullOptions{}, func(p Progress) {
		if p.Phase == PhaseInteractions {
			s.SetFail(demo.FailHTML, 1)
		}
	})
	if CodeOf(err) != CodeNotDaktela || len(ended.Coverage) != 0 {
		t.Fatalf("got %v, and %v still counts as stored", err, ended.Coverage)
	}
	s.SetFail(demo.FailHTML, 0)
	s.SetOddities(demo.Oddities{})
	pullOK(t, syncer, PullOptions{})
	compare(t, s, db)
}

func TestAnInteractionThatMovedToAnOlderStretchIsReadWithItsTranscript(t *testing.T) {
	t.Parallel()
	s, db, syncer := met(t)
	i := pick(t, s.Data(), 0, func(i *demo.Interaction) bool { return len(i.Activities) == 1 && len(s.Data().Messages(i)) > 2 })
	s.ChangeInteraction(i.Name, func(i *demo.Interaction) {
		i.Time -= demo.Stamp(72 * time.Hour / time.Second)
		i.Said = append(i.Said, "Ještě něco")
	})
	s.shape(t, "clamp=5") // so that stretches are short
	pullOK(t, syncer, PullOptions{Deep: true})
	compare(t, s, db)
}

// Nothing that a lead changed and that was never sent outlives the erasure.
func TestAnErasureTakesUnsentChangesBack(t *testing.T) {
	t.Parallel()
	s, db, syncer := met(t)
	d := s.Data()
	reviewed := pick(t, d, 0, func(i *demo.Interaction) bool {
		return len(i.Activities) == 1 && d.Activity(i.Activities[0]).User != ""
	})
	missed := pick(t, d, 0, func(i *demo.Interaction) bool { return len(i.Activities) > 0 && i.Name != reviewed.Name })
	s.ChangeInteraction(missed.Name, func(i *demo.Interaction) { i.Missed, i.MissedTime = "YES", i.Time })
	pullOK(t, syncer, PullOptions{Deep: true})
	forms, err := db.Forms(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.AddReview(t.Context(), store.QAReview{Activity: reviewed.Activities[0], Form: forms[0].Name, Answers: answers(forms[0])}); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ContactedBack(t.Context(), missed.Name); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Erase(t.Context(), []store.Name{reviewed.Name, missed.Name}, "lead"); err != nil {
		t.Fatal(err)
	}
	o := newOracle(s, db)
	o.erased[reviewed.Name], o.erased[missed.Name] = true, true
	o.judge(t)
	pullOK(t, syncer, PullOptions{Deep: true})
	o.judge(t)
}

func TestAnActivityOfAColleagueOutsideOfTheRightsGoes(t *testing.T) {
	t.Parallel()
	s, db, syncer := met(t)
	i := pick(t, s.Data(), 0, func(i *demo.Interaction) bool { return len(i.Activities) > 1 })
	users := s.Data().Users
	outside := users[slices.IndexFunc(users, func(u *demo.User) bool { return u.Type == "BO" })].Name
	s.ChangeActivity(i.Activities[1], func(a *demo.Activity) { a.User = outside })
	for range 2 { // its files are believed to be gone the second time
		pullOK(t, syncer, PullOptions{Deep: true})
	}
	compare(t, s, db)
}

// A company that went with the one customer who was known of it comes back with another.
func TestACompanyComesBackWithAnotherCustomer(t *testing.T) {
	t.Parallel()
	s, db, syncer := met(t)
	d := s.Data()
	first := pick(t, d, 0, func(i *demo.Interaction) bool {
		return i.Contact != "" && newOracle(s, db).contacts[i.Contact].Account != ""
	})
	account := newOracle(s, db).contacts[first.Contact].Account
	// As when the other customers of the company were not stored yet.
	for _, c := range d.Contacts {
		if c.Account == account && c.Name != first.Contact {
			s.ChangeContact(c.Name, func(c *demo.Contact) { c.Account = "" })
		}
	}
	pullOK(t, syncer, PullOptions{Deep: true})
	if _, err := db.Erase(t.Context(), []store.Name{first.Name}, "lead"); err != nil {
		t.Fatal(err)
	}
	other := pick(t, d, 0, func(i *demo.Interaction) bool { return i.Contact != "" && i.Contact != first.Contact })
	s.ChangeContact(other.Contact, func(c *demo.Contact) { c.Account = account })
	pullOK(t, syncer, PullOptions{Deep: true})
	o := newOracle(s, db)
	o.erased[first.Name] = true
	o.judge(t)
}

// The window of seven days that every pull reads again is not the end of what is known.
func TestCoverageEndsWithTheServersClock(t *testing.T) {
	t.Parallel()
	s, db, syncer := met(t)
	for range 2 {
		covered, err := db.Coverage(t.Context())
		if err != nil || len(covered) != 1 || covered[0].ToMs != s.clock.Load()*1000 {
			t.Fatalf("%v counts as stored (%v); the server's clock says %d", covered, err, s.clock.Load()*1000)
		}
		s.pass(3 * time.Hour)
		pullOK(t, syncer, PullOptions{})
	}
}

// endsAt ends a context when a request for a path is sent.
type endsAt struct {
	path string
	end  func()
}

func (e endsAt) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.Contains(r.URL.Path, e.path) {
		e.end()
	}
	return http.DefaultTransport.RoundTrip(r)
}

// What was listed counts as stored and is not listed again, so that a pull which ends before it read the reviews
// of it has to leave a mark.
func TestAPullThatEndsBeforeTheReviewsLeavesThemToTheNext(t *testing.T) {
	t.Parallel()
	s, db, _ := shaped(t, demo.Options{Interactions: 40, Days: 12})
	address, err := daktela.ParseAddress(s.url)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	client, err := daktela.New(address, daktela.WithToken(s.Token()), daktela.WithTransport(endsAt{"/qaReviews", cancel}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New(client, db, Options{Messages: true, FirstDays: 40}).Pull(ctx, PullOptions{}, nil); CodeOf(err) != CodeCancelled {
		t.Fatalf("got %v", err)
	}
	pullOK(t, newSyncer(t, s, db), PullOptions{})
	compare(t, s, db)
}
