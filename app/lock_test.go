package app

import (
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/zalando/go-keyring"

	"wapdesk/app/profile"
)

// speaksLocked are calls that say nothing of what is stored, and so may answer without the PIN.
var speaksLocked = []string{
	"Lock.On", "Lock.Now", "Lock.Open", "Lock.Set", "Lock.Remove", "Lock.WipeAll",
	"Preferences.Get", "Preferences.Set", "Preferences.Licences", "Preferences.Guide",
	"Session.State", "Session.OpenLink", "Session.CopyText", "Session.Notify", "Session.Painted",
	"Session.OpenFile", "Session.OpenFileWith", "Reports.PickFolder", // the window's dialog comes first, and is not here
	"Erasure.Stop", "Exports.Cancel", "Interactions.Release", "Filters.Fields", // of nothing that is stored
}

// TestNoCallAnswersWhileLocked calls everything the page can.
func TestNoCallAnswersWhileLocked(t *testing.T) {
	keyring.MockInit()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere") // the mock stands in for what would answer there
	profiles := profile.NewManager(profile.Options{DataDir: filepath.Join(t.TempDir(), "data")})
	a := New(profiles)
	if err := profiles.SetPIN("", "1234"); err != nil {
		t.Fatal(err)
	}
	if err := profiles.LockNow(); err != nil {
		t.Fatal(err)
	}
	called := 0
	for name, target := range a.Bound() {
		for i := range reflect.TypeOf(target).NumMethod() {
			method := reflect.TypeOf(target).Method(i)
			if full := name + "." + method.Name; !slices.Contains(speaksLocked, full) {
				called++
				if err := callEmpty(reflect.ValueOf(target).Method(i)); AsErrorOrNil(err) == nil || AsError(err).Code != "locked" {
					t.Errorf("%s: %v, want that it is locked", full, err)
				}
			}
		}
	}
	if called < 60 {
		t.Errorf("only %d calls were tried", called)
	}
	state, err := (&Session{a}).State()
	if err != nil || state.Mode != "locked" || state.Company != "" || state.Profile != "" || state.UserName != "" || state.Open != "" {
		t.Errorf("%+v, %v", state, err)
	}
	// A link that comes meanwhile waits.
	a.SecondStart([]string{"wapdesk://acme.example/wap_1"})
	if err := (&Lock{a}).Open("1234"); err != nil {
		t.Fatal(err)
	}
	if err := callEmpty(reflect.ValueOf(&Ledger{a}).MethodByName("List")); errors.Is(err, profile.ErrLocked) {
		t.Error("still locked after the PIN")
	}
}

// callEmpty calls a method with empty arguments and returns its error.
func callEmpty(method reflect.Value) error {
	args := make([]reflect.Value, method.Type().NumIn())
	for i := range args {
		args[i] = reflect.New(method.Type().In(i)).Elem()
	}
	out := method.Call(args)
	err, _ := out[len(out)-1].Interface().(error)
	return err
}
