package export

import (
	"strconv"
	"time"
)

// clock turns UTC milliseconds into the wall clock of one zone. It remembers the stretch
// between two changes of the zone's offset, so that most conversions are one addition.
// A clock belongs to one goroutine.
type clock struct {
	zone     *time.Location
	from, to int64 // UTC seconds for which offset holds, half-open
	offset   int64 // seconds east of UTC
	// Wall times before since and from until on come twice, before and after the clock is put back.
	since, until int64

	day     int64 // days since 1970 of date
	date    []byte
	pattern Pattern
}

// Pattern is how a clock writes a moment as text.
type Pattern uint8

// The patterns of a moment.
const (
	ISO        Pattern = iota // 2026-11-22 09:05:07
	ISOShort                  // 2026-11-22 9:05:07
	Czech                     // 22. 11. 2026 9:05:07
	CzechTight                // 22.11.2026 09:05:07
)

func newClock(zone *time.Location, pattern Pattern) *clock {
	return &clock{zone: zone, pattern: pattern, day: -1 << 62}
}

// wall returns the days since 1970 and the seconds of the day on the wall clock.
// Parts of a second are dropped, as the contact centre has none.
func (c *clock) wall(ms int64) (days, seconds int64) {
	s := floorDiv(ms, 1000)
	if s < c.from || s >= c.to {
		c.move(s)
	}
	s += c.offset
	days = floorDiv(s, 86400)
	return days, s - days*86400
}

func (c *clock) move(s int64) {
	at := time.Unix(s, 0).In(c.zone)
	_, offset := at.Zone()
	c.offset = int64(offset)
	start, end := at.ZoneBounds()
	c.from, c.to = -1<<62, 1<<62
	c.since, c.until = c.from, c.to
	if !start.IsZero() {
		c.from = start.Unix()
		_, before := start.Add(-time.Second).Zone()
		c.since = c.from + max(0, int64(before-offset))
	}
	if !end.IsZero() {
		c.to = end.Unix()
		_, after := end.Zone()
		c.until = c.to - max(0, int64(offset-after))
	}
}

// twice reports whether the wall clock shows the time of a moment twice, and the offset by which the
// two are told apart: "+02:00".
func (c *clock) twice(ms int64) (offset string, twice bool) {
	s := floorDiv(ms, 1000)
	if s < c.from || s >= c.to {
		c.move(s)
	}
	if s >= c.since && s < c.until {
		return "", false
	}
	sign, minutes := byte('+'), c.offset/60
	if minutes < 0 {
		sign, minutes = '-', -minutes
	}
	text := appendTwo([]byte{sign}, minutes/60)
	return string(appendTwo(append(text, ':'), minutes%60)), true
}

// appendText appends a moment in the clock's pattern.
func (c *clock) appendText(dst []byte, ms int64) []byte {
	days, seconds := c.wall(ms)
	if days != c.day {
		c.day = days
		c.date = appendDate(c.date[:0], days, c.pattern)
	}
	dst = append(dst, c.date...)
	dst = append(dst, ' ')
	if c.pattern == ISO || c.pattern == CzechTight {
		dst = appendTwo(dst, seconds/3600)
	} else {
		dst = strconv.AppendInt(dst, seconds/3600, 10)
	}
	dst = append(dst, ':')
	dst = appendTwo(dst, seconds/60%60)
	dst = append(dst, ':')
	dst = appendTwo(dst, seconds%60)
	if offset, twice := c.twice(ms); twice {
		dst = append(append(dst, ' '), offset...)
	}
	return dst
}

func appendDate(dst []byte, days int64, pattern Pattern) []byte {
	date := time.Unix(days*86400, 0).UTC()
	switch pattern {
	case Czech:
		return date.AppendFormat(dst, "2. 1. 2006")
	case CzechTight:
		return date.AppendFormat(dst, "02.01.2006")
	}
	return date.AppendFormat(dst, time.DateOnly)
}

// unixDay is 1 January 1970 in Excel's count of days.
const unixDay = 25569

// firstSerial is 1 March 1900: before it Excel counts a 29 February 1900 that never was.
const firstSerial = 61

// appendSerial appends days and seconds as Excel's count of days: the shortest text of the
// nearest number. Nothing less will do, since LibreOffice cuts a duration that is a trace
// too small to the second below.
func appendSerial(dst []byte, days, seconds int64) []byte {
	if seconds == 0 {
		return strconv.AppendInt(dst, days, 10)
	}
	return strconv.AppendFloat(dst, float64(days*86400+seconds)/86400, 'f', -1, 64)
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
