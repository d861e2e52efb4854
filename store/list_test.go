package store

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

func withList(o *Options) { o.NoList = false }

func waitForList(t testing.TB, db *DB) {
	t.Helper()
	db.LoadList()
	select {
	case <-db.ListReady():
	case <-time.After(time.Minute):
		t.Fatal("the list does not load")
	}
	check(t, db.ListErr())
}

// listed is what the list engine has, within the rights, by id.
func listed(t testing.TB, db *DB) []listing.Record {
	t.Helper()
	scope := must(db.Scope(t.Context()))(t)
	snapshot := must(db.List().View().Search(t.Context(), query.Query{}, scope))(t)
	return byID(snapshot.Window(0, snapshot.Total()))
}

// stored is what the file has, within the rights, by id.
func stored(t testing.TB, db *DB) []listing.Record {
	t.Helper()
	var records []listing.Record
	check(t, db.Records(t.Context(), func(r *listing.Record) error {
		records = append(records, ownTexts(*r))
		return nil
	}))
	return byID(records)
}

func byID(records []listing.Record) []listing.Record {
	slices.SortFunc(records, func(a, b listing.Record) int { return cmp.Compare(a.ID, b.ID) })
	return records
}

func same(t testing.TB, what string, want, got []listing.Record) {
	t.Helper()
	if diff := gocmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

func TestRecordsAreTheSameOnEveryWay(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	plant(t, db, conversations(0, 10))
	must(db.Pair(t.Context(), "activities_wap_0003", "contact_0004"))(t)
	all := stored(t, db)
	if len(all) != 10 || all[0].WANumber == "" || all[0].Account.Name == "" || len(all[0].Tickets) != 1 || !all[0].QA {
		t.Fatalf("%d records, first %+v", len(all), all[0])
	}
	ids := make([]int64, len(all))
	for i := range all {
		ids[i] = all[i].ID
		d := detail(t, db, all[i].Name)
		if diff := gocmp.Diff(all[i], d.Record); diff != "" {
			t.Errorf("detail of %s:\n%s", all[i].Name, diff)
		}
	}
	same(t, "records by id", all, byID(must(db.RecordsByID(t.Context(), ids))(t)))
	today, _, err := db.Today(t.Context(), 100)
	check(t, err)
	same(t, "today", all, byID(today))
	slices.Reverse(ids)
	reversed := must(db.RecordsByID(t.Context(), append(ids, 9999)))(t)
	if len(reversed) != 10 || reversed[0].ID != ids[0] {
		t.Error("records do not come in the order of the ids")
	}
}

func TestFigures(t *testing.T) {
	t.Parallel()
	u := int64(listing.Unknown)
	at := func(s int64, direction, kind string) Message {
		return Message{TimeMs: s * 1000, Direction: direction, Type: kind}
	}
	for _, c := range []struct {
		name     string
		messages []Message
		want     messageFigures
	}{
		{"none", nil, messageFigures{0, u, u, false}},
		{"one", []Message{at(5, "IN", "PUBLIC")}, messageFigures{1, u, u, false}},
		{"a bot is no answer", []Message{at(0, "IN", ""), at(2, "BOT", "PUBLIC"), at(30, "OUT", "PUBLIC"), at(90, "OUT", "PUBLIC")}, messageFigures{4, 30, 60, false}},
		{"notes do not count", []Message{at(0, "IN", "PUBLIC"), at(10, "OUT", "PRIVATE"), at(100, "OUT", "PUBLIC")}, messageFigures{3, 100, 100, false}},
		{"an agent writes first", []Message{at(0, "OUT", "PUBLIC"), at(10, "IN", "PUBLIC"), at(11, "OUT", "PUBLIC")}, messageFigures{3, 1, 10, false}},
		{"unknown times", []Message{{TimeMs: u, Direction: "IN"}, at(10, "IN", ""), {TimeMs: u, Direction: "OUT"}}, messageFigures{3, u, u, false}},
	} {
		if got := figuresOfMessages(c.messages); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
	activity := func(focus, duration, open, end int64) Activity {
		return Activity{FocusS: focus, DurationS: duration, TimeOpenMs: open, TimeCloseMs: end, FocusDisruptions: 1, Action: "CLOSE"}
	}
	for _, c := range []struct {
		activity Activity
		want     bool
	}{
		{activity(10, 10, 0, 10000), false}, {activity(11, 10, 0, 99000), true}, {activity(11, u, 0, 10000), true},
		{activity(u, 10, 0, 1), false}, {activity(11, u, u, u), false}, {activity(-5, u, u, u), true},
	} {
		if got := focusAnomaly(c.activity); got != c.want {
			t.Errorf("anomaly of %+v = %v", c.activity, got)
		}
	}
	figures := figuresOfActivities([]Activity{activity(5, 10, 0, 10000), activity(50, 10, 0, 10000), {FocusS: u, FocusDisruptions: u, Action: "OPEN"}})
	if want := (activityFigures{Count: 3, Open: true, Anomaly: true, FocusS: 5, Disruptions: 2}); figures != want {
		t.Errorf("figures %+v, want %+v", figures, want)
	}
}

func TestTheListFollowsEveryCommit(t *testing.T) {
	t.Parallel()
	folder := newFolder(t)
	db := openIn(t, folder, withList)
	waitForList(t, db)
	seeAll(t, db)
	var events []Event
	stop := db.Subscribe(func(e Event) { events = append(events, e) })
	step := func(what string, do func()) {
		t.Helper()
		events = nil
		do()
		same(t, what, stored(t, db), listed(t, db))
		if len(events) == 0 {
			t.Errorf("%s: nobody was told", what)
		}
	}
	random := rand.New(rand.NewPCG(7, 7))
	list := conversations(0, 40)
	step("first window", func() { must(db.ApplyWindow(t.Context(), wholeWindow(list[:20])))(t) })
	if len(events[0].Interactions) != 20 || !events[0].Coverage {
		t.Errorf("event: %+v", events[0])
	}
	step("more", func() { must(db.ApplyWindow(t.Context(), Window{Conversations: list[20:]}))(t) })
	step("changed", func() {
		list[3].Interaction.DurationS, list[3].Interaction.Hash = random.Int64N(999), 5
		must(db.ApplyConversations(t.Context(), list[3:4], nil))(t)
	})
	step("gone", func() {
		must(db.ApplyWindow(t.Context(), Window{FromMs: ms(-5 * time.Hour), ToMs: ms(time.Hour), Full: true}))(t)
	})
	step("back", func() { must(db.ApplyConversations(t.Context(), list[:3], nil))(t) })
	step("contact renamed", func() {
		check(t, db.ApplyCRM(t.Context(), CRM{Contacts: []Contact{{Name: "contact_0010", Title: "Přejmenovaná", Account: listing.Ref{Name: "acc", Title: "Firma"}}}}))
	})
	step("user renamed", func() {
		check(t, db.ApplyDirectory(t.Context(), Directory{Users: []User{{Name: "novak.j", Title: "Jan Novák ml."}}}))
	})
	step("paired", func() { must(db.Pair(t.Context(), "activities_wap_0011", "contact_0010"))(t) })
	step("sending", func() { claim(t, db) })
	step("erased", func() { must(db.Erase(t.Context(), []Name{"wap_0012", "wap_0010"}, "x"))(t) })
	step("compacted and changed", func() {
		check(t, db.Compact(t.Context(), nil))
		list[15].Interaction.WaitS, list[15].Interaction.Hash = 5, 6
		must(db.ApplyConversations(t.Context(), list[15:16], nil))(t)
	})
	step("older dropped", func() { must(db.DropOlder(t.Context(), ms(-30*time.Hour)))(t) })
	stop()
	want := stored(t, db)
	closeTest(t, db)
	events = nil
	db = openIn(t, folder, withList)
	defer closeTest(t, db)
	waitForList(t, db)
	same(t, "loaded anew", want, listed(t, db))
	if len(events) > 0 {
		t.Error("an ended subscription was told")
	}
	scope := must(db.Scope(t.Context()))(t)
	where := query.Node{Field: "text", Op: query.Contains, Values: []string{customerOf(14).words[1]}}
	if n := must(db.List().View().Count(t.Context(), query.Query{Where: &where}, scope))(t); n != 1 {
		t.Errorf("a word of one conversation is found %d times", n)
	}
}

func TestCommitsWhileTheListLoadsAreNotLost(t *testing.T) {
	t.Parallel()
	folder := newFolder(t)
	db := openIn(t, folder)
	seeAll(t, db)
	must(db.ApplyWindow(t.Context(), wholeWindow(conversations(0, 200))))(t)
	closeTest(t, db)
	db = openIn(t, folder, withList)
	defer closeTest(t, db)
	for n := 200; n < 260; n += 10 {
		must(db.ApplyWindow(t.Context(), Window{Conversations: conversations(n, n+10)}))(t)
		must(db.MarkGone(t.Context(), []Name{conversation(n/2, customerOf(n/2)).Interaction.Name}))(t)
	}
	waitForList(t, db)
	same(t, "list", stored(t, db), listed(t, db))
}
