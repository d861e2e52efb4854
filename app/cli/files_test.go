package cli

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wapdesk/app/demo"
	"wapdesk/app/profile"
	"wapdesk/frontend"
)

// Files of messages, of the interaction itself and of its activities: each is downloaded from where the
// contact centre keeps it, stands in the details and in transcripts, and goes with the erasure.
func TestFilesOfAllKindsComeAndGo(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 120, Days: 3})
	m := s.lead(t)
	m.ok("sync")
	w := truthOf(s)
	var names []string
	kinds := []struct {
		kind  string
		files func(i *demo.Interaction) []demo.File
	}{
		{"message", func(i *demo.Interaction) []demo.File { return filesIn(w.Data.Messages(i)) }},
		{"item", func(i *demo.Interaction) []demo.File { return onlyInline(apart(w, i), false) }},
		{"inline", func(i *demo.Interaction) []demo.File { return onlyInline(apart(w, i), true) }},
		{"activity", func(i *demo.Interaction) []demo.File {
			var files []demo.File
			for _, a := range w.ActivitiesOf(i) {
				files = append(files, a.Files...)
			}
			return files
		}},
	}
	profiles := profile.NewManager(profile.Options{DataDir: m.dir, Now: noon, Words: frontend.Text})
	profiles.Start(t.Context(), nil)
	p, err := profiles.Use(t.Context(), profile.Select{URL: s.web.URL, Token: m.env["WAPDESK_TOKEN"]})
	if err != nil {
		t.Fatal(err)
	}
	for _, of := range kinds {
		at := slices.IndexFunc(w.Interactions, func(i *demo.Interaction) bool {
			return s.Sees(s.Tokens().Lead.Name, i.Name) && !i.Anonymised && len(of.files(i)) > 0
		})
		if at < 0 {
			t.Fatalf("no interaction has a file of the kind %s: the test sees nothing", of.kind)
		}
		i := w.Interactions[at]
		names = append(names, i.Name)
		for _, file := range of.files(i) {
			_, saved, err := p.DownloadAttachment(t.Context(), i.Name, wire(file.ID))
			if err != nil {
				t.Fatalf("%s: %v", of.kind, err)
			}
			stored, _, err := p.OpenAttachment(t.Context(), i.Name, wire(file.ID))
			if err != nil {
				t.Fatalf("%s: %v", of.kind, err)
			}
			info, err := stored.Stat()
			if err != nil || info.Size() != file.Size || saved.Title != file.Title {
				t.Errorf("%s: %d bytes of %q (%v), want %d of %q", of.kind, info.Size(), saved.Title, err, file.Size, file.Title)
			}
			_ = stored.Close() // it was only read
		}
	}
	if err := profiles.Close(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	dir := t.TempDir()
	ids := `id:"` + strings.Join(names, `" OR id:"`) + `"`
	for _, format := range []string{"txt", "jsonl"} {
		m.ok(append(exportTo(filepath.Join(dir, "talk."+format)), "--time", "all", "--query", ids)...)
	}
	text, told := read(t, filepath.Join(dir, "talk.txt")), filesTold(t, filepath.Join(dir, "talk.jsonl"))
	for _, name := range names {
		i := w.Interaction(name)
		var shown struct{ Files []string }
		m.json(&shown, "show", name)
		want := titlesOf(append(apart(w, i), kinds[3].files(i)...))
		if diff := cmp.Diff(want, sorted(shown.Files)); diff != "" {
			t.Errorf("%s: files of no message in the details (-truth +shown):\n%s", name, diff)
		}
		if diff := cmp.Diff(titlesOf(slices.Concat(filesIn(w.Data.Messages(i)), apart(w, i), kinds[3].files(i))), sorted(told[name])); diff != "" {
			t.Errorf("%s: files in the lines of the transcript (-truth +file):\n%s", name, diff)
		}
		for _, title := range want {
			if !strings.Contains(text, title) {
				t.Errorf("%s: %q is not in the transcript to read", name, title)
			}
		}
	}
	if downloaded(t, m.dir) == 0 {
		t.Fatal("no downloaded file is found in the folder: the test sees nothing")
	}
	m.ok(append([]string{"anonymise", "--yes"}, names...)...)
	if left := downloaded(t, m.dir); left > 0 {
		t.Errorf("%d downloaded files are left after the erasure", left)
	}
	for _, name := range names {
		var shown struct{ Files []string }
		if m.json(&shown, "show", name); len(shown.Files) > 0 {
			t.Errorf("%s still names %v", name, shown.Files)
		}
	}
	m.ok(append(exportTo(filepath.Join(dir, "talk.txt")), "--force", "--time", "all", "--query", ids)...)
	for _, of := range kinds {
		for _, name := range names {
			for _, file := range of.files(w.Interaction(name)) {
				if strings.Contains(read(t, filepath.Join(dir, "talk.txt")), file.Title) {
					t.Errorf("the transcript still names a file of the kind %s", of.kind)
				}
			}
		}
	}
}

// downloaded counts the attachments in a data folder.
func downloaded(t *testing.T, dir string) int {
	t.Helper()
	n := 0
	if err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && strings.Contains(path, "attachments") {
			n++
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func filesIn(messages []demo.Message) []demo.File {
	var files []demo.File
	for i := range messages {
		files = append(files, messages[i].Files...)
	}
	return files
}

// apart are the files of an interaction that none of its messages has.
func apart(w *truth, i *demo.Interaction) []demo.File {
	talk := filesIn(w.Data.Messages(i))
	return slices.DeleteFunc(w.Files(i), func(f demo.File) bool {
		return slices.ContainsFunc(talk, func(g demo.File) bool { return g.ID == f.ID })
	})
}

func onlyInline(files []demo.File, inline bool) []demo.File {
	return slices.DeleteFunc(files, func(f demo.File) bool { return f.Inline != inline })
}

func titlesOf(files []demo.File) []string {
	var titles []string
	for _, f := range files {
		titles = append(titles, f.Title)
	}
	return sorted(titles)
}

func sorted(titles []string) []string {
	slices.Sort(titles)
	return titles
}

// filesTold are the titles of files in a transcript of JSON Lines, by interaction.
func filesTold(t *testing.T, path string) map[string][]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	told := map[string][]string{}
	for line := range strings.Lines(string(data)) {
		var message struct {
			Interaction string
			Files       []string
		}
		if err := json.Unmarshal([]byte(line), &message); err != nil {
			t.Fatal(err)
		}
		told[message.Interaction] = append(told[message.Interaction], message.Files...)
	}
	return told
}
