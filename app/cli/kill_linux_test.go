package cli

import (
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"wapdesk/app/demo"
)

// sizeLimit bounds, in a child only, how large a file may become: what a full disk is to a
// program.
const sizeLimit = "WAPDESK_CLI_TEST_LIMIT"

func init() { //nolint:gochecknoinits // it has to act before the child's main
	limit, err := strconv.ParseUint(os.Getenv(sizeLimit), 10, 64)
	if err != nil {
		return
	}
	signal.Ignore(syscall.SIGXFSZ) // so that a write answers EFBIG
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
		panic(err)
	}
}

// exporting starts an export in a process of its own.
func exporting(t *testing.T, m *machine, out string, env ...string) (*exec.Cmd, *strings.Builder) {
	t.Helper()
	args := append(exportTo(out), "--time", "all", "--force")
	if strings.HasSuffix(out, ".xlsx") {
		args = append(args, "--sheets", "summary,activities,messages")
	}
	cmd := m.process(args...)
	cmd.Env = append(cmd.Env, env...)
	var errs strings.Builder
	cmd.Stderr = &errs
	return cmd, &errs
}

// TestKilledExportLeavesNothing ends the program at moments spread over a whole export, from
// its start to after its end: there is the old file or the new one, and nothing else.
func TestKilledExportLeavesNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 150, Days: 5}) // few, since each export is begun anew
	m := s.lead(t)
	m.ok("sync")
	for _, name := range []string{"x.xlsx", "x.jsonl"} {
		dir := t.TempDir()
		out := filepath.Join(dir, name)
		began := time.Now()
		cmd, errs := exporting(t, m, out)
		if err := cmd.Run(); err != nil {
			t.Fatalf("%v: %s", err, errs)
		}
		whole := time.Since(began)
		info, err := os.Stat(out)
		if err != nil {
			t.Fatal(err)
		}
		const moments = 7
		killed := 0
		for i := range moments {
			if err := os.WriteFile(out, []byte("old"), 0o600); err != nil {
				t.Fatal(err)
			}
			cmd, _ := exporting(t, m, out)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(whole * time.Duration(i) / (moments - 2))
			if err := cmd.Process.Kill(); err != nil && !strings.Contains(err.Error(), "finished") {
				t.Fatal(err)
			}
			if err := cmd.Wait(); err != nil {
				killed++
			}
			found := files(t, dir)
			if size := found["/"+name]; len(found) != 1 || size != 3 && size < info.Size()*9/10 {
				t.Errorf("killed at moment %d: %v, the whole file has %d bytes", i, found, info.Size())
			}
		}
		if killed == 0 {
			t.Errorf("%s: no export was killed", name)
		}
	}
	m.ok("list", "--time", "all") // the data are still whole
}

// TestFullDiskLeavesNothing lets the export run out of space.
func TestFullDiskLeavesNothing(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	m.ok("list") // whatever the sync left in the journal is in the data file now
	for name, old := range map[string]string{"x.csv": "", "x.xlsx": "the old file", "x.txt": "the old file", "x.jsonl": ""} {
		dir := t.TempDir()
		out := filepath.Join(dir, name)
		want := 0
		if old != "" {
			want = 1
			if err := os.WriteFile(out, []byte(old), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		cmd, errs := exporting(t, m, out, sizeLimit+"="+strconv.Itoa(64<<10))
		err := cmd.Run()
		if cmd.ProcessState.ExitCode() != exitFailed || !strings.Contains(errs.String(), "space") {
			t.Errorf("%s: %v, standard error %q", name, err, errs)
		}
		if found := files(t, dir); len(found) != want || old != "" && read(t, out) != old {
			t.Errorf("%s: left behind: %v", name, found)
		}
	}
}
