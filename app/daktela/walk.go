package daktela

import (
	"context"
	"encoding/json"
	"hash/maphash"
	"iter"
	"strconv"
)

// maxSweeps bounds how often a list is paged through again. Rows that are equal to the server's
// sort may overlap and skip from page to page; in random order a sweep leaves out a third of
// them, so that after so many sweeps one in 10^10 is left.
const maxSweeps = 24

// stableSweeps is how many sweeps in a row have to equal the one before, until names that repeat are
// taken for the server's own.
const stableSweeps = 8

// Walk reads every row of a list, each once. Nothing is taken for the end but a count: as many
// rows as the total says, or as many as were passed by when a page came empty. Rows are told
// apart by their unique name; those that repeat hide others, so the list is paged through again
// until they are all there. It fails with an IncompleteError when they never are.
func Walk[T any](ctx context.Context, q Query, read func(context.Context, Query) (Page[T], error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		w := walk{seed: maphash.MakeSeed(), seen: map[string]bool{}}
		first := q.Skip
		var at Call
		for range maxSweeps {
			w.begin()
			for q.Skip = first; ; {
				p, err := read(ctx, q)
				if err != nil {
					yield(zero, err)
					return
				}
				at = p.at
				for i, row := range p.Rows {
					if w.add(p.Raw[i]) && !yield(row, nil) {
						return
					}
				}
				w.odd += p.got - len(p.Rows)
				if p.Total >= 0 && len(w.seen)+w.odd >= p.Total-first {
					return
				}
				if p.got == 0 {
					break
				}
				if w.sameAsBefore(p.Raw) {
					// The server does not skip: what came first is all there is, unless it filled the page.
					if p.Total >= 0 || p.got >= p.take {
						yield(zero, &IncompleteError{at})
					}
					return
				}
				q.Skip = p.Next()
			}
			if len(w.seen)+w.odd >= q.Skip-first || w.stable() {
				return
			}
		}
		yield(zero, &IncompleteError{at})
	}
}

// walk remembers the rows of the sweeps through one list.
type walk struct {
	seed maphash.Seed
	seen map[string]bool

	odd       int            // rows of this sweep that are no objects
	nameless  map[string]int // how often a row without a name came in this sweep
	page, sum uint64         // of the last page and of this sweep
	lastSum   uint64         // of the sweep before
	same      int            // sweeps in a row that were as the one before
}

func (w *walk) begin() {
	w.lastSum, w.page, w.sum, w.odd, w.nameless = w.sum, 0, 0, 0, nil
}

// add reports whether a row is new.
func (w *walk) add(raw json.RawMessage) bool {
	var key string
	if name := rowName(raw); name != "" {
		key = "n" + string(name)
	} else {
		// Two equal rows without a name are two rows.
		if w.nameless == nil {
			w.nameless = map[string]int{}
		}
		w.nameless[string(raw)]++
		key = "r" + strconv.Itoa(w.nameless[string(raw)]) + string(raw)
	}
	if w.seen[key] {
		return false
	}
	w.seen[key] = true
	return true
}

// rowName is the unique name of a row, "" for none.
func rowName(raw json.RawMessage) Name {
	var name Name
	for key, value := range members(raw) {
		if string(key) == "name" {
			name, _ = nameOf(value)
		}
	}
	return name
}

// sameAsBefore reports a page that is the one before it again.
func (w *walk) sameAsBefore(rows []json.RawMessage) bool {
	var h maphash.Hash
	h.SetSeed(w.seed)
	for _, r := range rows {
		h.Write(r)
		h.WriteByte('\n')
	}
	sum := h.Sum64()
	same := w.page == sum
	w.page = sum
	w.sum = w.sum*31 + sum
	return same
}

// stable reports that sweep after sweep gave the same rows in the same order: then names that
// repeat are the server's own, and hide nothing. One repetition says little, since two rows that
// are equal to a sort come in the same order by chance in every fourth sweep.
func (w *walk) stable() bool {
	if w.sum != w.lastSum {
		w.same = 0
		return false
	}
	w.same++
	return w.same >= stableSweeps
}
