package export

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"wapdesk/store/listing"
)

func request(t testing.TB, lang string, format Format) Request {
	t.Helper()
	r := Request{
		Format: format, Words: testWords(t, lang), Region: Region(lang), Zone: prague(t), CSV: EnglishCSV(),
		About: About{
			Company: "acme.daktela.com", Filter: "Time: today; Queue: Podpora CZ", Sort: "Time, newest first",
			Coverage: []string{"1 Nov 2026 – 22 Nov 2026"}, Missing: []string{"23 Nov 2026"},
			When: time.Date(2026, 11, 22, 8, 5, 7, 0, time.UTC), By: "Anna Nováková", Version: "1.0.0", Demo: true,
		},
	}
	if lang == "cs" {
		r.CSV = CzechCSV()
	}
	return r
}

func write(t testing.TB, req Request, n int, row func(int) listing.Record) ([]byte, Result) {
	t.Helper()
	var out bytes.Buffer
	result, err := Write(context.Background(), &out, req, rowsOf(n, row), nil)
	if err != nil {
		t.Fatal(err)
	}
	if result.Bytes != int64(out.Len()) {
		t.Errorf("result says %d bytes, written %d", result.Bytes, out.Len())
	}
	return out.Bytes(), result
}

func open(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func one(int) listing.Record {
	return listing.Record{
		Name: "activity_1", TimeMs: time.Date(2026, 7, 1, 7, 5, 7, 0, time.UTC).UnixMilli(),
		Queue: listing.Ref{Title: "Podpora CZ"}, User: listing.Ref{Title: "Anna Nováková"},
		Contact: listing.Ref{Title: "Petr Dvořák"}, WA: "=Petr", WANumber: "+420777123456", Title: "Petr Dvořák",
		Answered: listing.TriYes, WaitS: 312, DurationS: 90061, Ended: "CLIENT", Connector: listing.Ref{Title: "WA"},
		Missed: "NO", MissedTimeMs: time.Date(2026, 12, 1, 23, 30, 0, 0, time.UTC).UnixMilli(), Direction: "IN",
		FocusS: -1, FirstReplyS: -1, SilenceS: -1, Disruptions: -1, Activities: 2, Messages: 34,
	}
}

func TestWorkbookHoldsTypedCells(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		lang, sheet, date string
		header            []string
		words             []string // answered, ended, missed, direction
	}{
		{"en", "Interactions", "yyyy-mm-dd h:mm:ss", []string{
			"Time (Europe/Prague)", "Queue", "User", "Contact", "WhatsApp contact / External contact", "Title", "Answered",
			"Wait time", "Duration", "Ended / Disconnection", "Connector", "Missed", "Missed time", "Direction",
		}, []string{"Yes", "Customer", "Contacted back", "Incoming"}},
		{"cs", "Interakce", "d. m. yyyy h:mm:ss", []string{
			"Čas (Europe/Prague)", "Fronta", "Uživatel", "Kontakt", "Kontakt WhatsApp / Externí kontakt", "Název",
			"Zodpovězeno", "Doba čekání", "Doba trvání", "Ukončení", "Konektor", "Zmeškané", "Čas zmeškání", "Směr",
		}, []string{"Ano", "Zákazník", "Kontaktováno zpět", "Příchozí"}},
	} {
		t.Run(test.lang, func(t *testing.T) {
			t.Parallel()
			data, _ := write(t, request(t, test.lang, XLSX), 1, one)
			f := open(t, data)
			rows, err := f.GetRows(test.sheet)
			if err != nil {
				t.Fatal(err)
			}
			w := test.words
			want := [][]string{test.header, {
				"46204.37855324074", "Podpora CZ", "Anna Nováková", "Petr Dvořák", "=Petr", "Petr Dvořák", w[0],
				"0.003611111111111111", "1.042372685185185", w[1], "WA", w[2], "46358.020833333336", w[3],
			}}
			if got := fmt.Sprint(rows); got != fmt.Sprint(want) {
				t.Errorf("rows\n got %s\nwant %s", got, fmt.Sprint(want))
			}
			for cell, format := range map[string]string{"A2": test.date, "M2": test.date, "H2": "[h]:mm:ss", "I2": "[h]:mm:ss"} {
				if got := customFormat(t, f, test.sheet, cell); got != format {
					t.Errorf("%s: format %q, want %q", cell, got, format)
				}
			}
			for _, cell := range []string{"B2", "E2", "G2", "N2"} {
				if got := style(t, f, test.sheet, cell).NumFmt; got != 49 {
					t.Errorf("%s: number format %d, want 49 (Text)", cell, got)
				}
				if formula, err := f.GetCellFormula(test.sheet, cell); err != nil || formula != "" {
					t.Errorf("%s: formula %q, %v", cell, formula, err)
				}
			}
			if !style(t, f, test.sheet, "A1").Font.Bold {
				t.Error("the header is not bold")
			}
			panes, err := f.GetPanes(test.sheet)
			if err != nil || !panes.Freeze || panes.YSplit != 1 || panes.TopLeftCell != "A2" {
				t.Errorf("panes %+v, %v", panes, err)
			}
			if width, err := f.GetColWidth(test.sheet, "A"); err != nil || width < 20 {
				t.Errorf("width of the time column %v, %v", width, err)
			}
		})
	}
}

func style(t testing.TB, f *excelize.File, sheet, cell string) *excelize.Style {
	t.Helper()
	id, err := f.GetCellStyle(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	s, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func customFormat(t testing.TB, f *excelize.File, sheet, cell string) string {
	t.Helper()
	s := style(t, f, sheet, cell)
	if s.CustomNumFmt == nil {
		return "built in " + strconv.Itoa(s.NumFmt)
	}
	return *s.CustomNumFmt
}

func TestWorkbookKeepsHostileText(t *testing.T) {
	t.Parallel()
	req := request(t, "en", XLSX)
	req.Columns = []string{"title", "id"}
	data, _ := write(t, req, len(hostile), func(i int) listing.Record {
		return listing.Record{Title: hostile[i], Name: strconv.Itoa(i)}
	})
	f := open(t, data)
	for i, text := range hostile {
		got, err := f.GetCellValue("Interactions", "A"+strconv.Itoa(i+2))
		if err != nil {
			t.Fatal(err)
		}
		if want := kept(text); got != want {
			t.Errorf("text %d: got %q, want %q", i, got, want)
		}
	}
}

func TestWorkbookCutsTextToWhatACellHolds(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text, want string
		cut        int64
	}{
		"fits":       {strings.Repeat("á", maxCellUnits), strings.Repeat("á", maxCellUnits), 0},
		"one more":   {strings.Repeat("á", maxCellUnits+1), strings.Repeat("á", maxCellUnits-1) + "…", 1},
		"two a rune": {strings.Repeat("👍", maxCellUnits), strings.Repeat("👍", (maxCellUnits-1)/2) + "…", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req := request(t, "en", XLSX)
			req.Columns = []string{"title"}
			data, result := write(t, req, 1, func(int) listing.Record { return listing.Record{Title: test.text} })
			f := open(t, data)
			got, err := f.GetCellValue("Interactions", "A2")
			if err != nil {
				t.Fatal(err)
			}
			if got != test.want {
				t.Errorf("%d bytes came back, want %d", len(got), len(test.want))
			}
			if result.Cut != test.cut {
				t.Errorf("cut %d, want %d", result.Cut, test.cut)
			}
			about, err := f.GetRows("About")
			if err != nil {
				t.Fatal(err)
			}
			if noted := strings.Contains(fmt.Sprint(about), "32767 characters"); noted != (test.cut > 0) {
				t.Errorf("About notes the cut: %v", noted)
			}
		})
	}
}

func TestWorkbookGoesOnOnMoreSheets(t *testing.T) {
	t.Parallel()
	for rows, sheets := range map[int]int{0: 1, 1: 1, 10: 1, 11: 2, 30: 3, 31: 4} {
		req := request(t, "en", XLSX)
		req.sheetRows = 10
		req.Columns = []string{"id"}
		data, result := write(t, req, rows, hostileRecord)
		if result.Rows != int64(rows) {
			t.Errorf("result says %d rows of %d", result.Rows, rows)
		}
		f := open(t, data)
		names := f.GetSheetList()
		if len(names) != sheets+1 || names[sheets] != "About" {
			t.Fatalf("%d rows: sheets %v", rows, names)
		}
		n := 0
		for i, name := range names[:sheets] {
			if want := "Interactions (" + strconv.Itoa(i+1) + ")"; i > 0 && name != want {
				t.Errorf("sheet %d is %q", i, name)
			}
			cells, err := f.GetRows(name)
			if err != nil {
				t.Fatal(err)
			}
			if cells[0][0] != "Unique name" {
				t.Errorf("%s begins with %q", name, cells[0][0])
			}
			for _, row := range cells[1:] {
				if want := hostileRecord(n).Name; row[0] != want {
					t.Errorf("row %d is %q, want %q", n, row[0], want)
				}
				n++
			}
		}
		if n != rows {
			t.Errorf("%d rows of %d came back", n, rows)
		}
	}
}

func TestAnonymisedRowsSaySo(t *testing.T) {
	t.Parallel()
	for _, format := range []Format{XLSX, CSV} {
		req := request(t, "cs", format)
		req.Columns = []string{"contact", "wa", "title", "wa_number", "sender", "account", "queue", "user"}
		row := one(0)
		row.State = listing.StateAnonymised
		_, cells, err := Preview(req, []listing.Record{row})
		if err != nil {
			t.Fatal(err)
		}
		const word = "Anonymizováno"
		want := []string{word, word, word, word, word, word, "Podpora CZ", "Anna Nováková"}
		if got := fmt.Sprint(cells[0]); got != fmt.Sprint(want) {
			t.Errorf("%s: got %s", format, got)
		}
	}
}

func TestAboutTellsWhatTheFileHolds(t *testing.T) {
	t.Parallel()
	data, _ := write(t, request(t, "en", XLSX), 3, one)
	rows, err := open(t, data).GetRows("About")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"Contact centre", "acme.daktela.com"},
		{"Filter", "Time: today; Queue: Podpora CZ"},
		{"Order", "Time, newest first"},
		{"Stored on the computer", "1 Nov 2026 – 22 Nov 2026"},
		{"Not stored", "23 Nov 2026"},
		{"Time zone", "Europe/Prague"},
		{"Rows", "3"},
		{"Sheets", "Interactions"},
		{"Exported at", "46348.37855324074"},
		{"Exported by", "Anna Nováková"},
		{"Wapdesk version", "1.0.0"},
		{"Demo data", "Yes"},
	}
	if got := fmt.Sprint(rows); got != fmt.Sprint(want) {
		t.Errorf("got\n%s\nwant\n%s", got, fmt.Sprint(want))
	}
}

func TestSheetNamesAreWhatExcelTakes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		title  string
		number int
		want   string
	}{
		{"Interactions", 1, "Interactions"},
		{"Interactions", 12, "Interactions (12)"},
		{"a/b:c*d?e[f]g\\h", 1, "a b c d e f g h"},
		{strings.Repeat("ž", 40), 1, strings.Repeat("ž", 31)},
		{strings.Repeat("ž", 40), 2, strings.Repeat("ž", 27) + " (2)"},
	} {
		if got := sheetName(test.title, test.number); got != test.want {
			t.Errorf("sheetName(%q, %d) = %q, want %q", test.title, test.number, got, test.want)
		}
	}
}
