package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"

	"wapdesk/store/listing"
)

// The image of the list: while the program does not run, the list lies ready in a file of the
// profile, so that the next start reads it in less than half of the time that the rows take. It is
// written when the profile is closed and removed by the first commit after it was opened, before
// that commit is done: an erasure never meets one. A note in the data file says which image
// fits it; the same commit takes the note out.

// imageFrom is from how many interactions on an image pays off; fewer are read in a tenth of a second.
const imageFrom = 50_000

// noteBytes is how much of the file's front is for the note; what follows lies at a multiple of eight.
const noteBytes = 128

type image struct {
	mu   sync.Mutex
	kept bool // a file or a note of one may be there
	note string
	fits bool // the list is as in the file
	from int  // interactions
}

// findImage looks for an image when the profile is opened; one without a note goes.
func (db *DB) findImage(ctx context.Context) error {
	if err := removeIfThere(db.folder.image() + partSuffix); err != nil {
		return err
	}
	note, found, err := db.Setting(ctx, settingImage)
	if err != nil {
		return err
	}
	if !found {
		return removeIfThere(db.folder.image())
	}
	db.image.kept, db.image.note = true, note
	return nil
}

// program tells this program from every other one, whose list may lie otherwise in memory.
func program() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d.%d", info.Size(), info.ModTime().UnixNano()), nil
}

// readImage loads the list from its image; false when there is none that fits.
func (db *DB) readImage(ctx context.Context) bool {
	rest, found := db.imageBytes()
	if !found {
		return false
	}
	if err := db.list.engine.ReadImage(ctx, rest); err != nil {
		db.image.mu.Lock()
		defer db.image.mu.Unlock()
		db.image.fits = false
		if ctx.Err() == nil {
			db.log.Warn("the image of the list was not read", "error", err)
		}
		return false
	}
	return true
}

// imageBytes returns what was kept of the list. A commit removes the file in the meantime at most
// after it was read.
func (db *DB) imageBytes() (rest []byte, found bool) {
	db.image.mu.Lock()
	defer db.image.mu.Unlock()
	own, err := program()
	if err != nil || !db.image.kept {
		return nil, false
	}
	data, err := os.ReadFile(db.folder.image())
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			db.log.Warn("the image of the list was not read", "error", wrap("read the image", err))
		}
		return nil, false
	}
	if note := db.image.note; len(data) < noteBytes || string(bytes.TrimRight(data[:noteBytes], " ")) != note || !strings.HasSuffix(note, " "+own) {
		return nil, false
	}
	db.image.fits = true
	return data[noteBytes:], true
}

// dropImage is the last step of every write: from then on the image is of the past.
func (db *DB) dropImage(ctx context.Context, t *tx) error {
	db.image.mu.Lock()
	defer db.image.mu.Unlock()
	db.image.fits = false
	if !db.image.kept {
		return nil
	}
	if err := t.run(ctx, "DELETE FROM settings WHERE key = ?", settingImage); err != nil {
		return err
	}
	// One that cannot be removed now is told by the erasure, which tries again.
	if err := removeIfThere(db.folder.image()); err != nil {
		db.log.Warn("the image of the list was not removed", "error", err)
	}
	return nil
}

// forget says that there is no image and no note.
func (i *image) forget() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.kept = false
}

// keepImage writes the list for the next start. The caller holds the turn to write. Without an
// image the next start takes longer, and nothing else: a failure is no more than a line of the log.
func (db *DB) keepImage(ctx context.Context) {
	if !db.list.whole() || db.image.fits {
		return
	}
	if stored, err := db.Stored(ctx); err != nil || stored < db.image.from {
		return
	}
	own, err := program()
	if err != nil {
		return
	}
	note := rand.Text() + " " + own
	db.image.forget() // an older one is replaced, and so is its note
	err = writeImage(db.folder.image(), note, db.list.engine)
	if err == nil {
		_, err = db.commit(ctx, func(t *tx) error { return t.setSetting(ctx, settingImage, note) })
	}
	if err != nil {
		db.log.Warn("the image of the list was not kept", "error", errors.Join(wrap("keep the image", err), removeIfThere(db.folder.image())))
	}
}

func writeImage(path, note string, engine *listing.Engine) error {
	part := path + partSuffix
	file, err := os.OpenFile(part, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, fileMode)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(file, "%-*s", noteBytes, note)
	if err == nil {
		err = engine.WriteImage(file)
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		return errors.Join(err, removeIfThere(part))
	}
	return nil
}
