package syncer

import (
	"strings"
	"testing"
	"time"

	"wapdesk/app/demo"
	"wapdesk/store"
)

// atOnce leaves everything that may be left.
func atOnce(time.Duration) bool { return true }

// A load of years begins with today, goes on from round to round where the last one ended, and ends with
// everything, each interaction read once.
func TestALongLoadGoesOnInRoundsNewestFirst(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 150, Days: 40})
	db := openFile(t, t.TempDir())
	s.shape(t, "clamp=10") // so that there are many stretches
	syncer := newSyncer(t, s, db)
	today := s.clock.Load()*1000 - 14*hour
	if err := Want(t.Context(), db, store.Span{FromMs: s.clock.Load()*1000 - 60*day, ToMs: Forever}); err != nil {
		t.Fatal(err)
	}
	rounds, down := 0, int64(forever)
	for more := true; more; rounds++ {
		if rounds > 30 {
			t.Fatal("it does not end")
		}
		asked := 0
		result := pullOK(t, syncer, PullOptions{Enough: func(time.Duration) bool { asked++; return asked%8 == 0 }})
		more = result.More
		covered, err := db.Coverage(t.Context())
		if err != nil || len(covered) != 1 || covered[0].FromMs > today || covered[0].ToMs != s.clock.Load()*1000 {
			t.Fatalf("round %d: %v is stored (%v)", rounds, covered, err)
		}
		if covered[0].FromMs > down {
			t.Fatalf("round %d: what was stored is not", rounds)
		}
		down = covered[0].FromMs
	}
	if rounds < 4 {
		t.Errorf("only %d rounds", rounds)
	}
	compare(t, s, db)
	transcripts := map[string]int{}
	for _, r := range s.Requests() {
		if strings.HasSuffix(r.Path, "/messages.json") {
			transcripts[r.Path]++
		}
	}
	twice := 0
	for _, n := range transcripts {
		twice += n - 1
	}
	// Open ones are read again in each round, as in every pull.
	if open, err := db.OpenNames(t.Context()); err != nil || twice > (len(open)+5)*rounds {
		t.Errorf("%d transcripts were read twice in %d rounds, %d interactions are open (%v)", twice, rounds, len(open), err)
	}
}

// The days that somebody looks at come before those between them and today.
func TestDaysThatAreLookedAtComeFirst(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 200, Days: 40})
	db := openFile(t, t.TempDir())
	syncer := newSyncer(t, s, db)
	now := s.clock.Load() * 1000
	looked := store.Span{FromMs: now - 30*day, ToMs: now - 29*day}
	pullOK(t, syncer, PullOptions{Enough: atOnce, First: looked})
	for span, stored := range map[store.Span]bool{looked: true, {FromMs: now - 20*day, ToMs: now - 10*day}: false} {
		missing, err := db.Missing(t.Context(), span)
		if err != nil || (len(missing) == 0) != stored {
			t.Errorf("%v lacks %v (%v)", utc(span), utcs(missing), err)
		}
	}
	checkCoverage(t, s, db)
	pullOK(t, syncer, PullOptions{})
	compare(t, s, db)
}

// Reading everything again goes on where it ended, whatever is between, and finds what nothing announces.
func TestReadingAgainGoesOnWhereItEnded(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 80, Days: 30})
	db := openFile(t, t.TempDir())
	s.shape(t, "clamp=20")
	syncer := newSyncer(t, s, db)
	pullOK(t, syncer, PullOptions{})
	first, err := LastReread(t.Context(), db)
	if err != nil || first.DoneMs != s.clock.Load()*1000 || first.BeganMs != 0 {
		t.Fatalf("after the first pull: %+v, %v", first, err)
	}
	old := pick(t, s.Data(), 0, func(i *demo.Interaction) bool {
		return int64(i.Time) < s.clock.Load()-20*day/1000 && len(i.Activities) > 0
	})
	s.ChangeInteraction(old.Name, func(i *demo.Interaction) { i.Title = "Později opraveno" })
	s.pass(time.Minute)
	down := int64(forever)
	rounds := 0
	for more := true; more; rounds++ {
		result := pullOK(t, newSyncer(t, s, db), PullOptions{Again: true, Gentle: true, Enough: atOnce})
		if more = result.More; !more {
			break
		}
		now, err := LastReread(t.Context(), db)
		if err != nil || now.DownMs >= down || now.BeganMs == 0 || rounds > 60 {
			t.Fatalf("round %d: %+v, %v", rounds, now, err)
		}
		down = now.DownMs
		if rounds == 1 {
			pullOK(t, syncer, PullOptions{}) // the usual round is not in the way
		}
	}
	if rounds < 3 {
		t.Errorf("only %d rounds", rounds)
	}
	compare(t, s, db)
	last, err := LastReread(t.Context(), db)
	if err != nil || last.DoneMs != s.clock.Load()*1000 || last.BeganMs != 0 {
		t.Errorf("at last: %+v, %v", last, err)
	}
	runs, err := db.Runs(t.Context(), 20)
	if err != nil || len(runs) != 2 {
		t.Errorf("the log of syncs has %d lines (%v), want those of the two usual pulls", len(runs), err)
	}
}
