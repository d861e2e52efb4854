package profile

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
		"everything":        {store.Rights{Accesses: all}, []string{}},
		"accesses not told": {store.Rights{}, []string{}},
		"no contacts":       {store.Rights{Accesses: with("contacts", 0)}, []string{"contact"}},
		// What the bits mean is not published: pActivities is 48 in every published role.
		"any bit":           {store.Rights{Accesses: with("pActivities", 48)}, []string{}},
		"one bit":           {store.Rights{Accesses: with("qaReviews", 2)}, []string{}},
		"no activities":     {store.Rights{Accesses: with("pActivities", 0)}, []string{"pair", "ticket", "start"}},
		"no interactions":   {store.Rights{Accesses: with("pWaps", 0)}, []string{"contactedback"}},
		"no reviews":        {store.Rights{Accesses: with("qaReviews", 0)}, []string{"qa"}},
		"a 0 and no others": {store.Rights{Accesses: map[string]int64{"pWaps": 0}}, []string{}},
		"a file":            {store.Rights{All: true, Accesses: with("contacts", 0)}, []string{}},
	} {
		if got := Forbidden(c.rights); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}
