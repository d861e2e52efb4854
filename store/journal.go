package store

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// Run is one synchronisation in the log.
type Run struct {
	ID        int64
	Kind      string // usual, range, deep
	StartedMs int64
	EndedMs   int64  // listing.Unknown while it runs, and when it was killed
	Code      string // "" when it went well
	Read      int64
	Stored    int64
	Added     int64
	Gone      int64
}

// StartRun begins a line in the log of synchronisations and gives its id.
func (db *DB) StartRun(ctx context.Context, kind string) (int64, error) {
	var id int64
	err := db.update(ctx, "log the start of a sync", func(t *tx) error {
		result, err := t.exec(ctx, "INSERT INTO sync_runs (kind, started_ms) VALUES (?, ?)", kind, t.nowMs)
		if err != nil {
			return err
		}
		id, err = result.LastInsertId()
		return err
	})
	return id, err
}

// FinishRun ends the line with run.ID; its kind and start stay.
func (db *DB) FinishRun(ctx context.Context, run Run) error {
	return db.update(ctx, "log the end of a sync", func(t *tx) error {
		n, err := t.changed(ctx, "UPDATE sync_runs SET ended_ms = ?, code = ?, read = ?, stored = ?, added = ?, gone = ? WHERE id = ?",
			t.nowMs, textArg(run.Code), run.Read, run.Stored, run.Added, run.Gone, run.ID)
		return oneRow(n, err)
	})
}

// Runs are the last synchronisations, newest first.
func (db *DB) Runs(ctx context.Context, limit int) ([]Run, error) {
	return viewAll(ctx, db, "read the log of syncs", func(rows rowScanner, r *Run) error {
		return rows.Scan(&r.ID, &r.Kind, &r.StartedMs, nullNumber(&r.EndedMs), nullText(&r.Code), &r.Read, &r.Stored, &r.Added, &r.Gone)
	}, "SELECT id, kind, started_ms, ended_ms, code, read, stored, added, gone FROM sync_runs ORDER BY id DESC LIMIT ?", limit)
}

// SavedView is a filter with its columns and sort under a name; Body is the screen's own JSON.
type SavedView struct {
	ID    string
	Title string
	Body  string
}

// Views are the saved views in the order they were made.
func (db *DB) Views(ctx context.Context) ([]SavedView, error) {
	return viewAll(ctx, db, "read saved views", func(rows rowScanner, v *SavedView) error {
		return rows.Scan(&v.ID, &v.Title, &v.Body)
	}, "SELECT id, title, body FROM saved_views ORDER BY place")
}

// SaveView replaces the view with this ID, or adds one under a new ID when it is "".
func (db *DB) SaveView(ctx context.Context, view SavedView) (SavedView, error) {
	isNew := view.ID == ""
	if isNew {
		view.ID = rand.Text()
	}
	err := db.update(ctx, "save a view", func(t *tx) error {
		if isNew {
			return t.run(ctx, `INSERT INTO saved_views (id, place, title, body)
				SELECT ?, 1 + ifnull(max(place), 0), ?, ? FROM saved_views`, view.ID, view.Title, view.Body)
		}
		n, err := t.changed(ctx, "UPDATE saved_views SET title = ?, body = ? WHERE id = ?", view.Title, view.Body, view.ID)
		return oneRow(n, err)
	})
	return view, err
}

// DeleteView removes a view; ErrNotFound.
func (db *DB) DeleteView(ctx context.Context, id string) error {
	return db.update(ctx, "delete a view", func(t *tx) error {
		n, err := t.changed(ctx, "DELETE FROM saved_views WHERE id = ?", id)
		return oneRow(n, err)
	})
}

func oneRow(n int, err error) error {
	if err == nil && n == 0 {
		return ErrNotFound
	}
	return err
}

// ExportEntry is a finished export in the log.
type ExportEntry struct {
	ID     int64
	AtMs   int64
	Path   string
	Format string // xlsx, csv, txt, pdf, jsonl
	Filter string // text form, "" when it named a person that was anonymised since
	Rows   int64
	By     string
}

// LogExport keeps what was exported, with the ids of its interactions, so that an erasure
// can name the files that still hold the person. It is kept beside another instance as well.
func (db *DB) LogExport(ctx context.Context, entry ExportEntry, ids []int64) error {
	update := db.update
	if db.beside {
		update = db.updateBeside
	}
	return update(ctx, "log an export", func(t *tx) error {
		return t.run(ctx, "INSERT INTO exports (at_ms, path, format, filter, rows, login, interaction_ids) VALUES (?, ?, ?, ?, ?, ?, ?)",
			t.nowMs, entry.Path, entry.Format, textArg(entry.Filter), entry.Rows, textArg(entry.By), packIDs(ids))
	})
}

const exportSelect = "SELECT id, at_ms, path, format, filter, rows, login, interaction_ids FROM exports ORDER BY id DESC"

// Exports is the log of exports, newest first.
func (db *DB) Exports(ctx context.Context) ([]ExportEntry, error) {
	return viewAll(ctx, db, "read the log of exports", func(rows rowScanner, e *ExportEntry) error {
		var ids []byte
		return scanExport(rows, e, &ids)
	}, exportSelect)
}

func scanExport(rows rowScanner, e *ExportEntry, ids *[]byte) error {
	return rows.Scan(&e.ID, &e.AtMs, &e.Path, &e.Format, nullText(&e.Filter), &e.Rows, nullText(&e.By), ids)
}

// packIDs keeps ids in rising order as differences: about a byte each for a whole list.
func packIDs(ids []int64) []byte {
	sorted := slices.Clone(ids)
	slices.Sort(sorted)
	packed := make([]byte, 0, len(sorted)+binary.MaxVarintLen64)
	last := int64(0)
	for i, id := range sorted {
		if i > 0 && id == last {
			continue
		}
		packed = binary.AppendUvarint(packed, uint64(id-last))
		last = id
	}
	return packed
}

var errPacked = errors.New("ids are not packed as they should be")

// holdsAny reports whether one of the wanted ids is among the packed ones.
func holdsAny(packed []byte, wanted map[int64]bool) (bool, error) {
	id := int64(0)
	for len(packed) > 0 {
		step, n := binary.Uvarint(packed)
		if n <= 0 {
			return false, fmt.Errorf("%w: %w", ErrDamaged, errPacked)
		}
		packed = packed[n:]
		id += int64(step)
		if wanted[id] {
			return true, nil
		}
	}
	return false, nil
}
