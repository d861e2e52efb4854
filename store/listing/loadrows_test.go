package listing_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wapdesk/store/listing"
	"wapdesk/store/listing/gen"
	"wapdesk/store/query"
)

// numbered returns records as rows with lookups, as a file has them.
func numbered(records []listing.Record) (*listing.Lookups, []listing.Row) {
	var things listing.Lookups
	contacts, was := map[listing.Contact]int64{}, map[listing.WA]int64{}
	refs := [5]map[listing.Ref]int64{{}, {}, {}, {}, {}}
	ref := func(kind int, to *[]listing.Ref, r listing.Ref) int64 { return number(refs[kind], to, r) }
	rows := make([]listing.Row, len(records))
	for i, r := range records {
		account := ref(0, &things.Accounts, r.Account)
		rows[i] = listing.Row{
			QueueNo: ref(1, &things.Queues, r.Queue), UserNo: ref(2, &things.Users, r.User), ConnectorNo: ref(3, &things.Connectors, r.Connector),
			ContactNo: number(contacts, &things.Contacts, listing.Contact{Ref: r.Contact, AccountNo: account}),
			WANo:      number(was, &things.WAs, listing.WA{Name: r.WA, Number: r.WANumber}),
		}
		r.Queue, r.User, r.Connector, r.Contact, r.Account = listing.Ref{}, listing.Ref{}, listing.Ref{}, listing.Ref{}, listing.Ref{}
		for _, s := range r.Statuses {
			rows[i].StatusNos = append(rows[i].StatusNos, ref(4, &things.Statuses, s))
		}
		for _, u := range r.Took {
			rows[i].TookNos = append(rows[i].TookNos, ref(2, &things.Users, u))
		}
		r.Statuses, r.Took = nil, nil
		r.WA, r.WANumber, r.Recipient = "", "", ""
		rows[i].Record = r
	}
	return &things, rows
}

// number returns the place of a thing; nothing has place 0.
func number[T comparable](known map[T]int64, to *[]T, thing T) int64 {
	var none T
	if len(*to) == 0 {
		*to = append(*to, none)
	}
	if thing == none {
		return 0
	}
	if known[thing] == 0 {
		known[thing] = int64(len(*to))
		*to = append(*to, thing)
	}
	return known[thing]
}

func rowSource(rows []listing.Row) listing.RowSource {
	return func(_ context.Context, add func(*listing.Row) error) error {
		for _, r := range rows {
			if err := add(&r); err != nil {
				return err
			}
		}
		return nil
	}
}

func TestRowsLoadAsRecordsDo(t *testing.T) {
	t.Parallel()
	records := gen.Set{N: 10_000, Seed: 5, End: benchEnd}.Records()
	for i := range records {
		r := &records[i]
		r.Recipient = r.WANumber
		switch i % 50 {
		case 0:
			r.Title = r.WA
		case 1:
			r.Sender = "00420 777 000 111"
		case 2:
			r.Title = "" // while there is a contact
		case 3:
			r.Tickets = []string{"1 Jedna", "2 Dvě"}
		}
	}
	things, rows := numbered(records)
	e := listing.New(listing.Options{})
	if err := e.LoadRows(t.Context(), things, rowSource(rows[:3000]), rowSource(rows[3000:])); err != nil {
		t.Fatal(err)
	}
	snap := searched(t, e, "", query.SortKey{Field: "time"})
	byID := map[int64]listing.Record{}
	for _, r := range snap.Window(0, snap.Total()) {
		byID[r.ID] = r
	}
	for _, want := range records {
		if diff := cmp.Diff(want, byID[want.ID]); diff != "" {
			t.Fatalf("-want +got:\n%s", diff)
		}
	}
}

func TestRowsOfWhatIsNotThere(t *testing.T) {
	t.Parallel()
	e := listing.New(listing.Options{})
	r := listing.Row{Record: row(1, 1000), QueueNo: 7, UserNo: -1, ContactNo: 1 << 40, WANo: 3, ConnectorNo: 1}
	if err := e.LoadRows(t.Context(), &listing.Lookups{}, rowSource([]listing.Row{r})); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(row(1, 1000), searched(t, e, "").At(0)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestAPartThatFailsLeavesTheList(t *testing.T) {
	t.Parallel()
	e := loaded(t, row(1, 1000))
	broken := errors.New("broken")
	_, rows := numbered(gen.Set{N: 50_000, End: benchEnd}.Records())
	err := e.LoadRows(t.Context(), &listing.Lookups{}, rowSource(rows), func(context.Context, func(*listing.Row) error) error { return broken })
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if got := search(t, e, ""); len(got) != 1 {
		t.Errorf("%d rows, want the one of before", len(got))
	}
}
