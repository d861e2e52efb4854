package syncer

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"wapdesk/app/demo"
	"wapdesk/store"
)

// everyShape are the shapes of servers that the next test switches on and off, a line each: shapes
// that change how the same truth is told.
func everyShape(dice *rand.Rand) []string {
	sizes := []string{"7", "90", "200", "500"}
	return []string{
		"clamp=" + sizes[dice.IntN(len(sizes))],
		"most-take=" + sizes[dice.IntN(len(sizes))],
		"mute-limit",
		"no-total",
		"text-totals",
		"data-as-object",
		"dotted-keys",
		"shuffle-ties",
		"old-errors",
		"reduced-refs",
		"opaque-masks",
		"no-choices",
		"no-members",
		"zone=Praha",
	}
}

// All shapes at once, with answers that fail, and a contact centre that lives on meanwhile: after
// each sync the file is what the server's truth is. Colleagues leave and come back, queues are
// closed and opened again, and some interactions never came to a queue.
func TestAllShapesAtOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 40, Days: 6, Burst: 12})
	db := openFile(t, t.TempDir())
	syncer := New(impatient(t, s), db, Options{Messages: true, FirstDays: 10})
	pullOK(t, syncer, PullOptions{}) // the zone has to be known before a server forgets to name it
	dice := rand.New(rand.NewPCG(11, 16))
	for round := range 6 {
		var on []string
		for _, shape := range everyShape(dice) {
			if round == 0 || dice.IntN(2) == 0 {
				on = append(on, shape)
			}
		}
		s.shape(t, on...)
		s.live(dice)
		s.depart(dice)
		s.pass(time.Duration(1+dice.IntN(180)) * time.Minute)
		s.SetFail(demo.FailNull, .02)
		opts := PullOptions{Deep: dice.IntN(4) == 0}
		_, err := syncer.Pull(t.Context(), opts, nil)
		s.SetFail(demo.FailNull, 0)
		if err != nil { // more answers in a row than are asked for again; nothing may be lost by it
			if code := CodeOf(err); code != CodeNoAnswer {
				t.Fatalf("round %d with %v: %v", round, on, err)
			}
			pullOK(t, syncer, opts)
		}
		compareShaped(t, s, db, slices.Contains(on, "reduced-refs"))
		if t.Failed() {
			t.Fatalf("round %d with %v", round, on)
		}
	}
}

// compareShaped is compare; where references are reduced to titles, by titles.
func compareShaped(t *testing.T, s *site, db *store.DB, reduced bool) {
	t.Helper()
	o := newOracle(s, db)
	if reduced {
		o.write = func(w, g *story) { w.titled(); g.titled() }
	}
	o.judge(t)
}

// live lets something happen in the contact centre.
func (s *site) live(dice *rand.Rand) {
	s.AddInteractions(dice.IntN(4))
	d := s.Data()
	for range dice.IntN(4) {
		i := d.Interactions[len(d.Interactions)-1-dice.IntN(40)]
		s.ChangeInteraction(i.Name, func(i *demo.Interaction) { i.Title += strconv.Itoa(dice.IntN(10)) })
	}
	lost := d.Interactions[len(d.Interactions)-1-dice.IntN(40)]
	s.ChangeInteraction(lost.Name, func(i *demo.Interaction) { i.Queue, i.User = 0, "" })
}

// depart takes some queues and users off the lists, others than the round before.
func (s *site) depart(dice *rand.Rand) {
	queues, users := s.Server.Rights(s.Tokens().Lead.Name)
	s.Depart(some(dice, queues), some(dice, users))
}

// some are a few of a list, often none.
func some[T any](dice *rand.Rand, of []T) []T {
	at := dice.IntN(len(of))
	return of[at:min(at+dice.IntN(4), len(of))]
}
