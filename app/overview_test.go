package app

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"wapdesk/store/listing"
)

// TestAgentsWhoOnlyTookPartAreInTheOverview adds who had an activity of interactions to those who
// handled them.
func TestAgentsWhoOnlyTookPartAreInTheOverview(t *testing.T) {
	t.Parallel()
	person := func(name string, n int) listing.Aggregate {
		return listing.Aggregate{Ref: listing.Ref{Name: name, Title: name}, Figures: listing.Figures{N: n, Answered: n}}
	}
	left := person("adam", 5) // whom nobody answered in two of them
	left.Answered, left.NotAnswered = 3, 2
	rows := withTookPart(
		overviewRows([]listing.Aggregate{person("eva", 9), person("", 4), person("adam", 2)}),
		[]listing.Aggregate{person("zora", 3), left, person("eva", 9), person("petr", 7), person("bara", 3)},
	)
	type row struct {
		Name        string
		Count, Took int
		Left        int
	}
	var got []row
	for _, r := range rows {
		got = append(got, row{r.Name, r.Count, r.TookPart, r.Unanswered})
		if r.Count == 0 && (r.FocusShare != listing.Unknown || r.WaitS != listing.Unknown) {
			t.Errorf("%s has figures of nothing: %+v", r.Name, r)
		}
	}
	want := []row{{"eva", 9, 9, 0}, {"", 4, 0, 0}, {"adam", 2, 5, 2}, {"petr", 0, 7, 0}, {"bara", 0, 3, 0}, {"zora", 0, 3, 0}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
