package intake

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
)

// Why a file cannot be opened at all. A *DatesError asks for more instead.
var (
	ErrFormat    = errors.New("not an .xlsx or .csv file")
	ErrBroken    = errors.New("the file is damaged")
	ErrNoTable   = errors.New("no table of interactions in the file")
	ErrNoTime    = errors.New("the table has no time column")
	ErrHidden    = errors.New("the table is on a hidden sheet")
	ErrTooLarge  = errors.New("the file is too large")
	ErrBomb      = errors.New("the file unpacks to far more than it should")
	ErrCellSize  = errors.New("a cell of the file is too large")
	ErrMacros    = errors.New("the file contains macros")
	ErrEncrypted = errors.New("the file is protected by a password")
	ErrOldExcel  = errors.New("the file is in the old .xls format")
	ErrNotFile   = errors.New("a folder, a pipe or a device instead of a file")
	ErrNoAccess  = errors.New("the file may not be read")
	ErrRead      = errors.New("the file cannot be read")
)

// Refusals returns all of these errors, so that the texts for them can be checked for completeness.
func Refusals() []error {
	return []error{
		ErrFormat, ErrBroken, ErrNoTable, ErrNoTime, ErrHidden, ErrTooLarge, ErrBomb, ErrCellSize, ErrMacros, ErrEncrypted,
		ErrOldExcel, ErrNotFile, ErrNoAccess, ErrRead,
	}
}

// unreadable names what kept a file from being read. Its own text holds the file's name, which may be
// about a person.
func unreadable(err error) error {
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.Is(err, fs.ErrNotExist):
		return err
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w: %w", ErrNoAccess, err)
	}
	return fmt.Errorf("%w: %w", ErrRead, err)
}
