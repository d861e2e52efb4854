package listing

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// textRanks gives each text of a dictionary its place in an order. It is never changed.
type textRanks struct {
	order []uint32 // codes from 1 on, in order
	rank  []uint32 // by code, from 1; 0 for the empty string
}

// textOrder says how texts are put in order.
type textOrder struct {
	key  func(dst []byte, s string) []byte // sorts by bytes
	ties func() func(a, b string) int      // for equal keys; one for each goroutine
}

// compare returns a comparison of two texts. It is not safe for use by several goroutines.
func (o textOrder) compare() func(a, b string) int {
	ties := o.ties()
	var ka, kb []byte
	return func(a, b string) int {
		ka, kb = o.key(ka[:0], a), o.key(kb[:0], b)
		if d := bytes.Compare(ka, kb); d != 0 {
			return d
		}
		return ties(a, b)
	}
}

// czechOrder is the order of names and titles.
func czechOrder() textOrder {
	places := newCzechPlaces()
	return textOrder{
		key:  places.appendKey,
		ties: func() func(a, b string) int { return NewCollator().ties },
	}
}

// numberOrder is the order of phone numbers: by their digits.
func numberOrder() textOrder {
	return textOrder{key: appendFoldNumber, ties: func() func(a, b string) int { return strings.Compare }}
}

// ranked is a text on its way into the order: the first eight bytes of its key decide most
// comparisons without looking further.
type ranked struct {
	head       uint64
	start, end uint32 // of the key's rest in the keys of its share
	code       uint32
}

type rankShare struct {
	keys  []byte
	items []ranked
}

// buildRanks puts all texts of a dictionary in order. prev, ranks of an earlier state of the
// same dictionary, may be nil; then everything is sorted, else only what is new.
func buildRanks(ctx context.Context, t *texts, o textOrder, prev *textRanks) (*textRanks, error) {
	from := 1
	if prev != nil {
		from = len(prev.rank)
	}
	order, err := sortTexts(ctx, t, o, from)
	if err != nil {
		return nil, err
	}
	if prev != nil {
		order = mergeTexts(t, o, prev.order, order)
	}
	r := &textRanks{order: order, rank: make([]uint32, t.n)}
	for i, code := range order {
		r.rank[code] = uint32(i + 1)
	}
	return r, nil
}

// sortTexts returns the codes from a first one on in order, sorting one share per core.
func sortTexts(ctx context.Context, t *texts, o textOrder, from int) ([]uint32, error) {
	n := t.n - from
	shares := 1
	if n > 50_000 {
		shares = min(runtime.GOMAXPROCS(0), 4)
	}
	parts := make([]rankShare, shares)
	var wg sync.WaitGroup
	for s := range parts {
		wg.Go(func() { parts[s] = sortShare(ctx, t, o, from+n*s/shares, from+n*(s+1)/shares) })
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return mergeShares(t, o, parts, n), nil
}

// mergeShares merges the sorted shares; there are so few of them that the smallest head is
// found by looking at each.
func mergeShares(t *texts, o textOrder, parts []rankShare, n int) []uint32 {
	out := make([]uint32, 0, n)
	ties := o.ties()
	for range n {
		var best *rankShare
		for i := range parts {
			p := &parts[i]
			if len(p.items) > 0 && (best == nil || p.compareHead(best, t, ties) < 0) {
				best = p
			}
		}
		out = append(out, best.items[0].code)
		best.items = best.items[1:]
	}
	return out
}

// compareHead compares the first items of two shares.
func (s *rankShare) compareHead(other *rankShare, t *texts, ties func(a, b string) int) int {
	a, b := &s.items[0], &other.items[0]
	if a.head != b.head {
		return cmp.Compare(a.head, b.head)
	}
	if d := bytes.Compare(s.keys[a.start:a.end], other.keys[b.start:b.end]); d != 0 {
		return d
	}
	return ties(t.at(a.code), t.at(b.code))
}

func sortShare(ctx context.Context, t *texts, o textOrder, from, to int) rankShare {
	s := rankShare{items: make([]ranked, 0, to-from)}
	var buf []byte
	for code := from; code < to; code++ {
		if code&0xffff == 0 && ctx.Err() != nil {
			return rankShare{}
		}
		buf = o.key(buf[:0], t.at(uint32(code)))
		item := ranked{head: keyHead(buf), code: uint32(code), start: uint32(len(s.keys))}
		if len(buf) > 8 {
			s.keys = append(s.keys, buf[8:]...)
		}
		item.end = uint32(len(s.keys))
		s.items = append(s.items, item)
	}
	ties := o.ties()
	slices.SortFunc(s.items, func(a, b ranked) int {
		if a.head != b.head {
			return cmp.Compare(a.head, b.head)
		}
		if d := bytes.Compare(s.keys[a.start:a.end], s.keys[b.start:b.end]); d != 0 {
			return d
		}
		return ties(t.at(a.code), t.at(b.code))
	})
	return s
}

// keyHead returns the first eight bytes of a key as a number that sorts like them. Keys hold
// no zero bytes, so a shorter one comes first.
func keyHead(key []byte) uint64 {
	var head [8]byte
	copy(head[:], key)
	return binary.BigEndian.Uint64(head[:])
}

// mergeTexts merges two lists of codes that are in order.
func mergeTexts(t *texts, o textOrder, a, b []uint32) []uint32 {
	if len(b) == 0 {
		return a
	}
	byText := o.compare()
	compare := func(x, y uint32) int { return byText(t.at(x), t.at(y)) }
	out := make([]uint32, 0, len(a)+len(b))
	if len(b)*16 < len(a) {
		for _, code := range b { // few new ones: look for the place of each
			i, _ := slices.BinarySearchFunc(a, code, compare)
			out, a = append(append(out, a[:i]...), code), a[i:]
		}
		return append(out, a...)
	}
	for len(a) > 0 && len(b) > 0 {
		if compare(a[0], b[0]) <= 0 {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}
