package store

import (
	"bufio"
	"context"
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"
)

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
	t.event.buried = append(t.event.buried, Erasure{Name: b.name, AtMs: b.atMs, By: b.by})
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

// Tombstones are kept a second time beside the file, so that a copy of the file from before an
// erasure, put back by hand, is erased again when it is opened. The lines hold a time and a
// unique name: nothing personal.

func (db *DB) readTombstones() (map[Name]int64, error) {
	file, err := os.Open(db.folder.tombstones())
	if errors.Is(err, fs.ErrNotExist) {
		return map[Name]int64{}, nil
	}
	if err != nil {
		return nil, wrap("read the list of erasures", err)
	}
	defer func() { _ = file.Close() }() // only read
	found := map[Name]int64{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		stamp, quoted, _ := strings.Cut(lines.Text(), " ")
		atMs, err := strconv.ParseInt(stamp, 10, 64)
		if err != nil {
			continue // the line a kill cut short; it is written again from the file
		}
		name, err := strconv.Unquote(quoted)
		if err != nil {
			continue
		}
		found[name] = atMs
	}
	return found, wrap("read the list of erasures", lines.Err())
}

// unlisted are tombstones that are in the file and not yet in the list beside it.
type unlisted struct {
	mu    sync.Mutex
	names []Erasure
}

// mourn keeps what afterErasure has to do for a commit.
func (db *DB) mourn(event Event) {
	db.departed.note(event)
	if len(event.buried) > 0 {
		db.unlisted.mu.Lock()
		db.unlisted.names = append(db.unlisted.names, event.buried...)
		db.unlisted.mu.Unlock()
	}
	if event.erased {
		db.eraseFollows.Store(true)
	}
}

// mirrorTombstones adds the new tombstones to the list. When it fails the next open does it.
func (db *DB) mirrorTombstones() error {
	db.unlisted.mu.Lock()
	defer db.unlisted.mu.Unlock()
	if len(db.unlisted.names) == 0 {
		return nil
	}
	var lines strings.Builder
	for _, e := range db.unlisted.names {
		lines.WriteString(strconv.FormatInt(e.AtMs, 10) + " " + strconv.Quote(e.Name) + "\n")
	}
	file, err := os.OpenFile(db.folder.tombstones(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, fileMode)
	if err != nil {
		return wrap("keep the list of erasures", err)
	}
	// A line break first ends a line that a kill cut short.
	_, err = file.WriteString("\n" + lines.String())
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return wrap("keep the list of erasures", err)
	}
	db.unlisted.names = nil
	return nil
}

// replayTombstones erases again what the list beside the file says is erased.
func (db *DB) replayTombstones(ctx context.Context) error {
	listed, err := db.readTombstones()
	if err != nil {
		return err
	}
	stored, err := db.Erasures(ctx)
	if err != nil {
		return err
	}
	for _, e := range stored {
		if _, there := listed[e.Name]; !there {
			db.unlisted.names = append(db.unlisted.names, e)
		}
		delete(listed, e.Name)
	}
	if len(listed) == 0 {
		return db.mirrorTombstones()
	}
	err = db.update(ctx, "erase again", func(t *tx) error {
		for name, atMs := range listed {
			if err := t.bury(ctx, burial{name: name, atMs: atMs, cause: CauseElsewhere}); err != nil {
				return err
			}
			there, found, err := t.storedInteraction(ctx, name)
			if err != nil {
				return err
			}
			if !found || there.anonymised {
				continue
			}
			went, err := t.eraseStored(ctx, there.id)
			if err != nil {
				return err
			}
			if err := t.account(ctx, name, went); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	db.log.Info("erasures repeated in an older file", "count", len(listed))
	_, err = db.afterErasure(ctx)
	return err
}

// Anonymised tells which of the names are anonymised here, stored or not.
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
