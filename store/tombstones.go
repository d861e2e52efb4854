package store

import "context"

// burial is a new tombstone with what the ledger says beside it.
type burial struct {
	name   Name
	by     string // login, "" when nobody at this computer asked for it
	cause  Cause
	filter string
	atMs   int64 // 0 for now
	// timeMs and queue are those of an interaction that is not stored, where they are known.
	timeMs int64
	queue  Name
}

// bury sets the tombstone of an interaction. It wins over every later sync, import and
// restored file.
func (t *tx) bury(ctx context.Context, b burial) error {
	if b.atMs == 0 {
		b.atMs = t.nowMs
	}
	if b.cause != CauseElsewhere { // which is listed already
		t.event.buried = append(t.event.buried, Erasure{Name: b.name, AtMs: b.atMs, By: b.by})
	}
	var timeMs any
	if b.timeMs != 0 {
		timeMs = numberArg(b.timeMs)
	}
	return t.run(ctx, `INSERT INTO erasures (name, at_ms, login, cause, filter, interaction_id, time_ms, queue_name)
		SELECT ?1, ?2, ?3, ?4, ?5, i.id, ifnull(i.time_ms, ?6), ifnull(q.name, ?7)
		FROM (SELECT 1) LEFT JOIN interactions i ON i.name = ?1 LEFT JOIN queues q ON q.id = i.queue_id WHERE true ON CONFLICT DO NOTHING`,
		b.name, b.atMs, textArg(b.by), string(b.cause), textArg(b.filter), timeMs, textArg(b.queue))
}

func (t *tx) buried(ctx context.Context, name Name) (bool, error) {
	var one int
	return t.one(ctx, "SELECT 1 FROM erasures WHERE name = ?", []any{name}, &one)
}

// erasedRecord is a contact, account or ticket that went with an erasure.
type erasedRecord struct {
	kind refKind
	name Name
}

// noteErasures remembers what a commit erased, for finishErasure.
func (db *DB) noteErasures(event Event) {
	db.departed.note(event)
	if len(event.buried)+len(event.barred) > 0 {
		db.unlisted.mu.Lock()
		db.unlisted.names = append(db.unlisted.names, event.buried...)
		db.unlisted.records = append(db.unlisted.records, event.barred...)
		db.unlisted.mu.Unlock()
	}
	if event.erased {
		db.eraseFollows.Store(true)
	}
}

// replayTombstones erases what the lists beside the file say is erased: the file may be an older
// copy put back by hand, be made anew, or hold what another profile has anonymised.
func (db *DB) replayTombstones(ctx context.Context) error {
	listed, err := db.readErased()
	if err != nil {
		return err
	}
	stored, err := db.Erasures(ctx)
	if err != nil {
		return err
	}
	for _, e := range stored {
		if _, there := listed.names[e.Name]; !there {
			db.unlisted.names = append(db.unlisted.names, e)
		}
		delete(listed.names, e.Name)
	}
	records, err := viewAll(ctx, db, "read erased records", func(rows rowScanner, r *erasedRecord) error { return rows.Scan(&r.kind, &r.name) },
		"SELECT kind, name FROM erased_records")
	if err != nil {
		return err
	}
	for _, r := range records {
		if !listed.records[r] {
			db.unlisted.records = append(db.unlisted.records, r)
		}
		delete(listed.records, r)
	}
	if len(listed.names)+len(listed.records) == 0 {
		return db.mirrorTombstones()
	}
	again := 0
	err = db.update(ctx, "erase again", func(t *tx) error {
		again = 0
		for record := range listed.records {
			if err := t.barQuietly(ctx, record); err != nil {
				return err
			}
		}
		for name, atMs := range listed.names {
			erased, err := t.eraseAgain(ctx, name, atMs)
			if err != nil {
				return err
			}
			if erased {
				again++
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if again > 0 {
		db.log.Info("erasures repeated", "count", again)
		_, err = db.finishErasure(ctx)
		return err
	}
	return db.mirrorTombstones()
}

func (t *tx) eraseAgain(ctx context.Context, name Name, atMs int64) (bool, error) {
	if err := t.bury(ctx, burial{name: name, atMs: atMs, cause: CauseElsewhere}); err != nil {
		return false, err
	}
	there, found, err := t.storedInteraction(ctx, name)
	if err != nil || !found || there.anonymised {
		return false, err
	}
	went, err := t.eraseStored(ctx, there.id)
	if err != nil {
		return false, err
	}
	return true, t.account(ctx, name, went)
}

// Anonymised reports which of the names are anonymised here, stored or not.
func (db *DB) Anonymised(ctx context.Context, names []Name) (map[Name]bool, error) {
	found := map[Name]bool{}
	err := db.byNames(ctx, "look for tombstones", "SELECT name FROM erasures WHERE name IN", names, func(rows rowScanner) error {
		var name Name
		if err := rows.Scan(&name); err != nil {
			return err
		}
		found[name] = true
		return nil
	})
	return found, err
}

// Erasures are the tombstones, newest first.
func (db *DB) Erasures(ctx context.Context) ([]Erasure, error) {
	return viewAll(ctx, db, "read tombstones", func(rows rowScanner, e *Erasure) error {
		return rows.Scan(&e.Name, &e.AtMs, nullText(&e.By))
	}, "SELECT name, at_ms, login FROM erasures ORDER BY at_ms DESC, name")
}
