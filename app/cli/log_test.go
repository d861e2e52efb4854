package cli

import (
	"path/filepath"
	"strings"
	"testing"

	"wapdesk/app/demo"
	"wapdesk/app/logbook"
)

// TestLogsNameNoCustomer has everything logged while a customer is downloaded, listed, exported,
// changed and erased, by a contact centre that fails in between, and reads what was written to
// standard error, what is kept of it, and what is sent of that to whoever helps.
func TestLogsNameNoCustomer(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	m := c.site.lead(t)
	m.env["WAPDESK_LOG"] = "info"
	log := ""
	run := func(args ...string) {
		got := m.run("", args...)
		log += got.stderr
	}
	run("sync")
	c.mustBeStored(t, m)
	out := filepath.Join(t.TempDir(), "week.xlsx")
	run("list", "--time", "all")
	run("show", c.interaction)
	run("export", "--out", out, "--time", "all", "--sheets", "activities,messages")
	run("open", out)
	for _, kind := range []demo.Kind{demo.FailHTML, demo.FailRefuse, demo.FailNull} {
		run("pair", c.activity, "contact_qxuniquename")
		c.site.SetFail(kind, 1)
		run("sync", "--deep")
		c.site.SetFail(kind, 0)
	}
	run("anonymise", c.interaction, "--yes")
	run("sync")
	if log == "" {
		t.Fatal("nothing was logged")
	}
	got := m.run("", "diagnostics")
	if !strings.Contains(got.stdout, `"syncs"`) {
		t.Errorf("diagnostics: %s", got.stdout)
	}
	log += got.stdout
	profiles, err := filepath.Glob(filepath.Join(m.dir, "*", "wapdesk.db"))
	if err != nil || len(profiles) != 2 {
		t.Fatalf("profiles %v, %v", profiles, err)
	}
	for _, p := range profiles {
		kept, err := logbook.Tail(filepath.Dir(p), 1_000)
		if err != nil || len(kept) == 0 {
			t.Errorf("%d lines are kept, %v", len(kept), err)
		}
		log += strings.Join(kept, "\n")
	}
	for _, trace := range c.traces {
		if strings.Contains(strings.ToLower(log), strings.ToLower(trace)) {
			t.Errorf("standard error holds %q:\n%s", trace, log)
		}
	}
}
