package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wapdesk/app/demo"
	"wapdesk/app/profile"
	"wapdesk/store"
	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// openList is a list on the screen, made before something happens to its rows.
type openList struct {
	t      *testing.T
	ctx    context.Context
	p      *profile.Profile
	site   *site
	result *profile.Result
	before []profile.Line
}

func newOpenList(t *testing.T) *openList {
	t.Helper()
	s := newSite(t, demo.Options{Interactions: 120, Days: 6})
	l := &openList{t: t, site: s}
	profiles := profile.NewManager(profile.Options{DataDir: t.TempDir(), Now: noon, Words: func(_, key string, _ ...string) string { return key }})
	profiles.Start(t.Context(), nil)
	t.Cleanup(func() { l.check(profiles.Close()) })
	var err error
	l.ctx = t.Context()
	l.p, err = profiles.Use(l.ctx, profile.Select{URL: s.web.URL, Token: s.Token()})
	l.check(err)
	l.sync()
	l.result, err = l.p.Search(l.ctx, profile.Filter{Time: profile.Period{Preset: profile.AllTime}})
	l.check(err)
	l.p.Keep(l.result)
	l.before = l.lines()
	return l
}

func (l *openList) check(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

func (l *openList) sync() {
	l.t.Helper()
	_, err := l.p.Sync(l.ctx, profile.SyncRequest{Deep: true}, nil)
	l.check(err)
}

// lines are the rows of the list as the page gets them, which never become fewer or move.
func (l *openList) lines() []profile.Line {
	l.t.Helper()
	r, err := l.p.Result(l.result.ID)
	l.check(err)
	lines, err := l.p.Lines(l.ctx, r, 0, 1000)
	l.check(err)
	if r.Total != len(lines) {
		l.t.Errorf("%d rows of %d", len(lines), r.Total)
	}
	for i := range l.before {
		if lines[i].ID != l.before[i].ID {
			l.t.Fatalf("row %d was %d and is %d", i, l.before[i].ID, lines[i].ID)
		}
	}
	return lines
}

// left is everything that still leaves of a selection made before, as text: the clipboard, a
// preview and a file; and how many rows each has.
func (l *openList) left(sel profile.Selection) (text string, rows int) {
	l.t.Helper()
	columns := []string{query.FieldID, query.FieldContact, query.FieldTitle, query.FieldSender}
	clip, err := l.p.CopyRows(l.ctx, sel, columns, "en", func(*listing.Record) {})
	l.check(err)
	x, err := l.p.PrepareExport(l.ctx, profile.ExportRequest{
		Selected: true, Selection: sel, Filter: profile.Filter{Time: profile.Period{Preset: profile.AllTime}},
		Format: "csv", Columns: columns, Lang: "en", Region: "en",
	})
	l.check(err)
	preview, err := x.Preview(l.ctx, func(*listing.Record) {})
	l.check(err)
	names, err := l.p.Selected(l.ctx, sel, 1000)
	l.check(err)
	if int64(clip.Rows) != preview.Rows || len(names) != clip.Rows || strings.Count(clip.Text, "\n") != clip.Rows+1 {
		l.t.Errorf("%d rows are copied, %d exported, %d named", clip.Rows, preview.Rows, len(names))
	}
	text = clip.Text
	for _, cells := range preview.Cells {
		text += strings.Join(cells, "\t")
	}
	return text, clip.Rows
}

// one selects rows that name a person nobody else's row names.
func (l *openList) one() (profile.Line, profile.Selection) {
	l.t.Helper()
	count := map[string]int{}
	for _, line := range l.before {
		count[line.Contact.Name]++
	}
	for _, line := range l.before {
		if line.Contact.Name != "" && count[line.Contact.Name] == 1 && line.State == 0 {
			return line, profile.Selection{Snapshot: l.result.ID, Names: []string{line.Name}}
		}
	}
	l.t.Fatal("no row names a person of its own")
	return profile.Line{}, profile.Selection{}
}

func (l *openList) all() profile.Selection {
	return profile.Selection{Snapshot: l.result.ID, All: true}
}

func (l *openList) now(id int64) profile.Line {
	for _, line := range l.lines() {
		if line.ID == id {
			return line
		}
	}
	return profile.Line{}
}

// isNothing reports whether a line says only which row it was.
func isNothing(line profile.Line) bool {
	return line.Name == "" && line.Contact == (listing.Ref{}) && line.Queue == (listing.Ref{}) && line.Sender == "" && line.Title == "" && line.TimeMs == 0
}

func TestAnOpenListForgetsWhatIsNoLongerPermitted(t *testing.T) {
	t.Parallel()
	l := newOpenList(t)
	row, sel := l.one()
	l.site.Restrict(l.p.Login, nil, nil)
	l.sync()
	for _, line := range l.lines() {
		if line.Left == store.CauseRights && !isNothing(line) || line.Left != store.CauseRights && line.Left != "" {
			t.Fatalf("a row that left says %+v", line)
		}
	}
	if got := l.now(row.ID); got.Left != store.CauseRights {
		t.Errorf("the row left because of %q", got.Left)
	}
	if text, rows := l.left(sel); rows != 0 || strings.Contains(text, row.Contact.Title) {
		t.Errorf("%d rows of the selection are still given: %q", rows, text)
	}
	if text, _ := l.left(l.all()); strings.Contains(text, row.Contact.Title) || strings.Contains(text, row.Name) {
		t.Error("the name is still given of everything selected")
	}
	if _, err := l.p.Story(l.ctx, row.Name); err == nil {
		t.Error("the details still open")
	}
}

func TestAnOpenListForgetsThePersonsOfWhatIsAnonymised(t *testing.T) {
	t.Parallel()
	for _, where := range []string{"here", "upstream"} {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			l := newOpenList(t)
			row, sel := l.one()
			prepared, err := l.p.PrepareTranscript(l.ctx, row.Name, "txt", "en")
			l.check(err)
			if where == "here" {
				_, err := l.p.AnonymiseNow(l.ctx, []string{row.Name}, profile.EraseOptions{})
				l.check(err)
			} else {
				l.site.Anonymise(row.Name)
				l.sync()
			}
			got := l.now(row.ID)
			if got.Left != "" || got.Name != row.Name || got.State&listing.StateAnonymised == 0 || got.Contact.Title != "" || got.Sender != "" || got.Title != "" {
				t.Errorf("the row says %+v", got)
			}
			text, rows := l.left(sel)
			if rows != 1 || strings.Contains(text, row.Contact.Title) || strings.Contains(text, row.Sender) || !strings.Contains(text, "value.anonymised") {
				t.Errorf("the selection gives %d rows: %q", rows, text)
			}
			story, err := l.p.Story(l.ctx, row.Name)
			if err != nil || story.Contact != nil || len(story.Messages) > 0 {
				t.Errorf("the details give %+v, %v", story.Contact, err)
			}
			path := filepath.Join(t.TempDir(), "talk.txt")
			_, err = prepared.Write(l.ctx, path, path, nil)
			l.check(err)
			if talk, err := os.ReadFile(path); err != nil || len(talk) == 0 || strings.Contains(string(talk), row.Contact.Title) {
				t.Errorf("a transcript prepared before gives %q, %v", talk, err)
			}
			r, err := l.p.Result(l.result.ID)
			l.check(err)
			diff, err := l.p.Compare(l.ctx, r)
			if err != nil || len(diff.Changed) == 0 {
				t.Errorf("the page is not told that a row has changed: %+v, %v", diff, err)
			}
		})
	}
}

func TestAnOpenListSaysWhatIsPastKeeping(t *testing.T) {
	t.Parallel()
	l := newOpenList(t)
	_, report, err := l.p.SetRetention(l.ctx, 2, false)
	l.check(err)
	past := 0
	for _, line := range l.lines() {
		if line.Left == "" {
			continue
		}
		if past++; line.Left != store.CauseRetention || !isNothing(line) {
			t.Errorf("a row past keeping says %+v", line)
		}
	}
	if past == 0 || past != report.Removed {
		t.Errorf("%d rows are past keeping, %d were removed", past, report.Removed)
	}
	if _, rows := l.left(l.all()); rows != len(l.before)-past {
		t.Errorf("%d of %d rows are still given, %d are past keeping", rows, len(l.before), past)
	}
}

// TestAnOpenListSaysWhatIsGone deletes in the contact centre. The next sync marks the row, which
// keeps its values, and the one after it removes them.
func TestAnOpenListSaysWhatIsGone(t *testing.T) {
	t.Parallel()
	l := newOpenList(t)
	row, sel := l.one()
	l.site.Delete(row.Name)
	l.sync()
	if got := l.now(row.ID); got.Left != store.CauseGone || got.Name != row.Name || got.Contact != row.Contact {
		t.Errorf("the row says %+v, want it as before", got)
	}
	if _, rows := l.left(sel); rows != 0 {
		t.Error("what the contact centre no longer has is still given")
	}
	l.sync()
	if got := l.now(row.ID); got.Left != store.CauseGone || !isNothing(got) {
		t.Errorf("after it was removed the row says %+v", got)
	}
}
