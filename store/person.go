package store

import "context"

// person is whom an interaction is about, as far as the file knows.
type person struct {
	contacts []int64
	tickets  []int64
	external int64
	// words are the values that name the person: titles, names, numbers.
	words []string
	said  string // the transcript
}

func (t *tx) personOf(ctx context.Context, id int64) (person, error) {
	var who person
	var title, sender, full, number string
	if _, err := t.one(ctx, `SELECT i.title, i.sender, ifnull(i.external_contact_id, 0), e.full_name, e.number
		FROM interactions i LEFT JOIN external_contacts e ON e.id = i.external_contact_id WHERE i.id = ?`,
		[]any{id}, nullText(&title), nullText(&sender), &who.external, nullText(&full), nullText(&number)); err != nil {
		return who, err
	}
	who.words = append(who.words, title, sender, full, number)
	var err error
	if who.contacts, err = linkedContacts(ctx, t, id); err != nil {
		return who, err
	}
	first, last := childSpan(id, activityBits)
	rows, err := t.query(ctx, "SELECT DISTINCT ticket_id FROM activities WHERE id BETWEEN ? AND ? AND ticket_id IS NOT NULL", first, last)
	who.tickets, err = collect(rows, err, scanID)
	return who, err
}

func scanID(rows rowScanner, id *int64) error { return rows.Scan(id) }

// linkedContacts are the contacts an interaction or its activities are paired with.
// Those that a queued change has taken off, or put on and lost, count as well.
func linkedContacts(ctx context.Context, q querier, interaction int64) ([]int64, error) {
	first, last := childSpan(interaction, activityBits)
	rows, err := q.QueryContext(ctx, `SELECT contact_id FROM interactions WHERE id = ?1 AND contact_id IS NOT NULL
		UNION SELECT contact_id FROM activities WHERE id BETWEEN ?2 AND ?3 AND contact_id IS NOT NULL
		UNION SELECT c.id FROM outbox o JOIN contacts c ON c.name IN (o.contact_name, o.base ->> '$.contact.Name', o.base ->> '$.whole.Name')
			WHERE o.interaction_id = ?1`, interaction, first, last)
	return collect(rows, err, scanID)
}

// interactionsOfContact are the interactions that use a contact, by themselves or by an activity.
func interactionsOfContact(ctx context.Context, q querier, contact int64) ([]int64, error) {
	rows, err := q.QueryContext(ctx, `SELECT id FROM interactions WHERE contact_id = ?1
		UNION SELECT id >> 8 FROM activities WHERE contact_id = ?1`, contact)
	return collect(rows, err, scanID)
}

// erasePerson removes what nothing else uses after an interaction let go of it, and keeps it from
// coming back with a list of the contact centre.
func (t *tx) erasePerson(ctx context.Context, who person, went *erased) error {
	shared := false
	for _, contact := range who.contacts {
		if went.person == "" {
			if _, err := t.one(ctx, "SELECT name FROM contacts WHERE id = ? AND NOT local", []any{contact}, &went.person); err != nil {
				return err
			}
		}
		removed, words, err := t.dropContact(ctx, contact, true)
		if err != nil {
			return err
		}
		if removed {
			went.contacts++
			who.words = append(who.words, words...)
		} else {
			went.unlinked++
			shared = true
		}
	}
	for _, ticket := range who.tickets {
		if err := t.dropTicket(ctx, ticket, true); err != nil {
			return err
		}
	}
	if who.external != 0 {
		if err := t.dropUnusedExternalContact(ctx, who.external); err != nil {
			return err
		}
		var one int
		kept, err := t.one(ctx, "SELECT 1 FROM external_contacts WHERE id = ?", []any{who.external}, &one)
		if err != nil {
			return err
		}
		shared = shared || kept
	}
	quoted, err := t.eraseQuotes(ctx, who)
	went.views += quoted
	if err != nil || shared {
		return err // other interactions of the same person are stored: naming the person says nothing new
	}
	views, err := t.eraseMentions(ctx, who.words)
	went.views += views
	return err
}

// dropContact removes a contact that no interaction uses, with tickets and the account that only it
// used, and gives the words that named it. bar keeps it from coming back.
func (t *tx) dropContact(ctx context.Context, id int64, bar bool) (removed bool, words []string, err error) {
	users, err := interactionsOfContact(ctx, t, id)
	if err != nil || len(users) > 0 {
		return false, nil, err
	}
	var c Contact
	var account int64
	var numbers, emails string
	found, err := t.one(ctx, "SELECT name, title, numbers, emails, ifnull(account_id, 0) FROM contacts WHERE id = ?", []any{id},
		&c.Name, &c.Title, nullText(&numbers), nullText(&emails), &account)
	if err != nil || !found {
		return false, nil, err
	}
	if err := fromJSON(numbers, &c.Numbers); err != nil {
		return false, nil, err
	}
	if err := fromJSON(emails, &c.Emails); err != nil {
		return false, nil, err
	}
	rows, err := t.query(ctx, "SELECT id FROM tickets WHERE contact_id = ?", id)
	tickets, err := collect(rows, err, scanID)
	if err != nil {
		return false, nil, err
	}
	if err := t.run(ctx, "UPDATE tickets SET contact_id = NULL WHERE contact_id = ?", id); err != nil {
		return false, nil, err
	}
	for _, ticket := range tickets {
		if err := t.dropTicket(ctx, ticket, bar); err != nil {
			return false, nil, err
		}
	}
	for _, step := range []string{
		"DELETE FROM outbox WHERE contact_name = ?", // what was to be sent about it
		"DELETE FROM contacts WHERE name = ?",
	} {
		if err := t.run(ctx, step, c.Name); err != nil {
			return false, nil, err
		}
	}
	t.forget(refContacts, c.Name)
	if bar {
		if err := t.bar(ctx, refContacts, c.Name); err != nil {
			return false, nil, err
		}
	}
	return true, append(append(c.Numbers, c.Emails...), c.Title), t.dropAccount(ctx, account, bar)
}

// dropTicket removes a ticket that no activity belongs to.
func (t *tx) dropTicket(ctx context.Context, id int64, bar bool) error {
	return t.dropUnused(ctx, refTickets, id, "SELECT 1 FROM activities WHERE ticket_id = ?", bar)
}

// dropAccount removes an account without contacts.
func (t *tx) dropAccount(ctx context.Context, id int64, bar bool) error {
	return t.dropUnused(ctx, refAccounts, id, "SELECT 1 FROM contacts WHERE account_id = ?", bar)
}

func (t *tx) dropUnused(ctx context.Context, kind refKind, id int64, used string, bar bool) error {
	var name Name
	found, err := t.one(ctx, "SELECT name FROM "+string(kind)+" WHERE id = ?", []any{id}, &name)
	if err != nil || !found {
		return err
	}
	var one int
	if inUse, err := t.one(ctx, used+" LIMIT 1", []any{id}, &one); err != nil || inUse {
		return err
	}
	t.forget(kind, name)
	if err := t.run(ctx, "DELETE FROM "+string(kind)+" WHERE id = ?", id); err != nil || !bar {
		return err
	}
	return t.bar(ctx, kind, name)
}

// forget takes a removed record out of what the transaction remembers.
func (t *tx) forget(kind refKind, name Name) { delete(t.refs.of(kind), name) }
