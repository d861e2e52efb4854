package secret

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/zalando/go-keyring"
)

func keeper(t *testing.T) Keeper {
	t.Helper()
	root := t.TempDir()
	return Keeper{Folder: func(p string) string { return filepath.Join(root, p) }}
}

func TestTokenComesBackFromTheKeyring(t *testing.T) {
	keyring.MockInit()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere") // the mock stands in for what would answer there
	k := keeper(t)
	kept, err := k.Put("acme", "s3cret", false)
	if err != nil || kept != InKeyring {
		t.Fatalf("Put = %v, %v; want the keyring", kept, err)
	}
	if _, err := os.Stat(k.path("acme")); err == nil {
		t.Error("a file was written although the keyring took the token")
	}
	if got, err := k.Get("acme"); err != nil || got != "s3cret" {
		t.Errorf("Get = %q, %v", got, err)
	}
	if err := k.Forget("acme"); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Get("acme"); !errors.Is(err, ErrNone) {
		t.Errorf("after Forget: %v, want ErrNone", err)
	}
}

func TestTokenGoesToAPrivateFileWithoutAKeyring(t *testing.T) {
	keyring.MockInitWithError(errors.New("no keyring"))
	t.Cleanup(keyring.MockInit)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere") // the mock stands in for what would answer there
	k := keeper(t)
	if kept, err := k.Put("acme", "s3cret", false); !errors.Is(err, ErrNoKeyring) || kept != Nowhere {
		t.Fatalf("Put without a yes = %v, %v; want ErrNoKeyring", kept, err)
	}
	if _, err := os.Stat(k.path("acme")); err == nil {
		t.Fatal("a file was written without a yes")
	}
	kept, err := k.Put("acme", "s3cret", true)
	if err != nil || kept != InFile {
		t.Fatalf("Put = %v, %v; want the file", kept, err)
	}
	info, err := os.Stat(k.path("acme"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("file = %v, %v; want mode 0600", info, err)
	}
	if got, err := k.Get("acme"); err != nil || got != "s3cret" {
		t.Errorf("Get = %q, %v", got, err)
	}
	if err := k.Forget("acme"); !errors.Is(err, ErrNotForgotten) {
		t.Errorf("Forget with a keyring that fails = %v, want ErrNotForgotten", err)
	}
	if _, err := os.Stat(k.path("acme")); err == nil {
		t.Error("the file outlived Forget")
	}
}

func TestForgetWithoutASessionBusIsNoError(t *testing.T) {
	if runtime.GOOS != "linux" {
		return // the keyrings of other systems are not asked over a bus
	}
	keyring.MockInitWithError(errors.New("not to be asked"))
	t.Cleanup(keyring.MockInit)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
	k := keeper(t)
	if _, err := k.Put("acme", "s3cret", true); err != nil {
		t.Fatal(err)
	}
	if err := k.Forget("acme"); err != nil {
		t.Errorf("Forget without a session bus = %v", err)
	}
	if _, err := os.Stat(k.path("acme")); err == nil {
		t.Error("the file outlived Forget")
	}
}
