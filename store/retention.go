package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Retention says how long interactions stay on this computer.
type Retention struct {
	Days      int  `json:"days"`      // days before today that are kept; 0 keeps everything
	Anonymise bool `json:"anonymise"` // what is older is anonymised instead of removed
}

// MaxDays bounds the days kept: longer than anybody has had the channel.
const MaxDays = 36_500

// settingRetention is one of the store's own: an erasure that clears a person's name out of the
// settings must not switch the retention off.
const settingRetention = ".retention"

// sentKept is how long sent changes stay in the outbox.
const sentKept = 30 * 24 * time.Hour

// Retention returns the days kept.
func (db *DB) Retention(ctx context.Context) (Retention, error) {
	var r Retention
	text, found, err := db.Setting(ctx, settingRetention)
	if err != nil || !found {
		return r, err
	}
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return Retention{}, fmt.Errorf("read the days kept: %w", ErrDamaged)
	}
	return r, nil
}

// SetRetention keeps the days; nothing is removed before the next Upkeep. ErrInvalid for a
// number of days that means nothing.
func (db *DB) SetRetention(ctx context.Context, r Retention) error {
	if r.Days < 0 || r.Days > MaxDays {
		return fmt.Errorf("keep the days kept: %w", ErrInvalid)
	}
	text, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("keep the days kept: %w", err)
	}
	return db.setSetting(ctx, settingRetention, string(text))
}

// From is the first moment that is kept (UTC ms): the start of the day so many days ago in the
// contact centre's zone. False when everything is kept.
func (r Retention) From(now time.Time, zone *time.Location) (int64, bool) {
	if r.Days == 0 {
		return 0, false
	}
	today := now.In(zone)
	return time.Date(today.Year(), today.Month(), today.Day()-r.Days, 0, 0, 0, 0, zone).UnixMilli(), true
}

// KeptFrom is the first moment whose interactions may be stored (UTC ms); false when nothing is
// removed for its age.
func (db *DB) KeptFrom(ctx context.Context) (int64, bool, error) {
	r, err := db.Retention(ctx)
	if err != nil || r.Anonymise {
		return 0, false, err
	}
	fromMs, on := r.From(db.now(), db.Zone())
	return fromMs, on, nil
}

// RetentionPreview says what a retention would do now.
type RetentionPreview struct {
	FromMs       int64 // first moment kept (UTC ms)
	Interactions int   // to be removed, or anonymised
	Waiting      int   // older, but with a change that is still to be sent: they stay until it was
}

// PreviewRetention counts what the retention would remove or anonymise.
func (db *DB) PreviewRetention(ctx context.Context, r Retention) (RetentionPreview, error) {
	var p RetentionPreview
	fromMs, on := r.From(db.now(), db.Zone())
	if !on {
		return p, nil
	}
	p.FromMs = fromMs
	query := "SELECT count(*) FILTER (WHERE NOT " + unfinished + "), count(*) FILTER (WHERE " + unfinished + ") FROM interactions i WHERE i.time_ms < ?"
	if r.Anonymise {
		query += " AND NOT i.anonymised"
	}
	err := db.view(ctx, "preview the days kept", func(q querier) error {
		return q.QueryRowContext(ctx, query, fromMs).Scan(&p.Interactions, &p.Waiting)
	})
	return p, err
}

// UpkeepReport says what an Upkeep did.
type UpkeepReport struct {
	Removed    int
	Anonymised int
}

// Upkeep does what the passing of time asks for: it forgets changes that were sent long ago, and
// removes or anonymises interactions older than the days kept. Where nothing is due it writes
// nothing.
func (db *DB) Upkeep(ctx context.Context) (UpkeepReport, error) {
	var report UpkeepReport
	if err := db.DropSent(ctx, db.now().Add(-sentKept).UnixMilli()); err != nil {
		return report, err
	}
	r, err := db.Retention(ctx)
	if err != nil {
		return report, err
	}
	fromMs, on := r.From(db.now(), db.Zone())
	switch {
	case !on:
		return report, nil
	case r.Anonymise:
		report.Anonymised, err = db.eraseOlder(ctx, fromMs)
	default:
		report.Removed, err = db.DropOlder(ctx, fromMs)
	}
	return report, err
}

// eraseOlder anonymises interactions before a time (UTC ms) because of their age. The contact
// centre keeps its own; nothing is asked of it.
func (db *DB) eraseOlder(ctx context.Context, beforeMs int64) (int, error) {
	erased := 0
	for {
		names, err := viewAll(ctx, db, "find older interactions", func(rows rowScanner, name *Name) error { return rows.Scan(name) },
			"SELECT i.name FROM interactions i WHERE i.time_ms < ? AND NOT i.anonymised AND NOT "+unfinished+" LIMIT ?", beforeMs, dropBatch)
		if err != nil || len(names) == 0 {
			return erased, err
		}
		err = db.update(ctx, "anonymise older interactions", func(t *tx) error {
			for _, name := range names {
				if err := t.eraseByAge(ctx, name); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return erased, err
		}
		erased += len(names)
		if _, err := db.finishErasure(ctx); err != nil {
			return erased, err
		}
	}
}

func (t *tx) eraseByAge(ctx context.Context, name Name) error {
	stored, found, err := t.storedInteraction(ctx, name)
	if err != nil || !found || stored.anonymised {
		return err
	}
	if err := t.bury(ctx, burial{name: name, cause: CauseRetention}); err != nil {
		return err
	}
	went, err := t.eraseStored(ctx, stored.id)
	if err != nil {
		return err
	}
	return t.account(ctx, name, went)
}
