package syncer

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"wapdesk/app/daktela"
)

// ErrIncomplete means the server's pages kept contradicting its own total, so
// that a stretch of time cannot be called complete.
var ErrIncomplete = errors.New("the contact centre's pages do not add up")

// ShortError is the end of a pull that read everything but some stretches, because of ErrIncomplete.
type ShortError struct{ Periods []Period }

func (e *ShortError) Error() string {
	return fmt.Sprintf("%d stretches of time: %s", len(e.Periods), ErrIncomplete)
}

// Unwrap makes it an ErrIncomplete.
func (e *ShortError) Unwrap() error { return ErrIncomplete }

const (
	firstStep wall = 24 * 60 * 60
	maxStep   wall = 64 * firstStep
)

// wall is a moment as the wire writes it: seconds of a clock on the wall,
// counted as if it showed UTC. Windows are cut on this scale, because the
// server compares texts: on it the hour that autumn repeats is one hour.
type wall int64

func (w wall) text() string { return time.Unix(int64(w), 0).UTC().Format(time.DateTime) }

func wallOf(text string) (wall, bool) {
	ms, ok := daktela.Zone{}.UTC(text)
	return wall(ms / 1000), ok
}

// feed reads a model from the newest row to the oldest by one time field.
type feed[T any] struct {
	page   func(context.Context, daktela.Query) (daktela.Page[T], error)
	zone   daktela.Zone
	field  string         // a field that is safe to sort by
	filter daktela.Filter // beside the time
	at     func(T) string // the row's wire text of field
	size   func() int     // rows a page can hold, as far as it is known
	// partly yields a stretch whose pages never add up as a short one, and goes on with older ones. Without it
	// such a stretch is an error.
	partly bool
}

// tries is how often a stretch is read whose pages do not add up, until that is reported: the contact
// centre may have changed meanwhile.
const tries = 3

// batch is a stretch of time (UTC milliseconds) with all its rows, or a short one with some of them.
type batch[T any] struct {
	rows         []T
	fromMs, toMs int64
	short        bool
}

// newest yields the rows with fromMs <= field < toMs as complete stretches,
// newest first, without gaps. A stretch is complete when its rows were counted: as many as its
// total says, or until a page came empty where none is told. When a page does not hold them all,
// the stretch is cut at the oldest second the page holds, because that second may go on beyond
// it, and what is left of it is counted by itself. So no row is ever reached by an offset, except
// within a stretch that does not add up otherwise, such as a single second with more than a page.
func (f feed[T]) newest(ctx context.Context, fromMs, toMs int64) iter.Seq2[batch[T], error] {
	return func(yield func(batch[T], error) bool) {
		from, to := f.bound(fromMs), f.bound(toMs)
		step := firstStep
		for to > from {
			rows, lower, full, err := f.readAgain(ctx, max(from, f.outsideGap(to-step)), to)
			short := errors.Is(err, ErrIncomplete)
			if err != nil && (!short || !f.partly) {
				yield(batch[T]{}, err)
				return
			}
			if !yield(batch[T]{rows, f.ms(lower), f.ms(to), short}, nil) {
				return
			}
			switch {
			case full:
				step = max(step/2, 1)
			case len(rows) <= f.size()/4:
				step = min(step*2, maxStep)
			}
			to = lower
		}
	}
}

// readAgain is read, repeated while the pages do not add up.
func (f feed[T]) readAgain(ctx context.Context, from, to wall) (rows []T, lower wall, full bool, err error) {
	for range tries {
		if rows, lower, full, err = f.read(ctx, from, to); !errors.Is(err, ErrIncomplete) {
			break
		}
	}
	return rows, lower, full, err
}

// read reads the newest complete part of a stretch and says where it begins, also with ErrIncomplete;
// full says that this is not the whole stretch.
func (f feed[T]) read(ctx context.Context, from, to wall) (rows []T, lower wall, full bool, err error) {
	for {
		p, err := f.page(ctx, f.query(from, to))
		if err != nil {
			return nil, 0, false, err
		}
		whole := p.Ends()
		if !whole && p.Total < 0 {
			if whole, err = f.counted(ctx, from, to, p.Next()); err != nil {
				return nil, 0, false, err
			}
		}
		if whole {
			return p.Rows, from, full, nil
		}
		full = true
		oldest, ordered := f.oldest(p.Rows)
		switch {
		case to-from <= 1 || p.Empty():
			rows, err := f.sweep(ctx, from, to)
			return rows, from, true, err
		case ordered && f.outsideGap(oldest+1) < to:
			lower := f.outsideGap(oldest + 1)
			rows := f.since(p.Rows, lower)
			whole, err := f.counted(ctx, lower, to, len(rows))
			if err == nil && !whole {
				rows, err = f.sweep(ctx, lower, to)
			}
			return rows, lower, true, err
		case ordered:
			from = to - 1
		default:
			from += (to - from) / 2
		}
	}
}

// counted reports whether a stretch has so many rows and no more, by asking for the one after them.
func (f feed[T]) counted(ctx context.Context, from, to wall, rows int) (bool, error) {
	q := f.query(from, to)
	q.Skip, q.Take = rows, 1
	p, err := f.page(ctx, q)
	if err != nil {
		return false, err
	}
	return p.Empty() && (p.Total < 0 || p.Total == rows), nil
}

// oldest returns the oldest second of a page, and whether the page is in
// order: a server that ignores the sort would otherwise lose rows silently.
func (f feed[T]) oldest(rows []T) (oldest wall, ordered bool) {
	for i, row := range rows {
		at, ok := wallOf(f.at(row))
		if !ok || i > 0 && at > oldest {
			return 0, false
		}
		oldest = at
	}
	return oldest, true
}

func (f feed[T]) since(rows []T, lower wall) []T {
	for i, row := range rows {
		if at, ok := wallOf(f.at(row)); ok && at < lower {
			return rows[:i]
		}
	}
	return rows
}

// sweep reads a stretch by offset until its rows are as many as its total, or as many as were
// passed by until a page came empty. A total that no page bears out is ErrIncomplete, beside the rows
// that came.
func (f feed[T]) sweep(ctx context.Context, from, to wall) ([]T, error) {
	var rows []T
	total := -1
	for row, err := range daktela.Walk(ctx, f.query(from, to), func(ctx context.Context, q daktela.Query) (daktela.Page[T], error) {
		p, err := f.page(ctx, q)
		total = p.Total
		return p, err
	}) {
		if is[*daktela.IncompleteError](err) {
			return rows, fmt.Errorf("read a stretch by offset: %w: %w", ErrIncomplete, err)
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	if len(rows) < total {
		return rows, fmt.Errorf("read a stretch by offset: %w", ErrIncomplete)
	}
	return rows, nil
}

func (f feed[T]) query(from, to wall) daktela.Query {
	return daktela.Query{
		Filter: daktela.And(daktela.Gte(f.field, from.text()), daktela.Lt(f.field, to.text()), f.filter),
		Sort:   []daktela.Sort{{Field: f.field, Desc: true}},
	}
}

// bound turns UTC milliseconds into a bound. A moment in the second pass of
// autumn's hour becomes the same text of the first, an hour earlier: rows that
// cannot be told apart stay on the safe side of what counts as read.
func (f feed[T]) bound(ms int64) wall {
	w, ok := wallOf(f.zone.Wire(ms))
	if !ok { // a time before the year 1: everything
		return 0
	}
	return f.outsideGap(w)
}

func (f feed[T]) ms(w wall) int64 {
	ms, _ := f.zone.UTC(w.text())
	return ms
}

// outsideGap moves a bound out of the hour that spring leaves out to its end;
// inside it, texts and moments do not sort alike. All changes of clocks lie on
// quarters of an hour.
func (f feed[T]) outsideGap(w wall) wall {
	const quarter = 15 * 60
	for f.zone.Wire(f.ms(w)) != w.text() {
		w += quarter - w%quarter
	}
	return w
}
