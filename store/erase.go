package store

import (
	"context"
	"errors"
)

// Erasure is the tombstone of an anonymised interaction.
type Erasure struct {
	Name Name
	AtMs int64
	By   string // login of the person, "" when the contact centre anonymised it
}

// ErasureReport says what an erasure removed.
type ErasureReport struct {
	Erased   int
	Already  int    // anonymised before
	NotFound []Name // not stored, or outside of the rights
	Messages int
	Files    int // bytes of attachments that were on this computer
	Contacts int // removed
	Unlinked int // contacts kept because another interaction uses them
	Changes  int // queued changes removed
	Views    int // saved views and settings removed because they name the person
	// Truncated is false when a reader kept the log from being emptied at once; the
	// compaction, which is due in any case, empties it.
	Truncated bool
}

// Erase anonymises interactions at once and for good (ERASURE.md): their personal values leave
// the file in one transaction, and the log is emptied. Bytes that SQLite left in gaps of
// pages go with Compact, which is due from then on. by is the person's login.
// ErrNotPermitted when the role forbids anonymising (AnonymisingLocal), because a request to the
// contact centre is queued as well: Order.HereOnly goes on. Names that are not stored or not
// visible are in the report.
func (db *DB) Erase(ctx context.Context, names []Name, by string) (ErasureReport, error) {
	return db.EraseAs(ctx, names, Order{By: by})
}

// Order says who had interactions anonymised, for the ledger, and how far it goes.
type Order struct {
	By string // login
	// Filter is the text form of the filter that chose them, without what it asks of a person;
	// "" when they were chosen one by one.
	Filter string
	// HereOnly erases this computer's copy alone: nothing is asked of the contact centre, so no
	// access is needed.
	HereOnly bool
}

// EraseAs is Erase with what the ledger is to say of it.
func (db *DB) EraseAs(ctx context.Context, names []Name, order Order) (ErasureReport, error) {
	var report ErasureReport
	err := db.update(ctx, "anonymise", func(t *tx) error {
		report = ErasureReport{}
		rights, err := readRights(ctx, t)
		if err != nil {
			return err
		}
		if !order.HereOnly && rights.Anonymising() == AnonymisingLocal {
			return ErrNotPermitted
		}
		for _, name := range names {
			if err := t.eraseNamed(ctx, name, order, !order.HereOnly && !rights.All, &report); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return ErasureReport{}, err
	}
	db.stop("erased")
	report.Truncated, err = db.finishErasure(ctx)
	return report, err
}

// eraseNamed erases one interaction; queue asks for a request to the contact centre.
func (t *tx) eraseNamed(ctx context.Context, name Name, order Order, queue bool, report *ErasureReport) error {
	var id int64
	var anonymised bool
	found, err := t.one(ctx, "SELECT i.id, i.anonymised FROM interactions i WHERE i.name = ? AND "+inScope, []any{name}, &id, &anonymised)
	switch {
	case err != nil:
		return err
	case !found:
		report.NotFound = append(report.NotFound, name)
		return nil
	case anonymised:
		report.Already++
		return nil
	}
	if err := t.bury(ctx, burial{name: name, by: order.By, cause: CausePerson, filter: order.Filter}); err != nil {
		return err
	}
	went, err := t.eraseStored(ctx, id)
	if err != nil {
		return err
	}
	if err := t.account(ctx, name, went); err != nil {
		return err
	}
	report.Erased++
	report.add(went)
	if !queue {
		return nil
	}
	return t.queueAnonymise(ctx, id, name, went.person)
}

func (r *ErasureReport) add(went erased) {
	r.Messages += went.messages
	r.Files += went.files
	r.Contacts += went.contacts
	r.Unlinked += went.unlinked
	r.Changes += went.changes
	r.Views += went.views
}

// erased counts what went with one interaction.
type erased struct {
	messages, files, contacts, unlinked, changes, views int

	person Name // the first contact that it was paired with, "" without one
}

// eraseStored takes everything personal out of an interaction and what belongs to it. What
// stays is named in ERASURE.md: names, times, queue, user, durations, results and figures.
func (t *tx) eraseStored(ctx context.Context, id int64) (erased, error) {
	var went erased
	who, err := t.personOf(ctx, id)
	if err != nil {
		return went, err
	}
	if who.said, went.messages, err = t.eraseTranscript(ctx, id); err != nil {
		return went, err
	}
	if went.files, err = t.doomFiles(ctx, id); err != nil {
		return went, err
	}
	unsent, err := t.withdraw(ctx, id)
	if err != nil {
		return went, err
	}
	if went.changes, err = t.changed(ctx, "DELETE FROM outbox WHERE interaction_id = ? AND kind <> ?", id, string(KindAnonymise)); err != nil {
		return went, err
	}
	went.changes += unsent
	firstActivity, lastActivity := childSpan(id, activityBits)
	firstEvent, lastEvent := childSpan(id, eventBits)
	for _, step := range []struct {
		query string
		args  []any
	}{
		{"DELETE FROM attachments WHERE interaction_id = ?", []any{id}},
		{"UPDATE process_events SET text = NULL WHERE id BETWEEN ? AND ?", []any{firstEvent, lastEvent}},
		{"UPDATE qa_reviews SET answers = NULL WHERE activity_id BETWEEN ? AND ?", []any{firstActivity, lastActivity}},
		{`UPDATE activities SET title = NULL, description = NULL, contact_id = NULL, ticket_id = NULL, custom_fields = NULL,
			anonymised = 1 WHERE id BETWEEN ? AND ?`, []any{firstActivity, lastActivity}},
		{`UPDATE interactions SET title = NULL, sender = NULL, options = NULL, contact_id = NULL, external_contact_id = NULL,
			messages_hash = NULL, seen_ms = NULL, reviewed_ms = NULL, note = NULL, anonymised = 1 WHERE id = ?`, []any{id}},
	} {
		if err := t.run(ctx, step.query, step.args...); err != nil {
			return went, err
		}
	}
	if err := t.erasePerson(ctx, who, &went); err != nil {
		return went, err
	}
	t.touch(id)
	t.event.Everything, t.event.Changes, t.event.erased = true, true, true
	return went, t.makeCompactionDue(ctx)
}

// eraseTranscript removes messages and takes their words, which it returns, out of the index.
func (t *tx) eraseTranscript(ctx context.Context, id int64) (said string, removed int, err error) {
	messages, err := t.storedMessages(ctx, id)
	if err != nil {
		return "", 0, err
	}
	said = searchText(messages)
	t.index(id, said, "")
	first, last := childSpan(id, messageBits)
	removed, err = t.changed(ctx, "DELETE FROM messages WHERE id BETWEEN ? AND ?", first, last)
	return said, removed, err
}

// finishErasure empties the log, and removes files and backups that held what was erased.
// When it fails half-way the next open, or the compaction, does the rest.
func (db *DB) finishErasure(ctx context.Context) (truncated bool, err error) {
	db.eraseFollows.Store(false)
	db.due.Store(true)
	if truncated, err = db.truncateLog(ctx); err != nil {
		return false, err
	}
	db.stop("truncated")
	if err := db.mirrorTombstones(); err != nil {
		return truncated, err
	}
	if err := removeBackups(db.folder); err != nil {
		return truncated, err
	}
	if err := removeIfThere(db.folder.image()); err != nil {
		return truncated, err
	}
	return truncated, db.removeDoomed(ctx)
}

// truncateLog copies the write-ahead log into the file and empties it. False when readers
// of an older state are in the way; it does not wait long for them.
func (db *DB) truncateLog(ctx context.Context) (bool, error) {
	pool := db.files.writer()
	if pool == nil {
		return false, ErrClosed
	}
	writer, err := pool.Conn(ctx)
	if err != nil {
		return false, wrap("empty the log", err)
	}
	defer func() { _ = writer.Close() }() // goes back to the pool
	if _, err := writer.ExecContext(ctx, "PRAGMA busy_timeout = 250"); err != nil {
		return false, wrap("empty the log", err)
	}
	var busy, frames, copied int
	err = writer.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &copied)
	_, reset := writer.ExecContext(context.WithoutCancel(ctx), "PRAGMA busy_timeout = "+busyTimeoutMs)
	if err = errors.Join(err, reset); err != nil {
		return false, wrap("empty the log", err)
	}
	return busy == 0, nil
}
