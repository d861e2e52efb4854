package intake

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"

	"wapdesk/store"
)

func prague(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// save writes a file and returns its path.
func save(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// read opens a file and reads all of it.
func read(t testing.TB, path string) ([]store.Conversation, Report, error) {
	t.Helper()
	f, err := Open(t.Context(), path, Options{Zone: prague(t), TempDir: t.TempDir()})
	if err != nil {
		return nil, Report{}, err
	}
	var all []store.Conversation
	for c, e := range f.Conversations(t.Context()) {
		if e != nil {
			err = e
			break
		}
		all = append(all, c)
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	return all, f.Report(), err
}

// lines joins records of a .csv.
func lines(records ...string) []byte { return []byte(strings.Join(records, "\r\n") + "\r\n") }

func encoded(t testing.TB, e encoding.Encoding, text []byte) []byte {
	t.Helper()
	out, err := e.NewEncoder().Bytes(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// cellStyle gives cells of a test workbook a number format.
type styled struct {
	value  any
	format string
}

// workbook makes an .xlsx of sheets of rows.
func workbook(t testing.TB, sheets map[string][][]any, change func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	first := true
	for name, rows := range sheets {
		if first {
			must(t, f.SetSheetName("Sheet1", name))
		} else if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		first = false
		for i, row := range rows {
			for j, value := range row {
				cell, err := excelize.CoordinatesToCellName(j+1, i+1)
				must(t, err)
				if s, ok := value.(styled); ok {
					id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &s.format})
					must(t, err)
					must(t, f.SetCellStyle(name, cell, cell, id))
					value = s.value
				}
				must(t, f.SetCellValue(name, cell, value))
			}
		}
	}
	if change != nil {
		change(f)
	}
	buf, err := f.WriteToBuffer()
	must(t, err)
	return buf.Bytes()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// repack copies a workbook part by part through change, which may return nil to drop one.
func repack(t testing.TB, data []byte, change func(name string, content []byte) []byte, extra map[string][]byte) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	put := func(name string, content []byte) {
		part, err := w.Create(name)
		must(t, err)
		_, err = part.Write(content)
		must(t, err)
	}
	for _, f := range r.File {
		rc, err := f.Open()
		must(t, err)
		var content bytes.Buffer
		_, err = content.ReadFrom(rc)
		must(t, err)
		must(t, rc.Close())
		if changed := change(f.Name, content.Bytes()); changed != nil {
			put(f.Name, changed)
		}
	}
	for name, content := range extra {
		put(name, content)
	}
	must(t, w.Close())
	return out.Bytes()
}
