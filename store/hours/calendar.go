package hours

import "time"

// Calendar tells of instants and spans of time how much of them lies inside working hours, by the wall clock
// of a zone. It remembers the days that it was asked about, and must not be used by two at once.
type Calendar struct {
	hours  Hours
	zone   *time.Location
	off    map[date]bool
	public map[int]map[date]bool // by year
	days   map[int64][]interval  // by the number of the day since 1970
}

// interval is [from, to) in UTC milliseconds.
type interval struct{ from, to int64 }

// NewCalendar returns the calendar of cleaned hours in a zone.
func NewCalendar(h Hours, zone *time.Location) *Calendar {
	c := &Calendar{hours: h, zone: zone, off: map[date]bool{}, public: map[int]map[date]bool{}, days: map[int64][]interval{}}
	for _, text := range h.Holidays {
		if day, err := time.Parse(dateLayout, text); err == nil {
			c.off[dateOf(day)] = true
		}
	}
	return c
}

// longest bounds the spans that are looked through day by day, in milliseconds.
const longest = 3660 * 24 * 3600 * 1000

// Inside returns how many whole seconds of [from, to], in UTC milliseconds, lie inside working hours. A span that
// lies wholly outside of them is not counted, since nobody could have worked then; one that begins inside is, also where
// it takes no time. One that ends before it begins, or takes more than ten years, is not counted either.
func (c *Calendar) Inside(from, to int64) (seconds int64, counted bool) {
	if to < from || to-from > longest {
		return 0, false
	}
	var inside int64
	for day := c.dayOf(from); day <= c.dayOf(to); day++ {
		for _, i := range c.day(day) {
			counted = counted || i.from <= from && from < i.to
			if lo, hi := max(from, i.from), min(to, i.to); lo < hi {
				inside += hi - lo
				counted = true
			}
		}
	}
	return inside / 1000, counted
}

const dayMs = 24 * 3600 * 1000

// dayOf returns the number of the day that the wall clock shows at an instant.
func (c *Calendar) dayOf(ms int64) int64 {
	_, offset := time.UnixMilli(ms).In(c.zone).Zone()
	wall := ms + int64(offset)*1000
	day := wall / dayMs
	if wall%dayMs < 0 {
		day--
	}
	return day
}

// day returns the working time of a day in the order of the clock. On a night when the clocks change, what they
// show twice is there twice, and what they skip is not there.
func (c *Calendar) day(number int64) []interval {
	if known, ok := c.days[number]; ok {
		return known
	}
	wall := time.UnixMilli(number * dayMs).UTC()
	var out []interval
	if !c.free(dateOf(wall)) {
		spans := c.hours.Week[(int(wall.Weekday())+6)%7]
		// Every instant at which the wall clock can show this day: its offsets are within a day.
		for at := wall.Add(-24 * time.Hour); len(spans) > 0 && at.Before(wall.Add(48*time.Hour)); {
			_, offset := at.In(c.zone).Zone()
			_, next := at.In(c.zone).ZoneBounds()
			end := wall.Add(48 * time.Hour)
			if !next.IsZero() && next.Before(end) {
				end = next
			}
			midnight := number*dayMs - int64(offset)*1000
			for _, s := range spans {
				lo, hi := max(midnight+int64(s.From)*60_000, at.UnixMilli()), min(midnight+int64(s.To)*60_000, end.UnixMilli())
				if lo < hi {
					out = append(out, interval{lo, hi})
				}
			}
			at = end
		}
	}
	c.days[number] = out
	return out
}

// free reports whether nobody works on a day, whatever its weekday.
func (c *Calendar) free(day date) bool {
	if c.off[day] {
		return true
	}
	if c.hours.Public == "" {
		return false
	}
	if c.public[day.year] == nil {
		c.public[day.year] = publicHolidays(c.hours.Public, day.year)
	}
	return c.public[day.year][day]
}
