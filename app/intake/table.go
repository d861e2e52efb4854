package intake

import (
	"errors"
	"io"
	"strings"
	"time"
)

// table is one sheet, or a .csv file, with its header and what a sample of it told.
type table struct {
	name      string // of the sheet
	delimiter byte   // of a .csv
	header    header
	source    source
	expected  int      // rows of the sheet at least
	shift     int64    // days to add to Excel's count of days
	slashed   []string // sample of times with slashes
	days      map[string]bool
	slashes   order
	zone      *time.Location
}

// sample looks at one of the first rows. Texts are its cells as shown; nil in a .csv.
func (t *table) sample(cells, texts []string) {
	if t.days == nil {
		t.days = map[string]bool{}
	}
	for _, field := range []string{"time", "missed_time", "opened", "closed"} {
		if s := t.header.cell(cells, field); strings.Contains(s, "/") {
			t.slashed = append(t.slashed, s)
		}
	}
	for _, field := range []string{"wait", "duration", "focus"} {
		raw, shown := t.header.cell(cells, field), t.header.cell(texts, field)
		if raw != "" && !strings.Contains(raw, ":") && strings.Contains(shown, ":") {
			t.days[field] = true
		}
	}
}

// cell returns the cell of a field, "" when the row or the table does not have it.
func (h header) cell(cells []string, field string) string {
	at, ok := h.columns[field]
	if !ok || at >= len(cells) {
		return ""
	}
	return cells[at]
}

// row is a row of a table with the values read from it so far.
type row struct {
	table  *table
	cells  []string
	number int
	report *Report
	left   bool
}

// next returns the next row below the header.
func (t *table) next(report *Report) (row, error) {
	for {
		cells, number, err := t.source.next()
		if err != nil {
			return row{}, err
		}
		if number <= t.header.row {
			continue
		}
		if c, ok := t.source.(*csvReader); ok && c.open {
			report.skip(t.name, number, ReasonQuote, false)
		}
		return row{table: t, cells: cells, number: number, report: report}, nil
	}
}

func (r *row) raw(field string) string { return r.table.header.cell(r.cells, field) }

// text returns a cell of text. A .csv may carry the apostrophe of inert text.
func (r *row) text(field string) string {
	if r.table.delimiter != 0 {
		return plain(r.raw(field))
	}
	return r.raw(field)
}

func (r *row) fail(reason Reason) {
	r.report.skip(r.table.name, r.number, reason, false)
}

// leave gives the whole row up.
func (r *row) leave(reason Reason) {
	r.left = true
	r.report.skip(r.table.name, r.number, reason, true)
}

// moment reads a time; unknown when blank, and reported when it is not one.
func (r *row) moment(field string, reason Reason) (ms int64, ok bool) {
	s := r.raw(field)
	if blank(s) {
		return unknown, true
	}
	ms, ok = parseTime(s, r.table.zone, r.table.slashes, r.table.shift)
	if !ok {
		if reason != "" {
			r.fail(reason)
		}
		return unknown, false
	}
	return ms, true
}

func (r *row) span(field string) int64 {
	s := r.raw(field)
	if blank(s) {
		return unknown
	}
	n, ok := parseSpan(s, r.table.days[field])
	if !ok {
		r.fail(ReasonDuration)
		return unknown
	}
	return n
}

func (r *row) number64(field string) int64 {
	s := r.raw(field)
	if blank(s) {
		return unknown
	}
	n, ok := parseSpan(s, false) // the same rules: whole, not negative, 32 bits
	if !ok || strings.Contains(s, ":") {
		r.fail(ReasonNumber)
		return unknown
	}
	return n
}

// word reads a cell that holds one of a set of words.
func word[T any](r *row, field string, words map[string]T, reason Reason) T {
	var none T
	s := r.raw(field)
	if blank(s) {
		return none
	}
	if value, ok := words[folded(s)]; ok {
		return value
	}
	r.fail(reason)
	return none
}

// chain reads several tables of the same subject as one. File.Close closes them.
type chain struct {
	tables []*table
	start  func(*table) error
	at     int
}

func (c *chain) next(report *Report) (row, error) {
	for c.at < len(c.tables) {
		t := c.tables[c.at]
		if t.source == nil {
			if err := c.start(t); err != nil {
				return row{}, err
			}
		}
		r, err := t.next(report)
		if !errors.Is(err, io.EOF) {
			return r, err
		}
		c.at++
	}
	return row{}, io.EOF
}
