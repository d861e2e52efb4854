package listing_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wapdesk/store/listing"
	"wapdesk/store/listing/gen"
	"wapdesk/store/query"
)

// row makes an interaction with nothing known about it.
func row(id int64, timeMs int64) listing.Record {
	return listing.Record{ID: id, Name: fmt.Sprintf("wap_%06d", id), TimeMs: timeMs, WaitS: listing.Unknown, DurationS: listing.Unknown,
		MissedTimeMs: listing.Unknown, FocusS: listing.Unknown, FirstReplyS: listing.Unknown, SilenceS: listing.Unknown,
		Disruptions: listing.Unknown, Activities: listing.Unknown, Messages: listing.Unknown}
}

var everything = query.Scope{}

func loaded(t testing.TB, rows ...listing.Record) *listing.Engine {
	t.Helper()
	e := listing.New(listing.Options{Now: func() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }})
	err := e.Load(t.Context(), func(_ context.Context, add func(*listing.Record) error) error {
		for i := range rows {
			if err := add(&rows[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// search returns the ids that a text form finds, in the order of the keys.
func search(t testing.TB, e *listing.Engine, text string, keys ...query.SortKey) []int64 {
	t.Helper()
	snap := searched(t, e, text, keys...)
	return snap.IDs(0, snap.Total())
}

func searched(t testing.TB, e *listing.Engine, text string, keys ...query.SortKey) *listing.Snapshot {
	t.Helper()
	where, err := query.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	snap, err := e.View().Search(t.Context(), query.Query{Where: where, Sort: keys}, everything)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return snap
}

func TestEmptyList(t *testing.T) {
	t.Parallel()
	e := listing.New(listing.Options{})
	for _, text := range []string{"", "user:absent", "title:x", "text:x", "sender:1", "wait>5m", "-time:today", "missed:waiting"} {
		snap := searched(t, e, text, query.SortKey{Field: "contact"})
		if snap.Total() != 0 || len(snap.Window(0, 10)) != 0 || snap.Keep().In(e.View(), everything).IndexOf(1) != -1 {
			t.Errorf("%q finds %d rows", text, snap.Total())
		}
		sum, err := snap.Summary(t.Context())
		if err != nil || sum.WaitMedianS != listing.Unknown || len(sum.Heat.Cells) == 0 {
			t.Errorf("summary %+v, %v", sum, err)
		}
	}
	if err := e.Warm(t.Context()); err != nil {
		t.Error(err)
	}
	if err := e.Compact(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestLoadFails(t *testing.T) {
	t.Parallel()
	e := loaded(t, row(1, 1000))
	broken := errors.New("disk gone")
	before := e.View()
	err := e.Load(t.Context(), gen.Set{N: 50_000, End: time.Now()}.Source(), func(context.Context, func(*listing.Record) error) error { return broken })
	if !errors.Is(err, broken) {
		t.Errorf("got %v, want the source's error", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := e.Load(ctx, gen.Set{N: 10_000, End: time.Now()}.Source()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want cancelled", err)
	}
	if e.View() != before {
		t.Error("a load that failed changed the list")
	}
}

func TestLoadFromSeq(t *testing.T) {
	t.Parallel()
	e := listing.New(listing.Options{})
	broken := errors.New("no more")
	seq := func(fail bool) listing.Source {
		return listing.FromSeq(func(yield func(listing.Record, error) bool) {
			if !yield(row(1, 1), nil) || fail && !yield(listing.Record{}, broken) {
				return
			}
			yield(row(2, 2), nil)
		})
	}
	if err := e.Load(t.Context(), seq(true)); !errors.Is(err, broken) {
		t.Errorf("got %v, want the iterator's error", err)
	}
	if err := e.Load(t.Context(), seq(false)); err != nil {
		t.Fatal(err)
	}
	if got := search(t, e, ""); !slices.Equal(got, []int64{2, 1}) {
		t.Errorf("got %v", got)
	}
}

func TestSearchErrors(t *testing.T) {
	t.Parallel()
	e := loaded(t, row(1, 1))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, tc := range map[string]struct {
		ctx   context.Context
		query query.Query
		code  string
	}{
		"unknown field":     {t.Context(), query.Query{Where: &query.Node{Field: "price", Op: query.Eq, Values: []string{"1"}}}, query.ErrUnknownField},
		"wrong operator":    {t.Context(), query.Query{Where: &query.Node{Field: "wait", Op: query.StartsWith, Values: []string{"1"}}}, query.ErrNoOperator},
		"no value":          {t.Context(), query.Query{Where: &query.Node{Field: "wait", Op: query.Gt}}, query.ErrNoValue},
		"one end":           {t.Context(), query.Query{Where: &query.Node{Field: "wait", Op: query.Between, Values: []string{"1"}}}, query.ErrBadTree},
		"group and field":   {t.Context(), query.Query{Where: &query.Node{Field: "wait", And: []query.Node{{Field: "qa"}}}}, query.ErrBadTree},
		"unknown sort":      {t.Context(), query.Query{Sort: []query.SortKey{{Field: "price"}}}, query.ErrUnknownSort},
		"sort by words":     {t.Context(), query.Query{Sort: []query.SortKey{{Field: "text"}}}, query.ErrUnknownSort},
		"four sorts":        {t.Context(), query.Query{Sort: make([]query.SortKey, 4)}, query.ErrTooManySorts},
		"cancelled at once": {ctx, query.Query{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := e.View().Search(tc.ctx, tc.query, everything)
			var syntax *query.SyntaxError
			if tc.code == "" {
				if !errors.Is(err, context.Canceled) {
					t.Errorf("got %v, want cancelled", err)
				}
			} else if !errors.As(err, &syntax) || syntax.Code != tc.code {
				t.Errorf("got %v, want code %s", err, tc.code)
			}
		})
	}
	if _, err := e.View().Facets(t.Context(), "wait", query.Query{}, everything); err == nil {
		t.Error("a duration has no facets")
	}
}

type failingWords struct{ err error }

func (w failingWords) MatchWords(context.Context, string, func(int64)) error { return w.err }

func TestWordsFail(t *testing.T) {
	t.Parallel()
	broken := errors.New("index gone")
	e := listing.New(listing.Options{Words: failingWords{broken}})
	where, err := query.Parse("text:x")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.View().Count(t.Context(), query.Query{Where: where}, everything); !errors.Is(err, broken) {
		t.Errorf("got %v, want the source's error", err)
	}
}

func TestSnapshotKeeps(t *testing.T) {
	t.Parallel()
	a, b := row(1, 1000), row(2, 2000)
	a.Title, b.Title = "Žák", "Adam"
	e := loaded(t, a, b)
	snap := searched(t, e, "", query.SortKey{Field: "title"})
	b.Title = "Zeman"
	c := row(3, 3000)
	c.Title = "Bára"
	e.Apply([]listing.Record{b, c}, []int64{1})
	if got := snap.IDs(0, 10); !slices.Equal(got, []int64{2, 1}) || snap.At(0).Title != "Adam" || snap.At(1).Title != "Žák" {
		t.Errorf("the old answer became %v, %q", got, snap.At(0).Title)
	}
	if got := search(t, e, "", query.SortKey{Field: "title"}); !slices.Equal(got, []int64{3, 2}) {
		t.Errorf("the new answer is %v", got)
	}
	kept := snap.Keep()
	change, err := kept.In(e.View(), everything).Compare(t.Context())
	if err != nil || change != (listing.Change{Added: 1, Removed: 1}) {
		t.Errorf("Compare = %+v, %v", change, err)
	}
	if err := e.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	if change, err := kept.In(e.View(), everything).Compare(t.Context()); err != nil || change != (listing.Change{Added: 1, Removed: 1}) {
		t.Errorf("after compaction Compare = %+v, %v", change, err)
	}
	e.Apply([]listing.Record{a}, nil)
	if got := search(t, e, ""); !slices.Equal(got, []int64{3, 2, 1}) {
		t.Errorf("a row that came back: %v", got)
	}
	for _, cut := range [][2]int{{-5, 1}, {5, 5}, {1, -1}, {1, 1 << 40}} {
		if n := len(snap.IDs(cut[0], cut[1])); n > 1 {
			t.Errorf("IDs(%d, %d) gives %d", cut[0], cut[1], n)
		}
	}
}

func TestRetitle(t *testing.T) {
	t.Parallel()
	a, b := row(1, 1000), row(2, 2000)
	a.Contact, b.Contact = listing.Ref{Name: "c1", Title: "Adam"}, listing.Ref{Name: "c2", Title: "Bára"}
	a.User = listing.Ref{Name: "u1", Title: "Old name"}
	e := loaded(t, a, b)
	e.SortFew(0)
	old := searched(t, e, "", query.SortKey{Field: "contact"})
	b2 := b
	b2.Contact.Title = "Abel"
	e.Apply([]listing.Record{b2}, nil)
	if got := search(t, e, "", query.SortKey{Field: "contact"}); !slices.Equal(got, []int64{2, 1}) {
		t.Errorf("after a new title: %v", got)
	}
	if old.At(1).Contact.Title != "Bára" {
		t.Errorf("the old answer shows %q", old.At(1).Contact.Title)
	}
	e.SetDirectory(listing.Directory{Users: []listing.Entry{{Name: "u1", Title: "New name"}}})
	if got := searched(t, e, `user:"new name"`).Window(0, 1); len(got) != 1 || got[0].User.Title != "New name" {
		t.Errorf("the directory's title does not win: %+v", got)
	}
	e.Apply([]listing.Record{a}, nil)
	if got := search(t, e, `user:"Old name"`); len(got) != 0 {
		t.Errorf("a record's old title came back: %v", got)
	}
}

func TestCompactForgetsTexts(t *testing.T) {
	t.Parallel()
	a := row(1, 1000)
	a.Title, a.Contact = "Tajné jméno", listing.Ref{Name: "c1", Title: "Tajný kontakt"}
	e := loaded(t, a)
	a.Title, a.Contact, a.State = "", listing.Ref{}, listing.StateAnonymised
	e.Apply([]listing.Record{a}, nil)
	for _, text := range []string{"title:tajne", "contact:tajny", "tajne"} {
		if got := search(t, e, text); len(got) != 0 {
			t.Errorf("%s still finds %v", text, got)
		}
	}
	if err := e.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := e.View().HasText("Tajné jméno"); got {
		t.Error("the erased title is still in memory")
	}
	if got := search(t, e, "state:anonymised"); !slices.Equal(got, []int64{1}) {
		t.Errorf("the row itself went: %v", got)
	}
}

func TestDuplicateIDsInLoad(t *testing.T) {
	t.Parallel()
	a, b := row(7, 1000), row(7, 2000)
	a.Title, b.Title = "first", "second"
	snap := searched(t, loaded(t, a, b), "")
	if snap.Total() != 1 || snap.At(0).Title != "second" {
		t.Errorf("%d rows, the first %q", snap.Total(), snap.At(0).Title)
	}
}

func TestWideIDsAndTimes(t *testing.T) {
	t.Parallel()
	rows := []listing.Record{row(1, 0), row(1<<47, 1), row(-5, 9_000_000_000_000), row(3, listing.Unknown)}
	rows[2].WaitS, rows[1].WaitS = 2_000_000_000, 0
	e := loaded(t, rows...)
	if got := search(t, e, ""); !slices.Equal(got, []int64{-5, 1 << 47, 1, 3}) {
		t.Errorf("by time: %v", got)
	}
	if got := search(t, e, "wait>1d"); !slices.Equal(got, []int64{-5}) {
		t.Errorf("wait>1d: %v", got)
	}
	if got := searched(t, e, "").Keep().In(e.View(), everything).IndexOf(1 << 47); got != 1 {
		t.Errorf("IndexOf = %d", got)
	}
}

func TestScopeHidesEverywhere(t *testing.T) {
	t.Parallel()
	var rows []listing.Record
	add := func(queue, user string) {
		r := row(int64(len(rows)+1), int64(len(rows)))
		r.Queue, r.User = listing.Ref{Name: queue, Title: "Q " + queue}, listing.Ref{Name: user, Title: user}
		if queue == "" {
			r.Queue = listing.Ref{}
		}
		rows = append(rows, r)
	}
	add("q1", "u1")
	add("q1", "")
	add("q1", "u2")
	add("q2", "u1")
	add("", "u1")
	add("q4", "u4")
	rows[0].Took = []listing.Ref{{Name: "u1", Title: "u1"}}
	rows[4].Took = []listing.Ref{{Name: "u1", Title: "u1"}}
	rows[5].Took = []listing.Ref{{Name: "u2", Title: "u2"}, {Name: "u4", Title: "u4"}}
	e := loaded(t, rows...)
	e.SetDirectory(listing.Directory{
		Queues: []listing.Entry{
			{Name: "q1", Title: "One"},
			{Name: "q3", Title: "Three"},
			{Name: "q2", Title: "Two"},
			{Name: "q4", Title: "Zero", Unlisted: true},
			{Name: "q5", Title: "Five", Unlisted: true},
		},
		Users:       []listing.Entry{{Name: "u1", Title: "u1"}, {Name: "u2", Title: "u2"}},
		QueueGroups: []listing.Group{{Name: "g", Title: "Both", Members: []string{"q1", "q2", "missing"}}},
		UserGroups:  []listing.Group{{Name: "t", Title: "Team", Members: []string{"u1", "u2"}}},
	})
	scope := query.Scope{HiddenQueues: map[string]bool{"q2": true}, HiddenUsers: map[string]bool{"u2": true}}
	v := e.View()
	for text, want := range map[string]int{"": 4, "-user:u2": 4, "-wait>5m": 4, "NOT (queue:q1)": 2, "queue:group:Both": 2, "queue:empty": 1, "queue:(none)": 1} {
		where, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		snap, err := v.Search(t.Context(), query.Query{Where: where}, scope)
		if err != nil {
			t.Fatal(err)
		}
		if snap.Total() != want {
			t.Errorf("%q finds %d, want %d", text, snap.Total(), want)
		}
		for r := range snap.Records(t.Context()) {
			if r.ID == 3 || r.ID == 4 {
				t.Errorf("%q shows row %d", text, r.ID)
			}
		}
	}
	facets, err := v.Facets(t.Context(), "queue", query.Query{}, scope)
	want := []listing.Facet{
		{Value: "q1", Title: "One", Count: 2},
		{Value: "q3", Title: "Three"},
		{Value: "q4", Title: "Zero", Count: 1},
		{Value: "group:g", Title: "Both", Group: true, Count: 2},
		{Value: query.NoneValue, Title: query.NoneValue, Count: 1},
	}
	if diff := cmp.Diff(want, facets); err != nil || diff != "" {
		t.Errorf("facets: %v (-want +got):\n%s", err, diff)
	}
	for _, field := range []string{"user", "took"} {
		facets, err := v.Facets(t.Context(), field, query.Query{}, scope)
		team := slices.IndexFunc(facets, func(f listing.Facet) bool { return f.Value == "group:t" })
		if err != nil || team < 0 || facets[team].Count != 2 {
			t.Errorf("facets of %s: %v, %v; want the team with the two rows of u1", field, facets, err)
		}
	}
	where, err := query.Parse(`queue:(One, Two, Nine, "(none)") user:u2`)
	if err != nil {
		t.Fatal(err)
	}
	unknown := v.Unknown(where, scope)
	if diff := cmp.Diff([]listing.UnknownValue{{Field: "queue", Value: "Two"}, {Field: "queue", Value: "Nine"}, {Field: "user", Value: "u2"}}, unknown); diff != "" {
		t.Errorf("unknown values (-want +got):\n%s", diff)
	}
	if unknown := v.Unknown(where, everything); len(unknown) != 1 {
		t.Errorf("with nothing hidden: %v", unknown)
	}
	if n, err := v.Count(t.Context(), query.Query{}, query.Scope{HiddenAll: true}); n != 0 || err != nil {
		t.Errorf("rows of somebody else show as %d, %v", n, err)
	}
}

func TestStateFacetsOverlap(t *testing.T) {
	t.Parallel()
	a, b, c := row(1, 1), row(2, 2), row(3, 3)
	a.State, b.State = listing.StatePending|listing.StateOpen, listing.StateConflict
	facets, err := loaded(t, a, b, c).View().Facets(t.Context(), "state", query.Query{}, everything)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, f := range facets {
		got[f.Value] = f.Count
	}
	if diff := cmp.Diff(map[string]int{"normal": 1, "pending": 1, "refused": 0, "conflict": 1, "anonymised": 0, "open": 1}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNumberSpellings(t *testing.T) {
	t.Parallel()
	a, b, c := row(1, 1), row(2, 2), row(3, 3)
	a.Sender, b.Recipient, c.WANumber = "+420 777 123 456", "00420777123456", "420777123456"
	d := row(4, 4)
	d.Sender = "Anna Nováková"
	e := loaded(t, a, b, c, d)
	for text, want := range map[string]int{
		"sender:420777123456": 3, `sender:"+420 777 123 456"`: 3, "sender:00420777": 3, `sender:"777 123"`: 3, "sender:777-123": 3,
		"sender=+420777123456": 3, "sender=00420777123456": 3, "sender^+420": 3, "sender^00420": 3, "sender^777": 0, "sender:001": 0,
		"sender:novakova": 1, "sender:empty": 0, "sender!=empty": 4, "-sender:777": 1,
	} {
		if got := len(search(t, e, text)); got != want {
			t.Errorf("%s finds %d, want %d", text, got, want)
		}
	}
}

func TestSenderIsFoundByName(t *testing.T) {
	t.Parallel()
	a, b := row(1, 1), row(2, 2)
	a.WANumber, a.WA = "420777123456", "Šimon 🚴 Dvořák"
	b.WANumber, b.WA = "420777123457", "Jana"
	e := loaded(t, a, b)
	for text, want := range map[string]int{"sender:dvorak": 1, "sender:ŠIMON": 1, "sender^simon": 1, "sender=jana": 1, "-sender:dvorak": 1, "sender:petr": 0} {
		if got := len(search(t, e, text)); got != want {
			t.Errorf("%s finds %d, want %d", text, got, want)
		}
	}
}
