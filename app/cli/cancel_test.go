package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"wapdesk/app/demo"
	"wapdesk/app/profile"
	"wapdesk/frontend"
	"wapdesk/store/query"
)

// openHere opens the machine's profile in this process, to do what a command does and a test
// cannot time from outside.
func openHere(t *testing.T, s *site, m *machine) (context.Context, *profile.Profile, *profile.Manager) {
	t.Helper()
	profiles := profile.NewManager(profile.Options{DataDir: m.dir, Now: noon, Words: frontend.Text})
	profiles.Start(t.Context(), nil)
	p, err := profiles.Use(t.Context(), profile.Select{URL: s.web.URL, Token: m.env["WAPDESK_TOKEN"], Offline: true})
	if err != nil {
		t.Fatal(err)
	}
	return t.Context(), p, profiles
}

// exportCancelled starts an export and cancels it at its first rows.
func exportCancelled(ctx context.Context, p *profile.Profile, format, out string) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	r := profile.ExportRequest{Format: format, Lang: "en", Region: "en", Filter: profile.Filter{Time: profile.Period{Preset: "all"}, Sort: []query.SortKey{}}}
	x, err := p.PrepareExport(ctx, r)
	if err == nil {
		_, err = x.Write(ctx, out, out, func(int64) { cancel() })
	}
	return err
}

// TestInterruptedSync presses Ctrl+C while the contact centre keeps the program waiting.
func TestInterruptedSync(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		return // a process cannot send Ctrl+C to another there
	}
	for name, flag := range map[string]string{"machine": "--json", "person": "--lang=en"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			interruptSync(t, flag)
		})
	}
}

func interruptSync(t *testing.T, flag string) {
	t.Helper()
	server, err := demo.New(demo.Options{Interactions: 40, Days: 2, Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	reached, once := make(chan struct{}), sync.Once{}
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "activitiesWap") {
			once.Do(func() { close(reached) })
			<-r.Context().Done()
			return
		}
		server.Handler().ServeHTTP(w, r)
	}))
	t.Cleanup(web.Close)
	m := bare(t)
	var out, errs bytes.Buffer
	m.env["WAPDESK_URL"], m.env["WAPDESK_TOKEN"] = web.URL, server.Token()
	cmd := m.process("sync", flag)
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-reached:
	case <-time.After(time.Minute):
		t.Error("the program never asked for interactions")
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	err = cmd.Wait()
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok || exit.ExitCode() != exitCancelled || out.Len() != 0 || !strings.Contains(errs.String(), "Cancelled") {
		t.Errorf("%v, stdout %q, stderr %q; want exit %d", err, out.String(), errs.String(), exitCancelled)
	}
	if flag == "--json" && strings.Count(errs.String(), "\n") != 1 {
		t.Errorf("standard error %q, want one line", errs.String())
	}
}

// TestDemoServer starts the pretend contact centre in a process of its own and syncs with it.
func TestDemoServer(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		return // as above
	}
	m := bare(t)
	m.env["WAPDESK_NOW"] = noon().Format(time.RFC3339)
	cmd := m.process("demo-server", "--interactions", "40", "--days", "2", "--json")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var printed struct{ URL, Token string }
	if err := json.NewDecoder(out).Decode(&printed); err != nil {
		t.Errorf("first line: %v", err)
	}
	m.env["WAPDESK_URL"], m.env["WAPDESK_TOKEN"] = printed.URL, printed.Token
	m.ok("sync")
	if got := m.listed("--time", "all"); len(got) != 40 {
		t.Errorf("%d interactions, want 40", len(got))
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("after Ctrl+C: %v", err)
	}
}
