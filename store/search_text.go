package store

import (
	"context"
	"slices"
	"strings"
)

// The search index keeps no copy of what it indexed. To take a document out, it must be given
// the very text that was put in, so how a transcript becomes a document is fixed: change it
// only with a migration that builds the index anew.

// searchText is the document of a transcript: each message's text, original text, place
// and card, one a line, in the transcript's order.
func searchText(messages []Message) string {
	var b strings.Builder
	for i := range messages {
		m := &messages[i]
		for _, part := range [...]string{m.Text, m.OriginalText, m.Place, m.CardName, m.CardNumber} {
			if part != "" {
				b.WriteString(part)
				b.WriteByte('\n')
			}
		}
	}
	return b.String()
}

// document is a pending exchange in the index.
type document struct{ old, fresh string }

// index notes that the document of an interaction becomes another. All of a transaction's
// are written at its end: in between, nearly every other statement would make the index write
// what it has gathered so far, which made filling the file nine times slower.
func (t *tx) index(interaction int64, old, fresh string) {
	if pending, ok := t.documents[interaction]; ok {
		old = pending.old
	}
	t.documents[interaction] = document{old: old, fresh: fresh}
}

// flushIndex writes the noted documents. An empty document is not in the index. Where the transaction
// makes a compaction due, which rewrites the index, documents that only go are marked as deleted; their words
// are overwritten at once in all other cases, which takes the index some ten times as long.
func (t *tx) flushIndex(ctx context.Context) error {
	var leaving, others []int64
	for id, d := range t.documents {
		switch {
		case d.old == d.fresh:
		case d.fresh == "" && t.compacts:
			leaving = append(leaving, id)
		default:
			others = append(others, id)
		}
	}
	if err := t.markDeleted(ctx, leaving); err != nil {
		return err
	}
	return t.exchange(ctx, others)
}

// markDeleted takes documents out of the index and leaves their words to the compaction.
func (t *tx) markDeleted(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	// Setting the option makes the index write what it has gathered, by the option as it was.
	const option = "INSERT INTO search (search, rank) VALUES ('secure-delete', ?)"
	if err := t.run(ctx, option, 0); err != nil {
		return err
	}
	if err := t.exchange(ctx, ids); err != nil {
		return err
	}
	return t.run(ctx, option, 1)
}

// exchange puts the fresh documents in the place of the old ones, in rising order, which the index
// gathers best.
func (t *tx) exchange(ctx context.Context, ids []int64) error {
	slices.Sort(ids)
	for _, id := range ids {
		d := t.documents[id]
		if d.old != "" {
			if err := t.run(ctx, "INSERT INTO search (search, rowid, text) VALUES ('delete', ?, ?)", id, d.old); err != nil {
				return err
			}
		}
		if d.fresh == "" {
			continue
		}
		if err := t.run(ctx, "INSERT INTO search (rowid, text) VALUES (?, ?)", id, d.fresh); err != nil {
			return err
		}
	}
	return nil
}
