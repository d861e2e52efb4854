package listing_test

import (
	"bytes"
	"context"
	"errors"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wapdesk/store/listing"
	"wapdesk/store/listing/gen"
	"wapdesk/store/query"
)

// questions are asked of a list and of its image.
var questions = []struct {
	filter string
	sort   []query.SortKey
}{
	{"", []query.SortKey{{Field: "time"}}},
	{"", []query.SortKey{{Field: "title"}, {Field: "wait", Desc: true}}},
	{"", []query.SortKey{{Field: "sender"}}},
	{"contact:nov", []query.SortKey{{Field: "contact"}}},
	{"title:a AND wait > 30", []query.SortKey{{Field: "wa"}}},
	{"queue = (none) OR user != empty", []query.SortKey{{Field: "user"}, {Field: "queue"}}},
	{"ticket != empty", []query.SortKey{{Field: "ticket"}}},
}

func sameAnswers(t *testing.T, want, got *listing.Engine) {
	t.Helper()
	for _, q := range questions {
		a, b := searched(t, want, q.filter, q.sort...), searched(t, got, q.filter, q.sort...)
		rows, again := a.Window(0, a.Total()), b.Window(0, b.Total())
		if !reflect.DeepEqual(rows, again) { // ten times sooner than what describes a difference
			t.Fatalf("%q by %v -want +got:\n%s", q.filter, q.sort, cmp.Diff(rows, again))
		}
	}
}

func TestAnImageIsTheList(t *testing.T) {
	t.Parallel()
	records := gen.Set{N: 9_000, Seed: 8, End: benchEnd}.Records()
	for i := range records {
		if i%90 == 0 {
			records[i].Tickets = []string{"48213 Výměna routeru", "7 Ř"}
		}
	}
	e := loaded(t, records[:8_500]...)
	directory := listing.Directory{
		Users:       []listing.Entry{{Name: records[0].User.Name, Title: "Přejmenovaná Žofie", Deactivated: true}},
		QueueGroups: []listing.Group{{Name: "g1", Title: "Vše", Members: []string{records[0].Queue.Name, records[1].Queue.Name}}},
	}
	e.ApplyAll(records[8_400:], []int64{records[5].ID, records[8_450].ID}, &directory)
	for _, warm := range []bool{false, true} {
		if warm {
			if err := e.Warm(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		var image bytes.Buffer
		if err := e.WriteImage(&image); err != nil {
			t.Fatal(err)
		}
		again := listing.New(listing.Options{})
		again.SetDirectory(directory)
		if err := again.ReadImage(t.Context(), image.Bytes()); err != nil {
			t.Fatal(err)
		}
		sameAnswers(t, e, again)

		// It goes on as the list does.
		changed := records[100:140]
		for i := range changed {
			changed[i].Title, changed[i].WaitS = "Čerstvý název", int32(i)
		}
		fresh := row(1_000_000, 5_000)
		for _, one := range []*listing.Engine{e, again} {
			one.Apply(append(changed, fresh), []int64{records[6].ID})
		}
		sameAnswers(t, e, again)
	}
}

func TestAnEmptyListHasAnImage(t *testing.T) {
	t.Parallel()
	var image bytes.Buffer
	if err := listing.New(listing.Options{}).WriteImage(&image); err != nil {
		t.Fatal(err)
	}
	e := loaded(t, row(1, 1000))
	if err := e.ReadImage(t.Context(), image.Bytes()); err != nil {
		t.Fatal(err)
	}
	if got := search(t, e, ""); len(got) != 0 {
		t.Errorf("%d rows", len(got))
	}
}

func TestABrokenImageLeavesTheList(t *testing.T) {
	t.Parallel()
	var image bytes.Buffer
	if err := loaded(t, gen.Set{N: 300, Seed: 2, End: benchEnd}.Records()...).WriteImage(&image); err != nil {
		t.Fatal(err)
	}
	e := loaded(t, row(1, 1000))
	whole := image.Bytes()
	for n := 0; n < len(whole); n += len(whole)/97 + 1 {
		flipped := bytes.Clone(whole)
		flipped[n] ^= 0x10
		for what, broken := range map[string][]byte{"cut": whole[:n], "flipped": flipped} {
			if err := e.ReadImage(t.Context(), broken); !errors.Is(err, listing.ErrImage) {
				t.Fatalf("%s at %d of %d: %v", what, n, len(whole), err)
			}
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := e.ReadImage(ended, whole); !errors.Is(err, context.Canceled) {
		t.Errorf("a reader that was stopped: %v", err)
	}
	if got := search(t, e, ""); len(got) != 1 {
		t.Errorf("%d rows, want the one of before", len(got))
	}
}
