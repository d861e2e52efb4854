//go:build unix

package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"wapdesk/app/demo"
)

// childSignals makes the child send itself signals, as in "2,15@20ms": once the command has begun,
// after that time, and a moment after each other.
const childSignals = "WAPDESK_CLI_TEST_SIGNALS"

// betweenSignals is about as fast as a person presses Ctrl+C twice.
const betweenSignals = 20 * time.Millisecond

func init() { //nolint:gochecknoinits // it has to act before the child's main
	childGetenv = signalled(os.Getenv)
}

// signalled is the environment of a child whose command reads it first when it begins: only from then
// on a signal is the command's and not the runtime's.
func signalled(getenv func(string) string) func(string) string {
	text := os.Getenv(childSignals)
	if text == "" {
		return getenv
	}
	numbers, after, _ := strings.Cut(text, "@")
	delay, err := time.ParseDuration(after)
	if err != nil {
		panic(err)
	}
	send := func() {
		for number := range strings.SplitSeq(numbers, ",") {
			which := map[string]syscall.Signal{"int": syscall.SIGINT, "term": syscall.SIGTERM}[number]
			if err := syscall.Kill(os.Getpid(), which); err != nil {
				panic(err)
			}
			time.Sleep(betweenSignals)
		}
	}
	var once sync.Once
	return func(name string) string {
		once.Do(func() {
			if delay == 0 {
				send()
				return
			}
			go func() {
				time.Sleep(delay)
				send()
			}()
		})
		return getenv(name)
	}
}

// signal runs a command in a process of its own that gets signals, as in "int@20ms".
func (m *machine) signal(signals string, args ...string) outcome {
	m.t.Helper()
	var out, errs bytes.Buffer
	cmd := m.process(args...)
	cmd.Env = append(cmd.Env, childSignals+"="+signals)
	cmd.Stdout, cmd.Stderr = &out, &errs
	code := codeOf(cmd.Run())
	return outcome{code, out.String(), errs.String()}
}

// long is a command that may take long.
type long struct {
	args  []string // OUT stands for a file in a folder of its own
	alone bool     // it has nothing to do with what the machine has stored
	// undone checks what the command left where it was cancelled, done what it left where it was not.
	undone, done func(t *testing.T, m *machine, got outcome, out string)
}

// TestSignalsEndEveryCommand ends every command that may take long, with Ctrl+C before it has done
// anything, and with SIGTERM and with Ctrl+C twice on its way: it ends with 4 and says so, nothing is half
// made and nothing lost; or it was done before. (Those that ask a contact centre are elsewhere.)
func TestSignalsEndEveryCommand(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 150, Days: 5})
	origin := s.lead(t)
	origin.ok("sync")
	file := filepath.Join(t.TempDir(), "all.csv")
	origin.ok("export", "--time", "all", "--out", file)
	everything := origin.ok(whole...)
	gone := origin.anonymised()

	same := func(t *testing.T, m *machine, got outcome, _ string) {
		t.Helper()
		if got.code != exitDone && got.stdout != "" && !got.stopped() {
			t.Errorf("standard output %.200q, want none", got.stdout)
		}
		if m.ok(whole...) != everything {
			t.Error("what is stored is not what it was")
		}
	}
	export := func(args ...string) long {
		return long{
			args: append([]string{"export", "--time", "all", "--out", "OUT"}, args...),
			undone: func(t *testing.T, _ *machine, got outcome, out string) {
				t.Helper()
				if left := files(t, filepath.Dir(out)); len(left) != 0 && !got.stopped() { // it may have been whole already
					t.Errorf("left behind: %v", left)
				}
			},
			done: func(t *testing.T, _ *machine, got outcome, out string) {
				t.Helper()
				if left := files(t, filepath.Dir(out)); len(left) != 1 || left["/"+filepath.Base(out)] == 0 || got.stdout != "Rows written: 150\n" {
					t.Errorf("%q and the files %v", got.stdout, left)
				}
			},
		}
	}
	served := func(t *testing.T, _ *machine, got outcome, _ string) {
		t.Helper()
		if got.stderr != "Stopped.\n" {
			t.Errorf("standard error %q, want a word", got.stderr)
		}
	}
	unserved := func(t *testing.T, _ *machine, got outcome, _ string) {
		t.Helper()
		if got.stdout != "" && !got.stopped() {
			t.Errorf("%q was printed", got.stdout)
		}
	}
	for name, c := range map[string]long{
		"list":   {args: whole, undone: same, done: same},
		"ledger": {args: []string{"ledger", "--json"}, undone: same, done: same},
		"csv":    export("--format", "csv"),
		"xlsx":   export("--format", "xlsx", "--sheets", "summary,activities,messages"),
		"pdf":    export("--transcript", "pdf"),
		"jsonl":  export("--transcript", "jsonl"),
		"open": {
			args: []string{"open", file, "--json"}, alone: true,
			undone: func(t *testing.T, m *machine, got outcome, _ string) {
				t.Helper()
				if left := files(t, m.dir); len(left) != 0 && !got.stopped() {
					t.Errorf("left behind: %v", left)
				}
			},
			done: func(t *testing.T, m *machine, got outcome, _ string) {
				t.Helper()
				var report struct{ Profile string }
				decodeOne(t, got.stdout, &report)
				if n := m.ok("--profile", report.Profile, "list", "--time", "all", "--count"); n != "150\n" {
					t.Errorf("%q rows", n)
				}
			},
		},
		"demo": {
			args: []string{"--demo", "list", "--time", "all", "--count"}, alone: true,
			undone: func(t *testing.T, m *machine, _ outcome, _ string) {
				t.Helper()
				m.fails(exitFailed, "list") // it is not taken for the lead's
			},
			done: func(t *testing.T, m *machine, _ outcome, _ string) {
				t.Helper()
				m.fails(exitFailed, "list")
			},
		},
		"anonymise": {
			args: []string{"anonymise", "--time", "all", "--yes", "--json"},
			undone: func(t *testing.T, m *machine, got outcome, _ string) {
				t.Helper()
				n := m.anonymised()
				// Those that were before are counted as far as it had come to them.
				said := n == gone && strings.Contains(got.stderr, "Cancelled. Nothing")
				for count := max(n-gone, 1); count <= n; count++ {
					said = said || strings.Contains(got.stderr, fmt.Sprintf("Anonymised so far: %d of 150,", count))
				}
				if !got.stopped() && (got.stdout != "" || !said) {
					t.Errorf("%d are anonymised, %d were before, but it says %q", n, gone, got.stderr)
				}
			},
			done: func(t *testing.T, m *machine, _ outcome, _ string) {
				t.Helper()
				if n := m.anonymised(); n != 150 {
					t.Errorf("%d are anonymised", n)
				}
			},
		},
		"retention": {
			args: []string{"retention", "--days", "2", "--json"},
			undone: func(t *testing.T, m *machine, got outcome, _ string) {
				t.Helper()
				var kept struct{ Days *int }
				m.json(&kept, "retention")
				if set := kept.Days != nil; !got.stopped() && set == strings.Contains(got.stderr, "Nothing was left") {
					t.Errorf("the days kept are set: %v, but it says %q", set, got.stderr)
				}
			},
			done: func(t *testing.T, m *machine, _ outcome, _ string) {
				t.Helper()
				var kept struct{ Days, Interactions int }
				if m.json(&kept, "retention"); kept.Days != 2 || kept.Interactions != 0 {
					t.Errorf("kept: %+v", kept)
				}
			},
		},
		"wipe": {
			args: []string{"wipe", "--yes", "--json"}, undone: same,
			done: func(t *testing.T, m *machine, got outcome, _ string) {
				t.Helper()
				if left := m.profiles(); len(left) != 0 || !strings.Contains(got.stdout, `"wiped":true`) {
					t.Errorf("%q, left behind: %v", got.stdout, left)
				}
			},
		},
		"serve":       {args: []string{"serve"}, undone: unserved, done: served},
		"demo-server": {args: []string{"demo-server", "--interactions", "100"}, alone: true, undone: unserved, done: served},
	} {
		t.Run(name, func(t *testing.T) {
			for _, signals := range []string{"int@0s", "term@90ms", "int,int@60ms"} {
				m := bare(t)
				if m.env["WAPDESK_NOW"] = noon().Format(time.RFC3339); !c.alone {
					m = s.lead(t)
					if err := os.CopyFS(m.dir, os.DirFS(origin.dir)); err != nil {
						t.Fatal(err)
					}
				}
				out := filepath.Join(t.TempDir(), "file")
				args := slices.Clone(c.args)
				if i := slices.Index(args, "OUT"); i >= 0 {
					args[i] = out
				}
				got := m.signal(signals, args...)
				switch {
				case got.code == exitDone && signals != "int@0s":
					c.done(t, m, got, out)
				case got.code == exitCancelled:
					if !strings.Contains(got.stderr, "Cancelled") && !got.stopped() {
						t.Errorf("no word of it: %q", got.stderr)
					}
					c.undone(t, m, got, out)
				default:
					t.Errorf("exit %d, standard error %q", got.code, got.stderr)
				}
				if t.Failed() {
					t.Fatalf("with %s", signals)
				}
			}
		})
	}
}

// stopped reports whether the second Ctrl+C ended the program wherever it was.
func (o outcome) stopped() bool { return strings.Contains(o.stderr, "Stopped at once") }
