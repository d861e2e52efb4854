package app

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"wapdesk/app/profile"
)

// TestNothingIsCalledEmptyWhileItIsBeingOpened: a window asks before its profile is open.
func TestNothingIsCalledEmptyWhileItIsBeingOpened(t *testing.T) {
	t.Parallel()
	a := New(profile.NewManager(profile.Options{DataDir: t.TempDir()}))
	mode := func() string {
		state, err := (&Session{a}).State()
		if err != nil {
			t.Fatal(err)
		}
		return state.Mode
	}
	opened := a.Opens()
	if got := mode(); got != "opening" {
		t.Errorf("mode is %q while the profile is being opened, want opening", got)
	}
	opened()
	if got := mode(); got != "firstrun" {
		t.Errorf("mode is %q without a profile, want firstrun", got)
	}
}

// TestAReloadWhileAnotherProfileOpensDoesNotOfferToConnect: opening one closes the one before.
func TestAReloadWhileAnotherProfileOpensDoesNotOfferToConnect(t *testing.T) {
	t.Parallel()
	modes := map[string]bool{}
	var a *App
	reloads := false
	profiles := profile.NewManager(profile.Options{DataDir: t.TempDir(), Now: func() time.Time {
		if reloads { // the clock is read while the profile is being opened, too
			reloads = false
			state, err := (&Session{a}).State()
			if err != nil {
				t.Error(err)
			}
			modes[state.Mode] = true
			reloads = len(modes) < 2 && state.Mode != "opening"
		}
		return time.Now()
	}})
	a = New(profiles)
	t.Cleanup(func() {
		if err := profiles.Close(); err != nil {
			t.Error(err)
		}
	})
	path := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(path, []byte("Time;Queue;User;Title\r\n2026-11-02 09:05:07;A;Anna;x\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	reloads = true
	if _, err := a.OpenOrAsk(path, ""); err != nil {
		t.Fatal(err)
	}
	if !modes["opening"] {
		t.Errorf("modes while a profile was being opened: %v, want opening among them", modes)
	}
}
