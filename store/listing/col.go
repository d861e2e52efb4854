package listing

import "wapdesk/store/query"

// blockLen is the number of rows in a block; a filter is worked out block by block, so that
// a column of a block and its bits stay in the processor's nearest cache.
const (
	blockShift = 12
	blockLen   = 1 << blockShift
	blockMask  = blockLen - 1
	blockWords = blockLen / 64
)

// bits holds one bit for each row of a block.
type bits [blockWords]uint64

// col is one column of a block: whole numbers, stored as the distance to the smallest one in
// the narrowest width that holds them all. 0 in the store is a blank. It is never changed.
type col struct {
	base, top int64 // smallest and largest value that is no blank; base > top when all are blank
	blank     int64 // what a blank is outside: 0 for codes, Unknown for figures
	blanks    bool  // some rows are blank
	w8        []uint8
	w16       []uint16
	w32       []uint32
	w64       []uint64
}

// packFigures packs times and figures; Unknown is their blank.
func packFigures(vals []int64) col {
	c := col{base: query.Forever, top: query.Beginning, blank: Unknown}
	for _, v := range vals {
		if v == Unknown {
			c.blanks = true
			continue
		}
		c.base, c.top = min(c.base, v), max(c.top, v)
	}
	return c.pack(vals)
}

// packCodes packs codes of dictionaries, which start at 1; 0 is their blank. The stored value is
// the code itself, so that sets of codes can be tested without arithmetic.
func packCodes(vals []int64) col {
	c := col{base: 1, top: 0}
	for _, v := range vals {
		c.blanks = c.blanks || v == 0
		c.top = max(c.top, v)
	}
	return c.pack(vals)
}

func (c col) pack(vals []int64) col {
	if c.base > c.top {
		c.w8 = make([]uint8, len(vals))
		return c
	}
	switch span := uint64(c.top) - uint64(c.base); {
	case span < 1<<8-1:
		c.w8 = packWidth[uint8](vals, c.base, c.blank)
	case span < 1<<16-1:
		c.w16 = packWidth[uint16](vals, c.base, c.blank)
	case span < 1<<32-1:
		c.w32 = packWidth[uint32](vals, c.base, c.blank)
	default:
		c.w64 = packWidth[uint64](vals, c.base, c.blank)
	}
	return c
}

type width interface {
	uint8 | uint16 | uint32 | uint64
}

func packWidth[T width](vals []int64, base, blank int64) []T {
	out := make([]T, len(vals))
	for i, v := range vals {
		if v != blank {
			out[i] = T(uint64(v)-uint64(base)) + 1
		}
	}
	return out
}

// at returns the value of a row, which may be the blank.
func (c *col) at(i int) int64 {
	var v uint64
	switch {
	case c.w8 != nil:
		v = uint64(c.w8[i])
	case c.w16 != nil:
		v = uint64(c.w16[i])
	case c.w32 != nil:
		v = uint64(c.w32[i])
	default:
		v = c.w64[i]
	}
	if v == 0 {
		return c.blank
	}
	return int64(v-1) + c.base
}

// code returns the code of a row; only for columns packed by packCodes.
func (c *col) code(i int) uint32 {
	switch {
	case c.w8 != nil:
		return uint32(c.w8[i])
	case c.w16 != nil:
		return uint32(c.w16[i])
	case c.w32 != nil:
		return c.w32[i]
	}
	return uint32(c.w64[i])
}

// outcome says what a condition found in a block, so that whole blocks are skipped.
type outcome uint8

const (
	noRows outcome = iota
	allRows
	someRows
)

// inRange sets the bits of the rows whose value is within [lo, hi]; blanks never are.
func (c *col) inRange(lo, hi int64, out *bits) outcome {
	if lo > hi || lo > c.top || hi < c.base {
		return noRows
	}
	if lo <= c.base && hi >= c.top && !c.blanks {
		return allRows
	}
	from := uint64(max(lo, c.base)) - uint64(c.base) + 1
	span := uint64(min(hi, c.top)) - uint64(max(lo, c.base))
	switch {
	case c.w8 != nil:
		scanRange(c.w8, uint8(from), uint8(span), out)
	case c.w16 != nil:
		scanRange(c.w16, uint16(from), uint16(span), out)
	case c.w32 != nil:
		scanRange(c.w32, uint32(from), uint32(span), out)
	default:
		scanRange(c.w64, from, span, out)
	}
	return someRows
}

// isBlank sets the bits of the rows without a value.
func (c *col) isBlank(out *bits) outcome {
	switch {
	case !c.blanks:
		return noRows
	case c.base > c.top:
		return allRows
	case c.w8 != nil:
		scanRange(c.w8, 0, 0, out)
	case c.w16 != nil:
		scanRange(c.w16, 0, 0, out)
	case c.w32 != nil:
		scanRange(c.w32, 0, 0, out)
	default:
		scanRange(c.w64, 0, 0, out)
	}
	return someRows
}

// inSet sets the bits of the rows whose code is in a set; code 0 is a row without a value.
func (c *col) inSet(set bitmap, out *bits) outcome {
	switch {
	case c.w8 != nil:
		scanSet(c.w8, set, out)
	case c.w16 != nil:
		scanSet(c.w16, set, out)
	case c.w32 != nil:
		scanSet(c.w32, set, out)
	default:
		scanSet(c.w64, set, out)
	}
	return someRows
}

// scanRange compares without branches: data in random order would mispredict every other one.
func scanRange[T width](vals []T, lo, span T, out *bits) {
	for w := 0; w*64 < len(vals); w++ {
		seg := vals[w*64 : min(len(vals), w*64+64)]
		var m uint64
		for i, v := range seg {
			var b uint64
			if v-lo <= span {
				b = 1
			}
			m |= b << (i & 63)
		}
		out[w] = m
	}
}

func scanSet[T width](vals []T, set bitmap, out *bits) {
	for w := 0; w*64 < len(vals); w++ {
		seg := vals[w*64 : min(len(vals), w*64+64)]
		var m uint64
		for i, v := range seg {
			m |= (set[uint64(v)>>6] >> (uint64(v) & 63) & 1) << (i & 63)
		}
		out[w] = m
	}
}
