package query_test

import (
	"errors"
	"testing"
	"time"

	"wapdesk/store/query"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

const wall = "2006-01-02 15:04"

func TestPresets(t *testing.T) {
	t.Parallel()
	prague := zone(t, "Europe/Prague")
	for _, tc := range []struct {
		now    string
		preset string
		sunday bool
		from   string
		to     string
		hours  int // length, where the clocks change
	}{
		{now: "2026-11-22 00:00", preset: "today", from: "2026-11-22 00:00", to: "2026-11-23 00:00", hours: 24},
		{now: "2026-11-22 23:59", preset: "today", from: "2026-11-22 00:00", to: "2026-11-23 00:00", hours: 24},
		{now: "2026-03-29 12:00", preset: "today", from: "2026-03-29 00:00", to: "2026-03-30 00:00", hours: 23},
		{now: "2026-10-25 12:00", preset: "today", from: "2026-10-25 00:00", to: "2026-10-26 00:00", hours: 25},
		{now: "2026-10-26 00:30", preset: "yesterday", from: "2026-10-25 00:00", to: "2026-10-26 00:00", hours: 25},
		{now: "2026-01-01 00:00", preset: "yesterday", from: "2025-12-31 00:00", to: "2026-01-01 00:00"},
		{now: "2026-03-31 10:00", preset: "last7days", from: "2026-03-25 00:00", to: "2026-04-01 00:00", hours: 7*24 - 1},
		{now: "2026-11-22 10:00", preset: "thisweek", from: "2026-11-16 00:00", to: "2026-11-23 00:00"},
		{now: "2026-11-23 00:00", preset: "thisweek", from: "2026-11-23 00:00", to: "2026-11-30 00:00"},
		{now: "2026-11-22 10:00", preset: "thisweek", sunday: true, from: "2026-11-22 00:00", to: "2026-11-29 00:00"},
		{now: "2026-11-22 10:00", preset: "lastweek", from: "2026-11-09 00:00", to: "2026-11-16 00:00"},
		{now: "2026-11-21 10:00", preset: "lastweek", sunday: true, from: "2026-11-08 00:00", to: "2026-11-15 00:00"},
		{now: "2026-03-01 10:00", preset: "last30days", from: "2026-01-31 00:00", to: "2026-03-02 00:00"},
		{now: "2024-02-29 10:00", preset: "thismonth", from: "2024-02-01 00:00", to: "2024-03-01 00:00"},
		{now: "2026-03-31 10:00", preset: "lastmonth", from: "2026-02-01 00:00", to: "2026-03-01 00:00"},
		{now: "2026-01-15 10:00", preset: "lastmonth", from: "2025-12-01 00:00", to: "2026-01-01 00:00"},
		{now: "2026-12-31 23:00", preset: "thismonth", from: "2026-12-01 00:00", to: "2027-01-01 00:00"},
		{now: "2026-02-01 10:00", preset: "thisquarter", from: "2026-01-01 00:00", to: "2026-04-01 00:00"},
		{now: "2026-12-31 10:00", preset: "thisquarter", from: "2026-10-01 00:00", to: "2027-01-01 00:00"},
		{now: "2026-06-15 10:00", preset: "thisyear", from: "2026-01-01 00:00", to: "2027-01-01 00:00"},
	} {
		t.Run(tc.preset+" at "+tc.now, func(t *testing.T) {
			t.Parallel()
			now, err := time.ParseInLocation(wall, tc.now, prague)
			if err != nil {
				t.Fatal(err)
			}
			r, err := query.Clock{Now: now, Zone: prague, SundayFirst: tc.sunday}.Preset(tc.preset)
			if err != nil {
				t.Fatal(err)
			}
			from, to := time.UnixMilli(r.FromMs).In(prague).Format(wall), time.UnixMilli(r.ToMs).In(prague).Format(wall)
			if from != tc.from || to != tc.to {
				t.Errorf("got %s to %s, want %s to %s", from, to, tc.from, tc.to)
			}
			if hours := int((r.ToMs - r.FromMs) / 3_600_000); tc.hours > 0 && hours != tc.hours {
				t.Errorf("it lasts %d hours, want %d", hours, tc.hours)
			}
		})
	}
}

func TestPresetAllAndUnknown(t *testing.T) {
	t.Parallel()
	r, err := query.Clock{}.Preset("all")
	if err != nil || r.FromMs != query.Beginning || r.ToMs != query.Forever {
		t.Errorf("all = %v, %v", r, err)
	}
	if _, err := (query.Clock{}).Preset("someday"); !errors.Is(err, query.ErrDate) {
		t.Errorf("an unknown preset gives %v, want ErrDate", err)
	}
	for _, name := range query.Presets() {
		if _, err := (query.Clock{Now: time.Now()}).Preset(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestParseDate(t *testing.T) {
	t.Parallel()
	prague := zone(t, "Europe/Prague")
	now, err := time.ParseInLocation(wall, "2026-03-31 13:00", prague)
	if err != nil {
		t.Fatal(err)
	}
	clock := query.Clock{Now: now, Zone: prague}
	for text, want := range map[string]string{
		"2026-11-22":          "2026-11-22 00:00:00 24h0m0s",
		" 2026-11-22 ":        "2026-11-22 00:00:00 24h0m0s",
		"22.11.2026":          "2026-11-22 00:00:00 24h0m0s",
		"1.2.2026":            "2026-02-01 00:00:00 24h0m0s",
		"22. 11. 2026":        "2026-11-22 00:00:00 24h0m0s",
		"2026-03-29":          "2026-03-29 00:00:00 23h0m0s",
		"2026-10-25":          "2026-10-25 00:00:00 25h0m0s",
		"2026-11-22 09:30":    "2026-11-22 09:30:00 1m0s",
		"2026-11-22 9:30":     "2026-11-22 09:30:00 1m0s",
		"2026-11-22T09:30:15": "2026-11-22 09:30:15 1s",
		"22.11.2026 09:30":    "2026-11-22 09:30:00 1m0s",
		"22. 11. 2026 9:30":   "2026-11-22 09:30:00 1m0s",
		"2026-03-29 02:30":    "2026-03-29 03:00:00 1m0s", // the hour does not exist
		"today":               "2026-03-31 00:00:00 24h0m0s",
		"dnes":                "2026-03-31 00:00:00 24h0m0s",
		"Včera":               "2026-03-30 00:00:00 24h0m0s",
		"today-2d":            "2026-03-29 00:00:00 23h0m0s",
		"dnes-2d":             "2026-03-29 00:00:00 23h0m0s",
		"today+1d":            "2026-04-01 00:00:00 24h0m0s",
		"today-1w":            "2026-03-24 00:00:00 24h0m0s",
		"today-1m":            "2026-02-28 00:00:00 24h0m0s",
		"week":                "2026-03-30 00:00:00 168h0m0s",
	} {
		r, err := clock.ParseDate(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		got := time.UnixMilli(r.FromMs).In(prague).Format("2006-01-02 15:04:05 ") + (time.Duration(r.ToMs-r.FromMs) * time.Millisecond).String()
		if got != want {
			t.Errorf("%q = %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{"", "x", "2026", "2026-11", "2026-11-31", "31.11.2026", "2026-00-10", "26-11-22", "22.11.26", "2026-11-22 24:00",
		"2026-11-22 9:5", "2026-11-22 09:30:61", "2026-11-22 09", "today-", "today-x", "today-5", "today-d", "today--5d", "today-999999d", "2026/11/22", "2026-11-22-1", "1.2.3.2026", "09:30"} {
		if r, err := clock.ParseDate(text); !errors.Is(err, query.ErrDate) {
			t.Errorf("%q = %v, %v; want ErrDate", text, r, err)
		}
	}
}

// Beirut's clocks skip midnight, São Paulo's did; the day then begins at one o'clock.
func TestDayWithoutMidnight(t *testing.T) {
	t.Parallel()
	for name, day := range map[string]string{"Asia/Beirut": "2026-03-29", "America/Sao_Paulo": "2018-11-04"} {
		z := zone(t, name)
		r, err := query.Clock{Zone: z}.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		from := time.UnixMilli(r.FromMs).In(z)
		if from.Format(wall) != day+" 01:00" || time.UnixMilli(r.FromMs-1).In(z).Format("2006-01-02") == day || r.ToMs-r.FromMs != 23*3_600_000 {
			t.Errorf("%s: %s begins at %s and lasts %d ms", name, day, from, r.ToMs-r.FromMs)
		}
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	clock := query.Clock{Zone: zone(t, "Europe/Prague")}
	ms := func(text string) int64 {
		r, err := clock.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return r.FromMs
	}
	for _, tc := range []struct {
		from, to string
		want     query.Range
	}{
		{"", "", query.Range{FromMs: query.Beginning, ToMs: query.Forever}},
		{"2026-11-01", "2026-11-05", query.Range{FromMs: ms("2026-11-01"), ToMs: ms("2026-11-06")}},
		{"2026-11-01 08:00", "2026-11-01 16:30", query.Range{FromMs: ms("2026-11-01 08:00"), ToMs: ms("2026-11-01 16:30")}},
		{"", "2026-11-05", query.Range{FromMs: query.Beginning, ToMs: ms("2026-11-06")}},
	} {
		if got, err := clock.Bounds(tc.from, tc.to); err != nil || got != tc.want {
			t.Errorf("Bounds(%q, %q) = %v, %v; want %v", tc.from, tc.to, got, err, tc.want)
		}
	}
	for _, bad := range [][2]string{{"x", ""}, {"", "x"}} {
		if _, err := clock.Bounds(bad[0], bad[1]); !errors.Is(err, query.ErrDate) {
			t.Errorf("Bounds(%q): %v, want ErrDate", bad, err)
		}
	}
}

func TestParseDuration(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{"90s": 90, "5m": 300, "1h30m": 5400, "1h": 3600, "1d2h": 93_600, "0:05:00": 300, "5:00": 300, "100:00:00": 360_000,
		"300": 300, "0": 0, " 5m ": 300, "1h 30m": 5400, "5M": 300} {
		if got, ok := query.ParseDuration(text); !ok || got != want {
			t.Errorf("ParseDuration(%q) = %d, %v; want %d", text, got, ok, want)
		}
	}
	for _, text := range []string{"", " ", "m", "5x", "5m1h", "1h1h", "-5m", "1.5h", "5:60", "5:0", "1:2:3:4", ":30", "1:", "99999999999s", "999999999d", "5m30", "٣m"} {
		if got, ok := query.ParseDuration(text); ok {
			t.Errorf("ParseDuration(%q) = %d, want none", text, got)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-11-22 09:30", "22.11.2026", "today-7d", "week"} {
		f.Add(s)
	}
	clock := query.Clock{Now: time.Date(2026, 3, 31, 12, 0, 0, 0, time.UTC), Zone: zone(f, "Europe/Prague")}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := clock.ParseDate(text)
		if err == nil && r.FromMs >= r.ToMs {
			t.Errorf("%q gives an empty range %v", text, r)
		}
		if seconds, ok := query.ParseDuration(text); ok && seconds < 0 {
			t.Errorf("%q gives %d seconds", text, seconds)
		}
	})
}
