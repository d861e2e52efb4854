package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"

	"wapdesk/store/listing"
)

// What a lead does. Each shows at once and is queued in the same transaction.

// target is an activity or an interaction that a change is about.
type target struct {
	activity    Name
	interaction int64
	contact     listing.Ref // of the activity
	whole       listing.Ref // of the interaction
	ticket      listing.Ref
	missed      string
	missedMs    int64
	user        listing.Ref
}

// targetActivity finds an activity within the rights. An anonymised interaction takes no changes: ErrNotPermitted.
func (t *tx) targetActivity(ctx context.Context, name Name) (target, error) {
	return t.target(ctx, `FROM activities a JOIN interactions i ON i.id = a.id >> 8 `, "a.name = ?", name)
}

// targetInteraction finds an interaction within the rights.
func (t *tx) targetInteraction(ctx context.Context, name Name) (target, error) {
	return t.target(ctx, `FROM interactions i LEFT JOIN activities a ON 0 `, "i.name = ?", name)
}

func (t *tx) target(ctx context.Context, from, where string, name Name) (target, error) {
	var at target
	var anonymised bool
	found, err := t.one(ctx, `SELECT a.name, i.id, i.anonymised, ac.name, ac.title, ic.name, ic.title, k.name, k.title, i.missed, i.missed_time_ms, u.name, u.title `+from+
		`LEFT JOIN contacts ac ON ac.id = a.contact_id LEFT JOIN contacts ic ON ic.id = i.contact_id
		LEFT JOIN tickets k ON k.id = a.ticket_id LEFT JOIN users u ON u.id = ifnull(a.user_id, i.user_id) WHERE `+where+" AND "+inScope, []any{name},
		nullText(&at.activity), &at.interaction, &anonymised, nullText(&at.contact.Name), nullText(&at.contact.Title), nullText(&at.whole.Name),
		nullText(&at.whole.Title), nullText(&at.ticket.Name), nullText(&at.ticket.Title), nullText(&at.missed), nullNumber(&at.missedMs),
		nullText(&at.user.Name), nullText(&at.user.Title))
	switch {
	case err != nil:
		return at, err
	case !found:
		return at, ErrNotFound
	case anonymised:
		return at, fmt.Errorf("the interaction is anonymised: %w", ErrNotPermitted)
	}
	return at, nil
}

// queue shows the effect of a change and adds it.
func (t *tx) queue(ctx context.Context, c Change) (Change, error) {
	if err := t.apply(ctx, &c); err != nil {
		return c, err
	}
	return t.enqueue(ctx, c)
}

// Pair pairs an activity, and with it its interaction, with a stored contact. ErrNotFound for
// either.
func (db *DB) Pair(ctx context.Context, activity, contact Name) (Change, error) {
	var made Change
	err := db.update(ctx, "pair a contact", func(t *tx) error {
		at, err := t.targetActivity(ctx, activity)
		if err != nil {
			return err
		}
		known, found, err := t.lookUp(ctx, refContacts, contact)
		if err != nil {
			return err
		}
		if !found {
			return ErrNotFound
		}
		made, err = t.queue(ctx, at.pairing(listing.Ref{Name: contact, Title: known.title}))
		return err
	})
	return made, err
}

func (at target) pairing(with listing.Ref) Change {
	kind := KindPair
	if with.Name == "" {
		kind = KindUnpair
	}
	return Change{
		Kind: kind, Target: at.activity, interactionID: at.interaction, contact: with.Name,
		Value: ChangeValue{Contact: with}, Base: ChangeValue{Contact: at.contact, Whole: at.whole},
	}
}

// Unpair takes the contact off an activity and its interaction. ErrInvalid when there is none.
func (db *DB) Unpair(ctx context.Context, activity Name) (Change, error) {
	var made Change
	err := db.update(ctx, "un-pair a contact", func(t *tx) error {
		at, err := t.targetActivity(ctx, activity)
		if err != nil {
			return err
		}
		if at.contact.Name == "" && at.whole.Name == "" {
			return fmt.Errorf("nothing is paired: %w", ErrInvalid)
		}
		made, err = t.queue(ctx, at.pairing(listing.Ref{}))
		return err
	})
	return made, err
}

// AddedContact is a new contact with the changes that were queued for it.
type AddedContact struct {
	Contact
	Queued []Change
}

// AddContact creates a contact; with an activity it also pairs it, as a second change.
// LastName is required (ErrInvalid). The contact's name is made here, so that sending it
// twice cannot create two.
func (db *DB) AddContact(ctx context.Context, contact Contact, activity Name) (AddedContact, error) {
	contact.LastName = strings.TrimSpace(contact.LastName)
	if contact.LastName == "" {
		return AddedContact{}, fmt.Errorf("a contact without a last name: %w", ErrInvalid)
	}
	contact.Name = "contact_" + newToken()
	contact.Title = contactTitle(&contact)
	contact.CreatedMs, contact.EditedMs = listing.Unknown, listing.Unknown
	var queued []Change
	err := db.update(ctx, "add a contact", func(t *tx) error {
		made, err := t.queue(ctx, Change{Kind: KindContact, Target: contact.Name, contact: contact.Name, Value: ChangeValue{Person: &contact}})
		if err != nil {
			return err
		}
		queued = []Change{made}
		if activity == "" {
			return nil
		}
		at, err := t.targetActivity(ctx, activity)
		if err != nil {
			return err
		}
		if made, err = t.queue(ctx, at.pairing(listing.Ref{Name: contact.Name, Title: contact.Title})); err != nil {
			return err
		}
		queued = append(queued, made)
		return nil
	})
	if err != nil {
		return AddedContact{}, err
	}
	return AddedContact{Contact: contact, Queued: queued}, nil
}

func newToken() string {
	var b [12]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// AttachTicket attaches an activity to a stored ticket. ErrNotFound for either.
func (db *DB) AttachTicket(ctx context.Context, activity, ticket Name) (Change, error) {
	var made Change
	err := db.update(ctx, "attach a ticket", func(t *tx) error {
		at, err := t.targetActivity(ctx, activity)
		if err != nil {
			return err
		}
		known, found, err := t.lookUp(ctx, refTickets, ticket)
		if err != nil {
			return err
		}
		if !found {
			return ErrNotFound
		}
		made, err = t.queue(ctx, Change{
			Kind: KindTicket, Target: activity, interactionID: at.interaction,
			Value: ChangeValue{Ticket: listing.Ref{Name: ticket, Title: known.title}}, Base: ChangeValue{Ticket: at.ticket},
		})
		return err
	})
	return made, err
}

// AddedReview is a new review with the change that was queued for it.
type AddedReview struct {
	QAReview
	Queued Change
}

// AddReview adds a QA review of an activity by a form; the score is worked out as the form
// says. The person reviewed is the activity's user. ErrNotFound for the activity or the form,
// ErrInvalid for an answer to a question the form does not have, or one it does not offer.
func (db *DB) AddReview(ctx context.Context, review QAReview) (AddedReview, error) {
	var queued Change
	err := db.update(ctx, "add a review", func(t *tx) error {
		at, err := t.targetActivity(ctx, review.Activity)
		if err != nil {
			return err
		}
		rows, err := t.query(ctx, "SELECT name, title, description, initial_score, minimum_score, questions, queues FROM qa_forms WHERE name = ?", review.Form)
		forms, err := collect(rows, err, scanForm)
		if err != nil {
			return err
		}
		if len(forms) == 0 {
			return ErrNotFound
		}
		if err := checkAnswers(forms[0], review.Answers); err != nil {
			return err
		}
		review.Name = "qareview_" + newToken() // as with a contact
		review.User = at.user
		review.CreatedMs, review.EditedMs = t.nowMs, t.nowMs
		review.Score = reviewScore(forms[0], review.Answers)
		queued, err = t.queue(ctx, Change{Kind: KindReview, Target: review.Activity, interactionID: at.interaction, Value: ChangeValue{Review: &review}})
		return err
	})
	if err != nil {
		return AddedReview{}, err
	}
	return AddedReview{QAReview: review, Queued: queued}, nil
}

// ContactedBack marks an interaction that waits among the missed ones as contacted back.
// ErrInvalid when it does not wait there.
func (db *DB) ContactedBack(ctx context.Context, interaction Name) (Change, error) {
	var made Change
	err := db.update(ctx, "mark as contacted back", func(t *tx) error {
		at, err := t.targetInteraction(ctx, interaction)
		if err != nil {
			return err
		}
		if listing.Meaning(at.missed, at.missedMs) != listing.MissedWaiting {
			return fmt.Errorf("it is not waiting among the missed: %w", ErrInvalid)
		}
		made, err = t.queue(ctx, Change{
			Kind: KindContactedBack, Target: interaction, interactionID: at.interaction,
			Value: ChangeValue{Missed: "NO"}, Base: ChangeValue{Missed: at.missed},
		})
		return err
	})
	return made, err
}
