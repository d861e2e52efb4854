package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestSheetsShowWhatDetailsHold compares the bulk reads with the whole story of each interaction,
// in an order of their own, with an anonymised one and one outside of the rights.
func TestSheetsShowWhatDetailsHold(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	plant(t, db, conversations(0, 12))
	_, err := db.Erase(t.Context(), []Name{"wap_0004"}, "x")
	check(t, err)
	ids := []int64{7, 3, 12, 5, 1, 2, 999, 11, 4}
	for _, rights := range []Rights{{All: true}, {Queues: []Name{"4101"}, Users: []Name{"novak"}}, {}} {
		_, err := db.ApplyRights(t.Context(), rights)
		check(t, err)
		var activities []SheetActivity
		var messages []SheetMessage
		files := map[int64][]Attachment{}
		for d, err := range db.Details(t.Context(), ids) {
			check(t, err)
			for _, a := range d.Activities {
				activities = append(activities, SheetActivity{a, d.Erasure != nil})
			}
			for _, m := range d.Messages {
				messages = append(messages, SheetMessage{m, d.Interaction.Name, d.Erasure != nil})
			}
			if d.Files != nil {
				files[d.Record.ID] = d.Files
			}
		}
		if rights.All && (len(activities) == 0 || len(messages) == 0 || len(files) == 0) {
			t.Fatal("nothing to compare")
		}
		got, err := db.ActivitiesOf(t.Context(), ids)
		check(t, err)
		if diff := cmp.Diff(activities, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%+v: activities (-details +sheet):\n%s", rights, diff)
		}
		read, err := db.MessagesOf(t.Context(), ids)
		check(t, err)
		// Of a file the sheet shows its title alone.
		titles := cmp.Transformer("title", func(a Attachment) string { return a.Title })
		if diff := cmp.Diff(messages, read, cmpopts.EquateEmpty(), titles); diff != "" {
			t.Errorf("%+v: messages (-details +sheet):\n%s", rights, diff)
		}
		apart, err := db.FilesApartOf(t.Context(), ids)
		check(t, err)
		if diff := cmp.Diff(files, apart); diff != "" {
			t.Errorf("%+v: files (-details +many):\n%s", rights, diff)
		}
	}
}
