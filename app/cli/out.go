package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"wapdesk/app"
)

// mayWrite refuses, before anything is read, a file that --out would replace without having been
// told to, and whatever is not a file: a device or a pipe would be replaced by one.
func mayWrite(path string, force bool) error {
	info, err := os.Lstat(path)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if target, terr := os.Stat(path); terr == nil {
			info = target
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.IsDir():
		return fileError("out_folder", path)
	case info.Mode()&fs.ModeSymlink == 0 && !info.Mode().IsRegular():
		return fileError("out_special", path)
	case !force:
		return fileError("out_exists", path)
	}
	return nil
}

func fileError(code, path string) error {
	return &app.Error{Code: code, Params: map[string]string{"file": filepath.Base(path)}}
}
