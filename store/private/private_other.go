//go:build !windows

package private

import (
	"errors"
	"io/fs"
	"os"
)

// closed makes a folder of the person's alone, or closes one that is there.
func closed(path string) error {
	if err := os.Mkdir(path, 0o700); !errors.Is(err, fs.ErrExist) {
		return err
	}
	return os.Chmod(path, 0o700) //nolint:gosec // a folder cannot be entered without x
}
