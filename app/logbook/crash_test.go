package logbook

import (
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// crashing names the folder of a program that is to crash, and why.
const crashing = "WAPDESK_LOGBOOK_TEST_CRASH"

func TestMain(m *testing.M) {
	if why, folder, ok := strings.Cut(os.Getenv(crashing), "@"); ok {
		if err := New().Open(folder); err != nil {
			panic(err)
		}
		crash(why)
		select {}
	}
	os.Exit(m.Run())
}

// crash ends the program from where nothing recovers.
func crash(why string) {
	go func() {
		if why == "index" {
			println(os.Args[1])
		}
		panic(why)
	}()
}

// TestACrashIsInTheLog ends programs by panics of a goroutine: the next start has each with its stack in the log, and
// nothing of what the panic was given.
func TestACrashIsInTheLog(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for why, cause := range map[string]string{"index": `cause="panic: runtime error: index out of range`, "Jana Nováková": "cause=panic"} {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), crashing+"="+why+"@"+folder)
		if out, err := cmd.CombinedOutput(); err == nil {
			t.Fatalf("it did not crash: %s", out)
		}
		b := New()
		open(t, b, folder)
		slog.New(b.Handler()).Info("goes on")
		tail, err := Tail(folder, 2)
		if err != nil || len(tail) != 2 || !strings.Contains(tail[0], "the program crashed") || !strings.Contains(tail[0], cause) || !strings.Contains(tail[0], "logbook.crash") {
			t.Errorf("%s: %q, %v", why, tail, err)
		}
		if strings.Contains(strings.Join(tail, ""), "Jana") {
			t.Errorf("the log says %q", tail)
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}
	if left, err := filepath.Glob(filepath.Join(folder, "*")); err != nil || len(left) != 1 {
		t.Errorf("left beside the log: %v, %v", left, err)
	}
}
