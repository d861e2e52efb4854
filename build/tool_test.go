package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestParseVersionFindsTheFirstNumber(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text string
		want version
		ok   bool
	}{
		{"v20.20.2", version{20, 20, 2}, true},
		{"go1.26", version{1, 26, 0}, true},
		{"go 1.26.0\n", version{1, 26, 0}, true},
		{"devel +abc", version{}, false},
		{"", version{}, false},
	} {
		got, ok := parseVersion(tt.text)
		if got != tt.want || ok != tt.ok {
			t.Errorf("parseVersion(%q) = %v, %v, want %v, %v", tt.text, got, ok, tt.want, tt.ok)
		}
	}
}

func TestVersionBeforeComparesPartByPart(t *testing.T) {
	t.Parallel()
	ordered := []version{{1, 9, 9}, {1, 26, 0}, {1, 26, 8}, {20, 9, 0}, {20, 19, 0}}
	for i, a := range ordered {
		for j, b := range ordered {
			if got, want := a.before(b), i < j; got != want {
				t.Errorf("%v before %v = %v, want %v", a, b, got, want)
			}
		}
	}
}

func TestNotInstalledBelievesOnlyInstalled(t *testing.T) {
	t.Parallel()
	out := "gcc installed\nxvfb config-files\npkg-config not-installed\n\nhalf-line"
	got := notInstalled([]string{"gcc", "xvfb", "pkg-config", "unheard-of"}, out)
	want := []string{"xvfb", "pkg-config", "unheard-of"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("missing packages (-want +got):\n%s", diff)
	}
}

func TestFingerprintChangesWithNamesAndContents(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, content string) {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	take := func() string {
		t.Helper()
		sum, err := fingerprint([]string{"made"}, dir, filepath.Join(dir, "later"))
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	seen := []string{take()}
	differs := func(what string) {
		t.Helper()
		sum := take()
		if slices.Contains(seen, sum) {
			t.Errorf("%s left the fingerprint as it was", what)
		}
		seen = append(seen, sum)
	}
	write("a.ts", "one")
	differs("a new file")
	write("a.ts", "two")
	differs("new content")
	if err := os.Rename(filepath.Join(dir, "a.ts"), filepath.Join(dir, "b.ts")); err != nil {
		t.Fatal(err)
	}
	differs("a new name")
	write("later", "x")
	differs("a file that was missing")
	before := take()
	write("made/c.ts", "ignored")
	if take() != before {
		t.Error("a file in a skipped folder changed the fingerprint")
	}
}

func TestFirstScreenFollowsStaticImportsOnly(t *testing.T) {
	t.Parallel()
	got, err := firstScreen([]byte(`{
		"index.html": {"file": "a/index.js", "isEntry": true, "css": ["a/index.css"], "imports": ["_shared.js", "_side.js"],
			"dynamicImports": ["src/Chart.svelte"]},
		"_shared.js": {"file": "a/shared.js", "css": ["a/index.css"], "imports": ["_deep.js"]},
		"_side.js": {"file": "a/side.js"},
		"_deep.js": {"file": "a/deep.js", "imports": ["_shared.js"]},
		"src/Chart.svelte": {"file": "a/chart.js", "css": ["a/chart.css"], "isDynamicEntry": true}
	}`))
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(got)
	want := []string{"a/deep.js", "a/index.css", "a/index.js", "a/shared.js", "a/side.js"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	for _, bad := range []string{`{}`, `{"index.html": {"imports": ["_gone.js"]}}`, `page`} {
		if _, err := firstScreen([]byte(bad)); err == nil {
			t.Errorf("%s: no error", bad)
		}
	}
}

func TestDifferencesNameEachFile(t *testing.T) {
	t.Parallel()
	made := map[string][]byte{"same": []byte("1"), "changed": []byte("2"), "new": nil}
	committed := map[string][]byte{"same": []byte("1"), "changed": []byte("1"), "old": nil}
	got := differences(made, committed)
	want := []string{"left over: old", "missing:  new", "outdated: changed"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
}

func TestHasDisplay(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		goos, set string
		want      bool
	}{
		{"linux", "", false},
		{"linux", "DISPLAY", true},
		{"linux", "WAYLAND_DISPLAY", true},
		{"windows", "", true},
		{"darwin", "", true},
	} {
		got := hasDisplay(tt.goos, func(name string) string {
			if name == tt.set {
				return ":0"
			}
			return ""
		})
		if got != tt.want {
			t.Errorf("hasDisplay(%s, %q set) = %v, want %v", tt.goos, tt.set, got, tt.want)
		}
	}
}

func TestRunAllRunsEveryStepAndCounts(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	ran := ""
	steps := []step{
		{name: "good", run: func(_ context.Context, rep *report) error {
			ran += "1"
			rep.printf("quiet")
			return nil
		}},
		{name: "bad", run: func(_ context.Context, rep *report) error {
			ran += "2"
			rep.printf("what went wrong\n")
			return errors.New("broken")
		}},
		{name: "suite", run: func(_ context.Context, rep *report) error {
			ran += "3"
			rep.passed, rep.failed, rep.names = 40, 2, []string{"one", "another"}
			return nil
		}},
		{name: "away", run: func(_ context.Context, rep *report) error {
			ran += "4"
			rep.skipped = "nobody answers"
			return nil
		}},
	}
	err := runAll(t.Context(), &terminal{w: &out}, steps)
	if !errors.Is(err, errStepFailed) {
		t.Errorf("error = %v, want errStepFailed", err)
	}
	if ran != "1234" {
		t.Errorf("ran %q, want every step", ran)
	}
	text := out.String()
	if !strings.HasSuffix(text, "\n41 passed, 3 failed, 1 skipped\n") {
		t.Errorf("last line of:\n%s", text)
	}
	if !strings.Contains(text, "\nsuite:\n  one\n  another\n") {
		t.Errorf("the failed tests are not named in:\n%s", text)
	}
	if !strings.Contains(text, "    what went wrong\n    broken\n") || strings.Contains(text, "quiet") {
		t.Errorf("only what a failed step printed should show:\n%s", text)
	}
	if !strings.Contains(text, "[4/4] away … 0 s, skipped: nobody answers\n") || !strings.Contains(text, "\naway was skipped: nobody answers\n") {
		t.Errorf("a step that checked nothing is not told in:\n%s", text)
	}
	if !strings.Contains(text, "[2/4] bad … 0 s – failed\n") {
		t.Errorf("no line of the second step in:\n%s", text)
	}
}

func TestRunStepsStopsAtTheFirstFailure(t *testing.T) {
	t.Parallel()
	later := false
	err := runSteps(t.Context(), &terminal{w: &bytes.Buffer{}}, []step{
		{name: "bad", run: func(context.Context, *report) error { return errors.New("broken") }},
		{name: "later", run: func(context.Context, *report) error { later = true; return nil }},
	})
	if !errors.Is(err, errStepFailed) || later {
		t.Errorf("error = %v, later step ran = %v; want errStepFailed, false", err, later)
	}
}

func TestStepEndsAtItsLimit(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	err := runSteps(t.Context(), &terminal{w: &out}, []step{{name: "slow", limit: time.Millisecond,
		run: func(ctx context.Context, _ *report) error { <-ctx.Done(); return ctx.Err() }}})
	if !errors.Is(err, errStepFailed) || !strings.Contains(out.String(), "stopped after") {
		t.Errorf("error = %v, output:\n%s", err, out.String())
	}
}

func TestClock(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0:                        "0 s",
		1400 * time.Millisecond:  "1 s",
		59600 * time.Millisecond: "1 min 0 s",
		125 * time.Second:        "2 min 5 s",
	} {
		if got := clock(d); got != want {
			t.Errorf("clock(%s) = %q, want %q", d, got, want)
		}
	}
}

func TestReportKeepsTheEnd(t *testing.T) {
	t.Parallel()
	rep := &report{}
	for range 3 * maxOutput {
		rep.printf("x")
	}
	rep.printf("the end")
	got := rep.output()
	if len(got) > maxOutput+len("[…]\n") || !strings.HasSuffix(got, "the end") || !strings.HasPrefix(got, "[…]\n") {
		t.Errorf("kept %d bytes, from %q to %q", len(got), got[:8], got[len(got)-8:])
	}
}

func TestErrandIsWaitedFor(t *testing.T) {
	t.Parallel()
	p, broken := &project{}, errors.New("broken")
	hold := make(chan struct{})
	e, rep := &errand{run: func(_ context.Context, rep *report) error {
		<-hold
		rep.printf("what went wrong\n")
		return broken
	}}, &report{}
	p.begin(t.Context(), e)
	ended, stop := context.WithCancel(t.Context())
	stop()
	if err := e.finish(ended, rep); !errors.Is(err, context.Canceled) {
		t.Errorf("a wait that is given up: %v, want canceled", err)
	}
	close(hold)
	if err := e.finish(t.Context(), rep); !errors.Is(err, broken) || rep.output() != "what went wrong\n" {
		t.Errorf("finish = %v with %q, want its error and output", err, rep.output())
	}
	p.beside.Wait()
}

func TestErrandThatWasNotBegunIsRun(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	e := &errand{run: func(context.Context, *report) error { return broken }}
	if err := e.finish(t.Context(), &report{}); !errors.Is(err, broken) {
		t.Errorf("finish = %v, want its error", err)
	}
}

func TestReportTakesOverAnother(t *testing.T) {
	t.Parallel()
	rep, other := &report{passed: 2, names: []string{"a"}}, &report{passed: 3, failed: 1, names: []string{"b"}}
	other.printf("what went wrong\n")
	rep.add(other)
	if rep.passed != 5 || rep.failed != 1 || !slices.Equal(rep.names, []string{"a", "b"}) || rep.output() != "what went wrong\n" {
		t.Errorf("%d passed, %d failed, %q, %q", rep.passed, rep.failed, rep.names, rep.output())
	}
}
