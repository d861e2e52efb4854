package cli

import (
	"errors"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"wapdesk/app/demo"
)

// TestATokenIsKeptInAFileOnlyWhenAsked runs by itself: the keyring is one for the whole process.
func TestATokenIsKeptInAFileOnlyWhenAsked(t *testing.T) {
	keyring.MockInitWithError(errors.New("locked"))
	t.Cleanup(keyring.MockInit)
	s := newSite(t, demo.Options{Interactions: -1})
	m := bare(t)
	holds := func() (found bool) {
		for path := range files(t, m.dir) {
			found = found || strings.Contains(read(t, m.dir+path), s.Token())
		}
		return found
	}
	line := m.failsWith(s.Token()+"\n", exitFailed, "connect", "--url", s.web.URL, "--token-stdin")
	if !strings.Contains(line, "--keep-token-in-file") {
		t.Errorf("%q does not say how to go on", line)
	}
	if found := files(t, m.dir); holds() || len(found) != 0 {
		t.Errorf("left behind: %v", found)
	}
	if got := m.run(s.Token()+"\n", "connect", "--url", s.web.URL, "--token-stdin", "--keep-token-in-file"); got.code != exitDone {
		t.Fatalf("with a yes: %+v", got)
	}
	if !holds() {
		t.Error("with a yes the token is nowhere")
	}
	// A keyring that fails may still hold one: the data goes, and what stays is said.
	if line := m.fails(exitFailed, "wipe", "--yes"); !strings.Contains(line, "keyring") {
		t.Errorf("%q does not say that the secret may still be kept", line)
	}
	if found := files(t, m.dir); len(found) != 0 {
		t.Errorf("left behind after wipe: %v", found)
	}
}

func TestDemoDataAsksNoKeyring(t *testing.T) {
	keyring.MockInitWithError(errors.New("a keyring that does not answer"))
	t.Cleanup(keyring.MockInit)
	m := bare(t)
	m.ok("--demo", "sync")
	m.ok("--demo", "wipe", "--yes")
}
