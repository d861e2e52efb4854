package export

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// maxBookBytes keeps a workbook below the size at which its ZIP directory needs 64 bits.
const maxBookBytes = 4<<30 - 64<<20

// styles are the numbers of the cell formats, as text for the sheet stream.
type styles struct {
	header, text, moment, span, count, share string
}

func (st styles) of(k kind) string {
	switch k {
	case moment:
		return st.moment
	case span:
		return st.span
	case count:
		return st.count
	}
	return st.text
}

// book is a workbook in the making: excelize's part of it and the ZIP both write to.
type book struct {
	req      Request
	file     *excelize.File
	out      *counter
	zip      *zip.Writer
	styles   styles
	words    *vocabulary
	streamed map[string]bool // parts that are in the ZIP already
	begun    bool            // the sheet that every workbook begins with has a name of ours
	cut      int64
	offsets  map[string]string         // styles of moments that carry an offset, by offset
	props    []excelize.CustomProperty // of the sheets
	when     string                    // number format of a moment
}

func newBook(w io.Writer, req Request) (*book, error) {
	b := &book{
		req: req, file: excelize.NewFile(), out: &counter{w: w},
		words: req.tableWords(), streamed: map[string]bool{}, offsets: map[string]string{},
	}
	b.zip = zip.NewWriter(b.out)
	b.when = "yyyy-mm-dd h:mm:ss"
	if req.Region == RegionCS {
		b.when = "d. m. yyyy h:mm:ss"
	}
	header := &excelize.Style{
		Font:      &excelize.Font{Bold: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E3EEFF"}},
		Alignment: &excelize.Alignment{Vertical: "center"},
		NumFmt:    49,
	}
	for _, style := range []struct {
		id    *string
		style *excelize.Style
	}{
		{&b.styles.header, header},
		{&b.styles.text, &excelize.Style{NumFmt: 49}}, // 49 is "@", Text
		{&b.styles.moment, &excelize.Style{CustomNumFmt: &b.when}},
		{&b.styles.span, &excelize.Style{CustomNumFmt: new("[h]:mm:ss")}},
		{&b.styles.count, &excelize.Style{NumFmt: 1}},
		{&b.styles.share, &excelize.Style{CustomNumFmt: new("0.0%")}},
	} {
		id, err := b.file.NewStyle(style.style)
		if err != nil {
			return nil, fmt.Errorf("make cell style: %w", err)
		}
		*style.id = strconv.Itoa(id)
	}
	return b, nil
}

// offsetStyle is the style of a moment whose wall time comes twice: the cell stays a date that sorts and
// counts, and its format shows which of the two it is. A column of its own would stand empty all year,
// and text among dates would fall out of every sum and filter.
func (b *book) offsetStyle(offset string) (string, error) {
	if style, ok := b.offsets[offset]; ok {
		return style, nil
	}
	format := b.when + ` "` + offset + `"`
	id, err := b.file.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return "", fmt.Errorf("make cell style: %w", err)
	}
	b.offsets[offset] = strconv.Itoa(id)
	return b.offsets[offset], nil
}

// addSheet adds a sheet after the others and returns the name of its part in the ZIP,
// which excelize numbers in order.
func (b *book) addSheet(name string) (string, error) {
	if !b.begun {
		b.begun = true
		return "xl/worksheets/sheet1.xml", b.file.SetSheetName("Sheet1", name)
	}
	if _, err := b.file.NewSheet(name); err != nil {
		return "", err
	}
	return "xl/worksheets/sheet" + strconv.Itoa(b.file.SheetCount) + ".xml", nil
}

// writeTable streams rows into as many sheets as they need. See is called with each row.
func writeTable[T any](
	ctx context.Context, b *book, of, title string, columns []column[T], rows iter.Seq2[T, error], see func(*T),
) error {
	t := &table{book: b, title: title, header: headers(columns, b.req), words: description(of, columns)}
	for _, c := range columns {
		t.kinds = append(t.kinds, c.kind)
	}
	if err := t.next(); err != nil {
		return err
	}
	err := t.fill(func() error {
		n := 0
		for row, err := range rows {
			if err != nil {
				return fmt.Errorf("read row %d: %w", n+1, err)
			}
			if n++; n%checkRows == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			if t.full() {
				if err := t.turn(); err != nil {
					return err
				}
			}
			t.sheet.begin()
			for i := range columns {
				t.sheet.cell(i, columns[i].value(&row, b.words))
			}
			if err := t.sheet.end(); err != nil {
				return err
			}
			see(&row)
		}
		return ctx.Err()
	})
	return err
}

// table is the run of sheets that hold one table.
type table struct {
	book   *book
	title  string
	header []string
	words  []string // that describe the columns
	kinds  []kind
	sheets int
	name   string
	part   *part
	sheet  *sheet
}

// fill runs write and closes the last part whatever came of it, so that no worker stays.
func (t *table) fill(write func() error) error {
	err := write()
	if err == nil {
		return t.end()
	}
	if t.part != nil {
		_ = t.part.close() // the first error is the one to tell
	}
	return err
}

func (t *table) full() bool {
	rows, bytes := t.book.req.sheetRows, t.book.req.sheetBytes
	if rows == 0 {
		rows = maxSheetRows
	}
	if bytes == 0 {
		bytes = maxSheetBytes
	}
	return t.sheet.rows >= rows || t.sheet.bytes >= bytes
}

// turn goes on to the next sheet.
func (t *table) turn() error {
	if err := t.end(); err != nil {
		return err
	}
	return t.next()
}

func (t *table) next() error {
	t.sheets++
	t.name = sheetName(t.title, t.sheets)
	path, err := t.book.addSheet(t.name)
	if err != nil {
		return fmt.Errorf("add sheet: %w", err)
	}
	if t.part, err = newPart(t.book.zip, path); err != nil {
		return err
	}
	first := len(t.book.streamed) == 0
	t.book.streamed[path] = true
	t.book.describeSheet(t.name, t.words)
	t.sheet, err = newSheet(t.part, t.header, t.kinds, t.book.styles, newClock(t.book.req.zone(), t.book.req.pattern()), first)
	if err == nil {
		t.sheet.offsetStyle = t.book.offsetStyle
	}
	return err
}

// end completes the current sheet and gives it its filter and print titles.
func (t *table) end() error {
	err := t.sheet.finish()
	if closeErr := t.part.close(); err == nil {
		err = closeErr
	}
	t.part = nil
	if err != nil {
		return err
	}
	t.book.cut += t.sheet.cut
	if err := t.book.file.AutoFilter(t.name, t.sheet.area(), nil); err != nil {
		return fmt.Errorf("name the filter's range: %w", err)
	}
	return t.book.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: t.name,
		RefersTo: "'" + strings.ReplaceAll(t.name, "'", "''") + "'!$1:$1",
	})
}

// sheetName is title, with a number from the second sheet on, without the characters
// Excel refuses in a sheet's name and within its 31 characters.
func sheetName(title string, number int) string {
	title = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		return r
	}, title)
	suffix := ""
	if number > 1 {
		suffix = " (" + strconv.Itoa(number) + ")"
	}
	for utf8.RuneCountInString(title)+len(suffix) > 31 {
		_, size := utf8.DecodeLastRuneInString(title)
		title = title[:len(title)-size]
	}
	return title + suffix
}

// finish lets excelize write everything that is not streamed and closes the ZIP.
func (b *book) finish() error {
	b.file.SetActiveSheet(0)
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return &rest{book: b} })
	if _, err := b.file.WriteToBuffer(); err != nil {
		return fmt.Errorf("complete the workbook: %w", err)
	}
	return b.file.Close()
}

// rest is what excelize writes its parts to. The sheets that are streamed already exist
// for excelize as empty ones; those it writes in vain.
type rest struct {
	book *book
	name string       // of the part in held
	held bytes.Buffer // a part that is tidied once it is complete
}

func (r *rest) Create(name string) (io.Writer, error) {
	if err := r.release(); err != nil {
		return nil, err
	}
	switch {
	case r.book.streamed[name]:
		return io.Discard, nil
	case untidy(name):
		r.name = name
		return &r.held, nil
	}
	return r.book.zip.Create(name)
}

// release writes the part that was held back.
func (r *rest) release() error {
	if r.name == "" {
		return nil
	}
	part, err := tidy(r.held.Bytes())
	if err != nil {
		return err
	}
	w, err := r.book.zip.Create(r.name)
	if err != nil {
		return err
	}
	r.name = ""
	r.held.Reset()
	_, err = w.Write(part)
	return err
}

func (r *rest) AddFS(fsys fs.FS) error { return r.book.zip.AddFS(fsys) }

func (r *rest) Close() error {
	if err := r.release(); err != nil {
		return err
	}
	return r.book.zip.Close()
}

// counter counts what is written and stops a workbook no reader could open.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	if c.n += int64(len(p)); c.n > maxBookBytes {
		return 0, ErrTooLarge
	}
	return c.w.Write(p)
}
