package cli

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

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
	case err != nil:
		return nil //nolint:nilerr // nothing is there, or what writes says why it cannot be
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

// output is standard output, which keeps its first error: most of what writes there has no place for one.
type output struct {
	to  io.Writer
	err error
}

func (o *output) Write(p []byte) (int, error) {
	n, err := o.to.Write(p)
	if o.err == nil {
		o.err = err
	}
	return n, err
}

// failure is what a lost answer means. Whoever closed the pipe had read enough.
func (o *output) failure() error {
	switch {
	case errors.Is(o.err, syscall.EPIPE):
		return nil
	case errors.Is(o.err, syscall.ENOSPC):
		return &app.Error{Code: "output_full"}
	}
	return &app.Error{Code: "output"}
}

// outlivePipes makes writing to a pipe that nobody reads any more an error instead of the end of the
// program: a sync of which only the first lines are read goes on. It returns what takes that back.
func outlivePipes() func() {
	ignored := make(chan os.Signal, 1)
	signal.Notify(ignored, syscall.SIGPIPE)
	return func() { signal.Stop(ignored) }
}
