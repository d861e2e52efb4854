package export

import (
	"context"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gocarina/gocsv"
	"golang.org/x/sync/errgroup"

	"wapdesk/store/listing"
)

// csvBuffer is how many bytes are gathered before they are written.
const csvBuffer = 128 << 10

// csvBatch is how many rows are given to gocsv at a time.
const csvBatch = 512

// csvRow is a row as gocsv sees it: a list of cells. The tag's number is the most columns
// a row can have; cells beyond the chosen columns stay empty and are not written.
type csvRow struct {
	Cells []string `csv:"cell" csv[]:"32"`
}

// writeCSV writes a .csv file. The rows go through gocsv in batches, with a writer of
// their own instead of gocsv's globals, and on a goroutine of their own: turning rows into
// text and text into lines take about the same time.
func writeCSV(
	ctx context.Context, w io.Writer, req Request, rows iter.Seq2[listing.Record, error], seen *tally,
) (Result, error) {
	columns := req.chosen()
	out := newCSVWriter(w, req.CSV, len(columns))
	if err := out.Write(headers(columns, req)); err != nil {
		return Result{}, err
	}
	const batches = 3 // one being filled, one being written, one between
	full, free := make(chan *batch, batches), make(chan *batch, batches)
	for range batches {
		free <- newBatch(len(columns))
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		for b := range full {
			if err := gocsv.MarshalCSVWithoutHeaders(b.rows(), out); err != nil {
				return err // ends ctx, which ends the filling
			}
			b.reset()
			free <- b
		}
		return nil
	})
	err := fillBatches(ctx, req, columns, rows, full, free, seen)
	close(full)
	if written := group.Wait(); written != nil {
		err = written
	}
	if err != nil {
		return Result{}, err
	}
	out.Flush()
	return Result{Bytes: out.bytes}, out.Error()
}

// fillBatches renders rows into free batches and passes them on as full.
func fillBatches(
	ctx context.Context, req Request, columns []column[listing.Record], rows iter.Seq2[listing.Record, error],
	full, free chan *batch, seen *tally,
) error {
	render, words := newRenderer(req), newVocabulary(req.Words, req.Raw)
	current, n := <-free, 0
	for row, err := range rows {
		if n++; err != nil {
			return fmt.Errorf("read row %d: %w", n, err)
		}
		for i := range columns {
			current.add(columns[i].value(&row, words), render)
		}
		seen.add()
		if !current.end() {
			continue
		}
		full <- current // never blocks: there are no more batches than places
		select {
		case current = <-free:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	full <- current
	return ctx.Err()
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
	w         io.Writer
	buf       []byte
	delimiter byte
	plain     [256]bool // bytes that need neither quotes nor a look at the encoding
	width     int
	bytes     int64
	err       error
}

func newCSVWriter(w io.Writer, d Dialect, width int) *csvWriter {
	c := &csvWriter{w: w, delimiter: d.Delimiter, width: width, buf: make([]byte, 0, csvBuffer+csvBuffer/4)}
	for b := range utf8.RuneSelf {
		c.plain[b] = b != '"' && b != '\r' && b != '\n' && b != int(d.Delimiter)
	}
	if d.BOM {
		c.buf = append(c.buf, "\uFEFF"...)
	}
	return c
}

// Write writes the first cells of a row, as many as the file has columns.
func (c *csvWriter) Write(row []string) error {
	for i, value := range row[:c.width] {
		if i > 0 {
			c.buf = append(c.buf, c.delimiter)
		}
		c.cell(value)
	}
	c.buf = append(c.buf, "\r\n"...)
	if len(c.buf) >= csvBuffer {
		c.Flush()
	}
	return c.err
}

func (c *csvWriter) cell(value string) {
	quote := value == "" && c.width == 1 // would be an empty line, which readers skip
	for i := 0; i < len(value); i++ {
		if c.plain[value[i]] {
			continue
		}
		if value[i] < utf8.RuneSelf {
			quote = true
		} else if r, size := utf8.DecodeRuneInString(value[i:]); r != utf8.RuneError || size > 1 {
			i += size - 1
		} else {
			c.cell(string([]rune(value))) // each wrong byte becomes U+FFFD, as in workbooks
			return
		}
	}
	if !quote {
		c.buf = append(c.buf, value...)
		return
	}
	c.buf = append(c.buf, '"')
	for {
		at := strings.IndexByte(value, '"')
		if at < 0 {
			break
		}
		c.buf = append(append(c.buf, value[:at+1]...), '"')
		value = value[at+1:]
	}
	c.buf = append(append(c.buf, value...), '"')
}

// Flush passes everything on; Error tells how that went.
func (c *csvWriter) Flush() {
	if c.err == nil && len(c.buf) > 0 {
		var n int
		n, c.err = c.w.Write(c.buf)
		c.bytes += int64(n)
	}
	c.buf = c.buf[:0]
}

// Error returns the first error of a write.
func (c *csvWriter) Error() error { return c.err }
