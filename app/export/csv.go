package export

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gocarina/gocsv"

	"wapdesk/store/listing"
)

// csvBatch is how many rows are given to gocsv at a time.
const csvBatch = 512

// csvRow is a row as gocsv sees it: a list of cells. The tag's number is the most columns
// a row can have; cells beyond the chosen columns stay empty and are not written.
type csvRow struct {
	Cells []string `csv:"cell" csv[]:"32"`
}

// writeCSV writes a .csv file. The rows go through gocsv in batches, with a writer of
// their own instead of gocsv's globals.
func writeCSV(
	ctx context.Context, w io.Writer, req Request, rows iter.Seq2[listing.Record, error], seen *tally,
) (Result, error) {
	columns := req.chosen()
	out := newCSVWriter(w, req.CSV, len(columns))
	if req.CSV.BOM {
		out.buf.WriteString("\uFEFF") // a failure shows at the next flush
	}
	if err := out.Write(headers(columns, req)); err != nil {
		return Result{}, err
	}
	render := newRenderer(req)
	words := newVocabulary(req.Words, req.Raw)
	batch := newBatch(len(columns))
	flush := func() error {
		if err := gocsv.MarshalCSVWithoutHeaders(batch.rows(), out); err != nil {
			return err
		}
		batch.reset()
		return ctx.Err()
	}
	n := 0
	for row, err := range rows {
		if n++; err != nil {
			return Result{}, fmt.Errorf("read row %d: %w", n, err)
		}
		for i := range columns {
			batch.add(columns[i].value(&row, words), render)
		}
		if batch.end() {
			if err := flush(); err != nil {
				return Result{}, err
			}
		}
		seen.add()
	}
	if err := flush(); err != nil {
		return Result{}, err
	}
	return Result{Bytes: out.bytes}, nil
}

// batch collects the cells of rows. Texts made on the way, of times and numbers, share one
// buffer that becomes one string a batch.
type batch struct {
	width int
	cells []string
	spans [][2]int32 // place of a made text in buf, empty for a text that is already there
	buf   []byte
	out   []csvRow
}

func newBatch(width int) *batch {
	return &batch{width: width, cells: make([]string, 0, csvBatch*width), spans: make([][2]int32, 0, csvBatch*width)}
}

func (b *batch) add(c cell, r *renderer) {
	if c.kind == text || c.blank() {
		s := c.s
		if c.kind == text {
			s = r.inert(s)
		}
		b.cells = append(b.cells, s)
		b.spans = append(b.spans, [2]int32{})
		return
	}
	from := int32(len(b.buf))
	b.buf = r.append(b.buf, c)
	b.cells = append(b.cells, "")
	b.spans = append(b.spans, [2]int32{from, int32(len(b.buf))})
}

// end closes a row and reports whether the batch is full.
func (b *batch) end() bool {
	b.out = append(b.out, csvRow{})
	return len(b.out) == csvBatch
}

func (b *batch) rows() []csvRow {
	made := string(b.buf)
	for i, span := range b.spans {
		if span[1] > 0 {
			b.cells[i] = made[span[0]:span[1]]
		}
	}
	for i := range b.out {
		b.out[i].Cells = b.cells[i*b.width : (i+1)*b.width]
	}
	return b.out
}

func (b *batch) reset() {
	b.cells, b.spans, b.buf, b.out = b.cells[:0], b.spans[:0], b.buf[:0], b.out[:0]
}

// renderer writes the cells of a .csv file and of the preview.
type renderer struct {
	clock   *clock
	seconds bool
	rawText bool
}

func newRenderer(req Request) *renderer {
	if req.Format == CSV {
		return &renderer{
			clock: newClock(req.zone(), req.CSV.Dates), seconds: req.CSV.Seconds, rawText: req.CSV.RawText,
		}
	}
	return &renderer{clock: newClock(req.zone(), req.pattern()), rawText: true}
}

func (r *renderer) inert(s string) string {
	if r.rawText {
		return s
	}
	return inert(s)
}

// append appends what a cell shows; nothing for a blank one.
func (r *renderer) append(dst []byte, c cell) []byte {
	if c.blank() {
		return dst
	}
	switch c.kind {
	case moment:
		return r.clock.appendText(dst, c.n)
	case span:
		if !r.seconds {
			return appendSpan(dst, c.n)
		}
		return strconv.AppendInt(dst, c.n, 10)
	case count:
		return strconv.AppendInt(dst, c.n, 10)
	}
	return append(dst, r.inert(c.s)...)
}

// csvWriter is the writer gocsv hands rows to: CRLF lines, quotes where they are needed.
// It is not encoding/csv because that turns line breaks within a cell into its own kind,
// and a transcript has to come back as it was.
type csvWriter struct {
	buf       *bufio.Writer
	delimiter byte
	special   string // characters that need quotes
	width     int
	bytes     int64
	sink      *counted
}

// counted counts the bytes that reach w.
type counted struct {
	w io.Writer
	n int64
}

func (c *counted) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

func newCSVWriter(w io.Writer, d Dialect, width int) *csvWriter {
	sink := &counted{w: w}
	return &csvWriter{
		buf: bufio.NewWriterSize(sink, 256<<10), sink: sink, delimiter: d.Delimiter, width: width,
		special: string(d.Delimiter) + "\"\r\n",
	}
}

// Write writes the first cells of a row, as many as the file has columns.
func (c *csvWriter) Write(row []string) error {
	for i, value := range row[:c.width] {
		if i > 0 {
			c.buf.WriteByte(c.delimiter)
		}
		if !utf8.ValidString(value) {
			value = string([]rune(value)) // each wrong byte becomes U+FFFD, as in workbooks
		}
		// A lone empty cell would make an empty line, which readers skip.
		if strings.ContainsAny(value, c.special) || value == "" && c.width == 1 {
			c.buf.WriteByte('"')
			c.buf.WriteString(strings.ReplaceAll(value, `"`, `""`))
			c.buf.WriteByte('"')
			continue
		}
		c.buf.WriteString(value)
	}
	_, err := c.buf.WriteString("\r\n") // bufio keeps the first error
	return err
}

// Flush passes everything on; Error tells how that went.
func (c *csvWriter) Flush() {
	_ = c.buf.Flush() // kept by bufio, see Error
	c.bytes = c.sink.n
}

// Error returns the first error of a write.
func (c *csvWriter) Error() error {
	return c.buf.Flush()
}
