package cli

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"wapdesk/frontend"
)

// answers are commands that answer on standard output, and need nothing but what is stored.
func answers() [][]string {
	return [][]string{
		{"list", "--time", "all", "--limit", "5000"}, {"list", "--count"}, {"list", "--facets", "queue"}, {"rights"}, {"ledger"},
		{"retention"}, {"anonymise", "--time", "today"}, {"help"}, {"help", "list"}, {"--version"},
	}
}

// runTo runs a command whose standard output is a file.
func (m *machine) runTo(out *os.File, args ...string) outcome {
	var errs bytes.Buffer
	code := Run(Program{
		Version: "0.0.0", Args: append([]string{"--data", m.dir}, args...), Stdin: strings.NewReader(""), Stdout: out, Stderr: &errs,
		Getenv: func(name string) string { return m.env[name] }, Page: fstest.MapFS{}, Text: frontend.Text,
	})
	return outcome{code: code, stderr: errs.String()}
}

// TestAnAnswerThatIsLostIsNoSuccess writes answers where there is no space.
func TestAnAnswerThatIsLostIsNoSuccess(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = full.Close() }()
	for _, args := range answers() {
		for _, option := range []string{"--json", "--lang=en", "--lang=cs"} {
			got := m.runTo(full, append(args, option)...)
			said := map[string]string{"--lang=cs": "není tam místo"}[option]
			if said == "" {
				said = "no space is left"
			}
			if got.code != exitFailed || !strings.HasSuffix(got.stderr, "\n") || !strings.Contains(got.stderr, said) {
				t.Errorf("%q %s: exit %d, %q", args, option, got.code, got.stderr)
			}
		}
	}
}

// TestAClosedPipeHasReadEnough writes answers into a pipe that nobody reads, as `| head -1` does in the end,
// here and in a process of its own, which the system would end by a signal.
func TestAClosedPipeHasReadEnough(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = write.Close() }()
	if err := read.Close(); err != nil {
		t.Fatal(err)
	}
	for _, args := range answers() {
		for _, option := range []string{"--json", "--lang=en"} {
			if got := m.runTo(write, append(args, option)...); got.code != exitDone || got.stderr != "" {
				t.Errorf("%q %s: exit %d, %q", args, option, got.code, got.stderr)
			}
		}
	}
	for _, stream := range []string{"answers", "messages"} {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "--data", m.dir, "sync")
		cmd.Env = append(os.Environ(), childMark+"=1")
		for name, value := range m.env {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
		if cmd.Stdout = write; stream == "messages" {
			cmd.Stdout, cmd.Stderr = nil, write
		}
		if err := cmd.Run(); err != nil {
			t.Errorf("a sync whose %s nobody reads: %v", stream, err)
		}
	}
	var runs struct{ Coverage []spanJSON }
	m.json(&runs, "sync")
	if len(runs.Coverage) == 0 {
		t.Error("nothing is stored")
	}
}

// TestWithoutAHomeTheFolderHasToBeNamed runs where the system names no folder of the person: nothing is
// put anywhere else.
func TestWithoutAHomeTheFolderHasToBeNamed(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	run := func(args ...string) outcome {
		var out, errs bytes.Buffer
		code := Run(Program{
			Version: "0.0.0", Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs,
			Getenv: func(string) string { return "" }, Page: fstest.MapFS{}, Text: frontend.Text,
		})
		return outcome{code, out.String(), errs.String()}
	}
	for _, args := range [][]string{{"list"}, {"--demo", "list", "--json"}, {"serve"}, {"wipe", "--yes"}, {"sync", "--lang", "cs"}} {
		got := run(args...)
		if got.code != exitUsage || got.stdout != "" || strings.Count(got.stderr, "\n") != 1 || !strings.Contains(got.stderr, "--data") {
			t.Errorf("%q: exit %d, %q, %q", args, got.code, got.stdout, got.stderr)
		}
	}
	if got := run("help"); got.code != exitDone || got.stdout == "" {
		t.Errorf("help: %+v", got)
	}
	if left := files(t, dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestFoldersThatTakeNothing keeps data and exports where nothing can be written: in a file that stands
// for a folder, and in a folder of the system that takes none.
func TestFoldersThatTakeNothing(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	file := filepath.Join(t.TempDir(), "není složka")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"data in a file":       {"--data", filepath.Join(file, "data"), "--demo", "list"},
		"data in /proc":        {"--data", "/proc/wapdesk", "--demo", "list"},
		"an export in a file":  {"export", "--time", "today", "--out", filepath.Join(file, "x.csv")},
		"an export in /proc":   {"export", "--time", "today", "--out", "/proc/x.csv"},
		"an export in nowhere": {"export", "--time", "today", "--out", filepath.Join(t.TempDir(), "nikde", "x.csv")},
		"a file in nowhere":    {"open", filepath.Join(t.TempDir(), "nikde.csv")},
		"a folder to open":     {"open", t.TempDir()},
	} {
		english := m.fails(exitFailed, args...)
		czech := m.fails(exitFailed, append(args, "--lang=cs", "--json")...)
		if english == czech || strings.Contains(english, "went wrong") || strings.Contains(czech, "pokazilo") {
			t.Errorf("%s: %q, %q", name, english, czech)
		}
	}
	if got := read(t, file); got != "mine" {
		t.Errorf("the file holds %q", got)
	}
}

// TestNamesOfAnyLetters has a folder, files and a filter with spaces and letters with diacritics.
func TestNamesOfAnyLetters(t *testing.T) {
	t.Parallel()
	s, m := synced(t)
	dir := filepath.Join(t.TempDir(), "Žluťoučký kůň – 2026 (týden)")
	there := s.lead(t)
	there.dir = filepath.Join(dir, "data vedoucí")
	if err := os.CopyFS(there.dir, os.DirFS(m.dir)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Výpis – ěščř žýáíé.csv", "Výpis – ěščř žýáíé.xlsx", "привет 你好.csv"} {
		out := filepath.Join(dir, name)
		there.ok("export", "--time", "today", "--out", out)
		reader := bare(t)
		var report struct {
			Profile string
			Rows    int
		}
		reader.json(&report, "open", out)
		var list listJSON
		if reader.json(&list, "--profile", report.Profile, "list", "--time", "all"); list.Total != report.Rows || report.Rows == 0 {
			t.Errorf("%s: %+v, %d rows", name, report, list.Total)
		}
	}
	if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}
