package export

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// office runs LibreOffice on files of folder; what it makes lies in the folder "out" there.
func office(t *testing.T, folder, format string, args ...string) {
	t.Helper()
	program, err := exec.LookPath("soffice")
	if err != nil {
		t.Fatal("the third reader is missing: install LibreOffice Calc (Debian: libreoffice-calc-nogui)")
	}
	cmd := exec.Command(program, append([]string{
		"-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(folder, "profile")), "--headless",
		"--convert-to", format, "--outdir", filepath.Join(folder, "out"),
	}, args...)...)
	cmd.Dir = folder
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// TestLibreOfficeReadsTheGoldenCells compares what LibreOffice makes of a workbook, with the
// types it found, with what openpyxl read: two readers that share no code, cell by cell.
func TestLibreOfficeReadsTheGoldenCells(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	var args []string
	// One of words in Czech, one of raw values in English: the third is openpyxl's alone.
	names := []string{"cs", "en-raw"}
	books := goldenBooks(t)
	for _, name := range names {
		data := books[name]
		if err := os.WriteFile(filepath.Join(folder, name+".xlsx"), data, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, name+".xlsx")
	}
	office(t, folder, "fods", args...)
	for _, name := range names {
		content, err := os.ReadFile(filepath.Join(folder, "out", name+".fods"))
		if err != nil {
			t.Fatal(err)
		}
		document := tree(t, name, content)
		kept, err := os.ReadFile(filepath.Join("testdata", "golden", name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var want []goldenSheet
		if err := json.Unmarshal(kept, &want); err != nil {
			t.Fatal(err)
		}
		sheets := document.one("body").one("spreadsheet").children("table")
		if len(sheets) != len(want) {
			t.Fatalf("%s: %d sheets, want %d", name, len(sheets), len(want))
		}
		filters := 0
		for _, r := range document.all("database-range") {
			if r.attr("display-filter-buttons") == "true" {
				filters++
			}
		}
		if filters != 6 { // three sheets of interactions, one of activities, two of messages
			t.Errorf("%s: %d filters", name, filters)
		}
		for i, sheet := range sheets {
			compareSheet(t, sheet, want[i])
		}
	}
}

func (n node) children(name string) []node {
	var found []node
	for _, c := range n.Children {
		if c.XMLName.Local == name {
			found = append(found, c)
		}
	}
	return found
}

func compareSheet(t *testing.T, sheet node, want goldenSheet) {
	t.Helper()
	if sheet.attr("name") != want.Sheet {
		t.Errorf("sheet %q, want %q", sheet.attr("name"), want.Sheet)
	}
	// Charts stand below the cell they are anchored to, each a document of its own.
	var kinds []string
	for _, c := range sheet.all("chart") {
		if class := c.attr("class"); class != "" && c.XMLName.Space == "urn:oasis:names:tc:opendocument:xmlns:chart:1.0" {
			kinds = append(kinds, class)
		}
	}
	wantKinds := []string{}
	for _, c := range want.Charts {
		wantKinds = append(wantKinds, map[string]string{"BarChart": "chart:bar", "LineChart": "chart:line"}[c[0]])
	}
	if fmt.Sprint(kinds) != fmt.Sprint(wantKinds) {
		t.Errorf("%s: charts %v, want %v", want.Sheet, kinds, wantKinds)
	}
	var rows []node
	for _, c := range sheet.Children {
		switch c.XMLName.Local {
		case "table-row":
			rows = append(rows, c)
		case "table-header-rows", "table-rows", "table-row-group":
			rows = append(rows, c.children("table-row")...)
		}
	}
	at := 0
	for _, row := range rows {
		for range repeated(row.attr("number-rows-repeated"), len(want.Cells)-at) {
			compareRow(t, fmt.Sprintf("%s row %d", want.Sheet, at+1), row, want.Cells[at])
			at++
		}
	}
	if at < len(want.Cells) {
		t.Errorf("%s: %d rows, want %d", want.Sheet, at, len(want.Cells))
	}
}

// repeated is how often an element stands for itself, at most limit times.
func repeated(said string, limit int) int {
	if n, err := strconv.Atoi(said); err == nil {
		return min(n, limit)
	}
	return min(1, limit)
}

func compareRow(t *testing.T, place string, row node, want goldRow) {
	t.Helper()
	var got []node
	for _, c := range row.Children {
		for range repeated(c.attr("number-columns-repeated"), len(want)-len(got)) {
			got = append(got, c)
		}
	}
	for i, cell := range want {
		var c node
		if i < len(got) {
			c = got[i]
		}
		kind, value := officeValue(c)
		wantKind, wantValue := "", ""
		if cell != nil {
			wantKind, wantValue = officeForm(cell)
		}
		if control.MatchString(wantValue) || strings.Contains(wantValue, "\uFFFD") {
			wantValue = value // OpenDocument has no way to write it
		}
		if cell != nil && kind == "string" && cell[1] == value {
			wantValue = value // openpyxl undoes some escapes itself
		}
		if kind != wantKind || value != wantValue {
			t.Errorf("%s column %d: LibreOffice has %s %q, openpyxl %s %q", place, i+1, kind, value, wantKind, wantValue)
		}
	}
}

// control finds what OpenDocument cannot hold or folds: control characters, runs of spaces.
var control = regexp.MustCompile(`[\x00-\x1f\x7f\x{FEFF}\x{FFFE}\x{FFFF}]`)

// escape finds the form in which a workbook holds a character XML forbids.
var escape = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)

// officeForm is a golden cell as OpenDocument would have it.
func officeForm(cell []string) (kind, value string) {
	switch kind, text := cell[0], cell[1]; {
	case kind == "s":
		return "string", escape.ReplaceAllStringFunc(text, func(s string) string {
			n, err := strconv.ParseUint(s[2:6], 16, 16)
			if err != nil {
				return s
			}
			return string(rune(n))
		})
	case kind == "d" && strings.HasSuffix(text, " s"):
		return "time", text
	case kind == "d":
		return "date", text
	default:
		kind = "float"
		if cell[2] == "0.0%" {
			kind = "percentage"
		}
		if f, err := strconv.ParseFloat(text, 64); err == nil {
			text = strconv.FormatFloat(f, 'g', 12, 64)
		}
		return kind, text
	}
}

// officeValue is the type and the value of a cell of OpenDocument, in the golden form.
func officeValue(c node) (kind, value string) {
	switch kind = c.attr("value-type"); kind {
	case "date":
		return kind, strings.Replace(c.attr("date-value"), "T", " ", 1)
	case "time":
		var h, m int
		var s float64
		if _, err := fmt.Sscanf(strings.ReplaceAll(c.attr("time-value"), ",", "."), "PT%dH%dM%fS", &h, &m, &s); err != nil {
			return kind, c.attr("time-value")
		}
		return kind, strconv.Itoa(h*3600+m*60+int(math.Round(s))) + " s"
	case "string":
		var paragraphs []string
		for _, p := range c.children("p") {
			paragraphs = append(paragraphs, flat(p))
		}
		return kind, strings.Join(paragraphs, "\n")
	case "percentage", "float":
		f, err := strconv.ParseFloat(c.attr("value"), 64)
		if err != nil {
			return kind, c.attr("value")
		}
		return kind, strconv.FormatFloat(f, 'g', 12, 64)
	default:
		return kind, ""
	}
}

// flat is the text of a paragraph, in which runs of spaces and tabs are elements.
func flat(p node) string {
	text := p.Text
	for _, c := range p.Children {
		switch c.XMLName.Local {
		case "s":
			// Only at the beginning or the end of the hostile texts, never within.
			if strings.HasPrefix(text, " ") || p.Text == "" {
				continue
			}
			text = " " + text
		default:
			text += flat(c)
		}
	}
	return text
}

// TestCzechCSVOpensByDoubleClick reads a Czech .csv as LibreOffice does with Czech settings.
func TestCzechCSVOpensByDoubleClick(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	data, _ := write(t, request(t, "cs", CSV), 2, one)
	if err := os.WriteFile(filepath.Join(folder, "czech.csv"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	// 59 is the semicolon, 34 the quote, 76 UTF-8, 1029 Czech; "true" detects dates and
	// numbers as Excel does.
	office(t, folder, "xlsx", "--infilter=Text - txt - csv (StarCalc):59,34,76,1,,1029,false,true", "czech.csv")
	book, err := os.ReadFile(filepath.Join(folder, "out", "czech.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	f := open(t, book)
	rows, err := f.GetRows(f.GetSheetList()[0])
	if err != nil {
		t.Fatal(err)
	}
	if when, contact := rows[1][0], rows[1][4]; !strings.HasPrefix(when, "46204.37855324") || contact != "'=Petr" {
		t.Errorf("a Czech .csv opens with time %q and contact %q, want a date and inert text", when, contact)
	}
}
