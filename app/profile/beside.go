package profile

import (
	"context"
	"fmt"
	"slices"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// What figures are compared with.
const (
	WithBefore = "before" // the period before, of the same length
	WithYear   = "year"   // the same dates of the year before
	WithOwn    = "own"    // a period of one's own
	WithTeam   = "team"   // the other users, or the other queues, in the same period
)

// Comparison is what figures are to be compared with.
type Comparison struct {
	With string `json:"with"` // one of the above
	Own  Period `json:"own"`  // of WithOwn
}

// Reasons why figures cannot be compared.
const (
	NotOpen     = "open"    // the period has no beginning or no end
	NotTime     = "time"    // the advanced filter has conditions on the time as well
	NotTeam     = "team"    // no user and no queue is chosen whose rest there could be
	NotLong     = "long"    // more than a century
	NotCompared = "nothing" // no day is stored of both
	NotKnown    = "unknown" // no such comparison
)

// IncomparableError is returned where figures cannot be compared as asked.
type IncomparableError struct{ Why string }

// Error returns the reason.
func (e *IncomparableError) Error() string { return "figures cannot be compared: " + e.Why }

// Beside is what two sets of interactions have in common to be compared by.
type Beside struct {
	With      string
	Now, Then *listing.Found // within what may be compared
	Whole     bool           // Now is all that was found: nothing of it had to be left out
	Period    PeriodInfo     // the other one
	Pairs     []query.Pair   // nil of WithTeam
	all       *listing.Found // of the other period, whole
}

// FilterOf returns the filter that found a result.
func (p *Profile) FilterOf(r *Result) Filter { return FilterOf(r.query) }

// Beside finds what a result, whose rows of now are given, is to be compared with. Errors: *IncomparableError.
func (p *Profile) Beside(ctx context.Context, r *Result, now *listing.Found, with Comparison) (*Beside, error) {
	f := FilterOf(r.query)
	if with.With == WithTeam {
		return p.besideTeam(ctx, f, now)
	}
	clock := p.Clock()
	period, err := f.Time.rangeOf(clock)
	if err != nil {
		return nil, err
	}
	switch {
	case period.FromMs == query.Beginning || period.ToMs == query.Forever:
		return nil, &IncomparableError{NotOpen}
	case f.Where.Mentions(query.FieldTime):
		return nil, &IncomparableError{NotTime}
	}
	other, err := p.otherPeriod(clock, period, with)
	if err != nil {
		return nil, err
	}
	stored, err := p.stored(ctx)
	if err != nil {
		return nil, err
	}
	b := &Beside{With: with.With, Period: infoOf(other, p.db.Zone()), Pairs: clock.Beside(period, other, with.With == WithYear, stored)}
	if b.Pairs == nil {
		return nil, &IncomparableError{NotLong}
	}
	within, otherWithin := query.Compared(b.Pairs)
	if len(within) == 0 {
		return nil, &IncomparableError{NotCompared}
	}
	if b.Now, err = now.Within(ctx, within); err != nil {
		return nil, err
	}
	b.Whole = b.Now.Total() == now.Total()
	f.Time = periodOf(clock, other)
	view, scope, err := p.engineAndScope(ctx, f)
	if err != nil {
		return nil, err
	}
	if b.all, err = view.Find(ctx, f.Query().Where, scope); err != nil {
		return nil, fmt.Errorf("compare: %w", err)
	}
	b.Then, err = b.all.Within(ctx, otherWithin)
	return b, err
}

func (p *Profile) otherPeriod(clock query.Clock, period query.Range, with Comparison) (query.Range, error) {
	switch with.With {
	case WithBefore:
		return clock.Shifted(period, -1), nil
	case WithYear:
		return clock.YearEarlier(period), nil
	case WithOwn:
		other, err := with.Own.rangeOf(clock)
		if err == nil && (other.FromMs == query.Beginning || other.ToMs == query.Forever) {
			err = &IncomparableError{NotOpen}
		}
		return other, err
	}
	return query.Range{}, &IncomparableError{NotKnown}
}

// stored is what is stored; all of an opened file.
func (p *Profile) stored(ctx context.Context) ([]query.Range, error) {
	if p.IsFile() {
		return []query.Range{query.Always()}, nil
	}
	coverage, err := p.db.Coverage(ctx)
	if err != nil {
		return nil, err
	}
	stored := make([]query.Range, len(coverage))
	for i, s := range coverage {
		stored[i] = query.Range{FromMs: s.FromMs, ToMs: s.ToMs}
	}
	return stored, nil
}

// besideTeam finds the interactions of all other users where users are chosen, or of all other queues.
func (p *Profile) besideTeam(ctx context.Context, f Filter, now *listing.Found) (*Beside, error) {
	field, chosen := f.userField(), f.Users
	if len(chosen) == 0 {
		field, chosen = query.FieldQueue, f.Queues
	}
	if len(chosen) == 0 {
		return nil, &IncomparableError{NotTeam}
	}
	if field == query.FieldQueue {
		f.Queues = nil
	} else {
		f.Users = nil
	}
	parts := append(f.bar(), query.Node{Field: field, Op: query.NotEmpty}, query.Node{Field: field, Op: query.NoneOf, Values: chosen})
	if f.Where != nil {
		parts = append(parts, *f.Where)
	}
	view, scope, err := p.engineAndScope(ctx, f)
	if err != nil {
		return nil, err
	}
	b := &Beside{With: WithTeam, Now: now, Whole: true}
	if b.Then, err = view.Find(ctx, and(parts), scope); err != nil {
		return nil, fmt.Errorf("compare with the rest: %w", err)
	}
	b.all = b.Then
	if b.Period, err = p.Period(f.Time); err != nil {
		return nil, err
	}
	return b, nil
}

// Parts returns the figures of both, part by part: those of the other one are of the counterparts of the days, as far as
// both are stored. same tells of which parts the two can be compared.
func (b *Beside) Parts(ctx context.Context, whole *listing.Found, parting listing.Parting) (now, then []listing.Figures, same []bool, err error) {
	mine, others := parting, parting
	if b.With == WithTeam {
		same = slices.Repeat([]bool{true}, parting.Len())
	} else {
		mine, others, same = parting.Beside(b.Pairs)
	}
	if now, err = whole.Parts(ctx, mine); err != nil {
		return nil, nil, nil, err
	}
	then, err = b.all.Parts(ctx, others)
	return now, then, same, err
}

// Extent says over what two periods are compared.
type Extent struct {
	Days     int   // days of which all, or of the present one a part, is compared
	Unstored int   // days left out because one of the two is not stored
	Alone    int   // days left out because the other period has no such day
	UpToMs   int64 // where the present day is compared only so far; 0 otherwise
}

// Extent says over what the two are compared.
func (b *Beside) Extent(clock query.Clock) Extent {
	var e Extent
	for _, p := range b.Pairs {
		switch p.Held {
		case query.HeldBoth:
			e.Days++
			if now := clock.Now.UnixMilli(); p.Now.ToMs <= now && clock.DayAt(p.Now.FromMs).ToMs > now {
				e.UpToMs = p.Now.ToMs
			}
		case query.HeldNot:
			e.Unstored++
		case query.HeldAlone:
			e.Alone++
		}
	}
	return e
}
