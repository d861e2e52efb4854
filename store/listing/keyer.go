package listing

import (
	"context"
	"slices"
	"strings"

	"wapdesk/store/query"
)

// keyer gives rows numbers that sort as a field does: 0 to span, and span+1 for blanks.
type keyer struct {
	v      *View
	col    int
	desc   bool
	base   int64    // of figures
	titles []uint32 // of refs whose titles are ranked, by code
	rank   []uint32 // by code, or by title when titles is set; from 1, 0 is blank
	local  map[uint32]uint32
	code   bool // the column holds codes
	span   uint64
}

func (k *keyer) key(slot uint32) uint64 {
	c := &k.v.blocks[slot>>blockShift].cols[k.col]
	i := int(slot & blockMask)
	var key uint64
	if k.code {
		code := c.code(i)
		if k.titles != nil {
			code = k.titles[code]
		}
		rank := code
		if k.local != nil {
			rank = k.local[code]
		} else if k.rank != nil {
			rank = k.rank[code]
		}
		if rank == 0 {
			return k.span + 1
		}
		key = uint64(rank - 1)
	} else {
		x := c.at(i)
		if x == Unknown {
			return k.span + 1
		}
		key = uint64(x) - uint64(k.base)
	}
	if k.desc {
		return k.span - key
	}
	return key
}

// figureKeyer sorts by the figures of a column.
func (v *View) figureKeyer(column int) *keyer {
	lo, hi := query.Forever, query.Beginning
	for _, b := range v.blocks {
		lo, hi = min(lo, b.cols[column].base), max(hi, b.cols[column].top)
	}
	k := &keyer{v: v, col: column, base: lo}
	if hi >= lo {
		k.span = uint64(hi) - uint64(lo)
	}
	return k
}

// keyer makes the keyer of a sortable field, waiting for ranks of texts when they are not
// ready.
func (v *View) keyer(ctx context.Context, field string) (*keyer, error) {
	k := v.plainKeyer(field)
	if k.rank != nil || !k.ranksTexts() {
		return k, nil
	}
	t, holder := v.textsOf(k.col)
	r, err := holder.ranks(ctx, t)
	if err != nil {
		return nil, err
	}
	k.rank, k.span = r.rank, uint64(len(r.rank))
	return k, nil
}

// plainKeyer makes a keyer that may lack the ranks of texts.
func (v *View) plainKeyer(field string) *keyer {
	column := fieldCol(field)
	if column >= codeCols {
		return v.figureKeyer(column)
	}
	k := &keyer{v: v, col: column, code: true}
	switch column {
	case colQueue, colUser, colConnector:
		kind, _ := refKindOf(field)
		k.rank = v.nameRanks(kind)
	case colContact:
		k.titles = v.dict.refs[refContact].titles
	case colAccount:
		k.titles = v.dict.refs[refAccount].titles
	case colEnded, colDirection:
		k.rank = v.labelRanks(fieldNamed(field).Values)
	}
	k.span = v.topCode(column)
	if k.rank != nil {
		k.span = uint64(slices.Max(k.rank))
	}
	return k
}

// topCode returns the largest code of a column.
func (v *View) topCode(column int) uint64 {
	top := int64(0)
	for _, b := range v.blocks {
		top = max(top, b.cols[column].top)
	}
	return uint64(top)
}

func (k *keyer) ranksTexts() bool {
	switch k.col {
	case colContact, colAccount, colWA, colTitle, colTicket, colSender:
		return true
	}
	return false
}

// textsOf returns the dictionary that a column's texts or titles are in.
func (v *View) textsOf(column int) (*texts, *rankHolder) {
	if column == colSender {
		return &v.dict.numbers, v.lazy.numbers
	}
	return &v.dict.texts, v.lazy.titles
}

// rankLocally ranks only the texts of some rows, which is quicker than waiting for all.
func (k *keyer) rankLocally(rows []uint32) {
	t, holder := k.v.textsOf(k.col)
	if r := holder.ready(t); r != nil {
		k.rank, k.span = r.rank, uint64(len(r.rank))
		return
	}
	codes := make([]uint32, 0, len(rows))
	for _, slot := range rows {
		code := k.v.blocks[slot>>blockShift].cols[k.col].code(int(slot & blockMask))
		if k.titles != nil {
			code = k.titles[code]
		}
		if code != 0 {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	compare := holder.order.compare()
	slices.SortFunc(codes, func(a, b uint32) int { return compare(t.at(a), t.at(b)) })
	k.local = make(map[uint32]uint32, len(codes))
	for i, code := range codes {
		k.local[code] = uint32(i + 1)
	}
	k.span = uint64(len(codes))
}

// labelRanks puts words of the wire in the order of known ones, others behind by their letters.
func (v *View) labelRanks(known []string) []uint32 {
	d := &v.dict.labels
	ranks := make([]uint32, d.n)
	var others []uint32
	for code := uint32(1); int(code) < d.n; code++ {
		if i := slices.Index(known, d.at(code)); i >= 0 {
			ranks[code] = uint32(i + 1)
		} else {
			others = append(others, code)
		}
	}
	slices.SortFunc(others, func(a, b uint32) int { return strings.Compare(d.at(a), d.at(b)) })
	for i, code := range others {
		ranks[code] = uint32(len(known) + i + 1)
	}
	return ranks
}
