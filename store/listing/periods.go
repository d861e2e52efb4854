package listing

import (
	"context"
	"fmt"
	"sort"
	"time"

	"wapdesk/store/query"
)

// Step is what interactions are shared out by.
type Step string

// The steps. Hours of the day and weekdays, of which the first is the first day of the week, are those of all days
// together; days, weeks and months follow each other.
const (
	StepHour    Step = "hour"
	StepWeekday Step = "weekday"
	StepDay     Step = "day"
	StepWeek    Step = "week"
	StepMonth   Step = "month"
)

// Parting shares interactions out by their time, in the contact centre's calendar.
type Parting struct {
	Step Step
	// Ranges are in order and do not overlap. They are the days, weeks or months; of hours and weekdays they are the
	// time that counts.
	Ranges []query.Range

	of []int // the parts that the ranges belong to, where these are the days of another period
	n  int   // the number of these parts
}

// Len is the number of parts.
func (p Parting) Len() int {
	switch p.Step {
	case StepHour:
		return 24
	case StepWeekday:
		return 7
	}
	if p.of != nil {
		return p.n
	}
	return len(p.Ranges)
}

// maxTold is the longest span, in days, that is told day by day where nobody asks for a step.
const maxTold = 62

// maxParts bounds the days or weeks that are told; a longer span is told by a longer step.
const maxParts = 1200

// maxMonths bounds what a wrong date in a filter or a row can ask for.
const maxMonths = 12 * 10_000

// Step is by what the span of the filter is told where nobody asks for a step: by day, or by month where it is longer
// than 62 days.
func (s *Found) Step() Step {
	from, to := s.told()
	if (to-from)/dayMs > maxTold {
		return StepMonth
	}
	return StepDay
}

// told is the span of the filter without what has not begun.
func (s *Found) told() (from, to int64) {
	clock := s.view.Clock()
	from, to = s.bounds(clock)
	return from, max(min(to, clock.Now.UnixMilli()+1), from+1)
}

// Parting shares out the span of the filter by a step, or by a longer one where that would give more than 1200 parts.
// Days that have not begun are left out.
func (s *Found) Parting(step Step) Parting {
	from, to := s.told()
	if step == StepHour || step == StepWeekday {
		return Parting{Step: step, Ranges: []query.Range{{FromMs: from, ToMs: to}}}
	}
	clock := s.view.Clock()
	first := time.UnixMilli(from).In(clock.Location())
	y, m, d := first.Date()
	if step == StepDay {
		if days := rangesUntil(to, maxParts, func(n int) int64 { return clock.Midnight(y, m, d+n) }); days != nil {
			return Parting{Step: StepDay, Ranges: days}
		}
	}
	if step != StepMonth {
		back := clock.Weekday(first)
		if weeks := rangesUntil(to, maxParts, func(n int) int64 { return clock.Midnight(y, m, d-back+7*n) }); weeks != nil {
			return Parting{Step: StepWeek, Ranges: weeks}
		}
	}
	months := rangesUntil(to, maxMonths, func(n int) int64 { return clock.Midnight(y, m+time.Month(n), 1) })
	return Parting{Step: StepMonth, Ranges: months}
}

// rangesUntil lists periods by their starts, up to the one that holds an end; nil when there are more than most.
func rangesUntil(end int64, most int, at func(n int) int64) []query.Range {
	var out []query.Range
	from := at(0)
	for n := 1; n <= most; n++ {
		to := at(n)
		out = append(out, query.Range{FromMs: from, ToMs: to})
		if to >= end {
			return out
		}
		from = to
	}
	return nil
}

// Parts returns the figures of each part. An interaction whose time is not known is in none.
func (s *Found) Parts(ctx context.Context, p Parting) ([]Figures, error) {
	reader := func() func(int64) int { return p.place() }
	if p.Step == StepHour || p.Step == StepWeekday {
		reader = s.clockReader(p)
	}
	all, err := s.figuresBy(ctx, p.Len(), reader)
	if err != nil {
		return nil, fmt.Errorf("sum up by %s: %w", p.Step, err)
	}
	return all, nil
}

// clockReader leads from a time to its hour of the day, or to its weekday.
func (s *Found) clockReader(p Parting) func() func(int64) int {
	grid := &heatGrid{kind: HeatWeekdays, clock: s.view.Clock()}
	if n := len(p.Ranges); n > 0 {
		grid.zones = zoneSpans(grid.clock.Location(), p.Ranges[0].FromMs, p.Ranges[n-1].ToMs)
	}
	return func() func(int64) int {
		within, hours := placeIn(p.Ranges), grid.hours()
		return func(ms int64) int {
			if within(ms) < 0 {
				return -1
			}
			cell := hours.cell(ms)
			if p.Step == StepHour {
				return cell % 24
			}
			return cell / 24
		}
	}
}

// placeIn returns what leads from a time to the range it is in, or to -1. It remembers the last one, since rows of a
// block are close in time.
func placeIn(ranges []query.Range) func(int64) int {
	last := 0
	return func(ms int64) int {
		if ms == Unknown || len(ranges) == 0 {
			return -1
		}
		if r := &ranges[last]; ms >= r.FromMs && ms < r.ToMs {
			return last
		}
		at := sort.Search(len(ranges), func(n int) bool { return ranges[n].ToMs > ms })
		if at == len(ranges) || ms < ranges[at].FromMs {
			return -1
		}
		last = at
		return at
	}
}

// place leads from a time to its part.
func (p Parting) place() func(int64) int {
	in := placeIn(p.Ranges)
	if p.of == nil {
		return in
	}
	return func(ms int64) int {
		if at := in(ms); at >= 0 {
			return p.of[at]
		}
		return -1
	}
}

// Beside shares another period out so that its parts stand beside those of this one: a part has the counterparts of its
// days, as far as both are stored. same tells of each part whether all of its days have one, so that the two can be
// compared. Hours and weekdays of both are those of what both have, so this parting changes with them.
func (p Parting) Beside(pairs []query.Pair) (now, then Parting, same []bool) {
	same = make([]bool, p.Len())
	if p.Step == StepHour || p.Step == StepWeekday {
		now, then = Parting{Step: p.Step}, Parting{Step: p.Step}
		now.Ranges, then.Ranges = query.Compared(pairs)
		for i := range same {
			same[i] = true
		}
		return now, then, same
	}
	then = Parting{Step: p.Step, of: []int{}, n: p.Len()}
	at := 0
	for i, r := range p.Ranges {
		some := false
		same[i] = true
		for ; at < len(pairs) && pairs[at].Now.FromMs < r.ToMs; at++ {
			pair := &pairs[at]
			if pair.Now.FromMs < r.FromMs {
				continue
			}
			switch pair.Held {
			case query.HeldBoth:
				then.Ranges, then.of = append(then.Ranges, pair.Then), append(then.of, i)
				some = true
			case query.HeldNot, query.HeldAlone:
				same[i] = false
			}
		}
		same[i] = same[i] && some
	}
	return p, then, same
}
