package export

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// Table is a small table that is no list of interactions.
type Table struct {
	Sheet  string // its name in a workbook
	Header []string
	Rows   [][]any // string, int or time.Time; nil is an empty cell
	Zone   *time.Location
	CSV    Dialect
}

// WriteTableFile writes a table to a file, as .xlsx or .csv, the whole file or none. Text is never a
// formula in either.
func WriteTableFile(ctx context.Context, path string, format Format, t Table) (Result, error) {
	return replaceFile(ctx, path, func(w io.Writer) (Result, error) {
		result := Result{Rows: int64(len(t.Rows))}
		switch format {
		case CSV:
			return result, t.writeCSV(w)
		case XLSX:
			return result, t.writeWorkbook(w)
		}
		return Result{}, fmt.Errorf("%w: %q", ErrFormat, format)
	})
}

func (t Table) writeCSV(w io.Writer) error {
	var buf bytes.Buffer
	if t.CSV.BOM {
		buf.WriteString("\uFEFF")
	}
	out := csv.NewWriter(&buf)
	out.Comma, out.UseCRLF = rune(t.CSV.Delimiter), true
	if err := out.Write(t.Header); err != nil {
		return err
	}
	for _, row := range t.Rows {
		line := make([]string, len(row))
		for i, value := range row {
			switch value := value.(type) {
			case nil:
			case string:
				line[i] = Inert(value)
			case time.Time:
				line[i] = value.In(t.Zone).Format(time.DateTime)
			default:
				line[i] = fmt.Sprint(value)
			}
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return err
	}
	_, err := buf.WriteTo(w)
	return err
}

func (t Table) writeWorkbook(w io.Writer) (err error) {
	book := excelize.NewFile()
	defer func() {
		if closed := book.Close(); err == nil {
			err = closed
		}
	}()
	if err := book.SetSheetName(book.GetSheetName(0), t.Sheet); err != nil {
		return err
	}
	out, err := book.NewStreamWriter(t.Sheet)
	if err != nil {
		return err
	}
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	date := "yyyy-mm-dd hh:mm:ss"
	dated, err := book.NewStyle(&excelize.Style{CustomNumFmt: &date})
	if err != nil {
		return err
	}
	if err := t.writeSheet(out, bold, dated); err != nil {
		return err
	}
	return book.Write(w)
}

func (t Table) writeSheet(out *excelize.StreamWriter, bold, dated int) error {
	const width = 20 // characters
	if err := out.SetColWidth(1, len(t.Header), width); err != nil {
		return err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	line := make([]any, len(t.Header))
	for i, title := range t.Header {
		line[i] = excelize.Cell{StyleID: bold, Value: title}
	}
	for n := 0; ; n++ {
		if err := out.SetRow(fmt.Sprintf("A%d", n+1), line); err != nil {
			return err
		}
		if n == len(t.Rows) {
			return out.Flush()
		}
		line = make([]any, len(t.Rows[n]))
		for i, value := range t.Rows[n] {
			if at, ok := value.(time.Time); ok {
				wall := at.In(t.Zone)
				value = excelize.Cell{StyleID: dated, Value: time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, time.UTC)}
			}
			if text, ok := value.(string); ok {
				value = strings.ToValidUTF8(text, "\uFFFD")
			}
			line[i] = value
		}
	}
}
