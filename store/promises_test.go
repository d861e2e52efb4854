package store

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryPromiseNamesATestThatIsThere looks for the tests that the table of promises names.
func TestEveryPromiseNamesATestThatIsThere(t *testing.T) {
	t.Parallel()
	_, table, found := strings.Cut(string(must(os.ReadFile("PRIVACY.md"))(t)), "## Promises and the tests that hold them")
	table, _, ends := strings.Cut(table, "\n## ")
	if !found || !ends {
		t.Fatal("the page has no table of promises")
	}
	there := map[string]bool{}
	function := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	check(t, filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git"):
			return fs.SkipDir
		case strings.HasSuffix(path, ".spec.ts"):
			there[d.Name()] = true
		case strings.HasSuffix(path, "_test.go"):
			for _, m := range function.FindAllStringSubmatch(string(must(os.ReadFile(path))(t)), -1) {
				there[m[1]] = true
			}
		}
		return nil
	}))
	name := regexp.MustCompile("`((?:Test\\w+)|(?:[\\w-]+\\.spec\\.ts))`")
	promises := 0
	for line := range strings.Lines(table) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| Sentence") || strings.HasPrefix(line, "| ---") {
			continue
		}
		promises++
		named := name.FindAllStringSubmatch(line, -1)
		if len(named) == 0 {
			t.Errorf("no test holds: %s", line)
		}
		for _, n := range named {
			if !there[n[1]] {
				t.Errorf("%s is not there: %s", n[1], line)
			}
		}
	}
	if promises < 20 {
		t.Errorf("%d promises were read", promises)
	}
}
