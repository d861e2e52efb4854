package listing

import (
	"sort"
	"time"

	"wapdesk/store/query"
)

// heatGrid says which hour goes to which cell of a heat strip.
type heatGrid struct {
	kind      HeatKind
	rows      int
	midnights []int64 // of the rows, and hours and days kinds only
	end       int64   // where the last row ends
	clock     query.Clock
	zones     []zoneSpan
	starts    []int64 // of the cells; nil in weekdays kind
	shown     []int   // that the clock shows in the cells
	uneven    bool    // one day of which not every cell is an hour after the one before
}

// zoneSpan is a stretch of time with one distance to UTC.
type zoneSpan struct {
	fromMs   int64
	offsetMs int64
}

const (
	dayMs  = 86_400_000
	hourMs = 3_600_000
)

// maxHeatDays is the longest span that is shown day by day.
const maxHeatDays = 31

// heatGrid fits the strip to the filter's span of time; where that is open, to the rows.
func (s *Found) heatGrid() *heatGrid {
	g := &heatGrid{clock: s.view.Clock(), kind: HeatHours, rows: 1}
	from, to := s.bounds(g.clock)
	g.zones = zoneSpans(g.clock.Location(), from, to)
	days := g.midnightsOf(from, to)
	if days == nil {
		g.kind, g.rows = HeatWeekdays, 7
		g.shown = make([]int, g.rows*24)
		for i := range g.shown {
			g.shown[i] = i % 24
		}
		return g
	}
	g.midnights, g.end = days[:len(days)-1], days[len(days)-1]
	g.rows = len(g.midnights)
	if g.rows > 1 {
		g.kind = HeatDays
	}
	g.layOut()
	return g
}

// bounds returns the filter's span of time; where that is open, it ends with the rows.
func (s *Found) bounds(clock query.Clock) (from, to int64) {
	from, to = s.span.FromMs, s.span.ToMs
	if from == query.Beginning || to == query.Forever {
		lo, hi, ok := s.view.timesOf(s.found)
		if !ok {
			lo, hi = clock.Now.UnixMilli(), clock.Now.UnixMilli()
		}
		if from == query.Beginning {
			from = lo
		}
		if to == query.Forever {
			to = hi + 1
		}
	}
	return from, max(to, from+1)
}

// layOut says when the cells of days begin. One day has a cell for each stretch of time in which
// the clock shows one hour; of several, each has the same 24, for the rows to stand in line.
func (g *heatGrid) layOut() {
	if g.kind == HeatHours {
		g.starts, g.shown = hoursOf(g.clock.Location(), g.midnights[0], g.end)
		for i, start := range g.starts {
			g.uneven = g.uneven || len(g.starts) != 24 || start != g.midnights[0]+int64(i)*hourMs
		}
		return
	}
	g.starts, g.shown = make([]int64, g.rows*24), make([]int, g.rows*24)
	for i := range g.shown {
		g.starts[i], g.shown[i] = Unknown, i%24
	}
	for row, from := range g.midnights {
		to := g.end
		if row+1 < g.rows {
			to = g.midnights[row+1]
		}
		starts, hours := hoursOf(g.clock.Location(), from, to)
		for i, hour := range hours {
			if at := row*24 + hour; g.starts[at] == Unknown {
				g.starts[at] = starts[i]
			}
		}
	}
}

// hoursOf parts a span of time into stretches in which the clock shows one hour and goes evenly.
func hoursOf(zone *time.Location, from, to int64) (starts []int64, hours []int) {
	for at := from; at < to; {
		t := time.UnixMilli(at).In(zone)
		starts, hours = append(starts, at), append(hours, t.Hour())
		next := at + hourMs - sinceHour(t).Milliseconds()
		if _, change := t.ZoneBounds(); !change.IsZero() {
			next = min(next, change.UnixMilli())
		}
		at = next
	}
	return starts, hours
}

// sinceHour is how long ago the clock began to show its hour.
func sinceHour(t time.Time) time.Duration {
	return time.Duration(t.Minute())*time.Minute + time.Duration(t.Second())*time.Second + time.Duration(t.Nanosecond())
}

// midnightsOf returns the midnights of the days that a span touches and the end of the last,
// or nil when there are more than maxHeatDays.
func (g *heatGrid) midnightsOf(from, to int64) []int64 {
	y, m, d := time.UnixMilli(from).In(g.clock.Location()).Date()
	var out []int64
	for n := 0; ; n++ {
		at := g.clock.Midnight(y, m, d+n)
		if n > 0 && at >= to {
			return append(out, at)
		}
		if n == maxHeatDays {
			return nil
		}
		out = append(out, at)
	}
}

// timesOf returns the smallest and largest time of rows.
func (v *View) timesOf(found bitmap) (lo, hi int64, ok bool) {
	lo, hi = query.Forever, query.Beginning
	for number, b := range v.blocks {
		times := &b.cols[colTime]
		words := found[number*blockWords : (number+1)*blockWords]
		if times.base >= lo && times.top <= hi || empty(words) {
			continue
		}
		for w, word := range words {
			for ; word != 0; word &= word - 1 {
				if t := times.at(w<<6 + first(word)); t != Unknown {
					lo, hi = min(lo, t), max(hi, t)
				}
			}
		}
	}
	return lo, hi, lo <= hi
}

// zoneSpans lists the changes of the clocks within a span of time.
func zoneSpans(zone *time.Location, from, to int64) []zoneSpan {
	var out []zoneSpan
	for at := from; ; {
		t := time.UnixMilli(at).In(zone)
		_, offset := t.Zone()
		out = append(out, zoneSpan{fromMs: at, offsetMs: int64(offset) * 1000})
		_, end := t.ZoneBounds()
		if end.IsZero() || end.UnixMilli() >= to {
			return out
		}
		at = end.UnixMilli()
	}
}

// hourReader finds the cell of a time. It remembers the last answers, since rows of a block
// are close in time; it is not safe for use by several goroutines.
type hourReader struct {
	grid     *heatGrid
	from, to int64 // the span of one offset that was last used
	offset   int64
	row      int
}

func (g *heatGrid) hours() hourReader { return hourReader{grid: g} }

// cell returns the cell of a time, or -1 when it is unknown or outside of the strip.
func (h *hourReader) cell(ms int64) int {
	if ms == Unknown {
		return -1
	}
	if h.grid.uneven {
		if ms < h.grid.midnights[0] || ms >= h.grid.end {
			return -1
		}
		return sort.Search(len(h.grid.starts), func(i int) bool { return h.grid.starts[i] > ms }) - 1
	}
	if ms < h.from || ms >= h.to {
		h.seek(ms)
	}
	local := ms + h.offset
	day := local / dayMs
	if local < 0 && local%dayMs != 0 {
		day--
	}
	hour := int((local - day*dayMs) / hourMs)
	if h.grid.kind == HeatWeekdays {
		weekday := int(((day+4)%7 + 7) % 7) // 1 January 1970 was a Thursday; 0 is Sunday
		if !h.grid.clock.SundayFirst {
			weekday = (weekday + 6) % 7
		}
		return weekday*24 + hour
	}
	if ms < h.grid.midnights[0] || ms >= h.grid.end {
		return -1
	}
	return h.dayRow(ms)*24 + hour
}

func (h *hourReader) dayRow(ms int64) int {
	days := h.grid.midnights
	if ms >= days[h.row] && (h.row+1 == len(days) || ms < days[h.row+1]) {
		return h.row
	}
	h.row = sort.Search(len(days), func(i int) bool { return days[i] > ms }) - 1
	return h.row
}

func (h *hourReader) seek(ms int64) {
	zones := h.grid.zones
	i := max(sort.Search(len(zones), func(i int) bool { return zones[i].fromMs > ms })-1, 0)
	h.offset = zones[i].offsetMs
	h.from, h.to = query.Beginning, query.Forever
	if i > 0 {
		h.from = zones[i].fromMs
	}
	if i+1 < len(zones) {
		h.to = zones[i+1].fromMs
	}
}
