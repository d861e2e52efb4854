//go:build !windows

package private_test

import (
	"os"
	"path/filepath"
	"testing"

	"wapdesk/store/private"
)

func TestAFolderIsClosedToOthers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"there", filepath.Join("new", "below")} {
		path := filepath.Join(dir, name)
		if name == "there" {
			if err := os.Mkdir(path, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		if err := private.Folder(path); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode != 0o700 {
			t.Errorf("%s has the mode %o", name, mode)
		}
	}
}
