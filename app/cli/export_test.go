package cli

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"wapdesk/app"
	"wapdesk/app/demo"
	"wapdesk/frontend"
)

const allColumns = "id,time,queue,user,contact,wa,title,answered,wait,duration,ended,connector,missed,missed_time,direction"

// table reads a .csv file of a dialect.
func table(t *testing.T, path string, delimiter rune) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma = delimiter
	records, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records
}

// rawCells is a row of the list as --raw writes it: wire values, ISO times of the wall clock,
// the contact centre's own values of missed.
func rawCells(r rowJSON) []string {
	str := func(p *string) string {
		if p == nil {
			return ""
		}
		return *p
	}
	span := func(p *int64) string {
		if p == nil {
			return ""
		}
		return strconv.FormatInt(*p/3600, 10) + time.Unix(*p, 0).UTC().Format(":04:05")
	}
	at := func(p *string) string {
		if p == nil {
			return ""
		}
		return strings.ReplaceAll((*p)[:19], "T", " ")
	}
	answered, missed := "", ""
	switch {
	case r.Answered != nil && *r.Answered:
		answered = "1"
	case r.Answered != nil:
		answered = "0"
	}
	switch {
	case r.Missed == "YES":
		missed = "1"
	case r.Missed == "NO":
		missed = "NO"
	case r.MissedTime != nil:
		missed = "0"
	}
	cells := []string{
		r.Name, at(r.Time), str(r.Queue), str(r.User), str(r.Contact), str(r.WA), str(r.Title), answered, span(r.Wait), span(r.Duration),
		r.Ended, str(r.Connector), missed, at(r.MissedTime), r.Direction,
	}
	if r.Anonymised {
		for _, personal := range []int{4, 5, 6} {
			cells[personal] = frontend.Text("en", "value.anonymised")
		}
	}
	return cells
}

func listedRows(m *machine, args ...string) []rowJSON {
	var got listJSON
	m.json(&got, append([]string{"list", "--limit", "1000000"}, args...)...)
	return got.Rows
}

func TestExportedCSVEqualsTheList(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	for name, options := range map[string][]string{
		"everything":      {"--time", "all"},
		"filtered sorted": {"--time", "last7days", "--queue", "Fakturace", "--queue", "4101", "--sort", "wait:desc,time"},
		"nothing":         {"--time", "all", "--contact", "nobody has this name"},
	} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "list.csv")
			var printed struct {
				Rows int `json:"rows"`
			}
			m.json(&printed, append([]string{"export", "--out", out, "--csv-dialect", "rfc4180", "--raw", "--columns", allColumns}, options...)...)
			rows := listedRows(m, options...)
			if printed.Rows != len(rows) {
				t.Errorf("%d rows printed, %d listed", printed.Rows, len(rows))
			}
			got := table(t, out, ',')[1:]
			if len(got) != len(rows) {
				t.Fatalf("%d rows in the file, %d listed", len(got), len(rows))
			}
			for n, r := range rows {
				if diff := cmp.Diff(rawCells(r), got[n]); diff != "" {
					t.Fatalf("row %d (-list +file):\n%s", n, diff)
				}
			}
		})
	}
}

func TestExportedCSVIsInert(t *testing.T) {
	t.Parallel()
	s, m := synced(t)
	signs := map[byte]int{}
	titles := map[string]string{}
	for _, i := range truthOf(s).Interactions {
		if i.Title != "" && strings.IndexByte("=+-@", i.Title[0]) >= 0 {
			signs[i.Title[0]]++
			titles[i.Name] = i.Title
		}
	}
	if len(signs) != 4 {
		t.Fatalf("titles that look like formulas: %v", titles)
	}
	for dialect, delimiter := range map[string]rune{"czech": ';', "rfc4180": ','} {
		out := filepath.Join(t.TempDir(), dialect+".csv")
		m.ok("export", "--out", out, "--time", "all", "--csv-dialect", dialect, "--columns", "id,title,wa", "--lang", "en")
		found := 0
		for _, row := range table(t, out, delimiter)[1:] {
			for _, cell := range row {
				if cell != "" && strings.IndexByte("=+-@\t\r", cell[0]) >= 0 {
					t.Errorf("%s: cell %q is live", dialect, cell)
				}
			}
			if title, hostile := titles[row[0]]; hostile {
				found++
				if strings.TrimPrefix(row[1], "'") != title {
					t.Errorf("%s: %q reads back as %q", dialect, title, row[1])
				}
			}
		}
		if found != len(titles) {
			t.Errorf("%s: %d of %d such titles", dialect, found, len(titles))
		}
	}
	raw := filepath.Join(t.TempDir(), "raw.csv")
	m.ok("export", "--out", raw, "--time", "all", "--csv-dialect", "rfc4180", "--raw", "--columns", "id,title")
	for _, row := range table(t, raw, ',')[1:] {
		if title, hostile := titles[row[0]]; hostile && row[1] != title {
			t.Errorf("--raw: %q became %q", title, row[1])
		}
	}
}

func TestExportedCSVOfEachLanguage(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	for lang, want := range map[string]struct {
		delimiter rune
		word      string
	}{"cs": {';', "Fronta"}, "en": {',', "Queue"}} {
		out := filepath.Join(t.TempDir(), lang+".csv")
		m.ok("export", "--out", out, "--lang", lang)
		header := table(t, out, want.delimiter)[0]
		if len(header) != 14 || header[1] != want.word || !strings.HasPrefix(header[0], "\ufeff") {
			t.Errorf("%s: header %q", lang, header)
		}
	}
}

func TestExportedWorkbookEqualsTheList(t *testing.T) {
	t.Parallel()
	s, m := synced(t)
	out := filepath.Join(t.TempDir(), "list.xlsx")
	options := []string{"--time", "last7days", "--sort", "time"}
	m.ok(append([]string{"export", "--out", out, "--columns", allColumns, "--raw", "--sheets", "summary,activities,messages"}, options...)...)
	book, err := excelize.OpenFile(out)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	text := func(key string) string { return frontend.Text("en", key) }
	for _, sheet := range []string{"interactions", "summary", "activities", "messages", "about"} {
		if !slices.Contains(book.GetSheetList(), text("export.sheet."+sheet)) {
			t.Errorf("sheets %v lack %s", book.GetSheetList(), sheet)
		}
	}
	got, err := book.GetRows(text("export.sheet.interactions"), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	rows, w := listedRows(m, options...), truthOf(s)
	if len(got) != len(rows)+1 {
		t.Fatalf("%d rows in the sheet, %d listed", len(got)-1, len(rows))
	}
	activities, messages := 0, 0
	for n, r := range rows {
		if diff := cmp.Diff(workbookCells(t, rawCells(r), r), padded(t, got[n+1])); diff != "" {
			t.Fatalf("row %d (-list +sheet):\n%s", n, diff)
		}
		i := w.Interaction(r.Name)
		activities += len(i.Activities)
		messages += len(w.Data.Messages(i))
	}
	for sheet, want := range map[string]int{"activities": activities, "messages": messages} {
		lines, err := book.GetRows(text("export.sheet." + sheet))
		if err != nil || len(lines) != want+1 {
			t.Errorf("%s: %d rows (%v), want %d", sheet, len(lines)-1, err, want)
		}
	}
}

// workbookCells turns times and spans into the numbers of a sheet: days, to the second.
func workbookCells(t *testing.T, cells []string, r rowJSON) []string {
	t.Helper()
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	for _, n := range []int{1, 13} {
		if cells[n] != "" {
			at, err := time.Parse(time.DateTime, cells[n])
			if err != nil {
				t.Fatal(err)
			}
			cells[n] = strconv.FormatInt(int64(at.Sub(epoch)/time.Second), 10)
		}
	}
	for n, p := range map[int]*int64{8: r.Wait, 9: r.Duration} {
		if p != nil {
			cells[n] = strconv.FormatInt(*p, 10)
		}
	}
	return cells
}

// padded gives a row of the sheet all its cells, with days as whole seconds.
func padded(t *testing.T, row []string) []string {
	t.Helper()
	cells := make([]string, 15)
	copy(cells, row)
	for _, n := range []int{1, 8, 9, 13} {
		if cells[n] == "" {
			continue
		}
		days, err := strconv.ParseFloat(cells[n], 64)
		if err != nil {
			t.Fatalf("cell %q is no number", cells[n])
		}
		cells[n] = strconv.FormatFloat(days*86400, 'f', 0, 64)
	}
	return cells
}

func TestExportedWorkbookIsInert(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	out := filepath.Join(t.TempDir(), "list.xlsx")
	m.ok("export", "--out", out, "--time", "all", "--columns", "title,wa")
	book, err := excelize.OpenFile(out)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheet := frontend.Text("en", "export.sheet.interactions")
	rows, err := book.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	hostile := 0
	for n, row := range rows {
		for c, cell := range row {
			if cell == "" || strings.IndexByte("=+-@", cell[0]) < 0 {
				continue
			}
			hostile++
			name, err := excelize.CoordinatesToCellName(c+1, n+1)
			if err != nil {
				t.Fatal(err)
			}
			kind, err := book.GetCellType(sheet, name)
			if formula, ferr := book.GetCellFormula(sheet, name); err != nil || ferr != nil || formula != "" || kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
				t.Errorf("%s: %q has type %v, formula %q (%v, %v)", name, cell, kind, formula, err, ferr)
			}
		}
	}
	if hostile < 4 {
		t.Errorf("only %d cells look like formulas", hostile)
	}
}

func TestExportThatFailsLeavesNothing(t *testing.T) {
	t.Parallel()
	s, m := synced(t)
	dir := t.TempDir()
	for _, format := range []string{"csv", "xlsx"} {
		if line := m.fails(exitFailed, "export", "--out", filepath.Join(dir, "missing", "x."+format)); !strings.Contains(line, "folder") {
			t.Errorf("missing folder: %q", line)
		}
		for columns, want := range map[string]string{"time,nonsense": "nonsense", "time,title,time": "twice"} {
			if line := m.fails(exitUsage, "export", "--out", filepath.Join(dir, "x."+format), "--columns", columns); !strings.Contains(line, want) {
				t.Errorf("%s: %q does not say %q", columns, line, want)
			}
		}
		m.fails(exitUsage, "export", "--out", filepath.Join(dir, "x."+format), "--query", "nonsense:1")
		m.fails(exitFailed, "export", "--out", filepath.Join(dir, "x."+format), "--user", "nobody")
		m.fails(exitFailed, "export", "--out", dir, "--format", format)
	}
	barred := s.as(t, s.Tokens().NoExport.Token)
	barred.ok("sync", "--from", "2026-11-18")
	barred.fails(exitNotPermitted, "export", "--out", filepath.Join(dir, "x.csv"))
	barred.fails(exitNotPermitted, "export", "--out", filepath.Join(dir, "x.xlsx"), "--json")
	if found := files(t, dir); len(found) != 0 {
		t.Errorf("left behind: %v", found)
	}
}

func TestExportKeepsTheOldFileUntilTheNewOneIsWhole(t *testing.T) {
	t.Parallel()
	s, m := synced(t)
	for _, format := range []string{"csv", "xlsx"} {
		dir := t.TempDir()
		out := filepath.Join(dir, "x."+format)
		if err := os.WriteFile(out, []byte("the old file"), 0o600); err != nil {
			t.Fatal(err)
		}
		ctx, p, profiles := openHere(t, s, m)
		err := exportCancelled(ctx, p, format, out)
		if coded := app.AsErrorOrNil(err); coded == nil || coded.Code != "cancelled" {
			t.Errorf("%s: a cancelled export ends with %v", format, err)
		}
		if found := files(t, dir); len(found) != 1 || read(t, out) != "the old file" {
			t.Errorf("%s: after a cancelled export: %v", format, found)
		}
		if err := profiles.Close(); err != nil {
			t.Fatal(err)
		}
		m.ok("export", "--out", out, "--time", "all", "--force")
		if found := files(t, dir); len(found) != 1 || read(t, out) == "the old file" {
			t.Errorf("%s: after an export: %v", format, found)
		}
	}
}

func TestExportOfWhatIsNotStoredSaysSo(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 60, Days: 6})
	m := s.lead(t)
	m.ok("sync", "--from", "2026-11-16", "--to", "2026-11-16")
	out := filepath.Join(t.TempDir(), "x.csv")
	got := m.run("", "export", "--out", out, "--from", "2026-11-15", "--to", "2026-11-16")
	if got.code != exitDone || !strings.Contains(got.stderr, "2026-11-15") {
		t.Errorf("exit %d, standard error %q", got.code, got.stderr)
	}
}
