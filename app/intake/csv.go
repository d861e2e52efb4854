package intake

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// Limits of a row. A cell of Excel holds 32,767 characters, so a megabyte is no cell.
const (
	maxCellBytes = 1 << 20
	maxRowCells  = 4096
	maxRowBytes  = 8 << 20
)

// source gives the rows of one table, one after the other.
type source interface {
	// next returns the cells of the next row and its number from 1, or io.EOF.
	// The cells are valid until the next call.
	next() (cells []string, row int, err error)
	close() error
}

// csvReader reads delimited text. Unlike encoding/csv it has limits, forgives quotation
// marks within cells, and keeps the line breaks of a cell as they are.
type csvReader struct {
	r         *bufio.Reader
	delimiter byte
	row       int
	cells     []string
	cell      []byte
	bytes     int  // of the row
	open      bool // the last row ended within quotation marks
	closer    io.Closer
}

func newCSVReader(r io.Reader, delimiter byte, closer io.Closer) *csvReader {
	return &csvReader{r: bufio.NewReaderSize(r, 64<<10), delimiter: delimiter, closer: closer}
}

func (c *csvReader) close() error {
	if c.closer == nil {
		return nil
	}
	return c.closer.Close()
}

func (c *csvReader) next() ([]string, int, error) {
	for {
		cells, err := c.record()
		if err != nil {
			return nil, c.row, err
		}
		if len(cells) > 1 || cells[0] != "" {
			return cells, c.row, nil
		}
	}
}

// record reads one record; an empty line is a record of one empty cell. An empty cell in
// quotation marks reads the same, so both are passed over by next.
func (c *csvReader) record() ([]string, error) {
	c.cells, c.cell, c.bytes, c.open = c.cells[:0], c.cell[:0], 0, false
	quoted, begun := false, false
	for {
		b, err := c.r.ReadByte()
		if err == io.EOF {
			if !begun {
				return nil, io.EOF
			}
			c.open = quoted
			c.row++
			return c.endCell()
		}
		if err != nil {
			return nil, err
		}
		begun = true
		if c.bytes++; c.bytes > maxRowBytes || len(c.cell) > maxCellBytes || len(c.cells) > maxRowCells {
			return nil, ErrCellSize
		}
		switch {
		case quoted && b == '"':
			if c.peek() == '"' {
				c.skip()
				c.cell = append(c.cell, '"')
			} else {
				quoted = false
			}
		case quoted:
			c.cell = append(c.cell, b)
		case b == '"' && len(c.cell) == 0:
			quoted = true
		case b == c.delimiter:
			c.cells = append(c.cells, string(c.cell))
			c.cell = c.cell[:0]
		case b == '\r' || b == '\n':
			if b == '\r' && c.peek() == '\n' {
				c.skip()
			}
			c.row++
			return c.endCell()
		default:
			c.cell = append(c.cell, b)
		}
	}
}

func (c *csvReader) endCell() ([]string, error) {
	c.cells = append(c.cells, string(c.cell))
	return c.cells, nil
}

// peek returns the next byte, or 0 at the end.
func (c *csvReader) peek() byte {
	b, err := c.r.Peek(1)
	if err != nil {
		return 0
	}
	return b[0]
}

func (c *csvReader) skip() {
	_, _ = c.r.Discard(1) // it was peeked at
}

// delimiters a .csv may have.
const delimiters = ";,\t|"

// headerRows is how far down a header is looked for: some exports have a title first.
const headerRows = 20

// sampleRows is how many rows decide on the order of dates and the form of durations.
const sampleRows = 200

// openCSV finds the delimiter by which the file has most known headers.
func openCSV(ctx context.Context, path string) (*table, error) {
	var best *table
	for i := range len(delimiters) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		t, err := sampleCSV(path, delimiters[i])
		if err != nil {
			return nil, err
		}
		if t != nil && (best == nil || len(t.header.found) > len(best.header.found)) {
			best = t
		}
	}
	if best == nil {
		return nil, ErrNoTable
	}
	src, err := startCSV(path, best.delimiter)
	if err != nil {
		return nil, err
	}
	best.source = src
	return best, nil
}

func startCSV(path string, delimiter byte) (*csvReader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	text, err := decoded(f)
	if err != nil {
		_ = f.Close() // only read from
		return nil, fmt.Errorf("read %s: %w", "the file", err)
	}
	return newCSVReader(text, delimiter, f), nil
}

// sampleCSV reads the beginning of a file with one delimiter; nil when it has no header.
func sampleCSV(path string, delimiter byte) (*table, error) {
	r, err := startCSV(path, delimiter)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.close() }() // only read from
	t := &table{delimiter: delimiter}
	for read := 0; read < headerRows+sampleRows; read++ {
		cells, row, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil && t.header.about == nothing {
			return nil, nil // with another delimiter it may be a table
		}
		if err != nil {
			break // tells when the rows are read
		}
		if t.header.about != nothing {
			t.sample(cells, nil)
			continue
		}
		if read >= headerRows {
			break
		}
		if h, ok := readHeader(cells, row); ok && h.about == interactions {
			t.header = h
		}
	}
	if t.header.about == nothing {
		return nil, nil
	}
	return t, nil
}

// looksLikeText refuses files that are neither a workbook nor text.
func looksLikeText(start []byte) bool {
	if strings.HasPrefix(string(start), "%PDF") || strings.HasPrefix(string(start), "\x89PNG") {
		return false
	}
	if zeros(start, 0) || zeros(start, 1) {
		return true
	}
	control := 0
	for _, b := range start {
		if b < ' ' && b != '\t' && b != '\r' && b != '\n' {
			control++
		}
	}
	return control*20 <= len(start)
}
