package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"wapdesk/store/private"
)

// Names inside a profile folder. Nothing of a profile lies outside of it.
const (
	databaseFile      = "wapdesk.db"
	lockFile          = "wapdesk.lock"
	readersFile       = "wapdesk.readers" // see beside.go
	tombstoneFile     = "erased.log"
	compactFile       = "wapdesk.compact"
	imageFile         = "list.image"
	backupPattern     = "wapdesk.backup-*.db"
	attachmentsFolder = "attachments"
	exportsTempFolder = "exports/tmp"
)

const (
	folderMode fs.FileMode = 0o700
	fileMode   fs.FileMode = 0o600
)

// Folder is the folder of one profile: company and login.
type Folder string

// Database is the path of the data file.
func (f Folder) Database() string { return filepath.Join(string(f), databaseFile) }

// Attachments is the folder of downloaded files; Attachment.Path is relative to it.
func (f Folder) Attachments() string { return filepath.Join(string(f), attachmentsFolder) }

// ExportsTemp is where unfinished exports are written before they are moved to their place.
func (f Folder) ExportsTemp() string {
	return filepath.Join(string(f), filepath.FromSlash(exportsTempFolder))
}

func (f Folder) lock() string       { return filepath.Join(string(f), lockFile) }
func (f Folder) readers() string    { return filepath.Join(string(f), readersFile) }
func (f Folder) tombstones() string { return filepath.Join(string(f), tombstoneFile) }
func (f Folder) compact() string    { return filepath.Join(string(f), compactFile) }
func (f Folder) image() string      { return filepath.Join(string(f), imageFile) }

// Create makes the folder and those below it, readable by this user only.
func (f Folder) Create() error {
	for _, dir := range []string{string(f), f.Attachments(), f.ExportsTemp()} {
		if err := private.Folder(dir); err != nil {
			return wrap("create the profile folder", err)
		}
	}
	return nil
}

// Exists reports whether the folder holds a data file.
func (f Folder) Exists() bool {
	info, err := os.Stat(f.Database())
	return err == nil && info.Mode().IsRegular()
}

// Bytes is the size of everything in the folder.
func (f Folder) Bytes() (int64, error) {
	var sum int64
	err := filepath.WalkDir(string(f), func(_ string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // removed while we looked
		}
		if err != nil {
			return err
		}
		if info.Mode().IsRegular() {
			sum += info.Size()
		}
		return nil
	})
	return sum, wrap("measure the profile folder", err)
}

// Wipe removes a profile from this computer: every file of the folder and the folder.
// ErrBusy when it is open, here or in another instance; ErrNotFound when there is none;
// ErrForeign when the folder holds no data file, so that a mistyped path harms nothing.
func Wipe(ctx context.Context, folder Folder) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if _, err := os.Stat(string(folder)); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("wipe the profile: %w", ErrNotFound)
	}
	if !folder.Exists() {
		return fmt.Errorf("wipe the profile: %w", ErrForeign)
	}
	lock, err := acquireLock(folder)
	if err != nil {
		return err
	}
	reading, err := keepReadersOut(ctx, folder)
	if err != nil {
		lock.release()
		return err
	}
	// What holds most goes first: a wipe that is cut short leaves nothing readable behind it.
	data := folder.Database()
	for _, path := range []string{folder.image(), data + "-wal", data + "-shm", data + "-journal", data} {
		if err := removeIfThere(path); err != nil {
			reading.release()
			lock.release()
			return err
		}
	}
	// Windows does not remove an open file, so both locks are given up before the folder goes.
	reading.release()
	lock.release()
	return wrap("remove the profile folder", removeTree(string(folder)))
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return wrap("remove a file of the profile", err)
	}
	return nil
}
