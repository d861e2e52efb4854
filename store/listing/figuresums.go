package listing

import (
	"context"
	"fmt"
)

// figureSums gathers figures.
type figureSums struct {
	n, answered, notAnswered, missed, missedWaiting int

	waits, replies, durations tally
	inside                    *insideSums // nil where no working hours hold
	targets                   TargetHits
}

// insideSums gathers figures inside working hours.
type insideSums struct{ waits, replies, durations tally }

func (to *insideSums) add(c *[allCols]col, i int, wait int64) {
	to.waits.add(workWait(c, i, wait))
	to.replies.add(c[colWorkReply].at(i))
	to.durations.add(c[colWorkDuration].at(i))
}

func (to *insideSums) merge(from *insideSums) {
	to.waits.merge(&from.waits)
	to.replies.merge(&from.replies)
	to.durations.merge(&from.durations)
}

func (to *insideSums) figures() *InsideFigures {
	if to == nil {
		return nil
	}
	return &InsideFigures{
		Waited: to.waits.n, WaitMedianS: to.waits.quantile(50), WaitP90S: to.waits.quantile(90),
		FirstReplyMedianS: to.replies.quantile(50), DurationMedianS: to.durations.quantile(50),
	}
}

// counting is what rows are read with for figures.
type counting struct {
	waited waited
	judge  judge
	inside bool
}

func (v *View) counting() counting { return counting{v.waited(), v.judge(), v.targets.Inside.shown()} }

func (to *figureSums) add(c *[allCols]col, i int, how counting) {
	to.n++
	switch Tri(c[colAnswered].code(i)) {
	case TriYes:
		to.answered++
	case TriNo:
		to.notAnswered++
	}
	if missed := c[colMissed].code(i); missed != 0 {
		to.missed++
		if missed == uint32(missedCode(MissedWaiting)) {
			to.missedWaiting++
		}
	}
	wait := how.waited.at(c, i)
	to.waits.add(wait)
	to.targets.add(how.judge.at(c, i, wait))
	to.durations.add(c[colDuration].at(i))
	to.replies.add(c[colFirstReply].at(i))
	if how.inside {
		if to.inside == nil {
			to.inside = new(insideSums)
		}
		to.inside.add(c, i, wait)
	}
}

func (to *figureSums) merge(from *figureSums) {
	to.n += from.n
	to.answered += from.answered
	to.notAnswered += from.notAnswered
	to.missed += from.missed
	to.missedWaiting += from.missedWaiting
	to.waits.merge(&from.waits)
	to.replies.merge(&from.replies)
	to.durations.merge(&from.durations)
	to.targets.merge(&from.targets)
	if from.inside != nil {
		if to.inside == nil {
			to.inside = new(insideSums)
		}
		to.inside.merge(from.inside)
	}
}

func (to *figureSums) figures() Figures {
	return Figures{
		N: to.n, Answered: to.answered, NotAnswered: to.notAnswered, Missed: to.missed, MissedWaiting: to.missedWaiting,
		Waited: to.waits.n, WaitMedianS: to.waits.quantile(50), WaitP90S: to.waits.quantile(90),
		FirstReplyMedianS: to.replies.quantile(50), DurationMedianS: to.durations.quantile(50),
		Inside: to.inside.figures(), Targets: to.targets,
	}
}

// Figures returns the figures of all that was found.
func (s *Found) Figures(ctx context.Context) (Figures, error) {
	all, err := s.figuresBy(ctx, 1, func() func(int64) int { return func(int64) int { return 0 } })
	if err != nil {
		return Figures{}, fmt.Errorf("sum up: %w", err)
	}
	return all[0], nil
}

// figuresBy sums up by what parts returns for a time: the number of a part, or one below 0 for none. Each worker
// has a function of its own.
func (s *Found) figuresBy(ctx context.Context, n int, parts func() func(ms int64) int) ([]Figures, error) {
	all := make([]figureSums, n)
	err := s.view.eachWorker(ctx, func() (func(int, *block), func()) {
		of, mine, how := parts(), make([]figureSums, n), s.view.counting()
		do := func(number int, b *block) {
			eachFound(s.found, number, func(slot int) {
				i := slot & blockMask
				if part := of(b.cols[colTime].at(i)); part >= 0 {
					mine[part].add(&b.cols, i, how)
				}
			})
		}
		return do, func() {
			for i := range mine {
				all[i].merge(&mine[i])
			}
		}
	})
	if err != nil {
		return nil, err
	}
	out := make([]Figures, n)
	for i := range all {
		out[i] = all[i].figures()
	}
	return out, nil
}
