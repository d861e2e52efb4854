// Package system asks the operating system what it knows of the person who uses it.
package system
