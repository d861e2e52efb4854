package store

import (
	"fmt"
	"testing"

	"wapdesk/store/listing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestDetailNamesTheOtherWorkOnItsTickets gives one ticket to some interactions, of which one is
// hidden, and one is anonymised.
func TestDetailNamesTheOtherWorkOnItsTickets(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	list := conversations(0, 6)
	for n := range 5 { // the sixth keeps its own
		list[n].Activities[0].Ticket = listing.Ref{Name: "777", Title: "jedna věc"}
	}
	list[3].Interaction.Queue = listing.Ref{Name: "4999", Title: "Cizí"}
	_, err := db.ApplyWindow(t.Context(), wholeWindow(list))
	check(t, err)
	for _, queues := range [][]Name{{"4101", "4999"}, {"4101"}} {
		_, err = db.ApplyRights(t.Context(), Rights{Queues: queues})
		check(t, err)
	}
	_, err = db.Erase(t.Context(), []Name{"wap_0004"}, "lead")
	check(t, err)

	others := func(of Name, n ...int) {
		t.Helper()
		d := must(db.Detail(t.Context(), of))(t)
		var want []TicketActivity
		for _, n := range n {
			a := list[n].Activities[0]
			want = append(want, TicketActivity{
				Ticket: "777", Interaction: fmt.Sprintf("wap_%04d", n), Name: a.Name, Title: a.Title, User: a.User.Title, TimeMs: a.TimeMs,
			})
		}
		if diff := cmp.Diff(want, d.TicketWork, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", of, diff)
		}
	}
	others("wap_0000", 1, 2)
	others("wap_0002", 0, 1)
	others("wap_0005")
	others("wap_0004") // an erasure leaves no ticket
}
