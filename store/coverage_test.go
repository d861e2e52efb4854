package store

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCoverageIsTheUnionOfWindows compares with a plain array of minutes.
func TestCoverageIsTheUnionOfWindows(t *testing.T) {
	t.Parallel()
	const length = 60
	for seed := range uint64(10) {
		random := rand.New(rand.NewPCG(seed, 2))
		db := openTest(t)
		var stored [length]bool
		for range 12 {
			from := random.Int64N(length)
			to := from + random.Int64N(length-from) + 1
			if random.IntN(4) == 0 { // days that are no longer kept
				before := random.Int64N(10)
				if _, err := db.DropOlder(t.Context(), before); err != nil {
					t.Fatal(err)
				}
				for i := range before {
					stored[i] = false
				}
			}
			_, err := db.ApplyWindow(t.Context(), Window{FromMs: from, ToMs: to, Full: true})
			check(t, err)
			for i := from; i < to; i++ {
				stored[i] = true
			}
		}
		if diff := cmp.Diff(spansOf(stored[:], true), must(db.Coverage(t.Context()))(t)); diff != "" {
			t.Fatalf("seed %d: coverage:\n%s", seed, diff)
		}
		if diff := cmp.Diff(spansOf(stored[:], false), must(db.Missing(t.Context(), Span{0, length}))(t)); diff != "" {
			t.Fatalf("seed %d: missing:\n%s", seed, diff)
		}
	}
}

func spansOf(stored []bool, want bool) []Span {
	spans := []Span{}
	for i, is := range stored {
		at := int64(i)
		switch {
		case is != want:
		case len(spans) > 0 && spans[len(spans)-1].ToMs == at:
			spans[len(spans)-1].ToMs++
		default:
			spans = append(spans, Span{at, at + 1})
		}
	}
	return spans
}
