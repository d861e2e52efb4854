package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"wapdesk/app/demo"
)

// shared is the contact centre of the tests that only read. It is synced once; each test
// works on a copy of the files.
var shared struct {
	once sync.Once
	site *site
	dir  string
	err  error
}

func TestMain(m *testing.M) {
	keyring.MockInit() // no test touches the keyring of the person who runs it
	if err := os.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere"); err != nil {
		panic(err) // the mock stands in for what would answer there
	}
	if os.Getenv(childMark) != "" {
		os.Exit(here(Program{
			Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: childGetenv, ConfigDir: os.TempDir(),
		}))
	}
	code := m.Run()
	if shared.site != nil {
		shared.site.web.Close()
		_ = os.RemoveAll(shared.dir) // the system clears its temporary files as well
	}
	os.Exit(code)
}

// noon is a Wednesday afternoon in Prague, the fixed present of the tests.
func noon() time.Time { return time.Date(2026, 11, 18, 14, 30, 0, 0, time.UTC) }

// site is a contact centre on a real listener.
type site struct {
	*demo.Server
	web *httptest.Server
}

func startSite(opts demo.Options) (*site, error) {
	if opts.Now == nil {
		opts.Now = noon
	}
	server, err := demo.New(opts)
	if err != nil {
		return nil, fmt.Errorf("seed the contact centre: %w", err)
	}
	return &site{Server: server, web: httptest.NewServer(server.Handler())}, nil
}

func newSite(t testing.TB, opts demo.Options) *site {
	t.Helper()
	s, err := startSite(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.web.Close)
	return s
}

// machine is a computer with its own data folder and environment.
type machine struct {
	t   testing.TB
	dir string // the folder of all profiles
	env map[string]string
	// inProcess runs its commands in the test's own process, also where another program is tested.
	inProcess bool
}

// as is a new machine that is connected by the environment.
func (s *site) as(t testing.TB, token string) *machine {
	t.Helper()
	m := bare(t)
	m.env["WAPDESK_URL"], m.env["WAPDESK_TOKEN"] = s.web.URL, token
	m.env["WAPDESK_NOW"] = noon().Format(time.RFC3339)
	return m
}

func (s *site) lead(t testing.TB) *machine {
	t.Helper()
	return s.as(t, s.Token())
}

// bare is a machine without any connection.
func bare(t testing.TB) *machine {
	t.Helper()
	return &machine{t: t, dir: filepath.Join(t.TempDir(), "data"), env: map[string]string{"LANG": "en_US.UTF-8"}}
}

// synced is a machine with the shared contact centre's interactions, to be changed at will.
func synced(t *testing.T) (*site, *machine) {
	t.Helper()
	shared.once.Do(func() {
		if shared.site, shared.err = startSite(demo.Options{Interactions: 1500}); shared.err != nil {
			return
		}
		if shared.dir, shared.err = os.MkdirTemp("", "wapdesk-cli"); shared.err != nil {
			return
		}
		m := &machine{dir: shared.dir, inProcess: true, env: map[string]string{
			"WAPDESK_URL": shared.site.web.URL, "WAPDESK_TOKEN": shared.site.Token(), "WAPDESK_NOW": noon().Format(time.RFC3339),
		}}
		if got := m.run("", "sync", "--json"); got.code != 0 {
			shared.err = fmt.Errorf("first sync: exit %d: %s", got.code, got.stderr)
		}
	})
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	m := shared.site.lead(t)
	if err := os.CopyFS(m.dir, os.DirFS(shared.dir)); err != nil {
		t.Fatal(err)
	}
	return shared.site, m
}

// outcome is what a command left on the terminal.
type outcome struct {
	code           int
	stdout, stderr string
}

// ok runs a command that has to succeed and gives its standard output.
func (m *machine) ok(args ...string) string {
	m.t.Helper()
	got := m.run("", args...)
	if got.code != 0 {
		m.t.Fatalf("%q: exit %d, stderr %q", args, got.code, got.stderr)
	}
	return got.stdout
}

// json runs a command with --json, which has to succeed, print exactly one value and nothing
// on standard error, and decodes it.
func (m *machine) json(into any, args ...string) {
	m.t.Helper()
	got := m.run("", append(slices.Clone(args), "--json")...)
	if got.code != 0 || got.stderr != "" {
		m.t.Fatalf("%q: exit %d, stderr %q", args, got.code, got.stderr)
	}
	decodeOne(m.t, got.stdout, into)
}

func decodeOne(t testing.TB, text string, into any) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	if err := d.Decode(into); err != nil {
		t.Fatalf("output is not JSON: %v: %.200q", err, text)
	}
	if err := d.Decode(new(any)); !errors.Is(err, io.EOF) {
		t.Fatalf("output holds more than one value: %.200q", text)
	}
}

// fails runs a command that has to fail: with the code, one line on standard error, and
// nothing on standard output.
func (m *machine) fails(code int, args ...string) string {
	m.t.Helper()
	return m.failsWith("", code, args...)
}

func (m *machine) failsWith(stdin string, code int, args ...string) string {
	m.t.Helper()
	got := m.run(stdin, args...)
	if got.code != code {
		m.t.Errorf("%q: exit %d, want %d (stderr %q)", args, got.code, code, got.stderr)
	}
	if got.stdout != "" {
		m.t.Errorf("%q: standard output %.200q, want none", args, got.stdout)
	}
	if strings.Count(got.stderr, "\n") != 1 || !strings.HasSuffix(got.stderr, "\n") || len(strings.TrimSpace(got.stderr)) < 10 {
		m.t.Errorf("%q: standard error %q, want one line", args, got.stderr)
	}
	if token := m.env["WAPDESK_TOKEN"]; token != "" && strings.Contains(got.stderr, token) {
		m.t.Errorf("%q: the error quotes the token", args)
	}
	return got.stderr
}

// files lists every file below a folder, with its size.
func files(t *testing.T, dir string) map[string]int64 {
	t.Helper()
	found := map[string]int64{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		found[strings.TrimPrefix(path, dir)] = info.Size()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// profiles are the folders of the machine's profiles.
func (m *machine) profiles() []string {
	m.t.Helper()
	entries, err := os.ReadDir(m.dir)
	if err != nil {
		m.t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	return names
}

// profileDir is the folder of the machine's only profile.
func (m *machine) profileDir() string {
	m.t.Helper()
	entries, err := os.ReadDir(m.dir)
	entries = slices.DeleteFunc(entries, func(e os.DirEntry) bool { return strings.HasPrefix(e.Name(), ".") })
	if err != nil || len(entries) != 1 {
		m.t.Fatalf("profiles: %v (%v), want one", entries, err)
	}
	return filepath.Join(m.dir, entries[0].Name())
}

func keysOf(t *testing.T, raw []byte) []string {
	t.Helper()
	var object map[string]json.RawMessage
	if err := json.Unmarshal(raw, &object); err != nil {
		t.Fatalf("not an object: %v: %.200q", err, raw)
	}
	return slices.Sorted(maps.Keys(object))
}
