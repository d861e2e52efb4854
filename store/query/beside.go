package query

import "time"

// Held says what may be compared of a pair.
type Held int

// What may be compared.
const (
	HeldBoth  Held = iota // all of it, or of the present day what is stored so far
	HeldNot               // nothing: a part of one of the two is not stored
	HeldAlone             // nothing: the other period has no such day
	HeldAhead             // nothing: it has not begun
)

// Pair is a stretch of a period beside its counterpart in another one.
type Pair struct {
	Now, Then Range // Then is empty where there is none
	Held      Held
}

// maxPairs bounds the days of periods that are compared.
const maxPairs = 40_000

// Beside sets two periods side by side. Whole days stand beside each other one by one: by their place in the period,
// or, with sameDates, the same days of the year before. Periods that begin or end within a day are laid over each
// other as they elapse. stored is what is stored, in order and apart from each other. It is nil where a period is open
// or longer than a century.
func (c Clock) Beside(now, then Range, sameDates bool, stored []Range) []Pair {
	if now.FromMs == Beginning || now.ToMs == Forever || then.FromMs == Beginning || then.ToMs == Forever || now.FromMs >= now.ToMs {
		return nil
	}
	if !c.WholeDays(now) || !c.WholeDays(then) {
		return elapsed(now, then, stored)
	}
	days := c.daysOf(now)
	if days == nil {
		return nil
	}
	others := c.daysOf(then)
	pairs := make([]Pair, len(days))
	for i, day := range days {
		pairs[i] = Pair{Now: day, Held: HeldAlone}
		switch {
		case sameDates:
			if other, ok := c.yearBefore(day); ok && other.FromMs >= then.FromMs && other.ToMs <= then.ToMs {
				pairs[i].Then = other
			}
		case i < len(others):
			pairs[i].Then = others[i]
		}
		switch {
		case day.FromMs >= c.Now.UnixMilli():
			pairs[i].Held = HeldAhead
		case pairs[i].Then != (Range{}):
			c.hold(&pairs[i], stored)
		}
	}
	return pairs
}

// hold says what of a pair of days may be compared. The present day is compared as far as it is stored, with the
// other one up to the same time of day.
func (c Clock) hold(p *Pair, stored []Range) {
	nowMs := c.Now.UnixMilli()
	if p.Then.FromMs >= nowMs {
		p.Held = HeldAhead
		return
	}
	now, then := storedFrom(p.Now, stored), storedFrom(p.Then, stored)
	switch {
	case now >= p.Now.ToMs && then >= p.Then.ToMs:
		p.Held = HeldBoth
	case now < p.Now.ToMs && now > p.Now.FromMs && p.Now.ToMs > nowMs && then >= p.Then.ToMs:
		p.Held = HeldBoth
		p.Now.ToMs, p.Then.ToMs = now, c.sameTime(now, p.Then)
	default:
		p.Held = HeldNot
	}
}

// storedFrom is up to when a range is stored without a gap; its beginning where that is not.
func storedFrom(r Range, stored []Range) int64 {
	for _, s := range stored {
		if s.FromMs <= r.FromMs && s.ToMs > r.FromMs {
			return min(s.ToMs, r.ToMs)
		}
	}
	return r.FromMs
}

// sameTime is when a day shows the time of day of another instant.
func (c Clock) sameTime(ms int64, day Range) int64 {
	hour, minute, second := time.UnixMilli(ms).In(c.Location()).Clock()
	y, m, d := time.UnixMilli(day.FromMs).In(c.Location()).Date()
	first, _ := c.instants(time.Date(y, m, d, hour, minute, second, 0, time.UTC))
	return min(max(first, day.FromMs), day.ToMs)
}

// elapsed lays periods over each other from their beginnings, as far as the shorter one reaches.
func elapsed(now, then Range, stored []Range) []Pair {
	shift := then.FromMs - now.FromMs
	end := min(now.ToMs, then.ToMs-shift)
	var pairs []Pair
	add := func(from, to int64, held Held) {
		if from < to {
			p := Pair{Now: Range{from, to}, Held: held}
			if held != HeldAlone {
				p.Then = Range{from + shift, to + shift}
			}
			pairs = append(pairs, p)
		}
	}
	at := now.FromMs
	for _, both := range overlap(stored, moved(stored, -shift)) {
		from, to := max(both.FromMs, at), min(both.ToMs, end)
		if from < to {
			add(at, from, HeldNot)
			add(from, to, HeldBoth)
			at = to
		}
	}
	add(at, end, HeldNot)
	add(max(end, now.FromMs), now.ToMs, HeldAlone)
	return pairs
}

func moved(ranges []Range, by int64) []Range {
	out := make([]Range, len(ranges))
	for i, r := range ranges {
		out[i] = r
		if r.FromMs != Beginning {
			out[i].FromMs += by
		}
		if r.ToMs != Forever {
			out[i].ToMs += by
		}
	}
	return out
}

// overlap returns what two lists of ranges, each in order, have in common.
func overlap(a, b []Range) []Range {
	var out []Range
	for i, j := 0, 0; i < len(a) && j < len(b); {
		if from, to := max(a[i].FromMs, b[j].FromMs), min(a[i].ToMs, b[j].ToMs); from < to {
			out = append(out, Range{from, to})
		}
		if a[i].ToMs < b[j].ToMs {
			i++
		} else {
			j++
		}
	}
	return out
}

// Compared returns what may be compared of each of two periods, in order and with what meets joined.
func Compared(pairs []Pair) (now, then []Range) {
	for _, p := range pairs {
		if p.Held == HeldBoth {
			now, then = append(now, p.Now), append(then, p.Then)
		}
	}
	return joined(now), joined(then)
}

func joined(ranges []Range) []Range {
	out := []Range{}
	for _, r := range ranges {
		if n := len(out); n > 0 && out[n-1].ToMs == r.FromMs {
			out[n-1].ToMs = r.ToMs
		} else {
			out = append(out, r)
		}
	}
	return out
}

// WholeDays reports whether a range begins and ends with a day.
func (c Clock) WholeDays(r Range) bool {
	return c.DayAt(r.FromMs).FromMs == r.FromMs && c.DayAt(r.ToMs).FromMs == r.ToMs
}

// DayAt is the day of an instant.
func (c Clock) DayAt(ms int64) Range {
	y, m, d := time.UnixMilli(ms).In(c.Location()).Date()
	return c.days(y, m, d, y, m, d+1)
}

// daysOf lists the days of a range of whole days; nil when there are more than maxPairs.
func (c Clock) daysOf(r Range) []Range {
	if (r.ToMs-r.FromMs)/86_400_000 > maxPairs {
		return nil
	}
	days := []Range{}
	for at := r.FromMs; at < r.ToMs; {
		day := c.DayAt(at)
		days = append(days, day)
		at = day.ToMs
	}
	return days
}

// yearBefore is the same day of the year before; false on 29 February.
func (c Clock) yearBefore(day Range) (Range, bool) {
	y, m, d := time.UnixMilli(day.FromMs).In(c.Location()).Date()
	before := c.days(y-1, m, d, y-1, m, d+1)
	_, bm, bd := time.UnixMilli(before.FromMs).In(c.Location()).Date()
	return before, bm == m && bd == d
}

// Shifted moves a closed range by its own length: whole months by months, whole days by days, so that a change of the
// clocks does not shift them.
func (c Clock) Shifted(r Range, steps int) Range {
	from, to := time.UnixMilli(r.FromMs).In(c.Location()), time.UnixMilli(r.ToMs).In(c.Location())
	if !c.WholeDays(r) {
		by := int64(steps) * (r.ToMs - r.FromMs)
		return Range{r.FromMs + by, r.ToMs + by}
	}
	days := steps * (DayNumber(to) - DayNumber(from))
	months := 0
	if from.Day() == 1 && to.Day() == 1 {
		months, days = steps*((to.Year()-from.Year())*12+int(to.Month()-from.Month())), 0
	}
	return c.moveDates(from, to, months, days)
}

// YearEarlier moves a closed range to the same dates and times of the year before.
func (c Clock) YearEarlier(r Range) Range {
	from, to := time.UnixMilli(r.FromMs).In(c.Location()), time.UnixMilli(r.ToMs).In(c.Location())
	if c.WholeDays(r) {
		return c.moveDates(from, to, -12, 0)
	}
	return Range{from.AddDate(-1, 0, 0).UnixMilli(), to.AddDate(-1, 0, 0).UnixMilli()}
}

func (c Clock) moveDates(from, to time.Time, months, days int) Range {
	return c.days(from.Year(), from.Month()+time.Month(months), from.Day()+days, to.Year(), to.Month()+time.Month(months), to.Day()+days)
}

// DayNumber counts calendar days; the zone's clock changes do not matter to it.
func DayNumber(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}
