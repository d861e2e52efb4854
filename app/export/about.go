package export

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"wapdesk/store/listing"
)

// aboutKeys are the keys of the About sheet.
var aboutKeys = []string{
	"export.about.company", "export.about.filter", "export.about.sort", "export.about.coverage",
	"export.about.missing", "export.about.pastKeeping", "export.about.zone", "export.about.rows", "export.about.sheets",
	"export.about.when", "export.about.by", "export.about.version", "export.about.demo",
	"export.about.cut", "export.about.cutNote", "export.about.values", "export.about.raw",
}

// addAbout adds the sheet that tells a reader of the file, months later, what it holds.
func (b *book) addAbout(rows int64) error {
	about, words := b.req.About, b.req.Words
	name := sheetName(words(keySheetAbout), 1)
	sheets := b.file.GetSheetList()
	if _, err := b.addSheet(name); err != nil {
		return fmt.Errorf("add sheet: %w", err)
	}
	type line struct {
		key   string
		value cell
	}
	lines := []line{
		{"company", textCell(about.Company)},
		{"filter", textCell(about.Filter)},
		{"sort", textCell(about.Sort)},
	}
	for _, days := range about.Coverage {
		lines = append(lines, line{"coverage", textCell(days)})
	}
	for _, days := range about.Missing {
		lines = append(lines, line{"missing", textCell(days)})
	}
	lines = append(lines, line{"pastKeeping", textCell(about.PastKeeping)}, line{"zone", textCell(b.req.zone().String())},
		line{"rows", countCell(rows)}, line{"sheets", textCell(strings.Join(sheets, ", "))})
	if b.req.Raw {
		lines = append(lines, line{"values", textCell(words("export.about.raw"))})
	}
	if b.cut > 0 {
		note := words("export.about.cutNote",
			"count", strconv.FormatInt(b.cut, 10), "limit", strconv.Itoa(maxCellUnits))
		lines = append(lines, line{"cut", textCell(note)})
	}
	when := int64(listing.Unknown)
	if !about.When.IsZero() {
		when = about.When.UnixMilli()
	}
	lines = append(lines, line{"when", momentCell(when)},
		line{"by", textCell(about.By)}, line{"version", textCell(about.Version)})
	if about.Demo {
		lines = append(lines, line{"demo", textCell(words(keyYes))})
	}
	row := 0
	for _, l := range lines {
		if l.value.blank() {
			continue
		}
		row++
		title := cell{kind: text, s: words("export.about." + l.key)}
		if err := b.set(name, 1, row, title, b.styles.header); err != nil {
			return fmt.Errorf("write the about sheet: %w", err)
		}
		if err := b.set(name, 2, row, l.value, b.styles.of(l.value.kind)); err != nil {
			return fmt.Errorf("write the about sheet: %w", err)
		}
	}
	if err := b.file.SetColWidth(name, "A", "A", 26); err != nil {
		return err
	}
	if err := b.file.SetColWidth(name, "B", "B", 80); err != nil {
		return err
	}
	return b.docProps(b.req.Words(keySheetInteractions), about.When)
}

// docProps says what a workbook is and when it was made.
func (b *book) docProps(title string, when time.Time) error {
	created := when.UTC().Truncate(time.Second).Format(time.RFC3339)
	return b.file.SetDocProps(&excelize.DocProperties{
		Title: title, Creator: "Wapdesk", LastModifiedBy: "Wapdesk", Created: created, Modified: created,
	})
}

// set puts a value into a cell of a sheet that excelize writes. A string is never taken
// for a formula there.
func (b *book) set(sheet string, col, row int, c cell, style string) error {
	if c.blank() {
		return nil
	}
	ref, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return err
	}
	switch c.kind {
	case text:
		value, _ := fit(c.s)
		err = b.file.SetCellStr(sheet, ref, value)
	case moment:
		days, seconds := newClock(b.req.zone(), ISO).wall(c.n)
		err = b.file.SetCellFloat(sheet, ref, float64(days+unixDay)+float64(seconds)/86400, -1, 64)
	case span:
		err = b.file.SetCellFloat(sheet, ref, float64(c.n)/86400, -1, 64)
	case count:
		err = b.file.SetCellInt(sheet, ref, c.n)
	}
	if err != nil {
		return err
	}
	id, err := strconv.Atoi(style)
	if err != nil {
		return err
	}
	return b.file.SetCellStyle(sheet, ref, ref, id)
}
