package syncer

import (
	"errors"
	"testing"
	"time"

	"wapdesk/app/daktela"
	"wapdesk/app/demo"
	"wapdesk/store"
)

// pick finds an interaction that is at least so many days old and meets a condition.
func pick(t *testing.T, d *demo.Data, days int, is func(*demo.Interaction) bool) *demo.Interaction {
	t.Helper()
	before := demo.Stamp(noon().AddDate(0, 0, -days).Unix())
	for _, i := range d.Interactions {
		if i.Time < before && !anonymised(d, i) && is(i) {
			return i
		}
	}
	t.Fatal("the demo has no such interaction")
	return nil
}

func TestLaterPullsFollowChanges(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 300})
	db := openFile(t, t.TempDir())
	syncer := newSyncer(t, s, db)
	pullOK(t, syncer, PullOptions{})
	s.pass(time.Hour)
	d := s.Data()
	recent := d.Interactions[len(d.Interactions)-20]
	missed := pick(t, d, 10, func(i *demo.Interaction) bool { return i.Missed == "YES" })
	old := pick(t, d, 10, func(i *demo.Interaction) bool { return len(i.Activities) == 1 && i.Missed == "" })
	s.ChangeInteraction(recent.Name, func(i *demo.Interaction) { i.Title = "Nový název" })
	s.ChangeInteraction(missed.Name, func(i *demo.Interaction) { i.Missed = "NO" })
	// An activity of an old interaction is closed again now: only the pass over closed ones sees it.
	s.ChangeActivity(old.Activities[0], func(a *demo.Activity) {
		a.TimeClose, a.FocusTime = demo.Stamp(noon().Add(30*time.Minute).Unix()), 7
	})
	added := s.AddInteractions(3)
	result := pullOK(t, syncer, PullOptions{})
	if result.Added != len(added) {
		t.Errorf("added %d, want %d", result.Added, len(added))
	}
	compare(t, s, db)
}

func TestClosedActivitiesArriveWithoutTheRelation(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 120})
	address, err := daktela.ParseAddress(s.url)
	if err != nil {
		t.Fatal(err)
	}
	client, err := daktela.New(address, daktela.WithToken(s.Token()),
		daktela.WithPaths(daktela.Paths{InteractionActivities: "activitiesWap/{name}/nothing"}))
	if err != nil {
		t.Fatal(err)
	}
	db := openFile(t, t.TempDir())
	syncer := New(client, db, Options{Messages: true, FirstDays: 40})
	pullOK(t, syncer, PullOptions{})
	s.pass(time.Hour)
	old := pick(t, s.Data(), 10, func(i *demo.Interaction) bool { return len(i.Activities) > 1 })
	s.ChangeActivity(old.Activities[1], func(a *demo.Activity) {
		a.TimeClose, a.FocusTime = demo.Stamp(noon().Add(30*time.Minute).Unix()), 7
	})
	pullOK(t, syncer, PullOptions{})
	compare(t, s, db)
}

func TestAnonymisingByHandIsSeenWhenItIsDone(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 100})
	db := openFile(t, t.TempDir())
	syncer := newSyncer(t, s, db)
	pullOK(t, syncer, PullOptions{})
	name := pick(t, s.Data(), 15, func(i *demo.Interaction) bool { return len(i.Activities) == 1 && i.Missed == "" }).Name
	if _, err := db.Erase(t.Context(), []store.Name{name}, "lead"); err != nil {
		t.Fatal(err)
	}
	state := func() store.ChangeCounts {
		counts, err := db.ChangeCounts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return counts
	}
	pullOK(t, syncer, PullOptions{})
	if got := state(); got.Manual != 1 || got.Confirmed != 0 {
		t.Errorf("before: %+v", got)
	}
	s.Anonymise(name)
	pullOK(t, syncer, PullOptions{})
	if got := state(); got.Manual != 0 || got.Confirmed != 1 {
		t.Errorf("after: %+v", got)
	}
}

func TestDeepPullFindsWhatNothingAnnounces(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 150})
	db := openFile(t, t.TempDir())
	syncer := newSyncer(t, s, db)
	pullOK(t, syncer, PullOptions{})
	old := pick(t, s.Data(), 15, func(i *demo.Interaction) bool { return len(i.Activities) == 1 && i.Missed == "" })
	erased := pick(t, s.Data(), 15, func(i *demo.Interaction) bool { return len(i.Activities) == 1 && i != old && i.Title != "" })
	gone := pick(t, s.Data(), 15, func(i *demo.Interaction) bool { return i != old && i != erased && i.Missed == "" })
	s.ChangeInteraction(old.Name, func(i *demo.Interaction) { i.Title = "Pozdní párování" })
	s.Anonymise(erased.Name)
	s.Delete(gone.Name)
	pullOK(t, syncer, PullOptions{})
	if d, err := db.Detail(t.Context(), old.Name); err != nil || d.Interaction.Title != old.Title {
		t.Errorf("the usual round reads ten-day-old rows again: %v", err)
	}
	result := pullOK(t, syncer, PullOptions{Deep: true})
	if result.Interactions.Gone != 1 {
		t.Errorf("gone: got %d, want 1", result.Interactions.Gone)
	}
	d, err := db.Detail(t.Context(), erased.Name)
	if err != nil || !d.Interaction.Anonymised || d.Interaction.Title != "" || len(d.Messages) != 0 || d.Interaction.Contact.Name != "" {
		t.Errorf("anonymised upstream: got %+v, %v", d.Interaction, err)
	}
	compare(t, s, db)
}

func TestVanishedRecentInteractionsAreGone(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 120})
	db := openFile(t, t.TempDir())
	syncer := newSyncer(t, s, db)
	pullOK(t, syncer, PullOptions{})
	all := s.Data().Interactions
	s.Delete(all[len(all)-5].Name, all[len(all)-9].Name)
	if result := pullOK(t, syncer, PullOptions{}); result.Interactions.Gone != 2 {
		t.Errorf("gone: got %d, want 2", result.Interactions.Gone)
	}
	compare(t, s, db)
}

func TestTombstonesWinOverLaterPulls(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 120})
	db := openFile(t, t.TempDir())
	syncer := newSyncer(t, s, db)
	pullOK(t, syncer, PullOptions{})
	d := s.Data()
	name := pick(t, d, 1, func(i *demo.Interaction) bool { return i.Contact != "" && len(d.Messages(i)) > 3 }).Name
	if _, err := db.Erase(t.Context(), []store.Name{name}, "lead"); err != nil {
		t.Fatal(err)
	}
	s.ChangeInteraction(name, func(i *demo.Interaction) { i.Title += " 2" })
	for _, opts := range []PullOptions{{}, {Deep: true}} {
		pullOK(t, syncer, opts)
		got, err := db.Detail(t.Context(), name)
		if err != nil || got.Interaction.Title != "" || got.Interaction.Sender != "" || len(got.Messages) > 0 || got.Contact != nil {
			t.Errorf("came back: %+v, %v", got.Interaction, err)
		}
	}
}

func TestRightsShrinkAndGrow(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 120})
	lead := s.Tokens().Lead.Name
	queues, users := s.Server.Rights(lead)
	db := openFile(t, t.TempDir())
	syncer := newSyncer(t, s, db)
	pullOK(t, syncer, PullOptions{})
	before, err := db.Stored(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.Restrict(lead, queues[:len(queues)/2], users)
	pullOK(t, syncer, PullOptions{})
	names := make([]store.Name, 0, before)
	visible := 0
	for _, i := range s.Data().Interactions {
		names = append(names, i.Name)
		if s.Sees(lead, i.Name) {
			visible++
		}
	}
	left, err := db.Hashes(t.Context(), names)
	if err != nil || len(left) != visible || visible == before {
		t.Errorf("%d rows are left in the file (%v), %d are permitted of %d", len(left), err, visible, before)
	}
	if shown, err := db.Stored(t.Context()); err != nil || shown != visible {
		t.Errorf("%d rows are shown (%v), %d are permitted", shown, err, visible)
	}
	s.Restrict(lead, queues, users)
	pullOK(t, syncer, PullOptions{})
	compare(t, s, db)
}

// A sign-in that expires while rights shrank must not keep the rows.
func TestRowsOutsideTheRightsGoEvenWhenTheRestFails(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 100})
	lead := s.Tokens().Lead.Name
	_, users := s.Server.Rights(lead)
	db := openFile(t, t.TempDir())
	syncer := newSyncer(t, s, db)
	pullOK(t, syncer, PullOptions{})
	s.Restrict(lead, nil, users)
	_, err := syncer.Pull(t.Context(), PullOptions{}, func(p Progress) {
		if p.Phase == PhaseInteractions {
			s.ExpireAll(lead)
		}
	})
	if CodeOf(err) != CodeSignIn {
		t.Fatalf("got %v, want an expired sign-in", err)
	}
	names := []store.Name{}
	for _, i := range s.Data().Interactions {
		names = append(names, i.Name)
	}
	if left, err := db.Hashes(t.Context(), names); err != nil || len(left) != 0 {
		t.Errorf("%d rows are left (%v)", len(left), err)
	}
}

func TestAnotherZoneReadsEverythingAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 60, Zone: "America/New_York"})
	db := openFile(t, t.TempDir())
	syncer := newSyncer(t, s, db)
	pullOK(t, syncer, PullOptions{})
	compare(t, s, db)
	if db.Zone().String() != "America/New_York" {
		t.Errorf("zone: got %s", db.Zone())
	}
	// As if the file had been filled while the contact centre was somewhere else.
	if err := db.SetZone(t.Context(), "Asia/Tokyo"); err != nil {
		t.Fatal(err)
	}
	pullOK(t, syncer, PullOptions{})
	compare(t, s, db)
}

func TestErrorsHaveCodes(t *testing.T) {
	t.Parallel()
	tests := map[string]error{
		CodeSignIn:      &daktela.UnauthorisedError{},
		CodeOffline:     &daktela.UnreachableError{},
		CodeLimited:     &daktela.RateLimitedError{},
		CodeForbidden:   &daktela.ForbiddenError{},
		CodeCertificate: &daktela.CertificateError{},
		CodeServer:      &daktela.ServerError{},
		CodeNotDaktela:  &daktela.MalformedError{},
		CodeNotFound:    &daktela.NotFoundError{},
		CodeNotOffered:  &daktela.MethodNotAllowedError{},
		CodeRefused:     &daktela.ValidationError{},
		CodeIncomplete:  ErrIncomplete,
		CodeInternal:    errors.New("x"),
		CodeDone:        nil,
	}
	for want, err := range tests {
		if got := CodeOf(err); got != want {
			t.Errorf("%v: got %q, want %q", err, got, want)
		}
	}
}
