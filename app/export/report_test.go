package export

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// sampleReport has figures of every unit, one that is not known, and more agents than a page prints.
func sampleReport(t *testing.T, lang string) Report {
	t.Helper()
	r := Report{
		Title: "Týden podpory", Lines: []string{"23. 11. – 29. 11. 2026", "Srovnáno s 16. 11. – 22. 11. 2026"},
		Notes: []string{"Bez 1 dne, který není uložen"}, Compared: true,
		Figures: []ReportFigure{
			{Label: "Interakce", Now: KnownValue(12345), Same: KnownValue(1200), Was: KnownValue(1000)},
			{Label: "Zodpovězeno", Unit: UnitShare, Now: KnownValue(0.801), Same: KnownValue(0.8), Was: KnownValue(0.825), Better: 1},
			{Label: "Medián čekání", Unit: UnitSpan, Now: KnownValue(312), Same: KnownValue(300), Was: KnownValue(365), Better: -1},
			{Label: "První odpověď", Unit: UnitSpan, Better: -1},
			{Label: "Od nuly", Now: KnownValue(5), Same: KnownValue(5), Was: KnownValue(0)},
		},
		About: [][2]string{{"Společnost", "acme.daktela.com"}, {"Pásmo", "Europe/Prague"}},
		Words: testWords(t, lang), Lang: lang, Region: Region(lang), When: time.Date(2026, 11, 30, 8, 5, 7, 0, time.UTC),
	}
	columns := []ReportColumn{{Label: "Interakce"}, {Label: "Zodpovězeno"}, {Label: "Podíl", Unit: UnitShare}, {Label: "Čekání", Unit: UnitSpan}}
	row := func(label string, n float64) ReportRow {
		return ReportRow{Label: label, Values: []Value{KnownValue(n), KnownValue(n / 2), KnownValue(0.5), {}}}
	}
	agents := ReportTable{Title: "Agenti", Label: "Agent", Columns: columns, Chart: ChartBars, Total: row("Celkem", 990)}
	for n := range 33 {
		agents.Rows = append(agents.Rows, row("Žofie Kučerová =1+1 "+strings.Repeat("x", n), float64(100-n)))
	}
	days := ReportTable{Title: "Dny", Label: "Den", Columns: columns, Chart: ChartLine, Total: row("Celkem", 70)}
	for n := range 7 {
		days.Rows = append(days.Rows, row([]string{"po 23. 11.", "út 24. 11.", "st", "čt", "pá", "so", "ne"}[n], float64(10*n)))
	}
	days.Rows[6].Part = true
	hours := ReportTable{Title: "Hodiny", Label: "Hodina", Columns: columns, Chart: ChartColumns, Total: row("Celkem", 24)}
	for n := range 24 {
		hours.Rows = append(hours.Rows, row(time.Date(2026, 1, 1, n, 0, 0, 0, time.UTC).Format("15"), float64(n%5)))
	}
	empty := ReportTable{Title: "Statusy", Label: "Status", Columns: columns[:1], Total: ReportRow{Label: "Celkem", Values: []Value{KnownValue(0)}}}
	r.Tables = []ReportTable{days, agents, hours, empty}
	return r
}

// written returns where a report was written to.
func written(t *testing.T, format Format, r Report) string {
	t.Helper()
	folder := t.TempDir()
	if keep := os.Getenv("WAPDESK_KEEP"); keep != "" {
		folder = keep
	}
	path := filepath.Join(folder, r.Lang+"."+string(format))
	if _, err := WriteReport(t.Context(), path, format, r); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAReportsWorkbookHoldsTheFigures(t *testing.T) {
	t.Parallel()
	book, err := excelize.OpenFile(written(t, XLSX, sampleReport(t, "cs")))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if got := strings.Join(book.GetSheetList(), ","); got != "Přehled,Dny,Agenti,Hodiny,Statusy,"+testWords(t, "cs")(keySheetAbout) {
		t.Errorf("sheets: %s", got)
	}
	for cell, want := range map[string]string{
		"Přehled!A1": "Týden podpory", "Přehled!B7": "12345", "Přehled!C7": "1200", "Přehled!D7": "1000", "Přehled!E7": "+200", "Přehled!F7": "+20%",
		"Přehled!B8": "80.1%", "Přehled!E8": "-2.5 p. b.", "Přehled!F8": "",
		"Přehled!B9": "0:05:12", "Přehled!E9": "-65 s", "Přehled!F9": "-18%",
		"Přehled!B10": "", "Přehled!E10": "",
		"Přehled!E11": "+5", "Přehled!F11": "",
		"Dny!A8": "ne – není uloženo celé", "Dny!B9": "70", "Dny!D9": "50.0%",
		"Agenti!A34": "Žofie Kučerová =1+1 " + strings.Repeat("x", 32), "Agenti!B35": "990", "Agenti!E35": "",
		"Statusy!A2": "Celkem", "Statusy!B2": "0",
	} {
		sheet, ref, _ := strings.Cut(cell, "!")
		if got, err := book.GetCellValue(sheet, ref); err != nil || got != want {
			t.Errorf("%s = %q, want %q (%v)", cell, got, want, err)
		}
	}
	if formula, err := book.GetCellFormula("Agenti", "A2"); err != nil || formula != "" {
		t.Errorf("a title became the formula %q (%v)", formula, err)
	}
}

func TestAReportsPagesHoldTheSameFigures(t *testing.T) {
	t.Parallel()
	path := written(t, PDF, sampleReport(t, "cs"))
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := squeezed(pdfText(t, data))
	for _, want := range []string{
		"Týden podpory", "Srovnáno s 16. 11.", "Bez 1 dne", "12 345", "▲ +200 (+20 %)", "80,1 %", "▼ -2,5 p. b.", "0:05:12", "−0:01:05 (-18 %)",
		"Nelze srovnat", "ne *", "* není uloženo celé", "a 3 další v sešitu", "Europe/Prague", "1/2",
	} {
		if !strings.Contains(text, squeezed(want)) {
			t.Errorf("%q is not on the pages", want)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
}

func TestAReportWithoutRowsIsWritten(t *testing.T) {
	t.Parallel()
	r := sampleReport(t, "en")
	r.Compared, r.Notes = false, nil
	for i := range r.Tables {
		r.Tables[i].Rows = nil
	}
	for _, format := range []Format{XLSX, PDF} {
		written(t, format, r)
	}
	if _, err := WriteReport(t.Context(), filepath.Join(t.TempDir(), "r.csv"), CSV, r); err == nil {
		t.Error("a report was written as CSV")
	}
}
