package measure

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"testing"
	"time"

	"wapdesk/store"
)

// The start is measured on this test binary, which runs itself again as a program that opens the
// file as Wapdesk does.
const (
	childFolder = "MEASURE_FOLDER"
	childBegan  = "MEASURE_BEGAN"
)

// start is what a start took, in milliseconds since the process was asked for, and what it left.
type start struct {
	TodayMs, ReadyMs, WarmMs, CPUMs, HeapMB float64
	Rows                                    int
}

func TestMain(m *testing.M) {
	if folder := os.Getenv(childCompact); folder != "" {
		if err := compactChild(store.Folder(folder)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	for name, run := range map[string]func(string) error{childServes: serveChild, childLoads: loadChild} {
		if what := os.Getenv(name); what != "" {
			if err := run(what); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			return
		}
	}
	if folder := os.Getenv(childFolder); folder != "" {
		run := child
		if into := os.Getenv(childExport); into != "" {
			run = func(folder store.Folder) error { return exportChild(folder, into) }
		}
		if err := run(store.Folder(folder)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// child opens the file, reads the first page of today from it, and waits for the list.
func child(folder store.Folder) error {
	nanos, err := strconv.ParseInt(os.Getenv(childBegan), 10, 64)
	if err != nil {
		return err
	}
	began := time.Unix(0, nanos)
	since := func() float64 { return float64(time.Since(began).Microseconds()) / 1000 }
	ctx := context.Background()
	db, err := store.Open(ctx, folder, store.Options{Now: clock})
	if err != nil {
		return err
	}
	var s start
	if _, _, err := db.Today(ctx, 200); err != nil {
		return err
	}
	s.TodayMs = since()
	<-db.ListReady()
	s.ReadyMs, s.CPUMs = since(), processorMs()
	if err := db.ListErr(); err != nil {
		return err
	}
	if err := db.List().Warm(ctx); err != nil {
		return err
	}
	s.WarmMs, s.Rows = since(), *rows
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	s.HeapMB = float64(m.HeapAlloc) / 1e6
	if err := json.NewEncoder(os.Stdout).Encode(s); err != nil {
		return err
	}
	return db.Close()
}

func measureStart(b *testing.B, folder store.Folder) start {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childFolder+"="+string(folder), childBegan+"="+strconv.FormatInt(time.Now().UnixNano(), 10))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		b.Fatal(err)
	}
	var s start
	if err := json.Unmarshal(out, &s); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return s
}
