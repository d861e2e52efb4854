package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/xuri/excelize/v2"
)

// spoolBytes is the size from which a sheet is unpacked to the temporary folder instead of
// memory.
const spoolBytes = 1 << 20

// days1904 is how far the calendar of old Macintosh workbooks lies behind the other.
const days1904 = 1462

// maxRow is the last row a sheet can have.
const maxRow = 1 << 20

// openWorkbook finds the tables of a workbook. Sheets without a known header are passed over.
func openWorkbook(ctx context.Context, path, temp string) (_ *excelize.File, tables []*table, err error) {
	s, err := inspectFile(ctx, path)
	if err != nil {
		return nil, nil, err
	}
	defer recovered(&err)
	book, err := excelize.OpenFile(path, excelize.Options{
		UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: spoolBytes, TmpDir: temp,
	})
	if err != nil {
		if errors.Is(err, excelize.ErrWorkbookPassword) || errors.Is(err, excelize.ErrWorkbookFileFormat) {
			return nil, nil, ErrEncrypted
		}
		return nil, nil, fmt.Errorf("%w: open the workbook", ErrBroken)
	}
	shift := int64(0)
	if props, err := book.GetWorkbookProps(); err == nil && props.Date1904 != nil && *props.Date1904 {
		shift = days1904
	}
	for _, name := range book.GetSheetList() {
		if err := ctx.Err(); err != nil {
			return book, nil, err
		}
		t, err := sampleSheet(book, name)
		if err != nil {
			return book, nil, err
		}
		if t != nil {
			t.expected, t.shift = s.rows[name], shift
			tables = append(tables, t)
		}
	}
	return book, tables, nil
}

// recovered turns a panic of the library over a malformed part into an error.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%w: a part cannot be understood", ErrBroken)
	}
}

func inspectFile(ctx context.Context, path string) (shape, error) {
	f, err := os.Open(path)
	if err != nil {
		return shape{}, err
	}
	defer func() { _ = f.Close() }() // only read from
	info, err := f.Stat()
	if err != nil {
		return shape{}, err
	}
	return inspect(ctx, f, info.Size())
}

// sampleSheet reads the beginning of a sheet, once as numbers and once as shown: a
// duration is a fraction of a day when its format shows it with colons.
func sampleSheet(book *excelize.File, name string) (*table, error) {
	raw, err := newSheetReader(book, name, true)
	if err != nil {
		return nil, nil // a chart or a dialog
	}
	defer func() { _ = raw.close() }() // only read from
	shown, err := newSheetReader(book, name, false)
	if err != nil {
		return nil, nil
	}
	defer func() { _ = shown.close() }()
	t := &table{name: name}
	for read := 0; read < headerRows+sampleRows; read++ {
		cells, row, err := raw.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		texts, _, err := shown.next()
		if err != nil {
			return nil, err
		}
		if t.header.about != nothing {
			t.sample(cells, texts)
			continue
		}
		if read >= headerRows {
			break
		}
		if h, ok := readHeader(cells, row); ok {
			t.header = h
		}
	}
	if t.header.about == nothing {
		return nil, nil
	}
	return t, nil
}

// sheetReader gives the rows of a sheet that have cells.
type sheetReader struct {
	rows    *excelize.Rows
	options excelize.Options
	row     int
	// expected is how many rows the part has at least. The library takes a part that
	// cannot be understood for one that ends, and rows must not vanish in silence.
	expected int
}

func newSheetReader(book *excelize.File, name string, raw bool) (*sheetReader, error) {
	rows, err := book.Rows(name)
	if err != nil {
		return nil, err
	}
	return &sheetReader{rows: rows, options: excelize.Options{RawCellValue: raw}}, nil
}

func (s *sheetReader) close() error { return s.rows.Close() }

func (s *sheetReader) next() (_ []string, _ int, err error) {
	defer recovered(&err)
	for s.rows.Next() {
		if s.row++; s.row > maxRow {
			return nil, s.row, fmt.Errorf("%w: rows beyond the last", ErrBroken)
		}
		cells, err := s.rows.Columns(s.options)
		if err != nil {
			return nil, s.row, fmt.Errorf("%w: row %d", ErrBroken, s.row)
		}
		for _, cell := range cells {
			if len(cell) > maxCellBytes {
				return nil, s.row, ErrCellSize
			}
		}
		if len(cells) > 0 && strings.Join(cells, "") != "" {
			return cells, s.row, nil
		}
	}
	if err := s.rows.Error(); err != nil {
		return nil, s.row, fmt.Errorf("%w: after row %d", ErrBroken, s.row)
	}
	if s.row < s.expected {
		return nil, s.row, fmt.Errorf("%w: after row %d", ErrBroken, s.row)
	}
	return nil, s.row, io.EOF
}
