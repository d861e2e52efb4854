package listing

import (
	"context"
	"iter"
	mathbits "math/bits"
	"slices"

	"wapdesk/store/query"
)

// Kept is a result that outlives its search: which rows it has, and in which order. It holds ids
// and nothing that a row says. What is shown of it is read anew each time, see In, so that
// nothing of a row that was erased or is no longer permitted is kept or told.
type Kept struct {
	owner *Engine
	epoch uint64
	ids   []col // by block: lead from the slots of the search to ids
	query query.Query
	span  query.Range
	found bitmap
	total int
	rows  []uint32 // slots in order: all, or the first of them
	later *laterRows
}

// Keep returns the result without its rows.
func (s *Snapshot) Keep() *Kept {
	k := &Kept{
		owner: s.view.owner, epoch: s.view.epoch, ids: make([]col, len(s.view.blocks)),
		query: s.query, span: s.span, found: s.found, total: s.total, rows: s.rows, later: s.later,
	}
	for i, b := range s.view.blocks {
		k.ids[i] = b.cols[colID]
	}
	return k
}

// Total is the exact number of rows the search found.
func (k *Kept) Total() int { return k.total }

// Range returns the span of time that the filter can match at most, as of the search.
func (k *Kept) Range() query.Range { return k.span }

// Owner is the engine that was searched.
func (k *Kept) Owner() *Engine { return k.owner }

func (k *Kept) id(slot uint32) int64 { return k.ids[slot>>blockShift].at(int(slot & blockMask)) }

// all returns every row in order, and waits where that is still being worked out.
func (k *Kept) all() []uint32 {
	if k.later == nil {
		return k.rows
	}
	return k.later.wait()
}

// Reading reads the rows of a kept result as one view has them, within a scope. It is for one
// goroutine, and not to be kept.
type Reading struct {
	kept          *Kept
	view          *View
	scope         query.Scope
	same          bool // slots of the view mean the same rows
	cursor        idCursor
	queues, users bitmap // codes that are permitted
}

// In reads the result in a view, which is at least as new as the search.
func (k *Kept) In(v *View, scope query.Scope) *Reading {
	r := &Reading{kept: k, view: v, scope: scope, same: v.owner == k.owner && v.epoch == k.epoch, cursor: idCursor{index: v.ids}}
	r.queues, r.users = v.permitted(scope)
	return r
}

// slot returns where a row of the result is in the view; false when it is not there or not permitted.
func (r *Reading) slot(kept uint32) (uint32, bool) {
	if !r.same {
		there, ok := r.cursor.slot(r.kept.id(kept))
		return there, ok && r.shows(there)
	}
	return kept, r.shows(kept)
}

func (r *Reading) shows(slot uint32) bool {
	return !r.scope.HiddenAll && r.view.live.has(slot) &&
		r.queues.has(uint32(r.view.value(slot, colQueue))) && r.users.has(uint32(r.view.value(slot, colUser)))
}

// Window returns up to limit rows from offset on; what is out of range is left out. Of a row that is
// no longer in the view, or not permitted, it gives the id alone.
func (r *Reading) Window(offset, limit int) []Record {
	k := r.kept
	from := min(max(offset, 0), k.total)
	to := from + min(max(limit, 0), k.total-from)
	rows := k.rows
	if to > len(rows) {
		rows = k.all()
	}
	out := make([]Record, to-from)
	for i, slot := range rows[from:to] {
		if there, ok := r.slot(slot); ok {
			r.view.record(there, &out[i])
		} else {
			out[i].ID = k.id(slot)
		}
	}
	return out
}

// Record returns the row of an id; false when it is not in the view or not permitted.
func (r *Reading) Record(id int64) (Record, bool) {
	var record Record
	slot, ok := r.view.ids.slot(id)
	if ok = ok && r.shows(slot); ok {
		r.view.record(slot, &record)
	}
	return record, ok
}

// Records returns the rows that are still there and permitted, in order; with chosen, only those
// whose unique names it takes. The record is reused: copy what outlives a step. Its strings may
// be kept. It stops early when ctx ends; the caller then finds ctx.Err() set.
func (r *Reading) Records(ctx context.Context, chosen func(name string) bool) iter.Seq[*Record] {
	return func(yield func(*Record) bool) {
		var record Record
		for i, slot := range r.kept.all() {
			if i&1023 == 0 && ctx.Err() != nil {
				return
			}
			there, ok := r.slot(slot)
			if !ok || chosen != nil && !chosen(r.view.name(there)) {
				continue
			}
			r.view.record(there, &record)
			if !yield(&record) {
				return
			}
		}
	}
}

// Count returns the number of rows that Records gives.
func (r *Reading) Count(ctx context.Context, chosen func(name string) bool) (int, error) {
	n := 0
	for number := range r.kept.ids {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		eachFound(r.kept.found, number, func(slot int) {
			if there, ok := r.slot(uint32(slot)); ok && (chosen == nil || chosen(r.view.name(there))) {
				n++
			}
		})
	}
	return n, nil
}

// IndexOf returns the place of an id, or -1 when the result has it not or no longer.
func (r *Reading) IndexOf(id int64) int {
	k := r.kept
	there, ok := r.view.ids.slot(id)
	if !ok || !r.shows(there) {
		return -1
	}
	is := func(slot uint32) bool { return slot == there }
	if !r.same {
		is = func(slot uint32) bool { return k.id(slot) == id }
	} else if int(there>>6) >= len(k.found) || !k.found.has(there) {
		return -1
	}
	if i := slices.IndexFunc(k.rows, is); i >= 0 || k.later == nil {
		return i
	}
	return slices.IndexFunc(k.all(), is)
}

// Compare reports how the same question would be answered now: rows that would join and rows that
// would leave. Presets are read with the view's clock.
func (r *Reading) Compare(ctx context.Context) (Change, error) {
	k := r.kept
	found, n, _, err := r.view.find(ctx, k.query.Where, r.scope)
	if err != nil {
		return Change{}, err
	}
	same := 0
	if r.same {
		for i := range min(len(found), len(k.found)) {
			same += mathbits.OnesCount64(found[i] & k.found[i])
		}
	} else {
		for number := range k.ids {
			eachFound(k.found, number, func(slot int) {
				if there, ok := r.cursor.slot(k.id(uint32(slot))); ok && found.has(there) {
					same++
				}
			})
		}
	}
	return Change{Added: n - same, Removed: k.total - same}, nil
}

// Figures returns the rows that are still there and permitted, for their figures. They are in no
// order.
func (r *Reading) Figures(ctx context.Context) (*Found, error) {
	found := make(bitmap, len(r.view.live))
	for number := range r.kept.ids {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		eachFound(r.kept.found, number, func(slot int) {
			if there, ok := r.slot(uint32(slot)); ok {
				found.set(there)
			}
		})
	}
	return &Found{view: r.view, span: r.kept.span, found: found, total: found.count(), users: r.users}, nil
}
