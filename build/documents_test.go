package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The documents of the repository and the comments that cite them.
var (
	testName = regexp.MustCompile(`\bTest[A-Z]\w+`)
	testFunc = regexp.MustCompile(`(?m)^func (Test[A-Z]\w+)\(`)
	link     = regexp.MustCompile(`\]\(([^)#:]+)\)`)
	quoted   = regexp.MustCompile("`((?:[\\w.-]+/)+[\\w.-]+\\.(?:go|ts|md|sql|mod|json|yml|svelte))`")
	document = regexp.MustCompile(`[\w./-]*\w\.md\b`)
)

// sources calls do with every text file of ours whose name ends in one of some endings.
func sources(t *testing.T, endings []string, do func(name, text string)) {
	t.Helper()
	err := filepath.WalkDir("..", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains([]string{".git", "node_modules", "dist", "bin", "testdata", "test-results", "playwright-report"}, entry.Name()):
			return filepath.SkipDir
		case entry.IsDir() || !slices.Contains(endings, filepath.Ext(name)):
			return nil
		}
		text, err := os.ReadFile(name)
		if err == nil {
			do(name, string(text))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// cited reports whether a file is there that a text cites: from the root, or from its own folder.
func cited(in, file string) bool {
	for _, from := range []string{"..", filepath.Dir(in), "../frontend"} {
		if _, err := os.Stat(filepath.Join(from, file)); err == nil {
			return true
		}
	}
	return false
}

func TestDocumentsNameWhatIsThere(t *testing.T) {
	t.Parallel()
	tests := map[string]bool{}
	sources(t, []string{".go"}, func(_, text string) {
		for _, found := range testFunc.FindAllStringSubmatch(text, -1) {
			tests[found[1]] = true
		}
	})
	documents := 0
	sources(t, []string{".md"}, func(name, text string) {
		documents++
		for _, test := range testName.FindAllString(text, -1) {
			if !tests[test] && !strings.Contains(text, test+"…") { // several that begin so
				t.Errorf("%s names %s, which is no test", name, test)
			}
		}
		for _, pattern := range []*regexp.Regexp{link, quoted} {
			for _, found := range pattern.FindAllStringSubmatch(text, -1) {
				if !cited(name, found[1]) && !strings.Contains(found[1], "NAME") {
					t.Errorf("%s names %s, which is not there", name, found[1])
				}
			}
		}
	})
	if documents < 2 {
		t.Errorf("found %d documents", documents)
	}
}

func TestCommentsCiteWhatIsInTheRepository(t *testing.T) {
	t.Parallel()
	sources(t, []string{".go", ".ts", ".js", ".svelte", ".sql", ".css"}, func(name, text string) {
		for _, found := range document.FindAllString(text, -1) {
			if !cited(name, found) {
				t.Errorf("%s cites %s, which is not in the repository", name, found)
			}
		}
	})
}
