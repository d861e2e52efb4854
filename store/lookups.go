package store

import (
	"cmp"
	"context"
	"database/sql/driver"
	"slices"
	"sync"
	"unsafe"

	"wapdesk/store/listing"
)

// lookups is what all interactions point to, by id. Its reads are as bulky as that of the
// interactions, so they leave SQLite the same way.
type lookups struct {
	things  listing.Lookups
	tickets []ticketOf // by activity
	states  map[int64]listing.State

	statuses, took []member // by activity
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
	var own arena
	for _, table := range []struct {
		name string
		into *[]listing.Ref
	}{{"queues", &things.Queues}, {"users", &things.Users}, {"connectors", &things.Connectors}, {"accounts", &things.Accounts}, {"statuses", &things.Statuses}} {
		err := pushByID(ctx, db, q, table.name, "name, title", table.into, func(values []driver.Value) listing.Ref {
			return own.ref(values)
		})
		if err != nil {
			return err
		}
	}
	err := pushByID(ctx, db, q, "contacts", "name, title, account_id", &things.Contacts, func(values []driver.Value) listing.Contact {
		return listing.Contact{Ref: own.ref(values), AccountNo: idOf(values[2])}
	})
	if err != nil {
		return err
	}
	if err := db.readMembers(ctx, q, known); err != nil {
		return err
	}
	known.states, err = readStates(ctx, q)
	return err
}

func (db *DB) readWAs(ctx context.Context, q querier, known *lookups) error {
	var own arena
	err := pushByID(ctx, db, q, "external_contacts", "full_name, number", &known.things.WAs, func(values []driver.Value) listing.WA {
		return listing.WA{Name: own.text(values[0]), Number: own.text(values[1])}
	})
	if err != nil {
		return err
	}
	return db.readAllTickets(ctx, q, known)
}

// pushByID reads a table into a slice by id.
func pushByID[T any](ctx context.Context, db *DB, q querier, table, columns string, into *[]T, read func(values []driver.Value) T) error {
	var last int64
	if err := q.QueryRowContext(ctx, "SELECT ifnull(max(id), 0) FROM "+table).Scan(&last); err != nil {
		return err
	}
	*into = make([]T, last+1)
	return db.push(ctx, q, "id, "+columns+" FROM "+table, nil, func(values []driver.Value) error {
		(*into)[idOf(values[0])] = read(values[1:])
		return nil
	})
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

// completer completes rows, which come in rising order of id: else it has to look for their
// tickets.
type completer struct {
	*lookups
	next int // ticket
	last int64

	statusesOf, tookBy members
}

func newCompleter(known *lookups) completer {
	return completer{lookups: known, statusesOf: members{all: known.statuses}, tookBy: members{all: known.took}}
}

// complete adds the tickets, the statuses, who took part, and the changes that are not sent.
func (c *completer) complete(r *listing.Row) {
	first, last := childSpan(r.ID, activityBits)
	back := r.ID < c.last
	r.StatusNos, r.TookNos = c.statusesOf.under(r.ID, back), c.tookBy.under(r.ID, back)
	if back {
		c.next, _ = slices.BinarySearchFunc(c.tickets, first, func(t ticketOf, id int64) int { return cmp.Compare(t.activity, id) })
	}
	c.last = r.ID
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

// arena keeps texts that are read one after the other together: half a million of them apart
// cost more to make, and to find again.
type arena struct{ room []byte }

const arenaBytes = 1 << 16

// text copies a text out of SQLite's memory.
func (a *arena) text(v driver.Value) string {
	s := textOf(v)
	if len(s) > cap(a.room)-len(a.room) {
		a.room = make([]byte, 0, max(arenaBytes, len(s)))
	}
	from := len(a.room)
	a.room = append(a.room, s...)
	return unsafe.String(unsafe.SliceData(a.room[from:]), len(s)) // nothing changes what is written
}

// ref makes a ref of a name and a title.
func (a *arena) ref(values []driver.Value) listing.Ref {
	return listing.Ref{Name: a.text(values[0]), Title: a.text(values[1])}
}
