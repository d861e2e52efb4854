//go:build !windows

package store

// openElsewhere is for Windows: elsewhere an open file can be opened, replaced and removed.
func openElsewhere(error) bool { return false }
