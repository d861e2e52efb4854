package cli

import (
	"time"

	"wapdesk/store/listing"
)

// row is an interaction as scripts get it: titles of queue, user, contact and connector,
// null for what is unknown, times with their offset in the contact centre's zone, durations
// in seconds, raw values of ended, missed and direction ("" is the wire's own "none").
type row struct {
	Name       string  `json:"name"`
	Time       *string `json:"time"`
	Queue      *string `json:"queue"`
	User       *string `json:"user"`
	Contact    *string `json:"contact"`
	WA         *string `json:"wa"`
	Title      *string `json:"title"`
	Answered   *bool   `json:"answered"`
	Wait       *int64  `json:"wait"`
	Duration   *int64  `json:"duration"`
	Ended      string  `json:"ended"`
	Connector  *string `json:"connector"`
	Missed     string  `json:"missed"`
	MissedTime *string `json:"missed_time"`
	Direction  string  `json:"direction"`
	Anonymised bool    `json:"anonymised"`

	extras []extra // what --columns adds
}

func rowOf(r *listing.Record, zone *time.Location) row {
	out := row{
		Name: r.Name, Time: moment(r.TimeMs, zone), Queue: known(r.Queue.Title, r.Queue.Name), User: known(r.User.Title, r.User.Name),
		Contact: known(r.Contact.Title, r.Contact.Name), WA: known(r.WA), Title: known(r.Title),
		Wait: number(int64(r.WaitS)), Duration: number(int64(r.DurationS)), Ended: r.Ended,
		Connector: known(r.Connector.Title, r.Connector.Name), Missed: r.Missed,
		MissedTime: moment(r.MissedTimeMs, zone), Direction: r.Direction,
		Anonymised: r.State&listing.StateAnonymised != 0,
	}
	if r.Answered != listing.TriUnknown {
		yes := r.Answered == listing.TriYes
		out.Answered = &yes
	}
	return out
}

// known is the first text that is not empty, or null.
func known(texts ...string) *string {
	for _, t := range texts {
		if t != "" {
			return &t
		}
	}
	return nil
}

func number(n int64) *int64 {
	if n == listing.Unknown {
		return nil
	}
	return &n
}

func moment(ms int64, zone *time.Location) *string {
	if ms == listing.Unknown || ms == 0 {
		return nil
	}
	text := time.UnixMilli(ms).In(zone).Format(time.RFC3339)
	return &text
}
