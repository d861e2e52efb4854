package measure

import (
	"bytes"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// shell is the sqlite3 command on the same file: the peer of every limit. Each run is a process of
// its own with the cache of the store's readers, and its own clock.
type shell struct {
	path, file string
}

// newShell finds the command; it is nil where there is none.
func newShell(file string) *shell {
	path, err := exec.LookPath("sqlite3")
	if err != nil {
		return nil
	}
	return &shell{path, file}
}

var runTime = regexp.MustCompile(`(?m)^Run Time: real ([0-9.]+) `)

// run asks a question some times in one process, after once to warm up, and gives the milliseconds that
// each time took. A question of several statements takes what they take together.
func (s *shell) run(b *testing.B, times int, statements ...string) []float64 {
	b.Helper()
	var script strings.Builder
	script.WriteString("PRAGMA cache_size = -65536;\n.output /dev/null\n")
	for i := range times + 1 {
		if i == 1 {
			script.WriteString(".output\n.timer on\n")
		}
		for _, statement := range statements {
			// Rows go nowhere, the times of the timer do not.
			script.WriteString(".output /dev/null\n" + statement + ";\n.output\n")
		}
	}
	cmd := exec.Command(s.path, "-batch", s.file)
	cmd.Stdin = strings.NewReader(script.String())
	var out, failed bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &failed
	if err := cmd.Run(); err != nil || failed.Len() > 0 {
		b.Fatalf("sqlite3: %v %s\n%s", err, failed.String(), strings.Join(statements, "\n"))
	}
	found := runTime.FindAllStringSubmatch(out.String(), -1)
	if len(found) != times*len(statements) {
		b.Fatalf("sqlite3 gave %d times for %d statements: %s", len(found), times*len(statements), out.String())
	}
	took := make([]float64, times)
	for i, m := range found {
		seconds, err := strconv.ParseFloat(m[1], 64)
		if err != nil {
			b.Fatal(err)
		}
		took[i/len(statements)] += seconds * 1000
	}
	return took
}

// once runs a statement that may change the file, without a warm-up.
func (s *shell) once(b *testing.B, statement string) float64 {
	b.Helper()
	cmd := exec.Command(s.path, "-batch", s.file)
	cmd.Stdin = strings.NewReader("PRAGMA cache_size = -65536;\n.timer on\n" + statement + ";\n")
	out, err := cmd.CombinedOutput()
	if err != nil {
		b.Fatalf("sqlite3: %v %s", err, out)
	}
	found := runTime.FindAllStringSubmatch(string(out), -1)
	if len(found) == 0 {
		b.Fatalf("sqlite3 gave no time: %s", out)
	}
	seconds, err := strconv.ParseFloat(found[len(found)-1][1], 64)
	if err != nil {
		b.Fatal(err)
	}
	return seconds * 1000
}

// quantile returns a value of a list that is not empty: 0.5 is the median.
func quantile(of []float64, q float64) float64 {
	sorted := slices.Sorted(slices.Values(of))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}
