package store

import (
	"context"
)

// origin tells the two sets of an interaction's files apart: they are read at different times.
type origin string

const (
	fromMessages   origin = "message"
	fromActivities origin = "activity"
)

func attachmentsOf(messages []Message) []Attachment {
	var all []Attachment
	for i := range messages {
		for _, a := range messages[i].Attachments {
			a.Message = messages[i].Name
			all = append(all, a)
		}
	}
	return all
}

// putAttachments makes one set of an interaction's files equal to the one read. Bytes that are on this computer stay
// with their file; those of files that are no longer listed are removed after the commit.
func (t *tx) putAttachments(ctx context.Context, interaction int64, from origin, isNew bool, attachments []Attachment) error {
	paths := map[string]string{}
	if !isNew {
		rows, err := t.query(ctx, "SELECT file, path FROM attachments WHERE interaction_id = ? AND origin = ? AND path IS NOT NULL", interaction, string(from))
		err = each(rows, err, func(rows rowScanner) error {
			var file, path string
			if err := rows.Scan(&file, &path); err != nil {
				return err
			}
			paths[file] = path
			return nil
		})
		if err != nil {
			return err
		}
		if err := t.run(ctx, "DELETE FROM attachments WHERE interaction_id = ? AND origin = ?", interaction, string(from)); err != nil {
			return err
		}
	}
	for place, a := range attachments {
		if err := t.run(ctx, `INSERT INTO attachments (interaction_id, origin, place, file, message_name, title, mime_type, size_bytes, duration_s, path)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, interaction, string(from), place, a.File, textArg(a.Message), textArg(a.Title),
			textArg(a.MimeType), numberArg(a.SizeBytes), numberArg(a.DurationS), textArg(paths[a.File])); err != nil {
			return err
		}
		delete(paths, a.File)
	}
	for _, path := range paths {
		if err := t.doom(ctx, path); err != nil {
			return err
		}
	}
	return nil
}

// putFiles replaces the files of an interaction's activities when they differ.
func (t *tx) putFiles(ctx context.Context, interaction int64, isNew bool, files []Attachment) error {
	if !isNew {
		stored, err := storedAttachments(ctx, t, interaction, fromActivities)
		if err != nil {
			return err
		}
		if sameFiles(stored, files) {
			return nil
		}
	}
	t.touch(interaction)
	return t.putAttachments(ctx, interaction, fromActivities, isNew, files)
}

func sameFiles(stored, files []Attachment) bool {
	if len(stored) != len(files) {
		return false
	}
	for i := range stored {
		a, b := stored[i], files[i]
		a.Path, b.Path = "", ""
		if a != b {
			return false
		}
	}
	return true
}

func storedAttachments(ctx context.Context, q querier, interaction int64, from origin) ([]Attachment, error) {
	rows, err := q.QueryContext(ctx, `SELECT file, message_name, title, mime_type, size_bytes, duration_s, path
		FROM attachments WHERE interaction_id = ? AND origin = ? ORDER BY place`, interaction, string(from))
	return collect(rows, err, func(rows rowScanner, a *Attachment) error {
		return rows.Scan(&a.File, nullText(&a.Message), nullText(&a.Title), nullText(&a.MimeType),
			nullNumber(&a.SizeBytes), nullNumber(&a.DurationS), nullText(&a.Path))
	})
}
