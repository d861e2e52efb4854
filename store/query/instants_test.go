package query

import (
	"testing"
	"time"
)

// TestRangesWhereTheClocksChange compares every range of a quarter of an hour's steps, around both
// changes of a year, with its plain meaning: from the first instant whose clock shows the begin, or
// of a later one where the clocks skip it, to the last instant that shows the end.
func TestRangesWhereTheClocksChange(t *testing.T) {
	t.Parallel()
	for zone, changes := range map[string][]string{
		"Europe/Prague":       {"2025-03-30", "2025-10-26"},
		"America/New_York":    {"2025-03-09", "2025-11-02"},
		"Australia/Lord_Howe": {"2025-04-06", "2025-10-05"},
		"UTC":                 {"2025-03-30"},
	} {
		location, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		clock := Clock{Zone: location}
		for _, day := range changes {
			midnight, err := time.ParseInLocation(time.DateOnly, day, location)
			if err != nil {
				t.Fatal(err)
			}
			const minute = "2006-01-02 15:04"
			first, last := map[string]int64{}, map[string]int64{}
			previous := ""
			var skipped []string
			jump := map[string]int64{}
			for at := midnight; at.Before(midnight.Add(8 * time.Hour)); at = at.Add(time.Minute) {
				shown := at.Format(minute)
				if _, seen := first[shown]; !seen {
					first[shown] = at.UnixMilli()
				}
				last[shown] = at.UnixMilli()
				if previous != "" {
					// What lies between two minutes that follow each other was skipped.
					for wall := must(t, previous).Add(time.Minute); wall.Before(must(t, shown)); wall = wall.Add(time.Minute) {
						skipped = append(skipped, wall.Format(minute))
						jump[wall.Format(minute)] = at.UnixMilli()
					}
				}
				previous = shown
			}
			for _, wall := range skipped {
				first[wall], last[wall] = jump[wall], jump[wall]
			}
			base := must(t, day+" 00:00")
			for a := range 24 {
				from := base.Add(time.Duration(a) * 15 * time.Minute).Format(minute)
				for b := range 24 {
					to := base.Add(time.Duration(b) * 15 * time.Minute).Format(minute)
					got, err := clock.Bounds(from, to)
					if want := (Range{first[from], last[to]}); err != nil || got != want {
						t.Errorf("%s: from %s to %s is %v (%v), want %v", zone, from, to, got, err, want)
					}
				}
			}
			if repeated := len(skipped) == 0 && zone != "UTC"; repeated {
				twice := 0
				for wall := range first {
					if moments, err := clock.Moments(wall); err != nil || len(moments) == 2 != (first[wall] != last[wall]) {
						t.Errorf("%s: %s has the moments %v (%v)", zone, wall, moments, err)
					} else if len(moments) == 2 {
						twice++
					}
				}
				if twice == 0 {
					t.Errorf("%s: nothing is repeated on %s", zone, day)
				}
			}
		}
	}
}

func must(t *testing.T, wall string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04", wall)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
