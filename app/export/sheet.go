package export

import (
	"strconv"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Excel's limits, kept on each sheet of a table. The bytes keep a part below the size at
// which a ZIP needs its 64-bit form, which some readers refuse in a workbook.
const (
	maxSheetRows  = 1_048_575 // besides the header
	maxSheetBytes = 3 << 30
)

// Bounds of a fitted column, in characters.
const (
	minWidth = 9
	maxWidth = 60
)

const sheetHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
	`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
	`<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView `

const sheetPane = `workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>` +
	`<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>` +
	`<sheetFormatPr defaultRowHeight="15"/><cols>`

const sheetPage = `<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>` +
	`<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>` +
	`<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>`

// sheet streams the rows of one worksheet into its part. The first block is held back
// until its rows have told how wide the columns are.
type sheet struct {
	out     *part
	buf     []byte
	ref     []string // column letters
	kinds   []kind
	widths  []int // characters
	styles  styles
	clock   *clock
	number  []byte // of the current row, as text
	rows    int    // besides the header
	bytes   int64  // before deflating
	cut     int64
	started bool
	first   bool // the sheet the workbook opens on
	failed  error
	// offsetStyle gives the style of a moment that carries its offset.
	offsetStyle func(offset string) (string, error)
}

func newSheet(out *part, header []string, kinds []kind, st styles, c *clock, first bool) (*sheet, error) {
	s := &sheet{
		out: out, buf: make([]byte, 0, blockBytes+blockBytes/8), kinds: kinds, styles: st, clock: c,
		ref: make([]string, len(kinds)), widths: make([]int, len(kinds)), first: first,
	}
	for i := range kinds {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return nil, err
		}
		s.ref[i] = name
	}
	s.number = append(s.number, '1')
	s.buf = append(s.buf, `<row r="1">`...)
	for i, title := range header {
		s.appendText(i, st.header, title)
		s.widths[i] = max(s.widths[i], utf8.RuneCountInString(title)+3) // room for the filter's arrow
	}
	s.buf = append(s.buf, `</row>`...)
	return s, nil
}

// begin starts the next row.
func (s *sheet) begin() {
	s.rows++
	s.number = strconv.AppendInt(s.number[:0], int64(s.rows)+1, 10)
	s.buf = append(s.buf, `<row r="`...)
	s.buf = append(s.buf, s.number...)
	s.buf = append(s.buf, `">`...)
}

// end closes the row and passes a full block on.
func (s *sheet) end() error {
	s.buf = append(s.buf, `</row>`...)
	if len(s.buf) < blockBytes || s.failed != nil {
		return s.failed
	}
	return s.flush()
}

// cell appends one value. Blank values have no cell.
func (s *sheet) cell(col int, c cell) {
	if c.blank() {
		return
	}
	switch c.kind {
	case text:
		s.appendText(col, s.styles.text, c.s)
	case moment:
		days, seconds := s.clock.wall(c.n)
		if days += unixDay; days < firstSerial {
			s.appendText(col, s.styles.text, string(s.clock.appendText(nil, c.n)))
			return
		}
		style := s.momentStyle(c.n)
		s.open(col, style)
		if style != s.styles.moment {
			s.widen(col, 28)
		}
		s.buf = append(s.buf, `"><v>`...)
		s.buf = appendSerial(s.buf, days, seconds)
		s.buf = append(s.buf, `</v></c>`...)
		s.widen(col, 21)
	case span:
		s.open(col, s.styles.span)
		s.buf = append(s.buf, `"><v>`...)
		s.buf = appendSerial(s.buf, c.n/86400, c.n%86400)
		s.buf = append(s.buf, `</v></c>`...)
	case count:
		s.open(col, s.styles.count)
		s.buf = append(s.buf, `"><v>`...)
		s.buf = strconv.AppendInt(s.buf, c.n, 10)
		s.buf = append(s.buf, `</v></c>`...)
	}
}

// momentStyle is the style of moments, or the one with the offset where the wall time comes twice.
func (s *sheet) momentStyle(ms int64) string {
	offset, twice := s.clock.twice(ms)
	if !twice {
		return s.styles.moment
	}
	style, err := s.offsetStyle(offset)
	if err != nil {
		s.failed = err // told when the row ends
		return s.styles.moment
	}
	return style
}

func (s *sheet) open(col int, style string) {
	s.buf = append(s.buf, `<c r="`...)
	s.buf = append(s.buf, s.ref[col]...)
	s.buf = append(s.buf, s.number...)
	s.buf = append(s.buf, `" s="`...)
	s.buf = append(s.buf, style...)
}

func (s *sheet) appendText(col int, style, value string) {
	s.buf = append(s.buf, `<c r="`...)
	s.buf = append(s.buf, s.ref[col]...)
	s.buf = append(s.buf, s.number...)
	s.buf = append(s.buf, `" s="`...)
	s.buf = append(s.buf, style...)
	s.buf = append(s.buf, `" t="inlineStr"><is><t`...)
	if spaced(value) {
		s.buf = append(s.buf, ` xml:space="preserve"`...)
	}
	s.buf = append(s.buf, '>')
	var cut bool
	if s.buf, cut = appendXML(s.buf, value); cut {
		s.cut++
	}
	s.buf = append(s.buf, `</t></is></c>`...)
	if !s.started {
		s.widen(col, utf8.RuneCountInString(value)+1)
	}
}

func (s *sheet) widen(col, chars int) {
	if !s.started && s.widths[col] < chars {
		s.widths[col] = min(chars, maxWidth)
	}
}

// flush passes the buffer on as one block, with the head before the first.
func (s *sheet) flush() error {
	s.bytes += int64(len(s.buf))
	if !s.started {
		s.started = true
		next, err := s.out.put(s.head())
		if err != nil {
			return err
		}
		rows := s.buf
		s.buf = next
		if next, err = s.out.put(rows); err != nil {
			return err
		}
		s.buf = next
		return nil
	}
	next, err := s.out.put(s.buf)
	s.buf = next
	return err
}

// head is everything before the first row.
func (s *sheet) head() []byte {
	head := append([]byte(nil), sheetHead...)
	if s.first {
		head = append(head, `tabSelected="1" `...)
	}
	head = append(head, sheetPane...)
	for i, width := range s.widths {
		head = append(head, `<col min="`...)
		head = strconv.AppendInt(head, int64(i)+1, 10)
		head = append(head, `" max="`...)
		head = strconv.AppendInt(head, int64(i)+1, 10)
		head = append(head, `" width="`...)
		head = strconv.AppendInt(head, int64(max(width, minWidth)), 10)
		head = append(head, `" style="`...)
		head = append(head, s.styles.of(s.kinds[i])...)
		head = append(head, `" customWidth="1"/>`...)
	}
	return append(head, `</cols><sheetData>`...)
}

// finish writes what stands after the rows and closes the part.
func (s *sheet) finish() error {
	if !s.started {
		if err := s.flush(); err != nil {
			return err
		}
	}
	all := s.area()
	s.buf = append(s.buf, `</sheetData><autoFilter ref="`...)
	s.buf = append(s.buf, all...)
	s.buf = append(s.buf, `"/>`...)
	s.buf = append(s.buf, sheetPage...)
	// Phone numbers and ids are text on purpose; without this each gets a green corner.
	s.buf = append(s.buf, `<ignoredErrors><ignoredError sqref="`...)
	s.buf = append(s.buf, all...)
	s.buf = append(s.buf, `" numberStoredAsText="1"/></ignoredErrors></worksheet>`...)
	return s.flush()
}

// area is the range of header and rows.
func (s *sheet) area() string {
	return "A1:" + s.ref[len(s.ref)-1] + strconv.Itoa(s.rows+1)
}
