package query

import "time"

// instants returns the earliest and the latest instant, in UTC milliseconds, at which the contact
// centre's clock shows a wall time, which is given as if it were UTC. They differ in an hour that a
// change of the clocks repeats. Where one skips the wall time, both are the moment of the change.
func (c Clock) instants(wall time.Time) (first, last int64) {
	zone := c.Location()
	// The offsets in force on both sides of every change less than a day away.
	var offsets []int
	for at, end := wall.Add(-24*time.Hour), wall.Add(24*time.Hour); ; {
		_, offset := at.In(zone).Zone()
		offsets = append(offsets, offset)
		_, change := at.In(zone).ZoneBounds()
		if change.IsZero() || change.After(end) {
			break
		}
		at = change
	}
	found := false
	for _, offset := range offsets {
		at := wall.Add(-time.Duration(offset) * time.Second)
		if _, there := at.In(zone).Zone(); there != offset {
			continue
		}
		ms := at.UnixMilli()
		if !found {
			first, last, found = ms, ms, true
		}
		first, last = min(first, ms), max(last, ms)
	}
	if found {
		return first, last
	}
	// time.Date lands beside the change, on one of its sides.
	y, m, d := wall.Date()
	hour, minute, second := wall.Clock()
	beside := time.Date(y, m, d, hour, minute, second, 0, zone)
	change, next := beside.ZoneBounds()
	if change.IsZero() || !next.IsZero() && next.Sub(beside) < beside.Sub(change) {
		change = next
	}
	return change.UnixMilli(), change.UnixMilli()
}
