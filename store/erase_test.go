package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wapdesk/store/listing"
)

// plant stores conversations the way syncs do: again and again, each time a little changed.
func plant(t testing.TB, db *DB, list []Conversation) {
	t.Helper()
	ctx := context.Background()
	check(t, db.ApplyDirectory(ctx, Directory{Forms: []QAForm{{Name: "form_1", Title: "Hodnocení", InitialScore: 10, MinimumScore: listing.Unknown}}}))
	for _, c := range list {
		n := strings.TrimPrefix(c.Interaction.Contact.Name, "contact_")
		check(t, db.ApplyCRM(ctx, CRM{
			Accounts: []Account{{Name: "account_" + n, Title: n + "Kvapil-stavby", CreatedMs: 1, EditedMs: 2}},
			Contacts: []Contact{{
				Name: c.Interaction.Contact.Name, Title: c.Interaction.Title, FirstName: "Zákaznice", LastName: "Kvapilová" + n,
				Account: listing.Ref{Name: "account_" + n}, Numbers: []string{c.Interaction.Sender}, Emails: []string{n + "Kvapilka@example.cz"},
				Description: "o " + c.Interaction.Title, CreatedMs: 1, EditedMs: 2, CustomFields: `{"note":["` + c.Interaction.Title + `"]}`,
			}},
			Tickets: []Ticket{{
				Name: c.Activities[0].Ticket.Name, Title: c.Activities[0].Ticket.Title, Contact: c.Interaction.Contact, CreatedMs: 1, EditedMs: 2,
			}},
		}))
	}
	for round := range 3 {
		changed := make([]Conversation, len(list))
		for i, c := range list {
			c.Interaction.Hash += uint64(round) << 32
			c.Messages = append([]Message(nil), c.Messages...)
			if round < 2 {
				c.Messages = c.Messages[:6+3*round]
			}
			c.Messages[0].Text = fmt.Sprintf("%d krát %s", round, c.Messages[0].Text)
			changed[i] = c
		}
		if _, err := db.ApplyWindow(ctx, wholeWindow(changed)); err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			for _, file := range []string{"m" + c.Interaction.Name, "f" + c.Interaction.Name, "i" + c.Interaction.Name} {
				if _, err := db.SaveFile(ctx, c.Interaction.Name, file, strings.NewReader("bytes "+c.Interaction.Title), 1000); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

func TestEraseLeavesNoByteAfterCompaction(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	list := conversations(20, 80)
	plant(t, db, list)
	var markers []string
	var names []Name
	for n := 40; n < 60; n++ {
		c := customerOf(n)
		markers = append(append(markers, c.title, c.wa, c.number, c.account, c.ticket), c.words...)
		names = append(names, fmt.Sprintf("wap_%04d", n))
	}
	if len(bytesHolding(t, db.Folder(), markers)) == 0 {
		t.Fatal("the markers are not in the files before the erasure: the test sees nothing")
	}
	_, err := db.SaveView(t.Context(), SavedView{Title: "hledám", Body: `{"contact":"` + customerOf(41).title + `"}`})
	check(t, err)
	check(t, db.SetSetting(t.Context(), "last", "sender:"+customerOf(42).number))
	check(t, db.LogExport(t.Context(), ExportEntry{Path: "/home/x/a.xlsx", Format: "xlsx", Filter: customerOf(43).wa, Rows: 120}, []int64{1, 2, 25}))
	if _, err := db.Unpair(t.Context(), "activities_wap_0044"); err != nil {
		t.Fatal(err)
	}

	// One by one, compacting in between: the index then has a single part.
	report, err := db.Erase(t.Context(), names[:1], "novak.j")
	check(t, err)
	check(t, db.Compact(t.Context(), nil))
	again, err := db.Erase(t.Context(), append(names[1:], "wap_9999"), "novak.j")
	check(t, err)
	// An activity that comes once more by itself brings nothing of the customer back.
	late := list[25].Activities[0]
	late.Hash++
	_, _, err = db.ApplyActivities(t.Context(), []Activity{late}, nil)
	check(t, err)
	if !db.CompactionDue() {
		t.Error("no compaction is due after an erasure")
	}
	// The words wait in the index for the compaction, but nobody finds them, and those of later syncs don't wait.
	for n := 40; n < 60; n++ {
		check(t, db.MatchWords(t.Context(), `"`+customerOf(n).words[0]+`"`, func(id int64) {
			t.Errorf("interaction %d is found by the words of an erased customer", id)
		}))
	}
	if !deletesSecurely(t, db) {
		t.Error("after an erasure the search index does not delete securely any more")
	}
	check(t, db.Compact(t.Context(), nil))
	if db.CompactionDue() {
		t.Error("a compaction is due after the compaction")
	}
	if found := bytesHolding(t, db.Folder(), markers); len(found) > 0 {
		t.Errorf("%d markers remain, first: %q", len(found), found[:min(len(found), 10)])
	}
	want := ErasureReport{Erased: 20, NotFound: []Name{"wap_9999"}, Messages: 240, Files: 60, Contacts: 20, Changes: 1, Views: 2, Truncated: true}
	got := again
	got.Erased += report.Erased
	got.Messages += report.Messages
	got.Files += report.Files
	got.Contacts += report.Contacts
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}

	// The next sync brings the same rows again, with a longer transcript.
	for i := range list {
		list[i].Interaction.Hash++
		list[i].Activities[0].Hash++
	}
	if _, err := db.ApplyWindow(t.Context(), wholeWindow(list)); err != nil {
		t.Fatal(err)
	}
	for n := 40; n < 60; n++ {
		c := list[n-20]
		check(t, db.ApplyCRM(t.Context(), CRM{
			Contacts: []Contact{{Name: c.Interaction.Contact.Name, Title: c.Interaction.Title, Account: listing.Ref{Name: "account_" + customerOf(n).contact, Title: customerOf(n).account}}},
			Tickets:  []Ticket{{Name: c.Activities[0].Ticket.Name, Title: c.Activities[0].Ticket.Title, Contact: c.Interaction.Contact}},
		}))
	}
	if found := bytesHolding(t, db.Folder(), markers); len(found) > 0 {
		t.Errorf("a sync brought %d markers back, first: %q", len(found), found[:min(len(found), 10)])
	}
	total, err := db.Stored(t.Context())
	check(t, err)
	if total != 60 {
		t.Errorf("total = %d, want 60", total)
	}
}

func TestEraseKeepsWhatIsNotPersonal(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	list := conversations(0, 3)
	plant(t, db, list)
	before := must(db.Detail(t.Context(), "wap_0001"))(t)
	neighbour := must(db.Detail(t.Context(), "wap_0002"))(t)
	_, err := db.Erase(t.Context(), []Name{"wap_0001"}, "novak.j")
	check(t, err)
	after := must(db.Detail(t.Context(), "wap_0001"))(t)

	want := before.Record
	want.Title, want.Sender, want.WA, want.WANumber, want.Recipient = "", "", "", "", ""
	want.Contact, want.Account, want.Tickets = listing.Ref{}, listing.Ref{}, nil
	want.State |= listing.StateAnonymised
	if diff := cmp.Diff(want, after.Record); diff != "" {
		t.Errorf("record (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(&Erasure{Name: "wap_0001", AtMs: noon.UnixMilli(), By: "novak.j"}, after.Erasure); diff != "" {
		t.Error(diff)
	}
	if len(after.Messages) != 0 || len(after.Files) != 0 || after.Contact != nil || len(after.Tickets) != 0 {
		t.Errorf("personal parts remain: %d messages, %d files", len(after.Messages), len(after.Files))
	}
	a, b := before.Activities[0], after.Activities[0]
	if a.FocusS != b.FocusS || a.TimeOpenMs != b.TimeOpenMs || a.User != b.User || b.Title != "" || b.Description != "" {
		t.Errorf("activity after erasure: %+v", b)
	}
	if len(after.Process) != 2 || after.Process[0].Text != "" || after.Process[0].Step != "queued" {
		t.Errorf("process after erasure: %+v", after.Process)
	}
	if diff := cmp.Diff(neighbour, must(db.Detail(t.Context(), "wap_0002"))(t)); diff != "" {
		t.Errorf("the neighbour changed:\n%s", diff)
	}
	if got := matches(t, db, customerOf(1).words[3]); len(got) != 0 {
		t.Errorf("the erased word is still found in %v", got)
	}
	if got := matches(t, db, customerOf(2).words[3]); !cmp.Equal(got, []int64{neighbour.Record.ID}) {
		t.Errorf("the neighbour's word is found in %v", got)
	}
}

func matches(t testing.TB, db *DB, words string) []int64 {
	t.Helper()
	var ids []int64
	check(t, db.MatchWords(context.Background(), `"`+words+`"`, func(id int64) { ids = append(ids, id) }))
	return ids
}

func TestEraseKeepsAContactThatIsUsedElsewhere(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	c := customerOf(7)
	plant(t, db, []Conversation{conversation(1, c), conversation(2, c)})
	check(t, db.LogExport(t.Context(), ExportEntry{Path: "a.csv", Format: "csv", Rows: 1}, []int64{must(db.Detail(t.Context(), "wap_0001"))(t).Record.ID}))

	preview := must(db.PreviewErase(t.Context(), []Name{"wap_0001"}))(t)
	want := ErasePreview{Interactions: 1, Messages: 12, Files: 3, Unlinked: 1, Title: c.title,
		Exports: []ExportEntry{{ID: 1, AtMs: noon.UnixMilli(), Path: "a.csv", Format: "csv", Rows: 1}}}
	if diff := cmp.Diff(want, preview); diff != "" {
		t.Errorf("preview:\n%s", diff)
	}
	both := must(db.PreviewErase(t.Context(), []Name{"wap_0001", "wap_0002", "wap_0002"}))(t)
	if both.Interactions != 2 || both.Contacts != 1 || both.Unlinked != 0 {
		t.Errorf("preview of both: %+v", both)
	}
	report := must(db.Erase(t.Context(), []Name{"wap_0001"}, "x"))(t)
	if report.Unlinked != 1 || report.Contacts != 0 {
		t.Errorf("report: %+v", report)
	}
	other := must(db.Detail(t.Context(), "wap_0002"))(t)
	if other.Contact == nil || other.Contact.Title != c.title || other.Record.WA != c.wa {
		t.Errorf("the other interaction lost its contact: %+v", other.Contact)
	}
	check2 := must(db.Erase(t.Context(), []Name{"wap_0001", "wap_0002"}, "x"))(t)
	if check2.Already != 1 || check2.Contacts != 1 {
		t.Errorf("second report: %+v", check2)
	}
}

func TestEraseNeedsTheAccess(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	_, err := db.ApplyRights(t.Context(), Rights{Queues: []Name{"4101"}, Users: []Name{"novak.j"}, Accesses: map[string]int64{accessAnonymise: 0}})
	check(t, err)
	_, err = db.ApplyWindow(t.Context(), wholeWindow(conversations(0, 1)))
	check(t, err)
	if _, err := db.Erase(t.Context(), []Name{"wap_0000"}, "x"); !errors.Is(err, ErrNotPermitted) {
		t.Errorf("Erase = %v, want ErrNotPermitted", err)
	}
	if d := must(db.Detail(t.Context(), "wap_0000"))(t); d.Record.Title == "" || db.CompactionDue() {
		t.Error("something was erased")
	}
	report := must(db.EraseAs(t.Context(), []Name{"wap_0000"}, Order{By: "x", HereOnly: true}))(t)
	if report.Erased != 1 || len(must(db.Changes(t.Context()))(t)) != 0 {
		t.Errorf("this computer's copy: %+v, changes %v", report, must(db.Changes(t.Context()))(t))
	}
	if d := must(db.Detail(t.Context(), "wap_0000"))(t); d.Record.Title != "" || d.Erasure == nil || !db.CompactionDue() {
		t.Error("the copy was not erased")
	}
}

func TestRowsThatComeAnonymisedAreErased(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	list := conversations(0, 4)
	plant(t, db, list)
	_, err := db.Erase(t.Context(), []Name{"wap_0003"}, "novak.j")
	check(t, err)
	changes := must(db.Changes(t.Context()))(t)
	if len(changes) != 1 || changes[0].Kind != KindAnonymise || changes[0].State != ChangeManual {
		t.Fatalf("changes after an erasure: %+v", changes)
	}
	// The contact centre anonymised two: one that is stored, and the one erased here.
	for _, n := range []int{1, 3} {
		list[n].Activities[0].Anonymised = true
		list[n].Activities[0].Hash++
		list[n].Interaction.Hash++
	}
	fresh := conversation(9, customerOf(9))
	fresh.Interaction.Anonymised = true
	_, err = db.ApplyWindow(t.Context(), wholeWindow(append(list, fresh)))
	check(t, err)
	for _, n := range []int{1, 3, 9} {
		d := must(db.Detail(t.Context(), fmt.Sprintf("wap_%04d", n)))(t)
		if d.Record.State&listing.StateAnonymised == 0 || d.Record.Title != "" || len(d.Messages) != 0 || d.Erasure == nil {
			t.Errorf("wap_%04d is not erased: %+v", n, d.Record)
		}
	}
	if changes := must(db.Changes(t.Context()))(t); changes[0].State != ChangeConfirmed {
		t.Errorf("the request is %s, want confirmed", changes[0].State)
	}
	check(t, db.Compact(t.Context(), nil))
	markers := append(customerOf(1).markers()[:5], customerOf(1).words...)
	if found := bytesHolding(t, db.Folder(), append(markers, customerOf(9).words...)); len(found) > 0 {
		t.Errorf("remains: %.5q", found)
	}
}

func TestATombstoneWinsOverARestoredFile(t *testing.T) {
	t.Parallel()
	folder := Folder(filepath.Join(t.TempDir(), "profile"))
	db := openIn(t, folder)
	seeAll(t, db)
	plant(t, db, conversations(0, 3))
	closeTest(t, db)
	old := must(os.ReadFile(folder.Database()))(t)

	db = openIn(t, folder)
	_, err := db.Erase(t.Context(), []Name{"wap_0001"}, "x")
	check(t, err)
	check(t, db.Compact(t.Context(), nil))
	closeTest(t, db)
	check(t, os.WriteFile(folder.Database(), old, fileMode))

	db = openIn(t, folder)
	defer closeTest(t, db)
	d := must(db.Detail(t.Context(), "wap_0001"))(t)
	if d.Record.State&listing.StateAnonymised == 0 || len(d.Messages) != 0 || !db.CompactionDue() {
		t.Errorf("the restored row is not erased again: %+v", d.Record)
	}
	check(t, db.Compact(t.Context(), nil))
	if found := bytesHolding(t, folder, customerOf(1).words); len(found) > 0 {
		t.Errorf("remains: %.5q", found)
	}
}

func TestTheListOfErasuresIsMendedAtOpen(t *testing.T) {
	t.Parallel()
	folder := newFolder(t)
	db := openIn(t, folder)
	seeAll(t, db)
	must(db.ApplyWindow(t.Context(), wholeWindow(conversations(0, 4))))(t)
	must(db.Erase(t.Context(), []Name{"wap_0001"}, "x"))(t)
	must(db.Erase(t.Context(), []Name{"wap_0002"}, "x"))(t)
	closeTest(t, db)
	list := string(must(os.ReadFile(folder.tombstones()))(t))
	// A kill cut the second line short.
	check(t, os.WriteFile(folder.tombstones(), []byte(list[:len(list)-5]), fileMode))
	db = openIn(t, folder)
	defer closeTest(t, db)
	want := map[Name]int64{"wap_0001": noon.UnixMilli(), "wap_0002": noon.UnixMilli()}
	if diff := cmp.Diff(want, must(db.readErased())(t).names); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[Name]bool{"wap_0002": true}, must(db.Anonymised(t.Context(), []Name{"wap_0002", "wap_0003"}))(t)); diff != "" {
		t.Error(diff)
	}
}

func TestCompactWaitsForReaders(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	plant(t, db, conversations(0, 3))
	_, err := db.Erase(t.Context(), []Name{"wap_0001"}, "x")
	check(t, err)
	// A reader is under way while the copy is made, and reads inside of its own read.
	ids := []int64{1, 2, 3}
	var compacted chan error
	for d, err := range db.Details(t.Context(), ids) {
		check(t, err)
		if compacted == nil {
			compacted = make(chan error, 1)
			copied := make(chan struct{})
			go func() {
				compacted <- db.Compact(context.Background(), func(step string) {
					if step == "swap" {
						close(copied)
					}
				})
			}()
			<-copied
		}
		if _, err := db.Detail(t.Context(), d.Record.Name); err != nil {
			t.Fatal(err)
		}
	}
	check(t, <-compacted)
	if db.CompactionDue() {
		t.Error("the compaction is still due")
	}
	if got := must(db.Stored(t.Context()))(t); got != 3 {
		t.Errorf("stored = %d, want 3", got)
	}
	_, err = db.ApplyWindow(t.Context(), Window{Conversations: conversations(5, 6)})
	check(t, err)
}

func TestCompactGivesUpWhenReadersDoNotEnd(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	_, done, err := db.files.reader()
	check(t, err)
	defer done()
	err = db.files.exchange(db.driver, db.folder.Database(), time.Millisecond, func() error { t.Error("swapped"); return nil })
	if !errors.Is(err, ErrBusy) {
		t.Errorf("exchange = %v, want ErrBusy", err)
	}
}

// deletesSecurely reports whether words that a sync takes out of the search index are overwritten at once.
func deletesSecurely(t *testing.T, db *DB) bool {
	t.Helper()
	var secure int
	check(t, db.files.read.QueryRow("SELECT v FROM search_config WHERE k = 'secure-delete'").Scan(&secure))
	return secure == 1
}
