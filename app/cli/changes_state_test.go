package cli

import (
	"slices"
	"testing"

	"wapdesk/store"
)

// TestChangesKnowTheStatesOfTheContract holds every state of the outbox against the five that scripts
// know.
func TestChangesKnowTheStatesOfTheContract(t *testing.T) {
	t.Parallel()
	contract := []string{"waiting", "sending", "sent", "refused", "conflict"}
	for state, want := range map[store.ChangeState][2]string{
		store.ChangeWaiting:   {"waiting", "–"},
		store.ChangeSending:   {"sending", "–"},
		store.ChangeSent:      {"sent", "–"},
		store.ChangeRefused:   {"refused", "no such ticket"},
		store.ChangeConflict:  {"conflict", "no such ticket"},
		store.ChangeManual:    {"waiting", "manual"},
		store.ChangeConfirmed: {"sent", "–"},
	} {
		c := store.Change{ID: 1, State: state, CreatedMs: noon().UnixMilli()}
		if state == store.ChangeRefused || state == store.ChangeConflict {
			c.Reason = "no such ticket"
		}
		got := changeRows([]store.Change{c})[0]
		if !slices.Contains(contract, got.State) || got.State != want[0] || text(got.Reason) != want[1] {
			t.Errorf("%s is told as %s (%s), want %v", state, got.State, text(got.Reason), want)
		}
	}
}

// TestChangesNameWhatIsToBeDoneByHand anonymises under a contact centre without a request for it.
func TestChangesNameWhatIsToBeDoneByHand(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	m := c.site.lead(t)
	m.ok("sync")
	m.ok("anonymise", c.interaction, "--yes")
	left := changesOf(m, "changes")
	if len(left) != 1 || left[0].State != "waiting" || left[0].Reason == nil || *left[0].Reason != "manual" {
		t.Errorf("changes %+v, want one that waits to be done by hand", left)
	}
}
