//go:build !windows

package store

import "golang.org/x/sys/unix"

// room is how many bytes this user can still write to the disk of a folder; false where the system does not tell.
func room(folder string) (uint64, bool) {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil || s.Bsize <= 0 {
		return 0, false
	}
	return s.Bavail * uint64(s.Bsize), true
}
