package listing

import (
	"slices"
	"testing"

	"wapdesk/store/query"
)

// A screen may hold a result of today's rows alone while the whole list is being loaded; its
// slots mean other rows than those of the whole list.
func TestResultsOfTwoEnginesAreComparedByID(t *testing.T) {
	t.Parallel()
	load := func(ids ...int64) *Engine {
		e := New(Options{})
		var rows []Record
		for _, id := range ids {
			rows = append(rows, Record{ID: id, Name: string(rune('a' + id)), TimeMs: 1000 * id, Queue: Ref{Name: "1", Title: "Q"}, MissedTimeMs: Unknown})
		}
		if err := e.Load(t.Context(), FromSeq(func(yield func(Record, error) bool) {
			for _, r := range rows {
				if !yield(r, nil) {
					return
				}
			}
		})); err != nil {
			t.Fatal(err)
		}
		return e
	}
	part, whole := load(3, 4), load(1, 2, 3, 4, 5)
	shot, err := part.View().Search(t.Context(), query.Query{}, query.Scope{})
	if err != nil {
		t.Fatal(err)
	}
	rows := shot.Keep().In(whole.View(), query.Scope{})
	diff, err := rows.Compare(t.Context())
	if err != nil || diff != (Change{Added: 3, Removed: 0}) {
		t.Errorf("Compare = %+v, %v; want 3 added", diff, err)
	}
	if got := rows.Window(0, 10); len(got) != 2 || got[0].Name != "e" || got[1].Name != "d" || rows.IndexOf(3) != 1 {
		t.Errorf("Window = %+v", got)
	}
	if !slices.Equal(shot.IDs(0, 10), []int64{4, 3}) {
		t.Errorf("IDs = %v", shot.IDs(0, 10))
	}
}
