package intake

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"wapdesk/store"
	"wapdesk/store/listing"
)

const (
	english = "Time,Queue,User,Contact,WhatsApp contact / External contact,Title,Answered,Wait time,Duration,Ended/Disconnection,Connector,Missed,Missed time,Direction"
	czech   = "Čas;Fronta;Uživatel;Kontakt;Kontakt WhatsApp / Externí kontakt;Název;Zodpovězeno;Doba čekání;Doba trvání;Ukončení;Konektor;Zmeškané;Čas zmeškání;Směr"
)

// sampleRow is the interaction that most fixtures hold in one form or another.
func sampleRow(t testing.TB) store.Interaction {
	t.Helper()
	zone := prague(t)
	return store.Interaction{
		Name: "row_0000001", Title: "Jiří Dvořák", Time: "2026-11-02 09:05:07",
		TimeMs: time.Date(2026, 11, 2, 9, 5, 7, 0, zone).UnixMilli(),
		Queue:  ref("Podpora CZ"), User: ref("Žaneta Nováková"), Contact: listing.Ref{Title: "Jiří Dvořák"}, Connector: ref("WA 1"),
		ExternalContact: store.ExternalContact{FullName: "Jirka"},
		Answered:        listing.TriNo, WaitS: 312, DurationS: 3661, Direction: "IN", Disconnection: "CLIENT",
		Missed: "NO", MissedTime: "2026-11-02 09:06:00", MissedTimeMs: time.Date(2026, 11, 2, 9, 6, 0, 0, zone).UnixMilli(),
	}
}

const czechRow = "02.11.2026 09:05:07;Podpora CZ;Žaneta Nováková;Jiří Dvořák;Jirka;Jiří Dvořák;Ne;0:05:12;1:01:01;Zákazník;WA 1;Kontaktováno zpět;02.11.2026 09:06;Příchozí"
const englishRow = "2026-11-02 09:05:07,Podpora CZ,Žaneta Nováková,Jiří Dvořák,Jirka,Jiří Dvořák,No,0:05:12,1:01:01,Customer,WA 1,NO,2026-11-02 09:06:00,Incoming"

// xlsxRow is the row as cells of a workbook with dates and durations as numbers.
func xlsxRow(when, span string) []any {
	return []any{
		styled{46328 + 32707.0/86400, when}, "Podpora CZ", "Žaneta Nováková", "Jiří Dvořák", "Jirka", "Jiří Dvořák", "No",
		styled{312.0 / 86400, span}, styled{3661.0 / 86400, span}, "Customer", "WA 1", "NO", styled{46328 + 32760.0/86400, when}, "Incoming",
	}
}

func titles(line, sep string) []any {
	var out []any
	for _, s := range strings.Split(line, sep) {
		out = append(out, s)
	}
	return out
}

// permuted turns the columns of delimited lines around.
func permuted(sep string, records ...string) []byte {
	var out []string
	for _, r := range records {
		cells := strings.Split(r, sep)
		slices.Reverse(cells)
		out = append(out, strings.Join(cells, sep))
	}
	return lines(out...)
}

func TestForeignFilesThatOpen(t *testing.T) {
	t.Parallel()
	swap := func(s string, pairs ...string) string { return strings.NewReplacer(pairs...).Replace(s) }
	utf16 := func(e unicode.Endianness, bom unicode.BOMPolicy) func([]byte) []byte {
		return func(b []byte) []byte { return encoded(t, unicode.UTF16(e, bom), b) }
	}
	late := func(w *store.Interaction) { // a day of the month that tells
		w.MissedTime, w.MissedTimeMs = "2026-11-22 09:06:00", w.MissedTimeMs+20*86_400_000
	}
	book := func(rows ...[]any) []byte { return workbook(t, map[string][][]any{"List1": rows}, nil) }
	for _, test := range []struct {
		name    string
		data    []byte
		change  func(want *store.Interaction)
		unknown []string
	}{
		{"01 english csv", lines(english, englishRow), nil, nil},
		{"02 czech csv", lines(czech, czechRow), nil, nil},
		{"03 utf-8 mark", append([]byte("\xEF\xBB\xBF"), lines(czech, czechRow)...), nil, nil},
		{"04 windows-1250", encoded(t, charmap.Windows1250, lines(czech, czechRow)), nil, nil},
		{"05 utf-16 little, mark", utf16(unicode.LittleEndian, unicode.UseBOM)(lines(czech, czechRow)), nil, nil},
		{"06 utf-16 big, mark", utf16(unicode.BigEndian, unicode.UseBOM)(lines(czech, czechRow)), nil, nil},
		{"07 utf-16 little, no mark", utf16(unicode.LittleEndian, unicode.IgnoreBOM)(lines(english, englishRow)), nil, nil},
		{"08 utf-16 big, no mark", utf16(unicode.BigEndian, unicode.IgnoreBOM)(lines(english, englishRow)), nil, nil},
		{"09 tabs", lines(swap(czech, ";", "\t"), swap(czechRow, ";", "\t")), nil, nil},
		{"10 bars", lines(swap(czech, ";", "|"), swap(czechRow, ";", "|")), nil, nil},
		{"11 other order", permuted(";", czech, czechRow), nil, nil},
		{"12 lf lines", bytes.ReplaceAll(lines(english, englishRow), []byte("\r\n"), []byte("\n")), nil, nil},
		{"13 cr lines", bytes.ReplaceAll(lines(english, englishRow), []byte("\r\n"), []byte("\r")), nil, nil},
		{"14 no last line end", bytes.TrimSpace(lines(english, englishRow)), nil, nil},
		{"15 all quoted", lines(`"`+swap(english, ",", `","`)+`"`, `"`+swap(englishRow, ",", `","`)+`"`), nil, nil},
		{"16 title above", lines("WhatsApp export", "", czech, czechRow), nil, nil},
		{"17 sep line", lines("sep=;", czech, czechRow), nil, nil},
		{"18 unknown columns", lines("Foo,"+english+",Bar (x)", "a,"+englishRow+",b"), nil, []string{"Foo", "Bar (x)"}},
		{"19 upper case headers", lines(strings.ToUpper(english), englishRow), nil, nil},
		{"20 only some columns", lines("Queue;Time;Answered", "Podpora CZ;2.11.2026 9:05:07;Ne"), func(w *store.Interaction) {
			*w = store.Interaction{Name: w.Name, Time: w.Time, TimeMs: w.TimeMs, Queue: w.Queue, Answered: w.Answered,
				WaitS: unknown, DurationS: unknown, MissedTimeMs: unknown}
		}, nil},
		{"21 raw values", lines(english, swap(englishRow, ",No,", ",0,", "0:05:12", "312", "1:01:01", "3661", "Customer", "CLIENT", "Incoming", "IN")), nil, nil},
		{"22 missed 1", lines(english, swap(englishRow, ",NO,", ",1,")), func(w *store.Interaction) { w.Missed = "YES" }, nil},
		{"23 missed 0", lines(english, swap(englishRow, ",NO,", ",0,")), func(w *store.Interaction) { w.Missed = "" }, nil},
		{"24 iso with T and offset", lines(english, swap(englishRow, "2026-11-02 09:05:07", "2026-11-02T08:05:07Z", "2026-11-02 09:06:00", "2026-11-02T10:06:00+02:00")), nil, nil},
		{"25 czech spaced dates", lines(czech, swap(czechRow, "02.11.2026 09:05:07", "2. 11. 2026 9:05:07", "02.11.2026 09:06", "2.\u00A011.\u00A02026 9:06:00")), nil, nil},
		{"26 american dates", lines(english, swap(englishRow, "2026-11-02 09:05:07", "11/2/2026 9:05:07 AM", "2026-11-02 09:06:00", "11/22/2026 9:06:00 AM")), late, nil},
		{"27 british dates", lines(english, swap(englishRow, "2026-11-02 09:05:07", "02/11/2026 09:05:07", "2026-11-02 09:06:00", "22/11/2026 09:06")), late, nil},
		{"28 month names", lines(english, swap(englishRow, "2026-11-02 09:05:07", "2 Nov 2026 09:05:07", "2026-11-02 09:06:00", "2-Nov-2026 09:06")), nil, nil},
		{"29 seconds since 1970", lines(english, swap(englishRow, "2026-11-02 09:05:07", "1793606707", "2026-11-02 09:06:00", "1793606760000")), nil, nil},
		{"30 excel days in csv", lines(czech, swap(czechRow, "02.11.2026 09:05:07", "46328,37855324074", "02.11.2026 09:06", "46328,379166666666")), nil, nil},
		{"31 dashes for nothing", lines(english, "2026-11-02 09:05:07,Podpora CZ,Žaneta Nováková,Jiří Dvořák,Jirka,Jiří Dvořák,No,0:05:12,1:01:01,–,WA 1,-,–,Incoming"),
			func(w *store.Interaction) {
				w.Disconnection, w.Missed, w.MissedTime, w.MissedTimeMs = "", "", "", unknown
			}, nil},
		{"32 inert text", lines(english, swap(englishRow, "Jirka", "'=Jirka")), func(w *store.Interaction) { w.ExternalContact.FullName = "=Jirka" }, nil},
		{"33 quotes within a cell", lines(english, swap(englishRow, "Jirka", `Ji"r"ka`)), func(w *store.Interaction) { w.ExternalContact.FullName = `Ji"r"ka` }, nil},
		{"34 zone in the header", lines(swap(english, "Time,Q", "Time (UTC),Q"), swap(englishRow, "2026-11-02 09:", "2026-11-02 08:")),
			func(w *store.Interaction) { w.Time, w.MissedTime = "2026-11-02 08:05:07", "2026-11-02 08:06:00" }, nil},
		{"35 units of time", lines(english, swap(englishRow, "0:05:12", "5m 12s", "1:01:01", "1 h 1 min 1 s")), nil, nil},
		{"36 anonymised", lines(czech, swap(czechRow, "Jiří Dvořák", "Anonymizováno", "Jirka", "Anonymizováno")), func(w *store.Interaction) {
			w.Title, w.Contact, w.ExternalContact, w.Anonymised = "", listing.Ref{}, store.ExternalContact{}, true
		}, nil},
		{"37 xlsx with dates", book(titles(english, ","), xlsxRow("yyyy-mm-dd h:mm:ss", "[h]:mm:ss")), nil, nil},
		{"38 xlsx, czech formats", book(titles(czech, ";"), xlsxRow("d. m. yyyy h:mm:ss", "h:mm:ss")), nil, nil},
		{"39 xlsx of text", book(titles(czech, ";"), titles(czechRow, ";")), nil, nil},
		{"40 xlsx, durations in seconds", book(titles(english, ","), append(append(append([]any{}, xlsxRow("yyyy-mm-dd h:mm:ss", "0")[:7]...), 312, 3661),
			xlsxRow("yyyy-mm-dd h:mm:ss", "0")[9:]...)), nil, nil},
		{"41 xlsx, title and gap above", book([]any{"Export"}, nil, titles(english, ","), xlsxRow("yyyy-mm-dd h:mm:ss", "[h]:mm:ss")),
			func(w *store.Interaction) {}, nil},
		{"42 xlsx, calendar of 1904", workbook(t, map[string][][]any{"A": {titles(english, ","), func() []any {
			row := xlsxRow("yyyy-mm-dd h:mm:ss", "[h]:mm:ss")
			for _, i := range []int{0, 12} {
				s := row[i].(styled)
				row[i] = styled{s.value.(float64) - days1904, s.format}
			}
			return row
		}()}}, func(f *excelize.File) {
			must(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: new(true)}))
		}), nil, nil},
		{"43 xlsx named csv", book(titles(english, ","), xlsxRow("yyyy-mm-dd h:mm:ss", "[h]:mm:ss")), nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			all, report, err := read(t, save(t, "file.csv", test.data))
			if err != nil {
				t.Fatal(err)
			}
			want := sampleRow(t)
			if test.change != nil {
				test.change(&want)
			}
			if len(all) != 1 {
				t.Fatalf("%d rows, report %+v", len(all), report)
			}
			if got := all[0].Interaction; got != want {
				t.Errorf("\n got %+v\nwant %+v", got, want)
			}
			if len(report.Skipped) != 0 || report.Rows != 1 {
				t.Errorf("report %+v", report)
			}
			if !slices.Equal(report.Unknown, test.unknown) {
				t.Errorf("unknown columns %q, want %q", report.Unknown, test.unknown)
			}
		})
	}
}

func TestForeignFilesThatAreRefused(t *testing.T) {
	t.Parallel()
	good := workbook(t, map[string][][]any{"A": {titles(english, ","), xlsxRow("yyyy-mm-dd h:mm:ss", "[h]:mm:ss")}}, nil)
	same := func(_ string, content []byte) []byte { return content }
	without := func(drop string) func(string, []byte) []byte {
		return func(name string, content []byte) []byte {
			if name == drop {
				return nil
			}
			return content
		}
	}
	sheet := func(old, new string) []byte {
		return repack(t, good, func(name string, content []byte) []byte {
			if name == "xl/worksheets/sheet1.xml" {
				return bytes.Replace(content, []byte(old), []byte(new), 1)
			}
			return content
		}, nil)
	}
	flipped := bytes.Clone(good)
	for i := bytes.Index(flipped, []byte("sheet1.xml")) + 100; i < len(flipped)/2; i++ {
		flipped[i] ^= 0xFF
	}
	ole := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 4096)...)
	for _, test := range []struct {
		name string
		data []byte
		want error
	}{
		{"empty", nil, ErrNoTable},
		{"prose", []byte("Dobrý den, posílám export.\n"), ErrNoTable},
		{"other table", lines("Name,Age,City", "Jan,5,Brno"), ErrNoTable},
		{"no time column", lines("Queue;User;Contact;Title", "a;b;c;d"), ErrNoTime},
		{"only activities", workbook(t, map[string][][]any{"A": {{"Interaction", "Activity", "Opened", "Closed", "User"}}}, nil), ErrNoTable},
		{"no header in a workbook", workbook(t, map[string][][]any{"A": {{"x"}}}, nil), ErrNoTable},
		{"endless quote", append(lines(english, `"`), bytes.Repeat([]byte("x"), maxCellBytes+10)...), ErrCellSize},
		{"cells without end", append(lines(english), bytes.Repeat([]byte(","), maxRowCells*2)...), ErrCellSize},
		{"pdf", []byte("%PDF-1.7 ..."), ErrFormat},
		{"binary", bytes.Repeat([]byte{1, 2, 3, 200}, 2000), ErrFormat},
		{"old xls", ole, ErrOldExcel},
		{"password", append(ole, []byte(strings.Join(strings.Split("EncryptedPackage", ""), "\x00"))...), ErrEncrypted},
		{"cut zip", good[:len(good)-200], ErrBroken},
		{"flipped bytes", flipped, ErrBroken},
		{"zip only", repack(t, good, func(string, []byte) []byte { return nil }, map[string][]byte{"a.txt": []byte("a")}), ErrFormat},
		{"no workbook part", repack(t, good, without("xl/workbook.xml"), nil), ErrFormat},
		{"no relations", repack(t, good, without("xl/_rels/workbook.xml.rels"), nil), ErrBroken},
		{"part twice", repack(t, good, same, map[string][]byte{"xl/workbook.xml": []byte("<x/>")}), ErrBroken},
		{"macros", repack(t, good, same, map[string][]byte{"xl/vbaProject.bin": {1}}), ErrMacros},
		{"old macros", repack(t, good, same, map[string][]byte{"xl/macrosheets/sheet1.xml": []byte("<x/>")}), ErrMacros},
		{"bomb", repack(t, good, func(name string, content []byte) []byte {
			if name == "xl/worksheets/sheet1.xml" {
				return bytes.Repeat([]byte("<c/>"), bombBytes/4+1000)
			}
			return content
		}, nil), ErrBomb},
		{"huge cell", sheet("<sheetData>", "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>"+strings.Repeat("x", maxElementBytes+1)+"</v></c></row>"), ErrCellSize},
		{"broken xml", sheet(`<row r="2"`, `<row r="2"><c></d></row><row r="2"`), ErrBroken},
		{"row from nowhere", sheet(`<row r="2"`, `<row r="999999999"`), ErrBroken},
		{"entities", sheet("<sheetData>", "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>&b;&b;&b;</v></c></row>"), ErrBroken},
		{"entity of a file", sheet("<sheetData>", "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>&f;</v></c></row>"), ErrBroken},
		{"broken workbook part", repack(t, good, func(name string, content []byte) []byte {
			if name == "xl/workbook.xml" {
				return content[:len(content)/2]
			}
			return content
		}, nil), ErrBroken},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			all, _, err := read(t, save(t, "file.xlsx", test.data))
			if !errors.Is(err, test.want) {
				t.Errorf("%d rows, %v, want %v", len(all), err, test.want)
			}
		})
	}
}

func TestWhatCannotBeReadIsListed(t *testing.T) {
	t.Parallel()
	swap := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(englishRow) }
	all, report, err := read(t, save(t, "x.csv", lines(english,
		englishRow,
		swap("2026-11-02 09:05:07", ""),
		swap("2026-11-02 09:05:07", "yesterday"),
		swap("2026-11-02 09:05:07", "2026-02-30 00:00:00"),
		swap("0:05:12", "long"),
		swap(",No,", ",maybe,"),
		swap("Customer", "Ghost"),
		swap(",NO,", ",42,"),
		swap("2026-11-02 09:06:00", "31.31.2026"),
		swap("Incoming", "sideways"),
		`"`+englishRow,
	)))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range report.Skipped {
		left := ""
		if s.Left {
			left = " left out"
		}
		got = append(got, string(rune('0'+s.Row/10))+string(rune('0'+s.Row%10))+" "+string(s.Reason)+left)
	}
	want := []string{
		"03 no_time left out", "04 time left out", "05 time left out", "06 duration", "07 answered", "08 ended", "09 missed",
		"10 missed_time", "11 direction", "12 quote", "12 time left out",
	}
	if !slices.Equal(got, want) {
		t.Errorf("skipped\n got %q\nwant %q", got, want)
	}
	if len(all) != 7 || report.Rows != 7 || report.Left != 4 || report.Values != 7 {
		t.Errorf("%d rows, report %+v", len(all), report)
	}
}
