package store

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// promise is a row of the table beside the threat model.
type promise struct {
	line     string
	messages []string // keys of the catalogues, with * for all that begin so
	readme   []string // beginnings of sentences
	tests    []string
}

var (
	inBackticks = regexp.MustCompile("`([^`]+)`")
	inReadme    = regexp.MustCompile(`README “([^”]+)”`)
)

// promises reads a table of the page that has a heading: what is promised or tried, by what it is said, and
// the tests.
func promises(t *testing.T, heading string) []promise {
	t.Helper()
	_, table, found := strings.Cut(string(must(os.ReadFile("PRIVACY.md"))(t)), "## "+heading)
	table, _, ends := strings.Cut(table, "\n## ")
	if !found || !ends {
		t.Fatalf("the page has no %s", heading)
	}
	var rows []promise
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), " | ")
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| ---") || len(cells) < 2 {
			continue
		}
		if rows == nil {
			rows = []promise{} // the head
			continue
		}
		row := promise{line: line}
		for _, m := range inBackticks.FindAllStringSubmatch(cells[len(cells)-1], -1) {
			row.tests = append(row.tests, m[1])
		}
		if len(cells) > 2 {
			said := cells[1]
			for _, m := range inReadme.FindAllStringSubmatch(said, -1) {
				row.readme = append(row.readme, m[1])
			}
			for _, m := range inBackticks.FindAllStringSubmatch(inReadme.ReplaceAllString(said, ""), -1) {
				row.messages = append(row.messages, m[1])
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// TestEveryPromiseNamesATestThatIsThere looks for the tests that the tables of promises and of attacks name.
func TestEveryPromiseNamesATestThatIsThere(t *testing.T) {
	t.Parallel()
	there := map[string]bool{}
	function := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	check(t, filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git"):
			return fs.SkipDir
		case strings.HasSuffix(path, ".spec.ts"), strings.HasSuffix(path, ".test.ts"):
			there[d.Name()] = true
		case strings.HasSuffix(path, "_test.go"):
			for _, m := range function.FindAllStringSubmatch(string(must(os.ReadFile(path))(t)), -1) {
				there[m[1]] = true
			}
		}
		return nil
	}))
	for heading, atLeast := range map[string]int{"Promises and the tests that hold them": 40, "Attacks, each tried": 9} {
		rows := promises(t, heading)
		if len(rows) < atLeast {
			t.Errorf("%s: %d rows were read", heading, len(rows))
		}
		for _, row := range rows {
			if len(row.tests) == 0 {
				t.Errorf("no test holds: %s", row.line)
			}
			for _, name := range row.tests {
				if !there[name] {
					t.Errorf("%s is not there: %s", name, row.line)
				}
			}
		}
	}
}

// speaks finds the words by which a message promises something about data.
var speaks = regexp.MustCompile(`(?i)\b(kept|keeps?|stored|stays?|removed?|removes|erased?|anonymised?|anonymises|deleted?|deletes|never|` +
	`nothing|nobody|only|sent|forgets?|forgotten|gone|hides?|hidden|leaves|left|readable|personal|encrypt(s|ed|ion)|untouched|undone|` +
	`back|masked|safe|believed|this computer)\b`)

// fewWords is less than a sentence says: labels and states promise nothing.
const fewWords = 5

// TestEveryPromiseIsInTheTable reads every message of the catalogue and the README's sections on data. Both languages
// have the same messages, so one is read.
func TestEveryPromiseIsInTheTable(t *testing.T) {
	t.Parallel()
	var catalogue map[string]string
	check(t, json.Unmarshal(must(os.ReadFile("../frontend/src/lib/i18n/en.json"))(t), &catalogue))
	var listed, quiet, sentences []string
	for _, row := range promises(t, "Promises and the tests that hold them") {
		listed, sentences = append(listed, row.messages...), append(sentences, row.readme...)
	}
	for line := range strings.Lines(string(must(os.ReadFile("testdata/no-promises.txt"))(t))) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			quiet = append(quiet, line)
		}
	}
	used := map[string]bool{}
	among := func(key string, patterns []string) bool {
		found := false
		for _, pattern := range patterns {
			if start, all := strings.CutSuffix(pattern, "*"); pattern == key || all && strings.HasPrefix(key, start) {
				used[pattern], found = true, true
			}
		}
		return found
	}
	speaking := 0
	for key, text := range catalogue {
		promised, silent := among(key, listed), among(key, quiet)
		if len(strings.Fields(text)) < fewWords || !speaks.MatchString(text) {
			continue
		}
		speaking++
		switch {
		case promised && slices.Contains(quiet, key):
			t.Errorf("%s is in both lists", key)
		case !promised && !silent:
			t.Errorf("a promise without a row, or a message that promises nothing: %s = %s", key, text)
		}
	}
	if speaking < 150 {
		t.Errorf("only %d messages speak of data", speaking)
	}
	for _, pattern := range slices.Concat(listed, quiet) {
		if !used[pattern] {
			t.Errorf("no message is called %s", pattern)
		}
	}
	checkSentences(t, sentences)
}

// checkSentences compares the sentences of the README's sections on data with the beginnings that rows name.
func checkSentences(t *testing.T, begins []string) {
	t.Helper()
	readme := string(must(os.ReadFile("../README.md"))(t))
	ends := regexp.MustCompile("[.:] +([A-Z*`])")
	var told []string
	for _, heading := range []string{"## Where the data lies, and how to erase it", "## Privacy"} {
		_, section, found := strings.Cut(readme, heading+"\n")
		section, _, _ = strings.Cut(section, "\n## ")
		if !found {
			t.Fatalf("the README has no section %q", heading)
		}
		var paragraph strings.Builder
		finish := func() {
			for sentence := range strings.Lines(ends.ReplaceAllString(strings.TrimSpace(paragraph.String()), ".\n$1")) {
				told = append(told, strings.TrimSpace(sentence))
			}
			paragraph.Reset()
		}
		for line := range strings.Lines(section) {
			line = strings.TrimSpace(line)
			item, isItem := strings.CutPrefix(line, "- ")
			if isItem || line == "" {
				finish()
			}
			if !strings.HasPrefix(line, "|") {
				paragraph.WriteString(item + " ")
			}
		}
		finish()
	}
	for _, sentence := range told {
		if sentence != "" && !slices.ContainsFunc(begins, func(begin string) bool { return strings.HasPrefix(sentence, begin) }) {
			t.Errorf("the README promises without a row: %s", sentence)
		}
	}
	for _, begin := range begins {
		if !slices.ContainsFunc(told, func(sentence string) bool { return strings.HasPrefix(sentence, begin) }) {
			t.Errorf("no sentence of the README begins with %q", begin)
		}
	}
}
