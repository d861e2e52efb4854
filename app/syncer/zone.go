package syncer

import (
	"context"

	"wapdesk/app/daktela"
	"wapdesk/store"

	"github.com/thlib/go-timezone-local/tzlocal"
)

// zoneOf returns the zone that a reply names. Where it names none that is known here ("+02:00",
// "Praha"), times are read in the zone known last, else in this computer's: then known is false.
func zoneOf(ctx context.Context, db *store.DB, name string) (zone daktela.Zone, known bool, err error) {
	if zone, err = daktela.LoadZone(name); err == nil {
		return zone, true, nil
	}
	last, err := db.KnownZone(ctx)
	if err != nil {
		return daktela.Zone{}, false, err
	}
	if zone, err = daktela.LoadZone(last); last != "" && err == nil {
		return zone, false, nil
	}
	if here, err := tzlocal.RuntimeTZ(); err == nil {
		if zone, err = daktela.LoadZone(here); err == nil {
			return zone, false, nil
		}
	}
	zone, err = daktela.LoadZone(daktela.DefaultZone) // a computer that does not tell its own
	return zone, false, err
}
