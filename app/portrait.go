package app

import (
	"cmp"
	"slices"

	"wapdesk/app/profile"
	"wapdesk/store/listing"
)

// Portrait is what one agent or queue is told by besides its figures.
type Portrait struct {
	ActiveDays int            `json:"activeDays"` // with an interaction, -1 of a period too long to tell
	Incoming   int            `json:"incoming"`
	Outgoing   int            `json:"outgoing"`
	Reviewed   int            `json:"reviewed"` // interactions with a QA review
	Hours      []int          `json:"hours"`    // interactions by hour of the day
	Waits      []PortraitRow  `json:"waits"`    // the longest
	Silences   []PortraitRow  `json:"silences"` // the longest
	TookPart   []PortraitUser `json:"tookPart"` // most first
}

// PortraitRow is one of the interactions with the longest wait or silence.
type PortraitRow struct {
	Name    string `json:"name"`
	TimeMs  int64  `json:"timeMs"`
	Seconds int64  `json:"seconds"`
}

// PortraitUser is in how many of the interactions a user had an activity.
type PortraitUser struct {
	Title string `json:"title"`
	Count int    `json:"count"`
}

func portraitOf(from profile.Portrait) Portrait {
	p := Portrait{
		ActiveDays: from.ActiveDays, Incoming: from.Incoming, Outgoing: from.Outgoing, Reviewed: from.Reviewed, TookPart: []PortraitUser{},
		Waits:    portraitRows(from.Waits, func(r *listing.Record) int32 { return r.WaitS }),
		Silences: portraitRows(from.Silences, func(r *listing.Record) int32 { return r.SilenceS }),
		Hours:    make([]int, len(from.Hours)),
	}
	for hour, f := range from.Hours {
		p.Hours[hour] = f.N
	}
	for _, a := range from.TookPart {
		if a.N > 0 {
			p.TookPart = append(p.TookPart, PortraitUser{Title: a.Ref.Title, Count: a.N})
		}
	}
	slices.SortFunc(p.TookPart, func(a, b PortraitUser) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Title, b.Title)) })
	return p
}

func portraitRows(records []listing.Record, seconds func(*listing.Record) int32) []PortraitRow {
	rows := make([]PortraitRow, len(records))
	for i := range records {
		rows[i] = PortraitRow{Name: records[i].Name, TimeMs: records[i].TimeMs, Seconds: int64(seconds(&records[i]))}
	}
	return rows
}
