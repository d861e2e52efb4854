package app

import (
	"context"

	"wapdesk/app/profile"
)

// Compared holds the figures of a result beside those of another period, or of the rest of the team, over what both have.
type Compared struct {
	With     string             `json:"with"`
	Period   profile.PeriodInfo `json:"period"`   // the other one
	Days     int                `json:"days"`     // that are compared; 0 of the team
	Unstored int                `json:"unstored"` // days left out because one of the two is not stored
	Alone    int                `json:"alone"`    // days left out because the other period has no such day
	UpToMs   int64              `json:"upToMs"`   // where the present day is compared only so far; else 0
	Now      Figures            `json:"now"`
	Then     Figures            `json:"then"`
	// Users and Queues are those that have interactions in both; none of the team.
	Users  []ComparedRow `json:"users"`
	Queues []ComparedRow `json:"queues"`
}

// ComparedRow holds the figures of one agent or queue in both periods.
type ComparedRow struct {
	Now  OverviewRow `json:"now"`
	Then OverviewRow `json:"then"`
}

func comparedOf(ctx context.Context, p *profile.Profile, b *profile.Beside) (Compared, error) {
	extent := b.Extent(p.Clock())
	out := Compared{
		With: b.With, Period: b.Period, Days: extent.Days, Unstored: extent.Unstored, Alone: extent.Alone, UpToMs: extent.UpToMs,
		Users: []ComparedRow{}, Queues: []ComparedRow{},
	}
	if b.With == profile.WithTeam {
		now, err := b.Now.Figures(ctx)
		if err != nil {
			return Compared{}, err
		}
		then, err := b.Then.Figures(ctx)
		out.Now, out.Then = toldBy(now), toldBy(then)
		return out, err
	}
	users, queues, now, err := tablesOf(ctx, b.Now)
	if err != nil {
		return Compared{}, err
	}
	usersThen, queuesThen, then, err := tablesOf(ctx, b.Then)
	if err != nil {
		return Compared{}, err
	}
	out.Now, out.Then = toldBy(now), toldBy(then)
	out.Users, out.Queues = sideBySide(users, usersThen), sideBySide(queues, queuesThen)
	return out, nil
}

func sideBySide(now, then []OverviewRow) []ComparedRow {
	before := make(map[string]OverviewRow, len(then))
	for _, r := range then {
		before[r.Name] = r
	}
	rows := []ComparedRow{}
	for _, r := range now {
		if other, ok := before[r.Name]; ok {
			rows = append(rows, ComparedRow{Now: r, Then: other})
		}
	}
	return rows
}
