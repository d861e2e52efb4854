package app

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"wapdesk/app/profile"
	"wapdesk/store/query"
)

func TestTextComesBackInTheBarAndAsOneTree(t *testing.T) {
	t.Parallel()
	where, err := query.Parse(`time:today AND (user:anna OR missed:waiting) AND queue:wa AND wait > 5m`)
	if err != nil {
		t.Fatal(err)
	}
	got := parsedFilter(where)
	if diff := cmp.Diff(where, got.Where); diff != "" {
		t.Errorf("the tree lost something (-want +got):\n%s", diff)
	}
	if got.Filter.Time.Preset != "today" || len(got.Filter.Queues) != 1 {
		t.Errorf("the bar has %+v, want today and one queue", got.Filter)
	}
	if everything := parsedFilter(nil); everything.Where != nil || everything.Filter.Time.Preset != profile.AllTime {
		t.Errorf("no text gives %+v, want everything", everything)
	}
}
