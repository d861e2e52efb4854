package listing_test

import (
	"slices"
	"testing"
	"time"

	"wapdesk/store/listing"
)

// The wire has a flag and a time; what they mean is decided in one place, which the model of other
// tests shares.
func TestWhatMissedMeans(t *testing.T) {
	t.Parallel()
	const at = 1_700_000_000_000
	for _, tt := range []struct {
		flag string
		ms   int64
		want listing.MissedMeaning
	}{
		{"YES", at, listing.MissedWaiting},
		{"YES", listing.Unknown, listing.MissedWaiting},
		{"NO", at, listing.ContactedBack},
		{"NO", listing.Unknown, listing.ContactedBack},
		{"", at, listing.MissedCleared},
		{"", listing.Unknown, listing.NeverMissed},
	} {
		if got := listing.Meaning(tt.flag, tt.ms); got != tt.want {
			t.Errorf("%q at %d means %v, want %v", tt.flag, tt.ms, got, tt.want)
		}
	}
}

// The first instant of the next day belongs to it alone.
func TestADayIsHalfOpen(t *testing.T) {
	t.Parallel()
	midnight := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC).UnixMilli()
	next := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC).UnixMilli()
	e := loaded(t, row(1, midnight-1), row(2, midnight), row(3, next-1), row(4, next))
	if got := search(t, e, "time:2026-11-22"); !slices.Equal(got, []int64{3, 2}) {
		t.Errorf("the day has %v, want its first and last instants", got)
	}
}
