package listing

import (
	"context"
	"fmt"
)

// Summary returns the figures above the list.
func (s *Found) Summary(ctx context.Context) (Summary, error) {
	grid := s.heatGrid()
	out := Summary{Total: s.total}
	var waits tally
	var inside *insideSums
	if s.view.targets.Inside.shown() {
		inside = new(insideSums)
	}
	cells := make([]HeatCell, len(grid.shown))
	err := s.view.eachWorker(ctx, func() (func(int, *block), func()) {
		part := summaryPart{hours: grid.hours(), cells: make([]HeatCell, len(cells)), waited: s.view.waited(), judge: s.view.judge()}
		if inside != nil {
			part.inside = new(insideSums)
		}
		do := func(number int, b *block) {
			if words := s.found[number*blockWords : (number+1)*blockWords]; !empty(words) {
				part.add(b, words)
			}
		}
		return do, func() {
			out.Answered += part.answered
			out.NotAnswered += part.notAnswered
			out.Missed += part.missed
			out.MissedWaiting += part.missedWaiting
			out.Anomalies += part.anomalies
			waits.merge(&part.waits)
			if inside != nil {
				inside.merge(part.inside)
			}
			out.Targets.merge(&part.targets)
			for i, c := range part.cells {
				cells[i].Count += c.Count
				cells[i].Missed += c.Missed
			}
		}
	})
	if err != nil {
		return Summary{}, fmt.Errorf("sum up: %w", err)
	}
	out.Waited = waits.n
	out.WaitMedianS, out.WaitP90S = waits.quantile(50), waits.quantile(90)
	out.Inside = inside.figures()
	out.WaitBuckets = waits.buckets(WaitLimitsS())
	out.Heat = Heat{Kind: grid.kind, Days: grid.midnights, Starts: grid.starts, Hours: grid.shown, Cells: cells}
	return out, nil
}

func empty(words []uint64) bool {
	for _, w := range words {
		if w != 0 {
			return false
		}
	}
	return true
}

// summaryPart holds the figures of some blocks.
type summaryPart struct {
	answered, notAnswered, missed, missedWaiting, anomalies int

	waited  waited
	waits   tally
	inside  *insideSums // nil where no working hours hold
	judge   judge
	targets TargetHits
	hours   hourReader
	cells   []HeatCell
}

func (p *summaryPart) add(b *block, words []uint64) {
	answered, missed, anomaly := &b.cols[colAnswered], &b.cols[colMissed], &b.cols[colAnomaly]
	times := &b.cols[colTime]
	for w, word := range words {
		for ; word != 0; word &= word - 1 {
			i := w<<6 + first(word)
			switch Tri(answered.code(i)) {
			case TriYes:
				p.answered++
			case TriNo:
				p.notAnswered++
			}
			m := missed.code(i)
			if m != 0 {
				p.missed++
			}
			if m == uint32(missedCode(MissedWaiting)) {
				p.missedWaiting++
			}
			if anomaly.code(i) == codeYes {
				p.anomalies++
			}
			wait := p.waited.at(&b.cols, i)
			p.waits.add(wait)
			if p.inside != nil {
				p.inside.add(&b.cols, i, wait)
			}
			p.targets.add(p.judge.at(&b.cols, i, wait))
			if cell := p.hours.cell(times.at(i)); cell >= 0 {
				p.cells[cell].Count++
				if m != 0 {
					p.cells[cell].Missed++
				}
			}
		}
	}
}
