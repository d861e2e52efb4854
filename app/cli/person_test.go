package cli

import (
	"archive/zip"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestEverythingAboutAPersonIsSaved finds one customer by everything that names them, and looks for
// their every trace in what is saved.
func TestEverythingAboutAPersonIsSaved(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	m := c.site.lead(t)
	m.ok("sync")
	for _, text := range []string{"Qxlastname", "qxmail@example.org", "+420 733 918 274 666", "420733918274555", "contact_qxuniquename", "QXACCOUNTNAME"} {
		var got struct {
			People       []personRow
			Interactions []personInteraction
		}
		m.json(&got, "person", text)
		if len(got.People) != 1 || *got.People[0].Contact != "contact_qxuniquename" {
			t.Fatalf("%q leads to %+v", text, got.People)
		}
		if len(got.Interactions) != 1 || got.Interactions[0].Name != c.interaction {
			t.Errorf("%q has interactions %+v, want %s", text, got.Interactions, c.interaction)
		}
	}
	data := filepath.Join(t.TempDir(), "person.jsonl")
	m.ok("person", "qxlastname", "--out", data)
	text := read(t, data)
	for _, trace := range c.traces {
		if !strings.Contains(strings.ToLower(text), strings.ToLower(trace)) {
			t.Errorf("the data lack %q", trace)
		}
	}
	for line := range strings.Lines(text) {
		var row map[string]any
		if err := json.Unmarshal([]byte(line), &row); err != nil || row["table"] == nil {
			t.Fatalf("a line is no row: %v", err)
		}
	}
	archive := filepath.Join(t.TempDir(), "person.zip")
	m.ok("person", "qxlastname", "--out", archive)
	inside := unzipped(t, archive)
	if inside["data.jsonl"] != text {
		t.Error("the archive holds other data than the file of data alone")
	}
	if !strings.Contains(inside["conversations.txt"], "qxinteractiontitle") || !strings.Contains(inside["about.txt"], "420733918274666") {
		t.Errorf("conversations and about lack the person: %s", inside["about.txt"])
	}
	if !strings.Contains(m.ok("anonymise", c.interaction, "--json"), "person.zip") {
		t.Error("the file is not in the log of exports")
	}
}

// TestAPersonIsErasedWithOneConfirmation erases a customer and lists what remains in the contact centre.
func TestAPersonIsErasedWithOneConfirmation(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	m := c.site.lead(t)
	m.ok("sync")
	before := m.ok("list", "--time", "all", "--count")
	m.ok("person", "qxlastname", "--anonymise")
	if !strings.Contains(m.ok("show", c.interaction), "qxinteractiontitle") {
		t.Fatal("without --yes something was erased")
	}
	var got struct {
		Erased  int
		Contact bool
		Todo    []struct{ Kind, Name, Link string }
	}
	m.json(&got, "person", "qxlastname", "--anonymise", "--yes")
	if got.Erased != 1 || !got.Contact {
		t.Errorf("erased %+v", got)
	}
	if len(got.Todo) != 2 || got.Todo[0].Kind != "contact" || got.Todo[1].Name != c.interaction || !strings.Contains(got.Todo[1].Link, c.interaction) {
		t.Errorf("left to do in the contact centre: %+v", got.Todo)
	}
	c.mustBeGone(t, m, "after the erasure")
	if after := m.ok("list", "--time", "all", "--count"); after != before {
		t.Errorf("the total was %s and is %s", before, after)
	}
	m.fails(1, "person", "qxlastname")
	m.ok("sync", "--deep")
	m.fails(1, "person", "qxlastname") // and after a sync as well
}

// TestAPersonAmongSeveral refuses to save or erase somebody who is not named well enough.
func TestAPersonAmongSeveral(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	m := c.site.lead(t)
	m.ok("sync")
	var got struct{ People []personRow }
	m.json(&got, "person", "a")
	if len(got.People) < 2 {
		t.Fatalf("found %d people", len(got.People))
	}
	out := filepath.Join(t.TempDir(), "person.zip")
	for _, args := range [][]string{{"person", "a", "--out", out}, {"person", "a", "--anonymise", "--yes"}, {"person", "nobodyatall", "--out", out}} {
		m.fails(1, args...)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a file was written")
	}
}

// TestTheLedgerIsWritten looks for the erasure, and for nothing of the customer, in both kinds of file.
func TestTheLedgerIsWritten(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	m := c.site.lead(t)
	m.ok("sync")
	m.ok("anonymise", "--time", "all", "--query", `title:"qxinteractiontitle" AND answered:yes`, "--yes")
	folder := t.TempDir()
	table, book := filepath.Join(folder, "ledger.csv"), filepath.Join(folder, "ledger.xlsx")
	m.ok("ledger", "--out", table)
	m.ok("ledger", "--out", book)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(read(t, table), "\uFEFF"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	workbook, err := excelize.OpenFile(book)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = workbook.Close() }()
	sheet, err := workbook.GetRows("Ledger")
	if err != nil {
		t.Fatal(err)
	}
	for _, read := range [][][]string{rows, sheet} {
		text := strings.ToLower(strings.Join(flat(read), "\n"))
		if !strings.Contains(text, strings.ToLower(c.interaction)) || !strings.Contains(text, "answered") {
			t.Errorf("the ledger lacks the erasure or its filter: %s", text)
		}
		for _, trace := range c.traces {
			if strings.Contains(text, strings.ToLower(trace)) {
				t.Errorf("the ledger holds %q", trace)
			}
		}
	}
	m.fails(1, "ledger", "--out", table) // it is there
	m.fails(2, "ledger", "--out", filepath.Join(folder, "ledger.txt"))
}

func flat(rows [][]string) []string {
	var all []string
	for _, row := range rows {
		all = append(all, row...)
	}
	return all
}

func unzipped(t *testing.T, path string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(b)
	}
	return files
}
