package listing

import (
	"testing"
	"time"
)

// TestHoursOfADayWhoseClocksChange goes through the days minute by minute: whenever the clock shows
// another hour, or jumps, a cell begins.
func TestHoursOfADayWhoseClocksChange(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		zone, day string
		cells     int
	}{
		{"Europe/Prague", "2025-03-30", 23},
		{"Europe/Prague", "2025-10-26", 25},
		{"Europe/Prague", "2025-10-27", 24},
		{"America/New_York", "2025-03-09", 23},
		{"America/New_York", "2025-11-02", 25},
		{"Australia/Lord_Howe", "2025-04-06", 25},
		{"Australia/Lord_Howe", "2025-10-05", 24},
		{"Asia/Kolkata", "2025-10-26", 24},
		{"UTC", "2025-10-26", 24},
	} {
		zone, err := time.LoadLocation(tt.zone)
		if err != nil {
			t.Fatal(err)
		}
		from, err := time.ParseInLocation(time.DateOnly, tt.day, zone)
		if err != nil {
			t.Fatal(err)
		}
		to := from.AddDate(0, 0, 1)
		starts, hours := hoursOf(zone, from.UnixMilli(), to.UnixMilli())
		var want []int64
		for at := from; at.Before(to); at = at.Add(time.Minute) {
			before := at.Add(-time.Minute)
			_, offset := at.Zone()
			_, was := before.Zone()
			if at.Equal(from) || at.Hour() != before.Hour() || offset != was {
				want = append(want, at.UnixMilli())
			}
		}
		if len(starts) != tt.cells || len(want) != tt.cells {
			t.Errorf("%s %s has %d cells, want %d, and plainly %d", tt.zone, tt.day, len(starts), tt.cells, len(want))
			continue
		}
		for i := range want {
			if starts[i] != want[i] || hours[i] != time.UnixMilli(want[i]).In(zone).Hour() {
				t.Errorf("%s %s: cell %d is hour %d from %d, want it to begin at %d", tt.zone, tt.day, i, hours[i], starts[i], want[i])
			}
		}
	}
}
