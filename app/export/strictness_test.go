package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// recorder keeps what a check finds instead of failing the test.
type recorder struct {
	testing.TB
	faults []string
}

func (r *recorder) Errorf(format string, args ...any) {
	r.faults = append(r.faults, fmt.Sprintf(format, args...))
}

// TestStrictChecksFindFaults breaks a good workbook in one place each: a check that finds
// nothing wrong with it is no check.
func TestStrictChecksFindFaults(t *testing.T) {
	t.Parallel()
	good := readParts(t, strictBooks(t)["en"])
	const sheet1, book, styles = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
	for _, fault := range []struct{ name, part, old, new string }{
		{"children in another order", sheet1, `<ignoredErrors>`, `<sheetData/><ignoredErrors>`},
		{"row twice", sheet1, `<row r="3">`, `<row r="2">`},
		{"cell in another row", sheet1, `<c r="A3"`, `<c r="A4"`},
		{"cells in another order", sheet1, `<c r="B1"`, `<c r="A1"`},
		{"format that is not there", sheet1, `<c r="A2" s="`, `<c r="A2" s="99`},
		{"text as a number", sheet1, ` t="inlineStr"`, ``},
		{"formula", sheet1, `<is><t`, `<f>1+1</f><is><t`},
		{"filter of another size", sheet1, `<autoFilter ref="A1:AI31"`, `<autoFilter ref="A1:AI30"`},
		{"pane that does not freeze", sheet1, `ySplit="1"`, `ySplit="2"`},
		{"column too wide", sheet1, `width="`, `width="9999`},
		{"white space unprotected", sheet1, `<is><t>Podpora`, `<is><t> Podpora`},
		{"long sheet name", book, `name="Activities"`, `name="Activities of the whole month and more"`},
		{"sheet name twice", book, `name="Activities"`, `name="MESSAGES"`},
		{"sheet name with a slash", book, `name="Activities"`, `name="Acti/vities"`},
		{"sheet id twice", book, `sheetId="2"`, `sheetId="1"`},
		{"name of no sheet", book, `localSheetId="0"`, `localSheetId="70"`},
		{"filter's name of another size", book, `$AI$31<`, `$AI$30<`},
		{"number format that is not there", styles, `formatCode="[h]:mm:ss"`, `formatCode=""`},
		{"font that is not there", styles, `fontId="1"`, `fontId="7"`},
		{"wrong count", styles, `<fonts count="2"`, `<fonts count="3"`},
		{"chart of another sheet", "xl/charts/chart1.xml", `Summary`, `Somewhere`},
		{"chart of cells that are not there", "xl/charts/chart4.xml", `$B$`, `$B$9`},
		{"axis that is not there", "xl/charts/chart2.xml", `<axId val="100000001"`, `<axId val="7"`},
	} {
		parts := maps.Clone(good)
		if parts[fault.part] = bytes.Replace(good[fault.part], []byte(fault.old), []byte(fault.new), 1); bytes.Equal(parts[fault.part], good[fault.part]) {
			t.Errorf("%s: there is no %q in %s", fault.name, fault.old, fault.part)
			continue
		}
		r := &recorder{TB: t}
		checkWorkbook(r, parts)
		if len(r.faults) == 0 {
			t.Errorf("%s was not found", fault.name)
		}
	}
}

// validate holds workbooks against the validator of Microsoft's Open XML SDK and returns
// what it says of each.
func validate(t *testing.T, data []byte) []string {
	t.Helper()
	arch := map[string]string{"amd64": "x64", "arm64": "arm64"}[runtime.GOARCH]
	system := map[string]string{"linux": "linux", "darwin": "darwin", "windows": "win32"}[runtime.GOOS]
	program := filepath.Join("..", "..", "frontend", "node_modules", "@xarsh", "ooxml-validator-"+system+"-"+arch, "ooxml-validator")
	if _, err := os.Stat(program); err != nil {
		t.Fatalf("the validator is missing: run npm ci in the folder frontend (%v)", err)
	}
	path := filepath.Join(t.TempDir(), "book.xlsx")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, path)
	// It keeps a copy of its libraries; the fault of one run must not be another's.
	cmd.Env = append(os.Environ(), "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1")
	out, _ := cmd.Output() // it also ends with 1 when it finds something
	var answer struct {
		OK     bool
		Errors []struct{ Description, Path, XPath string }
	}
	if err := json.Unmarshal(out, &answer); err != nil {
		t.Fatalf("the validator said %q: %v", out, err)
	}
	var faults []string
	for _, e := range answer.Errors {
		faults = append(faults, strings.Join([]string{e.Path, e.XPath, e.Description}, " "))
	}
	if answer.OK != (len(faults) == 0) {
		t.Fatalf("the validator said %q", out)
	}
	return faults
}

// TestOpenXMLValidatorFindsNothing is the independent judge: the schemas and rules that
// Microsoft publishes for Office.
func TestOpenXMLValidatorFindsNothing(t *testing.T) {
	t.Parallel()
	books := strictBooks(t)
	for name, data := range books {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, fault := range validate(t, data) {
				t.Error(fault)
			}
		})
	}
	t.Run("but does find a fault", func(t *testing.T) {
		t.Parallel()
		broken := bytes.Clone(rezip(t, books["en"], "xl/styles.xml", `<sz val="11"`, `<sz val="many"`))
		if len(validate(t, broken)) == 0 {
			t.Error("a font size of many was not found")
		}
	})
}
