package cli

import (
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"wapdesk/app/demo"
)

// TestTextOfCustomersDrivesNoTerminal prints titles and messages that ring, move the cursor and turn the line around.
func TestTextOfCustomersDrivesNoTerminal(t *testing.T) {
	t.Parallel()
	const hostile = "\x1b]0;title\x07\u009b2J\u202eName"
	s := newSite(t, demo.Options{Interactions: 30, Days: 2})
	name := truthOf(s).Interactions[0].Name
	s.ChangeInteraction(name, func(i *demo.Interaction) {
		external := *i.External
		external.FullName = hostile
		i.Title, i.External, i.Said = hostile, &external, []string{hostile}
	})
	m := s.lead(t)
	m.ok("sync")
	if told := m.ok("show", name, "--json"); !strings.Contains(told, `\u001b]0;title\u0007`) {
		t.Fatalf("nothing hostile is stored: %s", told)
	}
	runs := [][]string{
		{"list", "--time", "all"}, {"show", name}, {"person", "Name"}, {"show", hostile},
		{"list", "--query", "user:\"" + hostile + "\""},
	}
	for _, args := range runs {
		got := m.run("", args...)
		for _, text := range []string{got.stdout, got.stderr} {
			if at := strings.IndexFunc(text, func(r rune) bool { return r != '\n' && r != '\t' && unicode.IsControl(r) || turnsText(r) }); at >= 0 {
				t.Errorf("%q writes %+q", args, text[at:min(at+20, len(text))])
			}
		}
	}
}

// TestOtherUsersReadNothing looks at the mode of everything that commands leave in the data folder and beside it.
func TestOtherUsersReadNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 30, Days: 2})
	m := s.lead(t)
	m.ok("sync")
	outside := t.TempDir()
	file := filepath.Join(outside, "list.xlsx")
	m.ok("export", "--out", file, "--time", "today")
	m.ok("export", "--out", filepath.Join(outside, "talk.jsonl"), "--transcript", "jsonl", "--time", "today")
	m.ok("ledger", "--out", filepath.Join(outside, "ledger.csv"))
	bare := machine{t: t, dir: m.dir, env: map[string]string{}}
	bare.ok("open", file)
	seen := 0
	for _, root := range []string{m.dir, outside} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || path == outside {
				return err
			}
			info, err := entry.Info()
			if err == nil && info.Mode().Perm()&0o077 != 0 {
				t.Errorf("%s has mode %v", path, info.Mode())
			}
			seen++
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 8 {
		t.Errorf("only %d files were looked at", seen)
	}
}

// TestAStolenFolderHoldsNoToken reads every byte of a profile that signs in with a token from the keyring.
func TestAStolenFolderHoldsNoToken(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 30, Days: 2})
	m := s.lead(t)
	token := s.Token()
	delete(m.env, "WAPDESK_URL")
	delete(m.env, "WAPDESK_TOKEN")
	m.env["WAPDESK_LOG"] = "debug"
	if got := m.run(token+"\n", "connect", "--url", s.web.URL, "--token-stdin"); got.code != exitDone {
		t.Fatal(got.stderr)
	}
	m.ok("sync")
	raw, err := hex.DecodeString(token)
	if err != nil {
		raw = []byte(token)
	}
	looked := 0
	for path := range files(t, m.dir) {
		bytes, err := os.ReadFile(filepath.Join(m.dir, path))
		if err != nil {
			t.Fatal(err)
		}
		looked++
		for form, text := range map[string]string{
			"itself": token, "in base64": base64.RawStdEncoding.EncodeToString([]byte(token)), "as bytes": string(raw),
			"in UTF-16": strings.Join(strings.Split(token, ""), "\x00"),
		} {
			if strings.Contains(string(bytes), text) {
				t.Errorf("%s holds the token %s", path, form)
			}
		}
	}
	if looked < 3 {
		t.Errorf("only %d files were looked at", looked)
	}
}
