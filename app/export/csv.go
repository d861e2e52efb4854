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

// csvBatch is how many rows are given to gocsv at a time.
const csvBatch = 1024

// csvRow is a row as gocsv sees it: one text. Given the cells one by one, gocsv boxes each
// of them by reflection, which takes three quarters of an export's time; so the cells of a
// row are joined underneath it, in the same way the workbook's rows are.
type csvRow struct {
	Line string `csv:"line"`
}

// writeCSV writes a .csv file. The rows go through gocsv in batches, with a writer of
// their own instead of gocsv's globals, and on a goroutine of their own, so that writing
// does not wait for reading.
func writeCSV(
	ctx context.Context, w io.Writer, req Request, rows iter.Seq2[listing.Record, error], seen *tally,
) (Result, error) {
	columns := req.chosen()
	out := &csvWriter{w: w}
	lines := newLines(req, len(columns))
	if req.CSV.BOM {
		lines.buf = append(lines.buf, "\uFEFF"...)
	}
	for _, title := range headers(columns, req) {
		lines.add(textCell(title))
	}
	const batches = 3 // one being filled, one being written, one between
	full, free := make(chan []csvRow, batches), make(chan []csvRow, batches)
	for range batches {
		free <- make([]csvRow, 0, csvBatch)
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		for batch := range full {
			if err := gocsv.MarshalCSVWithoutHeaders(batch, out); err != nil {
				return err // ends ctx, which ends the filling
			}
			free <- batch[:0]
		}
		return nil
	})
	err := fillBatches(ctx, req, columns, rows, lines, full, free, seen)
	close(full)
	if written := group.Wait(); written != nil {
		err = written
	}
	return Result{Bytes: out.bytes}, err
}

// fillBatches renders rows into free batches and passes them on as full. The line of the
// headers has been begun in lines.
func fillBatches(
	ctx context.Context, req Request, columns []column[listing.Record], rows iter.Seq2[listing.Record, error],
	lines *lines, full, free chan []csvRow, seen *tally,
) error {
	words := req.tableWords()
	batch, n := <-free, 0
	lines.end()
	for row, err := range rows {
		if n++; err != nil {
			return fmt.Errorf("read row %d: %w", n, err)
		}
		for i := range columns {
			lines.add(columns[i].value(&row, words))
		}
		lines.end()
		seen.add()
		if len(lines.ends) < csvBatch {
			continue
		}
		full <- lines.take(batch) // never blocks: there are no more batches than places
		select {
		case batch = <-free:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	full <- lines.take(batch)
	return ctx.Err()
}

// lines joins cells to lines of a .csv file: quotes where they are needed, CRLF at the
// end. It is not encoding/csv because that turns line breaks within a cell into its own
// kind, and a transcript has to come back as it was.
type lines struct {
	render *renderer
	buf    []byte
	ends   []int // of each line in buf
	width  int
	begun  bool // the line has a cell already
	comma  byte
	plain  [256]bool // bytes that need neither quotes nor a look at the encoding
}

func newLines(req Request, width int) *lines {
	l := &lines{render: newRenderer(req), width: width, comma: req.CSV.Delimiter, ends: make([]int, 0, csvBatch)}
	for b := range utf8.RuneSelf {
		l.plain[b] = b != '"' && b != '\r' && b != '\n' && b != int(l.comma)
	}
	return l
}

func (l *lines) add(c cell) {
	if l.begun {
		l.buf = append(l.buf, l.comma)
	}
	l.begun = true
	if c.kind == text {
		l.text(l.render.inert(c.s))
		return
	}
	l.buf = l.render.append(l.buf, c)
	if l.width == 1 && c.blank() {
		l.text("")
	}
}

func (l *lines) text(s string) {
	quote := s == "" && l.width == 1 // would be an empty line, which readers skip
	for i := 0; i < len(s); i++ {
		if l.plain[s[i]] {
			continue
		}
		if s[i] < utf8.RuneSelf {
			quote = true
		} else if r, size := utf8.DecodeRuneInString(s[i:]); r != utf8.RuneError || size > 1 {
			i += size - 1
		} else {
			l.text(string([]rune(s))) // each wrong byte becomes U+FFFD, as in workbooks
			return
		}
	}
	if !quote {
		l.buf = append(l.buf, s...)
		return
	}
	l.buf = append(l.buf, '"')
	for {
		at := strings.IndexByte(s, '"')
		if at < 0 {
			break
		}
		l.buf = append(append(l.buf, s[:at+1]...), '"')
		s = s[at+1:]
	}
	l.buf = append(append(l.buf, s...), '"')
}

// end closes a line.
func (l *lines) end() {
	l.buf = append(l.buf, "\r\n"...)
	l.ends = append(l.ends, len(l.buf))
	l.begun = false
}

// take moves the lines into batch. They share one string.
func (l *lines) take(batch []csvRow) []csvRow {
	all, from := string(l.buf), 0
	for _, end := range l.ends {
		batch = append(batch, csvRow{Line: all[from:end]})
		from = end
	}
	l.buf, l.ends = l.buf[:0], l.ends[:0]
	return batch
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
	return Inert(s)
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

// csvWriter is the writer gocsv hands the lines to.
type csvWriter struct {
	w     io.Writer
	buf   []byte
	bytes int64
	err   error
}

// Write takes one line.
func (c *csvWriter) Write(row []string) error {
	c.buf = append(c.buf, row[0]...)
	return c.err
}

// Flush passes on what has been written; gocsv calls it after each batch. Error tells how
// that went.
func (c *csvWriter) Flush() {
	if c.err == nil {
		var n int
		n, c.err = c.w.Write(c.buf)
		c.bytes += int64(n)
	}
	c.buf = c.buf[:0]
}

// Error returns the first error of a write.
func (c *csvWriter) Error() error { return c.err }
