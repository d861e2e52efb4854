//go:build unix

package intake

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"
)

// A pipe nobody writes to would wait for ever.
func TestAPipeIsRefusedBeforeItIsOpened(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "list.csv")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := read(t, path); !errors.Is(err, ErrNotFile) {
		t.Errorf("%v", err)
	}
}
