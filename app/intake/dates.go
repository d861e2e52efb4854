package intake

import (
	"slices"
	"strings"
	"time"
)

// Order is how the three numbers of a date stand.
type Order string

// The orders.
const (
	DayFirst   Order = "dmy"
	MonthFirst Order = "mdy"
	YearFirst  Order = "ymd"
)

// Orders returns all orders.
func Orders() []Order { return []Order{DayFirst, MonthFirst, YearFirst} }

// date is a date as three numbers with what follows it.
type date struct {
	a, b, c int
	year    int  // digits of the third number
	dots    bool // 22.11.2026
	rest    string
}

// parseDate reads three numbers with the same kind of separator.
func parseDate(s string) (d date, ok bool) {
	d.a, s, ok = leadingInt(s)
	if !ok || s == "" {
		return d, false
	}
	sep := s[0]
	if sep != '.' && sep != '-' && sep != '/' {
		return d, false
	}
	d.dots = sep == '.'
	d.b, s, ok = leadingInt(strings.TrimLeft(s[1:], " "))
	s = strings.TrimLeft(s, " ")
	if !ok || s == "" || s[0] != sep {
		return d, false
	}
	last := strings.TrimLeft(s[1:], " ")
	d.c, d.rest, ok = leadingInt(last)
	d.year = len(last) - len(d.rest)
	return d, ok
}

// whole reports whether the year stands first, written out: no other order can be meant.
func (d date) whole() bool { return d.a > 31 }

// in reads the date in an order.
func (d date) in(o Order) (year, month, day int) {
	switch {
	case d.whole():
		return d.a, d.b, d.c
	case o == YearFirst:
		return century(d.a), d.b, d.c
	case o == MonthFirst:
		return century(d.c), d.a, d.b
	}
	return century(d.c), d.b, d.a
}

// may returns the orders in which the numbers are a date.
func (d date) may() []Order {
	return slices.DeleteFunc(Orders(), func(o Order) bool {
		year, month, day := d.in(o)
		return o == YearFirst && d.year > 2 || !valid(year, month, day)
	})
}

// dateOrders are the orders of a file's dates, with points and with other separators.
type dateOrders struct{ dots, rest Order }

func (o dateOrders) of(d date) Order {
	if d.dots {
		return o.dots
	}
	return o.rest
}

// maxSamples is how many dates a lead is shown to choose by.
const maxSamples = 3

// orderEvidence is what the dates of one kind of separator say together.
type orderEvidence struct {
	seen    bool
	left    []Order  // that every date allows; nothing once two contradict each other
	telling string   // a date that left out an order
	only    []string // the first date that allows one order alone, of each
	onlyOf  []Order
	several []string // the first different dates that allow several
}

func (e *orderEvidence) see(text string, may []Order) {
	if len(may) == 0 {
		return // not a date in any order; its row says so
	}
	if !e.seen {
		e.seen, e.left = true, Orders()
	}
	before := len(e.left)
	e.left = slices.DeleteFunc(e.left, func(o Order) bool { return !slices.Contains(may, o) })
	if len(e.left) < before && e.telling == "" {
		e.telling = text
	}
	if len(may) == 1 {
		e.tell(text, may[0])
	} else if len(e.several) < maxSamples && !slices.Contains(e.several, text) {
		e.several = append(e.several, text)
	}
}

func (e *orderEvidence) tell(text string, order Order) {
	if !slices.Contains(e.onlyOf, order) {
		e.only, e.onlyOf = append(e.only, text), append(e.onlyOf, order)
	}
}

// add joins what another table of the file says.
func (e *orderEvidence) add(other *orderEvidence) {
	if !other.seen {
		return
	}
	if !e.seen {
		*e = *other
		return
	}
	e.left = slices.DeleteFunc(e.left, func(o Order) bool { return !slices.Contains(other.left, o) })
	if e.telling == "" {
		e.telling = other.telling
	}
	for i, text := range other.only {
		e.tell(text, other.onlyOf[i])
	}
	for _, text := range other.several {
		if !slices.Contains(e.several, text) {
			e.several = append(e.several, text)
		}
	}
}

// dateEvidence is what all dates of a file say together. A file has one writer, and that one an order.
type dateEvidence struct{ dots, rest orderEvidence }

func (e *dateEvidence) see(text string) {
	text = strings.TrimSpace(text)
	d, ok := parseDate(text)
	if !ok || d.whole() || len(text) > 64 {
		return
	}
	kind := &e.rest
	if d.dots {
		kind = &e.dots
	}
	kind.see(strings.TrimSpace(strings.TrimSuffix(text, d.rest)), d.may())
}

func (e *dateEvidence) add(other *dateEvidence) {
	e.dots.add(&other.dots)
	e.rest.add(&other.rest)
}

// DateSample is a date of the file and what it means in each order that allows it.
type DateSample struct {
	Text     string
	Readings map[Order]string // as 2026-11-22
}

// DatesError asks for the order of dates, which the file leaves open or contradicts. The dates are
// about no person.
type DatesError struct {
	Contradict bool // some can only be read in one order, some only in another
	Samples    []DateSample
}

func (e *DatesError) Error() string {
	if e.Contradict {
		return "the dates contradict each other on the order of day and month"
	}
	return "the order of day and month stays open"
}

// settle returns the orders, the one asked for before any other.
func (e *dateEvidence) settle(asked Order) (dateOrders, *DatesError) {
	out := dateOrders{dots: DayFirst, rest: YearFirst}
	if asked != "" {
		return dateOrders{dots: asked, rest: asked}, nil
	}
	for _, kind := range []struct {
		evidence *orderEvidence
		order    *Order
		dots     bool
	}{{&e.dots, &out.dots, true}, {&e.rest, &out.rest, false}} {
		left := kind.evidence.left
		switch {
		case !kind.evidence.seen:
		case len(left) == 1:
			*kind.order = left[0]
		case kind.dots && slices.Contains(left, DayFirst): // nobody puts the month first with points
			*kind.order = DayFirst
		default:
			return out, kind.evidence.question()
		}
	}
	return out, nil
}

func (e *orderEvidence) question() *DatesError {
	q := &DatesError{Contradict: len(e.left) == 0}
	// Of dates that contradict each other, one of each kind is shown first.
	samples := append(slices.Clone(e.only), e.several...)
	for _, text := range samples[:min(len(samples), maxSamples)] {
		d, ok := parseDate(text)
		if !ok {
			continue
		}
		sample := DateSample{Text: text, Readings: map[Order]string{}}
		for _, o := range d.may() {
			year, month, day := d.in(o)
			sample.Readings[o] = time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		}
		q.Samples = append(q.Samples, sample)
	}
	return q
}
