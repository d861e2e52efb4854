package store

import (
	"database/sql/driver"
	"sync"
	"time"

	"wapdesk/store/listing"

	"modernc.org/sqlite"
)

// The contact centre writes times as a wall clock shows them. Nearly always that text follows from
// the instant and the zone, so it is not kept; one that does not follow is.

const wallLayout = time.DateTime

// wallText returns what a wall clock in the zone shows at an instant, in UTC milliseconds.
func wallText(zone string, ms int64) string {
	if zone == "" || ms == listing.Unknown {
		return ""
	}
	var b [len(wallLayout)]byte
	return string(appendWall(b[:0], location(zone), ms))
}

func appendWall(b []byte, in *time.Location, ms int64) []byte {
	return time.UnixMilli(ms).In(in).AppendFormat(b, wallLayout)
}

// wallZone returns the zone when the text is what a wall clock there shows at the instant, else "".
func wallZone(text string, ms int64, zone string) string {
	if len(text) != len(wallLayout) || ms == listing.Unknown {
		return ""
	}
	in := location(zone)
	if in.String() != zone {
		return "" // not known here: what is derived now may not be on another computer
	}
	var b [len(wallLayout)]byte
	if string(appendWall(b[:0], in, ms)) != text {
		return ""
	}
	return zone
}

var locations sync.Map // zones by name

// location loads a zone once. One that this computer does not know is UTC.
func location(zone string) *time.Location {
	if known, ok := locations.Load(zone); ok {
		return known.(*time.Location) //nolint:forcetypeassert // nothing else is stored
	}
	in, err := time.LoadLocation(zone)
	if err != nil {
		in = time.UTC
	}
	locations.Store(zone, in)
	return in
}

// registerWall lets a migration ask for wallZone.
func registerWall(drv *sqlite.Driver) error {
	return drv.RegisterDeterministicScalarFunction("wapdesk_wall_zone", 3, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		text, isText := args[0].(string)
		ms, isTime := args[1].(int64)
		zone, isZone := args[2].(string)
		if !isText || !isTime || !isZone {
			return "", nil
		}
		return wallZone(text, ms, zone), nil
	})
}
