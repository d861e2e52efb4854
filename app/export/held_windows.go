package export

import "golang.org/x/sys/windows"

// held returns why a file cannot be replaced that another program has open, nil where none has. To replace
// such a file only "access denied" is answered, as where it is not permitted. By whom it is held in a way
// that may end well is told only once it has not.
func held(path string, failed bool) error {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return nil //nolint:nilerr // such a name is refused by what uses it
	}
	share := uint32(windows.FILE_SHARE_READ | windows.FILE_SHARE_WRITE | windows.FILE_SHARE_DELETE)
	if failed {
		share = 0
	}
	handle, err := windows.CreateFile(name, windows.DELETE, share, nil, windows.OPEN_EXISTING, windows.FILE_ATTRIBUTE_NORMAL, 0)
	if err == nil {
		return windows.CloseHandle(handle)
	}
	if isAny(err, busyErrnos) {
		return err
	}
	return nil
}
