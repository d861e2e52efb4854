//go:build !windows

package private

import "os"

func closeToOthers(path string) error {
	return os.Chmod(path, 0o700) //nolint:gosec // a folder cannot be entered without x
}
