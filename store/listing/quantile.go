package listing

import "slices"

// tally counts seconds, to find ranks among them. Few are kept as they come; once there are many, those under
// tallyLen have a counter each. So many small tallies need little memory, and a large one no more than its counters.
type tally struct {
	list   []int32 // all that have no counter
	counts []uint32
	n      int
}

// tallyLen is from how many values on, and up to which seconds, there are counters.
const tallyLen = 4096

func (t *tally) add(seconds int64) {
	if seconds == Unknown {
		return
	}
	t.n++
	if t.counts != nil && uint64(seconds) < tallyLen {
		t.counts[seconds]++
		return
	}
	t.list = append(t.list, int32(seconds))
	if t.counts == nil && len(t.list) == tallyLen {
		t.count()
	}
}

// count gives short times their counters.
func (t *tally) count() {
	t.counts = make([]uint32, tallyLen)
	long := []int32{}
	for _, seconds := range t.list {
		if uint32(seconds) < tallyLen {
			t.counts[seconds]++
		} else {
			long = append(long, seconds)
		}
	}
	t.list = long
}

func (t *tally) merge(o *tally) {
	t.n += o.n
	if t.counts == nil && o.counts == nil && len(t.list)+len(o.list) < tallyLen {
		t.list = append(t.list, o.list...)
		return
	}
	for _, one := range []*tally{t, o} {
		if one.counts == nil {
			one.count()
		}
	}
	for i, n := range o.counts {
		t.counts[i] += n
	}
	t.list = append(t.list, o.list...)
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
	return nth(t.list, rank-1)
}

// nth returns the value that would be at a place if the values were in order, which it changes.
func nth(values []int32, place int) int32 {
	for len(values) > 12 {
		// Hoare's selection; values that are equal are shared out to both sides.
		pivot := values[len(values)/2]
		low, high := 0, len(values)-1
		for low <= high {
			for values[low] < pivot {
				low++
			}
			for values[high] > pivot {
				high--
			}
			if low <= high {
				values[low], values[high] = values[high], values[low]
				low++
				high--
			}
		}
		switch {
		case place <= high:
			values = values[:high+1]
		case place >= low:
			values, place = values[low:], place-low
		default:
			return pivot
		}
	}
	slices.Sort(values)
	return values[place]
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
	for _, seconds := range t.list {
		place(seconds, 1)
	}
	return out
}
