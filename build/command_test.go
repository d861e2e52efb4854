//go:build unix

package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestRunKeepsOutputAndNamesTheProgram(t *testing.T) {
	t.Parallel()
	p := &project{root: t.TempDir()}
	rep := &report{}
	err := p.run(t.Context(), rep, command{env: []string{"GREETING=hello"}, args: []string{"sh", "-c", "echo $GREETING; echo err >&2; exit 3"}})
	if err == nil || !strings.Contains(err.Error(), "sh -c: exit status 3") {
		t.Errorf("error = %v", err)
	}
	if out := rep.output(); !strings.Contains(out, "hello\nerr\n") {
		t.Errorf("output = %q", out)
	}
	if err := p.run(t.Context(), rep, command{args: []string{"no-such-program"}}); err == nil ||
		err.Error() != "no-such-program is not installed" {
		t.Errorf("error = %v", err)
	}
}

func TestCancelEndsAProgramAndItsChildren(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := &project{root: dir}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	// The grandchild tells that it was asked to end; the shell itself ignores it.
	script := `sh -c 'trap "echo asked > asked; exit" TERM; echo up > up; while :; do sleep 0.05; done' & trap "" TERM; wait; wait`
	go func() { done <- p.run(ctx, &report{}, command{args: []string{"sh", "-c", script}}) }()
	waitForFile(t, filepath.Join(dir, "up"))
	cancel()
	select {
	case err := <-done:
		if err == nil {
			t.Error("an ended program counts as good")
		}
	case <-time.After(4 * grace):
		t.Fatal("still running")
	}
	waitForFile(t, filepath.Join(dir, "asked"))
}

func TestLinesHandsOverEachLine(t *testing.T) {
	t.Parallel()
	p := &project{root: t.TempDir()}
	var got []string
	err := p.lines(t.Context(), &report{}, command{args: []string{"printf", `a\nb\nc`}}, func(line []byte) { got = append(got, string(line)) })
	if err != nil || strings.Join(got, "|") != "a|b|c" {
		t.Errorf("lines = %q, %v", got, err)
	}
}

func waitForFile(t *testing.T, name string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if _, err := os.Stat(name); err == nil {
			return
		}
	}
	t.Fatalf("%s did not appear", name)
}
