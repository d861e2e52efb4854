package main

import (
	"strings"
	"testing"
)

// TestChangesAreWrittenIntoTheirPlace writes a file anew and looks for each change in it, lines unmoved.
func TestChangesAreWrittenIntoTheirPlace(t *testing.T) {
	t.Parallel()
	const src = `package p

const most = 3 * 4 // no change can be made here

func f(a, b int, ok bool) bool {
	if !ok && a < b {
		a++
		g(a == b)
	}
	mu.Lock()
	return false
}
`
	m := &mutator{}
	got, err := m.rewrite("p.go", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	const want = `package p

const most = 3 * 4 // no change can be made here

func f(a, b int, ok bool) bool {
	if (isMutant(1) && ((isMutant(2) != !bool(ok)) || (isMutant(3) && (a <= b) || !isMutant(3) && (a < b))) || !isMutant(1) && ((isMutant(2) != !bool(ok)) && (isMutant(3) && (a <= b) || !isMutant(3) && (a < b)))) {
		if !isMutant(4) { a++ }
		if !isMutant(5) { g((isMutant(6) && (a != b) || !isMutant(6) && (a == b))) }
	}
	mu.Lock()
	return (isMutant(7) != false)
}
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	var said []string
	for _, one := range m.mutants {
		said = append(said, one.String())
	}
	if text := strings.Join(said, "\n"); !strings.Contains(text, "p.go:6: a < b → <=") || !strings.Contains(text, "p.go:11: false → the contrary") {
		t.Errorf("the changes are called\n%s", text)
	}
}
