package store

import (
	"context"
	"fmt"
)

// Window is a stretch of interaction time as the contact centre listed it.
type Window struct {
	FromMs int64 // UTC milliseconds
	ToMs   int64 // exclusive
	// Full says that everything in the window was read without an error: the window counts
	// as stored, and interactions in it that were not listed become gone.
	Full bool
	// Names are the interactions that were listed but are not in Conversations, because
	// their hash showed that nothing changed.
	Names         []Name
	Conversations []Conversation
	// Cursors are kept in the same transaction.
	Cursors map[string]string
}

// Counts says how many records were read, how many of them were new or changed, and how many
// are no longer in the contact centre.
type Counts struct {
	Read   int `json:"read"`
	Stored int `json:"stored"`
	Gone   int `json:"gone"`
}

// Add adds the other counts.
func (c *Counts) Add(other Counts) {
	c.Read += other.Read
	c.Stored += other.Stored
	c.Gone += other.Gone
}

// WindowResult is what a write of conversations did.
type WindowResult struct {
	Interactions Counts
	Activities   Counts
	Messages     Counts
	// Added is how many interactions were not stored before.
	Added int
	// Clipped counts activities, messages and steps beyond what one interaction can hold
	// (256, 65,535 and 255); they are left out.
	Clipped int
	// Doubted are interactions whose stored children an answer lacked although nothing of their row
	// changed; they were left as they were.
	Doubted map[Name]Children
}

func (r *WindowResult) doubt(name Name, kind Children) {
	if r.Doubted == nil {
		r.Doubted = map[Name]Children{}
	}
	r.Doubted[name] |= kind
}

// ApplyWindow stores a window of conversations with their search text, its coverage and its cursors,
// and marks what vanished, all in one transaction. ErrInvalid when a name of w.Names is not stored: then the window would
// count as stored and lack it.
func (db *DB) ApplyWindow(ctx context.Context, w Window) (WindowResult, error) {
	var result WindowResult
	err := db.update(ctx, "store a window", func(t *tx) error {
		result = WindowResult{}
		if err := t.putConversations(ctx, w.Conversations, &result); err != nil {
			return err
		}
		result.Interactions.Read += len(w.Names)
		if err := t.checkListed(ctx, w.Names); err != nil {
			return err
		}
		if w.Full {
			gone, err := t.markVanished(ctx, w)
			if err != nil {
				return err
			}
			result.Interactions.Gone = gone
			if err := t.cover(ctx, Span{FromMs: w.FromMs, ToMs: w.ToMs}); err != nil {
				return err
			}
		}
		return t.setCursors(ctx, w.Cursors)
	})
	db.afterFiles(ctx, err)
	return result, err
}

// checkListed sees that interactions which were not sent again are stored, and brings back those that were gone.
func (t *tx) checkListed(ctx context.Context, names []Name) error {
	for _, name := range names {
		stored, found, err := t.storedInteraction(ctx, name)
		if err != nil {
			return err
		}
		if !found {
			return fmt.Errorf("a listed interaction is not stored: %w", ErrInvalid)
		}
		if !stored.gone {
			continue
		}
		if err := t.run(ctx, "UPDATE interactions SET gone_ms = NULL WHERE id = ?", stored.id); err != nil {
			return err
		}
		t.touch(stored.id)
	}
	return nil
}

// markVanished marks the stored interactions of a fully read window that were not listed.
func (t *tx) markVanished(ctx context.Context, w Window) (int, error) {
	listed := make(map[Name]bool, len(w.Names)+len(w.Conversations))
	for _, name := range w.Names {
		listed[name] = true
	}
	for i := range w.Conversations {
		listed[w.Conversations[i].Interaction.Name] = true
	}
	var vanished []int64
	rows, err := t.query(ctx, "SELECT id, name FROM interactions WHERE time_ms >= ? AND time_ms < ? AND gone_ms IS NULL", w.FromMs, w.ToMs)
	err = each(rows, err, func(rows rowScanner) error {
		var id int64
		var name Name
		if err := rows.Scan(&id, &name); err != nil {
			return err
		}
		if !listed[name] {
			vanished = append(vanished, id)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, id := range vanished {
		if err := t.markGone(ctx, id); err != nil {
			return 0, err
		}
	}
	return len(vanished), nil
}

func (t *tx) markGone(ctx context.Context, id int64) error {
	t.removed[id] = struct{}{}
	return t.run(ctx, "UPDATE interactions SET gone_ms = ? WHERE id = ?", t.nowMs, id)
}

// MarkGone marks interactions the contact centre no longer has (a read by name found nothing).
func (db *DB) MarkGone(ctx context.Context, names []Name) (int, error) {
	marked := 0
	err := db.update(ctx, "mark interactions as gone", func(t *tx) error {
		marked = 0
		for _, name := range names {
			stored, found, err := t.storedInteraction(ctx, name)
			if err != nil {
				return err
			}
			if !found || stored.gone {
				continue
			}
			if err := t.markGone(ctx, stored.id); err != nil {
				return err
			}
			marked++
		}
		return nil
	})
	return marked, err
}
