package cli

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"wapdesk/app/demo"
	"wapdesk/frontend"
)

type retentionJSON struct {
	Days         *int    `json:"days"`
	Anonymise    bool    `json:"anonymise"`
	KeptFrom     *string `json:"kept_from"`
	Interactions int     `json:"interactions"`
	Waiting      int     `json:"waiting"`
	Removed      int     `json:"removed"`
	Anonymised   int     `json:"anonymised"`
}

type keptJSON struct {
	Total    int        `json:"total"`
	Missing  []spanJSON `json:"missing"`
	KeptFrom *string    `json:"kept_from"`
}

func TestRetentionRemovesAndSyncsDoNotBringBack(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 300, Days: 20})
	m := s.lead(t)
	m.ok("sync")
	older, newer := 0, 0
	for _, r := range everything(m).Rows {
		if *r.Time < "2026-11-13" {
			older++
		} else {
			newer++
		}
	}
	if older == 0 || newer == 0 {
		t.Fatalf("%d older and %d newer: the test sees nothing", older, newer)
	}
	var r retentionJSON
	m.json(&r, "retention")
	if r.Days != nil || r.KeptFrom != nil {
		t.Errorf("at first %+v, want everything kept", r)
	}
	m.json(&r, "retention", "--days", "5", "--preview")
	if r.Interactions != older || r.KeptFrom == nil || *r.KeptFrom != "2026-11-13" || r.Removed != 0 {
		t.Errorf("preview %+v, want %d from 2026-11-13 on", r, older)
	}
	if got := everything(m).Total; got != older+newer {
		t.Errorf("the preview removed %d", older+newer-got)
	}
	m.json(&r, "retention", "--days", "5")
	if r.Removed != older || r.Interactions != 0 || r.Days == nil || *r.Days != 5 {
		t.Errorf("%+v, want %d removed", r, older)
	}
	for _, args := range [][]string{{"sync"}, {"sync", "--deep"}, {"sync", "--from", "2026-10-20"}} {
		m.ok(args...)
		var kept keptJSON
		m.json(&kept, "list", "--time", "all", "--limit", "1")
		if kept.Total != newer || len(kept.Missing) != 0 || kept.KeptFrom == nil || *kept.KeptFrom != "2026-11-13" {
			t.Errorf("list after %v: %+v, want %d, nothing missing, kept from 2026-11-13", args, kept, newer)
		}
	}
	exportedPastKeeping(t, m)
	for _, args := range [][]string{{"list"}, {"list", "--facets", "queue"}, {"summary"}} {
		if got := m.run("", append(args, "--time", "all")...); got.code != 0 || strings.Count(got.stderr, "2026-11-13 are past keeping") != 1 {
			t.Errorf("%v: %d %q, want one word about the days past keeping", args, got.code, got.stderr)
		}
	}
	var kept keptJSON
	m.json(&kept, "list", "--from", "2026-11-14", "--limit", "1")
	if kept.KeptFrom != nil {
		t.Errorf("a range that is kept whole: %+v", kept)
	}
	m.json(&r, "retention", "--off")
	m.ok("sync")
	if got := everything(m).Total; got != older+newer {
		t.Errorf("with everything kept again %d, want %d", got, older+newer)
	}
}

func TestRetentionAnonymisesByAge(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 200, Days: 20})
	m := s.lead(t)
	m.ok("sync")
	before := everything(m)
	var r retentionJSON
	m.json(&r, "retention", "--days", "5", "--anonymise")
	after := everything(m)
	if r.Anonymised == 0 || after.Total != before.Total {
		t.Fatalf("%+v, total %d, want %d", r, after.Total, before.Total)
	}
	for _, row := range after.Rows {
		if old := *row.Time < "2026-11-13"; old && (!row.Anonymised || row.Contact != nil || row.WA != nil || row.Title != nil) {
			t.Errorf("%s is older and not anonymised", row.Name)
		}
	}
	m.ok("sync", "--deep")
	if again := everything(m); again.Total != before.Total || slices.ContainsFunc(again.Rows, func(r rowJSON) bool { return *r.Time < "2026-11-13" && !r.Anonymised }) {
		t.Error("a sync brought older persons back")
	}
	m.fails(exitUsage, "retention", "--anonymise")
	m.fails(exitUsage, "retention", "--days", "0")
	m.fails(exitUsage, "retention", "--days", "99999999")
	m.fails(exitUsage, "retention", "--off", "--days", "3")
	refused := s.as(t, s.Tokens().NoErasure.Token)
	refused.ok("sync")
	refused.fails(exitNotPermitted, "retention", "--days", "5", "--anonymise")
	refused.ok("retention", "--days", "5")
}

func TestGoneInteractionsAreRemovedAtTheNextSync(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	m := c.site.lead(t)
	m.ok("sync")
	c.mustBeStored(t, m)
	c.site.Delete(c.interaction)
	m.ok("sync", "--deep")
	if got := m.run("", "show", c.interaction); got.code != 0 {
		t.Fatalf("it is gone upstream and no longer shown at once: %q", got.stderr)
	}
	m.ok("sync")
	m.fails(exitFailed, "show", c.interaction)
	m.ok("list")
	// The contact itself is still in the contact centre's CRM.
	c.traces = slices.DeleteFunc(c.traces, func(trace string) bool {
		return slices.Contains([]string{"qxlastname", "420733918274666", "qxmail"}, trace)
	})
	c.mustBeGone(t, m, "after the next sync")
}

func TestTheLedgerOfTheCommandLine(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	m := c.site.lead(t)
	m.ok("sync")
	m.ok("anonymise", c.interaction, "--yes")
	var got struct{ Erasures []ledgerRow }
	m.json(&got, "ledger")
	at := slices.IndexFunc(got.Erasures, func(r ledgerRow) bool { return r.Name == c.interaction })
	if at < 0 {
		t.Fatalf("the erasure is not in the ledger: %+v", got)
	}
	if r := got.Erasures[at]; *r.Cause != "person" || r.Time == nil || r.Queue == nil || r.By == nil || r.Messages == 0 || *r.Upstream != "manual" {
		t.Errorf("ledger: %+v", r)
	}
	for _, trace := range c.traces {
		if strings.Contains(m.ok("ledger", "--json"), trace) {
			t.Errorf("the ledger holds %q", trace)
		}
	}
}

// exportedPastKeeping exports more days than are kept, and fewer.
func exportedPastKeeping(t *testing.T, m *machine) {
	t.Helper()
	var written struct {
		KeptFrom *string `json:"kept_from"`
	}
	out := filepath.Join(t.TempDir(), "all.xlsx")
	m.json(&written, "export", "--out", out, "--time", "all")
	if written.KeptFrom == nil || *written.KeptFrom != "2026-11-13" {
		t.Errorf("the export says %+v", written)
	}
	book, err := excelize.OpenFile(out)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(frontend.Text("en", "export.sheet.about"))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Past keeping", "Days before 2026-11-13"}
	if !slices.ContainsFunc(rows, func(row []string) bool { return slices.Equal(row, want) }) {
		t.Errorf("the sheet does not say %q: %q", want, rows)
	}
	written.KeptFrom = nil
	m.json(&written, "export", "--out", filepath.Join(t.TempDir(), "part.xlsx"), "--from", "2026-11-14")
	if written.KeptFrom != nil {
		t.Errorf("an export of days that are kept says %+v", written)
	}
}
