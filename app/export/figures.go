package export

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"wapdesk/store/listing"
)

// figures gathers what the Summary sheet tells from the rows as they are written, so that
// both always agree. It keeps 20 bytes a row: medians need every value.
type figures struct {
	clock  *clock
	agents names
	queues names
	rows   []figureRow
}

type figureRow struct {
	agent, queue    uint32
	day             int32 // since 1970, on the wall clock
	waitS, lastsS   int32
	hour            int8
	answered        listing.Tri
	missed, waiting bool
	waited          bool // its wait counts
}

// names numbers texts in order of first sight.
type names struct {
	codes map[string]uint32
	texts []string
}

func (n *names) code(s string) uint32 {
	if code, ok := n.codes[s]; ok {
		return code
	}
	if n.codes == nil {
		n.codes = map[string]uint32{}
	}
	code := uint32(len(n.texts))
	s = strings.Clone(s) // do not keep the row's memory alive
	n.codes[s] = code
	n.texts = append(n.texts, s)
	return code
}

func newFigures(zone *time.Location) *figures {
	return &figures{clock: newClock(zone, ISO)}
}

func (f *figures) add(r *listing.Record) {
	days, seconds := f.clock.wall(r.TimeMs)
	meaning := listing.Meaning(r.Missed, r.MissedTimeMs)
	f.rows = append(f.rows, figureRow{
		agent: f.agents.code(shown(r.User)), queue: f.queues.code(shown(r.Queue)),
		day: int32(days), hour: int8(seconds / 3600), waitS: r.WaitS, lastsS: r.DurationS,
		answered: r.Answered, missed: meaning != listing.NeverMissed, waiting: meaning == listing.MissedWaiting,
		waited: listing.Waited(int64(r.WaitS), r.Queue != (listing.Ref{}), r.Answered, r.Direction),
	})
}

// group is one line of a table of the Summary sheet.
type group struct {
	label                   string
	count, answered         int64
	unanswered              int64
	missed, waiting         int64
	share                   float64 // of answered among those that say, -1 when none does
	waitMedianS, waitP90S   int64
	lastsMedianS, lastsP90S int64
	known                   int64 // rows that say whether they were answered
	waits, lasts            []int32
}

func (g *group) add(r *figureRow) {
	g.count++
	if r.answered != listing.TriUnknown {
		g.known++
	}
	switch r.answered {
	case listing.TriYes:
		g.answered++
	case listing.TriNo:
		g.unanswered++
	}
	if r.missed {
		g.missed++
	}
	if r.waiting {
		g.waiting++
	}
	if r.waited {
		g.waits = append(g.waits, r.waitS)
	}
	if r.lastsS >= 0 {
		g.lasts = append(g.lasts, r.lastsS)
	}
}

func (g *group) close() {
	g.share = -1
	if g.known > 0 {
		g.share = float64(g.answered) / float64(g.known)
	}
	slices.Sort(g.waits)
	slices.Sort(g.lasts)
	g.waitMedianS, g.waitP90S = quantile(g.waits, 50), quantile(g.waits, 90)
	g.lastsMedianS, g.lastsP90S = quantile(g.lasts, 50), quantile(g.lasts, 90)
	g.waits, g.lasts = nil, nil
}

// quantile is the smallest value that at least percent of sorted do not exceed
// (the nearest rank), or listing.Unknown without values.
func quantile(sorted []int32, percent int) int64 {
	if len(sorted) == 0 {
		return listing.Unknown
	}
	rank := (len(sorted)*percent + 99) / 100
	return int64(sorted[max(rank, 1)-1])
}

// by groups all rows by a key within [0, n) and labels the groups that have rows.
func (f *figures) by(n int, key func(r *figureRow) int, label func(key int) string) []group {
	groups := make([]group, n)
	for i := range f.rows {
		groups[key(&f.rows[i])].add(&f.rows[i])
	}
	kept := groups[:0]
	for i := range groups {
		if groups[i].count == 0 {
			continue
		}
		groups[i].label = label(i)
		groups[i].close()
		kept = append(kept, groups[i])
	}
	return kept
}

// byName groups by agent or queue, the largest first, then by label.
func (f *figures) byName(of *names, key func(r *figureRow) uint32, none string) []group {
	groups := f.by(len(of.texts), func(r *figureRow) int { return int(key(r)) }, func(i int) string {
		if of.texts[i] == "" {
			return none
		}
		return of.texts[i]
	})
	slices.SortFunc(groups, func(a, b group) int {
		if a.count != b.count {
			return int(b.count - a.count)
		}
		return strings.Compare(a.label, b.label)
	})
	return groups
}

// byDay groups by calendar day in order. Days are spread over few years, but a wrong time
// may be far out, so they are numbered instead of used as an index.
func (f *figures) byDay(pattern Pattern) []group {
	seen := map[int32]int{}
	var days []int32
	for i := range f.rows {
		if _, ok := seen[f.rows[i].day]; !ok {
			seen[f.rows[i].day] = 0
			days = append(days, f.rows[i].day)
		}
	}
	slices.Sort(days)
	for i, day := range days {
		seen[day] = i
	}
	return f.by(len(days), func(r *figureRow) int { return seen[r.day] }, func(i int) string {
		return string(appendDate(nil, int64(days[i]), pattern))
	})
}

// byHour groups by hour of the day in order.
func (f *figures) byHour() []group {
	return f.by(24, func(r *figureRow) int { return int(r.hour) }, func(hour int) string {
		return strconv.Itoa(hour) + ":00"
	})
}
