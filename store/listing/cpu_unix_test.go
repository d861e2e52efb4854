//go:build unix

package listing_test

import (
	"syscall"
	"testing"
)

// cpuTime returns the processor time the process has used, in nanoseconds. On a busy machine it
// says more than the clock on the wall.
func cpuTime(b *testing.B) int64 {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return u.Utime.Nano() + u.Stime.Nano()
}
