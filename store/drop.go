package store

import (
	"context"
	"strconv"
)

// Rows leave this computer for other reasons than an erasure: rights that shrank, records the
// contact centre no longer has, the number of days to keep. They get no tombstone: a
// later sync may bring them back.

// DropOutOfScope removes the interactions outside of the rights for good, with their
// messages, files and search text.
func (db *DB) DropOutOfScope(ctx context.Context) (int, error) {
	return db.drop(ctx, "remove interactions outside of the rights", nil, "SELECT i.id FROM interactions i WHERE "+inScope+" IS NOT TRUE")
}

// DropGone removes interactions that were gone before the time (UTC ms).
func (db *DB) DropGone(ctx context.Context, beforeMs int64) (int, error) {
	return db.drop(ctx, "remove interactions that are gone", nil, "SELECT id FROM interactions WHERE gone_ms < ?", beforeMs)
}

// DropOlder removes interactions before the time (UTC ms) and takes it out of the coverage.
func (db *DB) DropOlder(ctx context.Context, beforeMs int64) (int, error) {
	return db.drop(ctx, "remove older interactions", func(t *tx) error { return t.uncover(ctx, beforeMs) },
		"SELECT id FROM interactions WHERE time_ms < ?", beforeMs)
}

func (db *DB) drop(ctx context.Context, doing string, also func(*tx) error, query string, args ...any) (int, error) {
	dropped := 0
	err := db.update(ctx, doing, func(t *tx) error {
		rows, err := t.query(ctx, query, args...)
		ids, err := collect(rows, err, scanID)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := t.dropStored(ctx, id); err != nil {
				return err
			}
		}
		dropped = len(ids)
		if dropped > 0 {
			t.event.Everything, t.event.Changes, t.event.erased = true, true, true
			if err := t.setSetting(ctx, settingCompact, strconv.FormatBool(true)); err != nil {
				return err
			}
		}
		if also != nil {
			return also(t)
		}
		return nil
	})
	db.afterFiles(ctx, err)
	return dropped, err
}

// dropStored removes an interaction and everything below it.
func (t *tx) dropStored(ctx context.Context, id int64) error {
	who, err := t.personOf(ctx, id)
	if err != nil {
		return err
	}
	if _, err := t.eraseTranscript(ctx, id); err != nil {
		return err
	}
	if _, err := t.doomFiles(ctx, id); err != nil {
		return err
	}
	firstActivity, lastActivity := childSpan(id, activityBits)
	firstEvent, lastEvent := childSpan(id, eventBits)
	for _, step := range []struct {
		query string
		args  []any
	}{
		{"DELETE FROM process_events WHERE id BETWEEN ? AND ?", []any{firstEvent, lastEvent}},
		{"DELETE FROM activities WHERE id BETWEEN ? AND ?", []any{firstActivity, lastActivity}},
		{"DELETE FROM interactions WHERE id = ?", []any{id}},
	} {
		if err := t.run(ctx, step.query, step.args...); err != nil {
			return err
		}
	}
	t.removed[id] = struct{}{}
	for _, contact := range who.contacts {
		namedOnly, err := t.namedOnly(ctx, refContacts, contact)
		if err != nil {
			return err
		}
		if !namedOnly {
			continue
		}
		if _, _, err := t.dropContact(ctx, contact, false); err != nil {
			return err
		}
	}
	for _, ticket := range who.tickets {
		namedOnly, err := t.namedOnly(ctx, refTickets, ticket)
		if err != nil {
			return err
		}
		if !namedOnly {
			continue
		}
		if err := t.dropTicket(ctx, ticket, false); err != nil {
			return err
		}
	}
	if who.external != 0 {
		return t.dropUnusedExternalContact(ctx, who.external)
	}
	return nil
}

// namedOnly tells whether a record is known from interactions only. One that the CRM listed, or
// that was made here, is no part of the interactions' rights or age and stays.
func (t *tx) namedOnly(ctx context.Context, kind refKind, id int64) (bool, error) {
	query := "SELECT 1 FROM " + string(kind) + " WHERE id = ? AND created_ms IS NULL AND edited_ms IS NULL"
	if kind == refContacts {
		query += " AND NOT local"
	}
	var one int
	return t.one(ctx, query, []any{id}, &one)
}
