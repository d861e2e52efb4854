//go:build wine

package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// cut starts a command and ends its process after a part of the time that it takes.
func (m *machine) cut(after time.Duration, args ...string) {
	m.t.Helper()
	cmd := m.process(args...)
	if err := cmd.Start(); err != nil {
		m.t.Fatal(err)
	}
	time.Sleep(after)
	_ = cmd.Process.Kill() // it may have ended
	_ = cmd.Wait()
}

// TestWindowsKilledWork ends the program in the middle of exports and of an erasure. A file is the old one or whole;
// the next export takes what was left beside it, and the next erasure leaves nothing of the customer.
func TestWindowsKilledWork(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	m := c.site.lead(t)
	m.ok("sync")
	dir := t.TempDir()
	out := filepath.Join(dir, "x.xlsx")
	export := []string{"export", "--time", "all", "--force", "--sheets", "summary,activities,messages", "--out", drive(out)}
	began := time.Now()
	m.ok(export...)
	whole := time.Since(began)
	size := files(t, dir)["/x.xlsx"]
	const moments = 2 // each is a start of some seconds under Wine
	for i := range moments {
		if err := os.WriteFile(out, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		m.cut(whole*time.Duration(6+2*i)/10, export...)
		if left := files(t, dir)["/x.xlsx"]; left != 3 && left < size*9/10 {
			t.Errorf("killed at moment %d: the file has %d bytes, whole it has %d", i, left, size)
		}
	}
	for name := range files(t, dir) {
		old := time.Now().Add(-48 * time.Hour)
		if err := os.Chtimes(dir+name, old, old); err != nil {
			t.Fatal(err)
		}
	}
	m.ok(export...)
	if left := files(t, dir); len(left) != 1 {
		t.Errorf("left beside the export: %v", left)
	}

	c.mustBeStored(t, m)
	for i := range moments {
		m.cut(whole*time.Duration(6+2*i)/10, "anonymise", c.interaction, "--yes")
	}
	m.ok("anonymise", c.interaction, "--yes")
	c.mustBeGone(t, m, "after the next erasure")
	if n := m.ok("list", "--time", "all", "--count"); n != "120\n" {
		t.Errorf("%q interactions", n)
	}
}

// TestWindowsFilesInUse erases from a profile and wipes it while another program has its data file open: both say so and
// leave it, and it is wiped once that program has ended.
func TestWindowsFilesInUse(t *testing.T) {
	t.Parallel()
	m := small(t)
	sign := filepath.Join(t.TempDir(), "end")
	holder := exec.CommandContext(t.Context(), launcher[0], os.Getenv("WAPDESK_HOLDER"), drive(filepath.Join(m.profileDir(), "wapdesk.db")), drive(sign))
	said, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := said.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"anonymise", "--time", "all", "--yes"}, {"wipe", "--yes"}} {
		if line := m.fails(exitFailed, args...); !strings.Contains(line, "open in another program") {
			t.Errorf("%q does not say why: %s", args, line)
		}
	}
	if err := os.WriteFile(sign, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := holder.Wait(); err != nil {
		t.Error(err)
	}
	m.ok("wipe", "--yes")
	if left := files(t, m.dir); len(left) > 1 { // the list of erasures may stay
		t.Errorf("left behind: %v", left)
	}
}
