package cli

import (
	"bytes"
	"context"
	"testing"
	"testing/fstest"

	"wapdesk/app"
	"wapdesk/app/demo"
	"wapdesk/frontend"
)

// A window that closes while a change waits says so, in words; where nothing waits it says nothing.
func TestAClosedWindowSaysWhatWaits(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 100, Days: 2})
	on := subjectOf(t, truthOf(s))
	m := s.lead(t)
	m.ok("sync")
	s.web.Close()
	closed := func(lang string) string {
		var errs bytes.Buffer
		code := Run(Program{
			Version: "0.0.0", Args: []string{"--data", m.dir, "--lang", lang}, Stderr: &errs,
			Getenv: func(name string) string { return m.env[name] }, Page: fstest.MapFS{}, Text: frontend.Text,
			Window: func(a *app.App, start func(context.Context) error) error {
				ctx, closed := context.WithCancel(t.Context())
				defer closed()
				a.Start(ctx, app.NoHost{})
				return start(ctx)
			},
		})
		if code != exitDone {
			t.Fatalf("exit %d: %s", code, &errs)
		}
		return errs.String()
	}
	if got := closed("en"); got != "" {
		t.Errorf("nothing waits: %q", got)
	}
	m.ok("pair", on.activity, on.contact)
	for lang, want := range map[string]string{"en": "1 change will be sent next time.\n", "cs": "Příště se odešle 1 změna.\n"} {
		if got := closed(lang); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}
