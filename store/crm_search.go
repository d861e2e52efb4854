package store

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// ContactHit is a contact offered for pairing; Likely ones share a number with the activity's
// interaction.
type ContactHit struct {
	Contact Contact
	Likely  bool
}

// A contact or ticket that is known from interactions alone is hidden with them. One that the
// CRM listed, or that was made here, is no part of their rights. The first condition spares
// looking at interactions while nothing is hidden.
const (
	nothingHidden  = "NOT EXISTS (SELECT 1 FROM rights WHERE kind LIKE 'hidden %')"
	contactInScope = "(" + nothingHidden + ` OR c.created_ms IS NOT NULL OR c.edited_ms IS NOT NULL OR c.local
		OR EXISTS (SELECT 1 FROM interactions i WHERE i.contact_id = c.id AND ` + inScope + `)
		OR EXISTS (SELECT 1 FROM activities a JOIN interactions i ON i.id = a.id >> 8 WHERE a.contact_id = c.id AND ` + inScope + `))`
	ticketInScope = "(" + nothingHidden + ` OR k.created_ms IS NOT NULL OR k.edited_ms IS NOT NULL
		OR EXISTS (SELECT 1 FROM activities a JOIN interactions i ON i.id = a.id >> 8 WHERE a.ticket_id = k.id AND ` + inScope + `))`
)

// minDigits is the shortest piece of a number that is looked for; less fits everything.
const minDigits = 3

// FindContacts returns contacts whose name, number or e-mail holds the text, without regard to
// case and diacritics, by title; likely ones for the activity first. An empty text gives the
// likely ones. ErrNotFound for an activity that is not stored or visible.
func (db *DB) FindContacts(ctx context.Context, activity Name, text string, limit int) ([]ContactHit, error) {
	hits := []ContactHit{}
	err := db.view(ctx, "find contacts", func(q querier) error {
		hits = hits[:0]
		numbers, err := numbersOf(ctx, q, activity)
		if err != nil {
			return err
		}
		wanted, digits := fold(strings.TrimSpace(text)), digitsOf(text)
		rows, err := q.QueryContext(ctx, contactSelect+"WHERE "+contactInScope)
		return each(rows, err, func(rows rowScanner) error {
			var c Contact
			if err := scanContact(rows, &c); err != nil {
				return err
			}
			hit := ContactHit{Contact: c, Likely: sharesNumber(c.Numbers, numbers)}
			if (wanted == "" && hit.Likely) || (wanted != "" && contactHolds(&c, wanted, digits)) {
				hits = append(hits, hit)
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(hits, func(a, b ContactHit) int {
		if a.Likely != b.Likely {
			if a.Likely {
				return -1
			}
			return 1
		}
		if order := strings.Compare(fold(a.Contact.Title), fold(b.Contact.Title)); order != 0 {
			return order
		}
		return strings.Compare(a.Contact.Name, b.Contact.Name)
	})
	return hits[:min(len(hits), max(limit, 0))], nil
}

// numbersOf are the customer's numbers of an activity's interaction, as digits.
func numbersOf(ctx context.Context, q querier, activity Name) ([]string, error) {
	if activity == "" {
		return nil, nil
	}
	id, _, err := locate(ctx, q, activity)
	if err != nil {
		return nil, err
	}
	var sender, number string
	if err := q.QueryRowContext(ctx, `SELECT i.sender, e.number FROM interactions i
		LEFT JOIN external_contacts e ON e.id = i.external_contact_id WHERE i.id = ?`, id).Scan(nullText(&sender), nullText(&number)); err != nil {
		return nil, err
	}
	return []string{digitsOf(sender), digitsOf(number)}, nil
}

// localDigits is how many last digits of a number are the same with and without its prefix.
const localDigits = 9

func sharesNumber(of []string, with []string) bool {
	for _, one := range of {
		digits := digitsOf(one)
		for _, other := range with {
			if len(digits) >= localDigits && len(other) >= localDigits && digits[len(digits)-localDigits:] == other[len(other)-localDigits:] {
				return true
			}
		}
	}
	return false
}

func contactHolds(c *Contact, wanted, digits string) bool {
	if strings.Contains(fold(c.Title), wanted) || strings.Contains(fold(c.FirstName+" "+c.LastName), wanted) {
		return true
	}
	for _, number := range c.Numbers {
		if len(digits) >= minDigits && strings.Contains(digitsOf(number), digits) {
			return true
		}
	}
	for _, email := range c.Emails {
		if strings.Contains(fold(email), wanted) {
			return true
		}
	}
	return false
}

// FindTickets returns tickets by number or part of the title, newest first.
func (db *DB) FindTickets(ctx context.Context, text string, limit int) ([]Ticket, error) {
	wanted := fold(strings.TrimSpace(text))
	found := []Ticket{}
	err := db.view(ctx, "find tickets", func(q querier) error {
		found = found[:0]
		rows, err := q.QueryContext(ctx, ticketSelect+"WHERE "+ticketInScope+" ORDER BY k.created_ms DESC, k.id DESC")
		return each(rows, err, func(rows rowScanner) error {
			var k Ticket
			if err := scanTicket(rows, &k); err != nil {
				return err
			}
			if len(found) < limit && (strings.HasPrefix(k.Name, wanted) || strings.Contains(fold(k.Title), wanted)) {
				found = append(found, k)
			}
			return nil
		})
	})
	return found, err
}

// digitsOf keeps the digits of a number; 00 and + at its start are the same.
func digitsOf(s string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
	return strings.TrimPrefix(digits, "00")
}

// fold makes texts comparable without case and diacritics.
func fold(s string) string {
	folded, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn))), s)
	if err != nil {
		folded = s
	}
	return strings.ToLower(folded)
}
