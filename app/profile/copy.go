package profile

import (
	"context"
	"strings"

	"wapdesk/app/export"
	"wapdesk/store/listing"
)

// maxCopy bounds a copy; more is what an export is for.
const maxCopy = 10_000

// Copy is what goes to the clipboard.
type Copy struct {
	Text string `json:"text"` // tab-separated, with a header
	Rows int    `json:"rows"` // fewer than were selected where some have left the list since
}

// CopyRows returns what is left of a selection, for the clipboard, as an export would write it. Hide
// changes each row before it is put into words. A column that cannot be written is an
// *export.ColumnError.
func (p *Profile) CopyRows(ctx context.Context, sel Selection, columns []string, lang string, hide func(*listing.Record)) (Copy, error) {
	var none Copy
	result, err := p.results.get(sel.Snapshot)
	if err != nil {
		return none, err
	}
	rows, err := p.reading(ctx, result)
	if err != nil {
		return none, err
	}
	n, err := rows.Count(ctx, sel.takes())
	if err != nil {
		return none, err
	}
	if n > maxCopy {
		return none, &TooManyError{What: "rows", Max: maxCopy}
	}
	records := make([]listing.Record, 0, n)
	for r := range rows.Records(ctx, sel.takes()) {
		hide(r)
		records = append(records, *r)
	}
	header, cells, err := p.Table(records, columns, lang)
	if err != nil {
		return none, err
	}
	var b strings.Builder
	for _, line := range append([][]string{header}, cells...) {
		b.WriteString(strings.Join(line, "\t"))
		b.WriteByte('\n')
	}
	return Copy{Text: b.String(), Rows: len(cells)}, ctx.Err()
}

// Table returns records in the words of a language, with a header above them, as an export would write
// them, but with no tab and no line break in a cell. A column that cannot be written is an *export.ColumnError.
func (p *Profile) Table(records []listing.Record, columns []string, lang string) (header []string, cells [][]string, err error) {
	header, cells, err = export.Preview(export.Request{
		Format: export.CSV, CSV: tabs, Columns: columns, Words: p.Words(lang), Targets: p.Targets().ofList(), Zone: p.db.Zone(),
	}, records)
	for _, line := range cells {
		for i, cell := range line {
			line[i] = oneLine(cell)
		}
	}
	return header, cells, err
}

// tabs is what spreadsheets take from the clipboard: a file of values between tabs.
var tabs = export.Dialect{Delimiter: '\t', Dates: export.ISO}

// oneLine keeps a value inside its cell.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\t' || r == '\n' || r == '\r' || r == 0 }), " ")
}
