package store

import "golang.org/x/sys/windows"

// room is how many bytes this user can still write to the disk of a folder; false where the system does not tell.
func room(folder string) (uint64, bool) {
	path, err := windows.UTF16PtrFromString(folder)
	if err != nil {
		return 0, false
	}
	var free uint64
	if err := windows.GetDiskFreeSpaceEx(path, &free, nil, nil); err != nil {
		return 0, false
	}
	return free, true
}
