package intake

import (
	"cmp"
	"context"
	"errors"
	"io"
	"math"
	"strings"
)

// What single cells leave open is judged over whole columns before any row is given out: a sample would
// miss the row that tells.

// spanned fields hold durations, timed fields moments.
var (
	spanFields = []string{"wait", "duration", "focus", "firstreply", "silence"}
	timeFields = []string{"time", "missed_time", "opened", "closed"}
)

// judge reads all rows of all tables.
func (f *File) judge(ctx context.Context) error {
	for _, t := range f.tables {
		if t.own { // nothing is open there
			continue
		}
		found, err := t.survey(ctx)
		if err != nil {
			return err
		}
		if t.dialect != nil && found.escapes > 0 {
			// \" may be an escaped mark, or a cell that ends with a backslash: what gives rows of the
			// header's width is right.
			d := *t.dialect
			d.backslash = true
			other := *t
			other.dialect = &d
			again, err := other.survey(ctx)
			if err != nil {
				return err
			}
			if again.uneven < found.uneven {
				t.dialect, found = &d, again
			}
		}
		t.spans = found.spans
		for field, e := range found.spans {
			if e.short && !e.long && !t.header.columns[field].hours {
				f.minutes = true
			}
		}
		f.dates.add(&found.dates)
		f.broken += found.broken
	}
	return nil
}

// findings are what a pass over a table has told.
type findings struct {
	spans   map[string]*spanEvidence
	dates   dateEvidence
	escapes int   // cells in which \" stands between quotation marks
	uneven  int   // rows of another width than the header, and one that never ends
	broken  int64 // characters that could not be decoded
}

func (t *table) survey(ctx context.Context) (*findings, error) {
	src, err := t.open(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = src.close() }() // only read from
	found := &findings{spans: map[string]*spanEvidence{}}
	for _, field := range spanFields {
		found.spans[field] = &spanEvidence{}
	}
	width := 0
	for {
		cells, number, err := src.next()
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			return nil, err
		}
		if number == t.header.row {
			width = len(cells)
		}
		if number <= t.header.row {
			continue
		}
		if c, ok := src.(*csvReader); ok {
			if len(cells) != width || c.open {
				found.uneven++
			}
			if c.escapes {
				found.escapes++
			}
		}
		for _, c := range cells {
			if c.format == nil && strings.Contains(c.text, "\uFFFD") {
				found.broken += int64(strings.Count(c.text, "\uFFFD"))
			}
		}
		for _, field := range spanFields {
			if c := t.header.cell(cells, field); c.text != "" {
				found.spans[field].see(c)
			}
		}
		for _, field := range timeFields {
			if c := t.header.cell(cells, field); c.text != "" && c.format == nil {
				found.dates.see(c.text)
			}
		}
	}
}

// spanEvidence is what the numbers of a column of durations say together.
type spanEvidence struct {
	days    bool // one is a fraction of a day that is a whole number of seconds
	seconds bool // one is too large for days, or no whole number of seconds as a fraction of one
	parts   bool // one is not whole
	marks   [2]markEvidence
	small   bool // one of less than a thousand has no mark of fractions or thousands
	large   bool // one of a thousand or more has none
	short   bool // a text has one colon
	long    bool // one has two
}

// markEvidence is how a column uses the comma or the point.
type markEvidence struct{ fractions, thousands, open bool }

// see takes a cell whose format does not say what its number is.
func (e *spanEvidence) see(c cell) {
	s := strings.TrimSpace(c.text)
	if c.format != nil {
		if c.format.shape != shapeless && c.format.shape != plainly || c.format.unit > 0 {
			return
		}
		if n, err := parseFloat(plainNumber(s)); err == nil {
			e.number(n, decimals(plainNumber(s)))
		}
		return
	}
	if n := strings.Count(s, ":"); n > 0 {
		e.short, e.long = e.short || n == 1, e.long || n > 1
		return
	}
	whole, part, mark, ok := markedNumber(s)
	if !ok {
		return
	}
	if mark >= 0 {
		m := &e.marks[mark]
		switch {
		case part == "":
			m.thousands = true
		case len(part) == 3 && len(whole) <= 3 && !strings.HasPrefix(whole, "0"):
			m.open = true
			return
		default:
			m.fractions = true
		}
	} else if len(whole) <= 3 {
		e.small = true
	} else if whole == s { // not separated by spaces either
		e.large = true
	}
	if n, err := parseFloat(whole + "." + cmp.Or(part, "0")); err == nil {
		e.number(n, len(part))
	}
}

// Limits between numbers of days and of seconds.
const (
	maxSpanDays = 366
	minSeconds  = 60   // as days two months
	exactDigits = 4    // a fraction of a day has more digits, unless it is a part of an hour
	nearSecond  = 0.02 // Excel keeps fifteen digits, other programs ten
)

func (e *spanEvidence) number(n float64, decimals int) {
	switch whole := n == math.Trunc(n); {
	case whole && n >= minSeconds:
		e.seconds = true
	case whole:
	default:
		e.parts = true
		_, off := math.Modf(n*86400 + 0.5)
		near := math.Abs(off-0.5) < nearSecond
		switch {
		case near && decimals >= exactDigits && n < maxSpanDays, n < 1 && decimals > exactDigits:
			e.days = true
		case !near || n >= minSeconds:
			e.seconds = true
		}
	}
}

// unit is how many seconds a number of the column stands for; 0 when that stays open.
func (e *spanEvidence) unit() float64 {
	switch {
	case e == nil:
		return 1
	case e.days && e.seconds:
		return 0
	case e.days:
		return 86400
	case e.parts && !e.seconds:
		return 0
	}
	return 1
}

// thousands reports whether a mark separates thousands, as in 1,234; ok is false when that stays open.
func (e *spanEvidence) thousands(mark int) (yes, ok bool) {
	if e == nil {
		return false, true
	}
	m := e.marks[mark]
	switch {
	case m.fractions && m.thousands:
		return false, false
	case m.fractions:
		return false, true
	case m.thousands, e.marks[1-mark].fractions:
		return true, true
	case !m.open:
		return false, true
	case e.large: // whoever separates thousands does it always
		return false, true
	}
	return e.small, e.small // fractions would stand in all of them
}

func decimals(s string) int {
	_, part, _ := strings.Cut(s, ".")
	return len(part)
}
