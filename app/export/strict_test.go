package export

import (
	"encoding/xml"
	"fmt"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// strictBooks are workbooks with everything in them, to be held against Excel's rules.
func strictBooks(t *testing.T) map[string][]byte {
	t.Helper()
	books := map[string][]byte{}
	for _, lang := range []string{"en", "cs"} {
		for name, rows := range map[string]int{"": 50, " of one row": 0} {
			req := request(t, lang, XLSX)
			req.Summary, req.sheetRows, req.Raw = true, 30, lang == "cs"
			req.Activities, req.Messages = activities(rows), messages(rows)
			req.Columns = Fields()
			if rows == 0 {
				req.Columns = nil // the fourteen
				books[lang+name], _ = write(t, req, 1, one)
				continue
			}
			books[lang+name], _ = write(t, req, rows, hostileRecord)
		}
	}
	return books
}

// node is an element with everything below it.
type node struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Children []node     `xml:",any"`
}

func (n node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// all returns the elements of a name anywhere below n.
func (n node) all(name string) []node {
	var found []node
	for _, c := range n.Children {
		if c.XMLName.Local == name {
			found = append(found, c)
		}
		found = append(found, c.all(name)...)
	}
	return found
}

// one returns the child of a name, an empty node when there is none.
func (n node) one(name string) node {
	for _, c := range n.Children {
		if c.XMLName.Local == name {
			return c
		}
	}
	return node{}
}

func tree(t testing.TB, name string, content []byte) node {
	t.Helper()
	var n node
	if err := xml.Unmarshal(content, &n); err != nil {
		t.Fatalf("part %s: %v", name, err)
	}
	return n
}

// limits are what the parts of a workbook may refer to in one another.
type limits struct {
	formats int      // cell formats
	strings int      // shared strings
	sheets  []string // names
	rows    map[string]int
}

// checkWorkbook holds workbook, styles, sheets and charts against what ECMA-376 part 1, 18
// demands beyond the schemas; each of these makes Excel offer a repair.
func checkWorkbook(t testing.TB, parts map[string][]byte) {
	t.Helper()
	var l limits
	l.rows = map[string]int{}
	l.formats = checkStyles(t, tree(t, "styles", parts["xl/styles.xml"]))
	if shared, ok := parts["xl/sharedStrings.xml"]; ok {
		l.strings = checkStrings(t, tree(t, "shared strings", shared))
	}
	relations := map[string]string{}
	for _, r := range tree(t, "relations", parts["xl/_rels/workbook.xml.rels"]).all("Relationship") {
		relations[r.attr("Id")] = path.Join("xl", strings.TrimPrefix(r.attr("Target"), "/xl/"))
	}
	book := tree(t, "workbook", parts["xl/workbook.xml"])
	ids, names := map[string]bool{}, map[string]bool{}
	filters := map[string]string{}
	selected := 0
	for _, s := range book.one("sheets").all("sheet") {
		name := s.attr("name")
		checkSheetName(t, name)
		if folded := strings.ToLower(name); names[folded] {
			t.Errorf("two sheets are named %q", name)
		} else {
			names[folded] = true
		}
		if number, err := strconv.Atoi(s.attr("sheetId")); err != nil || number < 1 || ids[s.attr("sheetId")] {
			t.Errorf("sheet %q has the id %q", name, s.attr("sheetId"))
		}
		ids[s.attr("sheetId")] = true
		part := relations[s.attr("id")]
		if !strings.HasPrefix(part, "xl/worksheets/") {
			t.Errorf("sheet %q points to %q", name, part)
			continue
		}
		l.sheets = append(l.sheets, name)
		sheet := tree(t, part, parts[part])
		l.rows[name], filters[name] = checkSheet(t, name, sheet, l)
		for _, v := range sheet.all("sheetView") {
			if v.attr("tabSelected") == "1" || v.attr("tabSelected") == "true" {
				selected++
			}
		}
	}
	if active, err := strconv.Atoi("0" + book.one("bookViews").one("workbookView").attr("activeTab")); err != nil || active >= len(l.sheets) {
		t.Errorf("the active sheet is %d of %d", active, len(l.sheets))
	}
	if selected != 1 {
		t.Errorf("%d sheets are selected", selected)
	}
	checkNames(t, book.one("definedNames").all("definedName"), l, filters)
	charts := 0
	for name, content := range parts {
		if strings.HasPrefix(name, "xl/charts/chart") {
			charts++
			checkChart(t, name, tree(t, name, content), l)
		}
	}
	if charts != 4 {
		t.Errorf("%d charts, want 4", charts)
	}
}

func checkSheetName(t testing.TB, name string) {
	t.Helper()
	if n := len(utf16.Encode([]rune(name))); n == 0 || n > 31 || strings.ContainsAny(name, `:\/?*[]`) ||
		strings.HasPrefix(name, "'") || strings.HasSuffix(name, "'") || strings.EqualFold(name, "history") {
		t.Errorf("Excel refuses the sheet name %q", name)
	}
}

// checkStyles returns how many cell formats there are; each refers to a font, a fill, a
// border and a number format that exist.
func checkStyles(t testing.TB, styles node) int {
	t.Helper()
	size := map[string]int{}
	for _, list := range []string{"fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "numFmts"} {
		n := styles.one(list)
		size[list] = len(n.Children)
		if said := n.attr("count"); said != "" && said != strconv.Itoa(len(n.Children)) {
			t.Errorf("%s: %s said, %d there", list, said, len(n.Children))
		}
	}
	formats := map[int]bool{}
	for _, f := range styles.one("numFmts").all("numFmt") {
		id, err := strconv.Atoi(f.attr("numFmtId"))
		if err != nil || id < 164 || formats[id] || f.attr("formatCode") == "" {
			t.Errorf("number format %q of the id %q", f.attr("formatCode"), f.attr("numFmtId"))
		}
		formats[id] = true
	}
	for _, xf := range styles.one("cellXfs").all("xf") {
		for ref, list := range map[string]string{"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"} {
			if id, err := strconv.Atoi("0" + xf.attr(ref)); err != nil || id >= size[list] {
				t.Errorf("a cell format has the %s %q of %d", ref, xf.attr(ref), size[list])
			}
		}
		if id, err := strconv.Atoi("0" + xf.attr("numFmtId")); err != nil || id > 49 && !formats[id] {
			t.Errorf("a cell format has the number format %q", xf.attr("numFmtId"))
		}
	}
	return size["cellXfs"]
}

func checkStrings(t testing.TB, table node) int {
	t.Helper()
	texts := table.all("si")
	if unique := table.attr("uniqueCount"); unique != "" && unique != strconv.Itoa(len(texts)) {
		t.Errorf("shared strings: %s said, %d there", unique, len(texts))
	}
	return len(texts)
}

// sheetOrder is the order in which ECMA-376 part 1, 18.3.1.99 wants the children of a
// worksheet.
var sheetOrder = []string{
	"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
	"protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
	"phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
	"headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
	"legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
}

// checkSheet returns the number of the sheet's last row and the area of its filter.
func checkSheet(t testing.TB, name string, sheet node, l limits) (lastRow int, filter string) {
	t.Helper()
	last := -1
	for _, c := range sheet.Children {
		at := slices.Index(sheetOrder, c.XMLName.Local)
		if at <= last {
			t.Errorf("%s: %s stands after %s", name, c.XMLName.Local, sheetOrder[max(last, 0)])
		}
		last = at
	}
	end := 0
	for _, c := range sheet.one("cols").all("col") {
		from, err1 := strconv.Atoi(c.attr("min"))
		to, err2 := strconv.Atoi(c.attr("max"))
		width, err3 := strconv.ParseFloat(c.attr("width"), 64)
		if err1 != nil || err2 != nil || err3 != nil || from <= end || to < from || to > 16384 || width <= 0 || width > 255 {
			t.Errorf("%s: column %v", name, c.Attrs)
		}
		end = to
		checkFormat(t, name, c.attr("style"), l)
	}
	widest := 0
	for _, r := range sheet.one("sheetData").Children {
		number, err := strconv.Atoi(r.attr("r"))
		if err != nil || number <= lastRow || number > 1<<20 {
			t.Errorf("%s: row %q after %d", name, r.attr("r"), lastRow)
		}
		lastRow = number
		lastColumn := 0
		for _, c := range r.Children {
			column, row, err := excelize.CellNameToCoordinates(c.attr("r"))
			if err != nil || row != number || column <= lastColumn {
				t.Errorf("%s: cell %q after column %d of row %d", name, c.attr("r"), lastColumn, number)
			}
			lastColumn = column
			checkCell(t, name, c, l)
		}
		widest = max(widest, lastColumn)
	}
	if filter = sheet.one("autoFilter").attr("ref"); filter != "" {
		cell, err := excelize.CoordinatesToCellName(widest, lastRow)
		if err != nil || filter != "A1:"+cell {
			t.Errorf("%s: filter on %q, the last cell is %s", name, filter, cell)
		}
	}
	for _, v := range sheet.all("pane") {
		if v.attr("state") != "frozen" || v.attr("ySplit") != "1" || v.attr("topLeftCell") != "A2" || v.attr("activePane") != "bottomLeft" {
			t.Errorf("%s: pane %v", name, v.Attrs)
		}
	}
	return lastRow, filter
}

func checkFormat(t testing.TB, name, style string, l limits) {
	t.Helper()
	if id, err := strconv.Atoi("0" + style); err != nil || id >= l.formats {
		t.Errorf("%s: cell format %q of %d", name, style, l.formats)
	}
}

// checkCell checks that a cell's content is what its type says.
func checkCell(t testing.TB, name string, c node, l limits) {
	t.Helper()
	at := name + " " + c.attr("r")
	checkFormat(t, at, c.attr("s"), l)
	if len(c.all("f")) > 0 {
		t.Errorf("%s has a formula", at)
	}
	switch kind := c.attr("t"); kind {
	case "", "n":
		v := c.one("v")
		if len(c.Children) == 0 {
			return // only a format
		}
		if f, err := strconv.ParseFloat(v.Text, 64); err != nil || math.IsInf(f, 0) || math.IsNaN(f) || len(c.Children) != 1 {
			t.Errorf("%s holds the number %q", at, v.Text)
		}
	case "s":
		if n, err := strconv.Atoi(c.one("v").Text); err != nil || n < 0 || n >= l.strings {
			t.Errorf("%s holds the shared string %q of %d", at, c.one("v").Text, l.strings)
		}
	case "inlineStr":
		is := c.one("is")
		if len(c.Children) != 1 || len(is.Children) != 1 || is.Children[0].XMLName.Local != "t" {
			t.Errorf("%s is not one text", at)
			return
		}
		text := is.one("t")
		if n := len(utf16.Encode([]rune(text.Text))); n > maxCellUnits*7 { // each may be escaped
			t.Errorf("%s holds %d characters", at, n)
		}
		if trimmed := strings.Trim(text.Text, " \t\r\n"); trimmed != text.Text && text.attr("space") != "preserve" {
			t.Errorf("%s would lose its white space", at)
		}
	default:
		t.Errorf("%s has the type %q", at, kind)
	}
}

// checkNames checks the defined names: filters where the sheets have them, titles to print.
func checkNames(t testing.TB, defined []node, l limits, filters map[string]string) {
	t.Helper()
	seen, found := map[string]bool{}, 0
	for _, d := range defined {
		key := d.attr("localSheetId") + " " + strings.ToLower(d.attr("name"))
		if seen[key] {
			t.Errorf("%s is defined twice", key)
		}
		seen[key] = true
		local, err := strconv.Atoi(d.attr("localSheetId"))
		if err != nil || local >= len(l.sheets) {
			t.Errorf("%s belongs to sheet %q of %d", d.attr("name"), d.attr("localSheetId"), len(l.sheets))
			continue
		}
		sheet := l.sheets[local]
		quoted := "'" + strings.ReplaceAll(sheet, "'", "''") + "'!"
		switch d.attr("name") {
		case "_xlnm._FilterDatabase":
			found++
			if got := strings.ReplaceAll(strings.TrimPrefix(d.Text, quoted), "$", ""); got != filters[sheet] {
				t.Errorf("the filter of %s is named as %q, the sheet says %q", sheet, d.Text, filters[sheet])
			}
		case "_xlnm.Print_Titles":
			if d.Text != quoted+"$1:$1" {
				t.Errorf("titles to print on %s: %q", sheet, d.Text)
			}
		default:
			t.Errorf("unknown name %q", d.attr("name"))
		}
	}
	for sheet, filter := range filters {
		if filter != "" {
			found--
		}
		if filter == "" && l.rows[sheet] > 0 && strings.HasPrefix(sheet, "Inter") {
			t.Errorf("%s has no filter", sheet)
		}
	}
	if found != 0 {
		t.Errorf("%d more names than filters", found)
	}
}

// checkChart checks that a chart draws cells that exist, series of one length each.
func checkChart(t testing.TB, name string, chart node, l limits) {
	t.Helper()
	series := chart.all("ser")
	if len(series) != 2 {
		t.Errorf("%s has %d series", name, len(series))
	}
	for i, s := range series {
		if s.one("idx").attr("val") != strconv.Itoa(i) || s.one("order").attr("val") != strconv.Itoa(i) {
			t.Errorf("%s: series %d is numbered %s", name, i, s.one("idx").attr("val"))
		}
		lengths := map[string]int{}
		for _, f := range s.all("f") {
			sheet, area, ok := strings.Cut(f.Text, "!")
			sheet = strings.Trim(sheet, "'")
			from, to, isRange := strings.Cut(strings.ReplaceAll(area, "$", ""), ":")
			if !isRange {
				to = from
			}
			c1, r1, err1 := excelize.CellNameToCoordinates(from)
			c2, r2, err2 := excelize.CellNameToCoordinates(to)
			if !ok || err1 != nil || err2 != nil || c1 != c2 || r2 < r1 || r2 > l.rows[sheet] {
				t.Errorf("%s draws %q; %s has %d rows", name, f.Text, sheet, l.rows[sheet])
			}
			lengths[fmt.Sprint(isRange)] = max(lengths[fmt.Sprint(isRange)], r2-r1)
			if isRange && r2-r1 != lengths["true"] {
				t.Errorf("%s: series %d has lengths that differ", name, i)
			}
		}
	}
	axes := map[string]int{}
	for _, a := range chart.all("axId") {
		axes[a.attr("val")]++
	}
	for id, n := range axes { // named by the plot and by the axis
		if n != 2 {
			t.Errorf("%s: axis %s is named %d times", name, id, n)
		}
	}
}
