package profile

import (
	"context"
	"fmt"
	"time"

	"wapdesk/store"
	"wapdesk/store/query"
)

const wallClock = "2006-01-02 15:04"

// PeriodInfo is a Period worked out at one moment in the contact centre's zone.
type PeriodInfo struct {
	FromMs int64  `json:"fromMs"` // UTC ms, 0 when open
	ToMs   int64  `json:"toMs"`   // UTC ms, exclusive, 0 when open
	From   string `json:"from"`   // wall clock, "2026-11-22 00:00", "" when open
	To     string `json:"to"`     // wall clock, exclusive
	Days   int    `json:"days"`   // calendar days touched, 0 when open
}

// DayRange is a run of days of the contact centre's calendar, both ends included.
type DayRange struct {
	From   string `json:"from"` // 2026-11-22
	To     string `json:"to"`
	FromMs int64  `json:"fromMs"`
	ToMs   int64  `json:"toMs"` // exclusive
}

// rangeOf works a period out as of now.
func (p Period) rangeOf(clock query.Clock) (query.Range, error) {
	if p.Preset != "" {
		return clock.Preset(p.Preset)
	}
	return clock.Bounds(p.From, p.To)
}

// Period works a period out as of now, in the contact centre's zone.
func (p *Profile) Period(period Period) (PeriodInfo, error) {
	r, err := period.rangeOf(p.Clock())
	if err != nil {
		return PeriodInfo{}, err
	}
	return infoOf(r, p.db.Zone()), nil
}

func infoOf(r query.Range, zone *time.Location) PeriodInfo {
	var info PeriodInfo
	if r.FromMs != query.Beginning {
		info.FromMs = r.FromMs
		info.From = time.UnixMilli(r.FromMs).In(zone).Format(wallClock)
	}
	if r.ToMs != query.Forever {
		info.ToMs = r.ToMs
		info.To = time.UnixMilli(r.ToMs).In(zone).Format(wallClock)
	}
	if info.From != "" && info.To != "" && r.ToMs > r.FromMs {
		first := query.DayNumber(time.UnixMilli(r.FromMs).In(zone))
		last := query.DayNumber(time.UnixMilli(r.ToMs - 1).In(zone))
		info.Days = last - first + 1
	}
	return info
}

// ShiftPeriod moves a period by its own length, backwards with negative steps. Periods of
// whole days move by days, so that a change of the clocks does not shift them.
func (p *Profile) ShiftPeriod(period Period, steps int) (Period, error) {
	r, err := period.rangeOf(p.Clock())
	if err != nil {
		return Period{}, err
	}
	if r.FromMs == query.Beginning || r.ToMs == query.Forever {
		return period, nil
	}
	clock := p.Clock()
	return periodOf(clock, clock.Shifted(r, steps)), nil
}

// periodOf writes a closed range as a period.
func periodOf(clock query.Clock, r query.Range) Period {
	from, to := time.UnixMilli(r.FromMs).In(clock.Location()), time.UnixMilli(r.ToMs).In(clock.Location())
	if clock.WholeDays(r) {
		return Period{From: from.Format(time.DateOnly), To: to.AddDate(0, 0, -1).Format(time.DateOnly)}
	}
	return Period{From: from.Format(wallClock), To: to.Format(wallClock)}
}

// Parts of a day that are stored.
const (
	StoredAll  = "all"
	StoredPart = "part"
	StoredNone = "none"
)

// DayMark tells how much of a day is stored.
type DayMark struct {
	Day    string `json:"day"`
	Stored string `json:"stored"` // all, part or none
}

// Calendar returns for each day of some months, the first as "2026-11", how much is stored.
func (p *Profile) Calendar(ctx context.Context, month string, months int) ([]DayMark, error) {
	first, err := time.ParseInLocation("2006-01", month, p.db.Zone())
	if err != nil {
		return nil, fmt.Errorf("%w: %w", query.ErrDate, err)
	}
	coverage, err := p.db.Coverage(ctx)
	if err != nil {
		return nil, err
	}
	end := first.AddDate(0, min(max(months, 1), 12), 0)
	marks := []DayMark{}
	for day := first; day.Before(end); day = day.AddDate(0, 0, 1) {
		marks = append(marks, DayMark{
			Day:    day.Format(time.DateOnly),
			Stored: storedPart(coverage, day.UnixMilli(), day.AddDate(0, 0, 1).UnixMilli()),
		})
	}
	return marks, nil
}

// storedPart says how much of [from, to) the coverage holds: all, part or none.
func storedPart(coverage []store.Span, from, to int64) string {
	var held int64
	for _, s := range coverage {
		held += max(0, min(s.ToMs, to)-max(s.FromMs, from))
	}
	switch {
	case held >= to-from:
		return StoredAll
	case held > 0:
		return StoredPart
	}
	return StoredNone
}

// DayRanges turns spans into calendar days, touching days joined, both ends included.
func DayRanges(spans []store.Span, zone *time.Location) []DayRange {
	days := []DayRange{}
	for _, s := range spans {
		if s.ToMs <= s.FromMs {
			continue
		}
		days = append(days, DayRange{
			From:   time.UnixMilli(s.FromMs).In(zone).Format(time.DateOnly),
			To:     time.UnixMilli(s.ToMs - 1).In(zone).Format(time.DateOnly),
			FromMs: s.FromMs, ToMs: s.ToMs,
		})
	}
	return days
}
