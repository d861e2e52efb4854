package intake

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"wapdesk/store"
)

// Files as other programs were seen to write them. The people in them are made up.

// caseRow is what the rows of the files have unless a test says otherwise.
func caseRow(t *testing.T) store.Interaction {
	return store.Interaction{
		TimeMs: time.Date(2026, 11, 22, 14, 5, 0, 0, prague(t)).UnixMilli(), Queue: ref("Sales"), User: ref("Eva"), WaitS: 65, DurationS: 600,
	}
}

func TestOddFilesGiveTheRightValues(t *testing.T) {
	t.Parallel()
	at := func(day, hour, minute int) int64 {
		return time.Date(2026, 11, day, hour, minute, 0, 0, prague(t)).UnixMilli()
	}
	for _, test := range []struct {
		file    string
		rows    int
		notices string
		check   func(t *testing.T, all []store.Interaction)
	}{
		{"dur_after_230_blank.xlsx", 231, "zone", func(t *testing.T, all []store.Interaction) {
			last := all[len(all)-1]
			if last.WaitS != 65 || last.DurationS != 600 || all[0].WaitS != unknown {
				t.Errorf("first %d s, last %d s and %d s", all[0].WaitS, last.WaitS, last.DurationS)
			}
		}},
		{"dur_units_format.xlsx", 1, "zone", nil},
		{"dur_general.xlsx", 1, "zone", nil},
		{"uk_ampm.csv", 268, "dates_dmy zone", func(t *testing.T, all []store.Interaction) {
			for _, i := range all {
				if day := time.UnixMilli(i.TimeMs).In(prague(t)); day.Month() != time.November || day.Year() != 2026 {
					t.Fatalf("a row on %v", day)
				}
			}
			if all[0].TimeMs != at(1, 14, 0) {
				t.Errorf("the first row is at %v", time.UnixMilli(all[0].TimeMs))
			}
		}},
		{"dup_ids.csv", 3, "zone repeated", func(t *testing.T, all []store.Interaction) {
			if all[0].Name != "a1" || all[1].Name != "a1 (2)" || all[2].Name != "a2" || all[1].User.Title != "Petr" {
				t.Errorf("names %q %q %q", all[0].Name, all[1].Name, all[2].Name)
			}
		}},
		{"hidden_sheet.xlsx", 1, "hidden zone", nil},
		{"dst_amb.csv", 2, "zone", func(t *testing.T, all []store.Interaction) {
			if first := time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC).UnixMilli(); all[0].TimeMs != first || all[1].TimeMs != first+3_600_000 {
				t.Errorf("times %d and %d", all[0].TimeMs, all[1].TimeMs)
			}
		}},
		{"poi.xlsx", 1, "zone", func(t *testing.T, all []store.Interaction) {
			if all[0].Contact.Title != "420777123456" || all[0].ExternalContact.FullName != "777" {
				t.Errorf("contact %q, account %q", all[0].Contact.Title, all[0].ExternalContact.FullName)
			}
		}},
		{"bad_byte.csv", 3, "zone broken", func(t *testing.T, all []store.Interaction) {
			if all[0].Title != "Dobrý den 😀" || all[1].Title != "Dobrý den \uFFFD" || all[1].User.Title != "Eva Dvořáková" {
				t.Errorf("titles %q and %q of %q", all[0].Title, all[1].Title, all[1].User.Title)
			}
		}},
		{"latin2.csv", 1, "encoding zone", func(t *testing.T, all []store.Interaction) {
			if all[0].User.Title != "Eva Dvořáková" || all[0].Contact.Title != "Jiří Čapek" || all[0].Title != "Dobrý den šťž ŠŤŽ" {
				t.Errorf("user %q, contact %q, title %q", all[0].User.Title, all[0].Contact.Title, all[0].Title)
			}
		}},
		{"hidden_value_row.xlsx", 0, "", func(t *testing.T, all []store.Interaction) {
			if len(all) < 1 {
				t.Errorf("%d rows", len(all))
			}
		}},
		{"rootwb.xlsx", 1, "zone", nil},
		{"hdr_wait_s.xlsx", 1, "zone", nil},
		{"hdr_time_utc1.xlsx", 1, "", func(t *testing.T, all []store.Interaction) {
			if at := time.Date(2026, 11, 22, 13, 5, 0, 0, time.UTC).UnixMilli(); all[0].TimeMs != at {
				t.Errorf("the row is at %v", time.UnixMilli(all[0].TimeMs).UTC())
			}
		}},
		{"header_row21.xlsx", 1, "zone", nil},
		{"backslash.csv", 2, "zone", func(t *testing.T, all []store.Interaction) {
			if all[0].Title != `He said "hi", ok` || all[0].DurationS != 600 || all[1].Title != "ok2" {
				t.Errorf("titles %q and %q, %d s", all[0].Title, all[1].Title, all[0].DurationS)
			}
		}},
	} {
		t.Run(test.file, func(t *testing.T) {
			t.Parallel()
			read, report, err := read(t, filepath.Join("testdata", test.file))
			if err != nil {
				t.Fatal(err)
			}
			all := make([]store.Interaction, len(read))
			for i, c := range read {
				all[i] = c.Interaction
			}
			var notices []string
			for _, n := range report.Notices {
				notices = append(notices, string(n.Code))
			}
			if test.notices != "" && strings.Join(notices, " ") != test.notices {
				t.Errorf("notices %q, want %q", notices, test.notices)
			}
			if test.rows > 0 && len(all) != test.rows {
				t.Fatalf("%d rows, want %d; %+v", len(all), test.rows, report)
			}
			if test.check != nil {
				test.check(t, all)
				return
			}
			want, got := caseRow(t), all[0]
			if got.TimeMs != want.TimeMs || got.Queue != want.Queue || got.User != want.User || got.WaitS != want.WaitS || got.DurationS != want.DurationS {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// sheetOf makes a workbook of rows under the usual headers, as [header, value] pairs of one column besides
// the times.
func columnBook(t *testing.T, header string, values ...any) []byte {
	t.Helper()
	rows := [][]any{{"Time", "Queue", "User", header}}
	for _, v := range values {
		rows = append(rows, []any{styled{46348.5868055556, "yyyy-mm-dd hh:mm:ss"}, "Sales", "Eva", v})
	}
	return workbook(t, map[string][][]any{"A": rows}, nil)
}

func TestDurationsFollowTheFormatOfTheirCellOrTheirWholeColumn(t *testing.T) {
	t.Parallel()
	day := func(seconds float64, format string) any { return styled{seconds / 86400, format} }
	for _, test := range []struct {
		name, header string
		values       []any
		want         []int64 // -1 where it is left out and said
	}{
		{"seconds elapsed", "Wait time", []any{day(65, "[ss]"), day(7265, "[s]")}, []int64{65, 7265}},
		{"hours and minutes in words", "Wait time", []any{day(7260, `[h]"h "mm"m"`)}, []int64{7260}},
		{"minutes elapsed", "Wait time", []any{day(4000, `[mm]:ss`), day(65, `[<1]m:ss;[h]:mm`)}, []int64{4000, 65}},
		{"time of day", "Wait time", []any{day(3661, "h:mm:ss"), day(65, "[$-405]mm:ss")}, []int64{3661, 65}},
		{"each cell its own", "Wait time", []any{65, day(600, "[h]:mm:ss"), styled{2.0, `0" min"`}, styled{90.0, `0" s"`}}, []int64{65, 600, 120, 90}},
		{"fractions of a day", "Wait time", []any{65.0 / 86400, 600.0 / 86400, 0, 0.5}, []int64{65, 600, 0, 43200}},
		{"fractions with ten digits", "Wait time", []any{0.0007523148, 0.0069444444}, []int64{65, 600}},
		{"seconds with fractions", "Wait time", []any{65.4, 312.6}, []int64{65, 313}},
		{"neither seconds nor days", "Wait time", []any{0.5, 0.25}, []int64{-1, -1}},
		{"seconds and days at once", "Wait time", []any{65, 600.0 / 86400}, []int64{-1, -1}},
		{"minutes in the header", "Wait time (min)", []any{2, 1.5}, []int64{120, 90}},
		{"milliseconds in the header", "Wait time [ms]", []any{65000, 600400}, []int64{65, 600}},
		{"hours and minutes in the header", "Wait time (h:mm)", []any{"1:05", "0:10"}, []int64{3900, 600}},
		{"thousands with a comma", "Wait time", []any{"65", "1,234"}, []int64{65, 1234}},
		{"thousands with a point", "Wait time", []any{"65", "1.234", "1.234.567"}, []int64{65, 1234, 1234567}},
		{"thousands with spaces", "Wait time", []any{"1\u00A0234", "12\u202F345", "1 234", "1'234"}, []int64{1234, 12345, 1234, 1234}},
		{"thousands and fractions", "Wait time", []any{"1.234,6", "65,0"}, []int64{1235, 65}},
		{"three digits that may be either", "Wait time", []any{"1,234", "2,345"}, []int64{-1, -1}},
		{"three digits beside ungrouped thousands", "Wait time", []any{"1.234", "5000"}, []int64{1, 5000}},
		{"text of fractions of a day", "Wait time", []any{"0,000752314814814815", "0,00694444444444444"}, []int64{65, 600}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			all, report, err := read(t, save(t, "x.xlsx", columnBook(t, test.header, test.values...)))
			if err != nil {
				t.Fatal(err)
			}
			var got []int64
			for _, c := range all {
				got = append(got, c.Interaction.WaitS)
			}
			left := len(slices.DeleteFunc(slices.Clone(test.want), func(n int64) bool { return n >= 0 }))
			if !slices.Equal(got, test.want) || int(report.Values) != left || report.Reasons[ReasonUnit] != int64(left) {
				t.Errorf("got %d, want %d; report %+v", got, test.want, report)
			}
		})
	}
}

func TestTheOrderOfDatesIsJudgedOverTheWholeFileOrAsked(t *testing.T) {
	t.Parallel()
	many := slices.Repeat([]string{"01/02/2026 08:00"}, 300)
	for _, test := range []struct {
		name  string
		dates []string
		asked Order
		first string // the first row's day, "" when the lead is asked
		contr bool
	}{
		{"a late day tells", append(slices.Clone(many), "28/02/2026 08:00"), "", "2026-02-01", false},
		{"a late month tells", append(slices.Clone(many), "02/28/2026 08:00"), "", "2026-01-02", false},
		{"am and pm tell nothing", append(slices.Clone(many), "01/02/2026 02:00 PM"), "", "", false},
		{"open", []string{"01/02/2026", "03/04/2026"}, "", "", false},
		{"open with hyphens", []string{"01-02-2026"}, "", "", false},
		{"open with two digits of the year", []string{"22/11/26"}, "", "", false},
		{"contradiction", []string{"01/02/2026", "01/03/2026", "01/04/2026", "28/02/2026", "02/27/2026"}, "", "", true},
		{"answered", []string{"01/02/2026"}, MonthFirst, "2026-01-02", false},
		{"answered for two digits", []string{"22/11/26"}, YearFirst, "2022-11-26", false},
		{"points put the day first", []string{"1.2.2026", "3. 4. 2026"}, "", "2026-02-01", false},
		{"the year first needs no order", []string{"2026/02/01", "2026-03-04"}, "", "2026-02-01", false},
		{"what is no date tells nothing", []string{"28/02/2026", "99/99/2026"}, "", "2026-02-28", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			rows := []string{"Time;Queue;User"}
			for _, d := range test.dates {
				rows = append(rows, d+";Sales;Eva")
			}
			f, err := Open(t.Context(), save(t, "x.csv", lines(rows...)), Options{Zone: prague(t), TempDir: t.TempDir(), Dates: test.asked})
			question, asked := errors.AsType[*DatesError](err)
			if test.first == "" {
				if !asked || question.Contradict != test.contr || len(question.Samples) == 0 || len(question.Samples) > maxSamples {
					t.Fatalf("%v, question %+v", err, question)
				}
				if test.contr && (question.Samples[0].Readings[DayFirst] == "") == (question.Samples[1].Readings[DayFirst] == "") {
					t.Errorf("both sides are not shown: %+v", question.Samples)
				}
				for _, s := range question.Samples {
					if !slices.ContainsFunc(test.dates, func(d string) bool { return strings.HasPrefix(d, s.Text) }) || len(s.Readings) == 0 {
						t.Errorf("sample %+v", s)
					}
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for c, err := range f.Conversations(t.Context()) {
				if err != nil {
					t.Fatal(err)
				}
				if day := c.Interaction.Time[:10]; day != test.first {
					t.Errorf("the first row is of %s, want %s", day, test.first)
				}
				break
			}
			if err := f.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestEncodingsAreTold(t *testing.T) {
	t.Parallel()
	text := string(lines(czech, strings.ReplaceAll(czechRow, "Jirka", "Jirka 😀 šťž")))
	wide := func(big bool, mark bool) []byte {
		var out []byte
		if mark {
			text = "\uFEFF" + strings.TrimPrefix(text, "\uFEFF")
		}
		for _, r := range text {
			b := []byte{byte(r), byte(r >> 8), byte(r >> 16), 0}
			if big {
				slices.Reverse(b)
			}
			out = append(out, b...)
		}
		text = strings.TrimPrefix(text, "\uFEFF")
		return out
	}
	cesu := strings.ReplaceAll(text, "😀", "\xED\xA0\xBD\xED\xB8\x80")
	for name, data := range map[string][]byte{
		"utf-32 little, mark": wide(false, true), "utf-32 big, mark": wide(true, true),
		"utf-32 little": wide(false, false), "utf-32 big": wide(true, false), "cesu-8": []byte(cesu),
	} {
		all, report, err := read(t, save(t, "x.csv", data))
		if err != nil || len(all) != 1 {
			t.Errorf("%s: %d rows, %v", name, len(all), err)
			continue
		}
		if got := all[0].Interaction; got.ExternalContact.FullName != "Jirka 😀 šťž" || got.User.Title != "Žaneta Nováková" || len(report.Skipped) > 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// The two encodings of Central Europe that give a letter one byte differ in a few of them, and English headers have none.
func TestEncodingsOfOneByteALetterAreToldApart(t *testing.T) {
	t.Parallel()
	for title, of := range map[string][]*charmap.Charmap{
		"Dobrý den, šťž":            {charmap.ISO8859_2, charmap.Windows1250},
		"Šel, Žena, chuť, Může":     {charmap.ISO8859_2, charmap.Windows1250},
		"Jiří Čapek":                {charmap.ISO8859_2, charmap.Windows1250},
		"ľavý, »ano«, Acme® © 2026": {charmap.Windows1250},
	} {
		for _, encoding := range of {
			row := "2026-11-22 14:05:00,Q,Eva,\"" + title + "\""
			all, _, err := read(t, save(t, "x.csv", encoded(t, encoding, lines("Time,Queue,User,Title", row))))
			if err != nil || len(all) != 1 || all[0].Interaction.Title != title {
				t.Errorf("%q in %v: %+v (%v)", title, encoding, all, err)
			}
		}
	}
}

func TestHeadersWithUnitsAndZones(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"Time (UTC+1)": "Etc/GMT-1", "Time (GMT-05:00)": "Etc/GMT+5", "Time (Europe/London)": "Europe/London", "Čas [UTC]": "UTC",
		"Time (UTC−3)": "Etc/GMT+3", "Time (UTC+5:30)": "", "Time (local)": "none", "Time (Mars)": "missing", "Time (s of day)": "missing",
	} {
		h, _ := readHeader(cellsOf(title, "Queue", "User", "Title"), 1)
		switch column, ok := h.columns["time"]; {
		case ok == (want == "missing"):
			t.Errorf("%s is a time: %v", title, ok)
		case ok && want == "none":
			if column.zone != nil {
				t.Errorf("%s has the zone %v", title, column.zone)
			}
		case ok && (column.zone == nil || column.zone.String() != want):
			t.Errorf("%s has the zone %v, want %q", title, column.zone, want)
		}
	}
	if h, _ := readHeader(cellsOf("Time", "Queue", "User", "Wait time (average)"), 1); h.has("wait") || len(h.unknown) != 1 {
		t.Errorf("an average is taken for a wait: %+v", h)
	}
}

func TestSheetsOutOfOrderAndDamagedPictures(t *testing.T) {
	t.Parallel()
	data := columnBook(t, "Wait time", 65, 66)
	data = repack(t, data, func(name string, content []byte) []byte {
		if name != "xl/worksheets/sheet1.xml" {
			return content
		}
		rows := strings.SplitAfter(string(content), "</row>")
		rows[1], rows[2] = rows[2], rows[1]
		return []byte(strings.Join(rows, ""))
	}, map[string][]byte{"docProps/thumbnail.jpeg": []byte(strings.Repeat("picture", 100))})
	at := strings.Index(string(data), "docProps/thumbnail.jpeg") + len("docProps/thumbnail.jpeg") + 3
	data[at] ^= 0xFF
	all, report, err := read(t, save(t, "x.xlsx", data))
	if err != nil || len(all) != 2 || len(report.Skipped) > 0 {
		t.Fatalf("%d rows, %v, %+v", len(all), err, report)
	}
	if all[0].Interaction.WaitS+all[1].Interaction.WaitS != 131 {
		t.Errorf("waits %d and %d", all[0].Interaction.WaitS, all[1].Interaction.WaitS)
	}
}

func TestATableOnlyOnHiddenSheetsIsRefusedWithTheReason(t *testing.T) {
	t.Parallel()
	data := repack(t, columnBook(t, "Wait time", 65), func(name string, content []byte) []byte {
		return []byte(strings.Replace(string(content), `<sheet name="A"`, `<sheet name="A" state="veryHidden"`, 1))
	}, nil)
	if _, _, err := read(t, save(t, "x.xlsx", data)); !errors.Is(err, ErrHidden) {
		t.Errorf("%v", err)
	}
}

func TestNumbersAsTextHaveNoExponent(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"4.20777123456E11": "420777123456", "777.0": "777", "420777123456": "420777123456", "1.5E-3": "0.0015", "-12.50": "-12.5", "0.0": "0",
		"1E5": "100000", "12": "12", "1E999": "1E999", "x": "x", "+5": "5", "6.0E0": "6", "0.00075": "0.00075",
	} {
		if got := digits(cell{text: text, format: &format{}}); got != want {
			t.Errorf("%s becomes %q, want %q", text, got, want)
		}
	}
	if got := digits(cell{text: "7.77123456E8", format: &format{digits: 10}}); got != "0777123456" {
		t.Errorf("a number of ten digits becomes %q", got)
	}
}

func TestFilesThatMayNotBeReadAreSaidSo(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]error{
		&fs.PathError{Op: "open", Path: "x", Err: syscall.EACCES}: ErrNoAccess,
		&fs.PathError{Op: "read", Path: "x", Err: syscall.EIO}:    ErrRead,
		&fs.PathError{Op: "open", Path: "x", Err: syscall.ENOENT}: fs.ErrNotExist,
	} {
		if got := unreadable(err); !errors.Is(got, want) {
			t.Errorf("%v becomes %v", err, got)
		}
	}
	if _, _, err := read(t, t.TempDir()); !errors.Is(err, ErrNotFile) {
		t.Errorf("a folder: %v", err)
	}
	if _, err := os.Stat(os.DevNull); err == nil {
		if _, _, err := read(t, os.DevNull); !errors.Is(err, ErrNotFile) {
			t.Errorf("a device: %v", err)
		}
	}
}

func TestReadingEndsWithItsContext(t *testing.T) {
	t.Parallel()
	rows := slices.Repeat([]string{englishRow}, 30_000)
	for name, data := range map[string][]byte{
		"csv":  lines(append([]string{english}, rows...)...),
		"xlsx": columnBook(t, "Wait time", slices.Repeat([]any{65}, 3000)...),
	} {
		path := save(t, "x", data)
		ctx, cancel := context.WithCancel(t.Context())
		t.Cleanup(cancel)
		f, err := Open(ctx, path, Options{Zone: prague(t), TempDir: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		read := 0
		for _, e := range f.Conversations(ctx) {
			if cancel(); e != nil {
				err = e
				break
			}
			read++
		}
		if !errors.Is(err, context.Canceled) || read > 2900 {
			t.Errorf("%s: %v after %d rows", name, err, read)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
		if _, err := Open(ctx, path, Options{TempDir: t.TempDir()}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: opened with an ended context: %v", name, err)
		}
	}
}

func TestRowsWithOneNameStayApartWithTheirActivities(t *testing.T) {
	t.Parallel()
	data := workbook(t, map[string][][]any{
		"A": {{"Unique name", "Time", "Queue"}, {"a", "2026-11-22 14:05:00", "Q"}, {"a", "2026-11-22 14:06:00", "Q"}, {"a (2)", "2026-11-22 14:07:00", "Q"}},
		"B": {{"Interaction", "Activity", "Opened", "User"}, {"a", "x", "2026-11-22 14:05:00", "Eva"}, {"a", "x", "2026-11-22 14:06:00", "Petr"}},
	}, nil)
	all, report, err := read(t, save(t, "x.xlsx", data))
	if err != nil || len(all) != 3 {
		t.Fatalf("%d rows, %v", len(all), err)
	}
	var names []string
	for _, c := range all {
		names = append(names, c.Interaction.Name)
		for _, a := range c.Activities {
			names = append(names, a.Name+" of "+a.User.Title)
		}
	}
	if got, want := fmt.Sprint(names), "[a x of Eva x (2) of Petr a (2) a (2) (2)]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if report.Notices[len(report.Notices)-1].Code != NoticeActivities || len(report.Skipped) > 0 {
		t.Errorf("report %+v", report)
	}
}
