package export

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"wapdesk/store/durable"
	"wapdesk/store/listing"
)

// WriteFile writes the rows to a file: the whole file or none. It is written under another
// name in the same folder, made durable and only then put in the place of path, so that a
// cancelled export, a full disk or a kill never leaves half a file there, nor harms one
// that was there before. Progress may be nil.
// Errors: those of Write, ErrNoFolder, ErrBusy, ErrFull and ErrPermission.
func WriteFile(
	ctx context.Context, path string, req Request, rows iter.Seq2[listing.Record, error], progress func(rows int64),
) (Result, error) {
	return replaceFile(ctx, path, func(w io.Writer) (Result, error) {
		return Write(ctx, w, req, rows, progress)
	})
}

// WriteWhole writes a file that another part makes up, the whole file or none, like WriteFile.
func WriteWhole(ctx context.Context, path string, write func(io.Writer) (Result, error)) (Result, error) {
	return replaceFile(ctx, path, write)
}

// draftPattern is the name of a file in the making where the system needs one.
const draftPattern = ".wapdesk-*.part"

// staleAfter is how long a draft has to be untouched to be taken for one of a killed run.
const staleAfter = time.Hour

// draft is a file in the making. An empty name means that it has none yet and vanishes
// with the process.
type draft struct {
	*os.File
	name string
}

// replaceFile puts what write writes in the place of path, or leaves everything as it was.
func replaceFile(ctx context.Context, path string, write func(io.Writer) (Result, error)) (_ Result, err error) {
	defer func() {
		if err != nil {
			err = classify(err)
		}
	}()
	folder := filepath.Dir(path)
	if err := checkTarget(folder, path); err != nil {
		return Result{}, err
	}
	sweep(folder)
	d, err := newDraft(folder)
	if err != nil {
		return Result{}, fmt.Errorf("create the file: %w", err)
	}
	defer d.discard()
	buffered := bufio.NewWriterSize(d, 256<<10)
	result, err := write(buffered)
	if err != nil {
		return Result{}, err
	}
	if err := buffered.Flush(); err != nil {
		return Result{}, fmt.Errorf("write the file: %w", err)
	}
	if err := d.Sync(); err != nil {
		return Result{}, fmt.Errorf("make the file durable: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	if err := d.commit(path); err != nil {
		if busy := held(path, true); busy != nil { // opened while we wrote
			err = busy
		}
		return Result{}, fmt.Errorf("put the file in its place: %w", err)
	}
	return result, durable.SyncFolder(folder)
}

// checkTarget refuses, before any work, a place that could not be written in the end.
func checkTarget(folder, path string) error {
	info, err := os.Stat(folder)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("%w: it is a file", ErrNoFolder)
	}
	switch info, err = os.Stat(path); {
	case os.IsNotExist(err):
		return nil
	case err != nil:
		return err
	case info.IsDir():
		return fmt.Errorf("%w: a folder has this name", ErrPermission)
	case info.Mode().Perm()&0o200 == 0:
		// A rename would replace it all the same; somebody meant it to stay.
		return fmt.Errorf("%w: the file is read-only", ErrPermission)
	}
	// LibreOffice and Excel keep an owner file beside a document while it is open. On
	// systems without mandatory locks it is the only sign.
	name := filepath.Base(path)
	for _, owner := range []string{".~lock." + name + "#", "~$" + name} {
		if _, err := os.Lstat(filepath.Join(folder, owner)); err == nil {
			return ErrBusy
		}
	}
	return held(path, false)
}

// sweep removes drafts that a killed run left in folder.
func sweep(folder string) {
	names, err := filepath.Glob(filepath.Join(escapeGlob(folder), draftPattern))
	if err != nil {
		return // nothing to sweep is as good
	}
	for _, name := range names {
		info, err := os.Lstat(name)
		if err == nil && info.Mode().IsRegular() && time.Since(info.ModTime()) > staleAfter {
			_ = os.Remove(name) // tried again at the next export
		}
	}
}

// escapeGlob quotes what filepath.Glob would take for a pattern in a folder's name.
func escapeGlob(folder string) string {
	if runtime.GOOS == "windows" {
		return folder // there a backslash separates, and * and ? are not in names
	}
	escaped := make([]rune, 0, len(folder))
	for _, r := range folder {
		if r == '*' || r == '?' || r == '[' || r == '\\' {
			escaped = append(escaped, '\\')
		}
		escaped = append(escaped, r)
	}
	return string(escaped)
}

// namedDraft creates a draft with a name.
func namedDraft(folder string) (*draft, error) {
	f, err := os.CreateTemp(folder, draftPattern)
	if err != nil {
		return nil, err
	}
	return &draft{File: f, name: f.Name()}, nil
}

// rename closes a draft with a name and puts it in the place of path.
func (d *draft) rename(path string) error {
	if err := d.Close(); err != nil {
		return err
	}
	if err := os.Rename(d.name, path); err != nil {
		return err
	}
	d.name = ""
	return nil
}

// discard closes the draft and removes its name unless it has been put in its place.
func (d *draft) discard() {
	_ = d.Close() // after an error, or a second time
	if d.name != "" {
		_ = os.Remove(d.name) // sweep takes what cannot be removed now
	}
}
