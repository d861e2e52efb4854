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

	"wapdesk/store/durable"
	"wapdesk/store/private"
)

const (
	service  = "Wapdesk"
	fileName = "token"
)

// What callers tell apart.
var (
	// ErrNone says that nothing is kept under a name.
	ErrNone = errors.New("no secret kept")
	// ErrNoKeyring says that no keyring took the token, and that it is kept nowhere.
	ErrNoKeyring = errors.New("no keyring to keep the token in")
	// ErrNotForgotten says that a token may still be in the keyring.
	ErrNotForgotten = errors.New("the keyring did not forget the token")
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
	err := k.entry(profile).Put(token)
	if err == nil {
		return InKeyring, k.removeFile(profile)
	}
	if !inFile {
		return Nowhere, err
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
	token, err := k.entry(profile).Get()
	if err != nil {
		return "", ErrNone
	}
	return token, nil
}

// Forget removes what is kept for a profile; nothing kept is no error, nor is having no keyring.
// ErrNotForgotten when there is one that failed, or did not answer in time.
func (k Keeper) Forget(profile string) error {
	return errors.Join(k.entry(profile).Forget(), k.removeFile(profile))
}

func (k Keeper) entry(profile string) Entry { return Entry{Service: service, Name: profile} }

func (k Keeper) path(profile string) string { return filepath.Join(k.Folder(profile), fileName) }

func (k Keeper) removeFile(profile string) error {
	if err := os.Remove(k.path(profile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove the kept token: %w", err)
	}
	return nil
}
