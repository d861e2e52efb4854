// Package lock asks for a PIN before anything stored is shown.
//
// It keeps out who sits down at an unlocked computer. It is no encryption: a program of the same user can
// still read the files, and remove the mark that turns the lock on.
package lock

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"github.com/gofrs/flock"

	"wapdesk/app/secret"
	"wapdesk/store/durable"
	"wapdesk/store/private"
)

const (
	service = "Wapdesk lock"
	// markFile says that the folder is locked. It holds nothing: who copies the folder elsewhere gets no PIN
	// to try.
	markFile = ".lock"

	minLength = 4 // characters
	maxLength = 64
	// freeTries are wrong PINs that nobody waits after: a slip of the fingers is none of an attacker.
	freeTries = 5
	firstWait = 30 * time.Second // doubles with each wrong PIN
	longest   = 15 * time.Minute
)

// What callers tell apart.
var (
	// ErrWrong says that the PIN is another.
	ErrWrong = errors.New("wrong PIN")
	// ErrLength says that a PIN is shorter than 4 or longer than 64 characters.
	ErrLength = errors.New("PIN too short or too long")
	// ErrLost says that the folder is locked and the keyring has no PIN for it, as after a move to another computer.
	ErrLost = errors.New("no PIN in the keyring")
	// ErrNoKeyring says that no keyring takes the PIN, or that it does not answer: what lies beside that which it locks
	// would be no PIN.
	ErrNoKeyring = errors.New("no keyring for the PIN")
)

// WaitError says that too many wrong PINs were given.
type WaitError struct{ For time.Duration }

func (e *WaitError) Error() string { return fmt.Sprintf("wait %s", e.For) }

// cost is the second choice that RFC 9106 recommends: 64 MiB, three passes.
var cost = argon2id.Params{Memory: 64 << 10, Iterations: 3, Parallelism: 4, SaltLength: 16, KeyLength: 32}

// Lock is the lock of one data folder. It is safe for concurrent use, by several processes too.
type Lock struct {
	folder string
	entry  secret.Entry
	now    func() time.Time
}

// New returns the lock of a data folder, which the keyring knows by a name.
func New(folder, name string, now func() time.Time) *Lock {
	return &Lock{folder: folder, entry: secret.Entry{Service: service, Name: name}, now: now}
}

// kept is what the keyring holds.
type kept struct {
	Hash  string `json:"hash"`  // Argon2id with its parameters and salt
	Wrong int    `json:"wrong"` // wrong PINs since the last right one; here, so that a new start does not forget them
	AtMs  int64  `json:"atMs"`  // of the last wrong one, UTC ms
}

// On reports whether the folder is locked.
func (l *Lock) On() bool {
	_, err := os.Stat(l.mark())
	return !errors.Is(err, fs.ErrNotExist)
}

// Set turns the lock on, or changes the PIN. ErrLength or ErrNoKeyring when it does not take it.
func (l *Lock) Set(pin string) error {
	if n := utf8.RuneCountInString(pin); n < minLength || n > maxLength {
		return ErrLength
	}
	hash, err := argon2id.CreateHash(pin, &cost)
	if err != nil {
		return fmt.Errorf("hash the PIN: %w", err)
	}
	if err := l.keep(kept{Hash: hash}); err != nil {
		return err
	}
	if err := private.Folder(l.folder); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	if err := durable.WriteBytes(l.mark(), 0o600, nil); err != nil {
		return fmt.Errorf("mark the folder as locked: %w", err)
	}
	return nil
}

// Check returns nil for the right PIN, ErrWrong for another, a WaitError while it is too early to try again, ErrLost when
// there is none to compare with and ErrNoKeyring when the keyring does not answer.
func (l *Lock) Check(pin string) (err error) {
	alone := flock.New(l.mark())
	if err := alone.Lock(); err != nil {
		return fmt.Errorf("wait for the lock: %w", err)
	}
	defer func() { err = errors.Join(err, alone.Unlock()) }()
	text, err := l.entry.Get()
	if errors.Is(err, secret.ErrNone) {
		return ErrLost
	}
	if err != nil {
		return ErrNoKeyring
	}
	var k kept
	if json.Unmarshal([]byte(text), &k) != nil {
		return ErrLost
	}
	if left := k.wait(l.now()); left > 0 {
		return &WaitError{For: left}
	}
	// Counted before it is compared: who ends the program in between has not tried for nothing.
	tried := kept{Hash: k.Hash, Wrong: k.Wrong + 1, AtMs: l.now().UnixMilli()}
	if err := l.keep(tried); err != nil {
		return err
	}
	same, err := argon2id.ComparePasswordAndHash(pin, k.Hash)
	if err != nil {
		return ErrLost
	}
	if !same {
		return ErrWrong
	}
	return l.keep(kept{Hash: k.Hash})
}

// wait is how long it is until a PIN may be tried again. A clock that was put back makes nobody wait longer than
// the rule says.
func (k kept) wait(now time.Time) time.Duration {
	if k.Wrong < freeTries {
		return 0
	}
	rule := longest
	if doubled := k.Wrong - freeTries; doubled < 6 {
		rule = min(longest, firstWait<<doubled)
	}
	return min(rule, time.UnixMilli(k.AtMs).Add(rule).Sub(now))
}

// Remove turns the lock off. What could not be taken out of the keyring is secret.ErrNotForgotten; the lock is off
// all the same.
func (l *Lock) Remove() error {
	if err := os.Remove(l.mark()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("turn the lock off: %w", err)
	}
	return l.entry.Forget()
}

func (l *Lock) keep(k kept) error {
	text, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("keep the PIN: %w", err)
	}
	if err := l.entry.Put(string(text)); err != nil {
		return ErrNoKeyring
	}
	return nil
}

func (l *Lock) mark() string { return filepath.Join(l.folder, markFile) }
