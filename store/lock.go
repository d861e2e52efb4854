package store

import (
	"errors"
	"fmt"

	"github.com/gofrs/flock"
)

// instanceLock keeps two instances from syncing into one file. It is a file of its own:
// a lock on the data file would meet SQLite's.
type instanceLock struct{ file *flock.Flock }

// acquireLock does not wait. ErrBusy when another instance, or this one, holds it.
func acquireLock(folder Folder) (*instanceLock, error) {
	file := flock.New(folder.lock(), flock.SetPermissions(fileMode))
	held, err := file.TryLock()
	if err != nil {
		return nil, wrap("lock the profile", err)
	}
	if !held {
		return nil, fmt.Errorf("lock the profile: %w", ErrBusy)
	}
	return &instanceLock{file: file}, nil
}

func (l *instanceLock) release() {
	// Closing the file gives up the lock whatever Unlock reports.
	_ = l.file.Unlock()
}

// InUse reports whether an instance has the data of a folder open.
func InUse(folder Folder) (bool, error) {
	lock, err := acquireLock(folder)
	if errors.Is(err, ErrBusy) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	lock.release()
	return false, nil
}
