package intake

import (
	"bufio"
	"context"
	"errors"
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

// dialect is how a text file is written.
type dialect struct {
	charset   charset
	delimiter byte
	backslash bool // a quotation mark within quotation marks is \" instead of ""
}

// csvReader reads delimited text. Unlike encoding/csv it has limits, forgives quotation
// marks within cells, and keeps the line breaks of a cell as they are.
type csvReader struct {
	r       *bufio.Reader
	dialect dialect
	row     int
	cells   []cell
	cell    []byte
	bytes   int  // of the row
	open    bool // the last row ended within quotation marks
	escapes bool // the last row has \" within quotation marks
	closer  io.Closer
}

// startCSV opens a text file at its first row.
func startCSV(ctx context.Context, path string, d dialect) (*csvReader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable(err)
	}
	text, err := d.charset.decoded(ctx, f)
	if err != nil {
		return nil, errors.Join(unreadable(err), f.Close())
	}
	return &csvReader{r: bufio.NewReaderSize(text, 64<<10), dialect: d, closer: f}, nil
}

func (c *csvReader) close() error { return c.closer.Close() }

func (c *csvReader) next() ([]cell, int, error) {
	for {
		cells, err := c.record()
		if err != nil {
			return nil, c.row, err
		}
		if len(cells) > 1 || cells[0].text != "" {
			return cells, c.row, nil
		}
	}
}

// record reads one record; an empty line is a record of one empty cell. An empty cell in
// quotation marks reads the same, so both are passed over by next.
func (c *csvReader) record() ([]cell, error) {
	c.cells, c.cell, c.bytes, c.open, c.escapes = c.cells[:0], c.cell[:0], 0, false, false
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
			return nil, unreadable(err)
		}
		begun = true
		if c.bytes++; c.bytes > maxRowBytes || len(c.cell) > maxCellBytes || len(c.cells) > maxRowCells {
			return nil, ErrCellSize
		}
		switch {
		case quoted && b == '\\' && c.peek() == '"':
			c.escapes = true
			if c.dialect.backslash {
				c.skip()
				b = '"'
			}
			c.cell = append(c.cell, b)
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
		case b == c.dialect.delimiter:
			c.cells = append(c.cells, cell{text: string(c.cell)})
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

func (c *csvReader) endCell() ([]cell, error) {
	c.cells = append(c.cells, cell{text: string(c.cell)})
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

// openCSV finds the encoding and the delimiter by which the file has most known headers.
func openCSV(ctx context.Context, path string) (*table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable(err)
	}
	possible, err := charsets(ctx, f)
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, unreadable(err)
	}
	var best *table
	for _, charset := range possible {
		for i := range len(delimiters) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			t, err := headCSV(ctx, path, dialect{charset: charset, delimiter: delimiters[i]})
			if err != nil {
				return nil, err
			}
			if t != nil && (best == nil || len(t.header.found) > len(best.header.found)) {
				best = t
			}
		}
	}
	if best == nil {
		return nil, ErrNoTable
	}
	return best, nil
}

// headCSV looks for a header with one encoding and delimiter; nil when there is none.
func headCSV(ctx context.Context, path string, d dialect) (*table, error) {
	r, err := startCSV(ctx, path, d)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.close() }() // only read from
	for range headerRows {
		cells, row, err := r.next()
		if errors.Is(err, io.EOF) || errors.Is(err, ErrCellSize) { // with another delimiter it may be a table
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if h, ok := readHeader(cells, row); ok && h.about == interactions {
			return &table{dialect: &d, header: h, start: func(ctx context.Context, d dialect) (source, error) {
				return startCSV(ctx, path, d)
			}}, nil
		}
	}
	return nil, nil
}

// looksLikeText refuses files that are neither a workbook nor text.
func looksLikeText(start []byte) bool {
	if strings.HasPrefix(string(start), "%PDF") || strings.HasPrefix(string(start), "\x89PNG") {
		return false
	}
	if zeros(start, 2, 0) || zeros(start, 2, 1) || zeros(start, 4, 1, 2) {
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
