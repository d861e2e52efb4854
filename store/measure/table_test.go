package measure

import (
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
)

// table gathers the lines of the measurement, and how many limits hold.
type table struct {
	out           *tabwriter.Writer
	limits, holds int
	missed        []string
}

func newTable() *table { return &table{out: tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)} }

// limit is a value beside what it may be at most.
type limit struct {
	what       string
	value, max float64
}

func (t *table) head(columns ...string) {
	fmt.Fprintf(t.out, "\n%s\tlimits\n", strings.Join(columns, "\t"))
}

// line prints what was measured and how it stands to its limits.
func (t *table) line(name string, cells []string, limits ...limit) {
	verdicts := make([]string, len(limits))
	for i, l := range limits {
		t.limits++
		verdict := "holds"
		if l.value <= l.max {
			t.holds++
		} else {
			verdict = "MISSED"
			t.missed = append(t.missed, fmt.Sprintf("%s: %s %s, limit %s", name, l.what, figure(l.value), figure(l.max)))
		}
		verdicts[i] = fmt.Sprintf("%s %s ≤ %s %s", l.what, figure(l.value), figure(l.max), verdict)
	}
	fmt.Fprintf(t.out, "%s\t%s\t%s\n", name, strings.Join(cells, "\t"), strings.Join(verdicts, ", "))
}

func (t *table) end() {
	_ = t.out.Flush() // to a terminal
	fmt.Printf("\n%d of %d limits hold\n", t.holds, t.limits)
	for _, m := range t.missed {
		fmt.Println("missed:", m)
	}
}

// figure prints three digits, and thousands in full.
func figure(x float64) string {
	switch {
	case x >= 100:
		return fmt.Sprintf("%.0f", x)
	case x >= 1:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.2g", x)
}
