package cli

import (
	"errors"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"wapdesk/app/demo"
)

// TestALockedFolderShowsNothingWithoutThePIN tries every command: what opens stored data asks for the PIN, and all
// others say nothing of them.
func TestALockedFolderShowsNothingWithoutThePIN(t *testing.T) {
	_, m := synced(t)
	if out := m.run("4711\n", "lock", "--set", "--pin-stdin"); out.code != exitDone {
		t.Fatalf("%+v", out)
	}
	company, _, _ := strings.Cut(strings.TrimPrefix(m.env["WAPDESK_URL"], "http://"), ":")
	for _, args := range [][]string{
		{"list"},
		{"list", "--count"},
		{"summary"},
		{"targets"},
		{"show", "act1"},
		{"sync"},
		{"export", "--out", "x.csv"},
		{"anonymise", "x", "--yes"},
		{"changes"},
		{"person", "x"},
		{"ledger"},
		{"retention"},
		{"rights"},
		{"diagnostics"},
		{"wipe"},
		{"wipe", "--yes"},
		{"connect", "--url", "https://a.example", "--token-stdin"},
		{"open", "x.csv"},
		{"--demo", "list"},
	} {
		out := m.run("", args...)
		if out.code != exitFailed || !strings.Contains(out.stderr, "locked with a PIN") || out.stdout != "" || strings.Contains(out.stderr, company) {
			t.Errorf("%v: %+v", args, out)
		}
	}
	if out := m.run("0000\n", "list", "--count", "--pin-stdin"); out.code != exitFailed || !strings.Contains(out.stderr, "isn’t the PIN") {
		t.Errorf("a wrong PIN: %+v", out)
	}
	if out := m.run("", "list", "--count", "--pin-stdin"); out.code != exitUsage {
		t.Errorf("no PIN at all: %+v", out)
	}
	if out := m.run("4711\n", "list", "--count", "--time", "all", "--pin-stdin"); out.code != exitDone || strings.TrimSpace(out.stdout) == "0" {
		t.Errorf("the PIN: %+v", out)
	}
}

func TestThePINIsChangedAndTurnedOff(t *testing.T) {
	m := bare(t)
	on := func(want bool) {
		t.Helper()
		var got struct{ On bool }
		m.json(&got, "lock")
		if got.On != want {
			t.Errorf("on: %v, want %v", got.On, want)
		}
	}
	on(false)
	if line := m.failsWith("123\n", exitFailed, "lock", "--set", "--pin-stdin"); !strings.Contains(line, "4 to 64") {
		t.Errorf("too short: %q", line)
	}
	if line := m.fails(exitUsage, "lock", "--set"); !strings.Contains(line, "terminal") { // and nobody is at one
		t.Errorf("without a terminal: %q", line)
	}
	on(false)
	m.run("1234\n", "lock", "--set", "--pin-stdin")
	on(true)
	m.failsWith("0000\n5678\n", exitFailed, "lock", "--set", "--pin-stdin")
	if out := m.run("1234\n5678\n", "lock", "--set", "--pin-stdin"); out.code != exitDone {
		t.Errorf("%+v", out)
	}
	m.failsWith("1234\n", exitFailed, "lock", "--off", "--pin-stdin")
	if out := m.run("5678\n", "lock", "--off", "--pin-stdin"); out.code != exitDone {
		t.Errorf("%+v", out)
	}
	on(false)
	for _, args := range [][]string{{"lock", "--set", "--off"}, {"lock", "--off", "--forgotten"}, {"lock", "--yes"}} {
		m.fails(exitUsage, args...)
	}
}

// TestTheTokenFollowsThePIN connects over one standard input.
func TestTheTokenFollowsThePIN(t *testing.T) {
	s := newSite(t, demo.Options{Interactions: -1})
	m := bare(t)
	m.run("1234\n", "lock", "--set", "--pin-stdin")
	if out := m.run("1234\n"+s.Token()+"\n", "connect", "--url", s.web.URL, "--token-stdin", "--pin-stdin"); out.code != exitDone {
		t.Errorf("%+v", out)
	}
}

// TestAForgottenPINCostsWhatIsStored removes everything, and says so first.
func TestAForgottenPINCostsWhatIsStored(t *testing.T) {
	_, m := synced(t)
	m.run("4711\n", "lock", "--set", "--pin-stdin")
	if out := m.run("", "lock", "--forgotten"); out.code != exitDone || !strings.Contains(out.stderr, "--yes") {
		t.Errorf("without a yes: %+v", out)
	}
	if len(m.profiles()) == 0 {
		t.Fatal("without a yes the data went")
	}
	m.ok("lock", "--forgotten", "--yes")
	if left := m.profiles(); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	if out := m.run("", "list"); strings.Contains(out.stderr, "PIN") {
		t.Errorf("still locked: %+v", out)
	}
	// A lock that is not there is no excuse to remove anything.
	_, free := synced(t)
	free.ok("lock", "--forgotten", "--yes")
	if len(free.profiles()) == 0 {
		t.Error("data without a lock went")
	}
}

func TestAKeyringThatDoesNotAnswerKeepsTheLockShut(t *testing.T) {
	_, m := synced(t)
	m.run("4711\n", "lock", "--set", "--pin-stdin")
	keyring.MockInitWithError(errors.New("does not answer"))
	t.Cleanup(keyring.MockInit)
	if out := m.run("4711\n", "list", "--pin-stdin"); out.code != exitFailed || !strings.Contains(out.stderr, "keyring") || out.stdout != "" {
		t.Errorf("%+v", out)
	}
}
