//go:build linux && e2e

package e2e

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// keyring starts the system's keyring on the bus, with an open collection of this home's own.
func (h *home) keyring(t *testing.T) {
	t.Helper()
	cmd := exec.Command("gnome-keyring-daemon", "--unlock", "--components=secrets")
	cmd.Env, cmd.Stdin = h.env, strings.NewReader("its own\n")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// A PIN that is set on the screen is asked for by the window, by its next start and by commands; it lies in the system's
// own keyring, with the access token of a connection.
func TestTheWindowAsksForThePIN(t *testing.T) {
	h := newHome(t)
	h.keyring(t)
	w := h.open(t, "--demo")
	w.listed()
	w.press(KeyAlt, "5")
	w.click("link", "^Data and privacy")
	w.click("button", "^Set a PIN")
	w.fill("textbox", "^New PIN$", "4711")
	w.fill("textbox", "^New PIN again$", "4711")
	w.click("button", "^Keep the PIN$")
	w.click("button", "^Lock now$")

	w.element("heading", "^Wapdesk is locked$")
	w.title("^Wapdesk$")
	w.missing("button", "^Lock now$")
	w.fill("textbox", "^PIN$", "0000")
	w.press(KeyEnter)
	w.element("textbox", "^PIN$")
	w.shows("main", "That isn’t the PIN.")
	if code, said := h.fails(t, "--demo", "list"); code != 1 || !strings.Contains(said, "--pin-stdin") {
		t.Errorf("a command: %d %q", code, said)
	}
	w.fill("textbox", "^PIN$", "4711")
	w.click("button", "^Unlock$")
	w.element("button", "^Lock now$")
	w.press(KeyAlt, "1")
	w.listed()

	c := h.centre(t, "--interactions", "20")
	h.env = append(h.env, "WAPDESK_URL=", "WAPDESK_TOKEN=") // a later start has nothing but the keyring
	said := h.given(t, "4711\n"+c.token+"\n", "connect", "--url", c.url, "--token-stdin", "--pin-stdin", "--json")
	var connected struct{ Profile string }
	if err := json.Unmarshal(said, &connected); err != nil {
		t.Fatal(err)
	}
	h.given(t, "4711\n", "sync", "--profile", connected.Profile, "--pin-stdin")
	if err := filepath.WalkDir(h.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || filepath.Base(path) == "wapdesk.log" { // where the contact centre says it
			return err
		}
		content, err := os.ReadFile(path)
		if err == nil && bytes.Contains(content, []byte(c.token)) {
			t.Errorf("%s holds the token", path)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// given runs the program to its end with text on its standard input, and returns what it printed.
func (h *home) given(t *testing.T, input string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program(t), append([]string{"--data", h.path("wapdesk")}, args...)...)
	cmd.Env, cmd.Stdin = h.env, strings.NewReader(input)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%q: %v\n%s", args, err, out)
	}
	return out
}

// shows waits until what a CSS selector finds says words.
func (w *window) shows(selector, words string) {
	w.t.Helper()
	waitFor(w.t, words, func() error {
		if text := w.text(selector); !strings.Contains(text, words) {
			return notYet("it says %q", text)
		}
		return nil
	})
}
