//go:build wine

package cli

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// console is a terminal of its own: what is written to the first file is typed at the second.
func console(t *testing.T) (keys, terminal *os.File) {
	t.Helper()
	open := func(path string) *os.File {
		file, err := os.OpenFile(path, os.O_RDWR|unix.O_NOCTTY, 0)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = file.Close() })
		return file
	}
	keys = open("/dev/ptmx")
	if err := unix.IoctlSetPointerInt(int(keys.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(int(keys.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	return keys, open(fmt.Sprint("/dev/pts/", number))
}

// TestWindowsInterrupt presses Ctrl+C at the console while the contact centre does not answer: Wine makes the event of it
// that a console of Windows would send.
func TestWindowsInterrupt(t *testing.T) {
	t.Parallel()
	url, token, reached := silent(t)
	m := bare(t)
	m.env["WAPDESK_URL"], m.env["WAPDESK_TOKEN"] = url, token
	keys, terminal := console(t)
	ended := make(chan outcome, 1)
	cmd := m.process("sync", "--deep")
	cmd.Stdin = terminal
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	go func() { ended <- captured(cmd) }()
	select {
	case <-reached:
	case got := <-ended:
		t.Fatalf("ended before: %+v", got)
	}
	if _, err := keys.WriteString("\x03"); err != nil {
		t.Fatal(err)
	}
	if got := <-ended; got.code != exitCancelled || !strings.Contains(got.stderr, "Cancelled") {
		t.Errorf("exit %d, %q; want exit %d and that it was cancelled", got.code, got.stderr, exitCancelled)
	}
}
