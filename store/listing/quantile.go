package listing

import "slices"

// tally counts seconds, to find ranks among them. Seconds under tallyLen have a counter
// each, longer ones, which are rare, are kept.
type tally struct {
	counts []uint32
	long   []int32
	n      int
}

const tallyLen = 4096

func (t *tally) add(seconds int64) {
	if seconds == Unknown {
		return
	}
	t.n++
	if seconds >= 0 && seconds < tallyLen {
		if t.counts == nil {
			t.counts = make([]uint32, tallyLen)
		}
		t.counts[seconds]++
		return
	}
	t.long = append(t.long, int32(seconds))
}

func (t *tally) merge(o *tally) {
	if t.counts == nil {
		t.counts = o.counts
	} else {
		for i, n := range o.counts {
			t.counts[i] += n
		}
	}
	t.long = append(t.long, o.long...)
	t.n += o.n
}

// quantile returns the nearest rank: the smallest value that at least percent of 100 values
// are not above. It is Unknown when there are none.
func (t *tally) quantile(percent int) int32 {
	if t.n == 0 {
		return Unknown
	}
	rank := max((t.n*percent+99)/100, 1)
	for seconds, n := range t.counts {
		if rank <= int(n) {
			return int32(seconds)
		}
		rank -= int(n)
	}
	slices.Sort(t.long)
	return t.long[rank-1]
}

// buckets returns the number of values up to each limit and above the one before, then the rest.
func (t *tally) buckets(limits []int32) []int {
	out := make([]int, len(limits)+1)
	place := func(seconds int32, n int) {
		i, _ := slices.BinarySearch(limits, seconds)
		out[i] += n
	}
	for seconds, n := range t.counts {
		place(int32(seconds), int(n))
	}
	for _, seconds := range t.long {
		place(seconds, 1)
	}
	return out
}
