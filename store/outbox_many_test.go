package store

import (
	"errors"
	"testing"
)

func TestPairAllPairsWhatCanBePaired(t *testing.T) {
	t.Parallel()
	db := withRows(t)
	_, err := db.Erase(t.Context(), []Name{"wap_0002"}, "x")
	check(t, err)
	before := len(must(db.Changes(t.Context()))(t))

	if _, err := db.PairAll(t.Context(), []Name{"wap_0000"}, "contact_nobody"); !errors.Is(err, ErrNotFound) {
		t.Errorf("unknown contact: %v", err)
	}
	names := []Name{"wap_0000", "wap_0001", "wap_0002", "wap_9999"} // anonymised, not stored
	if paired := must(db.PairAll(t.Context(), names, "contact_b"))(t); paired != 2 {
		t.Errorf("%d paired, want 2", paired)
	}
	for _, name := range names[:2] {
		if d := detail(t, db, name); d.Record.Contact.Name != "contact_b" || d.Activities[0].Contact.Name != "contact_b" {
			t.Errorf("%s: contact %v, of its activity %v", name, d.Record.Contact, d.Activities[0].Contact)
		}
	}
	if made := len(must(db.Changes(t.Context()))(t)) - before; made != 2 {
		t.Errorf("%d changes wait, want one for each activity", made)
	}
	// Once more there is nothing left to change.
	must(db.PairAll(t.Context(), names, "contact_b"))(t)
	if made := len(must(db.Changes(t.Context()))(t)) - before; made != 2 {
		t.Errorf("%d changes after the second time", made)
	}
	// What is hidden is not paired.
	_, err = db.ApplyRights(t.Context(), Rights{Queues: []Name{}, Users: []Name{}})
	check(t, err)
	if paired, err := db.PairAll(t.Context(), names, "contact_b"); paired != 0 {
		t.Errorf("without rights: %d paired, %v", paired, err)
	}
}
