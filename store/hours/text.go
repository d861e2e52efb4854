package hours

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// weekdays are the words of the text form, from Monday.
var weekdays = [7]string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}

// ParseWeek reads working hours: weekdays or ranges of them with spans, as in
// "Mon-Fri 8:00-12:00,12:30-17:00; Sat 9:00-12:00". A day that is not named has none. It returns
// the part that cannot be read, "" when all could be.
func ParseWeek(text string) (week [7][]Span, wrong string) {
	for part := range strings.SplitSeq(text, ";") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		days, spans, _ := strings.Cut(part, " ")
		first, last, ranged := strings.Cut(days, "-")
		if !ranged {
			last = first
		}
		from, to := weekdayNamed(first), weekdayNamed(last)
		read := readSpans(spans)
		if from < 0 || to < from || len(read) == 0 {
			return [7][]Span{}, part
		}
		for day := from; day <= to; day++ {
			week[day] = append(week[day], read...)
		}
	}
	return Hours{Week: week}.Clean().Week, ""
}

func weekdayNamed(word string) int {
	return slices.IndexFunc(weekdays[:], func(name string) bool { return strings.EqualFold(name, strings.TrimSpace(word)) })
}

// readSpans returns nothing where one of them cannot be read.
func readSpans(text string) []Span {
	var spans []Span
	for one := range strings.SplitSeq(text, ",") {
		from, to, _ := strings.Cut(strings.TrimSpace(one), "-")
		s := Span{minuteOf(from), minuteOf(to)}
		if s.From < 0 || s.From >= s.To {
			return nil
		}
		spans = append(spans, s)
	}
	return spans
}

// minuteOf reads a time of day as 8:00 or 24:00; -1 for none.
func minuteOf(text string) int {
	hour, minute, found := strings.Cut(strings.TrimSpace(text), ":")
	h, errH := strconv.Atoi(hour)
	m, errM := strconv.Atoi(minute)
	if !found || errH != nil || errM != nil || len(minute) != 2 || h < 0 || m < 0 || m > 59 || h*60+m > dayMinutes {
		return -1
	}
	return h*60 + m
}

// FormatWeek writes working hours as ParseWeek reads them, days that are alike as a range.
func FormatWeek(week [7][]Span) string {
	var parts []string
	for day := 0; day < len(week); day++ {
		last := day
		for last+1 < len(week) && slices.Equal(week[last+1], week[day]) {
			last++
		}
		if len(week[day]) > 0 {
			days := weekdays[day]
			if last > day {
				days += "-" + weekdays[last]
			}
			parts = append(parts, days+" "+formatSpans(week[day]))
		}
		day = last
	}
	return strings.Join(parts, "; ")
}

func formatSpans(spans []Span) string {
	var all []string
	for _, s := range spans {
		all = append(all, fmt.Sprintf("%d:%02d-%d:%02d", s.From/60, s.From%60, s.To/60, s.To%60))
	}
	return strings.Join(all, ",")
}

// ParseHolidays reads days off: dates as 2026-12-31, and countries for their public holidays, with commas
// between. It returns what cannot be read, "" when all could be.
func ParseHolidays(text string) (dates []string, public, wrong string) {
	dates = []string{}
	for one := range strings.SplitSeq(text, ",") {
		one = strings.TrimSpace(one)
		if one == "" {
			continue
		}
		if _, err := time.Parse(dateLayout, one); err == nil {
			dates = append(dates, one)
		} else if country := strings.ToLower(one); public == "" && slices.Contains(Countries(), country) {
			public = country
		} else {
			return nil, "", one
		}
	}
	return Hours{Holidays: dates}.Clean().Holidays, public, ""
}

// FormatHolidays writes days off as ParseHolidays reads them.
func (h Hours) FormatHolidays() string {
	all := slices.Clone(h.Holidays)
	if h.Public != "" {
		all = append([]string{h.Public}, all...)
	}
	return strings.Join(all, ", ")
}
