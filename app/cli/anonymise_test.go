package cli

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wapdesk/app/demo"
	"wapdesk/app/profile"
	"wapdesk/frontend"
	"wapdesk/store"
)

// customer is somebody whose data is unmistakable, in one interaction of a contact centre.
type customer struct {
	site        *site
	interaction string
	activity    string
	traces      []string // every one belongs to this customer alone
}

// newCustomer plants a customer in a finished chat: as WhatsApp account, as contact of the
// CRM, in titles and notes. The transcript's own texts are traces as well.
func newCustomer(t *testing.T) *customer {
	t.Helper()
	s := newSite(t, demo.Options{Interactions: 120, Days: 4})
	w := truthOf(s)
	at := slices.IndexFunc(w.Interactions, func(i *demo.Interaction) bool {
		return i.Disconnection == "USER" && len(i.Activities) == 1 && i.External != nil && len(w.Data.Messages(i)) > 8 && !w.erased(i)
	})
	if at < 0 {
		t.Fatal("no finished chat")
	}
	i := w.Interactions[at]
	c := &customer{site: s, interaction: i.Name, activity: i.Activities[0], traces: []string{
		"qxaccountname", "420733918274555", "qxinteractiontitle", "qxactivitytitle", "qxdescription", "qxcustomfield",
		"qxlastname", "420733918274666", "qxmail",
	}}
	c.post(t, `{"name":"contact_qxuniquename","title":"Qxtitle qxlastname","firstname":"Anna","lastname":"qxlastname","database":"default",
		"customFields":{"number":["420733918274666"],"email":["qxmail@example.org"]}}`)
	s.ChangeInteraction(i.Name, func(i *demo.Interaction) {
		external := *i.External
		external.ID, external.UUID, external.FullName, external.Number, external.Contact =
			"9990001", "qxuuid", "qxaccountname", "420733918274555", "contact_qxuniquename"
		i.External, i.Sender, i.Title, i.Contact = &external, "420733918274555", "qxinteractiontitle", "contact_qxuniquename"
	})
	s.ChangeActivity(c.activity, func(a *demo.Activity) {
		a.Title, a.Description, a.Contact = "qxactivitytitle", "<p>qxdescription</p>", "contact_qxuniquename"
		a.CustomFields = map[string][]string{"note": {"qxcustomfield"}}
	})
	c.traces = append(c.traces, c.ownTexts(t, w, i)...)
	return c
}

func (c *customer) post(t *testing.T, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.site.web.URL+"/api/v6/contacts.json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-AUTH-TOKEN", c.site.Token())
	r.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusCreated {
		t.Fatalf("contact: status %d", res.StatusCode)
	}
}

// ownTexts are long messages that no other chat has.
func (c *customer) ownTexts(t *testing.T, w *truth, i *demo.Interaction) []string {
	t.Helper()
	var others strings.Builder
	for _, o := range w.Interactions {
		if o != i {
			for _, m := range w.Data.Messages(o) {
				others.WriteString(m.Text + "\n")
			}
		}
	}
	var own []string
	for _, m := range w.Data.Messages(i) {
		if len(m.Text) > 30 && !strings.Contains(others.String(), m.Text) {
			own = append(own, m.Text)
		}
	}
	if len(own) < 2 {
		t.Fatal("the chat has no texts of its own")
	}
	return own
}

// found lists the traces that any file of the machine holds, whatever its name.
func (c *customer) found(t *testing.T, m *machine) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(m.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		lower := bytes.ToLower(content)
		for _, trace := range c.traces {
			if (bytes.Contains(content, []byte(trace)) || bytes.Contains(lower, []byte(strings.ToLower(trace)))) && !slices.Contains(found, trace) {
				found = append(found, trace)
				t.Logf("%s holds %q", strings.TrimPrefix(path, m.dir), trace)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func (c *customer) mustBeStored(t *testing.T, m *machine) {
	t.Helper()
	if got := c.found(t, m); len(got) != len(c.traces) {
		t.Fatalf("only %d of %d traces are stored: %v", len(got), len(c.traces), got)
	}
}

func (c *customer) mustBeGone(t *testing.T, m *machine, when string) {
	t.Helper()
	for _, trace := range c.found(t, m) {
		t.Errorf("%s: %q is still in a file", when, trace)
	}
}

func everything(m *machine) listJSON {
	var all listJSON
	m.json(&all, "list", "--time", "all", "--limit", "1000000", "--sort", "time")
	return all
}

type eraseJSON struct {
	Erased  int      `json:"erased"`
	Already int      `json:"already"`
	Failed  []string `json:"failed"`
}

func TestAnonymiseLeavesNoByte(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	m := c.site.lead(t)
	m.ok("sync")
	c.mustBeStored(t, m)
	before := everything(m)

	var result eraseJSON
	m.json(&result, "anonymise", c.interaction, "--yes")
	if result.Erased != 1 || result.Already != 0 || len(result.Failed) != 0 {
		t.Errorf("result %+v, want one erased", result)
	}
	c.mustBeGone(t, m, "after anonymise")

	want := before
	want.Rows = slices.Clone(before.Rows)
	at := slices.IndexFunc(want.Rows, func(r rowJSON) bool { return r.Name == c.interaction })
	row := &want.Rows[at]
	row.Contact, row.WA, row.Title, row.Anonymised = nil, nil, nil, true
	if diff := cmp.Diff(want, everything(m)); diff != "" {
		t.Errorf("list (-want +got):\n%s", diff)
	}
	var story showJSON
	m.json(&story, "show", c.interaction)
	if len(story.Messages) != 0 || story.Contact != nil || len(story.Activities) != 1 || story.Activities[0].Title != nil ||
		story.Activities[0].Description != nil || story.Activities[0].Focus == nil {
		t.Errorf("details after anonymise: %+v", story)
	}
	for _, text := range []string{"qxaccountname", "420733918274555"} {
		if got := m.listed("--time", "all", "--sender", text); len(got) != 0 {
			t.Errorf("--sender %s still finds %v", text, got)
		}
	}

	for _, args := range [][]string{{"sync"}, {"sync", "--deep"}, {"sync", "--from", "2026-11-14", "--deep"}} {
		m.ok(args...)
		c.mustBeGone(t, m, strings.Join(args, " "))
		if diff := cmp.Diff(want, everything(m)); diff != "" {
			t.Errorf("list after %v (-want +got):\n%s", args, diff)
		}
	}
	m.json(&result, "anonymise", c.interaction, "--yes")
	if result.Erased != 0 || result.Already != 1 {
		t.Errorf("second time: %+v, want one that was already", result)
	}
}

func TestAnonymiseTakesWaitingChangesAlong(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	m := c.site.lead(t)
	m.ok("sync")
	c.traces = append(c.traces, "qxwaitinglastname", "420733918274777")
	m.ok("contact", "add", "--lastname", "qxwaitinglastname", "--number", "420733918274777", "--activity", c.activity)
	c.mustBeStored(t, m)
	m.ok("anonymise", c.activity, "--yes")
	c.mustBeGone(t, m, "after anonymise")
	m.ok("sync")
	c.mustBeGone(t, m, "after the next sync")
	if at := slices.IndexFunc(truthOf(c.site).Contacts, func(x *demo.Contact) bool { return x.LastName == "qxwaitinglastname" }); at >= 0 {
		t.Error("the erased contact was sent")
	}
}

func TestAnonymiseByListOptions(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	m := c.site.lead(t)
	m.ok("sync")
	var result eraseJSON
	m.json(&result, "anonymise", "--contact", "qxlastname", "--time", "all", "--yes")
	if result.Erased != 1 {
		t.Errorf("result %+v, want one erased", result)
	}
	c.mustBeGone(t, m, "after anonymise")
}

func TestAnonymiseWithoutYesOnlyTells(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	m := c.site.lead(t)
	m.ok("sync")
	before := everything(m)
	var preview struct {
		Interactions int  `json:"interactions"`
		Messages     int  `json:"messages"`
		Contacts     int  `json:"contacts"`
		Allowed      bool `json:"allowed"`
	}
	m.json(&preview, "anonymise", c.interaction)
	w := truthOf(c.site)
	if preview.Interactions != 1 || preview.Messages != len(w.Data.Messages(w.Interaction(c.interaction))) || preview.Contacts != 1 || !preview.Allowed {
		t.Errorf("preview %+v", preview)
	}
	if text := m.ok("anonymise", c.interaction); !strings.Contains(text, "--yes") {
		t.Errorf("%q does not say how to go on", text)
	}
	c.mustBeStored(t, m)
	if diff := cmp.Diff(before, everything(m)); diff != "" {
		t.Errorf("list (-before +after):\n%s", diff)
	}
}

func TestAnonymiseNeedsTheAccess(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	m := c.site.as(t, c.site.Tokens().NoErasure.Token)
	m.ok("sync")
	before := everything(m)
	if text := m.fails(exitNotPermitted, "anonymise", c.interaction, "--yes"); !strings.Contains(text, "--local-only") {
		t.Errorf("%q does not name the way to go on", text)
	}
	m.fails(exitNotPermitted, "anonymise", c.interaction, "--yes", "--later", "--json")
	c.mustBeStored(t, m)
	if diff := cmp.Diff(before, everything(m)); diff != "" {
		t.Errorf("list (-before +after):\n%s", diff)
	}
	// This computer's copy may always go; nothing is asked of the contact centre.
	m.ok("anonymise", c.interaction, "--yes", "--local-only")
	c.mustBeGone(t, m, "after --local-only")
	if left := changesOf(m, "changes"); len(left) != 0 {
		t.Errorf("changes %+v", left)
	}
}

func TestAnonymiseLaterIsFinishedByTheNextCommand(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	m := c.site.lead(t)
	m.ok("sync")
	m.ok("anonymise", c.interaction, "--yes", "--later")
	if !compactionDue(t, m) {
		t.Error("nothing is left to do after --later")
	}
	m.ok("list")
	if compactionDue(t, m) {
		t.Error("the next command left the compaction undone")
	}
	c.mustBeGone(t, m, "after the next command")
}

func compactionDue(t *testing.T, m *machine) bool {
	t.Helper()
	db, err := store.Open(t.Context(), store.Folder(m.profileDir()), store.Options{NoList: true})
	if err != nil {
		t.Fatal(err)
	}
	due := db.CompactionDue()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return due
}

// TestErasedUpstreamIsErasedHere lets the contact centre anonymise, as its own button does.
func TestErasedUpstreamIsErasedHere(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	m := c.site.lead(t)
	m.ok("sync")
	c.mustBeStored(t, m)
	c.site.Anonymise(c.interaction)
	m.ok("sync")
	m.ok("list") // what the sync left to be rewritten is done at the latest here
	c.mustBeGone(t, m, "after the sync")
	all := everything(m)
	if at := slices.IndexFunc(all.Rows, func(r rowJSON) bool { return r.Name == c.interaction }); !all.Rows[at].Anonymised || all.Total != 120 {
		t.Errorf("row %+v of %d", all.Rows[at], all.Total)
	}
}

// stopper cancels at the first commit, as Ctrl+C between two batches does.
type stopper struct {
	profile.Listener
	cancel context.CancelFunc
}

func (s stopper) DataChanged()          { s.cancel() }
func (s stopper) ChangesChanged()       {}
func (s stopper) ReportMade()           {}
func (s stopper) Synced(profile.Status) {}

// TestAnonymisingThatIsStoppedSaysHowFarItCame is cancelled after the first interactions, with the file
// to be rewritten at once or later: neither is a success.
func TestAnonymisingThatIsStoppedSaysHowFarItCame(t *testing.T) {
	t.Parallel()
	for _, later := range []bool{false, true} {
		s, m := synced(t)
		names := m.listed("--time", "lastweek")
		ctx, cancel := context.WithCancel(t.Context())
		profiles := profile.NewManager(profile.Options{DataDir: m.dir, Now: noon, Words: frontend.Text})
		profiles.Start(t.Context(), stopper{cancel: cancel})
		p, err := profiles.Use(t.Context(), profile.Select{URL: s.web.URL, Token: m.env["WAPDESK_TOKEN"], Offline: true})
		if err != nil {
			t.Fatal(err)
		}
		before := m.anonymised()
		_, err = p.AnonymiseNow(ctx, names, profile.EraseOptions{Later: later})
		unfinished, ok := errors.AsType[*profile.UnfinishedError](err)
		if !ok || !errors.Is(err, context.Canceled) || unfinished.Total != len(names) || unfinished.Done == 0 || unfinished.Done >= len(names) {
			t.Errorf("later %v: %v, %+v of %d", later, err, unfinished, len(names))
		}
		if err := profiles.Close(); err != nil {
			t.Error(err)
		}
		if now := m.anonymised(); now <= before || now-before > unfinished.Done {
			t.Errorf("later %v: %d were anonymised, %d are, %d were told", later, before, now, unfinished.Done)
		}
	}
}
