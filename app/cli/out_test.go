package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestExportLeavesAFileThatIsThere replaces a file only when told to.
func TestExportLeavesAFileThatIsThere(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	dir := t.TempDir()
	for _, name := range []string{"x.xlsx", "x.csv", "x.pdf", "x.txt", "x.jsonl"} {
		out := filepath.Join(dir, "týdenní přehled "+name)
		if err := os.WriteFile(out, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		args := append(exportTo(out), "--query", "wait > 1h", "--time", "today")
		for _, lang := range []string{"en", "cs"} {
			if line := m.fails(exitFailed, append(args, "--lang", lang)...); !strings.Contains(line, "--force") || !strings.Contains(line, name) {
				t.Errorf("%s: %q", name, line)
			}
		}
		m.fails(exitFailed, append(args, "--json")...)
		if got := read(t, out); got != "mine" {
			t.Errorf("%s: the file holds %.40q now", name, got)
		}
		m.ok(append(args, "--force")...)
		if got := read(t, out); got == "mine" {
			t.Errorf("%s was not replaced with --force", name)
		}
	}
	if runtime.GOOS != "windows" {
		m.fails(exitFailed, "export", "--out", os.DevNull, "--format", "csv", "--force")
		if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
			t.Errorf("%s was replaced: %v (%v)", os.DevNull, info, err)
		}
	}
}

// TestArgumentsThatDoNotFit says for every command how many arguments were given and what was
// expected.
func TestArgumentsThatDoNotFit(t *testing.T) {
	t.Parallel()
	m := bare(t)
	for command, tt := range map[string]struct {
		args   []string
		expect string
	}{
		"list":          {[]string{"a"}, "options"},
		"sync":          {[]string{"a", "b"}, "options"},
		"connect":       {[]string{"a"}, "options"},
		"export":        {[]string{"a"}, "options"},
		"changes":       {[]string{"a"}, "options"},
		"rights":        {[]string{"a"}, "options"},
		"wipe":          {[]string{"a"}, "options"},
		"demo-server":   {[]string{"a"}, "options"},
		"contact add":   {[]string{"a"}, "options"},
		"show":          {nil, "show NAME"},
		"open":          {[]string{"a", "b", "c"}, "open FILE"},
		"pair":          {[]string{"a"}, "pair ACTIVITY CONTACT"},
		"ticket attach": {nil, "ticket attach ACTIVITY TICKET"},
		"qa add":        {nil, "qa add ACTIVITY"},
		"serve":         {[]string{"a", "b"}, "serve [LINK]"},
	} {
		args := append(strings.Fields(command), tt.args...)
		english, czech := m.fails(exitUsage, args...), m.fails(exitUsage, append(args, "--lang", "cs")...)
		for _, line := range []string{english, czech} {
			if !strings.Contains(line, fmt.Sprint(len(tt.args))) || tt.expect != "options" && !strings.Contains(line, tt.expect) || !strings.Contains(line, command+" --help") {
				t.Errorf("%v: %q does not say %q", args, line, tt.expect)
			}
		}
		if tt.expect == "options" && !strings.Contains(english, "only options") || english == czech {
			t.Errorf("%v: %q, %q", args, english, czech)
		}
	}
}
