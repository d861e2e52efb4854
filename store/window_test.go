package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestApplyWindowStoresWhatWasRead(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	want := conversation(3, customerOf(3))
	result, err := db.ApplyWindow(t.Context(), wholeWindow([]Conversation{want}))
	check(t, err)
	if diff := cmp.Diff(WindowResult{Interactions: Counts{1, 1, 0}, Activities: Counts{1, 1, 0}, Messages: Counts{12, 12, 0}, Added: 1}, result); diff != "" {
		t.Error(diff)
	}
	got, err := db.Detail(t.Context(), "wap_0003")
	check(t, err)
	if diff := cmp.Diff(want, conversationOf(got)); diff != "" {
		t.Errorf("stored conversation differs (-want +got):\n%s", diff)
	}
}

func conversationOf(d Detail) Conversation {
	c := Conversation{Interaction: d.Interaction, Messages: d.Messages, Process: d.Process, Files: d.Files, Reviews: d.Reviews}
	for _, a := range d.Activities {
		c.Activities = append(c.Activities, a.Activity)
	}
	return c
}
