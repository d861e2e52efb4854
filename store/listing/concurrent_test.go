package listing_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// TestNoHalfState searches while commits are applied. Each commit moves all rows from one
// user to another and gives them all one wait, so every answer must show a single one.
func TestNoHalfState(t *testing.T) {
	t.Parallel()
	const rows, commits = 5000, 25
	state := func(step int) []listing.Record {
		out := make([]listing.Record, rows)
		for i := range out {
			out[i] = row(int64(i+1), int64(i)*1000)
			out[i].WaitS = int32(step + 1) // 0 without a queue is no wait
			out[i].User = listing.Ref{Name: fmt.Sprintf("u%d", step%3), Title: fmt.Sprintf("User %d", step)}
			out[i].Title = fmt.Sprintf("step %d row %d", step, i%7)
		}
		return out
	}
	e := loaded(t, state(0)...)
	var wg sync.WaitGroup
	done := make(chan struct{})
	for reader := range 2 {
		wg.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-done:
					return
				default:
				}
				checkOneState(t, e.View(), rows, []string{"title", "wait", "user"}[(n+reader)%3])
			}
		})
	}
	for step := 1; step <= commits; step++ {
		e.Apply(state(step), nil)
	}
	close(done)
	wg.Wait()
	if got := searched(t, e, fmt.Sprintf("wait=%d", commits+1)).Total(); got != rows {
		t.Errorf("after the last commit %d rows have its wait, want %d", got, rows)
	}
}

func checkOneState(t *testing.T, v *listing.View, rows int, field string) {
	t.Helper()
	snap, err := v.Search(context.Background(), query.Query{Sort: []query.SortKey{{Field: field, Desc: true}}}, everything)
	if err != nil {
		t.Error(err)
		return
	}
	if snap.Total() != rows {
		t.Errorf("%d rows, want %d", snap.Total(), rows)
		return
	}
	first := snap.At(0)
	for r := range snap.Records(context.Background()) {
		if r.WaitS != first.WaitS || r.User != first.User {
			t.Errorf("version %d shows %d beside %d, %q beside %q", v.Version(), r.WaitS, first.WaitS, r.User.Title, first.User.Title)
			return
		}
	}
	sum, err := snap.Summary(context.Background())
	if err != nil || sum.WaitMedianS != first.WaitS || sum.WaitP90S != first.WaitS {
		t.Errorf("the median is %d, p90 %d, %v; want %d", sum.WaitMedianS, sum.WaitP90S, err, first.WaitS)
	}
}
