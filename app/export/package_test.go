package export

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
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
func wellFormed(t testing.TB, name string, content []byte) []xml.StartElement {
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
	for name, data := range strictBooks(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			parts := readParts(t, data)
			types := contentTypes(t, parts)
			for name, content := range parts {
				elements := wellFormed(t, name, content)
				if strings.HasSuffix(name, ".rels") {
					checkRelations(t, name, elements, parts)
				}
				checkMarkup(t, name, elements, content)
			}
			for name, kind := range map[string]string{
				"xl/workbook.xml":          ".sheet.main+xml",
				"xl/styles.xml":            ".styles+xml",
				"xl/worksheets/sheet1.xml": ".worksheet+xml",
				"xl/charts/chart4.xml":     ".drawingml.chart+xml",
			} {
				if !strings.HasSuffix(types[name], kind) {
					t.Errorf("%s is said to be %q", name, types[name])
				}
			}
			if bytes.Contains(data, []byte("vbaProject")) {
				t.Error("there are macros in the workbook")
			}
			checkWorkbook(t, parts)
		})
	}
}

// contentTypes checks that each part has one content type and each type a part.
func contentTypes(t testing.TB, parts map[string][]byte) map[string]string {
	t.Helper()
	types, defaults := map[string]string{}, map[string]bool{}
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
			if defaults[attr(e, "Extension")] {
				t.Errorf("the ending %s has two content types", attr(e, "Extension"))
			}
			defaults[attr(e, "Extension")] = true
		}
	}
	for name := range parts {
		if types[name] == "" && !defaults[strings.TrimPrefix(path.Ext(name), ".")] && name != "[Content_Types].xml" {
			t.Errorf("%s has no content type", name)
		}
	}
	return types
}

// checkMarkup refuses what no part of a workbook may have.
func checkMarkup(t testing.TB, name string, elements []xml.StartElement, content []byte) {
	t.Helper()
	if bytes.Contains(content, []byte("<!DOCTYPE")) || bytes.Contains(content, []byte("<!ENTITY")) {
		t.Errorf("%s declares a document type", name)
	}
	if len(elements) == 0 {
		t.Errorf("%s is empty", name)
	}
	for _, e := range elements {
		seen := map[xml.Name]bool{}
		for _, a := range e.Attr {
			if seen[a.Name] {
				t.Errorf("%s: %s has %s twice", name, e.Name.Local, a.Name.Local)
			}
			seen[a.Name] = true
		}
	}
}

// checkRelations checks that every target exists and no id is used twice.
func checkRelations(t testing.TB, name string, elements []xml.StartElement, parts map[string][]byte) {
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

// rezip returns the workbook with the first of a text in one part replaced.
func rezip(t testing.TB, data []byte, part, old, new string) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(rc)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == part {
			if !bytes.Contains(content, []byte(old)) {
				t.Fatalf("there is no %q in %s", old, part)
			}
			content = bytes.Replace(content, []byte(old), []byte(new), 1)
		}
		entry, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := entry.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
