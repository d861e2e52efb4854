package store

import (
	"errors"
	"slices"
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

func TestEveryReadPassesTheRights(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	_, err := db.ApplyWindow(t.Context(), wholeWindow(byRights()))
	check(t, err)
	for _, c := range []struct {
		name   string
		rights Rights
		want   []Name
	}{
		{"no rights stored", Rights{}, nil},
		{"queue without users", Rights{Queues: []Name{"4101"}}, []Name{"wap_0001"}},
		{"queue and user", Rights{Queues: []Name{"4101"}, Users: []Name{"novak.j"}}, []Name{"wap_0000", "wap_0001"}},
		{"user without queues", Rights{Users: []Name{"novak.j"}}, nil},
		{"everything", Rights{All: true}, []Name{"wap_0000", "wap_0001", "wap_0002", "wap_0003", "wap_0004", "wap_0005"}},
	} {
		c.rights.Accesses = map[string]int64{accessAnonymise: 31}
		_, err := db.ApplyRights(t.Context(), c.rights)
		check(t, err)
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

func TestEraseDoesNotReachBeyondTheRights(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	_, err := db.ApplyWindow(t.Context(), wholeWindow(byRights()))
	check(t, err)
	_, err = db.ApplyRights(t.Context(), Rights{Queues: []Name{"4101"}, Accesses: map[string]int64{accessAnonymise: 1}})
	check(t, err)
	report := must(db.Erase(t.Context(), []Name{"wap_0000", "wap_0001"}, "x"))(t)
	if report.Erased != 1 || !slices.Equal(report.NotFound, []Name{"wap_0000"}) {
		t.Errorf("report: %+v", report)
	}
}

func TestShrinkingRightsRemoveRowsForGood(t *testing.T) {
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
	narrow := Rights{Queues: []Name{"4101"}, Users: []Name{"novak.j"}}
	if change := must(db.ApplyRights(t.Context(), narrow))(t); change != (RightsChange{Shrunk: true}) {
		t.Errorf("narrower rights: %+v", change)
	}
	if n := must(db.DropOutOfScope(t.Context()))(t); n != 4 {
		t.Errorf("dropped %d, want 4", n)
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
	want := Rights{Users: []Name{"a", "b"}, Queues: []Name{"1"}, Accesses: map[string]int64{"gdprPolicy": 0, "export": 2, "pWaps": 31}}
	_, err := db.ApplyRights(t.Context(), want)
	check(t, err)
	got := must(db.Rights(t.Context()))(t)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got.MayAnonymise() || !got.MayExport() || !got.May("pWaps") || got.May("contacts") {
		t.Errorf("accesses read as %v %v", got.MayAnonymise(), got.MayExport())
	}
	scope := must(db.Scope(t.Context()))(t)
	if diff := cmp.Diff(query.Scope{Queues: map[string]bool{"1": true}, Users: map[string]bool{"a": true, "b": true}}, scope); diff != "" {
		t.Error(diff)
	}
	for _, c := range []struct {
		rights               Rights
		anonymise, mayExport bool
	}{
		{Rights{}, false, true},
		{Rights{All: true}, true, true},
		{Rights{Accesses: map[string]int64{"export": 0}}, false, false},
	} {
		if c.rights.MayAnonymise() != c.anonymise || c.rights.MayExport() != c.mayExport {
			t.Errorf("%+v: %v %v", c.rights, c.rights.MayAnonymise(), c.rights.MayExport())
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
