package hours_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"wapdesk/store/hours"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// office is Monday to Friday, eight to noon and half past twelve to five.
func office() hours.Hours {
	week, _ := hours.ParseWeek("Mon-Fri 8:00-12:00,12:30-17:00")
	return hours.Hours{Week: week, Holidays: []string{}, Public: "cz"}
}

func TestSpansAreCountedInsideWorkingHours(t *testing.T) {
	t.Parallel()
	prague := zone(t, "Europe/Prague")
	calendar := hours.NewCalendar(office(), prague)
	at := func(text string) int64 {
		when, err := time.ParseInLocation("2006-01-02 15:04:05", text, prague)
		if err != nil {
			t.Fatal(err)
		}
		return when.UnixMilli()
	}
	for _, tt := range []struct {
		name, from, to string
		want           int64
		counted        bool
	}{
		{"within a day", "2026-11-30 09:00:00", "2026-11-30 09:01:30", 90, true},
		{"over lunch", "2026-11-30 11:59:00", "2026-11-30 12:31:00", 120, true},
		{"over a night", "2026-11-30 16:50:00", "2026-12-01 08:10:00", 1200, true},
		{"over a weekend", "2026-11-27 16:59:00", "2026-11-30 08:01:00", 120, true},
		{"at night alone", "2026-11-30 22:00:00", "2026-11-30 22:05:00", 0, false},
		{"at once, inside", "2026-11-30 09:00:00", "2026-11-30 09:00:00", 0, true},
		{"at once, outside", "2026-11-30 07:00:00", "2026-11-30 07:00:00", 0, false},
		{"at once, at the end", "2026-11-30 17:00:00", "2026-11-30 17:00:00", 0, false},
		{"a public holiday", "2026-10-28 09:00:00", "2026-10-28 10:00:00", 0, false},
		{"over Easter", "2026-04-02 16:00:00", "2026-04-07 09:00:00", 7200, true},
		{"backwards", "2026-11-30 10:00:00", "2026-11-30 09:00:00", 0, false},
	} {
		if got, counted := calendar.Inside(at(tt.from), at(tt.to)); got != tt.want || counted != tt.counted {
			t.Errorf("%s: %d s, %v; want %d s, %v", tt.name, got, counted, tt.want, tt.counted)
		}
	}
}

// TestHoursOfNightsWhenTheClocksChange holds a day without a pause against 23, 25 and, by half an hour, 24.5 hours.
func TestHoursOfNightsWhenTheClocksChange(t *testing.T) {
	t.Parallel()
	all, _ := hours.ParseWeek("Mon-Sun 0:00-24:00")
	second, _ := hours.ParseWeek("Mon-Sun 2:00-2:30")
	for _, tt := range []struct {
		zone, day string
		week      [7][]hours.Span
		want      int64
	}{
		{"Europe/Prague", "2026-03-29", all, 23 * 3600},
		{"Europe/Prague", "2026-10-25", all, 25 * 3600},
		{"Europe/Prague", "2026-03-29", second, 0},
		{"Europe/Prague", "2026-10-25", second, 3600},
		{"Australia/Lord_Howe", "2026-10-04", all, 23*3600 + 1800},
		{"Australia/Lord_Howe", "2026-04-05", all, 24*3600 + 1800},
	} {
		z := zone(t, tt.zone)
		day, err := time.ParseInLocation("2006-01-02", tt.day, z)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := hours.NewCalendar(hours.Hours{Week: tt.week}, z).Inside(day.UnixMilli(), day.AddDate(0, 0, 1).UnixMilli())
		if got != tt.want {
			t.Errorf("%s, %s: %d s, want %d", tt.zone, tt.day, got, tt.want)
		}
	}
}

// TestInsideEqualsCountingMinutes counts minute by minute what the wall clock shows, over random spans around nights when
// the clocks change.
func TestInsideEqualsCountingMinutes(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 1))
	for _, name := range []string{"Europe/Prague", "Australia/Lord_Howe", "UTC"} {
		z := zone(t, name)
		for _, night := range []string{"2026-03-29", "2026-10-25", "2026-04-05", "2026-10-04", "2026-12-24"} {
			day, err := time.ParseInLocation("2006-01-02", night, z)
			if err != nil {
				t.Fatal(err)
			}
			for range 40 {
				h := someHours(random, day)
				calendar := hours.NewCalendar(h, z)
				from := day.Add(time.Duration(random.IntN(4*24*60)-2*24*60) * time.Minute)
				to := from.Add(time.Duration(random.IntN(3*24*60)) * time.Minute)
				want, counted := int64(0), works(h, from)
				for at := from; at.Before(to); at = at.Add(time.Minute) {
					if works(h, at) {
						want, counted = want+60, true
					}
				}
				if got, is := calendar.Inside(from.UnixMilli(), to.UnixMilli()); got != want || is != counted {
					t.Fatalf("seed %d, %s, %s to %s, %s without %v: %d s, %v; want %d s, %v", seed, name, from, to, hours.FormatWeek(h.Week), h.Holidays, got, is, want, counted)
				}
			}
		}
	}
}

func someHours(random *rand.Rand, near time.Time) hours.Hours {
	var h hours.Hours
	for day := range h.Week {
		for range random.IntN(3) {
			from := random.IntN(24 * 60)
			h.Week[day] = append(h.Week[day], hours.Span{From: from, To: from + 1 + random.IntN(24*60-from)})
		}
	}
	if random.IntN(2) == 0 {
		h.Holidays = append(h.Holidays, near.AddDate(0, 0, random.IntN(3)-1).Format("2006-01-02"))
	}
	return h.Clean()
}

func works(h hours.Hours, at time.Time) bool {
	if slices.Contains(h.Holidays, at.Format("2006-01-02")) {
		return false
	}
	minute := at.Hour()*60 + at.Minute()
	return slices.ContainsFunc(h.Week[(int(at.Weekday())+6)%7], func(s hours.Span) bool { return s.From <= minute && minute < s.To })
}

func TestHoursAreWrittenAsTheyAreRead(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 7))
	for range 200 {
		h := someHours(random, time.Date(2026, 12, 24, 0, 0, 0, 0, time.UTC))
		if random.IntN(2) == 0 {
			h.Public = "cz"
		}
		week, wrong := hours.ParseWeek(hours.FormatWeek(h.Week))
		if wrong != "" || !reflect.DeepEqual(week, h.Week) {
			t.Fatalf("%q read as %v, cannot read %q; want %v", hours.FormatWeek(h.Week), week, wrong, h.Week)
		}
		dates, public, wrong := hours.ParseHolidays(h.FormatHolidays())
		if wrong != "" || public != h.Public || !slices.Equal(dates, h.Holidays) {
			t.Fatalf("%q read as %v and %q, cannot read %q", h.FormatHolidays(), dates, public, wrong)
		}
	}
}

func TestWhatIsNoWorkingTimeIsNamed(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Mon-Fri 8-17": "Mon-Fri 8-17", "Fri-Mon 8:00-17:00": "Fri-Mon 8:00-17:00", "Mon 17:00-8:00": "Mon 17:00-8:00",
		"Mon 8:00-17:00; Foo 8:00-9:00": "Foo 8:00-9:00", "Mon": "Mon", "Mon 8:00-24:30": "Mon 8:00-24:30", "Mon 8:00-17:00,": "Mon 8:00-17:00,",
	} {
		if _, wrong := hours.ParseWeek(text); wrong != want {
			t.Errorf("%q: %q cannot be read, want %q", text, wrong, want)
		}
	}
	for text, want := range map[string]string{"2026-13-01": "2026-13-01", "cz, xx": "xx", "31.12.2026": "31.12.2026", "cz, cz": "cz"} {
		if _, _, wrong := hours.ParseHolidays(text); wrong != want {
			t.Errorf("%q: %q cannot be read, want %q", text, wrong, want)
		}
	}
}

func FuzzWeek(f *testing.F) {
	f.Add("Mon-Fri 8:00-12:00,12:30-17:00; Sat 9:00-12:00")
	f.Fuzz(func(t *testing.T, text string) {
		week, wrong := hours.ParseWeek(text)
		if wrong != "" {
			return
		}
		again, wrong := hours.ParseWeek(hours.FormatWeek(week))
		if wrong != "" || !reflect.DeepEqual(week, again) {
			t.Errorf("%q: %v, then %v", text, week, again)
		}
	})
}
