package store

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// halfRows is more than one statement names, so that a commit of all of them is read in parts.
const halfRows = recordStep + 100

// TestNoListShowsHalfACommit changes every row in each commit, and then erases some in one, while
// others search, sort and turn pages. Every list must show all of a commit or nothing of it.
func TestNoListShowsHalfACommit(t *testing.T) {
	t.Parallel()
	db := openTest(t, withList)
	waitForList(t, db)
	check(t, applyAll(db))
	state := func(step int) []Conversation {
		list := make([]Conversation, halfRows)
		for i := range list {
			c := conversation(i, customerOf(i))
			list[i] = Conversation{Interaction: c.Interaction}
			list[i].Interaction.Title = fmt.Sprintf("krok %d", step)
			list[i].Interaction.WaitS, list[i].Interaction.Hash = int64(step), uint64(step+1)
		}
		return list
	}
	must(db.ApplyConversations(t.Context(), state(0), nil))(t)
	names := make([]Name, 50)
	for i := range names {
		names[i] = conversation(i*20, customerOf(0)).Interaction.Name
	}
	var readers sync.WaitGroup
	done := make(chan struct{})
	for reader := range 2 {
		readers.Go(func() {
			for n := reader; ; n++ {
				select {
				case <-done:
					return
				default:
					checkWhole(t, db.List().View(), len(names), n)
				}
			}
		})
	}
	const steps = 2
	for step := 1; step <= steps; step++ {
		before := db.List().View().Version()
		must(db.ApplyConversations(t.Context(), state(step), nil))(t)
		// Readers may miss a list that is there for a moment only.
		if made := db.List().View().Version() - before; made != 1 {
			t.Errorf("commit %d made %d lists, want one", step, made)
		}
	}
	report := must(db.Erase(t.Context(), names, "x"))(t)
	if report.Erased != len(names) {
		t.Errorf("erased %d", report.Erased)
	}
	// From here on no list holds anything of them.
	snap := must(db.List().View().Search(t.Context(), query.Query{}, query.Scope{}))(t)
	check(t, db.Compact(t.Context(), nil))
	close(done)
	readers.Wait()
	erased := 0
	for r := range snap.Records(t.Context()) {
		if r.State&listing.StateAnonymised != 0 {
			erased++
		}
	}
	if erased != len(names) {
		t.Errorf("the list after the erasure shows %d erased rows, want %d", erased, len(names))
	}
}

func applyAll(db *DB) error {
	_, err := db.ApplyRights(context.Background(), Rights{All: true})
	return err
}

// checkWhole looks at all rows of a list, the far end first.
func checkWhole(t *testing.T, v *listing.View, toErase, n int) {
	sort := [][]query.SortKey{
		{{Field: query.FieldQueue}, {Field: query.FieldContact, Desc: true}, {Field: query.FieldTime}},
		{{Field: query.FieldTitle}},
		{{Field: query.FieldAnswered}},
	}[n%3]
	snap, err := v.Search(context.Background(), query.Query{Sort: sort}, query.Scope{})
	if err != nil {
		t.Error(err)
		return
	}
	if total := snap.Total(); total == 0 || total != halfRows {
		if total != 0 {
			t.Errorf("%d rows, want %d or none", total, halfRows)
		}
		return
	}
	erased := 0
	wait := int32(-1)
	for _, from := range []int{halfRows / 2, 0} {
		for _, r := range snap.Window(from, halfRows/2) {
			if wait < 0 {
				wait = r.WaitS
			}
			if r.WaitS != wait {
				t.Errorf("version %d shows steps %d and %d", v.Version(), wait, r.WaitS)
				return
			}
			switch personal := r.Title + r.Contact.Title + r.WA + r.Sender; {
			case r.State&listing.StateAnonymised != 0:
				erased++
				if personal != "" {
					t.Errorf("an erased row shows %q", personal)
				}
			case r.Title != fmt.Sprintf("krok %d", wait) || !strings.HasSuffix(r.WA, "Kvapilka") || r.Sender == "":
				t.Errorf("version %d shows half a row: %+v", v.Version(), r)
				return
			}
		}
	}
	if erased != 0 && erased != toErase {
		t.Errorf("version %d shows %d of %d rows erased", v.Version(), erased, toErase)
	}
}
