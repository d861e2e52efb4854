package app

import (
	"cmp"
	"context"
	"slices"

	"wapdesk/store/listing"
)

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

// tablesOf are the rows by agent and by queue, and the figures of all.
func tablesOf(ctx context.Context, rows *listing.Found) (users, queues []OverviewRow, all listing.Figures, err error) {
	of, err := rows.Users(ctx)
	if err != nil {
		return nil, nil, listing.Figures{}, err
	}
	took, err := rows.TookPart(ctx)
	if err != nil {
		return nil, nil, listing.Figures{}, err
	}
	by, all, err := rows.QueuesAndFigures(ctx)
	if err != nil {
		return nil, nil, listing.Figures{}, err
	}
	return withTookPart(overviewRows(of), took), overviewRows(by), all, nil
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
			WaitS: int64(a.WaitMedianS), DurationS: int64(a.DurationMedianS), FirstReplyS: int64(a.FirstReplyMedianS),
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
