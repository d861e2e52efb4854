package store

import (
	"context"

	"wapdesk/store/listing"
)

// todayLimit is how many rows of a day are worth reading ahead of the whole list; a day of
// a large contact centre has 1,500.
const todayLimit = 20_000

// TodayList is a list of the current day alone, straight from the file: what a screen asks
// while the whole list is still being loaded. It answers every question whose time is today
// as the whole list will. It does not follow commits.
func (db *DB) TodayList(ctx context.Context) (*listing.Engine, error) {
	records, total, err := db.Today(ctx, todayLimit)
	if err != nil {
		return nil, err
	}
	if total > len(records) {
		return nil, ErrTooLarge
	}
	directory, err := db.readDirectory(ctx)
	if err != nil {
		return nil, err
	}
	engine := listing.New(listing.Options{Zone: db.Zone(), SundayFirst: db.list.sunday, Now: db.now, Words: db})
	engine.SetTargets(*db.List().View().Targets())
	engine.SetDirectory(directory)
	err = engine.Load(ctx, func(_ context.Context, add func(*listing.Record) error) error {
		for i := len(records) - 1; i >= 0; i-- { // newest first in the file's answer, oldest first here
			if err := add(&records[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return engine, err
}
