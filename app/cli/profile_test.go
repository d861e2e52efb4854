package cli

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wapdesk/app/demo"
)

func TestConnectKeepsTheConnection(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 60, Days: 2})
	lead := s.Tokens().Lead
	for name, tt := range map[string]struct {
		secret string
		args   []string
	}{
		"token":    {lead.Token, []string{"--token-stdin"}},
		"password": {lead.Password, []string{"--user", lead.Name, "--password-stdin"}},
	} {
		t.Run(name, func(t *testing.T) {
			m := bare(t)
			got := m.run(tt.secret+"\r\n", append([]string{"connect", "--json", "--url", s.web.URL}, tt.args...)...)
			if got.code != exitDone || got.stderr != "" {
				t.Fatalf("exit %d, standard error %q", got.code, got.stderr)
			}
			var printed struct {
				Company, User, Profile string
				Users, Queues          int
			}
			decodeOne(t, got.stdout, &printed)
			w := truthOf(s)
			if printed.User != w.users[lead.Name] || printed.Profile == "" || printed.Users == 0 || printed.Queues == 0 {
				t.Errorf("printed %+v", printed)
			}
			m.ok("sync")
			if got := m.listed("--time", "all"); len(got) != len(w.Interactions) {
				t.Errorf("%d interactions, want %d", len(got), len(w.Interactions))
			}
			for path := range files(t, m.dir) {
				content := read(t, m.dir+path)
				if strings.Contains(content, lead.Token) || strings.Contains(content, lead.Password) {
					t.Errorf("%s holds the secret", path)
				}
			}
		})
	}
}

func TestConnectRefusesWhatIsWrong(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: -1})
	m := bare(t)
	for name, tt := range map[string]struct {
		stdin string
		code  int
		args  []string
	}{
		"wrong token":    {"0123456789abcdef\n", exitFailed, []string{"--token-stdin"}},
		"wrong password": {"guess\n", exitFailed, []string{"--user", "lead", "--password-stdin"}},
		"unknown user":   {"guess\n", exitFailed, []string{"--user", "nobody", "--password-stdin"}},
		"no token":       {"", exitUsage, []string{"--token-stdin"}},
		"empty token":    {"\n", exitUsage, []string{"--token-stdin"}},
	} {
		line := m.failsWith(tt.stdin, tt.code, append([]string{"connect", "--url", s.web.URL}, tt.args...)...)
		if secret := strings.TrimSpace(tt.stdin); secret != "" && strings.Contains(line, secret) {
			t.Errorf("%s: the error quotes the secret", name)
		}
	}
	if found := files(t, m.dir); len(found) != 0 {
		t.Errorf("left behind: %v", found)
	}
}

func TestSeveralProfiles(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 200, Days: 3})
	w, lead, restricted := truthOf(s), s.Tokens().Lead, s.Tokens().Restricted
	m := s.lead(t)
	m.ok("sync")
	other := s.as(t, restricted.Token)
	other.dir = m.dir
	other.ok("sync")
	s.web.Close() // from here on the contact centre is out of reach

	entries, err := os.ReadDir(m.dir)
	if err != nil || len(entries) != 2 {
		t.Fatalf("profiles: %v (%v), want two", entries, err)
	}
	seen := w.where(func(i *demo.Interaction) bool { return s.Sees(restricted.Name, i.Name) })
	if diff := cmp.Diff(seen, other.listed("--time", "all")); diff != "" || len(seen) == 0 {
		t.Errorf("the environment names another profile (-want +got):\n%s", diff)
	}
	if got := m.listed("--time", "all"); len(got) != len(w.Interactions) {
		t.Errorf("%d rows of the lead, want %d", len(got), len(w.Interactions))
	}

	plain := &machine{t: t, dir: m.dir, env: map[string]string{}}
	line := plain.fails(exitFailed, "list")
	var leads string
	for _, e := range entries {
		if !strings.Contains(line, e.Name()) {
			t.Errorf("%q does not list %s", line, e.Name())
		}
		if strings.HasSuffix(e.Name(), "~"+lead.Name) {
			leads = e.Name()
		}
	}
	for _, args := range [][]string{{"--profile", leads, "list"}, {"list", "--profile", leads}} {
		done := plain.run("", append(args, "--time", "all", "--json")...)
		var got listJSON
		decodeOne(t, done.stdout, &got)
		if got.Total != len(w.Interactions) {
			t.Errorf("%v: %d rows, want %d", args, got.Total, len(w.Interactions))
		}
	}

	plain.ok("wipe", "--profile", leads)
	if left, err := profileFolders(m.dir); err != nil || len(left) != 2 {
		t.Errorf("wipe without --yes: %v (%v)", left, err)
	}
	var wiped struct {
		Profile string `json:"profile"`
		Wiped   bool   `json:"wiped"`
	}
	plain.json(&wiped, "wipe", "--yes", "--profile", leads)
	left, err := profileFolders(m.dir)
	if err != nil || len(left) != 1 || left[0] == leads || !wiped.Wiped || wiped.Profile != leads {
		t.Errorf("wipe: %v (%v), printed %+v", left, err, wiped)
	}
	if got := plain.listed("--time", "all"); len(got) != len(seen) {
		t.Errorf("the only profile left has %d rows, want %d", len(got), len(seen))
	}
	plain.fails(exitFailed, "list", "--profile", leads)
}

func TestWipeForgetsTheToken(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 30, Days: 1})
	m := bare(t)
	if got := m.run(s.Token()+"\n", "connect", "--url", s.web.URL, "--token-stdin"); got.code != exitDone {
		t.Fatalf("connect: %+v", got)
	}
	profile := m.profileDir()
	m.ok("wipe", "--yes")
	if left := files(t, m.dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	// The folder alone is not enough to get in again.
	if err := os.MkdirAll(profile, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(profile+"/profile.json", []byte(`{"kind":"connected","url":"`+s.web.URL+`","login":"lead"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if line := m.fails(exitFailed, "sync", "--json"); !strings.Contains(line, "Sign in") {
		t.Errorf("sync without a token: %q", line)
	}
}

func TestDemoNeedsNoConnection(t *testing.T) {
	t.Parallel()
	m := bare(t)
	m.ok("--demo", "sync", "--from", dayBefore(t, m))
	var got listJSON
	m.json(&got, "--demo", "list", "--time", "all", "--limit", "5")
	if got.Total == 0 || len(got.Rows) != 5 {
		t.Errorf("demo: %d rows of %d", len(got.Rows), got.Total)
	}
	entries, err := os.ReadDir(m.dir)
	if err != nil || !slices.ContainsFunc(entries, func(e os.DirEntry) bool { return e.Name() == "demo" }) {
		t.Errorf("profiles %v (%v)", entries, err)
	}
}

// dayBefore fixes the demo's clock and gives the day before, so that the sync is short.
func dayBefore(t *testing.T, m *machine) string {
	t.Helper()
	m.env["WAPDESK_NOW"] = noon().Format("2006-01-02T15:04:05Z07:00")
	return noon().AddDate(0, 0, -1).Format("2006-01-02")
}

// profileFolders names the profiles in a data folder. The list of erasures beside them stays.
func profileFolders(dir string) (names []string, err error) {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	return names, err
}
