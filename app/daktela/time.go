package daktela

import (
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // zones must load on computers without a zone database
)

// DefaultZone is the zone of an instance whose replies do not name one; older
// releases send times only. It is the vendor's own default.
const DefaultZone = "Europe/Prague"

const wireLayout = "2006-01-02 15:04:05"

// Zone turns the wire's local times into instants and back.
type Zone struct{ loc *time.Location }

// LoadZone returns the zone of an IANA name such as "Europe/Prague"; an empty
// name means DefaultZone. "Local" is refused: it would mean this computer.
func LoadZone(name string) (Zone, error) {
	if name == "" {
		name = DefaultZone
	}
	if name == "Local" {
		return Zone{}, fmt.Errorf("load zone: %q is not a zone of a server", name)
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return Zone{}, fmt.Errorf("load zone: %w", err)
	}
	return Zone{loc}, nil
}

// Name returns the IANA name, "UTC" for the zero value.
func (z Zone) Name() string { return z.location().String() }

// Location returns the zone for formatting.
func (z Zone) Location() *time.Location { return z.location() }

func (z Zone) location() *time.Location {
	if z.loc == nil {
		return time.UTC
	}
	return z.loc
}

// UTC converts a wire time ("2025-06-02 09:14:07", no zone) to UTC
// milliseconds. Empty, zero ("0000-00-00 00:00:00") and unreadable times are
// unknown. An hour that occurs twice (autumn) means its first occurrence; an
// hour that does not occur (spring) is read with the offset before the change,
// so it lands after the gap. Texts with an offset of their own keep it.
func (z Zone) UTC(text string) (ms int64, ok bool) {
	text = strings.TrimSpace(text)
	if len(text) < len("2006-01-02") {
		return 0, false
	}
	if strings.HasPrefix(text, "0000-") {
		return 0, false
	}
	for _, layout := range [...]string{wireLayout, "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02"} {
		if t, err := time.Parse(layout, text); err == nil {
			return z.instant(t).UnixMilli(), true
		}
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.UnixMilli(), true
	}
	return 0, false
}

// instant reads the wall clock of t (given as if it were UTC) in the zone.
func (z Zone) instant(wall time.Time) time.Time {
	// No zone changes its offset twice within two days, so the offsets a day
	// either side are the only candidates.
	before := z.offset(wall.Add(-24 * time.Hour))
	after := z.offset(wall.Add(24 * time.Hour))
	first, second := wall.Add(-before), wall.Add(-after)
	if second.Before(first) {
		first, second = second, first
	}
	switch {
	case z.offset(first) == wall.Sub(first):
		return first
	case z.offset(second) == wall.Sub(second):
		return second
	default:
		return wall.Add(-before)
	}
}

func (z Zone) offset(t time.Time) time.Duration {
	_, s := t.In(z.location()).Zone()
	return time.Duration(s) * time.Second
}

// Wire converts UTC milliseconds to the wire's local time text.
func (z Zone) Wire(ms int64) string {
	return time.UnixMilli(ms).In(z.location()).Format(wireLayout)
}

// Clock is the server's own time as a reply carried it: local text and zone
// name; either may be empty in old releases.
type Clock struct{ Time, Zone string }

// UTC returns the server's time in UTC milliseconds; false if the reply had
// none or its zone is not known here.
func (c Clock) UTC() (ms int64, ok bool) {
	zone, err := LoadZone(c.Zone)
	if err != nil {
		return 0, false
	}
	return zone.UTC(c.Time)
}
