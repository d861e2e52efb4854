package store

import (
	"context"
	"fmt"
	"slices"
	"testing"
)

// TestWordsAreFoundInSteps looks for words in steps of every length, among ranges of every
// length.
func TestWordsAreFoundInSteps(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	const n = 24
	list := conversations(0, n)
	for i := range list {
		list[i].Messages[0].Text = fmt.Sprintf("counted every%d third%d", i, i%3)
	}
	_, err := db.ApplyWindow(t.Context(), wholeWindow(list))
	check(t, err)
	expected := map[string]func(id int64) bool{
		`"counted"`:          func(int64) bool { return true },
		`"every7"`:           func(id int64) bool { return id == 8 },
		`"third1"`:           func(id int64) bool { return (id-1)%3 == 1 },
		`"counted" "every"*`: func(int64) bool { return true },
		`"nowhere"`:          func(int64) bool { return false },
	}
	for words, has := range expected {
		for step := range int64(n + 2) {
			for _, span := range [][2]int64{{1, n}, {2, n - 1}, {5, 5}, {n, n}, {9, 8}} {
				var want, got []int64
				for id := span[0]; id <= span[1]; id++ {
					if has(id) {
						want = append(want, id)
					}
				}
				check(t, db.view(t.Context(), "search messages", func(q querier) error {
					return matchSteps(t.Context(), q, words, span[0], span[1], step+1, func(id int64) { got = append(got, id) })
				}))
				if !slices.Equal(got, want) {
					t.Fatalf("%s in steps of %d among %v: %v, not %v", words, step+1, span, got, want)
				}
			}
		}
		var all []int64
		check(t, db.MatchWords(t.Context(), words, func(id int64) { all = append(all, id) }))
		if want := len(slices.DeleteFunc(ids(n), func(id int64) bool { return !has(id) })); len(all) != want {
			t.Errorf("%s: %d of %d", words, len(all), want)
		}
	}
}

func ids(n int64) []int64 {
	list := make([]int64, n)
	for i := range list {
		list[i] = int64(i + 1)
	}
	return list
}

func TestWordsEndWithTheirContext(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	_, err := db.ApplyWindow(t.Context(), wholeWindow(conversations(0, 4)))
	check(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	err = db.view(t.Context(), "search messages", func(q querier) error {
		return matchSteps(ctx, q, `"prosim"`, 1, 4, 1, func(int64) { cancel() })
	})
	if err == nil {
		t.Error("the search went on after its context had ended")
	}
}
