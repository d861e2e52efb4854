package app

import (
	"slices"
	"testing"

	"wapdesk/store"
)

func TestTheRoleTakesChangesAway(t *testing.T) {
	t.Parallel()
	all := map[string]int64{"pActivities": 31, "contacts": 23, "qaReviews": 31, "pWaps": 31}
	with := func(access string, bits int64) map[string]int64 {
		m := map[string]int64{}
		for k, v := range all {
			m[k] = v
		}
		m[access] = bits
		return m
	}
	for name, c := range map[string]struct {
		rights store.Rights
		want   []string
	}{
		"everything":         {store.Rights{Accesses: all}, []string{}},
		"accesses not told":  {store.Rights{}, []string{}},
		"no contacts":        {store.Rights{Accesses: with("contacts", 0)}, []string{"contact"}},
		"reads reviews":      {store.Rights{Accesses: with("qaReviews", 18)}, []string{"qa"}},
		"reads activities":   {store.Rights{Accesses: with("pActivities", 2)}, []string{"pair", "ticket", "start"}},
		"reads interactions": {store.Rights{Accesses: with("pWaps", 2)}, []string{"contactedback"}},
		"a file":             {store.Rights{All: true, Accesses: with("contacts", 0)}, []string{}},
	} {
		if got := forbidden(c.rights); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}
