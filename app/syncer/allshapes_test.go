package syncer

import (
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"wapdesk/app/demo"
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
		"zone=Praha",
	}
}

// All shapes at once, with answers that fail, and a contact centre that lives on meanwhile: after
// each of 20 syncs the file is what the server's truth is.
func TestAllShapesAtOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 90, Days: 6, Burst: 12})
	db := openFile(t, t.TempDir())
	syncer := New(impatient(t, s), db, Options{Messages: true, FirstDays: 10})
	pullOK(t, syncer, PullOptions{}) // the zone has to be known before a server forgets to name it
	dice := rand.New(rand.NewPCG(11, 16))
	for round := range 20 {
		var on []string
		for _, shape := range everyShape(dice) {
			if round == 0 || dice.IntN(2) == 0 {
				on = append(on, shape)
			}
		}
		s.shape(t, on...)
		s.live(dice)
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
		compare(t, s, db)
		if t.Failed() {
			t.Fatalf("round %d with %v", round, on)
		}
	}
}

// live lets something happen in the contact centre.
func (s *site) live(dice *rand.Rand) {
	s.AddInteractions(dice.IntN(4))
	d := s.Data()
	for range dice.IntN(4) {
		i := d.Interactions[len(d.Interactions)-1-dice.IntN(40)]
		s.ChangeInteraction(i.Name, func(i *demo.Interaction) { i.Title += strconv.Itoa(dice.IntN(10)) })
	}
}
