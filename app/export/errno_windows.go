package export

import "golang.org/x/sys/windows"

var (
	fullErrnos   = []windows.Errno{windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL, windows.ERROR_FILE_TOO_LARGE}
	busyErrnos   = []windows.Errno{windows.ERROR_SHARING_VIOLATION, windows.ERROR_LOCK_VIOLATION}
	deniedErrnos = []windows.Errno{windows.ERROR_WRITE_PROTECT}
	// placeErrnos say that no file can be where the path leads; a path through a file does not exist here.
	placeErrnos = []windows.Errno{windows.ERROR_INVALID_NAME}
)
