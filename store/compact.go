package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"wapdesk/store/durable"
)

// CompactProgress names the step of a compaction: "search", "copy", "swap", "done".
type CompactProgress func(step string)

// swapPatience is how long a compaction waits for readers before it puts the swap off.
const swapPatience = 10 * time.Second

// CompactionDue reports whether bytes of erased rows may still lie in gaps of the file.
func (db *DB) CompactionDue() bool { return db.due.Load() }

// Compact rewrites the file so that no byte of an erased row remains: SQLite leaves copies in
// gaps of pages, and the search index in its page separators, even with secure deletion on
// (ERASURE.md has the measurement). Reads go on meanwhile, writes wait. A kill at any moment leaves the old
// file or the new one, and the compaction due. ErrBusy when readers do not end: try again.
// Does nothing when none is due.
func (db *DB) Compact(ctx context.Context, progress CompactProgress) error {
	if progress == nil {
		progress = func(string) {}
	}
	if !db.CompactionDue() {
		return nil
	}
	reading, err := keepReadersOut(ctx, db.folder)
	if err != nil {
		return fmt.Errorf("compact: %w", err)
	}
	defer reading.release()
	release, err := db.beginWriting(ctx)
	if err != nil {
		return fmt.Errorf("compact: %w", err)
	}
	defer release()
	progress("search")
	if err := db.rewriteIndex(ctx); err != nil {
		return wrap("rewrite the search index", err)
	}
	db.stop("index rewritten")
	progress("copy")
	if err := copyInto(ctx, db.files.writer(), db.folder.compact()); err != nil {
		return wrap("copy the data file", err)
	}
	db.stop("copied")
	progress("swap")
	if err := db.files.exchange(db.driver, db.folder.Database(), swapPatience, db.swap); err != nil {
		return wrap("exchange the data file", errors.Join(err, removeIfThere(db.folder.compact())))
	}
	db.stop("swapped")
	if err := removeBackups(db.folder); err != nil {
		return err
	}
	if _, err := db.commit(ctx, func(t *tx) error {
		return t.run(ctx, "DELETE FROM settings WHERE key = ?", settingCompact)
	}); err != nil {
		return wrap("finish the compaction", err)
	}
	db.due.Store(false)
	db.publish(ctx, Event{Everything: true})
	progress("done")
	return nil
}

// makeCompactionDue notes that the file and its search index are to be rewritten.
func (t *tx) makeCompactionDue(ctx context.Context) error {
	t.compacts = true
	return t.setSetting(ctx, settingCompact, strconv.FormatBool(true))
}

// markerText is indexed and taken out again around the rewriting: SQLite rewrites an index
// only when it has more than one part, and an index that was rewritten before has one.
const (
	markerID   = 0
	markerText = "wapdesk"
)

func (db *DB) rewriteIndex(ctx context.Context) error {
	pool := db.files.writer()
	if pool == nil {
		return ErrClosed
	}
	// Each statement is its own transaction: a part is made when one ends.
	for _, step := range []struct {
		query string
		args  []any
	}{
		{"INSERT INTO search (rowid, text) VALUES (?, ?)", []any{markerID, markerText}},
		{"INSERT INTO search (search) VALUES ('optimize')", nil},
		{"INSERT INTO search (search, rowid, text) VALUES ('delete', ?, ?)", []any{markerID, markerText}},
	} {
		if _, err := pool.ExecContext(ctx, step.query, step.args...); err != nil {
			return err
		}
	}
	_, err := db.truncateLog(ctx)
	return err
}

// swap puts the compact copy in the place of the data file. All connections are closed.
func (db *DB) swap() error {
	path := db.folder.Database()
	// A log left behind would be played into the new file.
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
		return fmt.Errorf("the log is still in use: %w", ErrBusy)
	}
	for _, suffix := range []string{"-wal", "-shm"} {
		if err := removeIfThere(path + suffix); err != nil {
			return err
		}
	}
	return durable.Replace(db.folder.compact(), path)
}
