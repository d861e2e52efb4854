package cli

import (
	"bufio"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wapdesk/store"
)

// screens opens the machine's profile in a process that serves the screens, and gives a
// function that ends it.
func (m *machine) screens() (end func()) {
	m.t.Helper()
	cmd := m.process("serve")
	out, err := cmd.StdoutPipe()
	if err != nil {
		m.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		m.t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || !strings.HasPrefix(line, "http://127.0.0.1:") {
		m.t.Fatalf("serve printed %q (%v)", line, err)
	}
	return func() {
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			m.t.Error(err)
		}
		if err := cmd.Wait(); err != nil {
			m.t.Errorf("serve ended with %v", err)
		}
	}
}

// TestReadingBesideTheScreens reads a profile that another process has open, and is refused
// every change of it.
func TestReadingBesideTheScreens(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		return // a process cannot send Ctrl+C to another there
	}
	_, m := synced(t)
	m.env["WAPDESK_URL"], m.env["WAPDESK_TOKEN"] = "", "" // the profile alone: nothing syncs meanwhile
	want := m.listed("--time", "all")
	shown := m.ok("show", want[0], "--json")
	end := m.screens()

	if diff := cmp.Diff(want, m.listed("--time", "all")); diff != "" {
		t.Errorf("the list beside the screens (-want +got):\n%s", diff)
	}
	if got := m.ok("show", want[0], "--json"); got != shown {
		t.Errorf("details beside the screens: %.300s", got)
	}
	out := filepath.Join(t.TempDir(), "beside.csv")
	m.ok("export", "--out", out, "--time", "all")
	for _, args := range [][]string{{"changes", "--json"}, {"rights", "--json"}, {"anonymise", want[0], "--json"}} {
		m.ok(args...)
	}
	for _, args := range [][]string{
		{"sync"}, {"anonymise", want[0], "--yes"}, {"contact", "add", "--lastname", "Nová"}, {"wipe", "--yes"}, {"pair", "a", "b"},
	} {
		if line := m.fails(exitFailed, args...); !strings.Contains(line, "another Wapdesk") {
			t.Errorf("%v: %q", args, line)
		}
	}
	end()
	db, err := store.Open(t.Context(), store.Folder(m.profileDir()), store.Options{NoList: true})
	if err != nil {
		t.Fatal(err)
	}
	logged, err := db.Exports(t.Context())
	if err != nil || len(logged) != 1 || logged[0].Path != out {
		t.Errorf("the log of exports holds %v (%v), want %s", logged, err, out)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, m.listed("--time", "all")); diff != "" {
		t.Errorf("the list afterwards (-want +got):\n%s", diff)
	}
}
