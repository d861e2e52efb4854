package measure

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// table prints the lines of the measurement as they come, and counts how many limits hold.
type table struct {
	limits, holds int
	missed        []string
}

// limit is a value beside what it may be at most.
type limit struct {
	what       string
	value, max float64
}

const (
	nameWidth = 50
	cellWidth = 9
)

func (t *table) head(name string, columns ...string) {
	fmt.Println()
	t.print(name, columns, "  limits")
}

// line prints what was measured and how it stands to its limits.
func (t *table) line(name string, cells []string, limits ...limit) {
	verdicts := ""
	for _, l := range limits {
		t.limits++
		verdict := "holds"
		if l.value <= l.max {
			t.holds++
		} else {
			verdict = "MISSED"
			t.missed = append(t.missed, fmt.Sprintf("%s: %s %s, limit %s", name, l.what, figure(l.value), figure(l.max)))
		}
		verdicts += fmt.Sprintf("  %s %s ≤ %s %s", l.what, figure(l.value), figure(l.max), verdict)
	}
	t.print(name, cells, verdicts)
}

func (t *table) print(name string, cells []string, rest string) {
	var b strings.Builder
	b.WriteString(name)
	b.WriteString(strings.Repeat(" ", max(nameWidth-utf8.RuneCountInString(name), 0)))
	for _, c := range cells {
		b.WriteString(strings.Repeat(" ", max(cellWidth-utf8.RuneCountInString(c), 1)))
		b.WriteString(c)
	}
	fmt.Println(b.String() + rest)
}

func (t *table) end() {
	fmt.Printf("\n%d of %d limits hold\n", t.holds, t.limits)
	for _, m := range t.missed {
		fmt.Println("missed:", m)
	}
}

// figure prints two digits or more.
func figure(x float64) string {
	switch {
	case x >= 100:
		return fmt.Sprintf("%.0f", x)
	case x >= 1:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.2g", x)
}
