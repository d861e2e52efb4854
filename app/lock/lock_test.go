package lock_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"wapdesk/app/lock"
)

// newLock is a lock whose clock stands still, beside an empty keyring of the test's own.
func newLock(t *testing.T) (l *lock.Lock, folder string, now *time.Time) {
	t.Helper()
	keyring.MockInit()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere") // the mock stands in for what would answer there
	folder = filepath.Join(t.TempDir(), "data")
	clock := time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)
	return lock.New(folder, "folder", func() time.Time { return clock }), folder, &clock
}

func TestOnlyTheRightPINOpens(t *testing.T) {
	l, folder, _ := newLock(t)
	if l.On() {
		t.Fatal("locked before a PIN was set")
	}
	if err := l.Set("čtyři"); err != nil || !l.On() {
		t.Fatalf("set: %v, on %v", err, l.On())
	}
	if err := l.Check("ctyri"); !errors.Is(err, lock.ErrWrong) {
		t.Errorf("another PIN: %v", err)
	}
	if err := l.Check("čtyři"); err != nil {
		t.Errorf("the PIN: %v", err)
	}
	if err := l.Set("5678"); err != nil {
		t.Fatal(err)
	}
	if err := l.Check("čtyři"); !errors.Is(err, lock.ErrWrong) {
		t.Errorf("the PIN before: %v", err)
	}
	if err := l.Remove(); err != nil || l.On() {
		t.Errorf("remove: %v, on %v", err, l.On())
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestAPINOfNoUseIsRefused(t *testing.T) {
	l, _, _ := newLock(t)
	for _, pin := range []string{"", "123", "ččč", strings.Repeat("1", 65)} {
		if err := l.Set(pin); !errors.Is(err, lock.ErrLength) || l.On() {
			t.Errorf("%q: %v, on %v", pin, err, l.On())
		}
	}
}

func TestWrongPINsMakeWait(t *testing.T) {
	l, folder, now := newLock(t)
	if err := l.Set("1234"); err != nil {
		t.Fatal(err)
	}
	waits := func() time.Duration {
		t.Helper()
		err := l.Check("0000")
		if wait, ok := errors.AsType[*lock.WaitError](err); ok {
			return wait.For
		}
		if !errors.Is(err, lock.ErrWrong) {
			t.Fatal(err)
		}
		return 0
	}
	for range 5 {
		if got := waits(); got != 0 {
			t.Fatalf("one of the first five waits %s", got)
		}
	}
	for _, want := range []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 15 * time.Minute, 15 * time.Minute} {
		if got := waits(); got != want {
			t.Errorf("waits %s, want %s", got, want)
		}
		// The right one has to wait as well, and a new start forgets nothing.
		again := lock.New(folder, "folder", func() time.Time { return *now })
		if _, early := errors.AsType[*lock.WaitError](again.Check("1234")); !early {
			t.Error("a new start forgets the wrong PINs")
		}
		*now = now.Add(want)
		if got := waits(); got != 0 {
			t.Fatalf("after its time it waits %s more", got)
		}
	}
	*now = now.Add(-48 * time.Hour)
	if got := waits(); got != 15*time.Minute {
		t.Errorf("a clock put back makes wait %s", got)
	}
	*now = now.Add(49 * time.Hour)
	if err := l.Check("1234"); err != nil {
		t.Fatal(err)
	}
	if got := waits(); got != 0 {
		t.Errorf("after the right PIN a slip waits %s", got)
	}
}

func TestWithoutAKeyringThereIsNoPIN(t *testing.T) {
	l, folder, now := newLock(t)
	if err := l.Set("1234"); err != nil {
		t.Fatal(err)
	}
	elsewhere := lock.New(folder, "another computer", func() time.Time { return *now })
	if err := elsewhere.Check("1234"); !errors.Is(err, lock.ErrLost) {
		t.Errorf("a folder that was copied elsewhere: %v", err)
	}
	keyring.MockInitWithError(errors.New("does not answer"))
	t.Cleanup(keyring.MockInit)
	if err := l.Check("1234"); !errors.Is(err, lock.ErrNoKeyring) {
		t.Errorf("check: %v", err)
	}
	free := lock.New(filepath.Join(folder, "free"), "free", func() time.Time { return *now })
	if err := free.Set("1234"); !errors.Is(err, lock.ErrNoKeyring) || free.On() {
		t.Errorf("set: %v, on %v", err, free.On())
	}
}

// TestNothingOfThePINIsKeptReadable looks at the folder and at what the keyring holds.
func TestNothingOfThePINIsKeptReadable(t *testing.T) {
	l, folder, _ := newLock(t)
	if err := l.Set("correct horse"); err != nil {
		t.Fatal(err)
	}
	kept, err := keyring.Get("Wapdesk lock", "folder")
	if err != nil || strings.Contains(kept, "correct horse") || !strings.Contains(kept, "$argon2id$") {
		t.Errorf("the keyring holds %q, %v", kept, err)
	}
	mark, err := os.ReadFile(filepath.Join(folder, ".lock"))
	if err != nil || len(mark) != 0 {
		t.Errorf("the folder holds %q, %v", mark, err)
	}
}
