package store

import (
	"context"

	"wapdesk/store/listing"
)

// dictionary holds what some interactions point to, by id. Reading it and looking it up costs
// less than joining it to every row; for all interactions at once see lookups.
type dictionary struct {
	queues     map[int64]listing.Ref
	users      map[int64]listing.Ref
	connectors map[int64]listing.Ref
	accounts   map[int64]listing.Ref
	contacts   map[int64]knownContact
	externals  map[int64]knownExternal
	tickets    map[int64][]string // by interaction
	states     map[int64]listing.State
	statuses   map[int64][]listing.Ref // by interaction
	took       map[int64][]listing.Ref // by interaction
}

type knownContact struct {
	ref     listing.Ref
	account int64
}

type knownExternal struct{ fullName, number string }

// complete makes a whole record of a row.
func (d *dictionary) complete(r *listing.Row) {
	contact, external := d.contacts[r.ContactNo], d.externals[r.WANo]
	r.Queue, r.User, r.Connector = d.queues[r.QueueNo], d.users[r.UserNo], d.connectors[r.ConnectorNo]
	r.Contact, r.Account = contact.ref, d.accounts[contact.account]
	r.WA, r.WANumber, r.Recipient = external.fullName, external.number, external.number
	r.Tickets, r.Statuses, r.Took = d.tickets[r.ID], d.statuses[r.ID], d.took[r.ID]
	r.State |= d.states[r.ID]
}

// readDictionary reads what the interactions of a JSON list need.
func readDictionary(ctx context.Context, q querier, only string) (*dictionary, error) {
	known := &dictionary{
		queues: map[int64]listing.Ref{}, users: map[int64]listing.Ref{}, connectors: map[int64]listing.Ref{}, accounts: map[int64]listing.Ref{},
		contacts: map[int64]knownContact{}, externals: map[int64]knownExternal{}, tickets: map[int64][]string{},
		statuses: map[int64][]listing.Ref{}, took: map[int64][]listing.Ref{},
	}
	// used restricts a table to what the interactions' column points to.
	used := func(column string) string {
		return " WHERE t.id IN (SELECT " + column + " FROM interactions WHERE id IN (SELECT value FROM json_each(?)))"
	}
	for _, table := range []struct {
		query string
		into  map[int64]listing.Ref
	}{
		{"SELECT t.id, t.name, t.title FROM queues t" + used("queue_id"), known.queues},
		{"SELECT t.id, t.name, t.title FROM users t" + used("user_id"), known.users},
		{"SELECT t.id, t.name, t.title FROM connectors t" + used("connector_id"), known.connectors},
	} {
		rows, err := q.QueryContext(ctx, table.query, only)
		if err := each(rows, err, scanKnownRef(table.into)); err != nil {
			return nil, err
		}
	}
	rows, err := q.QueryContext(ctx, "SELECT t.id, t.name, t.title, ifnull(t.account_id, 0) FROM contacts t"+used("contact_id"), only)
	err = each(rows, err, func(rows rowScanner) error {
		var id int64
		var c knownContact
		if err := rows.Scan(&id, &c.ref.Name, &c.ref.Title, &c.account); err != nil {
			return err
		}
		known.contacts[id] = c
		return nil
	})
	if err != nil {
		return nil, err
	}
	rows, err = q.QueryContext(ctx, "SELECT t.id, t.full_name, t.number FROM external_contacts t"+used("external_contact_id"), only)
	err = each(rows, err, func(rows rowScanner) error {
		var id int64
		var e knownExternal
		if err := rows.Scan(&id, nullText(&e.fullName), nullText(&e.number)); err != nil {
			return err
		}
		known.externals[id] = e
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := known.readAccounts(ctx, q, only); err != nil {
		return nil, err
	}
	if err := known.readTickets(ctx, q, only); err != nil {
		return nil, err
	}
	if err := known.readMembers(ctx, q, only); err != nil {
		return nil, err
	}
	known.states, err = readStates(ctx, q)
	return known, err
}

func scanKnownRef(into map[int64]listing.Ref) func(rowScanner) error {
	return func(rows rowScanner) error {
		var id int64
		var ref listing.Ref
		if err := rows.Scan(&id, &ref.Name, &ref.Title); err != nil {
			return err
		}
		into[id] = ref
		return nil
	}
}

func (d *dictionary) readAccounts(ctx context.Context, q querier, only string) error {
	rows, err := q.QueryContext(ctx, `SELECT id, name, title FROM accounts WHERE id IN (
		SELECT c.account_id FROM interactions i JOIN contacts c ON c.id = i.contact_id
		WHERE i.id IN (SELECT value FROM json_each(?)))`, only)
	return each(rows, err, scanKnownRef(d.accounts))
}

// readTickets reads number and title of the tickets of each interaction, in the order of its activities.
func (d *dictionary) readTickets(ctx context.Context, q querier, only string) error {
	// CROSS keeps SQLite from starting at the tickets, which would scan the activities.
	rows, err := q.QueryContext(ctx, `SELECT j.value, k.name || ' ' || k.title FROM json_each(?) j
		CROSS JOIN activities a ON a.id BETWEEN j.value << 8 AND (j.value << 8) + 255 AND a.ticket_id IS NOT NULL
		CROSS JOIN tickets k ON k.id = a.ticket_id ORDER BY a.id`, only)
	return each(rows, err, func(rows rowScanner) error {
		var id int64
		var ticket string
		if err := rows.Scan(&id, &ticket); err != nil {
			return err
		}
		for _, have := range d.tickets[id] {
			if have == ticket {
				return nil
			}
		}
		d.tickets[id] = append(d.tickets[id], ticket)
		return nil
	})
}

// readStates reads which interactions have a change that is not sent. A request to anonymise
// concerns the contact centre only: here it is done.
func readStates(ctx context.Context, q querier) (map[int64]listing.State, error) {
	states := map[int64]listing.State{}
	rows, err := q.QueryContext(ctx, "SELECT interaction_id, state FROM outbox WHERE interaction_id IS NOT NULL AND kind <> ?", string(KindAnonymise))
	err = each(rows, err, func(rows rowScanner) error {
		var id int64
		var state string
		if err := rows.Scan(&id, &state); err != nil {
			return err
		}
		switch ChangeState(state) {
		case ChangeWaiting, ChangeSending:
			states[id] |= listing.StatePending
		case ChangeRefused:
			states[id] |= listing.StateRefused
		case ChangeConflict:
			states[id] |= listing.StateConflict
		}
		return nil
	})
	return states, err
}
