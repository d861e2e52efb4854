package listing

import (
	"cmp"
	"context"
	mathbits "math/bits"
	"slices"
	"strconv"
)

// checkSort checks sort keys. A key that repeats an earlier one says nothing and is left out.
func checkSort(keys []SortKey) ([]SortKey, error) {
	if len(keys) > MaxSortKeys {
		return nil, &SyntaxError{Code: ErrTooManySorts, Params: map[string]string{"max": strconv.Itoa(MaxSortKeys)}}
	}
	var out []SortKey
	for _, k := range keys {
		f := fieldNamed(k.Field)
		if f == nil || !f.Sortable {
			return nil, &SyntaxError{Code: ErrUnknownSort, Params: map[string]string{"name": k.Field}}
		}
		if !slices.ContainsFunc(out, func(o SortKey) bool { return o.Field == k.Field }) {
			out = append(out, k)
		}
	}
	if len(out) == 0 {
		out = []SortKey{{Field: FieldTime, Desc: true}}
	}
	return out, nil
}

// smallResult is how many rows it pays to sort on their own.
const smallResult = 4096

// ordered gives the rows that were found in the order of the keys.
func (v *View) ordered(ctx context.Context, keys []SortKey, found bitmap, n int) ([]uint32, error) {
	if n <= v.few {
		return v.orderFew(keys, found, n), nil
	}
	// The last key decides the order to begin with; each earlier one distributes anew, stably.
	rows, err := v.orderByOne(ctx, keys[len(keys)-1], found, n)
	for i := len(keys) - 2; i >= 0 && err == nil; i-- {
		rows, err = v.distributeBy(ctx, keys[i], rows)
	}
	if err != nil {
		return nil, err
	}
	return rows, ctx.Err()
}

func (v *View) orderByOne(ctx context.Context, key SortKey, found bitmap, n int) ([]uint32, error) {
	if which, ok := storedOrder(key.Field); ok {
		o, err := v.order(ctx, which)
		if err != nil {
			return nil, err
		}
		// The order of time falls, all others rise.
		return o.walk(found, n, key.Desc != (which == orderTime)), nil
	}
	byTime, err := v.order(ctx, orderTime)
	if err != nil {
		return nil, err
	}
	return v.distributeBy(ctx, key, byTime.walk(found, n, false))
}

func (v *View) distributeBy(ctx context.Context, key SortKey, rows []uint32) ([]uint32, error) {
	k, err := v.keyer(ctx, key.Field)
	if err != nil {
		return nil, err
	}
	k.desc = key.Desc
	return distribute(rows, k.span+1, k.key), nil
}

// fewRow is a row with its keys.
type fewRow struct {
	keys [MaxSortKeys]uint64
	slot uint32
}

// orderFew sorts a small result by comparing.
func (v *View) orderFew(keys []SortKey, found bitmap, n int) []uint32 {
	slots := make([]uint32, 0, n)
	for w, word := range found {
		for ; word != 0; word &= word - 1 {
			slots = append(slots, uint32(w<<6+first(word)))
		}
	}
	rows := make([]fewRow, n)
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
	return slots
}

// Digits of keys that distribute sorts by.
const (
	digitBits = 11
	digitMask = 1<<digitBits - 1
)

// distribute sorts rows by a key from 0 to top, stably, in time proportional to their number.
func distribute(rows []uint32, top uint64, key func(slot uint32) uint64) []uint32 {
	rows = distributeWord(rows, min(top, 1<<32-1), func(slot uint32) uint64 { return key(slot) & (1<<32 - 1) })
	if top>>32 != 0 {
		rows = distributeWord(rows, top>>32, func(slot uint32) uint64 { return key(slot) >> 32 })
	}
	return rows
}

func distributeWord(rows []uint32, top uint64, key func(slot uint32) uint64) []uint32 {
	from, to := make([]uint64, len(rows)), make([]uint64, len(rows))
	passes := max((mathbits.Len64(top)+digitBits-1)/digitBits, 1)
	counts := make([][1 << digitBits]uint32, passes)
	for i, row := range rows {
		k := key(row)
		from[i] = k<<32 | uint64(row)
		for p := range counts {
			counts[p][k>>(p*digitBits)&digitMask]++
		}
	}
	for p := range counts {
		var sum uint32
		for d, c := range counts[p] {
			counts[p][d], sum = sum, sum+c
		}
		shift := 32 + p*digitBits
		for _, x := range from {
			d := x >> shift & digitMask
			to[counts[p][d]] = x
			counts[p][d]++
		}
		from, to = to, from
	}
	out := make([]uint32, len(rows))
	for i, x := range from {
		out[i] = uint32(x)
	}
	return out
}
