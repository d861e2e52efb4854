package cli

import (
	"path/filepath"
	"slices"
	"testing"
)

// isAnonymised reports how the interaction of the customer is stored; false also when it is not.
func (c *customer) isAnonymised(m *machine) bool {
	rows := everything(m).Rows
	at := slices.IndexFunc(rows, func(r rowJSON) bool { return r.Name == c.interaction })
	return at >= 0 && rows[at].Anonymised
}

// TestTombstonesWinInEveryProfile opens an export that was made before the erasure, keeps a second
// profile of the same contact centre, and wipes: nothing brings the person back.
func TestTombstonesWinInEveryProfile(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	m := c.site.lead(t)
	m.ok("sync")
	file := filepath.Join(t.TempDir(), "before.xlsx")
	m.ok("export", "--out", file, "--time", "all", "--sheets", "activities,messages", "--columns", "id,time,queue,user,contact,wa,title,sender")
	second := *m
	second.env = map[string]string{"WAPDESK_URL": c.site.web.URL, "WAPDESK_TOKEN": c.site.Token(), "WAPDESK_NOW": m.env["WAPDESK_NOW"]}
	second.ok("sync", "--profile", "second")
	m.ok("open", file)
	c.mustBeStored(t, m)

	m.ok("anonymise", c.interaction, "--yes")
	c.mustBeGone(t, m, "in the profile itself, a second one and an opened file")

	m.ok("open", file)
	alone := *m
	alone.env = map[string]string{"WAPDESK_NOW": m.env["WAPDESK_NOW"]}
	alone.ok("list", "--profile", "second")
	c.mustBeGone(t, m, "after the file was opened again")
	second.ok("sync", "--deep", "--profile", "second")
	m.ok("wipe", "--yes")
	m.ok("sync")
	m.ok("list")
	c.mustBeGone(t, m, "after wipe and a new sync")
	if !c.isAnonymised(m) {
		t.Error("after wipe and a new sync the row is not shown as anonymised")
	}
}

func TestWipeForgetsTheErasuresWhenAsked(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	m := c.site.lead(t)
	m.ok("sync")
	m.ok("anonymise", c.interaction, "--yes")
	m.ok("wipe", "--yes", "--forget-erasures")
	m.ok("sync")
	if c.isAnonymised(m) {
		t.Error("the erasure was not forgotten")
	}
	c.mustBeStored(t, m)
}
