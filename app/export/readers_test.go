package export

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wapdesk/store/listing"
)

// pythonWithOpenpyxl finds an interpreter that has openpyxl (Debian: python3-openpyxl).
func pythonWithOpenpyxl(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"python3", "/usr/bin/python3", "python"} {
		if exec.Command(name, "-c", "import openpyxl").Run() == nil {
			return name
		}
	}
	t.Fatal("the second reader is missing: install openpyxl for Python 3 (Debian: python3-openpyxl)")
	return ""
}

// openpyxlScript prints every sheet of a workbook: each cell as type, value and number format.
// Dates and durations are rounded to the second, which releases of openpyxl do differently.
const openpyxlScript = `
import datetime, json, sys, openpyxl
def text(v):
    if isinstance(v, datetime.timedelta):
        return str(round(v.total_seconds())) + " s"
    if isinstance(v, datetime.time):
        return str(v.hour * 3600 + v.minute * 60 + v.second) + " s"
    if isinstance(v, datetime.datetime):
        return (v + datetime.timedelta(milliseconds=500)).strftime("%Y-%m-%d %H:%M:%S")
    return str(v)
def ref(s):
    return s.val.numRef.f if s.val else ""
book = openpyxl.load_workbook(sys.argv[1])
out = []
for ws in book.worksheets:
    out.append({
        "sheet": ws.title, "frozen": ws.freeze_panes, "filter": ws.auto_filter.ref, "titles": ws.print_title_rows,
        "bold": bool(ws["A1"].font.b),
        "charts": [[type(c).__name__] + [ref(s) for s in c.series] for c in ws._charts],
        "cells": [[None if c.value is None else [c.data_type, text(c.value), c.number_format] for c in row] for row in ws.iter_rows()],
    })
print(json.dumps(out))
`

// goldenSheet is what the second readers say of a sheet; a cell is its type, value and format.
type goldenSheet struct {
	Sheet  string     `json:"sheet"`
	Frozen string     `json:"frozen"`
	Filter string     `json:"filter"`
	Titles string     `json:"titles"`
	Bold   bool       `json:"bold"`
	Charts [][]string `json:"charts"`
	Cells  []goldRow  `json:"cells"`
}

// goldRow is a row of cells; it has a line of its own in the golden file.
type goldRow [][]string

var update = flag.Bool("update", false, "write the golden files anew")

// goldenBooks are the workbooks kept cell by cell in testdata/golden, where a person has
// read them once: each language, words and raw values, several sheets, every extra sheet.
func goldenBooks(t *testing.T) map[string][]byte {
	t.Helper()
	books := map[string][]byte{}
	for name, change := range map[string]func(r *Request){
		"en":     func(*Request) {},
		"cs":     func(*Request) {},
		"en-raw": func(r *Request) { r.Raw = true },
	} {
		req := request(t, name[:2], XLSX)
		req.Summary, req.sheetRows = true, 8
		req.Activities, req.Messages = activities(4), messages(10)
		req.Columns = append(Fields()[1:1+listed], "id", "wa_number", "activities", "messages", "state")
		change(&req)
		books[name], _ = write(t, req, 20, goldenRecord)
	}
	return books
}

// goldenRecord begins with a row that a person can check and goes on with hostile ones.
func goldenRecord(i int) listing.Record {
	if i == 0 {
		return one(0)
	}
	return hostileRecord(i)
}

func TestOpenpyxlReadsTheGoldenCells(t *testing.T) {
	t.Parallel()
	python := pythonWithOpenpyxl(t)
	for name, data := range goldenBooks(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "book.xlsx")
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command(python, "-c", openpyxlScript, path).Output()
			if err != nil {
				t.Fatal(err)
			}
			var got []goldenSheet
			if err := json.Unmarshal(out, &got); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", "golden", name+".json")
			if *update {
				writeGolden(t, golden, got)
			}
			var want []goldenSheet
			kept, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(kept, &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("cells (-golden +openpyxl):\n%s", diff)
			}
		})
	}
}

// writeGolden keeps one row of cells a line, so that a change shows where it is.
func writeGolden(t *testing.T, path string, sheets []goldenSheet) {
	t.Helper()
	var out bytes.Buffer
	line := func(v any) string {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for i, s := range sheets {
		rows := s.Cells
		s.Cells = nil
		head := strings.TrimSuffix(line(s), `"cells":null}`)
		out.WriteString([]string{"[\n", ",\n"}[min(i, 1)] + head + "\"cells\":[\n")
		for j, row := range rows {
			out.WriteString(line(row) + []string{",", ""}[j/max(len(rows)-1, 1)] + "\n")
		}
		out.WriteString("]}")
	}
	out.WriteString("\n]\n")
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}
