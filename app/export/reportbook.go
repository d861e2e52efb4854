package export

import (
	"fmt"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// reportKeys are the texts of a report's own.
var reportKeys = []string{
	"report.sheet.cover", "report.figure", "report.now", "report.same", "report.then", "report.change", "report.changeShare",
	"report.total", "report.part", "report.points", "report.more", "report.unknown",
}

// reportBook is the workbook of a report: a cover, a sheet for each table with its chart, and where it comes from.
type reportBook struct {
	*book
	r                                  Report
	title, bold, wrap                  string
	boldUnits, units, changes, changed [3]string // by unit
}

func writeReportBook(w io.Writer, r Report) error {
	b, err := newBook(w, Request{Format: XLSX, Words: r.Words, Lang: r.Lang, Region: r.Region})
	if err != nil {
		return err
	}
	defer func() { _ = b.file.Close() }() // frees memory only
	rb := &reportBook{book: b, r: r}
	if err := rb.makeStyles(); err != nil {
		return err
	}
	if err := rb.cover(); err != nil {
		return fmt.Errorf("write the cover: %w", err)
	}
	for _, t := range r.Tables {
		if err := rb.table(t); err != nil {
			return fmt.Errorf("write a table: %w", err)
		}
	}
	if err := rb.about(); err != nil {
		return fmt.Errorf("write the about sheet: %w", err)
	}
	return b.finish()
}

// Number formats by unit. A negative span of time cannot be shown as one, so that changes are in seconds.
func (b *reportBook) makeStyles() error {
	plain := [3]string{"0", "0.0%", "[h]:mm:ss"}
	points := `" ` + b.r.Words("report.points") + `"`
	change := [3]string{"+0;-0;0", "+0.0" + points + ";-0.0" + points + ";0.0" + points, `+0" s";-0" s";0" s"`}
	of := func(id *string, s *excelize.Style) error {
		n, err := b.file.NewStyle(s)
		*id = strconv.Itoa(n)
		return err
	}
	for u := range plain {
		for _, made := range []struct {
			id     *string
			format string
			bold   bool
		}{{&b.units[u], plain[u], false}, {&b.boldUnits[u], plain[u], true}, {&b.changes[u], change[u], false}} {
			s := &excelize.Style{CustomNumFmt: &made.format}
			if made.bold {
				s.Font, s.Border = &excelize.Font{Bold: true}, topLine()
			}
			if err := of(made.id, s); err != nil {
				return fmt.Errorf("make cell style: %w", err)
			}
		}
	}
	growth := "+0%;-0%;0%"
	for id, s := range map[*string]*excelize.Style{
		&b.changed[0]: {CustomNumFmt: &growth},
		&b.title:      {Font: &excelize.Font{Bold: true, Size: 16}},
		&b.bold:       {Font: &excelize.Font{Bold: true}, Border: topLine(), NumFmt: 49},
		&b.wrap:       {NumFmt: 49, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}},
	} {
		if err := of(id, s); err != nil {
			return fmt.Errorf("make cell style: %w", err)
		}
	}
	return nil
}

func topLine() []excelize.Border { return []excelize.Border{{Type: "top", Color: "808080", Style: 1}} }

// put writes a value where it is known; share and span keep their number, so that Excel can go on with it.
func (b *reportBook) put(sheet string, col, row int, v Value, u Unit, style string) error {
	if !v.Known {
		return nil
	}
	ref, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return err
	}
	n := v.V
	if u == UnitSpan && style != b.changes[u] {
		n /= 86400
	}
	if err := b.file.SetCellFloat(sheet, ref, n, -1, 64); err != nil {
		return err
	}
	return b.style(sheet, ref, style)
}

func (b *reportBook) style(sheet, ref, style string) error {
	id, err := strconv.Atoi(style)
	if err != nil {
		return err
	}
	return b.file.SetCellStyle(sheet, ref, ref, id)
}

// lines writes texts below each other, over the width of the figures, and returns the next row.
func (b *reportBook) lines(sheet string, row int, texts []string, style string) (int, error) {
	for _, text := range texts {
		if err := b.set(sheet, 1, row, textCell(text), style); err != nil {
			return 0, err
		}
		row++
	}
	return row, nil
}

func (b *reportBook) cover() error {
	name := sheetName(b.r.Words("report.sheet.cover"), 1)
	if _, err := b.addSheet(name); err != nil {
		return err
	}
	row, err := b.lines(name, 1, []string{b.r.Title}, b.title)
	if err != nil {
		return err
	}
	if row, err = b.lines(name, row, b.r.Lines, b.styles.text); err != nil {
		return err
	}
	if row, err = b.lines(name, row, b.r.Notes, b.styles.text); err != nil {
		return err
	}
	row++
	heads := []string{"report.figure", "report.now"}
	if b.r.Compared {
		heads = append(heads, "report.same", "report.then", "report.change", "report.changeShare")
	}
	for i, key := range heads {
		if err := b.set(name, i+1, row, textCell(b.r.Words(key)), b.styles.header); err != nil {
			return err
		}
	}
	for _, f := range b.r.Figures {
		row++
		if err := b.figure(name, row, f); err != nil {
			return err
		}
	}
	return b.widths(name, 36, 5)
}

func (b *reportBook) figure(sheet string, row int, f ReportFigure) error {
	if err := b.set(sheet, 1, row, textCell(f.Label), b.styles.text); err != nil {
		return err
	}
	if err := b.put(sheet, 2, row, f.Now, f.Unit, b.units[f.Unit]); err != nil || !b.r.Compared {
		return err
	}
	difference, share := f.Change()
	if f.Unit == UnitShare {
		difference.V *= 100
	}
	for _, c := range []struct {
		col   int
		v     Value
		unit  Unit
		style string
	}{
		{3, f.Same, f.Unit, b.units[f.Unit]}, {4, f.Was, f.Unit, b.units[f.Unit]},
		{5, difference, f.Unit, b.changes[f.Unit]}, {6, share, UnitShare, b.changed[0]},
	} {
		if err := b.put(sheet, c.col, row, c.v, c.unit, c.style); err != nil {
			return err
		}
	}
	return nil
}

func (b *reportBook) widths(sheet string, first float64, others int) error {
	if err := b.file.SetColWidth(sheet, "A", "A", first); err != nil {
		return err
	}
	last, err := excelize.ColumnNumberToName(1 + others)
	if err != nil {
		return err
	}
	return b.file.SetColWidth(sheet, "B", last, 15)
}

func (b *reportBook) table(t ReportTable) error {
	name := sheetName(t.Title, 1)
	if _, err := b.addSheet(name); err != nil {
		return err
	}
	if err := b.set(name, 1, 1, textCell(t.Label), b.styles.header); err != nil {
		return err
	}
	for i, c := range t.Columns {
		if err := b.set(name, i+2, 1, textCell(c.Label), b.styles.header); err != nil {
			return err
		}
	}
	for n, r := range t.Rows {
		if err := b.row(name, n+2, t.Columns, r, b.styles.text, b.units); err != nil {
			return err
		}
	}
	if err := b.row(name, len(t.Rows)+2, t.Columns, t.Total, b.bold, b.boldUnits); err != nil {
		return err
	}
	if err := b.file.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := b.widths(name, 30, len(t.Columns)); err != nil {
		return err
	}
	if t.Chart == NoChart || len(t.Rows) == 0 {
		return nil
	}
	return b.chart(name, t)
}

func (b *reportBook) row(sheet string, row int, columns []ReportColumn, r ReportRow, label string, units [3]string) error {
	text := r.Label
	if r.Part {
		text += " – " + b.r.Words("report.part")
	}
	if err := b.set(sheet, 1, row, textCell(text), label); err != nil {
		return err
	}
	for i, v := range r.Values {
		u := columns[i].Unit
		if err := b.put(sheet, i+2, row, v, u, units[u]); err != nil {
			return err
		}
	}
	return nil
}

// chart draws the first two columns of a table, of which the second is a part of the first.
func (b *reportBook) chart(sheet string, t ReportTable) error {
	kinds := map[ReportChart]excelize.ChartType{ChartBars: excelize.Bar, ChartColumns: excelize.Col, ChartLine: excelize.Line}
	shown := len(t.Rows)
	if t.Chart == ChartBars {
		shown = min(shown, chartBars)
	}
	return b.drawChart(chartPlace{
		sheet: sheet, title: t.Title, kind: kinds[t.Chart], row: 1, rows: shown, series: 2, at: len(t.Columns) + 3,
	})
}

func (b *reportBook) about() error {
	name := sheetName(b.r.Words(keySheetAbout), 1)
	if _, err := b.addSheet(name); err != nil {
		return err
	}
	for i, line := range b.r.About {
		if err := b.set(name, 1, i+1, textCell(line[0]), b.styles.header); err != nil {
			return err
		}
		if err := b.set(name, 2, i+1, textCell(line[1]), b.wrap); err != nil {
			return err
		}
	}
	if err := b.widths(name, 26, 1); err != nil {
		return err
	}
	if err := b.file.SetColWidth(name, "B", "B", 90); err != nil {
		return err
	}
	return b.docProps(b.r.Title, b.r.When)
}
