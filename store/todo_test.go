package store

import (
	"errors"
	"slices"
	"testing"
)

// TestWhatIsToBeDoneByHandStandsByPerson: interactions and contacts that were erased here are still in the
// contact centre, and are done there one by one.
func TestWhatIsToBeDoneByHandStandsByPerson(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	list := conversations(0, 3)
	list[1].Interaction.Contact, list[1].Activities[0].Contact = list[0].Interaction.Contact, list[0].Interaction.Contact
	plant(t, db, list)
	ctx := t.Context()
	person := list[0].Interaction.Contact.Name
	if _, err := db.Erase(ctx, []Name{"wap_0000", "wap_0001"}, "lead"); err != nil {
		t.Fatal(err)
	}
	check(t, db.ToForget(ctx, person))
	todo := func(state ChangeState) (ids []int64, kinds []ChangeKind) {
		t.Helper()
		for _, c := range must(db.Changes(ctx))(t) {
			if c.State == state && (c.Kind == KindAnonymise || c.Kind == KindForget) {
				ids, kinds = append(ids, c.ID), append(kinds, c.Kind)
				if c.Person != person {
					t.Errorf("%s of %s is about %q, want %q", c.Kind, c.Target, c.Person, person)
				}
			}
		}
		return ids, kinds
	}
	ids, kinds := todo(ChangeManual)
	if want := []ChangeKind{KindAnonymise, KindAnonymise, KindForget}; !slices.Equal(kinds, want) {
		t.Fatalf("to do is %q, want %q", kinds, want)
	}
	check(t, db.MarkDone(ctx, ids[:2], true))
	check(t, db.MarkDone(ctx, ids[:2], true)) // said twice
	if left, _ := todo(ChangeManual); len(left) != 1 {
		t.Errorf("%d are left to do, want 1", len(left))
	}
	if n := must(db.ChangeCounts(ctx))(t); n.Manual != 1 {
		t.Errorf("%d count as to do, want 1", n.Manual)
	}
	check(t, db.MarkDone(ctx, ids[:1], false))
	if left, _ := todo(ChangeManual); len(left) != 2 {
		t.Errorf("%d are to do once it was taken back, want 2", len(left))
	}

	// A sync that shows the flag knows better than anybody.
	check(t, db.MarkDone(ctx, ids, true))
	gone := list[0]
	gone.Interaction.Anonymised, gone.Interaction.Hash = true, gone.Interaction.Hash+1<<52
	if _, err := db.ApplyWindow(ctx, wholeWindow([]Conversation{gone, list[1], list[2]})); err != nil {
		t.Fatal(err)
	}
	confirmed, _ := todo(ChangeConfirmed)
	if len(confirmed) != 1 {
		t.Errorf("%d are confirmed, want the one with the flag", len(confirmed))
	}
	if err := db.MarkDone(ctx, confirmed, false); !errors.Is(err, ErrTransition) {
		t.Errorf("what is confirmed is taken back with %v", err)
	}
}

// TestNothingIsToDoWhereOnlyThisCopyWasErased: nobody asked for more.
func TestNothingIsToDoWhereOnlyThisCopyWasErased(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	plant(t, db, conversations(0, 1))
	if _, err := db.EraseAs(t.Context(), []Name{"wap_0000"}, Order{HereOnly: true}); err != nil {
		t.Fatal(err)
	}
	if changes := must(db.Changes(t.Context()))(t); len(changes) > 0 {
		t.Errorf("to do: %+v", changes)
	}
}
