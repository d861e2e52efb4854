package profile

import (
	"context"
	"fmt"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// Portrait is what an agent, a queue or any other choice of interactions is told by besides its figures.
type Portrait struct {
	// ActiveDays are the days with an interaction; Unknown where the period is too long to tell.
	ActiveDays int
	Incoming   int
	Outgoing   int
	Reviewed   int               // interactions with a QA review
	Hours      []listing.Figures // by hour of the day
	Waits      []listing.Record  // the longest, at most five
	Silences   []listing.Record  // the longest, at most five
	TookPart   []listing.Aggregate
}

// longestShown is how many of the longest waits and silences are told.
const longestShown = 5

// Portrait describes a result, whose rows of now are given. What it counts is what the list finds with one more
// condition.
func (p *Profile) Portrait(ctx context.Context, r *Result, found *listing.Found) (Portrait, error) {
	var out Portrait
	out.ActiveDays = listing.Unknown
	if days := found.Parting(listing.StepDay); days.Step == listing.StepDay {
		parts, err := found.Parts(ctx, days)
		if err != nil {
			return out, err
		}
		out.ActiveDays = 0
		for _, day := range parts {
			if day.N > 0 {
				out.ActiveDays++
			}
		}
	}
	var err error
	if out.Hours, err = found.Parts(ctx, found.Parting(listing.StepHour)); err != nil {
		return out, err
	}
	if out.TookPart, err = found.TookPart(ctx); err != nil {
		return out, err
	}
	for _, one := range []struct {
		where query.Node
		into  *int
	}{
		{query.Node{Field: query.FieldDirection, Op: query.AnyOf, Values: []string{"IN"}}, &out.Incoming},
		{query.Node{Field: query.FieldDirection, Op: query.AnyOf, Values: []string{"OUT"}}, &out.Outgoing},
		{query.Node{Field: query.FieldQA, Op: query.AnyOf, Values: []string{"yes"}}, &out.Reviewed},
	} {
		if *one.into, err = p.Count(ctx, FilterOf(r.query).with(one.where)); err != nil {
			return out, fmt.Errorf("count %s: %w", one.where.Field, err)
		}
	}
	for field, into := range map[string]*[]listing.Record{query.FieldWait: &out.Waits, query.FieldSilence: &out.Silences} {
		f := FilterOf(r.query).with(query.Node{Field: field, Op: query.Gt, Values: []string{"0"}})
		f.Sort = []query.SortKey{{Field: field, Desc: true}}
		view, scope, err := p.engineAndScope(ctx, f)
		if err != nil {
			return out, err
		}
		longest, err := view.Search(ctx, f.Query(), scope)
		if err != nil {
			return out, fmt.Errorf("find the longest by %s: %w", field, err)
		}
		*into = longest.Window(0, longestShown)
	}
	return out, nil
}

// with adds a condition to the advanced filter.
func (f Filter) with(n query.Node) Filter {
	switch {
	case f.Where == nil:
		f.Where = &n
	case len(f.Where.And) > 0 && !f.Where.Not:
		f.Where = &query.Node{And: append(f.Where.And[:len(f.Where.And):len(f.Where.And)], n)}
	default:
		f.Where = &query.Node{And: []query.Node{*f.Where, n}}
	}
	return f
}
