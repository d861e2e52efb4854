package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"wapdesk/app/demo"
)

// silent is a contact centre that never answers a request; the channel is closed at the first.
func silent(t *testing.T) (url, token string, reached <-chan struct{}) {
	t.Helper()
	server, err := demo.New(demo.Options{Interactions: 1, Days: 1, Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	at, once := make(chan struct{}), sync.Once{}
	web := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then the end of the connection ends the request
		once.Do(func() { close(at) })
		<-r.Context().Done()
	}))
	t.Cleanup(web.Close)
	return web.URL, server.Token(), at
}

// interrupted starts a command in a process of its own, sends it Ctrl+C once ready is closed, and gives
// what it left on the terminal.
func interrupted(t *testing.T, m *machine, stdin io.Reader, ready <-chan struct{}, args ...string) outcome {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := m.process(args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = stdin, &out, &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-ready:
	case <-time.After(2 * time.Minute):
		t.Errorf("%q never came to where it is interrupted", args)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Errorf("%q ended before: %v", args, err)
	}
	return outcome{codeOf(cmd.Wait()), out.String(), errs.String()}
}

// TestInterruptWhileTheContactCentreIsSilent presses Ctrl+C in the commands that ask the contact centre,
// which never answers: the signal alone can end them.
func TestInterruptWhileTheContactCentreIsSilent(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		return // a process cannot send Ctrl+C to another there
	}
	for name, args := range map[string][]string{
		"sync":           {"sync"},
		"a range":        {"sync", "--from", "2026-11-01", "--json"},
		"deep":           {"sync", "--deep", "--json"},
		"with a token":   {"connect", "--token-stdin", "--keep-token-in-file", "--url"},
		"with a user":    {"connect", "--user", "lead", "--password-stdin", "--url"},
		"with a machine": {"connect", "--token-stdin", "--json", "--url"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url, token, reached := silent(t)
			m := bare(t)
			connecting := args[0] == "connect"
			if connecting {
				args = append(args, url)
			} else {
				m.env["WAPDESK_URL"], m.env["WAPDESK_TOKEN"] = url, token
			}
			got := interrupted(t, m, strings.NewReader(token+"\n"), reached, args...)
			if got.code != exitCancelled || got.stdout != "" || !strings.Contains(got.stderr, "Cancelled") {
				t.Errorf("exit %d, stdout %q, stderr %q; want exit %d and that it was cancelled", got.code, got.stdout, got.stderr, exitCancelled)
			}
			if left := files(t, m.dir); connecting && len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

// keyboard is one at which nobody sits; the channel is closed when somebody waits for a key.
type keyboard struct{ waiting chan struct{} }

func (k keyboard) Read([]byte) (int, error) {
	close(k.waiting)
	select {} // for good
}

// TestNobodyTypesTheSecret ends the waiting for a token at the terminal.
func TestNobodyTypesTheSecret(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	k := keyboard{make(chan struct{})}
	go func() {
		<-k.waiting
		cancel()
	}()
	s := &state{Program: Program{Stdin: k}}
	if line, err := s.secretLine(ctx); line != "" || !errors.Is(err, context.Canceled) {
		t.Errorf("%q, %v; want the end of the waiting", line, err)
	}
}
