//go:build !windows

package window

import (
	"context"
	"fmt"
	"os/exec"
	"runtime"
)

// openWithSystem opens a file or a folder with the program the system has for it.
func openWithSystem(ctx context.Context, path string) error {
	name := "xdg-open"
	if runtime.GOOS == "darwin" {
		name = "open"
	}
	cmd := exec.CommandContext(ctx, name, path) //nolint:gosec // a path of an export this program wrote
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("open with the system: %w", err)
	}
	go func() { _ = cmd.Wait() }() // its end is nobody's concern
	return nil
}
