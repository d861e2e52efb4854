package listing

import (
	"context"
	mathbits "math/bits"
	"sync"
	"sync/atomic"
	"time"

	"wapdesk/store/query"
)

// Orders that are not kept cost up to ten times the search itself, and a screen shows their
// first rows. So a search finds only these, and the rest is put in order behind it.

// firstRows is how many rows are in order when a search answers: some screens of them.
const firstRows = 1000

// firstOf returns the first rows, up to a number, of those found: the same ones in the same order
// as ordered does.
func (v *View) firstOf(ctx context.Context, keys []query.SortKey, found bitmap, n, want int) ([]uint32, error) {
	want = min(want, n)
	if n <= v.few {
		return v.orderFew(keys, found, n)[:want], nil
	}
	if stored, last := lastStored(keys); stored == len(keys) {
		return v.walk(ctx, last, found, n, want)
	}
	if rows, err := v.firstGroups(ctx, keys, found, want); rows != nil || err != nil {
		return rows, err
	}
	j, rest, err := v.join(ctx, keys)
	if err != nil {
		return nil, err
	}
	less, equal, err := v.split(ctx, j, found, want)
	if err != nil {
		return nil, err
	}
	before := less.count()
	rows := v.orderFew(keys, less, before)
	others, err := v.firstOf(ctx, rest, equal, equal.count(), want-before)
	if err != nil {
		return nil, err
	}
	return append(rows, others...), nil
}

// firstGroups is firstOf for a first key whose order is kept: its first groups hold the rows, and
// only they are sorted by the other keys. It gives nothing when the key has no such order or a
// group is large.
func (v *View) firstGroups(ctx context.Context, keys []query.SortKey, found bitmap, want int) ([]uint32, error) {
	which, ok := storedOrder(keys[0].Field)
	if !ok {
		return nil, nil
	}
	o, err := v.order(ctx, which)
	if err != nil {
		return nil, err
	}
	rows := o.groups(found, want, want+v.few, keys[0].Desc != (which == orderTime))
	if rows == nil {
		return nil, nil
	}
	v.orderSlots(keys, rows)
	return rows[:want], ctx.Err()
}

// laterAfter is the delay before the background sort of the other rows, so that the first screen
// has the processors to itself.
const laterAfter = 100 * time.Millisecond

// laterRows is an order that is worked out in the background.
type laterRows struct {
	work  func()
	begun sync.Once
	done  chan struct{}
	rows  []uint32
}

// orderLater puts the rows that were found in order in the background, once the first screen had
// its time. A screen that jumps far at once waits for it; everything else finds it done.
func (v *View) orderLater(keys []query.SortKey, found bitmap, n int) *laterRows {
	l := &laterRows{done: make(chan struct{})}
	l.work = func() {
		defer close(l.done)
		// The first rows needed the same ranks and orders: without an end to wait for,
		// nothing is left that can fail.
		l.rows, _ = v.ordered(context.Background(), keys, found, n)
	}
	time.AfterFunc(laterAfter, l.begin)
	return l
}

func (l *laterRows) begin() {
	l.begun.Do(func() {
		work := l.work
		l.work = nil // it holds the view, and with it what rows say
		go work()
	})
}

func (l *laterRows) wait() []uint32 {
	l.begin()
	<-l.done
	return l.rows
}

// split finds the number of the row at a place, counted from 1, and gives the rows whose
// numbers are smaller, which are fewer, and those with the same.
func (v *View) split(ctx context.Context, j joined, found bitmap, place int) (less, equal bitmap, err error) {
	at := v.numbers.take(v.rows())
	defer v.numbers.give(at)
	limit, err := v.numberAt(ctx, j, found, place, at)
	if err != nil {
		return nil, nil, err
	}
	less, equal = make(bitmap, len(found)), make(bitmap, len(found))
	err = v.eachBlock(ctx, func(number int, _ *block) {
		for w := number * blockWords; w < (number+1)*blockWords; w++ {
			for word := found[w]; word != 0; word &= word - 1 {
				bit := first(word)
				var below, same uint64
				if at[w<<6+bit] < limit {
					below = 1
				}
				if at[w<<6+bit] == limit {
					same = 1
				}
				less[w] |= below << bit
				equal[w] |= same << bit
			}
		}
	})
	return less, equal, err
}

// selectBits is how many bits of the numbers are looked at in one go.
const selectBits = 12

// counts tells how many numbers have each of some leading bits.
type counts [1 << selectBits]int

// find returns the bits that the number at a place has, and the place among those with them.
func (c *counts) find(place int) (digit uint64, within int) {
	for d, n := range c {
		if place <= n {
			return uint64(d), place
		}
		place -= n
	}
	return 1<<selectBits - 1, place
}

// numberAt fills in the numbers of all rows that were found, and gives the one at a place.
// It looks at the leading bits first, and only at the rows that share them after that.
func (v *View) numberAt(ctx context.Context, j joined, found bitmap, place int, at []uint64) (uint64, error) {
	shift := max(mathbits.Len64(j.top)-selectBits, 0)
	var all counts
	err := j.fill(ctx, v, found, at, func() (func(int), func()) {
		part := new(counts)
		each := func(number int) {
			eachFound(found, number, func(slot int) { part[at[slot]>>shift]++ })
		}
		return each, func() {
			for d, n := range part {
				all[d] += n
			}
		}
	})
	if err != nil {
		return 0, err
	}
	digit, place := all.find(place)
	if shift == 0 {
		return digit, nil
	}
	same := make([]uint64, all[digit])
	var n atomic.Int64
	err = v.eachBlock(ctx, func(number int, _ *block) {
		eachFound(found, number, func(slot int) {
			if at[slot]>>shift == digit {
				same[n.Add(1)-1] = at[slot]
			}
		})
	})
	if err != nil {
		return 0, err
	}
	return selectNumber(same, shift, place), nil
}

// selectNumber returns the number at a place of some that differ in their last bits only. It
// spoils their order.
func selectNumber(same []uint64, shift, place int) uint64 {
	for shift > 0 {
		next := max(shift-selectBits, 0)
		mask := uint64(1)<<(shift-next) - 1
		var c counts
		for _, x := range same {
			c[x>>next&mask]++
		}
		var digit uint64
		digit, place = c.find(place)
		kept := same[:0]
		for _, x := range same {
			if x>>next&mask == digit {
				kept = append(kept, x)
			}
		}
		same, shift = kept, next
	}
	return same[0]
}

// eachFound calls do with the slot of each row of a block that was found.
func eachFound(found bitmap, number int, do func(slot int)) {
	for w := number * blockWords; w < (number+1)*blockWords; w++ {
		for word := found[w]; word != 0; word &= word - 1 {
			do(w<<6 + first(word))
		}
	}
}
