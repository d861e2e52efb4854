package query

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ParseDate reads a date of the grammar and the command line in the contact centre's zone:
// 2026-11-22, 22.11.2026, either with a time of day (09:30 or 09:30:15), a preset, or a day
// counted from today (today-7d, today+1d; units d, w, m). A whole day gives its range; a
// time of day gives the range of that minute or second; in an hour that a change of the clocks
// repeats, it reaches from the first of the two to the second. Anything else is ErrDate.
func (c Clock) ParseDate(text string) (Range, error) {
	moments, err := c.Moments(text)
	if err != nil {
		return Range{}, err
	}
	return Range{moments[0].FromMs, moments[len(moments)-1].ToMs}, nil
}

// Moments is ParseDate with each of the two minutes or seconds of a repeated hour by itself.
func (c Clock) Moments(text string) ([]Range, error) {
	s := strings.TrimSpace(text)
	if p := CanonicalPreset(s); p != "" {
		r, err := c.Preset(p)
		return []Range{r}, err
	}
	if r, ok := c.relative(Fold(s)); ok {
		return []Range{r}, nil
	}
	day, clock := splitDate(s)
	y, m, d, ok := parseDay(day)
	if !ok {
		return nil, fmt.Errorf("date %q: %w", text, ErrDate)
	}
	if clock == "" {
		return []Range{c.days(y, m, d, y, m, d+1)}, nil
	}
	hour, minute, second, hasSecond, ok := parseTimeOfDay(clock)
	if !ok {
		return nil, fmt.Errorf("date %q: %w", text, ErrDate)
	}
	lasts := int64(60_000)
	if hasSecond {
		lasts = 1000
	}
	first, last := c.instants(time.Date(y, m, d, hour, minute, second, 0, time.UTC))
	if first == last {
		return []Range{{first, first + lasts}}, nil
	}
	return []Range{{first, first + lasts}, {last, last + lasts}}, nil
}

// WholeDay reports whether a date text names a day or longer and not a time of day. As an
// upper bound such a date means the end of its range.
func WholeDay(text string) bool { return !strings.Contains(text, ":") }

// Bounds reads the two ends of a range, of which either may be empty: FromMs is where the
// first begins; ToMs is the end of the second when it is a whole day, else the instant. In an hour
// that comes twice, these are the earliest and the latest instant of their wall times.
func (c Clock) Bounds(from, to string) (Range, error) {
	out := Always()
	if from != "" {
		r, err := c.ParseDate(from)
		if err != nil {
			return Range{}, err
		}
		out.FromMs = r.FromMs
	}
	if to != "" {
		moments, err := c.Moments(to)
		if err != nil {
			return Range{}, err
		}
		last := moments[len(moments)-1]
		out.ToMs = last.FromMs
		if WholeDay(to) {
			out.ToMs = last.ToMs
		}
	}
	return out, nil
}

func (c Clock) relative(s string) (Range, bool) {
	rest, ok := strings.CutPrefix(s, "today")
	if !ok {
		rest, ok = strings.CutPrefix(s, "dnes")
	}
	if !ok || len(rest) < 3 || rest[0] != '-' && rest[0] != '+' {
		return Range{}, false
	}
	n, err := strconv.Atoi(rest[1 : len(rest)-1])
	if err != nil || n < 0 || n > 100_000 || rest[1] < '0' || rest[1] > '9' {
		return Range{}, false
	}
	if rest[0] == '-' {
		n = -n
	}
	y, m, d := c.Now.In(c.Location()).Date()
	switch rest[len(rest)-1] {
	case 'd':
		d += n
	case 'w':
		d += 7 * n
	case 'm':
		// The day is kept within the month it lands in: today-1m on 31 March is 28 February.
		first := time.Date(y, m+time.Month(n), 1, 12, 0, 0, 0, time.UTC)
		last := time.Date(first.Year(), first.Month()+1, 0, 12, 0, 0, 0, time.UTC).Day()
		y, m, d = first.Year(), first.Month(), min(d, last)
	default:
		return Range{}, false
	}
	return c.days(y, m, d, y, m, d+1), true
}

// splitDate parts the day from the time of day, which may follow a blank or a "T".
func splitDate(s string) (day, clock string) {
	colon := strings.IndexByte(s, ':')
	if colon < 0 {
		return s, ""
	}
	cut := strings.LastIndexAny(s[:colon], " Tt\u00a0")
	if cut < 0 {
		return s, ""
	}
	return strings.TrimSpace(s[:cut]), strings.TrimLeft(s[cut+1:], "\u00a0 ")
}

func parseDay(s string) (y int, m time.Month, d int, ok bool) {
	var parts []string
	if strings.Contains(s, ".") {
		parts = strings.Split(s, ".")
		if len(parts) != 3 {
			return 0, 0, 0, false
		}
		parts[0], parts[2] = parts[2], parts[0]
	} else {
		parts = strings.Split(s, "-")
		if len(parts) != 3 {
			return 0, 0, 0, false
		}
	}
	var n [3]int
	for i, p := range parts {
		p = strings.Trim(p, " \u00a0")
		if len(p) == 0 || len(p) > 4 || strings.Trim(p, "0123456789") != "" {
			return 0, 0, 0, false
		}
		n[i], _ = strconv.Atoi(p) // only digits, at most four
		if i == 0 && len(p) != 4 || i > 0 && len(p) > 2 {
			return 0, 0, 0, false
		}
	}
	t := time.Date(n[0], time.Month(n[1]), n[2], 12, 0, 0, 0, time.UTC)
	if n[0] < 1 || t.Year() != n[0] || int(t.Month()) != n[1] || t.Day() != n[2] {
		return 0, 0, 0, false // 31 February and the like
	}
	return n[0], time.Month(n[1]), n[2], true
}

func parseTimeOfDay(s string) (hour, minute, second int, hasSecond, ok bool) {
	parts := strings.Split(s, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, 0, 0, false, false
	}
	limits := [3]int{23, 59, 59}
	var n [3]int
	for i, p := range parts {
		if len(p) < 1 || len(p) > 2 || i > 0 && len(p) != 2 || strings.Trim(p, "0123456789") != "" {
			return 0, 0, 0, false, false
		}
		n[i], _ = strconv.Atoi(p) // only digits, at most two
		if n[i] > limits[i] {
			return 0, 0, 0, false, false
		}
	}
	return n[0], n[1], n[2], len(parts) == 3, true
}
