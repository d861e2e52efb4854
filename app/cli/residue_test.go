package cli

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wapdesk/app/demo"
	"wapdesk/app/profile"
	"wapdesk/frontend"
	"wapdesk/store/query"
)

// TestNothingOfErasedCustomersRemains plants customers among interactions, lets them go through all that
// stores them – edits, syncs again, searches, views, attachments, exports, opened files, a copy as a
// migration leaves it, changes of the lead's own and kills of the program – anonymises some, and reads every
// byte of every file. `go run ./build bench residue` does it at full size.
func TestNothingOfErasedCustomersRemains(t *testing.T) {
	t.Parallel()
	residue(t, 300, 30, 6)
}

func BenchmarkResidue(b *testing.B) {
	for b.Loop() {
		before, after := residue(b, 50_000, 1_000, 200)
		b.ReportMetric(float64(before.bytes)/1e6, "MB-before")
		b.ReportMetric(float64(after.bytes)/1e6, "MB-after")
		b.ReportMetric(float64(len(before.seen)), "marks-before")
		b.ReportMetric(float64(len(after.seen)), "marks-after")
		b.ReportMetric(float64(after.streams), "streams")
	}
}

func residue(t testing.TB, interactions, customers, erased int) (before, after *scan) {
	server, err := demo.New(demo.Options{Interactions: interactions, Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	hold := &holder{inner: server.Handler()}
	s := &site{server, httptest.NewServer(hold)}
	t.Cleanup(s.web.Close)
	c := gathered(t, s, customers)
	m := s.lead(t)
	files := t.TempDir()

	m.ok("sync")
	c.useWindow(t, m)
	c.edit()
	if !killed(t, m, hold.after(5), "sync", "--deep") {
		t.Fatal("the sync was not killed")
	}
	m.ok("sync", "--deep")
	c.changes(m)
	c.searches(m)
	export := []string{"export", "--force", "--time", "all", "--columns", "id,time,queue,user,contact,wa,title,sender", "--out"}
	m.ok(append(export, filepath.Join(files, "a.xlsx"), "--sheets", "activities,messages")...)
	m.ok(append(export, filepath.Join(files, "a.csv"))...)
	m.ok("open", filepath.Join(files, "a.xlsx"))
	c.copyAside(t, m)
	m.ok("sync")
	rows := everything(m)

	before = newScan(c.owner)
	before.folders(t, m.dir)
	mustHold(t, c.customers, before)
	if t.Failed() {
		t.Fatal("the marks are not in the files before the erasure: the test sees nothing")
	}

	gone := map[string]bool{}
	var names []string
	step := customers / erased
	for n := 0; n < customers; n += step {
		for _, name := range c.customers[n].interactions {
			gone[name] = true
			names = append(names, name)
		}
	}
	m.ok("person", c.customers[0].contact, "--anonymise", "--yes")
	killed(t, m, erasureIn(m), append([]string{"anonymise", "--yes"}, names...)...)
	m.ok(append([]string{"anonymise", "--yes"}, names...)...)

	check := func(when string) *scan {
		t.Helper()
		s := newScan(c.owner)
		s.folders(t, m.dir)
		var others []*marked
		for n, who := range c.customers {
			if n%step != 0 {
				others = append(others, who)
				continue
			}
			for _, mark := range append(slices.Clone(who.marks), who.former...) {
				if _, there := s.seen[mark]; there {
					t.Errorf("%s: %s is still in a file: %+v", when, c.owner[mark], s.seen[mark])
				}
			}
		}
		mustHold(t, others, s)
		now := everything(m)
		want := rows
		want.Rows = slices.Clone(rows.Rows)
		for i := range want.Rows {
			if r := &want.Rows[i]; gone[r.Name] {
				r.Contact, r.WA, r.Title, r.Anonymised = nil, nil, nil, true
			}
		}
		if diff := cmp.Diff(want, now); diff != "" {
			t.Errorf("%s: list (-want +got):\n%.2000s", when, diff)
		}
		return s
	}
	after = check("after the compaction")

	m.ok("sync", "--deep")
	m.ok("open", filepath.Join(files, "a.xlsx"))
	m.ok("list")
	check("after a sync and the file of before")

	fresh := t.TempDir()
	m.ok(append(export, filepath.Join(fresh, "b.xlsx"), "--sheets", "activities,messages")...)
	m.ok(append(export, filepath.Join(fresh, "b.csv"))...)
	exported := newScan(c.owner)
	exported.folders(t, fresh)
	for n, who := range c.customers {
		there := slices.ContainsFunc(append(slices.Clone(who.marks), who.former...), func(mark string) bool { _, seen := exported.seen[mark]; return seen })
		if there != (n%step != 0) {
			t.Errorf("customer %d in a new export: %v", n, there)
		}
	}
	return before, after
}

// mustHold checks that the marks of customers lie in the files, and their words in the search index. A few
// are cut by the border between two pages of a file.
func mustHold(t testing.TB, customers []*marked, s *scan) {
	t.Helper()
	all, missing := 0, 0
	for _, who := range customers {
		for _, mark := range who.marks {
			if s.seen[mark] == (seenAs{}) {
				missing++
			}
		}
		for _, word := range who.words {
			if s.seen[word].small == 0 {
				missing++
			}
		}
		all += len(who.marks) + len(who.words)
	}
	if missing > 2+all/100 {
		t.Errorf("%d of %d marks are in no file, or not in the search index", missing, all)
	}
}

// useWindow does what the window does: downloads attachments and keeps filters as views.
func (c *crowd) useWindow(t testing.TB, m *machine) {
	t.Helper()
	profiles := profile.NewManager(profile.Options{DataDir: m.dir, Now: noon, Words: frontend.Text})
	profiles.Start(t.Context(), stopper{cancel: func() {}})
	p, err := profiles.Use(t.Context(), profile.Select{URL: c.site.web.URL, Token: m.env["WAPDESK_TOKEN"]})
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range c.customers {
		for _, file := range who.files {
			if _, _, err := p.DownloadAttachment(t.Context(), who.fileOf, file); err != nil {
				t.Fatal(err)
			}
		}
		if who.n%20 == 0 {
			view := profile.SavedView{Title: "hledám", Filter: profile.Filter{Where: &query.Node{Field: query.FieldText, Op: query.Contains, Values: []string{who.sought}}}}
			if _, err := p.SaveView(t.Context(), view); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := profiles.Close(); err != nil {
		t.Fatal(err)
	}
}

// changes adds contacts of the lead's own, some sent and some waiting.
func (c *crowd) changes(m *machine) {
	i := func(who *marked) string { return who.interactions[0] }
	for k, who := range []*marked{c.customers[0], c.customers[1]} {
		number := c.number(who, "number that the lead added")
		m.ok("contact", "add", "--lastname", c.mark(who, "contact that the lead added"), "--number", number, "--activity", truthOf(c.site).Interaction(i(who)).Activities[0])
		if k == 0 {
			m.ok("sync")
		}
	}
}

func (c *crowd) searches(m *machine) {
	for _, who := range []*marked{c.customers[0], c.customers[1]} {
		for _, args := range [][]string{{"--query", `text:"` + who.sought + `"`}, {"--sender", who.sought}, {"--contact", who.sought}} {
			m.ok(append([]string{"list", "--time", "all"}, args...)...)
		}
		m.ok("show", who.interactions[0])
	}
}

// copyAside leaves the copies that the migration of a newer version would.
func (c *crowd) copyAside(t testing.TB, m *machine) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(m.dir, "*", "wapdesk.db"))
	if err != nil || len(found) != 2 {
		t.Fatalf("%v %v, want the profile and the opened file", found, err)
	}
	for _, path := range found {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), "wapdesk.backup-2-20261101T000000.db"), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// holder is a contact centre that stops answering where it is told to.
type holder struct {
	inner http.Handler
	mu    sync.Mutex
	left  int // requests until then, 0 for never
	there chan struct{}
}

// after closes the channel at the nth request from now on, which gets no answer.
func (h *holder) after(n int) <-chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.left, h.there = n, make(chan struct{})
	return h.there
}

func (h *holder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	held := false
	if h.left > 0 {
		if h.left--; h.left == 0 {
			held = true
			close(h.there)
		}
	}
	h.mu.Unlock()
	if held {
		<-r.Context().Done()
		return
	}
	h.inner.ServeHTTP(w, r)
}

// erasureIn closes the channel when an erasure was committed that was not there before.
func erasureIn(m *machine) <-chan struct{} {
	there := make(chan struct{})
	size := func() (sum int64) {
		lists, _ := filepath.Glob(filepath.Join(m.dir, ".erasures", "*")) // the pattern is valid
		for _, list := range lists {
			if info, err := os.Stat(list); err == nil {
				sum += info.Size()
			}
		}
		return sum
	}
	before := size()
	go func() {
		defer close(there)
		for end := time.Now().Add(time.Minute); size() == before && time.Now().Before(end); {
			time.Sleep(2 * time.Millisecond)
		}
	}()
	return there
}

// killed runs a command in a process of its own, which ends without warning when ready is closed. It
// reports whether it did, and had not ended before.
func killed(t testing.TB, m *machine, ready <-chan struct{}, args ...string) bool {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], append([]string{"--data", m.dir}, args...)...)
	cmd.Env = append(os.Environ(), childMark+"=1", "TMPDIR="+filepath.Join(m.dir, ".tmp"))
	for name, value := range m.env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-ready
	_ = cmd.Process.Kill() // it may have been faster
	_ = cmd.Wait()         // says no more than the state
	return !cmd.ProcessState.Exited()
}
