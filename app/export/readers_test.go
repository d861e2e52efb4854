package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
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

const openpyxlScript = `
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
out = {}
for ws in book.worksheets:
    out[ws.title] = {
        "cells": [[None if c.value is None else [c.data_type, str(c.value), c.number_format] for c in row] for row in ws.iter_rows()],
        "freeze": ws.freeze_panes, "filter": ws.auto_filter.ref, "charts": len(ws._charts), "bold": bool(ws["A1"].font.b),
    }
print(json.dumps(out))
`

// pySheet is what the script says of a sheet; a cell is its type, value and format.
type pySheet struct {
	Cells  [][][]string
	Freeze string
	Filter string
	Charts int
	Bold   bool
}

func TestOpenpyxlReadsTheSameCells(t *testing.T) {
	t.Parallel()
	python := pythonWithOpenpyxl(t)
	req := request(t, "cs", XLSX)
	req.Summary = true
	path := filepath.Join(t.TempDir(), "book.xlsx")
	data, _ := write(t, req, 2, one)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python, "-c", openpyxlScript, path).Output()
	if err != nil {
		t.Fatal(err)
	}
	var sheets map[string]pySheet
	if err := json.Unmarshal(out, &sheets); err != nil {
		t.Fatal(err)
	}
	got := sheets["Interakce"]
	if got.Freeze != "A2" || got.Filter != "A1:N3" || !got.Bold {
		t.Errorf("frozen %q, filter %q, bold %v", got.Freeze, got.Filter, got.Bold)
	}
	const text, when, span = "@", "d. m. yyyy h:mm:ss", "[h]:mm:ss"
	want := [][]string{
		{"d", "2026-07-01 09:05:07", when},
		{"s", "Podpora CZ", text}, {"s", "Anna Nováková", text}, {"s", "Petr Dvořák", text}, {"s", "=Petr", text},
		{"s", "Petr Dvořák", text}, {"s", "Ano", text},
		{"d", "0:05:12", span}, {"d", "1 day, 1:01:01", span},
		{"s", "Zákazník", text}, {"s", "WA", text}, {"s", "Kontaktováno zpět", text},
		{"d", "2026-12-02 00:30:00", when}, {"s", "Příchozí", text},
	}
	if len(got.Cells) != 3 {
		t.Fatalf("%d rows", len(got.Cells))
	}
	for i, cell := range got.Cells[1] {
		// Some releases of openpyxl keep durations to the microsecond or as a time of day.
		if value := strings.SplitN(cell[1], ".", 2)[0]; cell[0] != want[i][0] || cell[2] != want[i][2] ||
			strings.TrimLeft(value, "0") != strings.TrimLeft(want[i][1], "0") {
			t.Errorf("column %d: %q, want %q", i, cell, want[i])
		}
	}
	if charts := sheets["Souhrn"].Charts; charts != 0 && charts != 4 { // read back only by newer releases
		t.Errorf("%d charts", charts)
	}
	if len(sheets["O souboru"].Cells) == 0 {
		t.Error("no About sheet")
	}
}

func TestLibreOfficeReadsTheSameCells(t *testing.T) {
	t.Parallel()
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Fatal("the third reader is missing: install LibreOffice Calc (Debian: libreoffice-calc-nogui)")
	}
	dir := t.TempDir()
	req := request(t, "en", XLSX)
	req.Summary = true
	req.Messages = messages(5)
	for name, content := range map[string][]byte{
		"book.xlsx": first(write(t, req, 2, one)),
		"czech.csv": first(write(t, request(t, "cs", CSV), 2, one)),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	convert := func(filter, file string) {
		t.Helper()
		cmd := exec.Command(office, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")),
			"--headless", "--convert-to", filter, "--outdir", filepath.Join(dir, "out"), filepath.Join(dir, file))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	// 44 and 34 are comma and quote, 76 is UTF-8, -1 writes every sheet to its own file.
	convert("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1", "book.xlsx")
	got := readCSV(t, filepath.Join(dir, "out", "book-Interactions.csv"))
	want := []string{
		"2026-07-01 9:05:07", "Podpora CZ", "Anna Nováková", "Petr Dvořák", "=Petr", "Petr Dvořák", "Yes",
		"0:05:12", "25:01:01", "Customer", "WA", "Contacted back", "2026-12-02 0:30:00", "Incoming",
	}
	if len(got) != 3 || !slices.Equal(got[1], want) {
		t.Errorf("LibreOffice shows\n%q\nwant\n%q", got, want)
	}
	for _, sheet := range []string{"Summary", "Messages", "About"} {
		if rows := readCSV(t, filepath.Join(dir, "out", "book-"+sheet+".csv")); len(rows) < 2 {
			t.Errorf("%s: %d rows", sheet, len(rows))
		}
	}

	// 59 is the semicolon; 1029 is Czech; "true" detects dates and numbers as Excel does.
	cmd := exec.Command(office, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")),
		"--headless", "--infilter=Text - txt - csv (StarCalc):59,34,76,1,,1029,false,true",
		"--convert-to", "xlsx", "--outdir", filepath.Join(dir, "out"), filepath.Join(dir, "czech.csv"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(dir, "out", "czech.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	f := open(t, data)
	rows, err := f.GetRows(f.GetSheetList()[0])
	if err != nil {
		t.Fatal(err)
	}
	if when, contact := rows[1][0], rows[1][4]; !strings.HasPrefix(when, "46204.37855324") || contact != "'=Petr" {
		t.Errorf("a Czech .csv opens with time %q and contact %q, want a date and inert text", when, contact)
	}
}

func first(data []byte, _ Result) []byte { return data }

func readCSV(t *testing.T, path string) [][]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
