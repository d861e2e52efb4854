package store

import (
	"errors"

	"golang.org/x/sys/windows"
)

// openElsewhere reports whether a file could not be opened, replaced or removed because another program has it open.
func openElsewhere(err error) bool {
	return errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_LOCK_VIOLATION)
}
