package app

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"slices"
)

// DataDir is the folder of all profiles.
func (c *Core) DataDir() string { return c.opts.DataDir }

// InstanceID names this data folder, so that a second start on the same one finds the first.
func (c *Core) InstanceID() string {
	sum := sha256.Sum256([]byte(c.opts.DataDir))
	return hex.EncodeToString(sum[:8])
}

// BoundNames lists the bound structs in a fixed order.
func BoundNames() []string {
	names := make([]string, 0, 8)
	for name := range (&Core{}).Bound() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// SecondStart takes over the link a second start was given.
func (c *Core) SecondStart(args []string) {
	if name := LinkArgument(args); name != "" {
		c.emit(EventOpen, name)
	}
}

// LinkArgument is the unique name in the deep link among a start's arguments, "" without one.
// Whoever made the link, all that is taken from it is a name to look up here.
func LinkArgument(args []string) string {
	for _, a := range args {
		if u, err := url.Parse(a); err == nil && u.Scheme != "" {
			if name := NameFromLink(a); name != "" {
				return name
			}
		}
	}
	return ""
}
