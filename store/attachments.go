package store

import (
	"context"
)

// Origin tells the sets of an interaction's files apart: they are read at different times, and
// the contact centre wants to know it for a download. A file of a message may also be listed by
// the interaction itself.
type Origin string

// Origins of files.
const (
	FromMessages   Origin = "message"
	FromActivities Origin = "activity"
	FromItem       Origin = "item"
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
// with their file, whichever set lists it; those of files that no set lists any longer are removed after the commit.
func (t *tx) putAttachments(ctx context.Context, interaction int64, from Origin, isNew bool, attachments []Attachment) error {
	paths := map[string]string{}
	left := map[string]bool{} // files of this set that have bytes here
	if !isNew {
		rows, err := t.query(ctx, "SELECT file, path, origin FROM attachments WHERE interaction_id = ? AND path IS NOT NULL", interaction)
		err = each(rows, err, func(rows rowScanner) error {
			var file, path, origin string
			if err := rows.Scan(&file, &path, &origin); err != nil {
				return err
			}
			paths[file] = path
			left[file] = left[file] || origin == string(from)
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
		left[a.File] = false
	}
	for file, gone := range left {
		var elsewhere int
		if !gone {
			continue
		}
		if _, err := t.one(ctx, "SELECT count(*) FROM attachments WHERE interaction_id = ? AND file = ?", []any{interaction, file}, &elsewhere); err != nil {
			return err
		}
		if elsewhere > 0 {
			continue
		}
		if err := t.doom(ctx, paths[file]); err != nil {
			return err
		}
	}
	return nil
}

// putFiles replaces one set of an interaction's files when it differs. Without sure, a set that lacks a
// stored file is doubted and left as it was; it reports false then.
func (t *tx) putFiles(ctx context.Context, interaction int64, from Origin, isNew, sure bool, files []Attachment) (bool, error) {
	if !isNew {
		stored, err := storedAttachments(ctx, t, interaction, from)
		if err != nil {
			return false, err
		}
		if sameFiles(stored, files) {
			return true, nil
		}
		if !sure && lacks(stored, files, func(a *Attachment) string { return a.File }) {
			return false, nil
		}
	}
	t.touch(interaction)
	return true, t.putAttachments(ctx, interaction, from, isNew, files)
}

// lacks reports whether a stored row is missing from those read. Rows without a name are counted.
func lacks[T any](stored, read []T, name func(*T) string) bool {
	count := map[string]int{}
	for i := range read {
		count[name(&read[i])]++
	}
	for i := range stored {
		n := name(&stored[i])
		if count[n]--; count[n] < 0 {
			return true
		}
	}
	return false
}

func sameFiles(stored, files []Attachment) bool {
	if len(stored) != len(files) {
		return false
	}
	for i := range stored {
		a, b := stored[i], files[i]
		a.Path, b.Path, a.Origin, b.Origin = "", "", "", ""
		if a != b {
			return false
		}
	}
	return true
}

func storedAttachments(ctx context.Context, q querier, interaction int64, from Origin) ([]Attachment, error) {
	rows, err := q.QueryContext(ctx, `SELECT file, message_name, title, mime_type, size_bytes, duration_s, path
		FROM attachments WHERE interaction_id = ? AND origin = ? ORDER BY place`, interaction, string(from))
	return collect(rows, err, func(rows rowScanner, a *Attachment) error {
		a.Origin = from
		return rows.Scan(&a.File, nullText(&a.Message), nullText(&a.Title), nullText(&a.MimeType),
			nullNumber(&a.SizeBytes), nullNumber(&a.DurationS), nullText(&a.Path))
	})
}

// filesApart are the files that belong to no message: those of the interaction itself and of its activities.
func filesApart(ctx context.Context, q querier, interaction int64, messages []Message) ([]Attachment, error) {
	known := map[string]bool{}
	for _, a := range attachmentsOf(messages) {
		known[a.File] = true
	}
	var files []Attachment
	for _, from := range []Origin{FromItem, FromActivities} {
		stored, err := storedAttachments(ctx, q, interaction, from)
		if err != nil {
			return nil, err
		}
		for _, a := range stored {
			if !known[a.File] {
				known[a.File] = true
				files = append(files, a)
			}
		}
	}
	return files, nil
}
