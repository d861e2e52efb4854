package store

import (
	"context"
	"slices"
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
	rows, err := q.QueryContext(ctx, "SELECT "+readAttachmentColumns+
		" FROM attachments a WHERE a.interaction_id = ? AND a.origin = ? ORDER BY a.place", interaction, string(from))
	return collect(rows, err, func(rows rowScanner, a *Attachment) error {
		a.Origin = from
		return scanAttachment(rows, a)
	})
}

// FilesApartOf reads the files that belong to no message, those of the interactions themselves and of
// their activities, by the interactions' ids. Ids outside of the rights and unknown ones have none.
func (db *DB) FilesApartOf(ctx context.Context, ids []int64) (map[int64][]Attachment, error) {
	var files map[int64][]Attachment
	err := db.view(ctx, "read files", func(q querier) error {
		var err error
		files, err = filesApart(ctx, q, ids)
		return err
	})
	return files, err
}

// filesApart is FilesApartOf in a transaction. A file that both lists have is the interaction's own.
func filesApart(ctx context.Context, q querier, ids []int64) (map[int64][]Attachment, error) {
	files := map[int64][]Attachment{}
	for _, from := range []Origin{FromItem, FromActivities} {
		rows, err := q.QueryContext(ctx, `SELECT i.id, `+readAttachmentColumns+` FROM json_each(?) j CROSS JOIN interactions i ON i.id = j.value
			CROSS JOIN attachments a ON a.interaction_id = i.id AND a.origin = ?
			WHERE `+inScope+` AND NOT EXISTS (SELECT 1 FROM attachments m
				WHERE m.interaction_id = i.id AND m.origin = ? AND m.file = a.file) ORDER BY j.key, a.place`, idList(ids), string(from), string(FromMessages))
		err = each(rows, err, func(rows rowScanner) error {
			var id int64
			a := Attachment{Origin: from}
			if err := scanAttachment(behind{rows, []any{&id}}, &a); err != nil {
				return err
			}
			if !slices.ContainsFunc(files[id], func(b Attachment) bool { return b.File == a.File }) {
				files[id] = append(files[id], a)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

const readAttachmentColumns = "a.file, a.message_name, a.title, a.mime_type, a.size_bytes, a.duration_s, a.path"

func scanAttachment(rows rowScanner, a *Attachment) error {
	return rows.Scan(&a.File, nullText(&a.Message), nullText(&a.Title), nullText(&a.MimeType),
		nullNumber(&a.SizeBytes), nullNumber(&a.DurationS), nullText(&a.Path))
}
