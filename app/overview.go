package app

import (
	"context"

	"wapdesk/app/profile"
	"wapdesk/store/listing"
)

// Overviews draws the charts of results.
type Overviews struct{ a *App }

// WaitBucket counts interactions that waited at most LimitS seconds and more than the bucket
// before; LimitS is -1 in the last, which has no end.
type WaitBucket struct {
	LimitS int64 `json:"limitS"`
	Count  int   `json:"count"`
}

// Overview is the charts of a result.
type Overview struct {
	Summary   Summary       `json:"summary"`
	Figures   Figures       `json:"figures"`
	Waits     []WaitBucket  `json:"waits"`
	Anomalies int           `json:"anomalies"` // left out of the focus figures
	Users     []OverviewRow `json:"users"`
	Queues    []OverviewRow `json:"queues"`
	Trend     Trend         `json:"trend"` // by day, or by month where the period is a long one
	// WorkingHours says whether figures are told inside them.
	WorkingHours profile.HoursState `json:"workingHours"`
}

// Overview returns the charts of a kept result; their figures are the list's own.
func (c *Overviews) Overview(id string) (Overview, error) {
	return ask(c.a, "Overviews.Overview", func(ctx context.Context, p *profile.Profile) (Overview, error) {
		r, err := p.Result(id)
		if err != nil {
			return Overview{}, err
		}
		rows, err := p.Figures(ctx, r)
		if err != nil {
			return Overview{}, err
		}
		summary, err := rows.Summary(ctx)
		if err != nil {
			return Overview{}, err
		}
		o := Overview{Summary: summaryOf(summary), Anomalies: summary.Anomalies, Waits: []WaitBucket{}, WorkingHours: p.WorkingHours()}
		limits := listing.WaitLimitsS()
		for n, count := range summary.WaitBuckets {
			b := WaitBucket{LimitS: listing.Unknown, Count: count}
			if n < len(limits) {
				b.LimitS = int64(limits[n])
			}
			o.Waits = append(o.Waits, b)
		}
		users, queues, figures, err := tablesOf(ctx, rows)
		if err != nil {
			return Overview{}, err
		}
		o.Users, o.Queues, o.Figures = users, queues, toldBy(figures)
		if o.Trend, err = trendOf(ctx, p, r.Missing, rows, rows.Step(), nil); err != nil {
			return Overview{}, err
		}
		return o, nil
	})
}

// Trend returns the figures of a kept result by hours, weekdays, days, weeks or months, beside those that they are
// compared with unless that is null. A step that would give more than 1200 parts becomes a longer one.
func (c *Overviews) Trend(id, step string, with *profile.Comparison) (Trend, error) {
	return ask(c.a, "Overviews.Trend", func(ctx context.Context, p *profile.Profile) (Trend, error) {
		r, rows, beside, err := besideOf(ctx, p, id, with)
		if err != nil {
			return Trend{}, err
		}
		return trendOf(ctx, p, r.Missing, rows, listing.Step(step), beside)
	})
}

// besideOf reads a kept result and what it is compared with, nil for nothing.
func besideOf(ctx context.Context, p *profile.Profile, id string, with *profile.Comparison) (*profile.Result, *listing.Found, *profile.Beside, error) {
	r, err := p.Result(id)
	if err != nil {
		return nil, nil, nil, err
	}
	rows, err := p.Figures(ctx, r)
	if err != nil || with == nil || with.With == "" {
		return r, rows, nil, err
	}
	beside, err := p.Beside(ctx, r, rows, *with)
	return r, rows, beside, err
}

// Compare sets a kept result beside another period, or beside the rest of the team.
func (c *Overviews) Compare(id string, with profile.Comparison) (Compared, error) {
	return ask(c.a, "Overviews.Compare", func(ctx context.Context, p *profile.Profile) (Compared, error) {
		_, _, b, err := besideOf(ctx, p, id, &with)
		if err != nil {
			return Compared{}, err
		}
		if b == nil {
			return Compared{}, &profile.IncomparableError{Why: profile.NotKnown}
		}
		return comparedOf(ctx, p, b)
	})
}

// Portrait tells of a kept result what an agent or a queue is told by besides its figures.
func (c *Overviews) Portrait(id string) (Portrait, error) {
	return ask(c.a, "Overviews.Portrait", func(ctx context.Context, p *profile.Profile) (Portrait, error) {
		r, rows, _, err := besideOf(ctx, p, id, nil)
		if err != nil {
			return Portrait{}, err
		}
		portrait, err := p.Portrait(ctx, r, rows)
		return portraitOf(portrait), err
	})
}
