// Package hours knows when people work: hours by weekday, days off and public holidays, by the wall clock of the
// contact centre, and how much of a span of time lies inside them.
package hours

import (
	"cmp"
	"slices"
	"time"
)

// Hours are when people work. The zero Hours are never.
type Hours struct {
	Week [7][]Span `json:"week"` // from Monday
	// Holidays are days without work, as 2026-12-31.
	Holidays []string `json:"holidays"`
	// Public is the country whose public holidays are days without work: "cz", or "" for none.
	Public string `json:"public"`
}

// Span is a part of a day in minutes of the wall clock: From is inside, To is not. 0 ≤ From < To ≤ 1440.
type Span struct {
	From int `json:"from"`
	To   int `json:"to"`
}

const (
	dayMinutes = 24 * 60
	dateLayout = "2006-01-02"

	maxSpans    = 12   // of a day
	maxHolidays = 1000 // of one list
)

// Countries returns the countries whose public holidays are known.
func Countries() []string { return []string{"cz"} }

// Clean returns the hours in the one form that they are kept in: spans in order, those that touch or overlap as
// one, dates in order and each once. What is no span, no date and no country is left out.
func (h Hours) Clean() Hours {
	out := Hours{Holidays: []string{}}
	for day, spans := range h.Week {
		out.Week[day] = joined(spans)
	}
	for _, date := range h.Holidays {
		if _, err := time.Parse(dateLayout, date); err == nil {
			out.Holidays = append(out.Holidays, date)
		}
	}
	slices.Sort(out.Holidays)
	out.Holidays = slices.Compact(out.Holidays)
	out.Holidays = out.Holidays[:min(len(out.Holidays), maxHolidays)]
	if slices.Contains(Countries(), h.Public) {
		out.Public = h.Public
	}
	return out
}

func joined(spans []Span) []Span {
	good := slices.DeleteFunc(slices.Clone(spans), func(s Span) bool { return s.From < 0 || s.To > dayMinutes || s.From >= s.To })
	slices.SortFunc(good, func(a, b Span) int { return cmp.Compare(a.From, b.From) })
	out := []Span{}
	for _, s := range good {
		if last := len(out) - 1; last >= 0 && s.From <= out[last].To {
			out[last].To = max(out[last].To, s.To)
			continue
		}
		out = append(out, s)
	}
	return out[:min(len(out), maxSpans)]
}

// Never reports whether nobody works at any time.
func (h Hours) Never() bool {
	return !slices.ContainsFunc(h.Week[:], func(spans []Span) bool { return len(spans) > 0 })
}

// Equal reports whether cleaned hours are the same.
func (h Hours) Equal(o Hours) bool {
	for day := range h.Week {
		if !slices.Equal(h.Week[day], o.Week[day]) {
			return false
		}
	}
	return h.Public == o.Public && slices.Equal(h.Holidays, o.Holidays)
}
