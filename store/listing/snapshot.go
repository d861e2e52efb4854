package listing

import (
	"context"
	"iter"

	"wapdesk/store/query"
)

// Snapshot is the answer of a search: an order of rows that never changes, as one view has them.
// It is for the moment: what is kept longer is a Kept.
type Snapshot struct {
	Found
	query query.Query
	rows  []uint32 // slots in order: all, or the first of them
	later *laterRows
}

// all returns every row in order, and waits where that is still being worked out.
func (s *Snapshot) all() []uint32 {
	if s.later == nil {
		return s.rows
	}
	return s.later.wait()
}

// Query returns the question.
func (s *Snapshot) Query() query.Query { return s.query }

// At returns row i, counted from 0. It panics when there is no such row.
func (s *Snapshot) At(i int) Record {
	var r Record
	rows := s.rows
	if i >= len(rows) {
		rows = s.all()
	}
	s.view.record(rows[i], &r)
	return r
}

// cut returns the slots of up to limit rows from offset on.
func (s *Snapshot) cut(offset, limit int) []uint32 {
	from := min(max(offset, 0), s.total)
	to := from + min(max(limit, 0), s.total-from)
	if to <= len(s.rows) {
		return s.rows[from:to]
	}
	return s.all()[from:to]
}

// IDs returns the ids of up to limit rows from offset on; what is out of range is left out.
func (s *Snapshot) IDs(offset, limit int) []int64 {
	rows := s.cut(offset, limit)
	ids := make([]int64, len(rows))
	for i, slot := range rows {
		ids[i] = s.view.value(slot, colID)
	}
	return ids
}

// Window returns up to limit rows from offset on; what is out of range is left out.
func (s *Snapshot) Window(offset, limit int) []Record {
	rows := s.cut(offset, limit)
	out := make([]Record, len(rows))
	for i, slot := range rows {
		s.view.record(slot, &out[i])
	}
	return out
}

// Records returns every row in order. The record is reused: copy what outlives a step. Its
// strings may be kept. It stops early when ctx ends; the caller then finds ctx.Err() set.
func (s *Snapshot) Records(ctx context.Context) iter.Seq[*Record] {
	return func(yield func(*Record) bool) {
		var r Record
		for i, slot := range s.all() {
			if i&1023 == 0 && ctx.Err() != nil {
				return
			}
			s.view.record(slot, &r)
			if !yield(&r) {
				return
			}
		}
	}
}
