package window

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	kernel32              = windows.NewLazySystemDLL("kernel32.dll")
	getConsoleProcessList = kernel32.NewProc("GetConsoleProcessList")
	freeConsole           = kernel32.NewProc("FreeConsole")
)

// leaveConsole closes the console that Windows opened for this program alone, as it does before version 24H2 of Windows
// 11 for one that is started from the start menu. One that belongs to a shell as well stays.
func leaveConsole() {
	var processes [2]uint32
	count, _, _ := getConsoleProcessList.Call(uintptr(unsafe.Pointer(&processes[0])), uintptr(len(processes))) //nolint:gosec // as the call wants it
	if count == 1 {
		_, _, _ = freeConsole.Call() // a console that stays does no harm
	}
}
