package store

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
)

// removeTree removes a file, or a folder with all that is in it, one by one; what is not there is no error.
// os.RemoveAll asks Windows to take away names only, which Wine refuses and which leaves the bytes of a
// file that another program has open.
func removeTree(path string) error {
	var folders []string
	err := filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case entry.IsDir():
			folders = append(folders, name)
			return nil
		}
		return removeIfThere(name)
	})
	if err != nil {
		return err
	}
	for _, folder := range slices.Backward(folders) {
		if err := removeIfThere(folder); err != nil {
			return err
		}
	}
	return nil
}
