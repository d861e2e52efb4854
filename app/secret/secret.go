// Package secret keeps access tokens in the system's keyring, one for each profile.
//
// Where a computer has no keyring (a server without a desktop session) a token is kept only when
// the person said yes to a file in the profile's folder that only its owner can read.
package secret

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/zalando/go-keyring"

	"wapdesk/store/durable"
	"wapdesk/store/private"
)

const (
	service  = "Wapdesk"
	fileName = "token"
	// patience is how long a keyring may take; a locked one can ask and never answer.
	patience = 3 * time.Second
)

// What callers tell apart.
var (
	// ErrNone says that nothing is kept for a profile.
	ErrNone = errors.New("no token kept")
	// ErrNoKeyring says that no keyring took the token, and that it is kept nowhere.
	ErrNoKeyring = errors.New("no keyring to keep the token in")
	// ErrNotForgotten says that a token may still be in the keyring.
	ErrNotForgotten = errors.New("the keyring did not forget the token")
)

var (
	errSlow  = errors.New("keyring did not answer")
	errNoBus = errors.New("no session bus")
)

// Kept says where a token was put.
type Kept int

// The places.
const (
	InKeyring Kept = iota
	InFile
	Nowhere
)

// Keeper keeps the tokens of profiles.
type Keeper struct {
	// Folder gives the profile's folder.
	Folder func(profile string) string
}

// Put keeps a token and says where. inFile is the person's yes to a file where no keyring takes
// it; without it the error is ErrNoKeyring.
func (k Keeper) Put(profile, token string, inFile bool) (Kept, error) {
	err := timed(func() error { return keyring.Set(service, profile, token) })
	if err == nil {
		return InKeyring, k.removeFile(profile)
	}
	if !inFile {
		return Nowhere, ErrNoKeyring
	}
	path := k.path(profile)
	if err := private.Folder(filepath.Dir(path)); err != nil {
		return InFile, fmt.Errorf("make the profile's folder: %w", err)
	}
	if err := durable.WriteBytes(path, 0o600, []byte(token)); err != nil {
		return InFile, fmt.Errorf("keep the token: %w", err)
	}
	return InFile, nil
}

// Get returns the token of a profile, or ErrNone.
func (k Keeper) Get(profile string) (string, error) {
	if b, err := os.ReadFile(k.path(profile)); err == nil {
		return string(b), nil
	}
	var token string
	err := timed(func() error {
		t, err := keyring.Get(service, profile)
		token = t
		return err
	})
	if err != nil {
		return "", ErrNone
	}
	return token, nil
}

// Forget removes what is kept for a profile; nothing kept is no error, nor is having no keyring.
// ErrNotForgotten when there is one that failed, or did not answer in time.
func (k Keeper) Forget(profile string) error {
	err := timed(func() error { return keyring.Delete(service, profile) })
	if err == nil || errors.Is(err, keyring.ErrNotFound) || noKeyring(err) {
		return k.removeFile(profile)
	}
	return errors.Join(ErrNotForgotten, k.removeFile(profile))
}

// noKeyring reports whether no program on this computer keeps secrets.
func noKeyring(err error) bool {
	return errors.Is(err, errNoBus) || errors.Is(err, keyring.ErrUnsupportedPlatform) ||
		strings.Contains(err.Error(), "was not provided by any .service files") // what the session's bus says
}

func (k Keeper) path(profile string) string { return filepath.Join(k.Folder(profile), fileName) }

func (k Keeper) removeFile(profile string) error {
	if err := os.Remove(k.path(profile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove the kept token: %w", err)
	}
	return nil
}

// reachable reports whether asking the keyring can work. On Linux it is asked over the session's
// bus; without one the library would start a bus of its own, which then outlives us. The address
// "disabled:" is how a session says that it has no bus.
func reachable() bool {
	if runtime.GOOS != "linux" {
		return true
	}
	if address := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); address != "" {
		return address != "disabled:"
	}
	dir := os.Getenv("XDG_RUNTIME_DIR")
	if dir == "" {
		return false
	}
	_, err := os.Stat(filepath.Join(dir, "bus"))
	return err == nil
}

// timed runs f but does not wait for it longer than patience. The goroutine of a keyring
// that never answers is left behind: there is no way to stop it.
func timed(f func() error) error {
	if !reachable() {
		return errNoBus
	}
	done := make(chan error, 1)
	go func() { done <- f() }()
	select {
	case err := <-done:
		return err
	case <-time.After(patience):
		return errSlow
	}
}
