package intake

import (
	"errors"
	"io"
	"strings"

	"wapdesk/store/listing"
)

// aheadRows is how many activities or messages are read ahead of the interaction they
// belong to. Our own files have them in the order of the interactions, so that one row is
// enough; a sheet that somebody sorted is read as long as it fits, and what does not fit is reported.
const (
	aheadRows  = 200_000
	aheadBytes = 64 << 20
)

// children hands out the rows of one sheet by interaction.
type children[T any] struct {
	chain  chain
	report *Report
	parse  func(r *row) (interaction string, value T)
	ahead  map[string][]T
	places map[string][]place
	held   int // rows ahead
	bytes  int // of their cells
	head   *T  // read but not yet given out
	name   string
	at     place
	done   bool
	full   bool // there was no room to read further ahead
}

// place is where a row stands, for the report.
type place struct {
	sheet string
	row   int
	bytes int // of its cells
}

// take returns the rows of an interaction in the order of the file.
func (c *children[T]) take(name string) ([]T, error) {
	for {
		if err := c.peek(); err != nil {
			return nil, err
		}
		_, found := c.ahead[name]
		if c.head == nil || c.name != name && found {
			break
		}
		if c.name != name && (c.held >= aheadRows || c.bytes >= aheadBytes) {
			c.full = true
			break
		}
		c.ahead[c.name] = append(c.ahead[c.name], *c.head)
		c.places[c.name] = append(c.places[c.name], c.at)
		c.head = nil
		c.held++
		c.bytes += c.at.bytes
	}
	out := c.ahead[name]
	c.held -= len(out)
	for _, p := range c.places[name] {
		c.bytes -= p.bytes
	}
	delete(c.ahead, name)
	delete(c.places, name)
	return out, nil
}

// peek reads the next row into head.
func (c *children[T]) peek() error {
	if c.head != nil || c.done {
		return nil
	}
	r, err := c.chain.next(c.report)
	if errors.Is(err, io.EOF) {
		c.done = true
		return nil
	}
	if err != nil {
		return err
	}
	name, value := c.parse(&r)
	c.head, c.name, c.at = &value, name, place{sheet: r.table.name, row: r.number}
	for _, cell := range r.cells {
		c.at.bytes += len(cell.text)
	}
	return nil
}

// rest reports the rows that no interaction asked for.
func (c *children[T]) rest() error {
	reason := ReasonOrphan
	if c.full {
		reason = ReasonOrder
	}
	for _, places := range c.places {
		for _, p := range places {
			c.report.skip(p.sheet, p.row, reason, true)
		}
	}
	for {
		if err := c.peek(); err != nil || c.head == nil {
			return err
		}
		c.report.skip(c.at.sheet, c.at.row, reason, true)
		c.head = nil
	}
}

// ticketRef takes "48213 Router swap" apart.
func ticketRef(s string) listing.Ref {
	number, title, _ := strings.Cut(s, " ")
	return listing.Ref{Name: number, Title: title}
}

// split cuts a list; an empty text is no list.
func split(s, sep string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, sep)
}
