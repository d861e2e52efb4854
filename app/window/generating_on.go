//go:build bindings

package window

// generating is true in the program that is built and run once to write the page's types: it
// needs no display.
const generating = true
