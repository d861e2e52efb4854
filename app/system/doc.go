// Package system asks the operating system what it knows of the person who uses it and of the disk that
// their data lie on.
package system
