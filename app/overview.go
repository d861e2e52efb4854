package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"wapdesk/app/profile"
	"wapdesk/store/listing"
)

// Overviews draws the charts of results.
type Overviews struct{ a *App }

// OverviewRow holds the figures of one agent or one queue; -1 stands for unknown.
type OverviewRow struct {
	Name        string  `json:"name"` // unique name, "" for none
	Title       string  `json:"title"`
	Deactivated bool    `json:"deactivated"`
	Count       int     `json:"count"`
	TookPart    int     `json:"tookPart"` // interactions in which the agent had an activity; of a queue 0
	Answered    int     `json:"answered"` // of an agent also of those that the agent took part in
	Unanswered  int     `json:"unanswered"`
	Waiting     int     `json:"waiting"`
	Measured    int     `json:"measured"`    // interactions that a target applies to
	Within      int     `json:"within"`      // of them within each of their targets
	WaitS       int64   `json:"waitS"`       // median
	DurationS   int64   `json:"durationS"`   // median
	FirstReplyS int64   `json:"firstReplyS"` // median
	FocusShare  float64 `json:"focusShare"`  // 0–1, -1 unknown
	Disruptions float64 `json:"disruptions"` // per activity, -1 unknown
}

// WaitBucket counts interactions that waited at most LimitS seconds and more than the bucket
// before; LimitS is -1 in the last, which has no end.
type WaitBucket struct {
	LimitS int64 `json:"limitS"`
	Count  int   `json:"count"`
}

// Overview is the charts of a result.
type Overview struct {
	Summary   Summary       `json:"summary"`
	Waits     []WaitBucket  `json:"waits"`
	Anomalies int           `json:"anomalies"` // left out of the focus figures
	Users     []OverviewRow `json:"users"`
	Queues    []OverviewRow `json:"queues"`
	Step      string        `json:"step"` // of Periods: days, or months where the period is a long one
	Periods   []PeriodRow   `json:"periods"`
}

// PeriodRow holds the figures of one day or month.
type PeriodRow struct {
	From       string `json:"from"` // first day
	To         string `json:"to"`   // last day
	Count      int    `json:"count"`
	Answered   int    `json:"answered"`
	Unanswered int    `json:"unanswered"`
	Waiting    int    `json:"waiting"`
	Measured   int    `json:"measured"`
	Within     int    `json:"within"`
	// Missing is true where a part of it is not stored: the figures are of the rest.
	Missing bool `json:"missing"`
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
		o := Overview{Summary: summaryOf(summary), Anomalies: summary.Anomalies, Waits: []WaitBucket{}}
		limits := listing.WaitLimitsS()
		for n, count := range summary.WaitBuckets {
			b := WaitBucket{LimitS: listing.Unknown, Count: count}
			if n < len(limits) {
				b.LimitS = int64(limits[n])
			}
			o.Waits = append(o.Waits, b)
		}
		users, err := rows.Users(ctx)
		if err != nil {
			return Overview{}, err
		}
		queues, err := rows.Queues(ctx)
		if err != nil {
			return Overview{}, err
		}
		took, err := rows.TookPart(ctx)
		if err != nil {
			return Overview{}, err
		}
		step, periods, err := rows.Periods(ctx)
		if err != nil {
			return Overview{}, err
		}
		o.Step, o.Periods = string(step), periodRows(periods, r.Missing, p.Zone())
		o.Users, o.Queues = withTookPart(overviewRows(users), took), overviewRows(queues)
		return o, nil
	})
}

func periodRows(periods []listing.PeriodFigures, missing []profile.DayRange, zone *time.Location) []PeriodRow {
	rows := make([]PeriodRow, len(periods))
	for i, f := range periods {
		r := PeriodRow{
			From: time.UnixMilli(f.FromMs).In(zone).Format(time.DateOnly), To: time.UnixMilli(f.ToMs - 1).In(zone).Format(time.DateOnly),
			Count: f.N, Answered: f.Answered, Unanswered: f.NotAnswered, Waiting: f.MissedWaiting,
			Measured: f.Targets.All.Measured, Within: f.Targets.All.Within,
		}
		r.Missing = slices.ContainsFunc(missing, func(d profile.DayRange) bool { return d.FromMs < f.ToMs && d.ToMs > f.FromMs })
		rows[i] = r
	}
	return rows
}

// withTookPart adds to the agents in how many interactions each had an activity and how many of these were
// answered, since what nobody answered is no agent's own; and those who handled none but had a part, most
// first.
func withTookPart(rows []OverviewRow, took []listing.Aggregate) []OverviewRow {
	at := map[string]int{}
	for i, r := range rows {
		at[r.Name] = i
	}
	handled := len(rows)
	for _, a := range took {
		i, known := at[a.Ref.Name]
		if !known {
			i = len(rows)
			rows = append(rows, OverviewRow{
				Name: a.Ref.Name, Title: a.Ref.Title, Deactivated: a.Deactivated, WaitS: listing.Unknown, DurationS: listing.Unknown,
				FirstReplyS: listing.Unknown, FocusShare: listing.Unknown, Disruptions: listing.Unknown,
			})
		}
		rows[i].TookPart, rows[i].Answered, rows[i].Unanswered = a.N, a.Answered, a.NotAnswered
	}
	slices.SortFunc(rows[handled:], func(a, b OverviewRow) int {
		return cmp.Or(cmp.Compare(b.TookPart, a.TookPart), cmp.Compare(a.Title, b.Title), cmp.Compare(a.Name, b.Name))
	})
	return rows
}

func overviewRows(list []listing.Aggregate) []OverviewRow {
	rows := make([]OverviewRow, 0, len(list))
	for _, a := range list {
		r := OverviewRow{
			Name: a.Ref.Name, Title: a.Ref.Title, Deactivated: a.Deactivated, Count: a.N, Answered: a.Answered, Unanswered: a.NotAnswered, Waiting: a.MissedWaiting,
			Measured: a.Targets.All.Measured, Within: a.Targets.All.Within,
			WaitS: int64(a.WaitMedianS), DurationS: int64(a.DurationMedianS), FirstReplyS: int64(a.FirstReplyMedian),
			FocusShare: listing.Unknown, Disruptions: listing.Unknown,
		}
		if a.FocusOfS > 0 {
			r.FocusShare = float64(a.FocusS) / float64(a.FocusOfS)
		}
		if a.Activities > 0 {
			r.Disruptions = float64(a.Disruptions) / float64(a.Activities)
		}
		rows = append(rows, r)
	}
	return rows
}
