package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"wapdesk/app/profile"
	"wapdesk/store/listing"
)

// detailsReply is what a choice of interactions is told by besides its figures.
type detailsReply struct {
	ActiveDays *int       `json:"active_days"`    // with an interaction; null of more than 1,200 days
	PerDay     *float64   `json:"per_active_day"` // interactions
	Incoming   int        `json:"incoming"`
	Outgoing   int        `json:"outgoing"`
	Reviewed   int        `json:"reviewed"`
	Busiest    []int      `json:"busiest_hours"` // of the day, the busiest first, at most three
	TookPart   []tookPart `json:"took_part"`
	Waits      []longest  `json:"longest_waits"`
	Silences   []longest  `json:"longest_silences"`
}

// tookPart is in how many of the interactions a user had an activity.
type tookPart struct {
	User  string `json:"user"`
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// longest is one of the interactions with the longest wait or silence.
type longest struct {
	Name    string `json:"name"`
	Seconds int64  `json:"seconds"`
}

func detailsOf(ctx context.Context, p *profile.Profile, r *profile.Result) (*detailsReply, error) {
	portrait, err := p.Portrait(ctx, r, r.Found())
	if err != nil {
		return nil, err
	}
	d := &detailsReply{
		Incoming: portrait.Incoming, Outgoing: portrait.Outgoing, Reviewed: portrait.Reviewed,
		Busiest: busiest(portrait.Hours), TookPart: []tookPart{},
		Waits:    longestOf(portrait.Waits, func(r *listing.Record) int32 { return r.WaitS }),
		Silences: longestOf(portrait.Silences, func(r *listing.Record) int32 { return r.SilenceS }),
	}
	if portrait.ActiveDays != listing.Unknown {
		d.ActiveDays = &portrait.ActiveDays
		if portrait.ActiveDays > 0 {
			perDay := float64(r.Total) / float64(portrait.ActiveDays)
			d.PerDay = &perDay
		}
	}
	for _, a := range portrait.TookPart {
		if a.N > 0 {
			d.TookPart = append(d.TookPart, tookPart{User: a.Ref.Title, Name: a.Ref.Name, Count: a.N})
		}
	}
	slices.SortFunc(d.TookPart, func(a, b tookPart) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.Name, b.Name)
	})
	return d, nil
}

// busiest returns up to three hours with the most interactions, the busiest first.
func busiest(hours []listing.Figures) []int {
	order := []int{}
	for hour, f := range hours {
		if f.N > 0 {
			order = append(order, hour)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return hours[b].N - hours[a].N })
	return order[:min(len(order), 3)]
}

func longestOf(records []listing.Record, seconds func(*listing.Record) int32) []longest {
	out := make([]longest, len(records))
	for i := range records {
		out[i] = longest{records[i].Name, int64(seconds(&records[i]))}
	}
	return out
}

// writeDetails writes them for a person.
func (s *state) writeDetails(w io.Writer, d *detailsReply) {
	whole, perDay := "", ""
	if d.ActiveDays != nil {
		whole = strconv.Itoa(*d.ActiveDays)
	}
	if d.PerDay != nil {
		perDay = s.decimal(*d.PerDay)
	}
	hours := make([]string, len(d.Busiest))
	for i, hour := range d.Busiest {
		hours[i] = fmt.Sprintf("%d:00", hour)
	}
	align(w, []string{s.text("portrait.title"), ""}, [][]string{
		{s.text("portrait.activeDays"), whole},
		{s.text("portrait.perDay"), perDay},
		{s.text("portrait.incoming"), strconv.Itoa(d.Incoming)},
		{s.text("portrait.outgoing"), strconv.Itoa(d.Outgoing)},
		{s.text("portrait.reviewed"), strconv.Itoa(d.Reviewed)},
		{s.text("portrait.busiest"), strings.Join(hours, ", ")},
	})
	for _, part := range []struct {
		title string
		of    []longest
	}{{s.text("portrait.waits"), d.Waits}, {s.text("portrait.silences"), d.Silences}} {
		if len(part.of) == 0 {
			continue
		}
		cells := make([][]string, len(part.of))
		for i, one := range part.of {
			cells[i] = []string{one.Name, clock(one.Seconds)}
		}
		fmt.Fprintln(w)
		align(w, []string{part.title, ""}, cells)
	}
	if len(d.TookPart) > 0 {
		cells := make([][]string, len(d.TookPart))
		for i, one := range d.TookPart {
			cells[i] = []string{one.User, strconv.Itoa(one.Count)}
		}
		fmt.Fprintln(w)
		align(w, []string{s.text("field.took"), ""}, cells)
	}
}
