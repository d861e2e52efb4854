package store

import (
	"context"
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

// index exchanges the document of an interaction. An empty document is not in the index.
func (t *tx) index(ctx context.Context, interaction int64, old, fresh string) error {
	if old == fresh {
		return nil
	}
	if old != "" {
		if err := t.run(ctx, "INSERT INTO search (search, rowid, text) VALUES ('delete', ?, ?)", interaction, old); err != nil {
			return err
		}
	}
	if fresh == "" {
		return nil
	}
	return t.run(ctx, "INSERT INTO search (rowid, text) VALUES (?, ?)", interaction, fresh)
}
