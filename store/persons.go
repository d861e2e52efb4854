package store

import (
	"context"
	"slices"
	"strings"

	"wapdesk/store/listing"
)

// PersonKey says whom a search for a person found: a contact of the CRM, or a WhatsApp number that no
// contact found bears. One of the two is "".
type PersonKey struct {
	Contact Name
	Number  string // its digits
}

// PersonHit is a person that a text leads to.
type PersonHit struct {
	PersonKey
	Title   string // "" of a number without a name
	Numbers []string
	Emails  []string
}

// PersonInteraction is an interaction that names a person.
type PersonInteraction struct {
	Interaction Name
	TimeMs      int64
	Queue       string
	Title       string
	// Other is the contact it is paired with where that is somebody else, who has the same number.
	Other  listing.Ref
	Erased bool
}

// Person is everybody's trace of one person: the contact and every interaction that is paired with
// it, by itself or by an activity, or comes from one of its numbers. Newest first.
type Person struct {
	PersonHit
	Interactions []PersonInteraction
}

// minNumber is the length from which digits are taken for a whole number.
const minNumber = 6

// FindPeople returns whom a name, number, e-mail or unique name of a contact leads to, contacts
// first, at most limit. Numbers that a contact found bears, or is known by on WhatsApp, stand with it.
func (db *DB) FindPeople(ctx context.Context, text string, limit int) ([]PersonHit, error) {
	var hits []PersonHit
	wanted, digits := fold(strings.TrimSpace(text)), digitsOf(text)
	err := db.view(ctx, "find people", func(q querier) error {
		hits = []PersonHit{}
		if wanted == "" {
			return nil
		}
		rows, err := q.QueryContext(ctx, contactSelect+"WHERE "+contactInScope)
		err = each(rows, err, func(rows rowScanner) error {
			var c Contact
			if err := scanContact(rows, &c); err != nil {
				return err
			}
			if c.Name == strings.TrimSpace(text) || contactHolds(&c, wanted, digits) {
				hits = append(hits, PersonHit{PersonKey: PersonKey{Contact: c.Name}, Title: c.Title, Numbers: c.Numbers, Emails: c.Emails})
			}
			return nil
		})
		if err != nil {
			return err
		}
		slices.SortFunc(hits, func(a, b PersonHit) int { return strings.Compare(fold(a.Title), fold(b.Title)) })
		return findNumbers(ctx, q, wanted, digits, &hits)
	})
	return hits[:min(len(hits), limit)], err
}

// findNumbers adds the WhatsApp numbers that a text leads to and that belong to nobody found so far.
func findNumbers(ctx context.Context, q querier, wanted, digits string, hits *[]PersonHit) error {
	add := func(number, title string) {
		for _, hit := range *hits {
			if sharesNumber(hit.Numbers, []string{digitsOf(number)}) || hit.Number == digitsOf(number) {
				return
			}
		}
		*hits = append(*hits, PersonHit{PersonKey: PersonKey{Number: digitsOf(number)}, Title: title, Numbers: []string{number}})
	}
	rows, err := q.QueryContext(ctx, `SELECT DISTINCT e.full_name, ifnull(e.number, i.sender), ifnull(c.name, k.name)
		FROM interactions i JOIN external_contacts e ON e.id = i.external_contact_id
		LEFT JOIN contacts c ON c.id = i.contact_id LEFT JOIN contacts k ON k.name = e.contact_name WHERE `+inScope+` ORDER BY 1, 2, 3`)
	var paired []Name
	type number struct{ number, title string }
	var alone []number
	err = each(rows, err, func(rows rowScanner) error {
		var one number
		var contact string
		if err := rows.Scan(nullText(&one.title), nullText(&one.number), nullText(&contact)); err != nil {
			return err
		}
		holds := len(digits) >= minDigits && strings.Contains(digitsOf(one.number), digits) || strings.Contains(fold(one.title), wanted)
		switch {
		case holds && contact != "":
			paired = append(paired, contact)
		case holds && len(digitsOf(one.number)) >= minNumber:
			alone = append(alone, one)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, contact := range paired {
		if slices.ContainsFunc(*hits, func(hit PersonHit) bool { return hit.Contact == contact }) {
			continue
		}
		p := Person{PersonHit: PersonHit{PersonKey: PersonKey{Contact: contact}}}
		if _, err := p.readContact(ctx, q); err != nil {
			return err
		}
		*hits = append(*hits, p.PersonHit)
	}
	for _, one := range alone {
		add(one.number, one.title)
	}
	if len(digits) < minNumber {
		return nil
	}
	rows, err = q.QueryContext(ctx, "SELECT DISTINCT i.sender FROM interactions i WHERE i.external_contact_id IS NULL AND i.sender IS NOT NULL AND "+inScope+" ORDER BY 1")
	return each(rows, err, func(rows rowScanner) error {
		var number string
		if err := rows.Scan(&number); err != nil {
			return err
		}
		if strings.Contains(digitsOf(number), digits) {
			add(number, "")
		}
		return nil
	})
}

// Person returns a person with every interaction that names it. ErrNotFound where there is none.
func (db *DB) Person(ctx context.Context, key PersonKey) (Person, error) {
	var p Person
	err := db.view(ctx, "read a person", func(q querier) error {
		p = Person{PersonHit: PersonHit{PersonKey: key}}
		ids, err := p.trace(ctx, q)
		if err != nil {
			return err
		}
		rows, err := q.QueryContext(ctx, `SELECT i.name, i.time_ms, u.title, i.title, c.name, c.title, i.anonymised
			FROM json_each(?) j JOIN interactions i ON i.id = j.value LEFT JOIN queues u ON u.id = i.queue_id LEFT JOIN contacts c ON c.id = i.contact_id
			WHERE `+inScope+" ORDER BY i.time_ms DESC, i.name", idList(ids))
		p.Interactions, err = collect(rows, err, func(rows rowScanner, i *PersonInteraction) error {
			if err := rows.Scan(&i.Interaction, &i.TimeMs, nullText(&i.Queue), nullText(&i.Title), nullText(&i.Other.Name), nullText(&i.Other.Title), &i.Erased); err != nil {
				return err
			}
			if i.Other.Name == key.Contact {
				i.Other = listing.Ref{}
			}
			return nil
		})
		if err == nil && key.Contact == "" && len(p.Interactions) == 0 {
			return ErrNotFound
		}
		return err
	})
	return p, err
}

// trace reads who the person is and returns the ids of the interactions.
func (p *Person) trace(ctx context.Context, q querier) ([]int64, error) {
	var ids []int64
	if p.Contact != "" {
		contact, err := p.readContact(ctx, q)
		if err != nil {
			return nil, err
		}
		if ids, err = interactionsOfContact(ctx, q, contact); err != nil {
			return nil, err
		}
		if err := p.addNumbers(ctx, q, ids); err != nil {
			return nil, err
		}
	} else {
		p.Numbers = []string{p.Number}
	}
	numbers := make([]string, 0, len(p.Numbers))
	for _, number := range p.Numbers {
		numbers = append(numbers, digitsOf(number))
	}
	rows, err := q.QueryContext(ctx, `SELECT i.id, i.sender, e.number, e.full_name FROM interactions i
		LEFT JOIN external_contacts e ON e.id = i.external_contact_id WHERE i.sender IS NOT NULL OR e.number IS NOT NULL`)
	err = each(rows, err, func(rows rowScanner) error {
		var id int64
		var sender, number, name string
		if err := rows.Scan(&id, nullText(&sender), nullText(&number), nullText(&name)); err != nil {
			return err
		}
		if sameNumber(numbers, digitsOf(sender)) || sameNumber(numbers, digitsOf(number)) {
			ids = append(ids, id)
			if p.Contact == "" && p.Title == "" {
				p.Title = name
			}
		}
		return nil
	})
	slices.Sort(ids)
	return slices.Compact(ids), err
}

// addNumbers adds the WhatsApp numbers that the contact's own interactions come from.
func (p *Person) addNumbers(ctx context.Context, q querier, ids []int64) error {
	rows, err := q.QueryContext(ctx, `SELECT DISTINCT e.number FROM json_each(?) j JOIN interactions i ON i.id = j.value
		JOIN external_contacts e ON e.id = i.external_contact_id WHERE e.number IS NOT NULL ORDER BY 1`, idList(ids))
	return each(rows, err, func(rows rowScanner) error {
		var number string
		if err := rows.Scan(&number); err != nil {
			return err
		}
		if len(digitsOf(number)) >= minNumber && !sharesNumber(p.Numbers, []string{digitsOf(number)}) {
			p.Numbers = append(p.Numbers, number)
		}
		return nil
	})
}

// sameNumber reports whether a number is one of some, with or without its prefix.
func sameNumber(numbers []string, number string) bool {
	return number != "" && (slices.Contains(numbers, number) || sharesNumber(numbers, []string{number}))
}

func (p *Person) readContact(ctx context.Context, q querier) (id int64, err error) {
	rows, err := q.QueryContext(ctx, "SELECT id FROM contacts WHERE name = ?", p.Contact)
	found, err := collect(rows, err, scanID)
	if err != nil {
		return 0, err
	}
	if len(found) == 0 {
		return 0, ErrNotFound
	}
	rows, err = q.QueryContext(ctx, contactSelect+"WHERE c.name = ? AND "+contactInScope, p.Contact)
	seen := false
	err = each(rows, err, func(rows rowScanner) error {
		var c Contact
		seen = true
		err := scanContact(rows, &c)
		p.Title, p.Numbers, p.Emails = c.Title, c.Numbers, c.Emails
		return err
	})
	if err == nil && !seen {
		err = ErrNotFound
	}
	return found[0], err
}

// HasContact reports whether a contact is stored.
func (db *DB) HasContact(ctx context.Context, name Name) (bool, error) {
	found, err := viewAll(ctx, db, "find a contact", scanID, "SELECT id FROM contacts WHERE name = ?", name)
	return len(found) > 0, err
}

// IDs returns the ids of interactions within the rights, by their unique names, in the names' order.
func (db *DB) IDs(ctx context.Context, names []Name) ([]int64, error) {
	var ids []int64
	err := db.view(ctx, "find interactions", func(q querier) (err error) {
		ids, err = idsOf(ctx, q, names)
		return err
	})
	return ids, err
}
