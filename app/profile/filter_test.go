package profile

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"wapdesk/store/query"
)

func TestFilterBarSurvivesTheWayThroughAQuery(t *testing.T) {
	t.Parallel()
	where := &query.Node{Or: []query.Node{
		{Field: "missed", Op: query.AnyOf, Values: []string{"waiting"}},
		{Field: "wait", Op: query.Gt, Values: []string{"5m"}},
	}}
	for name, f := range map[string]Filter{
		"today":       {Time: Period{Preset: "today"}},
		"everything":  {Time: Period{Preset: "all"}},
		"custom":      {Time: Period{From: "2026-11-01", To: "2026-11-02"}},
		"from only":   {Time: Period{From: "2026-11-01 09:30"}},
		"users":       {Time: Period{Preset: "today"}, Users: []string{"anna", "group:podpora", "(none)"}},
		"took part":   {Time: Period{Preset: "today"}, Users: []string{"anna"}, TookPart: true},
		"full bar":    {Time: Period{Preset: "today"}, Users: []string{"a"}, Queues: []string{"1"}, Contact: "Dvořák", Sender: "+420 601"},
		"no contact":  {Time: Period{Preset: "today"}, NoContact: true},
		"advanced":    {Time: Period{Preset: "today"}, Where: where},
		"advanced or": {Time: Period{Preset: "all"}, Where: where, Sort: []query.SortKey{{Field: "wait", Desc: true}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if f.Users == nil {
				f.Users = []string{}
			}
			if f.Queues == nil {
				f.Queues = []string{}
			}
			if f.Sort == nil {
				f.Sort = []query.SortKey{}
			}
			if diff := cmp.Diff(f, FilterOf(f.Query())); diff != "" {
				t.Errorf("filter changed on the way (-want +got):\n%s", diff)
			}
		})
	}
}

func TestBareDateAsUpperEndMeansTheEndOfThatDay(t *testing.T) {
	t.Parallel()
	n, ok := Period{To: "2026-11-22"}.node()
	if !ok || n.Op != query.Le {
		t.Errorf("bare date: %v, want <=", n)
	}
	n, ok = Period{To: "2026-11-22 09:30"}.node()
	if !ok || n.Op != query.Lt {
		t.Errorf("time of day: %v, want <", n)
	}
}

func TestSecondConditionOfAFieldStaysInTheAdvancedFilter(t *testing.T) {
	t.Parallel()
	q := query.Query{Where: &query.Node{And: []query.Node{
		{Field: "user", Op: query.AnyOf, Values: []string{"a"}},
		{Field: "user", Op: query.AnyOf, Values: []string{"b"}},
		{Field: "queue", Op: query.NoneOf, Values: []string{"1"}},
	}}}
	f := FilterOf(q)
	if len(f.Users) != 1 || f.Where == nil || len(f.Where.And) != 2 {
		t.Errorf("got %+v", f)
	}
}

// A filter that the screens let one build is never refused: what the bar adds is no level and
// takes no condition away, and the address of the result can be read again.
func TestBarAddsNoLevelToTheAdvancedFilter(t *testing.T) {
	t.Parallel()
	word := func(value string) query.Node {
		return query.Node{Field: query.FieldTitle, Op: query.Contains, Values: []string{value}}
	}
	deepest := &query.Node{Or: []query.Node{word("a"), {And: []query.Node{
		word("b"), {Or: []query.Node{word("c"), word("d")}},
	}}}}
	bar := Filter{
		Time: Period{Preset: "today"}, Users: []string{"anna"}, Queues: []string{"1"}, Contact: "Dvořák", Sender: "601",
		Sort: []query.SortKey{},
	}
	three := bar
	three.Where = deepest
	plain, err := query.Normalise(three.Query().Where)
	if err != nil {
		t.Fatalf("three levels with the bar: %v", err)
	}
	again, err := query.Parse(query.Format(plain, "en"))
	if err != nil {
		t.Fatalf("the address of it: %v", err)
	}
	if diff := cmp.Diff(three, FilterOf(query.Query{Where: again, Sort: three.Sort})); diff != "" {
		t.Errorf("filter changed on the way (-want +got):\n%s", diff)
	}
	four := bar
	four.Where = &query.Node{Or: []query.Node{word("e"), {And: []query.Node{word("f"), *deepest}}}}
	if _, err := query.Normalise(four.Query().Where); err == nil {
		t.Error("five levels were taken")
	}
	fifty := bar
	fifty.Where = &query.Node{}
	for range query.MaxConditions {
		fifty.Where.Or = append(fifty.Where.Or, word("x"))
	}
	if _, err := query.Normalise(fifty.Query().Where); err != nil {
		t.Errorf("fifty conditions with the bar: %v", err)
	}
}
