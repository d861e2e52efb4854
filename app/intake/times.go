package intake

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// order is how a date with slashes is read.
type order uint8

const (
	dayFirst order = iota
	monthFirst
)

// unixDay is 1 January 1970 in Excel's count of days.
const unixDay = 25569

// Years outside are taken for misread dates.
const (
	minYear = 1990
	maxYear = 2100
)

// parseTime reads a moment in any of the forms exports come in and returns UTC
// milliseconds: ISO dates with or without T and offset, 22. 11. 2026, 22/11/2026 or
// 11/22/2026 by slashes, 22 Nov 2026, each with or without a time of day, Excel's count of
// days, and seconds or milliseconds since 1970.
// Shift is added to Excel's days.
func parseTime(s string, zone *time.Location, slashes order, shift int64) (int64, bool) {
	s = strings.TrimSpace(strings.NewReplacer("\u00A0", " ", "\u202F", " ").Replace(s))
	if len(s) > 64 {
		return 0, false
	}
	if n, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64); err == nil {
		return fromNumber(n, zone, shift)
	}
	year, month, day, rest, ok := parseDate(s, slashes)
	if !ok {
		return fromNames(s, zone)
	}
	seconds, offset, ok := parseClock(rest)
	if !ok || !valid(year, month, day) {
		return 0, false
	}
	at := wall(year, month, day, seconds, zone)
	if offset != nil {
		at = time.Date(year, time.Month(month), day, 0, 0, seconds, 0, offset)
	}
	return at.UnixMilli(), true
}

// wall is the moment a wall clock shows. An hour that is shown twice, when summer time
// ends, is taken for the first of the two.
func wall(year, month, day, seconds int, zone *time.Location) time.Time {
	at := time.Date(year, time.Month(month), day, seconds/3600, seconds/60%60, seconds%60, 0, zone)
	if before := at.Add(-time.Hour); before.Hour() == at.Hour() && before.Day() == at.Day() {
		return before
	}
	return at
}

func valid(year, month, day int) bool {
	if year < minYear || year > maxYear || month < 1 || month > 12 || day < 1 {
		return false
	}
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() == day
}

// fromNumber takes a number for Excel's days, or seconds or milliseconds since 1970.
func fromNumber(n float64, zone *time.Location, shift int64) (int64, bool) {
	if n < 100_000 {
		n += float64(shift)
	}
	switch {
	case math.IsNaN(n):
		return 0, false
	case n >= 32874 && n < 73415: // 1990 to 2100 in Excel's days
		seconds := int64(math.Round((n - unixDay) * 86400))
		at := time.Unix(seconds, 0).UTC()
		return wall(at.Year(), int(at.Month()), at.Day(), at.Hour()*3600+at.Minute()*60+at.Second(), zone).UnixMilli(), true
	case n >= 631_152_000 && n < 4_133_980_800: // seconds
		return int64(n) * 1000, true
	case n >= 631_152_000_000 && n < 4_133_980_800_000:
		return int64(n), true
	}
	return 0, false
}

// parseDate reads three numbers with the same kind of separator and returns what follows.
func parseDate(s string, slashes order) (year, month, day int, rest string, ok bool) {
	a, s, ok := leadingInt(s)
	if !ok || s == "" {
		return 0, 0, 0, "", false
	}
	sep := s[0]
	if sep != '.' && sep != '-' && sep != '/' {
		return 0, 0, 0, "", false
	}
	b, s, ok := leadingInt(strings.TrimLeft(s[1:], " "))
	if !ok || s == "" || s[0] != sep {
		return 0, 0, 0, "", false
	}
	c, rest, ok := leadingInt(strings.TrimLeft(s[1:], " "))
	if !ok {
		return 0, 0, 0, "", false
	}
	switch {
	case a > 31:
		return a, b, c, rest, true
	case sep == '/' && slashes == monthFirst:
		return century(c), a, b, rest, true
	}
	return century(c), b, a, rest, true
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

// fromNames reads dates with the English name of a month.
func fromNames(s string, zone *time.Location) (int64, bool) {
	for _, date := range []string{"2 Jan 2006", "2 January 2006", "Jan 2, 2006", "January 2, 2006", "2-Jan-2006"} {
		for _, clock := range []string{"", " 15:04:05", " 15:04", " 3:04:05 PM", " 3:04 PM", ", 15:04:05", ", 15:04", ", 3:04 PM"} {
			at, err := time.Parse(date+clock, s)
			if err != nil || !valid(at.Year(), int(at.Month()), at.Day()) {
				continue
			}
			seconds := at.Hour()*3600 + at.Minute()*60 + at.Second()
			return wall(at.Year(), int(at.Month()), at.Day(), seconds, zone).UnixMilli(), true
		}
	}
	return 0, false
}

// slashOrder decides from a sample of a column whether its slashed dates put the day or
// the month first: a number above twelve tells, and so does AM or PM. Without a sign it is
// the day, as everywhere but in America.
func slashOrder(sample []string) order {
	american := false
	for _, s := range sample {
		a, rest, ok := leadingInt(strings.TrimSpace(s))
		if !ok || !strings.HasPrefix(rest, "/") {
			continue
		}
		b, _, ok := leadingInt(strings.TrimLeft(rest[1:], " "))
		if !ok || a > 31 {
			continue
		}
		if a > 12 {
			return dayFirst
		}
		upper := strings.ToUpper(s)
		if b > 12 || strings.HasSuffix(upper, "AM") || strings.HasSuffix(upper, "PM") {
			american = true
		}
	}
	if american {
		return monthFirst
	}
	return dayFirst
}
