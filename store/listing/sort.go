package listing

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"

	"wapdesk/store/query"
)

// smallResult is how many rows it pays to sort on their own.
const smallResult = 4096

// ordered returns the rows that were found in the order of the keys.
func (v *View) ordered(ctx context.Context, keys []query.SortKey, found bitmap, n int) ([]uint32, error) {
	if n <= v.few {
		return v.orderFew(keys, found, n), nil
	}
	// The last key decides the order to begin with; the earlier ones distribute anew, stably.
	stored, last := lastStored(keys)
	rows, err := v.walk(ctx, last, found, n, n)
	if err != nil {
		return nil, err
	}
	keys = keys[:len(keys)-stored]
	if len(keys) > 0 {
		if rows, err = v.distributeBy(ctx, keys, found, rows); err != nil {
			return nil, err
		}
	}
	return rows, ctx.Err()
}

// lastStored returns the last of the keys and 1 when an order of its field is kept, and else time,
// by which rows follow that are equal in all keys, and 0.
func lastStored(keys []query.SortKey) (stored int, last query.SortKey) {
	if len(keys) > 0 {
		last = keys[len(keys)-1]
		if _, ok := storedOrder(last.Field); ok {
			return 1, last
		}
	}
	return 0, query.SortKey{Field: query.FieldTime, Desc: true}
}

// walk returns the first rows, up to a number, of the n that were found, in the order kept for a field.
func (v *View) walk(ctx context.Context, key query.SortKey, found bitmap, n, want int) ([]uint32, error) {
	which, _ := storedOrder(key.Field)
	o, err := v.order(ctx, which)
	if err != nil {
		return nil, err
	}
	// The order of time falls, all others rise.
	return o.walk(found, n, want, key.Desc != (which == orderTime)), nil
}

// distributeBy sorts rows by keys, stably. Keys that fit into one number together take one go.
func (v *View) distributeBy(ctx context.Context, keys []query.SortKey, found bitmap, rows []uint32) ([]uint32, error) {
	j, rest, err := v.join(ctx, keys)
	if err != nil {
		return nil, err
	}
	if len(rest) > 0 {
		if rows, err = v.distributeBy(ctx, rest, found, rows); err != nil {
			return nil, err
		}
	}
	at := v.numbers.take(v.rows())
	defer v.numbers.give(at)
	if err := j.fill(ctx, v, found, at, nobody); err != nil {
		return nil, err
	}
	return distribute(rows, j.top, at), nil
}

// fewRow is a row with its keys.
type fewRow struct {
	keys [query.MaxSortKeys]uint64
	slot uint32
}

// orderFew sorts a small result by comparing.
func (v *View) orderFew(keys []query.SortKey, found bitmap, n int) []uint32 {
	slots := make([]uint32, 0, n)
	for w, word := range found {
		for ; word != 0; word &= word - 1 {
			slots = append(slots, uint32(w<<6+first(word)))
		}
	}
	v.orderSlots(keys, slots)
	return slots
}

// orderSlots sorts a few rows in place by comparing.
func (v *View) orderSlots(keys []query.SortKey, slots []uint32) {
	rows := make([]fewRow, len(slots))
	for i, slot := range slots {
		rows[i].slot = slot
	}
	for i, key := range keys {
		k := v.plainKeyer(key.Field)
		if k.ranksTexts() {
			k.rankLocally(slots)
		}
		k.desc = key.Desc
		for j := range rows {
			rows[j].keys[i] = k.key(rows[j].slot)
		}
	}
	slices.SortFunc(rows, func(a, b fewRow) int {
		for i := range keys {
			if a.keys[i] != b.keys[i] {
				return cmp.Compare(a.keys[i], b.keys[i])
			}
		}
		return v.compareTies(a.slot, b.slot)
	})
	for i := range rows {
		slots[i] = rows[i].slot
	}
}

// Digits of keys that distribute sorts by.
const (
	digitBits = 11
	digitMask = 1<<digitBits - 1
)

// distribute sorts rows by their numbers from 0 to top, stably, in time proportional to how
// many they are.
func distribute(rows []uint32, top uint64, at []uint64) []uint32 {
	rows = distributeWord(rows, min(top, 1<<32-1), at, 0)
	if top>>32 != 0 {
		rows = distributeWord(rows, top>>32, at, 32)
	}
	return rows
}

// shareRows is the number of rows that is worth a core of its own.
const shareRows = 1 << 16

// distributeWord sorts by 32 bits of the numbers, digit by digit from the lowest. Each share of
// the rows has a worker; a digit's rows of an earlier share come first, which keeps it stable.
func distributeWord(rows []uint32, top uint64, at []uint64, shift int) []uint32 {
	shares := max(min(runtime.GOMAXPROCS(0), len(rows)/shareRows, 8), 1)
	bounds := func(s int) (from, to int) { return len(rows) * s / shares, len(rows) * (s + 1) / shares }
	from, to := make([]uint64, len(rows)), make([]uint64, len(rows))
	inShares(shares, func(s int) {
		lo, hi := bounds(s)
		for i := lo; i < hi; i++ {
			from[i] = at[rows[i]]>>shift<<32 | uint64(rows[i])
		}
	})
	counts := make([][1 << digitBits]uint32, shares)
	for shift := 32; shift == 32 || top>>(shift-32) != 0; shift += digitBits {
		inShares(shares, func(s int) {
			lo, hi := bounds(s)
			counts[s] = [1 << digitBits]uint32{}
			for _, x := range from[lo:hi] {
				counts[s][x>>shift&digitMask]++
			}
		})
		var sum uint32
		for d := range 1 << digitBits {
			for s := range counts {
				counts[s][d], sum = sum, sum+counts[s][d]
			}
		}
		inShares(shares, func(s int) {
			lo, hi := bounds(s)
			for _, x := range from[lo:hi] {
				d := x >> shift & digitMask
				to[counts[s][d]] = x
				counts[s][d]++
			}
		})
		from, to = to, from
	}
	out := make([]uint32, len(rows))
	for i, x := range from {
		out[i] = uint32(x)
	}
	return out
}

// inShares runs do for each share, all at the same time.
func inShares(shares int, do func(share int)) {
	var wg sync.WaitGroup
	for s := range shares - 1 {
		wg.Go(func() { do(s + 1) })
	}
	do(0)
	wg.Wait()
}
