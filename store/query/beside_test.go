package query

import (
	"math/rand/v2"
	"testing"
	"time"
)

// TestPeriodsSideBySide goes through both periods minute by minute, over nights in which the clocks change and with
// holes in what is stored: a day is compared where each of its minutes, and of its counterpart's, is stored.
func TestPeriodsSideBySide(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(4, 2))
	cut, alone, not, ahead, both := 0, 0, 0, 0, 0
	for range 300 {
		day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, zone) }
		// Around the end of March or October, or of February in a leap year.
		month := []time.Month{time.February, time.March, time.October}[rng.IntN(3)]
		from := day(2028, month, 20+rng.IntN(12))
		days := 1 + rng.IntN(9)
		to := from.AddDate(0, 0, days)
		now := from.AddDate(0, 0, rng.IntN(days+4)).Add(time.Duration(rng.IntN(24*60)) * time.Minute)
		clock := Clock{Now: now, Zone: zone}
		period := Range{from.UnixMilli(), to.UnixMilli()}
		byDate := rng.IntN(2) == 0
		other, counterpart := clock.Shifted(period, -1), func(i int) time.Time { return from.AddDate(0, 0, i-days) }
		if from.Day() == 1 && to.Day() == 1 {
			continue // whole months are tested below
		}
		if byDate {
			other, counterpart = clock.YearEarlier(period), func(i int) time.Time {
				at := from.AddDate(0, 0, i)
				return day(at.Year()-1, at.Month(), at.Day())
			}
		}
		var stored []Range
		for at := day(2027, time.January, 1); at.Before(now); {
			end := at.Add(time.Duration(1+rng.IntN(400*24)) * time.Hour / 4)
			if end.After(now) {
				end = now.Add(-time.Duration(rng.IntN(300)) * time.Minute)
			}
			if end.After(at) {
				stored = append(stored, Range{at.UnixMilli(), end.UnixMilli()})
			}
			at = end.Add(time.Duration(1+rng.IntN(40)) * time.Hour)
		}
		whole := func(from, to time.Time) bool {
			for at := from; at.Before(to); at = at.Add(time.Minute) {
				if !within(stored, at) {
					return false
				}
			}
			return true
		}
		pairs := clock.Beside(period, other, byDate, stored)
		if len(pairs) != days {
			t.Fatalf("%d pairs of %d days", len(pairs), days)
		}
		for i, got := range pairs {
			a, b := from.AddDate(0, 0, i), counterpart(i)
			endA, endB := a.AddDate(0, 0, 1), b.AddDate(0, 0, 1)
			want := HeldNot
			switch {
			case !a.Before(now):
				want = HeldAhead
				ahead++
			case byDate && a.Day() != b.Day(): // 29 February
				want = HeldAlone
				alone++
			case !b.Before(now):
				want = HeldAhead
			case whole(a, endA) && whole(b, endB):
				want = HeldBoth
				both++
			case endA.After(now) && within(stored, a) && whole(b, endB):
				for want, endA = HeldBoth, a; within(stored, endA); {
					endA = endA.Add(time.Minute)
				}
				for endB = b; endB.Format("15:04") < endA.Format("15:04"); { // the first of two, or after a skipped one
					endB = endB.Add(time.Minute)
				}
				cut++
			default:
				not++
			}
			if got.Held != want {
				t.Fatalf("%v beside %v, now %v: held %d, want %d; stored %v", a, b, now, got.Held, want, stored)
			}
			if want == HeldBoth && (got.Now != Range{a.UnixMilli(), endA.UnixMilli()} || got.Then.FromMs != b.UnixMilli() || got.Then.ToMs != endB.UnixMilli()) {
				t.Fatalf("%v beside %v: got %v, want up to %v and %v", a, b, got, endA, endB)
			}
		}
	}
	for name, n := range map[string]int{"cut": cut, "alone": alone, "not stored": not, "ahead": ahead, "both": both} {
		if n == 0 {
			t.Errorf("no day was %s: the test sees nothing of it", name)
		}
	}
}

func within(stored []Range, at time.Time) bool {
	for _, r := range stored {
		if at.UnixMilli() >= r.FromMs && at.UnixMilli() < r.ToMs {
			return true
		}
	}
	return false
}

func TestPeriodBeforeAndYearEarlier(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		t.Fatal(err)
	}
	clock := Clock{Zone: zone}
	const minute = "2006-01-02 15:04"
	ms := func(text string) int64 {
		at, err := time.ParseInLocation(minute, text, zone)
		if err != nil {
			t.Fatal(err)
		}
		return at.UnixMilli()
	}
	for _, tt := range []struct{ from, to, before, beforeTo, year, yearTo string }{
		{"2026-03-01 00:00", "2026-04-01 00:00", "2026-02-01 00:00", "2026-03-01 00:00", "2025-03-01 00:00", "2025-04-01 00:00"},
		{"2026-03-23 00:00", "2026-03-30 00:00", "2026-03-16 00:00", "2026-03-23 00:00", "2025-03-23 00:00", "2025-03-30 00:00"},
		{"2028-02-29 00:00", "2028-03-01 00:00", "2028-02-28 00:00", "2028-02-29 00:00", "2027-03-01 00:00", "2027-03-01 00:00"},
		{"2026-10-01 00:00", "2027-01-01 00:00", "2026-07-01 00:00", "2026-10-01 00:00", "2025-10-01 00:00", "2026-01-01 00:00"},
		{"2026-11-22 09:30", "2026-11-22 12:00", "2026-11-22 07:00", "2026-11-22 09:30", "2025-11-22 09:30", "2025-11-22 12:00"},
	} {
		r := Range{ms(tt.from), ms(tt.to)}
		if got, want := clock.Shifted(r, -1), (Range{ms(tt.before), ms(tt.beforeTo)}); got != want {
			t.Errorf("before %s – %s: %v, want %v", tt.from, tt.to, got, want)
		}
		if got, want := clock.YearEarlier(r), (Range{ms(tt.year), ms(tt.yearTo)}); got != want {
			t.Errorf("a year before %s – %s: %v, want %v", tt.from, tt.to, got, want)
		}
	}
}

// Periods that begin or end within a day are compared as they elapse, where both are stored.
func TestHoursSideBySide(t *testing.T) {
	t.Parallel()
	clock := Clock{Zone: time.UTC, Now: time.UnixMilli(900_000_000)}
	const hour = 3_600_000
	at := func(from, to int64) Range { return Range{from * hour, to * hour} }
	got := clock.Beside(at(100, 106), at(51, 55), false, []Range{at(0, 52), at(53, 60), at(90, 103)})
	want := []Pair{
		{at(100, 101), at(51, 52), HeldBoth}, {at(101, 102), at(52, 53), HeldNot}, {at(102, 103), at(53, 54), HeldBoth},
		{at(103, 104), at(54, 55), HeldNot}, {at(104, 106), Range{}, HeldAlone},
	}
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("pair %d is %v, want %v", i, got[i], want[i])
		}
	}
	if pairs := clock.Beside(Always(), at(0, 24), false, nil); pairs != nil {
		t.Errorf("an open period has the pairs %v", pairs)
	}
}
