package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wapdesk/app/demo"
	"wapdesk/app/profile"
)

func TestExportedTranscriptsHoldTheConversationsOfTheList(t *testing.T) {
	t.Parallel()
	s, m := synced(t)
	w := truthOf(s)
	options := []string{"--time", "last7days", "--sort", "wait:desc,time"}
	rows := listedRows(m, options...)
	dir := t.TempDir()
	for _, format := range []string{"txt", "jsonl", "pdf"} {
		var printed struct{ Rows int }
		m.json(&printed, append(exportTo(filepath.Join(dir, "talk."+format)), options...)...)
		if printed.Rows != len(rows) || len(rows) == 0 {
			t.Errorf("%s: %d conversations, %d listed", format, printed.Rows, len(rows))
		}
	}
	// JSON Lines: every message of every interaction, in the order of the list, and its other files behind them.
	var want, got []string
	for _, r := range rows {
		i := w.Interaction(r.Name)
		for range w.Data.Messages(i) {
			want = append(want, r.Name)
		}
		of := apart(w, i)
		for _, a := range w.ActivitiesOf(i) {
			of = append(of, a.Files...)
		}
		if len(of) > 0 {
			want = append(want, r.Name)
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(read(t, filepath.Join(dir, "talk.jsonl"))), "\n") {
		var message struct{ Interaction string }
		if err := json.Unmarshal([]byte(line), &message); err != nil {
			t.Fatal(err)
		}
		got = append(got, message.Interaction)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("messages (-truth +file):\n%s", diff)
	}
	text := read(t, filepath.Join(dir, "talk.txt"))
	at := 0
	for _, r := range rows {
		next := strings.Index(text[at:], ": "+r.Name+"\n")
		if next < 0 {
			t.Fatalf("%s is not in the text, or in another order", r.Name)
		}
		at += next
	}
	if !strings.HasPrefix(read(t, filepath.Join(dir, "talk.pdf")), "%PDF-") {
		t.Error("the .pdf is none")
	}
	// A contact centre's 1,500 interactions are more than a PDF takes.
	if line := m.fails(exitFailed, append(exportTo(filepath.Join(dir, "all.pdf")), "--time", "all")...); !strings.Contains(line, "1000") {
		t.Errorf("too many for a PDF: %q", line)
	}
	x := filepath.Join(dir, "x.txt")
	m.fails(exitUsage, append(exportTo(x), "--sheets", "summary")...)
	m.fails(exitUsage, append(exportTo(x), "--format", "csv")...)
	m.fails(exitUsage, "export", "--out", x, "--transcript", "doc")
	if found := files(t, dir); len(found) != 3 {
		t.Errorf("left behind: %v", found)
	}
}

func TestExportByTemplate(t *testing.T) {
	t.Parallel()
	s, m := synced(t)
	ctx, p, profiles := openHere(t, s, m)
	settings := p.Settings()
	settings.ExportTemplates = []profile.ExportTemplate{
		{Name: " Weekly ", Choice: `{"format":"csv","columns":"pick","picked":[{"field":"user","on":true},{"field":"wait","on":false},{"field":"gone","on":true},{"field":"time","on":true}],"sheets":["messages"],"lang":"cs","region":"cs","delimiter":"\t","decimal":".","bom":false,"seconds":true}`},
		{Name: "weekly", Choice: `{}`}, {Name: "", Choice: `{}`}, {Name: "broken", Choice: `{`},
		{Name: "As listed", Choice: `{"format":"csv","columns":"list","lang":"en","region":"en"}`},
	}
	settings.Columns = []profile.ColumnSetting{{Field: "title"}, {Field: "queue", Hidden: true}, {Field: "time"}}
	kept, err := p.SetSettings(ctx, settings)
	if err != nil {
		t.Fatal(err)
	}
	if len(kept.ExportTemplates) != 2 || kept.ExportTemplates[0].Name != "Weekly" {
		t.Errorf("kept %v", kept.ExportTemplates)
	}
	if err := profiles.Close(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	header := func(file string, delimiter rune) []string { return table(t, filepath.Join(dir, file), delimiter)[0] }
	m.ok("export", "--template", "weekly", "--out", filepath.Join(dir, "a.csv"))
	if got := header("a.csv", '\t'); len(got) != 2 || got[0] != "Uživatel" || !strings.HasPrefix(got[1], "Čas") {
		t.Errorf("header %q", got)
	}
	m.ok("export", "--template", "Weekly", "--out", filepath.Join(dir, "no-ending"))
	if got := header("no-ending", '\t'); got[0] != "Uživatel" {
		t.Errorf("header %q", got)
	}
	m.ok("export", "--template", "Weekly", "--out", filepath.Join(dir, "b.csv"), "--lang", "en", "--columns", "id", "--csv-dialect", "rfc4180")
	if got := header("b.csv", ','); len(got) != 1 || got[0] != "Unique name" {
		t.Errorf("options above the template give %q", got)
	}
	m.ok("export", "--template", "As listed", "--out", filepath.Join(dir, "c.csv"))
	if got := header("c.csv", ','); len(got) != 2 || got[0] != "\ufeffTitle" {
		t.Errorf("the list's columns give %q", got)
	}
	if line := m.fails(exitFailed, "export", "--template", "Monthly", "--out", filepath.Join(dir, "d.csv")); !strings.Contains(line, "Monthly") {
		t.Errorf("unknown template: %q", line)
	}
}

// TestTranscriptOfTheErasedSaysSo exports a conversation before and after it was anonymised.
func TestTranscriptOfTheErasedSaysSo(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 60, Days: 3})
	m := s.lead(t)
	m.ok("sync")
	w := truthOf(s)
	for _, r := range listedRows(m, "--time", "all") {
		i := w.Interaction(r.Name)
		messages := w.Data.Messages(i)
		if r.Contact == nil || r.Anonymised || len(messages) < 3 {
			continue
		}
		dir := t.TempDir()
		m.ok("anonymise", r.Name, "--yes")
		for _, format := range []string{"txt", "jsonl", "pdf", "csv", "xlsx"} {
			out := filepath.Join(dir, "x."+format)
			m.ok(append(exportTo(out), "--time", "all", "--query", "id:"+r.Name)...)
			data, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(data, []byte(*r.Contact)) {
				t.Errorf("%s still names the contact", format)
			}
		}
		if text := read(t, filepath.Join(dir, "x.txt")); !strings.Contains(text, r.Name) || !strings.Contains(text, "anonymised") {
			t.Errorf("the text reads\n%s", text)
		}
		return
	}
	t.Fatal("no interaction to anonymise")
}

// exportTo is the export into a file, of conversations where its name ends like theirs.
func exportTo(out string) []string {
	args := []string{"export", "--out", out}
	if kind := strings.TrimPrefix(filepath.Ext(out), "."); slices.Contains(transcripts, kind) {
		args = append(args, "--transcript", kind)
	}
	return args
}
