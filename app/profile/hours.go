package profile

import (
	"context"

	"wapdesk/store"
	"wapdesk/store/hours"
	"wapdesk/store/listing"
)

// Whose working hours hold for a queue.
const (
	HoursAsForAll = "all"
	HoursNone     = "none" // around the clock
	HoursOwn      = "own"
)

// WorkHours returns the working hours that hold for a queue, nil for around the clock.
func (q *QueueGoals) WorkHours(all *hours.Hours) *hours.Hours {
	switch q.HoursOf {
	case HoursOwn:
		return q.Hours
	case HoursNone:
		return nil
	}
	return all
}

// cleanHours brings hours into the form they are kept in; never working is around the clock, since nothing could be
// counted inside.
func cleanHours(h *hours.Hours) *hours.Hours {
	if h == nil {
		return nil
	}
	clean := h.Clean()
	if clean.Never() {
		return nil
	}
	return &clean
}

// cleanHours leaves a queue with hours of its own only where there are some.
func (q *QueueGoals) cleanHours() {
	q.Hours = cleanHours(q.Hours)
	switch {
	case q.HoursOf == HoursOwn && q.Hours != nil:
	case q.HoursOf == HoursOwn, q.HoursOf == HoursNone:
		q.HoursOf, q.Hours = HoursNone, nil
	default:
		q.HoursOf, q.Hours = HoursAsForAll, nil
	}
}

// workingHours gives the store its part of the targets.
func (t Targets) workingHours() store.WorkingHours {
	out := store.WorkingHours{All: t.Hours, Queues: map[string]*hours.Hours{}}
	for _, q := range t.Queues {
		if q.HoursOf != HoursAsForAll {
			out.Queues[q.Queue] = q.WorkHours(t.Hours)
		}
	}
	return out
}

// inside gives the list engine its part of the working hours.
func (t Targets) inside() listing.Inside {
	out := listing.Inside{All: t.Hours != nil, Queues: map[string]bool{}}
	for _, q := range t.Queues {
		out.Queues[q.Queue] = q.WorkHours(t.Hours) != nil
	}
	return out
}

// HoursState says whether figures are told inside working hours.
type HoursState struct {
	Hold bool `json:"hold"` // for some queue
	// Counting is true while rows are counted by hours that changed: nothing is told or measured inside meanwhile.
	Counting bool `json:"counting"`
	Percent  int  `json:"percent"` // of the rows are counted
}

// WorkingHours returns whether figures are told inside working hours.
func (p *Profile) WorkingHours() HoursState {
	in := p.db.List().View().Targets().Inside
	state := HoursState{Hold: in.All, Counting: p.db.CountingInside(), Percent: int(p.counted.Load())}
	for _, own := range in.Queues {
		state.Hold = state.Hold || own
	}
	return state
}

// CountHours counts all rows by the working hours, where that is to be done, and goes on where it ended before.
// Meanwhile nothing is told inside them. Errors: that of ctx, and those of writing.
func (p *Profile) CountHours(ctx context.Context) error {
	p.countMu.Lock()
	defer p.countMu.Unlock()
	if !p.db.CountingInside() {
		return nil
	}
	p.counted.Store(0)
	p.measureBy(p.Targets())
	err := p.db.CountInside(ctx, func(done, total int) {
		percent := int32(100)
		if total > 0 {
			percent = int32(100 * done / total)
		}
		p.counted.Store(percent)
	})
	p.measureBy(p.Targets())
	p.listen.DataChanged()
	return err
}

// countSoon counts beside everything else, in a program that stays open.
func (r *background) countSoon() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.loop && r.p.db.CountingInside() {
		r.wg.Go(r.count)
	}
}

func (r *background) count() {
	if err := r.p.CountHours(r.ctx); err != nil && r.ctx.Err() == nil {
		r.p.log.Error("working hours are not counted", "error", err.Error())
	}
}
