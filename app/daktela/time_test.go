package daktela

import (
	"testing"
	"time"
)

func TestZoneUTC(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, zone, text, want string // want is RFC 3339 in UTC, "" for unknown
	}{
		{"summer", "Europe/Prague", "2025-06-02 09:14:07", "2025-06-02T07:14:07Z"},
		{"winter", "Europe/Prague", "2025-01-02 09:14:07", "2025-01-02T08:14:07Z"},
		{"default zone", "", "2025-01-02 09:14:07", "2025-01-02T08:14:07Z"},
		{"before the gap", "Europe/Prague", "2025-03-30 01:59:59", "2025-03-30T00:59:59Z"},
		{"in the gap", "Europe/Prague", "2025-03-30 02:30:00", "2025-03-30T01:30:00Z"},
		{"after the gap", "Europe/Prague", "2025-03-30 03:00:00", "2025-03-30T01:00:00Z"},
		{"twice: the first", "Europe/Prague", "2025-10-26 02:30:00", "2025-10-26T00:30:00Z"},
		{"before the double hour", "Europe/Prague", "2025-10-26 01:59:59", "2025-10-25T23:59:59Z"},
		{"after the double hour", "Europe/Prague", "2025-10-26 03:00:00", "2025-10-26T02:00:00Z"},
		{"west of Greenwich, gap", "America/New_York", "2025-03-09 02:30:00", "2025-03-09T07:30:00Z"},
		{"west of Greenwich, twice", "America/New_York", "2025-11-02 01:30:00", "2025-11-02T05:30:00Z"},
		{"ISO without zone", "Europe/Prague", "2025-06-02T09:14:07", "2025-06-02T07:14:07Z"},
		{"ISO with offset", "Europe/Prague", "2025-06-02T09:14:07+00:00", "2025-06-02T09:14:07Z"},
		{"date only", "UTC", "2025-06-02", "2025-06-02T00:00:00Z"},
		{"zero date", "UTC", "0000-00-00 00:00:00", ""},
		{"year zero", "UTC", "0000-01-01 00:00:00", ""},
		{"empty", "UTC", "", ""},
		{"blank", "UTC", "   ", ""},
		{"no such day", "UTC", "2025-02-30 00:00:00", ""},
		{"words", "UTC", "not a time at all", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			zone, err := LoadZone(tt.zone)
			if err != nil {
				t.Fatal(err)
			}
			ms, ok := zone.UTC(tt.text)
			got := ""
			if ok {
				got = time.UnixMilli(ms).UTC().Format(time.RFC3339)
			}
			if got != tt.want {
				t.Errorf("UTC(%q) in %s: got %q, want %q", tt.text, zone.Name(), got, tt.want)
			}
		})
	}
}

func TestZoneWireIsReadBackOutsideTheDoubleHour(t *testing.T) {
	t.Parallel()
	zone, err := LoadZone("Europe/Prague")
	if err != nil {
		t.Fatal(err)
	}
	start := time.Date(2025, 10, 25, 0, 0, 0, 0, time.UTC)
	for minute := range 3 * 24 * 60 {
		at := start.Add(time.Duration(minute) * time.Minute)
		got, ok := zone.UTC(zone.Wire(at.UnixMilli()))
		want := at
		if !at.Before(start.Add(25*time.Hour)) && at.Before(start.Add(26*time.Hour)) {
			want = at.Add(-time.Hour) // the second 02:xx cannot be told from the first
		}
		if !ok || got != want.UnixMilli() {
			t.Fatalf("%s: got %d %v, want %d", at, got, ok, want.UnixMilli())
		}
	}
}

func TestLoadZoneRefusesForeignNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Local", "Nowhere/Land", "../etc/passwd"} {
		if _, err := LoadZone(name); err == nil {
			t.Errorf("LoadZone(%q): got no error", name)
		}
	}
}

func TestClockUTC(t *testing.T) {
	t.Parallel()
	ms, ok := Clock{Time: "2025-06-02 10:00:01", Zone: "Europe/Prague"}.UTC()
	if want := time.Date(2025, 6, 2, 8, 0, 1, 0, time.UTC).UnixMilli(); !ok || ms != want {
		t.Errorf("got %d %v, want %d", ms, ok, want)
	}
	if _, ok := (Clock{}).UTC(); ok {
		t.Error("a missing clock must be unknown")
	}
}
