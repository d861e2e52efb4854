package listing

import (
	"context"
	"slices"
	"time"

	"wapdesk/store/query"
)

// View is the list at one moment. It never changes, so everything it answers fits together.
type View struct {
	owner          *Engine
	version, epoch uint64 // slots of one engine's views with the same epoch mean the same rows
	now            func() time.Time
	words          WordSource
	zone           *time.Location
	sundayFirst    bool
	targets        *Targets // never changed
	few            int      // rows that are sorted on their own instead of by walking an order of all
	page           int      // rows that are in order when a search answers
	numbers        *numbers

	blocks []*block
	live   bitmap // rows that are not gone, by slot
	ids    *idIndex
	dict   dictionaries
	dir    *directory
	lazy   *lazy

	touched []uint32 // while it is being made: slots whose rows differ from the view before
}

// Version rises with every change of the list.
func (v *View) Version() uint64 { return v.version }

// Clock returns the clock that presets and dates are read with.
func (v *View) Clock() query.Clock {
	return query.Clock{Now: v.now(), Zone: v.zone, SundayFirst: v.sundayFirst}
}

// rows returns the number of slots.
func (v *View) rows() int {
	if len(v.blocks) == 0 {
		return 0
	}
	return (len(v.blocks)-1)<<blockShift + v.blocks[len(v.blocks)-1].n
}

// value returns a figure or code of a row.
func (v *View) value(slot uint32, column int) int64 {
	return v.blocks[slot>>blockShift].cols[column].at(int(slot & blockMask))
}

func (v *View) name(slot uint32) string {
	return v.blocks[slot>>blockShift].name(int(slot & blockMask))
}

// TimeRange returns the span of time that a filter can match at most.
func (v *View) TimeRange(where *query.Node) query.Range {
	plain, err := query.Normalise(where)
	if err != nil || plain == nil {
		return query.Always()
	}
	return v.Clock().Span(plain)
}

// Search answers a query. Errors: *SyntaxError for a filter or sort that is not valid, the
// error of ctx, or that of the WordSource.
func (v *View) Search(ctx context.Context, q query.Query, scope query.Scope) (*Snapshot, error) {
	keys, err := query.NormaliseSort(q.Sort)
	if err != nil {
		return nil, err
	}
	found, n, span, err := v.find(ctx, q.Where, scope)
	if err != nil {
		return nil, err
	}
	s := &Snapshot{Found: Found{view: v, span: span, found: found, total: n}, query: q}
	_, s.users = v.permitted(scope)
	if n <= max(v.few, v.page) {
		s.rows, err = v.ordered(ctx, keys, found, n)
	} else if s.rows, err = v.firstOf(ctx, keys, found, n, v.page); err == nil {
		s.later = v.orderLater(keys, found, n)
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Count returns the exact number of interactions that match, without ordering them.
func (v *View) Count(ctx context.Context, q query.Query, scope query.Scope) (int, error) {
	_, n, _, err := v.find(ctx, q.Where, scope)
	return n, err
}

// First returns up to limit rows of the default order, newest first, before a search for words
// in all messages has come to its end: it looks at growing stretches of the newest rows. done
// tells that there are no more rows than these. Without words it is no faster than Search.
func (v *View) First(ctx context.Context, where *query.Node, scope query.Scope, limit int) (rows []Record, done bool, err error) {
	newestFirst := []query.SortKey{{Field: query.FieldTime, Desc: true}}
	for blocks := 2; ; blocks *= 8 {
		within, all := v.newest(blocks)
		found, n, _, err := v.findWithin(ctx, where, scope, within)
		if err != nil {
			return nil, false, err
		}
		if n < limit && !all {
			continue
		}
		slots, err := v.ordered(ctx, newestFirst, found, n)
		if err != nil {
			return nil, false, err
		}
		rows = make([]Record, min(limit, n))
		for i := range rows {
			v.record(slots[i], &rows[i])
		}
		return rows, all && n <= limit, nil
	}
}

// newest returns a span of time that holds the rows of about so many blocks; all tells that it
// holds everything.
func (v *View) newest(blocks int) (within query.Range, all bool) {
	_, ranged := v.words.(WordRangeSource)
	if blocks >= len(v.blocks) || !ranged {
		return query.Always(), true
	}
	starts := make([]int64, len(v.blocks))
	for i, b := range v.blocks {
		starts[i] = b.cols[colTime].base
	}
	slices.Sort(starts)
	return query.Range{FromMs: starts[len(starts)-blocks], ToMs: query.Forever}, false
}

func (v *View) find(ctx context.Context, where *query.Node, scope query.Scope) (bitmap, int, query.Range, error) {
	return v.findWithin(ctx, where, scope, query.Always())
}

// findWithin returns the rows that match within a span of time.
func (v *View) findWithin(ctx context.Context, where *query.Node, scope query.Scope, within query.Range) (bitmap, int, query.Range, error) {
	p, span, err := v.compile(ctx, where, scope, within)
	if err != nil {
		return nil, 0, query.Range{}, err
	}
	found, n, err := v.match(ctx, p)
	return found, n, span, err
}
