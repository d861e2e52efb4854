package app

import (
	"context"
	"slices"
	"time"

	"wapdesk/app/profile"
	"wapdesk/store/listing"
)

// Figures are what interactions are told by; -1 stands for unknown.
type Figures struct {
	Count       int   `json:"count"`
	Answered    int   `json:"answered"`
	Unanswered  int   `json:"unanswered"` // known not to have been answered
	Missed      int   `json:"missed"`     // what the column says: waiting, cleared or contacted back
	Waiting     int   `json:"waiting"`    // missed and not contacted back
	Waited      int   `json:"waited"`     // interactions that the waits are of
	Measured    int   `json:"measured"`   // interactions that a target applies to
	Within      int   `json:"within"`     // of them within each of their targets
	WaitS       int64 `json:"waitS"`      // median
	P90S        int64 `json:"p90S"`       // wait
	FirstReplyS int64 `json:"firstReplyS"`
	DurationS   int64 `json:"durationS"`
	// Inside are the figures inside working hours, null where none hold or not all are counted.
	Inside *Inside `json:"inside"`
}

// Inside are medians of what lies inside working hours, in seconds; -1 stands for unknown.
type Inside struct {
	WaitS       int64 `json:"waitS"`
	P90S        int64 `json:"p90S"` // wait
	FirstReplyS int64 `json:"firstReplyS"`
	DurationS   int64 `json:"durationS"`
}

func insideOf(f *listing.InsideFigures) *Inside {
	if f == nil {
		return nil
	}
	return &Inside{int64(f.WaitMedianS), int64(f.WaitP90S), int64(f.FirstReplyMedianS), int64(f.DurationMedianS)}
}

func toldBy(f listing.Figures) Figures {
	return Figures{
		Count: f.N, Answered: f.Answered, Unanswered: f.NotAnswered, Missed: f.Missed, Waiting: f.MissedWaiting, Waited: f.Waited,
		Measured: f.Targets.All.Measured, Within: f.Targets.All.Within, WaitS: int64(f.WaitMedianS), P90S: int64(f.WaitP90S),
		FirstReplyS: int64(f.FirstReplyMedianS), DurationS: int64(f.DurationMedianS),
		Inside: insideOf(f.Inside),
	}
}

// Trend holds figures by time.
type Trend struct {
	Step  string      `json:"step"` // hour, weekday, day, week, month
	Parts []TrendPart `json:"parts"`
}

// TrendPart is one hour of the day or weekday of all days, or one day, week or month.
type TrendPart struct {
	Place int      `json:"place"` // hour of the day 0–23, or weekday 0 = Monday
	From  string   `json:"from"`  // first day; "" of hours and weekdays
	To    string   `json:"to"`    // last day
	Now   Figures  `json:"now"`
	Then  *Figures `json:"then"` // of what it is compared with, null without that
	// Missing is true where a part of it is not stored: the figures are of the rest.
	Missing bool `json:"missing"`
	// Same is true where Now and Then are over the same days, so that the two can be compared.
	Same bool `json:"same"`
}

// trendOf tells rows by a step, beside what they are compared with unless that is nil.
func trendOf(ctx context.Context, p *profile.Profile, missing []profile.DayRange, rows *listing.Found, step listing.Step, beside *profile.Beside) (Trend, error) {
	parting := rows.Parting(step)
	var now, then []listing.Figures
	var same []bool
	var err error
	if beside == nil {
		now, err = rows.Parts(ctx, parting)
	} else {
		now, then, same, err = beside.Parts(ctx, rows, parting)
	}
	if err != nil {
		return Trend{}, err
	}
	clock, zone := p.Clock(), p.Zone()
	trend := Trend{Step: string(parting.Step), Parts: make([]TrendPart, len(now))}
	for i := range now {
		part := TrendPart{Place: i, Now: toldBy(now[i])}
		switch parting.Step {
		case listing.StepHour:
		case listing.StepWeekday:
			if clock.SundayFirst {
				part.Place = (i + 6) % 7
			}
		default:
			r := parting.Ranges[i]
			part.Place = 0
			part.From, part.To = time.UnixMilli(r.FromMs).In(zone).Format(time.DateOnly), time.UnixMilli(r.ToMs-1).In(zone).Format(time.DateOnly)
			part.Missing = slices.ContainsFunc(missing, func(d profile.DayRange) bool { return d.FromMs < r.ToMs && d.ToMs > r.FromMs })
		}
		if then != nil {
			other := toldBy(then[i])
			part.Then, part.Same = &other, same[i]
		}
		trend.Parts[i] = part
	}
	return trend, nil
}
