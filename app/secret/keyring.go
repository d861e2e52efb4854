package secret

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/zalando/go-keyring"
)

// patience is how long a keyring may take; a locked one can ask and never answer.
const patience = 3 * time.Second

var (
	errSlow  = errors.New("keyring did not answer")
	errNoBus = errors.New("no session bus")
)

// Entry is a secret text in the system's keyring, and nowhere else.
type Entry struct{ Service, Name string }

// Put keeps a text in the place of what was there; ErrNoKeyring when no keyring took it.
func (e Entry) Put(text string) error {
	if err := timed(func() error { return keyring.Set(e.Service, e.Name, text) }); err != nil {
		return fmt.Errorf("%w: %w", ErrNoKeyring, err)
	}
	return nil
}

// Get returns the text: ErrNone when the keyring has none, ErrNoKeyring when it cannot be asked or did not answer.
func (e Entry) Get() (string, error) {
	// The keyring may answer after the waiting has ended: nothing of that reaches the caller.
	answer := make(chan string, 1)
	err := timed(func() error {
		text, err := keyring.Get(e.Service, e.Name)
		answer <- text
		return err
	})
	switch {
	case err == nil:
		return <-answer, nil
	case errors.Is(err, keyring.ErrNotFound):
		return "", ErrNone
	}
	return "", fmt.Errorf("%w: %w", ErrNoKeyring, err)
}

// Forget removes the text; nothing kept is no error, nor is having no keyring. ErrNotForgotten when there is one that
// failed, or did not answer in time.
func (e Entry) Forget() error {
	err := timed(func() error { return keyring.Delete(e.Service, e.Name) })
	if err == nil || errors.Is(err, keyring.ErrNotFound) || noKeyring(err) {
		return nil
	}
	return ErrNotForgotten
}

// noKeyring reports whether no program on this computer keeps secrets.
func noKeyring(err error) bool {
	return errors.Is(err, errNoBus) || errors.Is(err, keyring.ErrUnsupportedPlatform) ||
		strings.Contains(err.Error(), "was not provided by any .service files") // what the session's bus says
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
