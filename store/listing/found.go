package listing

import (
	"context"
	"fmt"

	"wapdesk/store/query"
)

// Found is what a filter finds in one view, in no order: all that figures need. It never changes.
type Found struct {
	view  *View
	span  query.Range
	found bitmap
	total int
	users bitmap // users that are permitted, nil for all
}

// Find answers a filter without putting the rows in order; see [View.Search] for the errors.
func (v *View) Find(ctx context.Context, where *query.Node, scope query.Scope) (*Found, error) {
	found, n, span, err := v.find(ctx, where, scope)
	if err != nil {
		return nil, err
	}
	f := &Found{view: v, span: span, found: found, total: n}
	_, f.users = v.permitted(scope)
	return f, nil
}

// Total is the exact number of rows.
func (s *Found) Total() int { return s.total }

// Version is that of the view it was made from.
func (s *Found) Version() uint64 { return s.view.version }

// Range returns the span of time that the filter can match at most, as of the search.
func (s *Found) Range() query.Range { return s.span }

// Within returns what of it lies within ranges of time, which are in order and apart from each other. A row whose
// time is not known is in none.
func (s *Found) Within(ctx context.Context, ranges []query.Range) (*Found, error) {
	within := *s
	of := make([]predicate, 0, len(ranges))
	for _, r := range ranges {
		if r.FromMs < r.ToMs {
			of = append(of, spanPred(colTime, r))
		}
	}
	within.span = query.Range{}
	if len(ranges) > 0 {
		within.span = query.Range{FromMs: ranges[0].FromMs, ToMs: ranges[len(ranges)-1].ToMs}
	}
	var err error
	if within.found, within.total, err = s.view.match(ctx, and(rowsPred{s.found}, or(of...))); err != nil {
		return nil, fmt.Errorf("find within %d ranges of time: %w", len(ranges), err)
	}
	return &within, nil
}
