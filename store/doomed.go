package store

import (
	"context"
	"errors"
	"slices"
	"strconv"
)

// doom notes a file of the attachments folder that has to go. It is removed after the
// commit, or at the next open when a kill comes between.
func (t *tx) doom(ctx context.Context, path string) error {
	return t.run(ctx, "INSERT INTO doomed_files (path) VALUES (?) ON CONFLICT DO NOTHING", path)
}

// doomFiles notes the folder of an interaction and says how many files are known to be in it.
func (t *tx) doomFiles(ctx context.Context, interaction int64) (int, error) {
	var files int
	if _, err := t.one(ctx, "SELECT count(DISTINCT file) FROM attachments WHERE interaction_id = ? AND path IS NOT NULL", []any{interaction}, &files); err != nil {
		return 0, err
	}
	if files == 0 {
		return 0, nil // bytes that are just being written are doomed by themselves, see beginSaving
	}
	return files, t.doom(ctx, strconv.FormatInt(interaction, 10))
}

// removeDoomed removes the bytes of attachments whose rows are gone: single files, or the
// folder of an interaction.
func (db *DB) removeDoomed(ctx context.Context) error {
	all, err := viewAll(ctx, db, "list files to remove", func(rows rowScanner, path *string) error { return rows.Scan(path) },
		"SELECT path FROM doomed_files")
	if err != nil {
		return err
	}
	paths := slices.DeleteFunc(all, func(path string) bool {
		_, writing := db.saving.Load(path)
		return writing
	})
	if len(paths) == 0 {
		return nil
	}
	for _, path := range paths {
		full, err := db.attachmentPath(path)
		if err != nil {
			return err
		}
		if err := errors.Join(removeTree(full), removeTree(full+partSuffix)); err != nil {
			return wrap("remove an attachment", err)
		}
	}
	return db.update(ctx, "forget removed files", func(t *tx) error {
		for _, path := range paths {
			if err := t.run(ctx, "DELETE FROM doomed_files WHERE path = ?", path); err != nil {
				return err
			}
		}
		return nil
	})
}

// afterFiles removes files that a write made superfluous. The write stands in any case, and
// the next open tries again, so an error is only logged.
func (db *DB) afterFiles(ctx context.Context, err error) {
	if err != nil {
		return
	}
	if err := db.removeDoomed(ctx); err != nil {
		db.log.Warn("files left in the attachments folder", "error", err)
	}
	if db.eraseFollows.CompareAndSwap(true, false) {
		if _, err := db.finishErasure(ctx); err != nil {
			db.log.Warn("erasure not finished", "error", err)
		}
	}
}
