// Package private makes folders that only the person who runs the program can read.
package private

import (
	"os"
	"path/filepath"
)

// Folder makes a folder and those above it, and closes it to others also where it was there before.
func Folder(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return closed(path)
}
