package store

import (
	"cmp"
	"context"
	"database/sql/driver"
	"slices"
	"strings"
	"sync"

	"wapdesk/store/listing"
)

// lookups is what all interactions point to, by id. Its reads are as bulky as that of the
// interactions, so they leave SQLite the same way.
type lookups struct {
	things  listing.Lookups
	tickets []ticketOf // by activity
	states  map[int64]listing.State
}

// ticketOf is number and title of the ticket of an activity.
type ticketOf struct {
	activity int64
	text     string
}

// readLookups reads everything, its two large halves at the same time. Interactions that change in
// the meantime, or what they point to, are fed to the list again.
func (db *DB) readLookups(ctx context.Context) (*lookups, error) {
	known := &lookups{}
	var wg sync.WaitGroup
	var errs [2]error
	for i, read := range [...]func(querier) error{
		func(q querier) error { return db.readPeople(ctx, q, known) },
		func(q querier) error { return db.readWAs(ctx, q, known) },
	} {
		wg.Go(func() { errs[i] = db.view(ctx, "read what interactions point to", read) })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return known, nil
}

func (db *DB) readPeople(ctx context.Context, q querier, known *lookups) error {
	things := &known.things
	for _, table := range []struct {
		name string
		into *[]listing.Ref
	}{{"queues", &things.Queues}, {"users", &things.Users}, {"connectors", &things.Connectors}, {"accounts", &things.Accounts}} {
		err := db.push(ctx, q, "id, name, title FROM "+table.name, nil, func(values []driver.Value) error {
			*place(table.into, idOf(values[0])) = refOf(values[1:])
			return nil
		})
		if err != nil {
			return err
		}
	}
	err := db.push(ctx, q, "id, name, title, account_id FROM contacts", nil, func(values []driver.Value) error {
		*place(&things.Contacts, idOf(values[0])) = listing.Contact{Ref: refOf(values[1:]), AccountNo: idOf(values[3])}
		return nil
	})
	if err != nil {
		return err
	}
	known.states, err = readStates(ctx, q)
	return err
}

func (db *DB) readWAs(ctx context.Context, q querier, known *lookups) error {
	err := db.push(ctx, q, "id, full_name, number FROM external_contacts", nil, func(values []driver.Value) error {
		*place(&known.things.WAs, idOf(values[0])) = listing.WA{Name: strings.Clone(textOf(values[1])), Number: strings.Clone(textOf(values[2]))}
		return nil
	})
	if err != nil {
		return err
	}
	return db.readAllTickets(ctx, q, known)
}

// readAllTickets reads number and title of the tickets of each interaction, in the order of its
// activities. It goes from the tickets to their activities, which are many times as many as
// those that have one.
func (db *DB) readAllTickets(ctx context.Context, q querier, known *lookups) error {
	var ticket int64
	var text string
	err := db.push(ctx, q, `k.id, a.id, k.name, k.title FROM tickets k
		CROSS JOIN activities a INDEXED BY activities_of_ticket ON a.ticket_id = k.id`, nil, func(values []driver.Value) error {
		if id := idOf(values[0]); id != ticket {
			ticket, text = id, textOf(values[2])+" "+textOf(values[3])
		}
		known.tickets = append(known.tickets, ticketOf{idOf(values[1]), text})
		return nil
	})
	slices.SortFunc(known.tickets, func(a, b ticketOf) int { return cmp.Compare(a.activity, b.activity) })
	return err
}

// completer completes rows that come in rising order of id.
type completer struct {
	*lookups
	next int // ticket
}

// complete adds the tickets, and the changes that are not sent.
func (c *completer) complete(r *listing.Row) {
	first, last := childSpan(r.ID, activityBits)
	for c.next < len(c.tickets) && c.tickets[c.next].activity < first {
		c.next++
	}
	for ; c.next < len(c.tickets) && c.tickets[c.next].activity <= last; c.next++ {
		if text := c.tickets[c.next].text; !slices.Contains(r.Tickets, text) {
			r.Tickets = append(r.Tickets, text)
		}
	}
	if len(c.states) > 0 {
		r.State |= c.states[r.ID]
	}
}

// place gives the element at an id, making room for it.
func place[T any](things *[]T, id int64) *T {
	if missing := int(id) + 1 - len(*things); missing > 0 {
		*things = append(*things, make([]T, missing)...)
	}
	return &(*things)[id]
}

// refOf makes a ref of a name and a title.
func refOf(values []driver.Value) listing.Ref {
	return listing.Ref{Name: strings.Clone(textOf(values[0])), Title: strings.Clone(textOf(values[1]))}
}
