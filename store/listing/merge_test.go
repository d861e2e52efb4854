package listing

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestPartsOfWorkersAddUp merges what two workers counted: a small list has one.
func TestPartsOfWorkersAddUp(t *testing.T) {
	t.Parallel()
	a := sums{n: 1, answered: 2, notAnswered: 3, missedWaiting: 4, focus: 5, focusOf: 6, disruptions: 7, activities: 8}
	b := sums{n: 100, answered: 200, notAnswered: 300, missedWaiting: 400, focus: 500, focusOf: 600, disruptions: 700, activities: 800}
	parts := [3][2]*tally{{&a.waits, &b.waits}, {&a.durations, &b.durations}, {&a.replies, &b.replies}}
	var whole [3]tally
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range whole {
		for range 300 {
			seconds := rng.Int64N(3 * tallyLen) // the longer are kept one by one
			if rng.IntN(8) == 0 {
				seconds = []int64{0, tallyLen - 1, tallyLen, Unknown}[rng.IntN(4)]
			}
			whole[i].add(seconds)
			parts[i][rng.IntN(2)].add(seconds)
		}
	}

	a.merge(&b)
	for i, of := range []string{"waits", "durations", "replies"} {
		got, want := parts[i][0], &whole[i]
		if !slices.Equal(got.buckets(WaitLimitsS()), want.buckets(WaitLimitsS())) {
			t.Errorf("%s fall into %v, want %v", of, got.buckets(WaitLimitsS()), want.buckets(WaitLimitsS()))
		}
		for percent := 1; percent <= 100; percent++ {
			if got.quantile(percent) != want.quantile(percent) {
				t.Errorf("%d %% of %s are at most %d, want %d", percent, of, got.quantile(percent), want.quantile(percent))
			}
		}
	}
	got := [8]int64{int64(a.n), int64(a.answered), int64(a.notAnswered), int64(a.missedWaiting), a.focus, a.focusOf, a.disruptions, a.activities}
	if want := [8]int64{101, 202, 303, 404, 505, 606, 707, 808}; got != want {
		t.Errorf("the sums are %v, want %v", got, want)
	}
}
