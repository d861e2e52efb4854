package store

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Errors that callers tell apart with errors.Is.
var (
	ErrNewer        = errors.New("the data file was written by a newer version")
	ErrForeign      = errors.New("the file is not a data file of this program")
	ErrDamaged      = errors.New("the data file is damaged")
	ErrBusy         = errors.New("the data file is in use")
	ErrHeld         = errors.New("another program has a file of the profile open")
	ErrNotPermitted = errors.New("not permitted")
	ErrNotFound     = errors.New("not found")
	ErrFull         = errors.New("no space left on the disk")
	ErrReadOnly     = errors.New("the data file cannot be written")
	ErrClosed       = errors.New("the data file is closed")
	ErrTransition   = errors.New("the change is not in a state that allows this")
	ErrTooLarge     = errors.New("the file is larger than allowed")
	ErrInvalid      = errors.New("invalid value")
)

// wrap names what was being done and turns the driver's codes into this package's errors.
// It is the only place that knows them.
func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	if sentinel := meaning(err); sentinel != nil && !errors.Is(err, sentinel) {
		return fmt.Errorf("%s: %w (%w)", doing, sentinel, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

func meaning(err error) error {
	var coded *sqlite.Error
	if errors.As(err, &coded) {
		return meaningOfCode(coded.Code())
	}
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return ErrFull
	case openElsewhere(err):
		return ErrHeld
	case errors.Is(err, fs.ErrPermission):
		return ErrReadOnly
	}
	return nil
}

// meaningOfCode looks at the primary code, which is the low byte of an extended one.
func meaningOfCode(code int) error {
	switch code & 0xff {
	case sqlite3.SQLITE_FULL:
		return ErrFull
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return ErrBusy
	case sqlite3.SQLITE_NOTADB:
		return ErrForeign
	case sqlite3.SQLITE_CORRUPT:
		return ErrDamaged
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN:
		return ErrReadOnly
	}
	return nil
}
