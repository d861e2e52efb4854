//go:build !windows

package window

// leaveConsole is for Windows, where a program of the command line gets a console of its own.
func leaveConsole() {}
