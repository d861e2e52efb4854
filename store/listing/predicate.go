package listing

import (
	"cmp"
	"context"
	mathbits "math/bits"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// predicate is a condition made ready for a view. eval works out a block; the bits of out hold
// only when the outcome is someRows.
type predicate interface {
	eval(b *block, number int, out *bits) outcome
	cost() int // cheap ones go first in an AND
}

type (
	constPred bool
	rangePred struct {
		col    int
		lo, hi int64
	}
	blankPred struct{ col int }
	setPred   struct {
		col int
		set bitmap
	}
	rowsPred struct{ rows bitmap } // found elsewhere: words in messages
	// namePred is about the unique name. Where needles are given, a name that hits holds one of them when folded.
	namePred struct {
		hit     func(string) bool
		needles []string
	}
	notPred struct{ of predicate }
	andPred struct{ of []predicate }
	orPred  struct{ of []predicate }
)

func (p constPred) cost() int { return 0 }
func (p rangePred) cost() int { return 1 }
func (p blankPred) cost() int { return 1 }
func (p rowsPred) cost() int  { return 1 }
func (p setPred) cost() int   { return 2 }
func (p notPred) cost() int   { return p.of.cost() }
func (p andPred) cost() int   { return 2 + len(p.of) }
func (p orPred) cost() int    { return 3 + len(p.of) }
func (p namePred) cost() int  { return 100 }

func (p constPred) eval(*block, int, *bits) outcome {
	if p {
		return allRows
	}
	return noRows
}

func (p rangePred) eval(b *block, _ int, out *bits) outcome {
	return b.cols[p.col].inRange(p.lo, p.hi, out)
}

func (p blankPred) eval(b *block, _ int, out *bits) outcome { return b.cols[p.col].isBlank(out) }

func (p setPred) eval(b *block, _ int, out *bits) outcome { return b.cols[p.col].inSet(p.set, out) }

func (p rowsPred) eval(_ *block, number int, out *bits) outcome {
	copy(out[:], p.rows[number*blockWords:])
	return someRows
}

func (p namePred) eval(b *block, _ int, out *bits) outcome {
	holds := func(needle string) bool { return strings.Contains(b.names, needle) }
	if b.folded && p.needles != nil && !slices.ContainsFunc(p.needles, holds) {
		return noRows // looked for in all names at once, which takes a fortieth of the time
	}
	*out = bits{}
	for i := range b.n {
		if p.hit(b.name(i)) {
			out[i>>6] |= 1 << (i & 63)
		}
	}
	return someRows
}

func (p notPred) eval(b *block, number int, out *bits) outcome {
	switch p.of.eval(b, number, out) {
	case noRows:
		return allRows
	case allRows:
		return noRows
	}
	for i := range out {
		out[i] = ^out[i]
	}
	return someRows
}

func (p andPred) eval(b *block, number int, out *bits) outcome {
	result := allRows
	var part bits
	for _, q := range p.of {
		into := &part
		if result == allRows {
			into = out
		}
		switch q.eval(b, number, into) {
		case noRows:
			return noRows
		case allRows:
			continue
		}
		if result == allRows {
			result = someRows
			continue
		}
		var left uint64
		for i := range out {
			out[i] &= part[i]
			left |= out[i]
		}
		if left == 0 {
			return noRows
		}
	}
	return result
}

func (p orPred) eval(b *block, number int, out *bits) outcome {
	result := noRows
	var part bits
	for _, q := range p.of {
		into := &part
		if result == noRows {
			into = out
		}
		switch q.eval(b, number, into) {
		case allRows:
			return allRows
		case noRows:
			continue
		}
		if result == noRows {
			result = someRows
			continue
		}
		for i := range out {
			out[i] |= part[i]
		}
	}
	return result
}

// and joins predicates, cheap ones first.
func and(of ...predicate) predicate {
	of = slices.DeleteFunc(of, func(p predicate) bool { return p == constPred(true) })
	switch len(of) {
	case 0:
		return constPred(true)
	case 1:
		return of[0]
	}
	slices.SortStableFunc(of, func(a, b predicate) int { return cmp.Compare(a.cost(), b.cost()) })
	return andPred{of}
}

// or joins predicates, cheap ones first.
func or(of ...predicate) predicate {
	switch len(of) {
	case 0:
		return constPred(false)
	case 1:
		return of[0]
	}
	slices.SortStableFunc(of, func(a, b predicate) int { return cmp.Compare(a.cost(), b.cost()) })
	return orPred{of}
}

// serialBlocks is the number of blocks that are not worth a second core.
const serialBlocks = 16

// match returns the rows that a predicate holds for and that are not gone, with their number.
func (v *View) match(ctx context.Context, p predicate) (bitmap, int, error) {
	out := make(bitmap, len(v.blocks)*blockWords)
	var total atomic.Int64
	err := v.eachBlock(ctx, func(number int, b *block) {
		total.Add(int64(v.matchBlock(p, number, b, out)))
	})
	return out, int(total.Load()), err
}

func (v *View) matchBlock(p predicate, number int, b *block, out bitmap) int {
	var found bits
	into := out[number*blockWords : (number+1)*blockWords]
	live := v.live[number*blockWords : (number+1)*blockWords]
	n := 0
	switch p.eval(b, number, &found) {
	case allRows:
		copy(into, live)
		for _, w := range live {
			n += mathbits.OnesCount64(w)
		}
	case someRows:
		for i, w := range live {
			into[i] = found[i] & w
			n += mathbits.OnesCount64(into[i])
		}
	}
	return n
}

// eachBlock calls do for every block, on several cores when there are many; do must be safe
// for that.
func (v *View) eachBlock(ctx context.Context, do func(number int, b *block)) error {
	return v.eachWorker(ctx, func() (func(int, *block), func()) { return do, func() {} })
}

// eachWorker shares the blocks out to several workers when there are many. start gives what a
// worker does with each of its blocks, and what it does at the end, when it has the others
// to itself.
func (v *View) eachWorker(ctx context.Context, start func() (do func(number int, b *block), end func())) error {
	workers := max(min(runtime.GOMAXPROCS(0), len(v.blocks)/serialBlocks, 8), 1)
	var next atomic.Int64
	var mu sync.Mutex
	work := func() {
		do, end := start()
		for {
			number := int(next.Add(1)) - 1
			if number >= len(v.blocks) || number&15 == 0 && ctx.Err() != nil {
				break
			}
			do(number, v.blocks[number])
		}
		mu.Lock()
		defer mu.Unlock()
		end()
	}
	var wg sync.WaitGroup
	for range workers - 1 {
		wg.Go(work)
	}
	work()
	wg.Wait()
	return ctx.Err()
}
