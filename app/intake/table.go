package intake

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"wapdesk/store/listing"
)

// source gives the rows of one table, one after the other.
type source interface {
	// next returns the cells of the next row and its number from 1, or io.EOF.
	// The cells are valid until the next call.
	next() (cells []cell, row int, err error)
	close() error
}

// table is one sheet, or a .csv file, with its header and what all its rows told.
type table struct {
	name    string   // of the sheet
	dialect *dialect // nil of a sheet
	header  header
	own     bool // read by the description that the file has of itself
	start   func(context.Context, dialect) (source, error)
	source  source
	spans   map[string]*spanEvidence
	clock   clock
}

// open starts at the first row.
func (t *table) open(ctx context.Context) (source, error) {
	if t.dialect != nil {
		return t.start(ctx, *t.dialect)
	}
	return t.start(ctx, dialect{})
}

// cell returns the cell of a field, an empty one when the row or the table does not have it.
func (h header) cell(cells []cell, field string) cell {
	at, ok := h.columns[field]
	if !ok || at.at >= len(cells) {
		return cell{}
	}
	return cells[at.at]
}

// row is a row of a table with the values read from it so far.
type row struct {
	table  *table
	cells  []cell
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

func (r *row) cell(field string) cell { return r.table.header.cell(r.cells, field) }

// text returns a cell as text. A .csv may carry the apostrophe of inert text.
func (r *row) text(field string) string {
	c := r.cell(field)
	switch {
	case c.format != nil:
		return digits(c)
	case r.table.dialect != nil && !r.table.header.rawText:
		return plain(c.text)
	}
	return c.text
}

// blank reports whether a typed cell says nothing: it is empty or a dash.
func (r *row) blank(field string) bool { return blank(r.cell(field).text) }

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
	c := r.cell(field)
	if blank(c.text) {
		return unknown, true
	}
	clock := r.table.clock
	if zone := r.table.header.columns[field].zone; zone != nil {
		clock.zone = zone
	}
	if c.format == nil {
		ms, ok = clock.parse(c.text)
	} else if n, err := parseFloat(c.text); err == nil {
		ms, ok = clock.number(n, c.format.offset)
	}
	if !ok {
		if reason != "" {
			r.fail(reason)
		}
		return unknown, false
	}
	return ms, true
}

func (r *row) span(field string) int64 {
	c := r.cell(field)
	if blank(c.text) {
		return unknown
	}
	about, evidence := r.table.header.columns[field], r.table.spans[field]
	var n int64
	var reason Reason
	if c.format == nil {
		n, reason = parseSpan(c.text, about, evidence)
	} else if value, err := parseFloat(c.text); err != nil {
		reason = ReasonDuration
	} else {
		n, reason = inSeconds(value, about.unitOf(c.format, r.table.own), evidence)
	}
	if reason != "" {
		r.fail(reason)
		return unknown
	}
	return n
}

// unitOf is how many seconds a number with a format stands for: the cell tells before the header does.
func (c column) unitOf(f *format, own bool) float64 {
	switch {
	case own:
		return c.unit
	case f.shape == spanned, f.shape == dated:
		return 86400
	case f.unit > 0:
		return f.unit
	}
	return c.unit
}

func (r *row) count(field string) int64 {
	c := r.cell(field)
	if blank(c.text) {
		return unknown
	}
	text := c.text
	if c.format != nil {
		text = plainNumber(text)
	}
	whole, part, _, ok := markedNumber(strings.TrimSpace(text))
	if n, err := parseFloat(whole); ok && err == nil && part == "" && n <= maxSeconds {
		return int64(n)
	}
	r.fail(ReasonNumber)
	return unknown
}

// word reads a cell that holds one of a set of words.
func word[T any](r *row, field string, words map[string]T, reason Reason) T {
	var none T
	if r.blank(field) {
		return none
	}
	if value, ok := words[folded(r.text(field))]; ok {
		return value
	}
	r.fail(reason)
	return none
}

// wireWord reads a cell like word. What our own files have no word for they write as it came.
func wireWord(r *row, field string, words map[string]string, reason Reason) string {
	if s := r.text(field); r.table.own && !r.blank(field) {
		if value, ok := words[folded(s)]; ok {
			return value
		}
		return s
	}
	return word(r, field, words, reason)
}

// chain reads several tables of the same subject as one. File.Close closes them.
type chain struct {
	tables []*table
	at     int
}

func (c *chain) next(report *Report) (row, error) {
	for c.at < len(c.tables) {
		r, err := c.tables[c.at].next(report)
		if !errors.Is(err, io.EOF) {
			return r, err
		}
		c.at++
	}
	return row{}, io.EOF
}

// has reports whether any of the tables has a column.
func (c *chain) has(field string) bool {
	for _, t := range c.tables {
		if t.header.has(field) {
			return true
		}
	}
	return false
}

const unknown = listing.Unknown

func wireClock(ms int64, zone *time.Location) string {
	if ms == unknown {
		return ""
	}
	return time.UnixMilli(ms).In(zone).Format(time.DateTime)
}
