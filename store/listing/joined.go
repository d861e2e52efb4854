package listing

import (
	"context"
	mathbits "math/bits"
	"sync"

	"wapdesk/store/query"
)

// joined is one number for each row that sorts as several keys do, the first of them first.
type joined struct {
	keyers []*keyer
	top    uint64 // the largest number
}

// join takes as many of the first keys as fit into one number, and gives the others back.
// It waits for ranks of texts when they are not ready.
func (v *View) join(ctx context.Context, keys []query.SortKey) (joined, []query.SortKey, error) {
	var j joined
	for i, key := range keys {
		k, err := v.keyer(ctx, key.Field)
		if err != nil {
			return j, nil, err
		}
		k.desc = key.Desc
		over, top := mathbits.Mul64(j.top+1, k.span+2)
		if i > 0 && (over != 0 || j.top == 1<<64-1) {
			return j, keys[i:], nil
		}
		if i == 0 {
			top = k.span + 2
		}
		j.keyers, j.top = append(j.keyers, k), top-1
	}
	return j, nil, nil
}

// fill sets the numbers of the rows that were found, by slot; those of others mean nothing.
// start gives each core what it does with every block that has rows, and at the end.
func (j joined) fill(ctx context.Context, v *View, found bitmap, out []uint64, start func() (each func(number int), end func())) error {
	return v.eachWorker(ctx, func() (func(int, *block), func()) {
		each, end := start()
		return func(number int, b *block) {
			words := found[number*blockWords : (number+1)*blockWords]
			n := 0
			for _, w := range words {
				n += mathbits.OnesCount64(w)
			}
			if n == 0 {
				return
			}
			from := number << blockShift
			if n*4 < b.n {
				j.fillSome(words, from, out)
			} else {
				j.fillBlock(b, out[from:from+b.n])
			}
			each(number)
		}, end
	})
}

// nobody is a start for fill that does nothing more.
func nobody() (each func(number int), end func()) { return func(int) {}, func() {} }

// fillSome works row by row, for blocks of which few rows were found.
func (j joined) fillSome(words []uint64, from int, out []uint64) {
	for w, word := range words {
		for ; word != 0; word &= word - 1 {
			slot := from + w<<6 + first(word)
			var sum uint64
			for _, k := range j.keyers {
				sum = sum*(k.span+2) + k.key(uint32(slot))
			}
			out[slot] = sum
		}
	}
}

// fillBlock works column by column.
func (j joined) fillBlock(b *block, out []uint64) {
	clear(out)
	for _, k := range j.keyers {
		c := &b.cols[k.col]
		switch {
		case c.w8 != nil:
			joinColumn(k, c, c.w8, out)
		case c.w16 != nil:
			joinColumn(k, c, c.w16, out)
		case c.w32 != nil:
			joinColumn(k, c, c.w32, out)
		default:
			joinColumn(k, c, c.w64, out)
		}
	}
}

// joinColumn appends the keys of a column, as keyer.key gives them, to the numbers.
func joinColumn[T width](k *keyer, c *col, vals []T, out []uint64) {
	size, blank := k.span+2, k.span+1
	// key = sign*(v + shift): rising or falling, without asking for each row.
	sign, shift := uint64(1), uint64(0)
	if k.desc {
		sign, shift = ^uint64(0), k.span
	}
	switch {
	case !k.code:
		shift += sign * (uint64(c.base) - uint64(k.base) - 1)
		for i, v := range vals {
			key := sign*uint64(v) + shift
			if v == 0 {
				key = blank
			}
			out[i] = out[i]*size + key
		}
	case k.rank == nil:
		shift -= sign
		for i, v := range vals {
			key := sign*uint64(v) + shift
			if v == 0 {
				key = blank
			}
			out[i] = out[i]*size + key
		}
	default:
		shift -= sign
		for i, v := range vals {
			code := uint32(v)
			if k.titles != nil {
				code = k.titles[code]
			}
			rank := k.rank[code]
			key := sign*uint64(rank) + shift
			if rank == 0 {
				key = blank
			}
			out[i] = out[i]*size + key
		}
	}
}

// numbers lends room for a number for each row, which is too large to make for every search.
type numbers struct{ pool sync.Pool }

func (n *numbers) take(rows int) []uint64 {
	if s, ok := n.pool.Get().(*[]uint64); ok && cap(*s) >= rows {
		return (*s)[:rows]
	}
	return make([]uint64, rows, rows+rows/16)
}

func (n *numbers) give(s []uint64) { n.pool.Put(&s) }
