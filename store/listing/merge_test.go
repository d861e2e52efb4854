package listing

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestPartsOfWorkersAddUp merges what two workers counted: a small list has one.
func TestPartsOfWorkersAddUp(t *testing.T) {
	t.Parallel()
	for _, n := range []int{3, 300, 2 * tallyLen, 5 * tallyLen} {
		var a, b, whole tally
		rng := rand.New(rand.NewPCG(1, uint64(n)))
		var values []int32
		for range n {
			seconds := rng.Int64N(3 * tallyLen) // the longer are kept one by one
			if rng.IntN(8) == 0 {
				seconds = []int64{0, tallyLen - 1, tallyLen, Unknown}[rng.IntN(4)]
			}
			if seconds != Unknown {
				values = append(values, int32(seconds))
			}
			whole.add(seconds)
			[]*tally{&a, &b}[rng.IntN(3)/2].add(seconds) // to one more often
		}
		a.merge(&b)
		slices.Sort(values)
		for of, got := range map[string]*tally{"two workers": &a, "one worker": &whole} {
			below := 0
			for i, count := range got.buckets(WaitLimitsS()) {
				end := len(values)
				if i < len(WaitLimitsS()) {
					end, _ = slices.BinarySearch(values, WaitLimitsS()[i]+1)
				}
				if count != end-below {
					t.Errorf("%d values of %s: %d in bucket %d, want %d", n, of, count, i, end-below)
				}
				below = end
			}
			for percent := 1; percent <= 100; percent++ {
				if want := values[(len(values)*percent+99)/100-1]; got.quantile(percent) != want {
					t.Errorf("%d values of %s: %d %% are at most %d, want %d", n, of, percent, got.quantile(percent), want)
				}
			}
		}
	}

	a := sums{figureSums{n: 1, answered: 2, notAnswered: 3, missed: 9, missedWaiting: 4}, 5, 6, 7, 8}
	b := sums{figureSums{n: 100, answered: 200, notAnswered: 300, missed: 900, missedWaiting: 400}, 500, 600, 700, 800}
	for i, one := range []*sums{&a, &b} {
		for j, of := range []*tally{&one.waits, &one.replies, &one.durations} {
			of.add(int64(10*j + i))
		}
	}
	a.merge(&b)
	if f := a.figures(); f.WaitP90S != 1 || f.FirstReplyMedianS != 10 || f.DurationMedianS != 20 || f.Waited != 2 {
		t.Errorf("the medians are %+v", f)
	}
	got := [9]int64{int64(a.n), int64(a.answered), int64(a.notAnswered), int64(a.missedWaiting), int64(a.missed), a.focus, a.focusOf, a.disruptions, a.activities}
	if want := [9]int64{101, 202, 303, 404, 909, 505, 606, 707, 808}; got != want {
		t.Errorf("the sums are %v, want %v", got, want)
	}
}
