package store

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"
)

// MaxNote bounds a private note, in characters.
const MaxNote = 4000

// Marks of the person at this computer on interactions: what was seen, what was reviewed, and a private note.
// They are sent nowhere and go with an erasure, so one that is anonymised takes none any more.

// MarkSeen keeps that the details of an interaction were open, or that they are to count as new again.
// Interactions that are not stored, not visible or anonymised are left out.
func (db *DB) MarkSeen(ctx context.Context, names []Name, seen bool) error {
	return db.mark(ctx, "seen_ms", names, seen)
}

// MarkReviewed is MarkSeen for what was reviewed.
func (db *DB) MarkReviewed(ctx context.Context, names []Name, reviewed bool) error {
	return db.mark(ctx, "reviewed_ms", names, reviewed)
}

func (db *DB) mark(ctx context.Context, column string, names []Name, on bool) error {
	list, err := jsonArg(names)
	if err != nil {
		return err
	}
	// A write tells every subscriber, so there is none where nothing changes.
	due, err := viewAll(ctx, db, "look at marks", scanID, "SELECT i.id FROM json_each(?) j JOIN interactions i ON i.name = j.value "+
		"WHERE NOT i.anonymised AND (i."+column+" IS NULL) = ? AND "+inScope, list, on)
	if err != nil || len(due) == 0 {
		return err
	}
	return db.update(ctx, "keep a mark", func(t *tx) error {
		at := any(nil)
		if on {
			at = t.nowMs
		}
		for _, id := range due {
			t.touch(id)
			if err := t.run(ctx, "UPDATE interactions SET "+column+" = ? WHERE id = ? AND NOT anonymised", at, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// SetNote keeps a private note on an interaction; an empty one takes it away. ErrNotFound, ErrNotPermitted
// for one that is anonymised, ErrInvalid for a note that is too long.
func (db *DB) SetNote(ctx context.Context, interaction Name, note string) error {
	note = strings.TrimSpace(note)
	if utf8.RuneCountInString(note) > MaxNote {
		return fmt.Errorf("keep a note: %w", ErrInvalid)
	}
	return db.update(ctx, "keep a note", func(t *tx) error {
		at, err := t.targetInteraction(ctx, interaction)
		if err != nil {
			return err
		}
		t.touch(at.interaction)
		return t.run(ctx, "UPDATE interactions SET note = ? WHERE id = ?", textArg(note), at.interaction)
	})
}

// Note returns the private note on an interaction within the rights, "" without one.
func (db *DB) Note(ctx context.Context, interaction Name) (string, error) {
	note, _, err := db.keyed(ctx, "read a note", "SELECT ifnull(i.note, '') FROM interactions i WHERE i.name = ? AND "+inScope, interaction)
	return note, err
}
