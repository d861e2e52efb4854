package intake

import (
	"strings"
	"testing"
	"time"
)

func TestSpans(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text string
		days bool
		want int64 // -1 when it is none
	}{
		{"0", false, 0}, {"312", false, 312}, {"312.4", false, 312}, {"312,6", false, 313}, {" 7 ", false, 7},
		{"0:05:12", false, 312}, {"5:12", false, 312}, {"25:01:01", false, 90061}, {"0:00:59.9", false, 59}, {"00:00:00", true, 0},
		{"0.003611111111111111", true, 312}, {"1", true, 86400}, {"1.0423726851851853", true, 90061},
		{"5m 12s", false, 312}, {"1h2m3s", false, 3723}, {"12 s", false, 12}, {"5 min", false, 300}, {"2 hod. 1 min", false, 7260},
		{"", false, -1}, {"x", false, -1}, {"-5", false, -1}, {"1:60:00", false, -1}, {"1:2:3:4", false, -1}, {":", false, -1},
		{"NaN", false, -1}, {"Inf", false, -1}, {"1e300", false, -1}, {"99999999999", false, -1}, {"5x", false, -1}, {"m", false, -1},
		{"999999999:00:00", false, -1}, {"5m12", false, -1},
	} {
		c := column{unit: 1}
		if test.days {
			c.unit = 86400
		}
		got, reason := parseSpan(test.text, c, nil)
		if reason != "" {
			got = -1
		}
		if got != test.want {
			t.Errorf("parseSpan(%q, %v) = %d, want %d", test.text, test.days, got, test.want)
		}
	}
}

func TestTimes(t *testing.T) {
	t.Parallel()
	zone := prague(t)
	at := func(h, m, s int) time.Time { return time.Date(2026, 3, 4, h, m, s, 0, zone) }
	for _, test := range []struct {
		text    string
		slashes Order
		want    time.Time // zero when it is none
	}{
		{"2026-03-04 09:05:07", DayFirst, at(9, 5, 7)}, {"2026-03-04T09:05:07.123", DayFirst, at(9, 5, 7)},
		{"2026-03-04 9:05", DayFirst, at(9, 5, 0)}, {"2026-03-04", DayFirst, at(0, 0, 0)}, {"2026/03/04 09:05:07", MonthFirst, at(9, 5, 7)},
		{"4.3.2026 9:05:07", DayFirst, at(9, 5, 7)}, {"04.03.2026", DayFirst, at(0, 0, 0)}, {"4. 3. 2026, 9:05", DayFirst, at(9, 5, 0)},
		{"4.3.26 9:05:07", DayFirst, at(9, 5, 7)}, {"4-3-2026 9:05:07", DayFirst, at(9, 5, 7)},
		{"04/03/2026 09:05:07", DayFirst, at(9, 5, 7)}, {"03/04/2026 09:05:07", MonthFirst, at(9, 5, 7)},
		{"3/4/2026 12:05:07 AM", MonthFirst, at(0, 5, 7)}, {"3/4/2026 12:05 PM", MonthFirst, at(12, 5, 0)}, {"4.3.2026 9:05 odp.", DayFirst, at(21, 5, 0)},
		{"2026-03-04T09:05:07+01:00", DayFirst, at(9, 5, 7)}, {"2026-03-04T08:05:07Z", DayFirst, at(9, 5, 7)}, {"2026-03-04 13:35:07 +0530", DayFirst, at(9, 5, 7)},
		{"4 Mar 2026 09:05:07", DayFirst, at(9, 5, 7)}, {"March 4, 2026 9:05 AM", DayFirst, at(9, 5, 0)},
		{"46085.37855324074", DayFirst, at(9, 5, 7)}, {"46085", DayFirst, at(0, 0, 0)},
		// 29 March 2026: two o'clock does not exist; 25 October 2026: it comes twice.
		{"2026-10-25 02:30:00", DayFirst, time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC)},
		{"2026-03-29 03:00:00", DayFirst, time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC)},
		{"", DayFirst, time.Time{}}, {"x", DayFirst, time.Time{}}, {"1", DayFirst, time.Time{}}, {"30.2.2026", DayFirst, time.Time{}},
		{"13/13/2026", DayFirst, time.Time{}}, {"2026-03-04 25:00", DayFirst, time.Time{}}, {"2026-03-04 9", DayFirst, time.Time{}},
		{"2026-03-04 13:00 PM", DayFirst, time.Time{}}, {"1800-01-01", DayFirst, time.Time{}}, {"4.3", DayFirst, time.Time{}},
		{"2026-03-04 09:05:07 Mars", DayFirst, time.Time{}}, {"99999999999999999999", DayFirst, time.Time{}}, {"NaN", DayFirst, time.Time{}},
	} {
		ms, ok := clock{zone: zone, dates: dateOrders{dots: DayFirst, rest: test.slashes}}.parse(test.text)
		switch {
		case ok != !test.want.IsZero():
			t.Errorf("%q: understood %v", test.text, ok)
		case ok && ms != test.want.UnixMilli():
			t.Errorf("%q: %v, want %v", test.text, time.UnixMilli(ms).In(zone), test.want)
		}
	}
}

func FuzzValues(f *testing.F) {
	for _, s := range []string{"0:05:12", "5m 12s", "4. 3. 2026 9:05:07", "3/4/2026 12:05 PM", "46085.5", "1793606707", "Mar 4, 2026"} {
		f.Add(s)
	}
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, days := range []bool{false, true} {
			e := &spanEvidence{days: days}
			e.see(cell{text: s})
			if n, reason := parseSpan(s, column{}, e); reason == "" && (n < 0 || n > maxSeconds) {
				t.Errorf("parseSpan(%q) = %d", s, n)
			}
		}
		for _, slashes := range Orders() {
			ms, ok := clock{zone: zone, dates: dateOrders{slashes, slashes}, shift: days1904}.parse(s)
			if year := time.UnixMilli(ms).UTC().Year(); ok && (year < minYear-1 || year > maxYear+5) {
				t.Errorf("parseTime(%q) is in the year %d", s, year)
			}
		}
	})
}

func FuzzCSV(f *testing.F) {
	f.Add(lines(english, englishRow))
	f.Add(lines(czech, czechRow))
	f.Add([]byte("\xFF\xFET\x00i\x00m\x00e\x00;\x00"))
	f.Add([]byte(english + "\n\"a\"\"b\"c,\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzFile(t, data) })
}

func FuzzWorkbook(f *testing.F) {
	f.Add(workbook(f, map[string][][]any{"A": {titles(english, ","), xlsxRow("yyyy-mm-dd h:mm:ss", "[h]:mm:ss")}}, nil))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzFile(t, data) })
}

// fuzzFile opens anything: it may be refused or read, but what is read has to be sound.
func fuzzFile(t *testing.T, data []byte) {
	all, report, err := read(t, save(t, "x", data))
	if err != nil {
		return
	}
	if int64(len(all)) != report.Rows {
		t.Errorf("%d rows, the report says %d", len(all), report.Rows)
	}
	for _, c := range all {
		i := c.Interaction
		if i.Name == "" || i.TimeMs <= 0 || i.WaitS < unknown || i.DurationS < unknown || strings.Contains("USERCLIENT", i.Direction) && i.Direction != "" {
			t.Errorf("interaction %+v", i)
		}
	}
}
