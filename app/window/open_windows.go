package window

import (
	"context"
	"fmt"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// openWithSystem opens a file or a folder with the program the system has for it.
func openWithSystem(_ context.Context, path string) error {
	name, err := windows.UTF16PtrFromString(filepath.FromSlash(path))
	if err != nil {
		return fmt.Errorf("open with the system: %w", err)
	}
	if err := windows.ShellExecute(0, nil, name, nil, nil, windows.SW_SHOWNORMAL); err != nil {
		return fmt.Errorf("open with the system: %w", err)
	}
	return nil
}
