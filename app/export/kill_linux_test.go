package export

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"wapdesk/store/listing"
)

// The tests below need a process of their own to kill or to limit. They start the test
// binary again with this variable set to the path to write.
const childPath = "WAPDESK_EXPORT_CHILD"

func TestMain(m *testing.M) {
	if path := os.Getenv(childPath); path != "" {
		os.Exit(child(path))
	}
	os.Exit(m.Run())
}

// child writes a workbook without end, or until the limit on file sizes set by the
// parent. It tells on standard output how far it is.
func child(path string) int {
	signal.Ignore(syscall.SIGXFSZ) // so that a write answers EFBIG
	words := func(key string, _ ...string) string { return key }
	if strings.HasSuffix(path, "limited.csv") {
		limit := syscall.Rlimit{Cur: 1 << 20, Max: 1 << 20}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			fmt.Println(err)
			return 1
		}
	}
	req := Request{Format: Format(strings.TrimPrefix(filepath.Ext(path), ".")), Words: words, CSV: RFC4180()}
	rows := func(yield func(listing.Record, error) bool) {
		for i := 0; yield(one(i), nil); i++ {
		}
	}
	_, err := WriteFile(context.Background(), path, req, rows, func(rows int64) {
		if rows%(100*checkRows) == 0 {
			fmt.Println("rows", rows)
		}
	})
	if errors.Is(err, ErrFull) {
		fmt.Println("full")
		return 0
	}
	fmt.Println(err)
	return 1
}

func start(t *testing.T, path string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childPath+"="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewScanner(out)
}

func TestKilledExportLeavesNothing(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"killed.xlsx", "killed.csv"} {
		folder := t.TempDir()
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd, out := start(t, path)
		if !out.Scan() || !strings.HasPrefix(out.Text(), "rows ") {
			t.Fatalf("the child said %q", out.Text())
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err == nil {
			t.Error("the child was not killed")
		}
		if data, err := os.ReadFile(path); err != nil || string(data) != "old" {
			t.Errorf("the old file holds %q, %v", data, err)
		}
		onlyFile(t, folder, path)
	}
}

func TestLimitedFileSizeIsAFullDisk(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	cmd, out := start(t, filepath.Join(folder, "limited.csv"))
	last := ""
	for out.Scan() {
		last = out.Text()
	}
	if err := cmd.Wait(); err != nil || last != "full" {
		t.Errorf("the child said %q, %v", last, err)
	}
	onlyFile(t, folder, "")
}
