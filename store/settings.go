package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"sync/atomic"
	"time"
)

// Settings this package keeps for itself; names of others must not begin with a dot.
const (
	settingZone    = ".zone"
	settingCompact = ".compaction_due"
	settingImage   = ".list_image"
)

// defaultZone is the server's own default.
const defaultZone = "Europe/Prague"

// zone is the contact centre's time zone.
type zone struct{ location atomic.Pointer[time.Location] }

// Zone is the contact centre's time zone; Europe/Prague until a sync has brought it.
func (db *DB) Zone() *time.Location { return db.zone.location.Load() }

// SetZone keeps the contact centre's time zone (`_timezone` of a reply). ErrInvalid for an
// unknown one. Stored times are left as they are, and when the zone changed nothing counts as stored any
// more: the caller reads everything again, and what does not get that far is missing afterwards.
func (db *DB) SetZone(ctx context.Context, name string) error {
	location, err := time.LoadLocation(name)
	if name == "" || err != nil {
		return fmt.Errorf("set the time zone: %w", ErrInvalid)
	}
	err = db.update(ctx, "keep the time zone", func(t *tx) error {
		if name != db.Zone().String() {
			t.event.Coverage = true
			if err := t.run(ctx, "DELETE FROM coverage"); err != nil {
				return err
			}
		}
		return t.setSetting(ctx, settingZone, name)
	})
	if err != nil {
		return err
	}
	db.zone.location.Store(location)
	db.list.setZone(location)
	return db.recountInside(ctx)
}

// KnownZone is the zone that SetZone has kept, "" before the first time.
func (db *DB) KnownZone(ctx context.Context) (string, error) {
	name, _, err := db.Setting(ctx, settingZone)
	return name, err
}

func (db *DB) loadZone(ctx context.Context) error {
	name, found, err := db.Setting(ctx, settingZone)
	if err != nil {
		return err
	}
	if !found {
		name = defaultZone
	}
	location, err := time.LoadLocation(name)
	if err != nil {
		location = time.UTC // this computer knows fewer zones than the one that stored it
		db.log.Warn("unknown time zone", "zone", name)
	}
	db.zone.location.Store(location)
	return nil
}

// Setting reads a setting; false when it was never set.
func (db *DB) Setting(ctx context.Context, key string) (string, bool, error) {
	return db.keyed(ctx, "read a setting", "SELECT value FROM settings WHERE key = ?", key)
}

// SetSetting keeps a setting. Keys that begin with a dot belong to the store (ErrInvalid).
func (db *DB) SetSetting(ctx context.Context, key, value string) error {
	if key == "" || key[0] == '.' {
		return fmt.Errorf("keep a setting: %w", ErrInvalid)
	}
	return db.setSetting(ctx, key, value)
}

func (db *DB) setSetting(ctx context.Context, key, value string) error {
	return db.update(ctx, "keep a setting", func(t *tx) error { return t.setSetting(ctx, key, value) })
}

func (t *tx) setSetting(ctx context.Context, key, value string) error {
	return t.run(ctx, replaceBy("settings", "key", []string{"key", "value"}), key, value)
}

// Cursor reads a mark of the sync; "" when there is none.
func (db *DB) Cursor(ctx context.Context, key string) (string, error) {
	value, _, err := db.keyed(ctx, "read a cursor", "SELECT value FROM cursors WHERE key = ?", key)
	return value, err
}

// SetCursor keeps a mark of the sync outside of a window.
func (db *DB) SetCursor(ctx context.Context, key, value string) error {
	return db.update(ctx, "keep a cursor", func(t *tx) error {
		return t.setCursors(ctx, map[string]string{key: value})
	})
}

func (t *tx) setCursors(ctx context.Context, cursors map[string]string) error {
	for key, value := range cursors {
		if err := t.run(ctx, replaceBy("cursors", "key", []string{"key", "value"}), key, value); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) keyed(ctx context.Context, doing, query, key string) (value string, found bool, err error) {
	err = db.view(ctx, doing, func(q querier) error {
		err := q.QueryRowContext(ctx, query, key).Scan(&value)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		found = err == nil
		return err
	})
	return value, found, err
}

func (db *DB) loadDue(ctx context.Context) error {
	value, _, err := db.Setting(ctx, settingCompact)
	db.due.Store(value == strconv.FormatBool(true))
	return err
}
