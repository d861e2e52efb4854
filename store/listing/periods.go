package listing

import (
	"context"
	"fmt"
	"sort"
	"time"
)

// Step is how long the periods of a table are.
type Step string

// The steps.
const (
	StepDays   Step = "days"
	StepMonths Step = "months"
)

// maxDays is the longest span that is told day by day.
const maxDays = 62

// PeriodFigures are the figures of one day or one month of the contact centre's calendar.
type PeriodFigures struct {
	FromMs, ToMs  int64 // UTC milliseconds, [from, to)
	N             int
	Answered      int
	NotAnswered   int
	MissedWaiting int
	Targets       TargetHits
}

// Periods returns the figures by day, or by month where the span of the filter is longer than 62 days;
// days that have not begun are left out. An interaction whose time is not known is in none.
func (s *Snapshot) Periods(ctx context.Context) (Step, []PeriodFigures, error) {
	step, starts := s.periodStarts()
	all := make([]PeriodFigures, len(starts)-1)
	for i := range all {
		all[i].FromMs, all[i].ToMs = starts[i], starts[i+1]
	}
	err := s.view.eachWorker(ctx, func() (func(int, *block), func()) {
		part := periodPart{starts: starts, of: make([]PeriodFigures, len(all)), waited: s.view.waited(), judge: s.view.judge()}
		do := func(number int, b *block) {
			eachFound(s.found, number, func(slot int) { part.add(b, slot&blockMask) })
		}
		return do, func() {
			for i := range part.of {
				all[i].merge(&part.of[i])
			}
		}
	})
	if err != nil {
		return "", nil, fmt.Errorf("sum up by %s: %w", step, err)
	}
	return step, all, nil
}

// periodStarts returns when the periods begin, and when the last one ends.
func (s *Snapshot) periodStarts() (Step, []int64) {
	clock := s.view.Clock()
	from, to := s.bounds(clock)
	to = max(min(to, clock.Now.UnixMilli()+1), from+1)
	y, m, d := time.UnixMilli(from).In(clock.Location()).Date()
	days := startsUntil(to, maxDays, func(n int) int64 { return clock.Midnight(y, m, d+n) })
	if days != nil {
		return StepDays, days
	}
	return StepMonths, startsUntil(to, maxMonths, func(n int) int64 { return clock.Midnight(y, m+time.Month(n), 1) })
}

// maxMonths bounds what a wrong date in a filter or a row can ask for.
const maxMonths = 12 * 10_000

// startsUntil lists the starts of periods up to the first that is not before an end; nil when there are
// more than most before it.
func startsUntil(end int64, most int, at func(n int) int64) []int64 {
	var starts []int64
	for n := 0; n <= most; n++ {
		start := at(n)
		starts = append(starts, start)
		if n > 0 && start >= end {
			return starts
		}
	}
	return nil
}

// periodPart holds the figures of some blocks.
type periodPart struct {
	starts []int64
	at     int // where the last row was: the next one is near
	of     []PeriodFigures
	waited waited
	judge  judge
}

func (p *periodPart) add(b *block, i int) {
	ms := b.cols[colTime].at(i)
	if ms == Unknown || ms < p.starts[0] || ms >= p.starts[len(p.of)] {
		return
	}
	if ms < p.starts[p.at] || ms >= p.starts[p.at+1] {
		p.at = sort.Search(len(p.of), func(n int) bool { return p.starts[n+1] > ms })
	}
	f := &p.of[p.at]
	f.N++
	switch Tri(b.cols[colAnswered].code(i)) {
	case TriYes:
		f.Answered++
	case TriNo:
		f.NotAnswered++
	}
	if b.cols[colMissed].code(i) == uint32(missedCode(MissedWaiting)) {
		f.MissedWaiting++
	}
	f.Targets.add(p.judge.at(&b.cols, i, p.waited.at(&b.cols, i)))
}

func (f *PeriodFigures) merge(o *PeriodFigures) {
	f.N += o.N
	f.Answered += o.Answered
	f.NotAnswered += o.NotAnswered
	f.MissedWaiting += o.MissedWaiting
	f.Targets.merge(&o.Targets)
}
