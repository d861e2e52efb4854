// Package durable puts files in their place whole: a crash, a full disk or a power cut leaves
// the old file or the new one, never half of either.
package durable

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
)

// PartSuffix ends the name of a file that is being written. Who removes a file removes this
// beside it: a killed program may have left one.
const PartSuffix = ".part"

// Write puts what write writes in the place of path, with the given mode. After an error the
// old file is as it was and nothing lies beside it.
func Write(path string, mode os.FileMode, write func(io.Writer) error) (err error) {
	part := path + PartSuffix
	f, err := os.OpenFile(part, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			if gone := os.Remove(part); !errors.Is(gone, os.ErrNotExist) {
				err = errors.Join(err, gone)
			}
		}
	}()
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return err
	}
	return Replace(part, path)
}

// WriteBytes is Write for what is in memory.
func WriteBytes(path string, mode os.FileMode, b []byte) error {
	return Write(path, mode, func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	})
}

// Replace puts a file that has been made durable in the place of another, and makes that
// durable too.
func Replace(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(to))
}

// SyncFolder makes the names in a folder survive a power cut. Windows has no such call and
// needs none; nor does a file system that refuses it, such as a network share.
func SyncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(path)
	if err != nil {
		return nil //nolint:nilerr // a folder that may be written to and not read
	}
	_ = folder.Sync() // the file itself is durable by then; a refusal changes nothing
	return folder.Close()
}
