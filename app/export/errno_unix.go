//go:build !windows

package export

import "syscall"

var (
	// EFBIG is what a limit on file sizes answers, FAT's 4 GB included.
	fullErrnos   = []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}
	busyErrnos   = []syscall.Errno{syscall.EBUSY, syscall.ETXTBSY}
	deniedErrnos = []syscall.Errno{syscall.EROFS, syscall.EISDIR}
	// placeErrnos say that no file can be where the path leads: through another file, or too long a name.
	placeErrnos = []syscall.Errno{syscall.ENOTDIR, syscall.ENAMETOOLONG}
)
