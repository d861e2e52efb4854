package listing

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"wapdesk/store/query"
)

// order is all slots in rising order of a key: blank keys last, ties by time, newest first,
// then by unique name. The order of time itself is falling, which makes it the order of ties.
type order struct {
	rows   []uint32
	starts bitmap // by place: a group of equal keys begins here
	blanks int    // the place of the first blank key
}

// order returns a stored order, building it when needed.
func (v *View) order(ctx context.Context, which int) (*order, error) {
	slot := &v.lazy.orders[which]
	if o := slot.built.Load(); o != nil {
		return o, nil
	}
	slot.mu.Lock()
	defer slot.mu.Unlock()
	if o := slot.built.Load(); o != nil {
		return o, nil
	}
	k, err := v.storedKeyer(ctx, which)
	if err != nil {
		return nil, err
	}
	var o *order
	switch {
	case slot.base != nil:
		o = v.mergeOrder(slot.base, slot.stale, k)
	case which == orderTime:
		if o, err = v.timeOrder(ctx, k); err != nil {
			return nil, err
		}
	default:
		byTime, err := v.order(ctx, orderTime)
		if err != nil {
			return nil, err
		}
		rows, err := v.distributeAll(ctx, k, byTime.rows)
		if err != nil {
			return nil, err
		}
		o = k.grouped(rows)
	}
	slot.built.Store(o)
	return o, ctx.Err()
}

func (v *View) storedKeyer(ctx context.Context, which int) (*keyer, error) {
	if which == orderTime {
		k := v.figureKeyer(colTime)
		k.desc = true
		return k, nil
	}
	for _, f := range query.Fields() {
		if o, ok := storedOrder(f.Name); ok && o == which {
			return v.keyer(ctx, f.Name)
		}
	}
	return v.figureKeyer(colTime), nil
}

// timeOrder sorts all slots anew.
func (v *View) timeOrder(ctx context.Context, k *keyer) (*order, error) {
	rows := make([]uint32, 0, v.rows())
	for number := len(v.blocks) - 1; number >= 0; number-- {
		for i := v.blocks[number].n - 1; i >= 0; i-- {
			rows = append(rows, uint32(number<<blockShift+i))
		}
	}
	rows, err := v.distributeAll(ctx, k, rows)
	if err != nil {
		return nil, err
	}
	o := k.grouped(rows)
	for from := 0; from < len(o.rows); {
		to := o.groupEnd(from)
		if to-from > 1 {
			slices.SortFunc(o.rows[from:to], v.compareNames)
		}
		from = to
	}
	return o, nil
}

// distributeAll sorts all slots by one key, gone ones too.
func (v *View) distributeAll(ctx context.Context, k *keyer, rows []uint32) ([]uint32, error) {
	at := v.numbers.take(v.rows())
	defer v.numbers.give(at)
	j := joined{keyers: []*keyer{k}, top: k.span + 1}
	all := make(bitmap, len(v.blocks)*blockWords)
	for i := range all {
		all[i] = ^uint64(0)
	}
	if err := j.fill(ctx, v, all, at, nobody); err != nil {
		return nil, err
	}
	return distribute(rows, j.top, at), nil
}

// groupEnd returns the place after the group that begins at from.
func (o *order) groupEnd(from int) int {
	for to := from + 1; to < len(o.rows); to++ {
		if o.starts.has(uint32(to)) {
			return to
		}
	}
	return len(o.rows)
}

func (v *View) compareNames(a, b uint32) int {
	if d := strings.Compare(v.name(a), v.name(b)); d != 0 {
		return d
	}
	return cmp.Compare(a, b)
}

// compareTies is the order of rows with equal keys: time, newest first, then unique name.
func (v *View) compareTies(a, b uint32) int {
	ta, tb := v.value(a, colTime), v.value(b, colTime)
	if ta != tb {
		if ta == Unknown {
			return 1
		}
		if tb == Unknown {
			return -1
		}
		return cmp.Compare(tb, ta)
	}
	return v.compareNames(a, b)
}

// grouped makes an order of rows that are in the order of the key.
func (k *keyer) grouped(rows []uint32) *order {
	o := &order{rows: rows, starts: newBitmap(len(rows)), blanks: len(rows)}
	before := uint64(query.Forever)
	for i, row := range rows {
		key := k.key(row)
		if i == 0 || key != before {
			o.starts.set(uint32(i))
			if key == k.span+1 {
				o.blanks = i
			}
		}
		before = key
	}
	return o
}

// mergeOrder brings an order of an earlier view up to date: the stale rows leave their old
// places and go to the new ones; all others keep their order and their groups.
func (v *View) mergeOrder(base *order, stale []uint32, k *keyer) *order {
	if len(stale) == 0 {
		return base
	}
	leaving := newBitmap(v.rows())
	for _, slot := range stale {
		leaving.set(slot)
	}
	compare := func(a, b uint32) int {
		if d := cmp.Compare(k.key(a), k.key(b)); d != 0 {
			return d
		}
		return v.compareTies(a, b)
	}
	fresh := slices.Clone(stale)
	slices.Sort(fresh)
	fresh = slices.Compact(fresh)
	slices.SortFunc(fresh, compare)

	kept, starts := base.without(leaving)
	o := &order{rows: make([]uint32, 0, len(kept)+len(fresh)), starts: newBitmap(len(kept) + len(fresh))}
	from := 0
	copyKept := func(to int) {
		for ; from < to; from++ {
			if starts.has(uint32(from)) {
				o.starts.set(uint32(len(o.rows)))
			}
			o.rows = append(o.rows, kept[from])
		}
	}
	for _, row := range fresh {
		to, _ := slices.BinarySearchFunc(kept[from:], row, compare)
		copyKept(from + to)
		at := len(o.rows)
		if at == 0 || k.key(o.rows[at-1]) != k.key(row) {
			o.starts.set(uint32(at))
		}
		o.rows = append(o.rows, row)
		if from < len(kept) {
			if k.key(kept[from]) == k.key(row) {
				starts.clear(uint32(from))
			} else {
				starts.set(uint32(from))
			}
		}
	}
	copyKept(len(kept))
	o.blanks, _ = slices.BinarySearchFunc(o.rows, k.span+1, func(row uint32, blank uint64) int { return cmp.Compare(k.key(row), blank) })
	return o
}

// without returns the rows that stay, and where their groups begin.
func (o *order) without(leaving bitmap) (kept []uint32, starts bitmap) {
	kept, starts = make([]uint32, 0, len(o.rows)), newBitmap(len(o.rows))
	start := false // of a group whose first rows have left
	for i, row := range o.rows {
		start = start || o.starts.has(uint32(i))
		if leaving.has(row) {
			continue
		}
		if start {
			starts.set(uint32(len(kept)))
			start = false
		}
		kept = append(kept, row)
	}
	return kept, starts
}

// walkRows is how many rows of an order are looked at before asking whether that is enough.
const walkRows = 4096

// walk returns the first rows, up to a number, of the n that were found, in the order or with its
// groups reversed; blanks stay last, and rows of a group keep their order.
func (o *order) walk(found bitmap, n, want int, reversed bool) []uint32 {
	out := make([]uint32, 0, min(n, want+walkRows)+1)
	add := func(rows []uint32) {
		for len(rows) > 0 && len(out) < want {
			some := min(walkRows, len(rows))
			out = appendFound(out, rows[:some], found)
			rows = rows[some:]
		}
	}
	if !reversed {
		add(o.rows)
	} else {
		for to := o.blanks; to > 0 && len(out) < want; {
			from := o.starts.previous(to - 1)
			add(o.rows[from:to])
			to = from
		}
		add(o.rows[o.blanks:])
	}
	return out[:min(want, len(out))]
}

// groups returns those that were found of the first groups, in the order or with its groups reversed,
// that hold so many of them; nil when they hold more than most.
func (o *order) groups(found bitmap, want, most int, reversed bool) []uint32 {
	out := make([]uint32, 0, most)
	add := func(rows []uint32) bool {
		for _, row := range rows {
			if !found.has(row) {
				continue
			}
			if len(out) == most {
				return false
			}
			out = append(out, row)
		}
		return true
	}
	from, to := 0, o.blanks
	for len(out) < want && from < to {
		var group []uint32
		if reversed {
			start := o.starts.previous(to - 1)
			group, to = o.rows[start:to], start
		} else {
			end := from + 1
			for end < to && !o.starts.has(uint32(end)) {
				end++
			}
			group, from = o.rows[from:end], end
		}
		if !add(group) {
			return nil
		}
	}
	if len(out) < want && !add(o.rows[o.blanks:]) {
		return nil
	}
	return out
}

// appendFound appends the rows that were found, without a branch that half of them would
// mispredict: each is written, and only those found move the end. dst needs one place more
// than there are rows to find.
func appendFound(dst, rows []uint32, found bitmap) []uint32 {
	n := len(dst)
	dst = dst[:cap(dst)]
	for _, row := range rows {
		dst[n] = row
		n += int(found[row>>6] >> (row & 63) & 1)
	}
	return dst[:n]
}
