package cli

import (
	"context"
	"database/sql"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "modernc.org/sqlite" // to spoil data files

	"wapdesk/app/demo"
)

func TestWrongUsage(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	m.ok("list") // the first start after a sync tidies up
	before := files(t, m.dir)
	for _, args := range [][]string{
		{"list", "--nonsense"}, {"nonsense"}, {"contact", "nonsense"}, {"ticket", "nonsense", "x"}, {"qa"}, {"contact"},
		{"list", "extra"}, {"show"}, {"show", "a", "b"}, {"pair", "one"}, {"ticket", "attach", "one"},
		{"list", "--time", "tomorrow"}, {"list", "--time", "today", "--from", "2026-11-01"},
		{"list", "--from", "yesterday"}, {"list", "--from", "2026-13-01"}, {"list", "--to", "2026-02-30"}, {"list", "--to", "22.11.2026"},
		{"list", "--from", "2026-11-01 25:00"}, {"sync", "--from", "soon"}, {"sync", "--to", "2026-11-31"},
		{"export"}, {"export", "--out", "x.txt"}, {"export", "--out", filepath.Join(m.dir, "x.csv"), "--columns", "time,nonsense"},
		{"export", "--out", filepath.Join(m.dir, "x.csv"), "--csv-dialect", "klingon"}, {"export", "--out", filepath.Join(m.dir, "x.csv"), "--sheets", "summary"},
		{"export", "--out", filepath.Join(m.dir, "x.xlsx"), "--sheets", "nonsense"}, {"export", "--out", filepath.Join(m.dir, "x.xlsx"), "--format", "pdf"},
		{"anonymise"}, {"anonymise", "--yes"}, {"anonymise", "name", "--time", "today"},
		{"connect", "--token-stdin"}, {"connect", "--url", "https://acme.example"}, {"connect", "--url", "https://acme.example", "--user", "me"},
		{"connect", "--url", "https://acme.example", "--token-stdin", "--password-stdin", "--user", "me"},
		{"contact", "add"}, {"contact", "add", "--lastname", "  "}, {"qa", "add", "x"}, {"qa", "add", "x", "--form", "f", "--answer", "nothing"},
		{"serve", "--addr", "0.0.0.0:0"}, {"serve", "--addr", "nonsense"}, {"demo-server", "--addr", "0.0.0.0:0"},
		{"demo-server", "--fail", "nonsense"}, {"demo-server", "--interactions", "-5"}, {"list", "--lang", "de"}, {"list", "--limit", "x"},
		{"list", "--query", "title:" + strings.Repeat("á", 4100)}, {"export", "--out", filepath.Join(m.dir, "x.csv"), "--query", strings.Repeat("a", 4100)},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			english := m.fails(exitUsage, args...)
			m.fails(exitUsage, append(args, "--json")...)
			if slices.Contains(args, "--lang") {
				return
			}
			// Also where the language stands after what cannot be read.
			czech := m.fails(exitUsage, append(slices.Clone(args), "--lang", "cs")...)
			for _, line := range []string{english, czech} {
				if strings.Contains(line, "usage.") || strings.Contains(line, "query.") || strings.Contains(line, "{") {
					t.Errorf("%q is not a text", line)
				}
			}
			if czech == english {
				t.Errorf("%q is the text of both languages", czech)
			}
		})
	}
	after := files(t, m.dir)
	for _, found := range []map[string]int64{before, after} { // the log tells that a profile was opened
		maps.DeleteFunc(found, func(path string, _ int64) bool { return strings.HasSuffix(path, ".log") })
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("wrong usage changed files (-before +after):\n%s", diff)
	}
}

func TestUnknownNames(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	for _, args := range [][]string{
		{"show", "wap_nothing"}, {"show", "https://acme.daktela.com/listing/activities/?activityDetail=activities_nothing"},
		{"anonymise", "wap_nothing"}, {"anonymise", "wap_nothing", "--yes"}, {"pair", "activities_nothing", "contact_nothing"},
		{"list", "--user", "nothing"}, {"list", "--queue", "nothing"}, {"list", "--profile", "nothing"}, {"wipe", "--yes", "--profile", "nothing"},
		{"list", "--profile", "../evil"}, {"qa", "add", "activities_nothing", "--form", "f"}, {"ticket", "attach", "activities_nothing", "1"},
	} {
		m.fails(exitFailed, args...)
	}
}

// TestConnectionsThatDoNotWork also checks that a failed first command leaves no data behind.
func TestConnectionsThatDoNotWork(t *testing.T) {
	t.Parallel()
	s, _ := synced(t)
	html := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<!doctype html><title>Sign in</title>")) // a client that has gone does not matter
	}))
	t.Cleanup(html.Close)
	down := httptest.NewServer(http.NotFoundHandler())
	down.Close()
	const secretToken = "0123456789abcdef0123456789abcdefsecret99"
	for name, tt := range map[string]struct {
		url, token string
		code       int
		says       string
	}{
		"wrong token":         {s.web.URL, secretToken, exitFailed, strings.TrimPrefix(s.web.URL, "http://") + " didn’t accept"},
		"not loopback":        {"http://192.0.2.1", secretToken, exitUsage, "https"},
		"http to a name":      {"http://acme.daktela.com", secretToken, exitUsage, "https"},
		"server down":         {down.URL, secretToken, exitFailed, "reach " + strings.TrimPrefix(down.URL, "http://") + ". Check"},
		"HTML":                {html.URL, secretToken, exitFailed, strings.TrimPrefix(html.URL, "http://") + " answered"},
		"no address":          {"::::", secretToken, exitUsage, ""},
		"another scheme":      {"ftp://acme.daktela.com", secretToken, exitUsage, ""},
		"user in the address": {"https://me:" + secretToken + "@acme.daktela.com", secretToken, exitUsage, ""},
		"token without url":   {"", secretToken, exitUsage, "WAPDESK_URL"},
		"url without token":   {s.web.URL, "", exitUsage, "WAPDESK_TOKEN"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := s.as(t, tt.token)
			m.env["WAPDESK_URL"] = tt.url
			check := func(line string) {
				if !strings.Contains(line, tt.says) || strings.Contains(line, secretToken) {
					t.Errorf("%q does not say %q, or says the token", line, tt.says)
				}
				if strings.Contains(line, "tored data") {
					t.Errorf("%q speaks of stored data where there is none", line)
				}
				if found := files(t, m.dir); len(found) != 0 {
					t.Errorf("left behind: %v", found)
				}
			}
			check(m.fails(tt.code, "sync"))
			if tt.url == "" || tt.token == "" {
				return
			}
			m.env = map[string]string{}
			check(m.failsWith(tt.token+"\n", tt.code, "connect", "--url", tt.url, "--token-stdin"))
			check(m.failsWith(tt.token+"\n", tt.code, "connect", "--url", tt.url, "--user", "me", "--password-stdin"))
		})
	}
}

// TestLosingTheConnectionKeepsWhatIsStored syncs with a contact centre that has gone, and
// reads on offline.
func TestLosingTheConnectionKeepsWhatIsStored(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 60, Days: 2})
	m := s.lead(t)
	m.ok("sync")
	before := m.listed("--time", "all")
	s.web.Close()
	if line := m.fails(exitFailed, "sync", "--json"); !strings.Contains(line, "Can’t reach "+strings.TrimPrefix(s.web.URL, "http://")+". Stored data still works.") {
		t.Errorf("offline: %q", line)
	}
	if diff := cmp.Diff(before, m.listed("--time", "all")); diff != "" || len(before) != 60 {
		t.Errorf("%d rows before; offline list (-before +after):\n%s", len(before), diff)
	}
}

func TestNothingIsSetUp(t *testing.T) {
	t.Parallel()
	m := bare(t)
	for _, args := range [][]string{{"list"}, {"show", "x"}, {"sync"}, {"changes"}, {"rights"}, {"export", "--out", filepath.Join(t.TempDir(), "x.csv")}, {"wipe", "--yes"}} {
		if line := m.fails(exitFailed, args...); !strings.Contains(line, "connect") {
			t.Errorf("%v: %q does not say what to do", args, line)
		}
	}
	if found := files(t, m.dir); len(found) != 0 {
		t.Errorf("left behind: %v", found)
	}
}

func TestDataFilesThatAreNotOurs(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		spoil func(t *testing.T, path string)
		says  string
	}{
		"newer": {func(t *testing.T, path string) { execute(t, path, "PRAGMA user_version = 9999") }, "newer"},
		"foreign database": {func(t *testing.T, path string) {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			execute(t, path, "CREATE TABLE shopping (item TEXT)")
		}, "isn’t Wapdesk’s"},
		"no database": {func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte(strings.Repeat("just some text\n", 1000)), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "isn’t Wapdesk’s"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, m := synced(t)
			path := filepath.Join(m.profileDir(), "wapdesk.db")
			tt.spoil(t, path)
			content, before := read(t, path), files(t, m.dir)
			for _, args := range [][]string{{"list"}, {"sync", "--json"}, {"export", "--out", filepath.Join(t.TempDir(), "x.csv")}} {
				if line := m.fails(exitFailed, args...); !strings.Contains(line, tt.says) {
					t.Errorf("%v: %q does not say %q", args, line, tt.says)
				}
			}
			if read(t, path) != content {
				t.Error("the file was changed")
			}
			after := files(t, m.dir)
			for path := range maps.Keys(after) {
				if _, known := before[path]; !known {
					t.Errorf("left behind: %s", path)
				}
			}
		})
	}
}

func execute(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.ExecContext(context.Background(), statement)
	if cerr := db.Close(); err != nil || cerr != nil {
		t.Fatal(err, cerr)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
