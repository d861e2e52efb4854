package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"wapdesk/store/durable"
)

// partSuffix marks a file that is being written.
const partSuffix = durable.PartSuffix

// SaveFile stores the bytes of an attachment in the profile and returns it with its path.
// The bytes are streamed to a temporary name first. ErrTooLarge when there are more than limit bytes;
// ErrNotFound when the interaction or the file is not stored, not visible, or was anonymised meanwhile.
func (db *DB) SaveFile(ctx context.Context, interaction, file Name, bytes io.Reader, limit int64) (Attachment, error) {
	id, attachment, err := db.findFile(ctx, interaction, file)
	if err != nil {
		return Attachment{}, err
	}
	// The name says nothing of the person, and is never one that was erased.
	path := strconv.FormatInt(id, 10) + "/" + rand.Text() + extension(attachment.MimeType)
	full, err := db.attachmentPath(path)
	if err != nil {
		return Attachment{}, err
	}
	if err := db.beginSaving(ctx, path); err != nil {
		return Attachment{}, err
	}
	defer db.saving.Delete(path)
	if err := writeLimited(full, bytes, limit); err != nil {
		return Attachment{}, wrap("save an attachment", err)
	}
	err = db.update(ctx, "save an attachment", func(t *tx) error {
		if attachment.Path != "" {
			if err := t.doom(ctx, attachment.Path); err != nil {
				return err
			}
		}
		if err := t.run(ctx, "DELETE FROM doomed_files WHERE path = ?", path); err != nil {
			return err
		}
		n, err := t.changed(ctx, "UPDATE attachments SET path = ? WHERE interaction_id = ? AND file = ?", path, id, file)
		t.touch(id)
		return oneRow(n, err)
	})
	if err != nil {
		// It was anonymised, or could not be noted: the bytes must not stay.
		return Attachment{}, errors.Join(err, removeIfThere(full))
	}
	db.afterFiles(ctx, nil)
	attachment.Path = path
	return attachment, nil
}

// beginSaving notes a file as doomed before its first byte is written, so that a kill before
// it is noted as stored leaves nothing for good.
func (db *DB) beginSaving(ctx context.Context, path string) error {
	db.saving.Store(path, struct{}{})
	err := db.update(ctx, "save an attachment", func(t *tx) error { return t.doom(ctx, path) })
	if err != nil {
		db.saving.Delete(path)
	}
	return err
}

func (db *DB) findFile(ctx context.Context, interaction, file Name) (int64, Attachment, error) {
	var id int64
	var a Attachment
	err := db.view(ctx, "find an attachment", func(q querier) error {
		rows, err := q.QueryContext(ctx, `SELECT i.id, t.file, t.message_name, t.title, t.mime_type, t.size_bytes, t.duration_s, t.path
			FROM interactions i JOIN attachments t ON t.interaction_id = i.id WHERE i.name = ? AND t.file = ? AND `+inScope+" LIMIT 1", interaction, file)
		err = each(rows, err, func(rows rowScanner) error {
			return rows.Scan(&id, &a.File, nullText(&a.Message), nullText(&a.Title), nullText(&a.MimeType), nullNumber(&a.SizeBytes),
				nullNumber(&a.DurationS), nullText(&a.Path))
		})
		if err == nil && id == 0 {
			err = ErrNotFound
		}
		return err
	})
	return id, a, err
}

// FilePath is the path on this computer of a stored attachment.
func (db *DB) FilePath(a Attachment) (string, error) {
	if a.Path == "" {
		return "", fmt.Errorf("find an attachment: %w", ErrNotFound)
	}
	return db.attachmentPath(a.Path)
}

// attachmentPath keeps a path inside of the attachments folder.
func (db *DB) attachmentPath(path string) (string, error) {
	if !filepath.IsLocal(filepath.FromSlash(path)) {
		return "", fmt.Errorf("a path outside of the attachments folder: %w", ErrDamaged)
	}
	return filepath.Join(db.folder.Attachments(), filepath.FromSlash(path)), nil
}

func writeLimited(path string, bytes io.Reader, limit int64) error {
	if err := os.MkdirAll(filepath.Dir(path), folderMode); err != nil {
		return err
	}
	return durable.Write(path, fileMode, func(w io.Writer) error {
		n, err := io.Copy(w, io.LimitReader(bytes, limit+1))
		if err == nil && n > limit {
			err = ErrTooLarge
		}
		return err
	})
}

// extension lets the system's viewer know what a file is. Only kinds that are safe to open have one.
func extension(mimeType string) string {
	switch mimeType {
	case "image/jpeg":
		return ".jpg"
	case "image/png":
		return ".png"
	case "image/webp":
		return ".webp"
	case "image/gif":
		return ".gif"
	case "video/mp4":
		return ".mp4"
	case "audio/ogg", "audio/ogg; codecs=opus":
		return ".ogg"
	case "audio/mpeg":
		return ".mp3"
	case "audio/mp4":
		return ".m4a"
	case "application/pdf":
		return ".pdf"
	case "text/plain":
		return ".txt"
	}
	return ".bin"
}
