package query

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// ErrDate marks a text that is neither a date nor a preset.
var ErrDate = errors.New("not a date")

// Open ends of a Range.
const (
	Beginning int64 = math.MinInt64
	Forever   int64 = math.MaxInt64
)

// Range is a half-open span of instants [FromMs, ToMs) in UTC milliseconds.
type Range struct {
	FromMs int64 `json:"fromMs"`
	ToMs   int64 `json:"toMs"`
}

// Always is the range that leaves nothing out.
func Always() Range { return Range{Beginning, Forever} }

// Clock knows what "today" and "this week" are in the contact centre's zone.
type Clock struct {
	Now         time.Time
	Zone        *time.Location
	SundayFirst bool // weeks start on Sunday instead of Monday
}

// Presets returns the names of the time presets in the order of the time control.
func Presets() []string {
	return []string{"today", "yesterday", "last7days", "thisweek", "lastweek", "last30days",
		"thismonth", "lastmonth", "thisquarter", "thisyear", "all"}
}

// Preset returns the range of a preset as of now. All arithmetic is on calendar days, so days
// of 23 and 25 hours come out right. An unknown name is ErrDate.
func (c Clock) Preset(name string) (Range, error) {
	now := c.Now.In(c.Location())
	y, m, d := now.Date()
	switch CanonicalPreset(name) {
	case "today":
		return c.days(y, m, d, y, m, d+1), nil
	case "yesterday":
		return c.days(y, m, d-1, y, m, d), nil
	case "last7days":
		return c.days(y, m, d-6, y, m, d+1), nil
	case "last30days":
		return c.days(y, m, d-29, y, m, d+1), nil
	case "thisweek":
		back := c.Weekday(now)
		return c.days(y, m, d-back, y, m, d-back+7), nil
	case "lastweek":
		back := c.Weekday(now)
		return c.days(y, m, d-back-7, y, m, d-back), nil
	case "thismonth":
		return c.days(y, m, 1, y, m+1, 1), nil
	case "lastmonth":
		return c.days(y, m-1, 1, y, m, 1), nil
	case "thisquarter":
		first := m - (m-1)%3
		return c.days(y, first, 1, y, first+3, 1), nil
	case "thisyear":
		return c.days(y, 1, 1, y+1, 1, 1), nil
	case "all":
		return Always(), nil
	}
	return Range{}, fmt.Errorf("preset %q: %w", name, ErrDate)
}

// CanonicalPreset returns the preset that a word of the grammar means ("week" is "thisweek"),
// or "" when it is none.
func CanonicalPreset(word string) string {
	switch w := Fold(word); w {
	case "week", "tyden", "tentotyden":
		return "thisweek"
	case "month", "mesic", "tentomesic":
		return "thismonth"
	case "quarter", "ctvrtleti":
		return "thisquarter"
	case "year", "rok", "letos":
		return "thisyear"
	case "dnes":
		return "today"
	case "vcera":
		return "yesterday"
	case "minulytyden":
		return "lastweek"
	case "minulymesic":
		return "lastmonth"
	case "vse":
		return "all"
	default:
		for _, p := range Presets() {
			if p == w {
				return p
			}
		}
	}
	return ""
}

func (c Clock) Location() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}

// Weekday counts the days since the week began.
func (c Clock) Weekday(t time.Time) int {
	if c.SundayFirst {
		return int(t.Weekday())
	}
	return (int(t.Weekday()) + 6) % 7
}

func (c Clock) days(y1 int, m1 time.Month, d1, y2 int, m2 time.Month, d2 int) Range {
	return Range{c.Midnight(y1, m1, d1), c.Midnight(y2, m2, d2)}
}

// Midnight is the first instant of a day. Where the clocks skip midnight, time.Date may
// answer with an instant of the day before; the day then begins at the change.
func (c Clock) Midnight(y int, m time.Month, d int) int64 {
	t := time.Date(y, m, d, 0, 0, 0, 0, c.Location())
	noon := time.Date(y, m, d, 12, 0, 0, 0, c.Location())
	for t.Day() != noon.Day() {
		t = t.Add(30 * time.Minute)
	}
	return t.UnixMilli()
}
