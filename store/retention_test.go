package store

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wapdesk/store/listing"
)

// retained opens a file with one interaction a day for ten days, at noon.
func retained(t *testing.T) *DB {
	t.Helper()
	db := openTest(t)
	seeAll(t, db)
	var list []Conversation
	for n := range 10 {
		list = append(list, conversation(24*n, customerOf(n)))
	}
	plant(t, db, list)
	return db
}

func TestOlderInteractionsAreRemovedForTheirAge(t *testing.T) {
	t.Parallel()
	db := retained(t)
	must(db.Pair(t.Context(), "activities_wap_0192", "contact_0000"))(t) // still to be sent, eight days old
	preview := must(db.PreviewRetention(t.Context(), Retention{Days: 3}))(t)
	// Noon of three days ago is within the third day, that of four days ago is not.
	want := RetentionPreview{FromMs: time.Date(2026, 11, 19, 0, 0, 0, 0, db.Zone()).UnixMilli(), Interactions: 5, Waiting: 1}
	if diff := cmp.Diff(want, preview); diff != "" {
		t.Errorf("preview (-want +got):\n%s", diff)
	}
	if report := must(db.Upkeep(t.Context()))(t); report != (UpkeepReport{}) {
		t.Errorf("something went before it was chosen: %+v", report)
	}
	check(t, db.SetRetention(t.Context(), Retention{Days: 3}))
	if report := must(db.Upkeep(t.Context()))(t); report != (UpkeepReport{Removed: 5}) {
		t.Errorf("upkeep: %+v, want five removed", report)
	}
	if report := must(db.Upkeep(t.Context()))(t); report != (UpkeepReport{}) {
		t.Errorf("second upkeep: %+v, want nothing", report)
	}
	if got := must(db.Stored(t.Context()))(t); got != 5 {
		t.Errorf("%d are stored, want 5", got)
	}
	if spans := must(db.Coverage(t.Context()))(t); len(spans) != 1 || spans[0].FromMs != want.FromMs {
		t.Errorf("coverage %+v, want it to begin at %d", spans, want.FromMs)
	}
	check(t, db.Compact(t.Context(), nil))
	var gone []string
	for _, n := range []int{4, 5, 6, 7, 9} {
		gone = append(gone, customerOf(n).words...)
	}
	if found := bytesHolding(t, db.Folder(), gone); len(found) > 0 {
		t.Errorf("remains: %.5q", found)
	}
	if found := bytesHolding(t, db.Folder(), customerOf(8).words); len(found) == 0 {
		t.Error("what waits to be sent was removed")
	}
}

func TestOlderInteractionsAreAnonymisedForTheirAge(t *testing.T) {
	t.Parallel()
	db := retained(t)
	check(t, db.SetRetention(t.Context(), Retention{Days: 3, Anonymise: true}))
	if report := must(db.Upkeep(t.Context()))(t); report != (UpkeepReport{Anonymised: 6}) {
		t.Errorf("upkeep: %+v, want six anonymised", report)
	}
	if got := must(db.Stored(t.Context()))(t); got != 10 {
		t.Errorf("%d are stored, want all 10", got)
	}
	if d := must(db.Detail(t.Context(), "wap_0096"))(t); d.Record.State&listing.StateAnonymised == 0 || len(d.Messages) != 0 {
		t.Errorf("not anonymised: %+v", d.Record)
	}
	if d := must(db.Detail(t.Context(), "wap_0072"))(t); d.Record.Title == "" {
		t.Error("one within the days kept was anonymised")
	}
	// The age of a stored copy is no reason to ask anything of the contact centre.
	if changes := must(db.Changes(t.Context()))(t); len(changes) != 0 {
		t.Errorf("changes: %+v", changes)
	}
}

// TestTheRetentionOutlivesAnErasure plants the person in a setting: the settings go, the days kept stay.
func TestDaysKeptHaveBounds(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	for _, c := range []struct {
		given          Retention
		taken, removes bool
	}{
		{Retention{Days: -1}, false, false},
		{Retention{Days: MaxDays}, true, true},
		{Retention{Days: MaxDays + 1}, false, true}, // as before
		{Retention{Days: 0}, true, false},
		{Retention{Days: 3}, true, true},
		{Retention{Days: 3, Anonymise: true}, true, false}, // they stay, without the person
	} {
		if err := db.SetRetention(t.Context(), c.given); errors.Is(err, ErrInvalid) == c.taken {
			t.Errorf("%+v: %v, want it taken: %v", c.given, err, c.taken)
		}
		if _, removes, err := db.KeptFrom(t.Context()); removes != c.removes || err != nil {
			t.Errorf("after %+v what is older is removed: %v, %v; want %v", c.given, removes, err, c.removes)
		}
	}
}

func TestTheRetentionOutlivesAnErasure(t *testing.T) {
	t.Parallel()
	db := retained(t)
	check(t, db.SetRetention(t.Context(), Retention{Days: 90}))
	check(t, db.SetSetting(t.Context(), "settings", customerOf(0).title))
	must(db.Erase(t.Context(), []Name{"wap_0000"}, "x"))(t)
	if _, found, err := db.Setting(t.Context(), "settings"); found || err != nil {
		t.Error("the setting that names the person stayed")
	}
	if r := must(db.Retention(t.Context()))(t); r != (Retention{Days: 90}) {
		t.Errorf("retention %+v", r)
	}
	for _, days := range []int{-1, MaxDays + 1} {
		if err := db.SetRetention(t.Context(), Retention{Days: days}); err == nil {
			t.Errorf("%d days were kept", days)
		}
	}
}

func TestSentChangesGoAfterThirtyDays(t *testing.T) {
	t.Parallel()
	folder := newFolder(t)
	db := openIn(t, folder)
	seeAll(t, db)
	plant(t, db, conversations(0, 2))
	sent := must(db.Pair(t.Context(), "activities_wap_0000", "contact_0001"))(t)
	must(db.Pair(t.Context(), "activities_wap_0001", "contact_0000"))(t)
	claimed, _, err := db.ClaimChange(t.Context(), false)
	check(t, err)
	check(t, db.SettleChange(t.Context(), claimed.ID, Outcome{State: ChangeSent}))
	closeTest(t, db)
	for _, c := range []struct{ days, left int }{{29, 2}, {31, 1}} {
		db := openLater(t, folder, time.Duration(c.days)*24*time.Hour)
		must(db.Upkeep(t.Context()))(t)
		got := must(db.Changes(t.Context()))(t)
		closeTest(t, db)
		if len(got) != c.left || got[len(got)-1].ID == sent.ID {
			t.Errorf("after %d days: %d changes, want %d and the waiting one among them", c.days, len(got), c.left)
		}
	}
}
