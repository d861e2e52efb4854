package main

import (
	"cmp"
	"slices"
	"time"
)

// timed is a test with how long it took, waiting for others included.
type timed struct {
	name string
	took time.Duration
}

// What is named of the tests that took longest.
const (
	mostLongest  = 8
	leastLongest = 5 * time.Second
)

// longest returns those of the tests that took longest, the longest first.
func longest(tests []timed) []timed {
	long := slices.DeleteFunc(slices.Clone(tests), func(t timed) bool { return t.took < leastLongest })
	slices.SortFunc(long, func(a, b timed) int { return cmp.Compare(b.took, a.took) })
	return long[:min(len(long), mostLongest)]
}
