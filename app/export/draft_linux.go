package export

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"
)

// newDraft creates a file without a name, which the system forgets when the process ends,
// however it ends. File systems that have no such files get a named one.
func newDraft(folder string) (*draft, error) {
	fd, err := unix.Open(folder, unix.O_TMPFILE|unix.O_WRONLY|unix.O_CLOEXEC, 0o600)
	if err != nil {
		return namedDraft(folder)
	}
	f := os.NewFile(uintptr(fd), filepath.Join(folder, "draft"))
	if _, err := os.Stat(descriptor(f)); err != nil { // no /proc, no way to name it later
		_ = f.Close()
		return namedDraft(folder)
	}
	return &draft{File: f}, nil
}

func descriptor(f *os.File) string { return "/proc/self/fd/" + strconv.Itoa(int(f.Fd())) }

// commit gives the draft its name. A name that is taken cannot be replaced by a link, so
// the draft gets one of its own for the moment before the rename.
func (d *draft) commit(path string) error {
	if d.name != "" {
		return d.rename(path)
	}
	err := d.link(path)
	if err == nil || !errors.Is(err, os.ErrExist) {
		return err
	}
	for i := 0; ; i++ {
		name := filepath.Join(filepath.Dir(path), ".wapdesk-"+strconv.Itoa(os.Getpid())+"-"+strconv.Itoa(i)+".part")
		if err := d.link(name); errors.Is(err, os.ErrExist) && i < 1000 {
			continue
		} else if err != nil {
			return err
		}
		d.name = name
		return d.rename(path)
	}
}

func (d *draft) link(path string) error {
	open := descriptor(d.File)
	if err := unix.Linkat(unix.AT_FDCWD, open, unix.AT_FDCWD, path, unix.AT_SYMLINK_FOLLOW); err != nil {
		return &os.LinkError{Op: "linkat", Old: open, New: path, Err: err}
	}
	return nil
}
