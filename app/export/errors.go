package export

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
)

// What can go wrong while a file is written. Each wraps its cause; use errors.Is.
var (
	ErrNoFolder   = errors.New("the folder does not exist")
	ErrBusy       = errors.New("the file is open in another program")
	ErrFull       = errors.New("no space left")
	ErrPermission = errors.New("not permitted to write here")
	ErrCancelled  = errors.New("export cancelled")
	// ErrTooLarge says that the workbook passes 4 GB, which Excel does not open.
	ErrTooLarge = errors.New("the workbook is too large for Excel")
)

// classify names the reason of err by one of the errors above where there is one.
func classify(err error) error {
	for _, known := range []error{ErrNoFolder, ErrBusy, ErrFull, ErrPermission, ErrCancelled, ErrTooLarge} {
		if errors.Is(err, known) {
			return err
		}
	}
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%w: %w", ErrCancelled, err)
	case isAny(err, fullErrnos):
		return fmt.Errorf("%w: %w", ErrFull, err)
	case isAny(err, busyErrnos):
		return fmt.Errorf("%w: %w", ErrBusy, err)
	case errors.Is(err, fs.ErrPermission), isAny(err, deniedErrnos):
		return fmt.Errorf("%w: %w", ErrPermission, err)
	case errors.Is(err, fs.ErrNotExist), isAny(err, placeErrnos):
		return fmt.Errorf("%w: %w", ErrNoFolder, err)
	}
	return err
}

func isAny[E error](err error, list []E) bool {
	for _, e := range list {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}
