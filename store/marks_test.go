package store

import (
	"errors"
	"strings"
	"testing"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// countOf counts what a filter on one field finds in the list.
func countOf(t *testing.T, db *DB, field, value string) int {
	t.Helper()
	<-db.ListReady()
	n := query.Node{Field: field, Op: query.AnyOf, Values: []string{value}}
	return must(db.List().View().Count(t.Context(), query.Query{Where: &n}, must(db.Scope(t.Context()))(t)))(t)
}

func TestMarksStayWithSyncsAndGoWithAnErasure(t *testing.T) {
	t.Parallel()
	const secret = "Tajnosvat"
	folder := newFolder(t)
	db := openIn(t, folder, func(o *Options) { o.NoList = false })
	defer func() { closeTest(t, db) }()
	seeAll(t, db)
	list := conversations(0, 3)
	plant(t, db, list)
	ctx := t.Context()
	check(t, db.MarkSeen(ctx, []Name{"wap_0000", "wap_0001", "no such name"}, true))
	check(t, db.MarkReviewed(ctx, []Name{"wap_0001"}, true))
	check(t, db.SetNote(ctx, "wap_0001", " "+secret+" \n"))
	for i := range list { // the sync reads all of it anew
		list[i].Interaction.Hash += 1 << 50
	}
	if _, err := db.ApplyWindow(ctx, wholeWindow(list)); err != nil {
		t.Fatal(err)
	}
	want := func(when string, seen, reviewed, noted int) {
		t.Helper()
		for field, n := range map[string]int{query.FieldSeen: seen, query.FieldReviewed: reviewed, query.FieldNote: noted} {
			if yes, no := countOf(t, db, field, "yes"), countOf(t, db, field, "no"); yes != n || no != 3-n {
				t.Errorf("%s: %s is yes %d times and no %d times, want %d and %d", when, field, yes, no, n, 3-n)
			}
		}
	}
	want("after a sync", 2, 1, 1)
	if note := must(db.Note(ctx, "wap_0001"))(t); note != secret {
		t.Errorf("the note is %q", note)
	}
	found := false
	check(t, db.PersonRecords(ctx, "", []Name{"wap_0001"}, func(r PersonRecord) error {
		found = found || r.Table == "interactions" && r.Values["note"] == secret && r.Values["seen_ms"] != nil
		return nil
	}))
	if !found {
		t.Error("what is stored about the person lacks the note")
	}

	if _, err := db.Erase(ctx, []Name{"wap_0001"}, "lead"); err != nil {
		t.Fatal(err)
	}
	check(t, db.MarkSeen(ctx, []Name{"wap_0001"}, true)) // of what is anonymised nothing is kept
	want("after the erasure", 1, 0, 0)
	if err := db.SetNote(ctx, "wap_0001", secret); !errors.Is(err, ErrNotPermitted) {
		t.Errorf("a note on an anonymised interaction gives %v", err)
	}
	check(t, db.Compact(ctx, nil))
	if left := bytesHolding(t, folder, []string{secret}); len(left) > 0 {
		t.Errorf("the note is left in %q", left)
	}
	check(t, db.MarkSeen(ctx, []Name{"wap_0000"}, false))
	want("when taken back", 0, 0, 0)
}

func TestAMarkThatIsThereIsNoWrite(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	plant(t, db, conversations(0, 1))
	check(t, db.MarkSeen(t.Context(), []Name{"wap_0000"}, true))
	told := 0
	defer db.Subscribe(func(Event) { told++ })()
	check(t, db.MarkSeen(t.Context(), []Name{"wap_0000"}, true))
	if told != 0 {
		t.Errorf("told %d times of a mark that was there", told)
	}
}

func TestANoteIsBounded(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	plant(t, db, conversations(0, 1))
	if err := db.SetNote(t.Context(), "wap_0000", strings.Repeat("ž", MaxNote+1)); !errors.Is(err, ErrInvalid) {
		t.Errorf("too long a note gives %v", err)
	}
	check(t, db.SetNote(t.Context(), "wap_0000", strings.Repeat("ž", MaxNote)))
}

func TestFailedMessagesAreFound(t *testing.T) {
	t.Parallel()
	db := openTest(t, func(o *Options) { o.NoList = false })
	seeAll(t, db)
	list := conversations(0, 2)
	list[1].Messages[1].Delivery = deliveryFailed
	plant(t, db, list)
	if n := countOf(t, db, query.FieldFailed, "yes"); n != 1 {
		t.Errorf("found %d with failed messages, want 1", n)
	}
	list[1].Interaction.Hash += 1 << 51
	list[1].Messages[1].Delivery = "READ"
	if _, err := db.ApplyWindow(t.Context(), wholeWindow(list)); err != nil {
		t.Fatal(err)
	}
	if n := countOf(t, db, query.FieldFailed, "yes"); n != 0 {
		t.Errorf("delivered meanwhile, and %d found", n)
	}
}

// TestOwnMarksAreNoChangeOfARow: an open list marks rows that differ from what was shown of them.
func TestOwnMarksAreNoChangeOfARow(t *testing.T) {
	t.Parallel()
	a := listing.Record{ID: 1, Name: "a"}
	b := a
	b.State = listing.StateSeen | listing.StateReviewed | listing.StateNoted
	if a.Fingerprint() != b.Fingerprint() {
		t.Error("a row that was seen differs")
	}
	b.State |= listing.StatePending
	if a.Fingerprint() == b.Fingerprint() {
		t.Error("a row with a waiting change does not differ")
	}
}

// TestAReviewUnderHalfOfItsFormIsLow holds the sum of what a form can give, in the file that has it as JSON.
func TestAReviewUnderHalfOfItsFormIsLow(t *testing.T) {
	t.Parallel()
	db := openTest(t, withList)
	seeAll(t, db)
	options := []QAOption{{Value: "a", Points: -4}, {Value: "b", Points: 3}, {Value: "c", Points: 2}}
	form := QAForm{Name: "form_1", InitialScore: 10, MinimumScore: listing.Unknown, Questions: []QAQuestion{
		{Name: "1", Type: "SCALE", Options: options}, {Name: "2", Type: "CHECKBOX", Options: options}, {Name: "3", Type: "TEXTAREA"},
	}} // 18 can be had
	check(t, db.ApplyDirectory(t.Context(), Directory{Forms: []QAForm{form}}))
	list := conversations(0, 3)
	for i, score := range []int64{8, 9, listing.Unknown} {
		list[i].Reviews = []QAReview{{Name: list[i].Interaction.Name + "_r", Activity: list[i].Activities[0].Name, Form: "form_1", Score: score}}
	}
	if _, err := db.ApplyWindow(t.Context(), wholeWindow(list)); err != nil {
		t.Fatal(err)
	}
	if n := countOf(t, db, query.FieldLowReview, "yes"); n != 1 {
		t.Errorf("%d reviews are low, want the one of 8 points", n)
	}
}
