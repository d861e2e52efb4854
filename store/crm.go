package store

import (
	"context"
	"strings"

	"wapdesk/store/listing"
)

// CRM carries records of the customer side. They are added or replaced by name.
type CRM struct {
	Contacts []Contact
	Accounts []Account
	Tickets  []Ticket
	// Cursors are kept in the same transaction.
	Cursors map[string]string
}

// ApplyCRM adds or replaces contacts, accounts and tickets by name. Those that went with an
// erasure stay away unless another interaction has brought them back.
func (db *DB) ApplyCRM(ctx context.Context, c CRM) error {
	return db.update(ctx, "store contacts, accounts and tickets", func(t *tx) error {
		for i := range c.Accounts {
			if err := t.putAccount(ctx, &c.Accounts[i]); err != nil {
				return err
			}
		}
		for i := range c.Contacts {
			if err := t.putContact(ctx, &c.Contacts[i], false); err != nil {
				return err
			}
		}
		for i := range c.Tickets {
			if err := t.putTicket(ctx, &c.Tickets[i]); err != nil {
				return err
			}
		}
		return t.setCursors(ctx, c.Cursors)
	})
}

// barred reports whether a record went with an erasure and nothing has brought it back.
func (t *tx) barred(ctx context.Context, kind refKind, ref listing.Ref) (bool, error) {
	key := refKey(ref)
	if key == "" {
		return false, nil
	}
	var one int
	erased, err := t.one(ctx, "SELECT 1 FROM erased_records WHERE kind = ? AND name = ?", []any{string(kind), key}, &one)
	if err != nil || !erased {
		return false, err
	}
	_, stored, err := t.lookUp(ctx, kind, key)
	return !stored, err
}

// looseRef is ref for records that may name an erased one: that name leads nowhere.
func (t *tx) looseRef(ctx context.Context, kind refKind, ref listing.Ref) (int64, error) {
	barred, err := t.barred(ctx, kind, ref)
	if err != nil || barred {
		return 0, err
	}
	return t.ref(ctx, kind, ref)
}

// bar keeps an erased record away from later lists. A name that was made of a title's hash is in
// no list, and would let a guessed title be confirmed.
func (t *tx) bar(ctx context.Context, kind refKind, name Name) error {
	if strings.HasPrefix(name, madeUp) {
		return nil
	}
	record := erasedRecord{kind, name}
	t.event.barred = append(t.event.barred, record)
	return t.barQuietly(ctx, record)
}

// barQuietly is bar for a record that is listed already.
func (t *tx) barQuietly(ctx context.Context, r erasedRecord) error {
	return t.run(ctx, "INSERT INTO erased_records (kind, name) VALUES (?, ?) ON CONFLICT DO NOTHING", string(r.kind), r.name)
}

func (t *tx) putContact(ctx context.Context, c *Contact, local bool) error {
	ref := listing.Ref{Name: c.Name, Title: contactTitle(c)}
	if barred, err := t.barred(ctx, refContacts, ref); err != nil || barred {
		return err
	}
	id, err := t.ref(ctx, refContacts, ref)
	if err != nil || id == 0 {
		return err
	}
	account, err := t.accountOf(ctx, id, c.Account)
	if err != nil {
		return err
	}
	user, err := t.ref(ctx, refUsers, c.User)
	if err != nil {
		return err
	}
	numbers, err := jsonArg(c.Numbers)
	if err != nil {
		return err
	}
	emails, err := jsonArg(c.Emails)
	if err != nil {
		return err
	}
	var before int64
	if _, err := t.one(ctx, "SELECT ifnull(account_id, 0) FROM contacts WHERE id = ?", []any{id}, &before); err != nil {
		return err
	}
	if before != account {
		if err := t.touchUsers(ctx, refContacts, id); err != nil {
			return err
		}
	}
	return t.run(ctx, updateByID("contacts", []string{"first_name", "last_name", "database_name", "database_title", "account_id", "user_id",
		"description", "numbers", "emails", "created_ms", "edited_ms", "custom_fields", "local"}),
		textArg(c.FirstName), textArg(c.LastName), textArg(c.Database.Name), textArg(c.Database.Title), idArg(account), idArg(user),
		textArg(c.Description), numbers, emails, numberArg(c.CreatedMs), numberArg(c.EditedMs), textArg(c.CustomFields), local, id)
}

// accountOf returns the id of a contact's account. One that went with an erasure comes back with a contact of
// an interaction, which is another's.
func (t *tx) accountOf(ctx context.Context, contact int64, account listing.Ref) (int64, error) {
	var one int
	used, err := t.one(ctx, "SELECT 1 FROM interactions WHERE contact_id = ? LIMIT 1", []any{contact}, &one)
	if err != nil {
		return 0, err
	}
	if used {
		return t.ref(ctx, refAccounts, account)
	}
	return t.looseRef(ctx, refAccounts, account)
}

func contactTitle(c *Contact) string {
	switch {
	case c.Title != "":
		return c.Title
	case c.FirstName != "" && c.LastName != "":
		return c.FirstName + " " + c.LastName
	}
	return c.FirstName + c.LastName
}

func (t *tx) putAccount(ctx context.Context, a *Account) error {
	id, err := t.looseRef(ctx, refAccounts, listing.Ref{Name: a.Name, Title: a.Title})
	if err != nil || id == 0 {
		return err
	}
	user, err := t.ref(ctx, refUsers, a.User)
	if err != nil {
		return err
	}
	return t.run(ctx, updateByID("accounts", []string{"database_name", "database_title", "user_id", "description", "created_ms", "edited_ms"}),
		textArg(a.Database.Name), textArg(a.Database.Title), idArg(user), textArg(a.Description), numberArg(a.CreatedMs), numberArg(a.EditedMs), id)
}

func (t *tx) putTicket(ctx context.Context, k *Ticket) error {
	id, err := t.looseRef(ctx, refTickets, listing.Ref{Name: k.Name, Title: k.Title})
	if err != nil || id == 0 {
		return err
	}
	user, err := t.ref(ctx, refUsers, k.User)
	if err != nil {
		return err
	}
	contact, err := t.looseRef(ctx, refContacts, k.Contact)
	if err != nil {
		return err
	}
	return t.run(ctx, updateByID("tickets", []string{"category_name", "category_title", "user_id", "contact_id", "stage", "priority", "merged_to", "created_ms", "edited_ms"}),
		textArg(k.Category.Name), textArg(k.Category.Title), idArg(user), idArg(contact), textArg(k.Stage), textArg(k.Priority),
		textArg(k.MergedTo), numberArg(k.CreatedMs), numberArg(k.EditedMs), id)
}

const contactSelect = `SELECT c.name, c.title, c.first_name, c.last_name, c.database_name, c.database_title,
	a.name, a.title, u.name, u.title, c.description, c.numbers, c.emails, c.created_ms, c.edited_ms, c.custom_fields
	FROM contacts c LEFT JOIN accounts a ON a.id = c.account_id LEFT JOIN users u ON u.id = c.user_id `

func scanContact(rows rowScanner, c *Contact) error {
	var numbers, emails string
	if err := rows.Scan(&c.Name, &c.Title, nullText(&c.FirstName), nullText(&c.LastName), nullText(&c.Database.Name), nullText(&c.Database.Title),
		nullText(&c.Account.Name), nullText(&c.Account.Title), nullText(&c.User.Name), nullText(&c.User.Title), nullText(&c.Description),
		nullText(&numbers), nullText(&emails), nullNumber(&c.CreatedMs), nullNumber(&c.EditedMs), nullText(&c.CustomFields)); err != nil {
		return err
	}
	if err := fromJSON(numbers, &c.Numbers); err != nil {
		return err
	}
	return fromJSON(emails, &c.Emails)
}

const accountSelect = `SELECT a.name, a.title, a.database_name, a.database_title, u.name, u.title, a.description, a.created_ms, a.edited_ms
	FROM accounts a LEFT JOIN users u ON u.id = a.user_id `

func scanAccount(rows rowScanner, a *Account) error {
	return rows.Scan(&a.Name, &a.Title, nullText(&a.Database.Name), nullText(&a.Database.Title), nullText(&a.User.Name), nullText(&a.User.Title),
		nullText(&a.Description), nullNumber(&a.CreatedMs), nullNumber(&a.EditedMs))
}

const ticketSelect = `SELECT k.name, k.title, k.category_name, k.category_title, u.name, u.title, c.name, c.title,
	k.stage, k.priority, k.merged_to, k.created_ms, k.edited_ms
	FROM tickets k LEFT JOIN users u ON u.id = k.user_id LEFT JOIN contacts c ON c.id = k.contact_id `

func scanTicket(rows rowScanner, k *Ticket) error {
	return rows.Scan(&k.Name, &k.Title, nullText(&k.Category.Name), nullText(&k.Category.Title), nullText(&k.User.Name), nullText(&k.User.Title),
		nullText(&k.Contact.Name), nullText(&k.Contact.Title), nullText(&k.Stage), nullText(&k.Priority), nullText(&k.MergedTo),
		nullNumber(&k.CreatedMs), nullNumber(&k.EditedMs))
}
