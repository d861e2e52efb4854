package listing_test

import (
	"testing"

	"wapdesk/store/listing"
)

func TestWaitOfNothingCountsOnlyInAQueue(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name      string
		waitS     int64
		inQueue   bool
		answered  listing.Tri
		direction string
		want      bool
	}{
		{"waited and left", 12, true, listing.TriNo, "IN", true},
		{"waited in a queue that has no name", 12, false, listing.TriYes, "IN", true},
		{"answered at once", 0, true, listing.TriYes, "IN", true},
		{"out of hours", 0, true, listing.TriNo, "IN", false},
		{"left in the decision tree", 0, false, listing.TriNo, "IN", false},
		{"answered in the decision tree", 0, false, listing.TriYes, "IN", false},
		{"begun by an agent", 0, true, listing.TriYes, "OUT", false},
		{"still open", 0, true, listing.TriUnknown, "IN", false},
		{"unknown", listing.Unknown, true, listing.TriYes, "IN", false},
	} {
		if got := listing.Waited(test.waitS, test.inQueue, test.answered, test.direction); got != test.want {
			t.Errorf("%s: waited = %v, want %v", test.name, got, test.want)
		}
	}
}
