package intake

import (
	"math"
	"strings"
	"time"
)

// unixDay is 1 January 1970 in Excel's count of days.
const unixDay = 25569

// Years outside are taken for misread dates.
const (
	minYear = 1990
	maxYear = 2100
)

// clock is what the times of a column are read by.
type clock struct {
	zone  *time.Location
	dates dateOrders
	shift int64  // days to add to Excel's count of days
	twice *int64 // counts the times of an hour that comes twice; may be nil
}

// parse reads a moment in any of the forms exports come in and returns UTC milliseconds: ISO dates
// with or without T and offset, 22. 11. 2026, 22/11/2026 or 11/22/2026 by their order, 22 Nov 2026,
// each with or without a time of day, Excel's count of days, and seconds or milliseconds since 1970.
func (c clock) parse(s string) (int64, bool) {
	s = strings.TrimSpace(strings.NewReplacer("\u00A0", " ", "\u202F", " ").Replace(s))
	if len(s) > 64 {
		return 0, false
	}
	if n, err := parseFloat(strings.Replace(s, ",", ".", 1)); err == nil {
		return c.number(n, nil)
	}
	d, ok := parseDate(s)
	if !ok {
		return c.named(s)
	}
	year, month, day := d.in(c.dates.of(d))
	seconds, offset, ok := parseClock(d.rest)
	if !ok || !valid(year, month, day) {
		return 0, false
	}
	return c.at(year, month, day, seconds, offset), true
}

// at is the moment a wall clock shows. Without an offset, an hour that comes twice, when summer time
// ends, is taken for the first of the two.
func (c clock) at(year, month, day, seconds int, offset *time.Location) int64 {
	if offset != nil {
		return time.Date(year, time.Month(month), day, 0, 0, seconds, 0, offset).UnixMilli()
	}
	at := time.Date(year, time.Month(month), day, seconds/3600, seconds/60%60, seconds%60, 0, c.zone)
	shown := at.Format(time.DateTime)
	// The two lie as far apart as the clock is put back: an hour, half an hour on Lord Howe Island.
	start, end := at.ZoneBounds()
	for _, change := range []time.Time{start, end} {
		if change.IsZero() {
			continue
		}
		_, before := change.Add(-time.Second).Zone()
		_, after := change.Zone()
		back := time.Duration(before-after) * time.Second
		if back <= 0 {
			continue
		}
		for _, other := range []time.Time{at.Add(-back), at.Add(back)} {
			if other.Format(time.DateTime) != shown {
				continue
			}
			if c.twice != nil {
				*c.twice++
			}
			if other.Before(at) {
				at = other
			}
			return at.UnixMilli()
		}
	}
	return at.UnixMilli()
}

func valid(year, month, day int) bool {
	if year < minYear || year > maxYear || month < 1 || month > 12 || day < 1 {
		return false
	}
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() == day
}

// number takes a number for Excel's days, or seconds or milliseconds since 1970.
func (c clock) number(n float64, offset *time.Location) (int64, bool) {
	if n < 100_000 {
		n += float64(c.shift)
	}
	switch {
	case math.IsNaN(n):
		return 0, false
	case n >= 32874 && n < 73415: // 1990 to 2100 in Excel's days
		seconds := int64(math.Round((n - unixDay) * 86400))
		at := time.Unix(seconds, 0).UTC()
		return c.at(at.Year(), int(at.Month()), at.Day(), at.Hour()*3600+at.Minute()*60+at.Second(), offset), true
	case n >= 631_152_000 && n < 4_133_980_800: // seconds
		return int64(n) * 1000, true
	case n >= 631_152_000_000 && n < 4_133_980_800_000:
		return int64(n), true
	}
	return 0, false
}

func century(year int) int {
	if year < 100 {
		return 2000 + year
	}
	return year
}

func leadingInt(s string) (int, string, bool) {
	n, i := 0, 0
	for i < len(s) && i < 5 && s[i] >= '0' && s[i] <= '9' {
		n = n*10 + int(s[i]-'0')
		i++
	}
	return n, s[i:], i > 0 && i < 5
}

// parseClock reads a time of day, which may be missing, with AM or PM and an offset.
func parseClock(s string) (seconds int, offset *time.Location, ok bool) {
	s = strings.TrimSpace(strings.TrimLeft(s, " ,.T"))
	if s == "" {
		return 0, nil, true
	}
	h, s, ok := leadingInt(s)
	if !ok || s == "" || s[0] != ':' {
		return 0, nil, false
	}
	m, s, ok := leadingInt(s[1:])
	if !ok {
		return 0, nil, false
	}
	sec := 0
	if s != "" && s[0] == ':' {
		if sec, s, ok = leadingInt(s[1:]); !ok {
			return 0, nil, false
		}
		if s != "" && (s[0] == '.' || s[0] == ',') { // parts of a second are dropped
			s = strings.TrimLeft(s[1:], "0123456789")
		}
	}
	s = strings.TrimSpace(s)
	switch half := strings.ToLower(strings.ReplaceAll(s, ".", "")); half {
	case "am", "dop", "pm", "odp":
		if h < 1 || h > 12 {
			return 0, nil, false
		}
		h %= 12
		if half == "pm" || half == "odp" {
			h += 12
		}
		s = ""
	}
	if h > 23 || m > 59 || sec > 59 {
		return 0, nil, false
	}
	if s != "" {
		if offset, ok = parseOffset(s); !ok {
			return 0, nil, false
		}
	}
	return h*3600 + m*60 + sec, offset, true
}

func parseOffset(s string) (*time.Location, bool) {
	if s == "Z" || s == "UTC" {
		return time.UTC, true
	}
	for _, layout := range []string{"-07:00", "-0700", "-07"} {
		if at, err := time.Parse(layout, s); err == nil {
			return at.Location(), true
		}
	}
	return nil, false
}

// named reads dates with the English name of a month.
func (c clock) named(s string) (int64, bool) {
	for _, date := range []string{"2 Jan 2006", "2 January 2006", "Jan 2, 2006", "January 2, 2006", "2-Jan-2006"} {
		for _, clock := range []string{"", " 15:04:05", " 15:04", " 3:04:05 PM", " 3:04 PM", ", 15:04:05", ", 15:04", ", 3:04 PM"} {
			at, err := time.Parse(date+clock, s)
			if err != nil || !valid(at.Year(), int(at.Month()), at.Day()) {
				continue
			}
			seconds := at.Hour()*3600 + at.Minute()*60 + at.Second()
			return c.at(at.Year(), int(at.Month()), at.Day(), seconds, nil), true
		}
	}
	return 0, false
}
