package store

import (
	"context"
	"math"
	"strconv"
)

// Rows leave this computer for other reasons than an erasure: rights that shrank, records the
// contact centre no longer has, the number of days to keep. They get no tombstone: a
// later sync may bring them back.

// unfinished is an interaction with a change that is still to be sent: it stays until it was.
const unfinished = "EXISTS (SELECT 1 FROM outbox o WHERE o.interaction_id = i.id AND o.state IN ('waiting', 'sending'))"

// DropHidden removes hidden interactions for good, with their messages, files and search text.
// Names that are not hidden are left alone.
func (db *DB) DropHidden(ctx context.Context, names []Name) (int, error) {
	list, err := jsonArg(names)
	if err != nil {
		return 0, err
	}
	return db.drop(ctx, removal{cause: CauseRights}, "i.name IN (SELECT value FROM json_each(?)) AND NOT "+inScope, list)
}

// DropActivities removes activities of hidden queues and users, with their reviews, from
// interactions that stay. Names that are not hidden are left alone.
func (db *DB) DropActivities(ctx context.Context, names []Name) (int, error) {
	return db.dropActivities(ctx, names, hiddenActivity)
}

// ForgetActivities removes activities that the contact centre no longer lists when it is asked for them by name,
// with their reviews, from interactions that stay.
func (db *DB) ForgetActivities(ctx context.Context, names []Name) (int, error) {
	return db.dropActivities(ctx, names, "TRUE")
}

func (db *DB) dropActivities(ctx context.Context, names []Name, condition string) (int, error) {
	list, err := jsonArg(names)
	if err != nil {
		return 0, err
	}
	dropped := 0
	err = db.update(ctx, "remove activities", func(t *tx) error {
		rows, err := t.query(ctx, "SELECT a.name FROM activities a WHERE a.name IN (SELECT value FROM json_each(?)) AND "+condition, list)
		found, err := collect(rows, err, func(rows rowScanner, name *Name) error { return rows.Scan(name) })
		if err != nil {
			return err
		}
		dropped = len(found)
		for _, name := range found {
			if err := t.dropOutside(ctx, name); err != nil {
				return err
			}
		}
		t.event.Everything = t.event.Everything || dropped > 0
		return nil
	})
	return dropped, err
}

// dropOutside removes an activity with the contact and the ticket that nothing else names.
func (t *tx) dropOutside(ctx context.Context, name Name) error {
	var id, contact, ticket int64
	found, err := t.one(ctx, "SELECT id, ifnull(contact_id, 0), ifnull(ticket_id, 0) FROM activities WHERE name = ?", []any{name}, &id, &contact, &ticket)
	if err != nil || !found {
		return err
	}
	if err := t.dropActivity(ctx, name); err != nil {
		return err
	}
	if err := t.deriveReview(ctx, id>>activityBits); err != nil {
		return err
	}
	return t.dropNamedOnly(ctx, []int64{contact}, []int64{ticket})
}

// Gone returns the ids of interactions that the contact centre no longer has.
func (db *DB) Gone(ctx context.Context) ([]int64, error) {
	return viewAll(ctx, db, "find interactions that are gone", scanID, "SELECT id FROM interactions WHERE gone_ms IS NOT NULL")
}

// DropGone removes those of the interactions that are still gone. One with a change that is still
// to be sent stays until the contact centre has answered it.
func (db *DB) DropGone(ctx context.Context, ids []int64) (int, error) {
	if len(ids) == 0 {
		return 0, nil
	}
	return db.drop(ctx, removal{cause: CauseGone}, "i.gone_ms IS NOT NULL AND i.id IN (SELECT value FROM json_each(?)) AND NOT "+unfinished, idList(ids))
}

// DropOlder removes interactions before the time (UTC ms) and takes it out of the coverage. One
// with a change that is still to be sent stays until it was.
func (db *DB) DropOlder(ctx context.Context, beforeMs int64) (int, error) {
	if err := db.uncoverOlder(ctx, beforeMs); err != nil {
		return 0, err
	}
	return db.drop(ctx, removal{cause: CauseRetention, beforeMs: beforeMs}, "i.time_ms < ? AND NOT "+unfinished, beforeMs)
}

// uncoverOlder writes nothing where nothing older is covered: every write costs the list its image.
func (db *DB) uncoverOlder(ctx context.Context, beforeMs int64) error {
	covered, err := db.covered(ctx, Span{FromMs: math.MinInt64, ToMs: beforeMs})
	if err != nil || len(covered) == 0 {
		return err
	}
	return db.update(ctx, "forget older days", func(t *tx) error { return t.uncover(ctx, beforeMs) })
}

// dropBatch is how many interactions one transaction removes: others may write between two.
const dropBatch = 200

// removal is what the ledger keeps of interactions that were removed.
type removal struct {
	cause    Cause
	beforeMs int64
	id       int64 // of its row, 0 until something was removed
}

// drop removes the interactions that meet a condition, some at a time. What was removed stays
// removed when it is cut short; the next call goes on.
func (db *DB) drop(ctx context.Context, why removal, condition string, args ...any) (int, error) {
	dropped := 0
	for {
		ids, err := viewAll(ctx, db, "find interactions to remove", scanID,
			"SELECT i.id FROM interactions i WHERE "+condition+" LIMIT "+strconv.Itoa(dropBatch), args...)
		if err != nil || len(ids) == 0 {
			return dropped, err
		}
		err = db.update(ctx, "remove interactions", func(t *tx) error { return t.dropAll(ctx, ids, &why) })
		db.afterFiles(ctx, err)
		if err != nil {
			return dropped, err
		}
		dropped += len(ids)
	}
}

func (t *tx) dropAll(ctx context.Context, ids []int64, why *removal) error {
	for _, id := range ids {
		if why.cause == CauseRetention {
			// What is still to be done in the contact centre by hand outlives the stored copy.
			if err := t.run(ctx, "UPDATE outbox SET interaction_id = NULL WHERE interaction_id = ? AND kind = ?", id, string(KindAnonymise)); err != nil {
				return err
			}
		}
		if err := t.dropStored(ctx, id); err != nil {
			return err
		}
	}
	t.event.Everything, t.event.Changes, t.event.erased, t.event.cause = true, true, true, why.cause
	if err := t.noteRemoval(ctx, len(ids), why); err != nil {
		return err
	}
	return t.makeCompactionDue(ctx)
}

func (t *tx) noteRemoval(ctx context.Context, n int, why *removal) error {
	if why.id != 0 {
		return t.run(ctx, "UPDATE removals SET interactions = interactions + ? WHERE id = ?", n, why.id)
	}
	var before any
	if why.beforeMs != 0 {
		before = why.beforeMs
	}
	result, err := t.exec(ctx, "INSERT INTO removals (at_ms, cause, before_ms, interactions) VALUES (?, ?, ?, ?)", t.nowMs, string(why.cause), before, n)
	if err != nil {
		return err
	}
	why.id, err = result.LastInsertId()
	return err
}

// dropStored removes an interaction and everything below it.
func (t *tx) dropStored(ctx context.Context, id int64) error {
	who, err := t.personOf(ctx, id)
	if err != nil {
		return err
	}
	if _, _, err := t.eraseTranscript(ctx, id); err != nil {
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
	if err := t.dropNamedOnly(ctx, who.contacts, who.tickets); err != nil {
		return err
	}
	if who.external != 0 {
		return t.dropUnusedExternalContact(ctx, who.external)
	}
	return nil
}

// dropNamedOnly removes those of the contacts and tickets that interactions alone named and none
// names any longer.
func (t *tx) dropNamedOnly(ctx context.Context, contacts, tickets []int64) error {
	for _, contact := range contacts {
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
	for _, ticket := range tickets {
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
	return nil
}

// namedOnly reports whether a record is known from interactions only. One that the CRM listed, or
// that was made here, is no part of the interactions' rights or age and stays.
func (t *tx) namedOnly(ctx context.Context, kind refKind, id int64) (bool, error) {
	query := "SELECT 1 FROM " + string(kind) + " WHERE id = ? AND created_ms IS NULL AND edited_ms IS NULL"
	if kind == refContacts {
		query += " AND NOT local"
	}
	var one int
	return t.one(ctx, query, []any{id}, &one)
}
