package export

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"slices"
	"strings"
	"testing"
)

// Strictness of Excel: what makes it offer a repair is checked here on the package itself,
// by rules of ECMA-376 parts 1 and 2, independent of the reader in excelize.

// readParts unpacks a workbook and checks that its ZIP is one every reader takes: no name
// twice, sizes and checksums right in the directory, no 64-bit records.
func readParts(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, f := range r.File {
		if _, ok := parts[f.Name]; ok {
			t.Errorf("part %s is there twice", f.Name)
		}
		if f.UncompressedSize64 == 0 || f.CompressedSize64 == 0 {
			t.Errorf("part %s says it is empty", f.Name)
		}
		if f.ReaderVersion > 20 {
			t.Errorf("part %s asks for version %d of ZIP", f.Name, f.ReaderVersion)
		}
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(rc) // checks size and checksum
		if err != nil {
			t.Errorf("part %s: %v", f.Name, err)
		}
		if err := rc.Close(); err != nil {
			t.Errorf("part %s: %v", f.Name, err)
		}
		parts[f.Name] = content
	}
	return parts
}

// wellFormed checks a part's XML and returns the names of its elements in order, with the
// attributes of each.
func wellFormed(t *testing.T, name string, content []byte) []xml.StartElement {
	t.Helper()
	var elements []xml.StartElement
	d := xml.NewDecoder(bytes.NewReader(content))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return elements
		}
		if err != nil {
			t.Fatalf("part %s: %v", name, err)
		}
		if start, ok := token.(xml.StartElement); ok {
			elements = append(elements, start.Copy())
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func TestPackageIsOneExcelTakes(t *testing.T) {
	t.Parallel()
	req := request(t, "en", XLSX)
	req.Summary, req.sheetRows = true, 40
	req.Activities, req.Messages = activities(30), messages(30)
	req.Columns = Fields()
	data, _ := write(t, req, 100, hostileRecord)
	parts := readParts(t, data)

	types := map[string]string{}
	defaults := map[string]bool{}
	for _, e := range wellFormed(t, "[Content_Types].xml", parts["[Content_Types].xml"]) {
		switch e.Name.Local {
		case "Override":
			name := strings.TrimPrefix(attr(e, "PartName"), "/")
			if _, ok := types[name]; ok {
				t.Errorf("%s has two content types", name)
			}
			if _, ok := parts[name]; !ok {
				t.Errorf("%s has a content type but is not there", name)
			}
			types[name] = attr(e, "ContentType")
		case "Default":
			defaults[attr(e, "Extension")] = true
		}
	}
	charts := 0
	for name, content := range parts {
		elements := wellFormed(t, name, content)
		if types[name] == "" && !defaults[strings.TrimPrefix(path.Ext(name), ".")] {
			t.Errorf("%s has no content type", name)
		}
		if strings.HasSuffix(name, ".rels") {
			checkRelations(t, name, elements, parts)
		}
		if strings.HasPrefix(name, "xl/worksheets/sheet") {
			checkSheet(t, name, elements, bytes.Contains(content, []byte(`state="frozen"`)))
		}
		if strings.HasPrefix(name, "xl/charts/chart") {
			charts++
		}
	}
	if charts != 4 {
		t.Errorf("%d charts, want 4", charts)
	}
	if bytes.Contains(data, []byte("vbaProject")) {
		t.Error("there are macros in the workbook")
	}
}

// checkRelations checks that every target exists and no id is used twice.
func checkRelations(t *testing.T, name string, elements []xml.StartElement, parts map[string][]byte) {
	t.Helper()
	base := path.Dir(path.Dir(name))
	seen := map[string]bool{}
	for _, e := range elements {
		if e.Name.Local != "Relationship" {
			continue
		}
		if id := attr(e, "Id"); seen[id] {
			t.Errorf("%s uses %s twice", name, id)
		} else {
			seen[id] = true
		}
		if mode := attr(e, "TargetMode"); mode == "External" {
			t.Errorf("%s points out of the file: %s", name, attr(e, "Target"))
			continue
		}
		target := path.Join(base, attr(e, "Target"))
		if strings.HasPrefix(attr(e, "Target"), "/") {
			target = strings.TrimPrefix(attr(e, "Target"), "/")
		}
		if _, ok := parts[target]; !ok {
			t.Errorf("%s points to %s, which is not there", name, target)
		}
	}
}

// sheetOrder is the order in which ECMA-376 part 1, 18.3.1.99 wants the children of a
// worksheet; Excel repairs a file that has them in another.
var sheetOrder = []string{
	"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "autoFilter", "pageMargins",
	"pageSetup", "headerFooter", "ignoredErrors", "drawing",
}

func checkSheet(t *testing.T, name string, elements []xml.StartElement, streamed bool) {
	t.Helper()
	last, lastRow, rows, filter := -1, "", 0, ""
	cells := map[string]bool{}
	for _, e := range elements {
		if at := slices.Index(sheetOrder, e.Name.Local); at >= 0 {
			if at < last {
				t.Errorf("%s: %s stands after %s", name, e.Name.Local, sheetOrder[last])
			}
			last = at
		}
		switch e.Name.Local {
		case "row":
			lastRow = attr(e, "r")
			rows++
		case "c":
			ref := attr(e, "r")
			if cells[ref] || !strings.HasSuffix(ref, lastRow) {
				t.Errorf("%s: cell %q in row %s", name, ref, lastRow)
			}
			cells[ref] = true
		case "f":
			t.Errorf("%s has a formula", name)
		case "autoFilter":
			filter = attr(e, "ref")
		}
	}
	if streamed && !strings.HasSuffix(filter, lastRow) {
		t.Errorf("%s: filter on %q, %d rows", name, filter, rows)
	}
}
