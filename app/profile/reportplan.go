package profile

import (
	"context"
	"errors"
	"slices"
	"time"

	"wapdesk/store/query"
)

const (
	// planEvery is how often planned reports are looked at; a computer that slept is late by no more.
	planEvery = 30 * time.Second
	// planPatience is how long a report waits for the sync that brings what it is about.
	planPatience = 10 * time.Minute
)

// moment is the time of a report's plan on a day so many days from another.
func (r Report) moment(clock query.Clock, day time.Time, days int) time.Time {
	y, m, d := day.In(clock.Location()).Date()
	at, _ := time.Parse("15:04", r.At)
	return time.Date(y, m, d+days, at.Hour(), at.Minute(), 0, 0, clock.Location())
}

// planned reports whether the report is made on the day of a moment.
func (r Report) planned(t time.Time) bool { return slices.Contains(r.Days, (int(t.Weekday())+6)%7+1) }

// next returns the first planned moment after another.
func (r Report) next(clock query.Clock, after time.Time) (time.Time, bool) {
	for days := range 9 {
		if at := r.moment(clock, after, days); len(r.Days) > 0 && r.planned(at) && at.After(after) {
			return at, true
		}
	}
	return time.Time{}, false
}

// due returns the last planned moment that has come and that nothing was made for. Several that were missed are one:
// the last is about the same or more.
func (k KeptReport) due(clock query.Clock, now time.Time) (time.Time, bool) {
	for days := range 9 {
		at := k.moment(clock, now, -days)
		if len(k.Days) > 0 && k.planned(at) && !at.After(now) {
			return at, at.UnixMilli() > k.Run.DueMs
		}
	}
	return time.Time{}, false
}

// keepPlans makes planned reports while the program is open, and at its start those that were missed.
func (p *Profile) keepPlans() {
	tick := time.NewTicker(planEvery)
	defer tick.Stop()
	for {
		if err := p.makeDue(p.run); err != nil && !errors.Is(err, context.Canceled) {
			p.log.Error("planned reports were not looked at", "error", err.Error())
		}
		select {
		case <-p.run.Done():
			return
		case <-tick.C:
		}
	}
}

// makeDue makes the reports whose moment has come. What failed is kept with its reason, and made at the next planned
// moment.
func (p *Profile) makeDue(ctx context.Context) error {
	list, err := p.Reports(ctx)
	if err != nil {
		return err
	}
	for _, k := range list {
		at, due := k.due(p.Clock(), p.now())
		if !due || p.awaitsSync(ctx, at) {
			continue
		}
		if _, err := p.makePlanned(ctx, k, at); err != nil {
			p.log.Warn("a planned report was not made", "error", err.Error())
		}
		p.listen.ReportMade()
	}
	return ctx.Err()
}

// awaitsSync reports whether a sync since a moment is still to be expected: a report of yesterday that is made before
// yesterday was downloaded would lack it.
func (p *Profile) awaitsSync(ctx context.Context, at time.Time) bool {
	if p.conn == nil || p.Settings().SyncMinutes == 0 || p.background.isPaused() {
		return false
	}
	if p.background.lastSuccess(ctx) >= at.UnixMilli() {
		return false
	}
	return p.now().Sub(maxTime(at, p.since)) < planPatience
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
