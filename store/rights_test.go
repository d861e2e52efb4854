package store

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// byRights makes interactions of every combination of queue and user.
func byRights() []Conversation {
	list := conversations(0, 6)
	for i, c := range []struct{ queue, user string }{
		{"4101", "novak.j"}, {"4101", ""}, {"4101", "secret"}, {"4999", "novak.j"}, {"4999", ""}, {"", "novak.j"},
	} {
		list[i].Interaction.Queue, list[i].Interaction.User = ref(c.queue), ref(c.user)
	}
	return list
}

func ref(name string) listing.Ref { return listing.Ref{Name: name, Title: name} }

// TestEveryReadPassesTheScope hides rows by queue, by user and all of them, and asks every way
// in which they could be read.
func TestEveryReadPassesTheScope(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	_, err := db.ApplyWindow(t.Context(), wholeWindow(byRights()))
	check(t, err)
	whole := Rights{Login: "lead", Queues: []Name{"4101", "4999"}, Users: []Name{"novak.j", "secret"}}
	for i := range 6 { // a change of each
		_, err := db.Pair(t.Context(), "activities_"+byRights()[i].Interaction.Name, customerOf((i+1)%6).contact)
		check(t, err)
	}
	for _, c := range []struct {
		name   string
		rights Rights
		want   []Name
	}{
		{"nothing was ever listed", Rights{}, []Name{"wap_0000", "wap_0001", "wap_0002", "wap_0003", "wap_0004", "wap_0005"}},
		{"all is listed", whole, []Name{"wap_0000", "wap_0001", "wap_0002", "wap_0003", "wap_0004", "wap_0005"}},
		{"a queue less", Rights{Queues: []Name{"4101"}, Users: whole.Users}, []Name{"wap_0000", "wap_0001", "wap_0002", "wap_0005"}},
		{"a user less", Rights{Queues: whole.Queues, Users: []Name{"novak.j"}}, []Name{"wap_0000", "wap_0001", "wap_0003", "wap_0004", "wap_0005"}},
		{"both", Rights{Queues: []Name{"4101"}, Users: []Name{"novak.j"}}, []Name{"wap_0000", "wap_0001", "wap_0005"}},
		{"neither list was read", Rights{}, []Name{"wap_0000", "wap_0001", "wap_0002", "wap_0003", "wap_0004", "wap_0005"}},
		{"another login", Rights{Login: "other", Queues: whole.Queues, Users: whole.Users}, nil},
		{"an opened file", Rights{All: true}, []Name{"wap_0000", "wap_0001", "wap_0002", "wap_0003", "wap_0004", "wap_0005"}},
	} {
		if len(c.want) < 6 { // from everything to less
			check(t, db.ShowHidden(t.Context()))
			_, err := db.ApplyRights(t.Context(), whole)
			check(t, err)
			check(t, db.ShowHidden(t.Context()))
		}
		_, err := db.ApplyRights(t.Context(), c.rights)
		check(t, err)
		if c.rights.Users == nil && !c.rights.All {
			check(t, db.ShowHidden(t.Context()))
		}
		if got := visibleNames(t, db); !slices.Equal(got, c.want) {
			t.Errorf("%s: visible %v, want %v", c.name, got, c.want)
		}
		if got := must(db.Stored(t.Context()))(t); got != len(c.want) {
			t.Errorf("%s: stored = %d, want %d", c.name, got, len(c.want))
		}
		today, total, err := db.Today(t.Context(), 100)
		check(t, err)
		if len(today) != len(c.want) || total != len(c.want) {
			t.Errorf("%s: today %d of %d, want %d", c.name, len(today), total, len(c.want))
		}
		if got := must(db.RecordsByID(t.Context(), []int64{6, 5, 4, 3, 2, 1}))(t); len(got) != len(c.want) {
			t.Errorf("%s: %d records by id, want %d", c.name, len(got), len(c.want))
		}
		if got := must(db.Changes(t.Context()))(t); len(got) != len(c.want) {
			t.Errorf("%s: %d changes, want %d", c.name, len(got), len(c.want))
		}
		if got := must(db.FilesApartOf(t.Context(), []int64{1, 2, 3, 4, 5, 6}))(t); len(got) != len(c.want) {
			t.Errorf("%s: files of %d interactions, want %d", c.name, len(got), len(c.want))
		}
		details := 0
		for _, err := range db.Details(t.Context(), []int64{1, 2, 3, 4, 5, 6}) {
			check(t, err)
			details++
		}
		if details != len(c.want) {
			t.Errorf("%s: %d details, want %d", c.name, details, len(c.want))
		}
		for i := range 6 {
			name := byRights()[i].Interaction.Name
			allowed := slices.Contains(c.want, name)
			for what, err := range map[string]error{
				"Detail":        fails(db.Detail(t.Context(), name)),
				"activity":      fails(db.Detail(t.Context(), "activities_"+name)),
				"Find":          fails(db.Find(t.Context(), "activities_"+name)),
				"FindContacts":  fails(db.FindContacts(t.Context(), "activities_"+name, "", 1)),
				"ContactedBack": fails(db.ContactedBack(t.Context(), name)),
				"SaveFile":      fails(db.SaveFile(t.Context(), name, "i"+name, strings.NewReader("a contract"), 100)),
			} {
				if refused := errors.Is(err, ErrNotFound); refused == allowed {
					t.Errorf("%s: %s of %s = %v", c.name, what, name, err)
				}
			}
			if preview := must(db.PreviewErase(t.Context(), []Name{name}))(t); (preview.Interactions == 1) != allowed || (preview.Title != "") != allowed {
				t.Errorf("%s: preview of %s: %+v", c.name, name, preview)
			}
		}
	}
}

func fails[T any](_ T, err error) error { return err }

func visibleNames(t testing.TB, db *DB) []Name {
	t.Helper()
	var names []Name
	check(t, db.Records(t.Context(), func(r *listing.Record) error {
		names = append(names, ownTexts(*r).Name)
		return nil
	}))
	return names
}

func TestEraseDoesNotReachBeyondTheScope(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	_, err := db.ApplyWindow(t.Context(), wholeWindow(byRights()))
	check(t, err)
	for _, users := range [][]Name{{"novak.j"}, {}} {
		_, err = db.ApplyRights(t.Context(), Rights{Users: users})
		check(t, err)
	}
	report := must(db.Erase(t.Context(), []Name{"wap_0000", "wap_0001"}, "x"))(t)
	if report.Erased != 1 || !slices.Equal(report.NotFound, []Name{"wap_0000"}) {
		t.Errorf("report: %+v", report)
	}
}

// TestWhatIsHiddenIsDecided is the life of rows whose queue and user are no longer listed: those
// that the contact centre still lists come back, the others are removed for good.
func TestWhatIsHiddenIsDecided(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	wide := Rights{Queues: []Name{"4101", "4999"}, Users: []Name{"novak.j", "secret"}}
	change := must(db.ApplyRights(t.Context(), wide))(t)
	if change != (RightsChange{Grown: true}) {
		t.Errorf("first rights: %+v", change)
	}
	_, err := db.ApplyWindow(t.Context(), wholeWindow(byRights()))
	check(t, err)
	if change := must(db.ApplyRights(t.Context(), wide))(t); change != (RightsChange{}) || len(must(db.Coverage(t.Context()))(t)) != 1 {
		t.Errorf("the same rights again: %+v", change)
	}
	if change := must(db.ApplyRights(t.Context(), Rights{}))(t); change != (RightsChange{}) || len(must(db.Coverage(t.Context()))(t)) != 1 {
		t.Errorf("rights that could not be read: %+v", change)
	}
	narrow := Rights{Queues: []Name{"4101"}, Users: []Name{"novak.j"}}
	if change := must(db.ApplyRights(t.Context(), narrow))(t); change != (RightsChange{Hidden: true}) {
		t.Errorf("narrower rights: %+v", change)
	}
	if got := must(db.HiddenNames(t.Context()))(t); !slices.Equal(got, []Name{"wap_0002", "wap_0003", "wap_0004"}) {
		t.Errorf("hidden: %v", got)
	}
	// A sync that ended before the decision leaves them hidden.
	if change := must(db.ApplyRights(t.Context(), narrow))(t); change != (RightsChange{Hidden: true}) {
		t.Errorf("the same narrow rights again: %+v", change)
	}
	if hits := must(db.FindContacts(t.Context(), "", customerOf(3).title, 9))(t); len(hits) != 0 {
		t.Errorf("a contact of hidden rows alone is found: %v", hits)
	}
	if found := must(db.FindTickets(t.Context(), customerOf(3).ticket, 9))(t); len(found) != 0 {
		t.Errorf("a ticket of hidden rows alone is found: %v", found)
	}
	// Of what was asked for, only what is hidden is removed.
	if n := must(db.DropHidden(t.Context(), []Name{"wap_0000", "wap_0003", "wap_0004"}))(t); n != 2 {
		t.Errorf("dropped %d, want 2", n)
	}
	check(t, db.ShowHidden(t.Context()))
	if got := visibleNames(t, db); !slices.Equal(got, []Name{"wap_0000", "wap_0001", "wap_0002", "wap_0005"}) {
		t.Errorf("visible: %v", got)
	}
	check(t, db.Compact(t.Context(), nil))
	if found := bytesHolding(t, db.Folder(), append(customerOf(3).markers()[:5], customerOf(3).words...)); len(found) > 0 {
		t.Errorf("remains: %q", found)
	}
	// With the rights back the rows come back, and until then the days count as not stored.
	if change := must(db.ApplyRights(t.Context(), wide))(t); change != (RightsChange{Grown: true}) || len(must(db.Coverage(t.Context()))(t)) != 0 {
		t.Errorf("wider rights: %+v, coverage %v", change, must(db.Coverage(t.Context()))(t))
	}
	_, err = db.ApplyWindow(t.Context(), wholeWindow(byRights()))
	check(t, err)
	if d := must(db.Detail(t.Context(), "wap_0003"))(t); len(d.Messages) != 12 || d.Contact == nil {
		t.Errorf("the row did not come back whole: %+v", d.Record)
	}
	sound(t, db)
}

func TestRightsAreKept(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	want := Rights{Login: "a", Users: []Name{"a", "b"}, Queues: []Name{"1"}, Accesses: map[string]int64{"gdprPolicy": 0, "export": 2, "pWaps": 31}}
	for _, rights := range []Rights{want, {}} { // what is not read stays
		_, err := db.ApplyRights(t.Context(), rights)
		check(t, err)
	}
	if diff := cmp.Diff(want, must(db.Rights(t.Context()))(t)); diff != "" {
		t.Error(diff)
	}
	_, err := db.ApplyRights(t.Context(), Rights{Users: []Name{"a", "c"}, Queues: []Name{}, Accesses: map[string]int64{}})
	check(t, err)
	if diff := cmp.Diff(Rights{Login: "a", Users: []Name{"a", "c"}, Accesses: map[string]int64{}}, must(db.Rights(t.Context()))(t)); diff != "" {
		t.Error(diff)
	}
	scope := must(db.Scope(t.Context()))(t)
	if diff := cmp.Diff(query.Scope{HiddenQueues: map[string]bool{"1": true}, HiddenUsers: map[string]bool{"b": true}}, scope); diff != "" {
		t.Error(diff)
	}
}

func TestWhatARoleSays(t *testing.T) {
	t.Parallel()
	// The masks of the only published sample: pActivities is 48 in all of its roles.
	sample := map[string]int64{"pActivities": 48, "pWaps": 16, "contacts": 31, "tickets": 127, "qaReviews": 63, "gdprPolicy": 0, "export": 32}
	for _, c := range []struct {
		name        string
		rights      Rights
		anonymising Anonymising
		mayExport   bool
		locked      []string
	}{
		{"nothing", Rights{}, AnonymisingUnsaid, true, nil},
		{"an opened file", Rights{All: true, Accesses: map[string]int64{"gdprPolicy": 0, "contacts": 0}}, AnonymisingAllowed, true, nil},
		{"the sample", Rights{Accesses: sample}, AnonymisingLocal, true, []string{"gdprPolicy"}},
		{"a single 0", Rights{Accesses: map[string]int64{"contacts": 0}}, AnonymisingUnsaid, true, nil},
		{"0 beside others", Rights{Accesses: map[string]int64{"contacts": 0, "pWaps": 16, "export": 0}}, AnonymisingUnsaid, false, []string{"contacts", "export"}},
		{"any bit", Rights{Accesses: map[string]int64{"gdprPolicy": 2, "pActivities": 2}}, AnonymisingAllowed, true, nil},
	} {
		if got := c.rights.Anonymising(); got != c.anonymising {
			t.Errorf("%s: anonymising is %s, want %s", c.name, got, c.anonymising)
		}
		if got := c.rights.MayExport(); got != c.mayExport {
			t.Errorf("%s: may export: %v", c.name, got)
		}
		for _, access := range []string{"pActivities", "pWaps", "contacts", "tickets", "qaReviews", "gdprPolicy", "export", "unknown"} {
			if got := c.rights.Locks(access); got != slices.Contains(c.locked, access) {
				t.Errorf("%s: locks %s: %v", c.name, access, got)
			}
		}
	}
}

func TestTodayIsTheContactCentresDay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		zone string
		want []Name // conversation n is n hours before noon in Prague
	}{
		{"Europe/Prague", []Name{"wap_0000", "wap_0006", "wap_0012"}},
		{"Asia/Tokyo", []Name{"wap_0000", "wap_0006", "wap_0012", "wap_0018"}},
		{"America/New_York", []Name{"wap_0000", "wap_0006"}},
	} {
		db := openTest(t)
		seeAll(t, db)
		check(t, db.SetZone(t.Context(), c.zone))
		var list []Conversation
		for n := 0; n < 48; n += 6 {
			list = append(list, conversation(n, customerOf(n)))
		}
		_, err := db.ApplyWindow(t.Context(), wholeWindow(list))
		check(t, err)
		records, total, err := db.Today(t.Context(), 2)
		check(t, err)
		if total != len(c.want) || len(records) != 2 || records[0].Name != c.want[0] || records[1].Name != c.want[1] {
			t.Errorf("%s: total %d, want %v", c.zone, total, c.want)
		}
	}
	db := openTest(t)
	if err := db.SetZone(t.Context(), "Moon/Crater"); !errors.Is(err, ErrInvalid) {
		t.Errorf("SetZone = %v", err)
	}
	if got := db.Zone().String(); got != defaultZone {
		t.Errorf("zone = %s", got)
	}
}

// TestFilesGoWithTheirActivity takes away an activity that the lead may no longer see: its files go from the list and
// from the disk, those of the other activity stay.
func TestFilesGoWithTheirActivity(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	c := conversation(1, customerOf(1))
	other := c.Activities[0]
	other.Name, other.Hash = "activities_other", 99
	c.Activities = append(c.Activities, other)
	c.Files = []Attachment{
		{File: "f1", Message: c.Activities[0].Name, Title: "first.pdf", DurationS: listing.Unknown},
		{File: "f2", Message: other.Name, Title: "second.pdf", DurationS: listing.Unknown},
	}
	_, err := db.ApplyWindow(t.Context(), wholeWindow([]Conversation{c}))
	check(t, err)
	files := func() (names []string) {
		t.Helper()
		d := must(db.Detail(t.Context(), c.Interaction.Name))(t)
		for _, f := range d.Files {
			if f.Origin == FromActivities {
				names = append(names, f.File)
			}
		}
		return names
	}
	if got := files(); !slices.Equal(got, []string{"f1", "f2"}) {
		t.Fatalf("at first %q", got)
	}
	_, err = db.ForgetActivities(t.Context(), []Name{other.Name})
	check(t, err)
	if got := files(); !slices.Equal(got, []string{"f1"}) {
		t.Errorf("after an activity went %q, want f1 alone", got)
	}
}
