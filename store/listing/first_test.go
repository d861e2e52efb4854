package listing_test

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"

	"wapdesk/store/listing"
	"wapdesk/store/listing/gen"
	"wapdesk/store/query"
)

// rangedWords has every step-th id, and notes how many ids it was asked for.
type rangedWords struct {
	rows, step int64
	asked      atomic.Int64
}

func (w *rangedWords) MatchWords(ctx context.Context, words string, add func(int64)) error {
	return w.MatchWordsIn(ctx, words, 1, w.rows, add)
}

func (w *rangedWords) MatchWordsIn(_ context.Context, _ string, from, to int64, add func(int64)) error {
	for id := max(from, 1); id <= min(to, w.rows); id++ {
		w.asked.Add(1)
		if id%w.step == 0 {
			add(id)
		}
	}
	return nil
}

func TestFirstIsTheFirstPage(t *testing.T) {
	t.Parallel()
	const rows = 60_000
	words := rangedWords{rows: rows}
	e := listing.New(listing.Options{Words: &words})
	set := gen.Set{N: rows, Seed: 3, End: benchEnd}
	if err := e.Load(t.Context(), set.Source()); err != nil {
		t.Fatal(err)
	}
	for _, step := range []int64{2, 1000, 70_000} {
		words.step = step
		words.asked.Store(0)
		where, err := query.Parse(fmt.Sprintf("text:slovo%d -direction:OUT", step)) // the answer to each is kept
		if err != nil {
			t.Fatal(err)
		}
		first, done, err := e.View().First(t.Context(), where, set.Scope(), 200)
		if err != nil {
			t.Fatal(err)
		}
		if step == 2 && words.asked.Load() > rows/4 {
			t.Errorf("a common word was looked up for %d of %d ids", words.asked.Load(), rows)
		}
		snap, err := e.View().Search(t.Context(), query.Query{Where: where}, set.Scope())
		if err != nil {
			t.Fatal(err)
		}
		var ids []int64
		for _, r := range first {
			ids = append(ids, r.ID)
		}
		if !slices.Equal(ids, snap.IDs(0, 200)) || done != (snap.Total() <= 200) {
			t.Errorf("every %dth: %d rows, done %v; the search finds %d", step, len(ids), done, snap.Total())
		}
	}
}

func TestWordsAreAskedWithinTheTime(t *testing.T) {
	t.Parallel()
	const rows = 60_000
	words := rangedWords{rows: rows, step: 2}
	e := listing.New(listing.Options{Words: &words})
	if err := e.Load(t.Context(), gen.Set{N: rows, Seed: 3, End: benchEnd}.Source()); err != nil {
		t.Fatal(err)
	}
	all := search(t, e, "text:faktura")
	words.asked.Store(0)
	inside := search(t, e, "text:faktura time:2026-11-01..2026-11-05")
	if words.asked.Load() > rows/4 {
		t.Errorf("five days asked for %d of %d ids", words.asked.Load(), rows)
	}
	in := search(t, e, "time:2026-11-01..2026-11-05")
	want := slices.DeleteFunc(all, func(id int64) bool { return !slices.Contains(in, id) })
	if len(want) == 0 || !slices.Equal(inside, want) {
		t.Errorf("found %d, want %d", len(inside), len(want))
	}
}

// TestWordsAreFoundInBothHalves looks for words in more ids than are asked for in one go.
func TestWordsAreFoundInBothHalves(t *testing.T) {
	t.Parallel()
	const rows = 60_000
	words := rangedWords{rows: rows, step: 7}
	e := listing.New(listing.Options{Words: &words})
	set := gen.Set{N: rows, Seed: 3, End: benchEnd}
	if err := e.Load(t.Context(), set.Source()); err != nil {
		t.Fatal(err)
	}
	where, err := query.Parse("text:slovo")
	if err != nil {
		t.Fatal(err)
	}
	snap, err := e.View().Search(t.Context(), query.Query{Where: where}, query.Scope{})
	if err != nil {
		t.Fatal(err)
	}
	found := snap.IDs(0, rows)
	slices.Sort(found)
	var want []int64
	for id := words.step; id <= rows; id += words.step {
		want = append(want, id)
	}
	if !slices.Equal(found, want) {
		t.Errorf("found %d ids, want every seventh: %d", len(found), len(want))
	}
	if asked := words.asked.Load(); asked != rows {
		t.Errorf("%d ids were looked at, want each once: %d", asked, rows)
	}
}

// TestFirstRowsAreThoseOfTheWholeOrder has first pages end in the midst of rows with equal first keys.
func TestFirstRowsAreThoseOfTheWholeOrder(t *testing.T) {
	t.Parallel()
	const rows = 3000
	e := listing.New(listing.Options{})
	set := gen.Set{N: rows, Seed: 5, End: benchEnd}
	if err := e.Load(t.Context(), set.Source()); err != nil {
		t.Fatal(err)
	}
	ids := func(q query.Query, page int) []int64 {
		e.FirstRows(page)
		snap, err := e.View().Search(t.Context(), q, set.Scope())
		if err != nil {
			t.Fatal(err)
		}
		return snap.IDs(0, page)
	}
	for _, first := range []string{"contact", "wait", "time", "title", "queue", "ticket"} {
		for _, desc := range []bool{false, true} {
			for _, sort := range [][]query.SortKey{
				{{Field: first, Desc: desc}},
				{{Field: first, Desc: desc}, {Field: "time"}},
				{{Field: first, Desc: desc}, {Field: "user", Desc: !desc}, {Field: "duration"}},
			} {
				q := query.Query{Sort: sort}
				e.SortFew(0)
				all := ids(q, rows)
				for page := 1; page < 200; page += 13 {
					e.SortFew(page % 5 * 40)
					if got := ids(q, page); !slices.Equal(got, all[:page]) {
						t.Errorf("%v: the first %d rows are %v, want %v", sort, page, got, all[:page])
					}
				}
			}
		}
	}
}
