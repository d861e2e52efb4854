package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"
)

// The tests below run this test binary again as a child, which ends without warning in the middle
// of its work.
const (
	childFolder = "STORE_TEST_FOLDER"
	childWork   = "STORE_TEST_WORK"
	childExit   = 3
)

func TestMain(m *testing.M) {
	if folder := os.Getenv(childFolder); folder != "" {
		child(Folder(folder), os.Getenv(childWork))
		return
	}
	os.Exit(m.Run())
}

// child does what the work says: a step to end at while erasing and compacting, or "write".
func child(folder Folder, work string) {
	fail := func(err error) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	ctx := context.Background()
	db, err := Open(ctx, folder, Options{NoList: true, Now: func() time.Time { return noon }, stop: func(step string) {
		if step == work {
			os.Exit(childExit)
		}
	}})
	if err != nil {
		fail(err)
	}
	if work == "write" {
		for n := 0; ; n += 3 {
			w := Window{FromMs: ms(-time.Duration(n+2) * time.Hour), ToMs: ms(-time.Duration(n-1) * time.Hour), Full: true, Conversations: conversations(n, n+3)}
			if _, err := db.ApplyWindow(ctx, w); err != nil {
				fail(err)
			}
		}
	}
	if _, err := db.Erase(ctx, []Name{"wap_0001", "wap_0002"}, "x"); err != nil {
		fail(err)
	}
	if err := db.Compact(ctx, nil); err != nil {
		fail(err)
	}
}

func startChild(t testing.TB, folder Folder, work string) *exec.Cmd {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), childFolder+"="+string(folder), childWork+"="+work)
	command.Stderr = os.Stderr
	check(t, command.Start())
	return command
}

func TestAKillDuringAnErasureLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	for _, step := range []string{"erased", "truncated", "index rewritten", "copied", "swapped"} {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			folder := newFolder(t)
			db := openIn(t, folder)
			seeAll(t, db)
			plant(t, db, conversations(0, 6))
			closeTest(t, db)
			var exit *exec.ExitError
			if err := startChild(t, folder, step).Wait(); !errors.As(err, &exit) || exit.ExitCode() != childExit {
				t.Fatalf("the child ended with %v, want it to end at %q", err, step)
			}
			db = openIn(t, folder)
			if !db.CompactionDue() {
				t.Error("no compaction is due after the kill")
			}
			check(t, db.Compact(t.Context(), nil))
			if got := must(db.Stored(t.Context()))(t); got != 6 {
				t.Errorf("stored = %d, want 6", got)
			}
			sound(t, db)
			closeTest(t, db)
			markers := append(append(append([]string{}, customerOf(1).words...), customerOf(2).words...), customerOf(1).title, customerOf(2).number)
			if found := bytesHolding(t, folder, markers); len(found) > 0 {
				t.Errorf("remains: %q", found)
			}
		})
	}
}

func TestAKilledSyncLeavesWholeWindows(t *testing.T) {
	t.Parallel()
	for attempt := range 3 {
		t.Run(fmt.Sprint(attempt), func(t *testing.T) {
			t.Parallel()
			folder := newFolder(t)
			db := openIn(t, folder)
			seeAll(t, db)
			closeTest(t, db)
			command := startChild(t, folder, "write")
			time.Sleep(time.Duration(50+rand.IntN(300)) * time.Millisecond)
			check(t, command.Process.Kill())
			_ = command.Wait() // it was killed
			db = openIn(t, folder)
			defer closeTest(t, db)
			sound(t, db)
			hours := int64(0)
			for _, span := range must(db.Coverage(t.Context()))(t) {
				hours += (span.ToMs - span.FromMs) / time.Hour.Milliseconds()
			}
			if stored := must(db.Stored(t.Context()))(t); int64(stored) != hours {
				t.Errorf("%d interactions stored, %d hours covered: the two must go together", stored, hours)
			}
		})
	}
}

// sound checks the file and the search index.
func sound(t testing.TB, db *DB) {
	t.Helper()
	var verdict string
	check(t, db.files.write.QueryRow("PRAGMA integrity_check").Scan(&verdict))
	if verdict != "ok" {
		t.Errorf("integrity: %s", verdict)
	}
	rows, err := db.files.write.Query("PRAGMA foreign_key_check")
	check(t, each(rows, err, func(rowScanner) error { return errors.New("a foreign key leads nowhere") }))
	if _, err := db.files.write.Exec("INSERT INTO search (search) VALUES ('integrity-check')"); err != nil {
		t.Errorf("search index: %v", err)
	}
}
