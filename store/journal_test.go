package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wapdesk/store/listing"
)

func TestSettingsAndCursors(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	check(t, db.SetSetting(t.Context(), "lang", "cs"))
	check(t, db.SetSetting(t.Context(), "lang", "en"))
	value, found, err := db.Setting(t.Context(), "lang")
	if value != "en" || !found || err != nil {
		t.Errorf("Setting = %q, %v, %v", value, found, err)
	}
	if _, found, err := db.Setting(t.Context(), "none"); found || err != nil {
		t.Errorf("a setting that was never set: %v, %v", found, err)
	}
	for _, key := range []string{"", ".zone"} {
		if err := db.SetSetting(t.Context(), key, "x"); !errors.Is(err, ErrInvalid) {
			t.Errorf("SetSetting(%q) = %v, want ErrInvalid", key, err)
		}
	}
	check(t, db.SetCursor(t.Context(), "tickets", "2026"))
	if got := must(db.Cursor(t.Context(), "tickets"))(t); got != "2026" {
		t.Errorf("cursor = %q", got)
	}
	if got := must(db.Cursor(t.Context(), "none"))(t); got != "" {
		t.Errorf("a cursor that was never set = %q", got)
	}
}

func TestSavedViews(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	first := must(db.SaveView(t.Context(), SavedView{Title: "Zmeškané", Body: "{}"}))(t)
	second := must(db.SaveView(t.Context(), SavedView{Title: "Dlouhé", Body: "[]"}))(t)
	first.Title = "Zmeškané dnes"
	must(db.SaveView(t.Context(), first))(t)
	if diff := cmp.Diff([]SavedView{first, second}, must(db.Views(t.Context()))(t)); diff != "" {
		t.Error(diff)
	}
	check(t, db.DeleteView(t.Context(), first.ID))
	for what, err := range map[string]error{"delete": db.DeleteView(t.Context(), first.ID), "save": fails(db.SaveView(t.Context(), first))} {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("%s a view that is gone = %v, want ErrNotFound", what, err)
		}
	}
}

func TestRunsAndExportsAreLogged(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	first := must(db.StartRun(t.Context(), "usual"))(t)
	second := must(db.StartRun(t.Context(), "deep"))(t)
	check(t, db.FinishRun(t.Context(), Run{ID: first, Code: "offline", Read: 4, Stored: 3, Added: 2, Gone: 1}))
	want := []Run{
		{ID: second, Kind: "deep", StartedMs: noon.UnixMilli(), EndedMs: listing.Unknown},
		{ID: first, Kind: "usual", StartedMs: noon.UnixMilli(), EndedMs: noon.UnixMilli(), Code: "offline", Read: 4, Stored: 3, Added: 2, Gone: 1},
	}
	if diff := cmp.Diff(want, must(db.Runs(t.Context(), 5))(t)); diff != "" {
		t.Error(diff)
	}
	if err := db.FinishRun(t.Context(), Run{ID: 99}); !errors.Is(err, ErrNotFound) {
		t.Errorf("FinishRun of no run = %v", err)
	}
	entry := ExportEntry{Path: "/tmp/a.xlsx", Format: "xlsx", Filter: "queue:4101", Rows: 3, By: "novak.j"}
	check(t, db.LogExport(t.Context(), entry, []int64{5, 1, 300, 5}))
	entry.ID, entry.AtMs = 1, noon.UnixMilli()
	if diff := cmp.Diff([]ExportEntry{entry}, must(db.Exports(t.Context()))(t)); diff != "" {
		t.Error(diff)
	}
}

func FuzzPackedIDs(f *testing.F) {
	f.Add([]byte{1, 2, 3}, byte(2))
	f.Add([]byte{0, 255, 255}, byte(7))
	f.Fuzz(func(t *testing.T, raw []byte, wanted byte) {
		var ids []int64
		for i, b := range raw {
			ids = append(ids, int64(b)<<(i%40))
		}
		id := int64(wanted)
		got, err := holdsAny(packIDs(ids), map[int64]bool{id: true})
		if want := slices.Contains(ids, id); got != want || err != nil {
			t.Errorf("holdsAny(%v, %d) = %v, %v", ids, id, got, err)
		}
		// Any bytes are read without a panic.
		if _, err := holdsAny(raw, nil); err != nil && !errors.Is(err, ErrDamaged) {
			t.Errorf("holdsAny of foreign bytes = %v", err)
		}
	})
}

func TestDirectoryIsKept(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	ctx := t.Context()
	check(t, db.ApplyDirectory(ctx, Directory{
		Users:      []User{{Name: "novak.j", Title: "Jan Novák", Alias: "JN"}, {Name: "stary.b", Title: "Bývalý", Deactivated: true}},
		Queues:     []Queue{{Name: "4101", Title: "WA Podpora", Type: "wap"}, {Name: "4999", Title: "Jiná", Deactivated: true}},
		Groups:     []Group{{Name: "g1", Title: "Tým", Kind: "users", Members: []Name{"novak.j", "stary.b"}}, {Name: "g1", Title: "Fronty", Kind: "queues"}},
		Connectors: []listing.Ref{{Name: "c1", Title: "Hlavní"}}, Statuses: []Status{{Name: "s1", Title: "Hotovo", Color: "#fff"}},
		Databases: []listing.Ref{{Name: "default", Title: "Výchozí"}},
	}))
	check(t, db.ApplyDirectory(ctx, Directory{Users: []User{{Name: "novak.j", Title: "Jan Novák"}}})) // the others were not read
	if diff := cmp.Diff([]User{{Name: "novak.j", Title: "Jan Novák", Visible: true}, {Name: "stary.b", Title: "Bývalý", Deactivated: true}}, must(db.Users(ctx))(t)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Queue{{Name: "4101", Title: "WA Podpora", Type: "wap", Visible: true}, {Name: "4999", Title: "Jiná", Deactivated: true}}, must(db.Queues(ctx))(t)); diff != "" {
		t.Error(diff)
	}
	groups := []Group{{Name: "g1", Title: "Fronty", Kind: "queues", Members: []Name{}}, {Name: "g1", Title: "Tým", Kind: "users", Members: []Name{"novak.j", "stary.b"}}}
	if diff := cmp.Diff(groups, must(db.Groups(ctx))(t)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Status{{Name: "s1", Title: "Hotovo", Color: "#fff"}}, must(db.Statuses(ctx))(t)); diff != "" {
		t.Error(diff)
	}
	for what, got := range map[string][]listing.Ref{"connectors": must(db.Connectors(ctx))(t), "databases": must(db.Databases(ctx))(t)} {
		if len(got) != 1 {
			t.Errorf("%s: %v", what, got)
		}
	}
	check(t, db.ApplyDirectory(ctx, Directory{Groups: []Group{}}))
	if got := must(db.Groups(ctx))(t); len(got) != 0 {
		t.Errorf("groups that are no longer listed: %v", got)
	}
}

func TestFindContactsAndTickets(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	must(db.ApplyWindow(t.Context(), wholeWindow(conversations(1, 2))))(t) // its number is 420770000001
	check(t, db.ApplyCRM(t.Context(), CRM{
		Contacts: []Contact{
			{Name: "a", Title: "Řehoř Čáslavský", Numbers: []string{"+420 606 111 222"}, Emails: []string{"Rehor@example.cz"}},
			{Name: "b", Title: "Anna Řehořová", Numbers: []string{"770 000 001"}},
		},
		Tickets: []Ticket{{Name: "48213", Title: "Výměna routeru", CreatedMs: 2}, {Name: "48999", Title: "Faktura", CreatedMs: 3}},
	}))
	names := func(text string, activity Name) string {
		var found []string
		for _, hit := range must(db.FindContacts(t.Context(), activity, text, 5))(t) {
			name := hit.Contact.Name
			if hit.Likely {
				name += "!"
			}
			found = append(found, name)
		}
		return strings.Join(found, " ")
	}
	for _, c := range []struct{ text, activity, want string }{
		{"rehor", "", "b a"}, {"ČÁSLAV", "", "a"}, {"606111", "", "a"}, {"00420606", "", "a"}, {"rehor@", "", "a"},
		{"", "activities_wap_0001", "b!"}, {"rehor", "activities_wap_0001", "b! a"}, {"zz", "", ""}, {"", "", ""},
	} {
		if got := names(c.text, c.activity); got != c.want {
			t.Errorf("FindContacts(%q, %q) = %q, want %q", c.text, c.activity, got, c.want)
		}
	}
	for text, want := range map[string]int{"482": 1, "vymena": 1, "48": 3, "": 3, "nic": 0} {
		if got := must(db.FindTickets(t.Context(), text, 5))(t); len(got) != want {
			t.Errorf("FindTickets(%q) gives %d, want %d", text, len(got), want)
		}
	}
	if got := must(db.FindTickets(t.Context(), "48", 1))(t); len(got) != 1 || got[0].Name != "48999" {
		t.Errorf("newest ticket: %v", got)
	}
}

func TestSaveFile(t *testing.T) {
	t.Parallel()
	folder := newFolder(t)
	db := openIn(t, folder)
	seeAll(t, db)
	must(db.ApplyWindow(t.Context(), wholeWindow(conversations(1, 2))))(t)
	ctx := t.Context()
	if _, err := db.SaveFile(ctx, "wap_0001", "mwap_0001", strings.NewReader("12345"), 4); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too large = %v", err)
	}
	for _, c := range []struct{ interaction, file Name }{{"wap_0001", "nothing"}, {"wap_none", "mwap_0001"}} {
		if _, err := db.SaveFile(ctx, c.interaction, c.file, strings.NewReader("x"), 4); !errors.Is(err, ErrNotFound) {
			t.Errorf("SaveFile(%v) = %v, want ErrNotFound", c, err)
		}
	}
	old := must(db.SaveFile(ctx, "wap_0001", "mwap_0001", strings.NewReader("old"), 100))(t)
	saved := must(db.SaveFile(ctx, "wap_0001", "mwap_0001", strings.NewReader("12345"), 5))(t)
	path := must(db.FilePath(saved))(t)
	if content := string(must(os.ReadFile(path))(t)); content != "12345" || filepath.Ext(path) != ".jpg" {
		t.Errorf("stored %q as %s", content, filepath.Ext(path))
	}
	if _, err := os.Stat(must(db.FilePath(old))(t)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the replaced bytes are still there: %v", err)
	}
	d := detail(t, db, "wap_0001")
	if d.Messages[2].Attachments[0].Path != saved.Path {
		t.Errorf("path = %q", d.Messages[2].Attachments[0].Path)
	}
	// The transcript comes again, changed: the file stays. Then without it: the file goes.
	c := conversation(1, customerOf(1))
	c.Messages = slices.Clone(c.Messages)
	c.Messages[0].Text = "jinak"
	must(db.ApplyConversations(ctx, []Conversation{c}, nil))(t)
	if d := detail(t, db, "wap_0001"); d.Messages[2].Attachments[0].Path != saved.Path {
		t.Error("a new transcript forgot the file")
	}
	c.Messages[2].Attachments = nil
	must(db.ApplyConversations(ctx, []Conversation{c}, nil))(t)
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("bytes of a file that is no longer listed: %v", err)
	}
	// Bytes that a kill left behind before they were noted go at the next open.
	check(t, db.beginSaving(ctx, "1/half.bin"))
	check(t, os.WriteFile(filepath.Join(folder.Attachments(), "1", "half.bin"+partSuffix), []byte("x"), fileMode))
	check(t, os.WriteFile(filepath.Join(folder.Attachments(), "1", "half.bin"), []byte("x"), fileMode))
	check(t, db.removeDoomed(ctx)) // while it is being written it stays
	if _, err := os.Stat(filepath.Join(folder.Attachments(), "1", "half.bin")); err != nil {
		t.Errorf("a file that is being written was removed: %v", err)
	}
	closeTest(t, db)
	db = openIn(t, folder)
	defer closeTest(t, db)
	if left := must(filepath.Glob(filepath.Join(folder.Attachments(), "1", "*")))(t); len(left) > 0 {
		t.Errorf("left: %d files", len(left))
	}
	for _, bad := range []string{"../x", "/etc/passwd", ""} {
		if _, err := db.FilePath(Attachment{Path: bad}); err == nil {
			t.Errorf("FilePath(%q) gave a path", bad)
		}
	}
}

func TestClosedProfilesAnswerWithAnError(t *testing.T) {
	t.Parallel()
	db := openIn(t, newFolder(t))
	closeTest(t, db)
	if _, err := db.Users(context.Background()); !errors.Is(err, ErrClosed) {
		t.Errorf("read = %v, want ErrClosed", err)
	}
	if err := db.SetCursor(context.Background(), "a", "b"); !errors.Is(err, ErrClosed) {
		t.Errorf("write = %v, want ErrClosed", err)
	}
}

func TestReferencesWithoutNames(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	_, err := db.ApplyRights(t.Context(), Rights{All: true})
	check(t, err)
	c := conversation(1, customerOf(1))
	c.Interaction.User = listing.Ref{Title: "Skrytý Agent"} // without rights to the user
	c.Interaction.Contact = listing.Ref{Title: "Jen Jméno"} // from an opened file
	c.Interaction.ExternalContact = ExternalContact{FullName: "WA jméno"}
	must(db.ApplyConversations(t.Context(), []Conversation{c}, nil))(t)
	d := detail(t, db, "wap_0001")
	if d.Record.User.Title != "Skrytý Agent" || d.Record.Contact.Title != "Jen Jméno" || d.Interaction.ExternalContact != c.Interaction.ExternalContact {
		t.Errorf("record %+v", d.Record)
	}
	// A user without a name is in no list, and no reason to hide what the contact centre listed.
	other := openTest(t)
	for _, users := range [][]Name{{"novak.j", "svoboda.p"}, {"novak.j"}} {
		_, err = other.ApplyRights(t.Context(), Rights{Queues: []Name{"4101"}, Users: users})
		check(t, err)
		must(other.ApplyConversations(t.Context(), []Conversation{c}, nil))(t)
		if d := detail(t, other, "wap_0001"); d.Record.User.Title != "Skrytý Agent" {
			t.Errorf("record %+v", d.Record)
		}
	}
}
