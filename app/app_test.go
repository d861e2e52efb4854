package app

import (
	"testing"

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
