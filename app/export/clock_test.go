package export

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestClockFollowsTheZone(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"UTC", "Europe/Prague", "America/St_Johns", "Asia/Kolkata", "Pacific/Apia"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		clocks := map[Pattern]*clock{}
		layouts := map[Pattern]string{
			ISO: "2006-01-02 15:04:05", CzechTight: "02.01.2006 15:04:05", ISOShort: "2006-01-02 ", Czech: "2. 1. 2006 ",
		}
		for pattern := range layouts {
			clocks[pattern] = newClock(zone, pattern)
		}
		rng := rand.New(rand.NewPCG(1, 2))
		for i := range 4_000 {
			ms := rng.Int64N(60*365*86400) * 1000
			if i%2 == 0 { // crowd around both changes of 2026
				ms = time.Date(2026, time.Month(3+7*(i/2%2)), 25, 0, 0, 0, 0, time.UTC).UnixMilli() + rng.Int64N(7*86400)*1000
			}
			at := time.UnixMilli(ms).In(zone)
			for pattern, layout := range layouts {
				want := at.Format(layout)
				if pattern == ISOShort || pattern == Czech {
					want += strconv.Itoa(at.Hour()) + at.Format(":04:05")
				}
				if comesTwice(at) {
					want += at.Format(" -07:00")
				}
				if got := string(clocks[pattern].appendText(nil, ms)); got != want {
					t.Fatalf("%s at %d: got %q, want %q", name, ms, got, want)
				}
			}
		}
	}
}

func TestSerialIsTheNearestNumber(t *testing.T) {
	t.Parallel()
	for seconds := range int64(86400) {
		for _, days := range []int64{0, 1, 46348} {
			text := string(appendSerial(nil, days, seconds))
			got, err := strconv.ParseFloat(text, 64)
			if err != nil || strings.ContainsAny(text, "eE") {
				t.Fatalf("%d days %d s: %q, %v", days, seconds, text, err)
			}
			if want := float64(days*86400+seconds) / 86400; got != want {
				t.Fatalf("%d days %d s: %s, want %v", days, seconds, text, want)
			}
		}
	}
}

func TestSpansAreNotFoldedIntoDays(t *testing.T) {
	t.Parallel()
	for seconds, want := range map[int64]string{0: "0:00:00", 59: "0:00:59", 312: "0:05:12", 86399: "23:59:59", 90061: "25:01:01"} {
		if got := string(appendSpan(nil, seconds)); got != want {
			t.Errorf("%d: got %q, want %q", seconds, got, want)
		}
	}
}

func TestTimesBeforeExcelCountsRightAreText(t *testing.T) {
	t.Parallel()
	req := request(t, "en", XLSX)
	req.Zone = time.FixedZone("x", -10*86400*365*8) // no time of a contact centre, but no crash either
	if _, _, err := Preview(req, nil); err != nil {
		t.Fatal(err)
	}
	for _, ms := range []int64{0, 1, 999} {
		days, seconds := newClock(time.UTC, ISO).wall(ms)
		if days != 0 || seconds != 0 {
			t.Errorf("%d ms: %d days, %d s", ms, days, seconds)
		}
	}
}

// comesTwice reports whether the wall clock shows a time twice: the offset of the day before or of the day
// after makes another moment of it that the clock shows in the same way.
func comesTwice(at time.Time) bool {
	shown := at.Format(time.DateTime)
	_, own := at.Zone()
	for _, day := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
		_, offset := at.Add(day).Zone()
		other := at.Add(time.Duration(own-offset) * time.Second)
		if !other.Equal(at) && other.Format(time.DateTime) == shown {
			return true
		}
	}
	return false
}
