package export

import (
	"runtime/debug"
	"testing"
)

// Not parallel: the setting is the process's.
func TestBeLeanEndsWithTheLastFile(t *testing.T) {
	before := debug.SetGCPercent(100)
	defer debug.SetGCPercent(before)
	now := func() int {
		percent := debug.SetGCPercent(100)
		debug.SetGCPercent(percent)
		return percent
	}
	first, second := beLean(), beLean()
	first()
	if got := now(); got != leanPercent {
		t.Errorf("with one file still being written: %d, want %d", got, leanPercent)
	}
	second()
	if got := now(); got != 100 {
		t.Errorf("after the last: %d, want 100", got)
	}
}
