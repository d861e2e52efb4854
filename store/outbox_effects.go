package store

import (
	"context"

	"wapdesk/store/listing"
)

// A change shows its effect here at once. The value it replaced is kept as the change's base, so
// that taking the change back, or a refusal, shows the contact centre's value again.

// apply shows the effect of a change.
func (t *tx) apply(ctx context.Context, c *Change) error {
	switch c.Kind {
	case KindPair, KindUnpair:
		return t.setContact(ctx, c, c.Value.Contact, c.Value.Contact)
	case KindTicket:
		return t.setTicket(ctx, c.Target, c.Value.Ticket)
	case KindContactedBack:
		return t.setMissed(ctx, c.interactionID, c.Value.Missed)
	case KindContact:
		return t.putContact(ctx, c.Value.Person, true)
	case KindReview:
		if err := t.putReview(ctx, c.Value.Review, true); err != nil {
			return err
		}
		return t.deriveReview(ctx, c.interactionID)
	}
	return nil
}

// revert ends the effect of a change. When a later change of the same value is waiting, its
// effect stays, and what was before this change becomes the base of that one.
func (t *tx) revert(ctx context.Context, c *Change) error {
	later, err := t.changes(ctx, "WHERE o.id > ? AND o.target = ? AND o.state IN ('waiting', 'sending') ORDER BY o.id", c.ID, c.Target)
	if err != nil {
		return err
	}
	for i := range later {
		if later[i].sets() == c.sets() {
			later[i].Base = c.Base
			return t.keepChange(ctx, &later[i])
		}
	}
	switch c.Kind {
	case KindPair, KindUnpair:
		return t.setContact(ctx, c, c.Base.Contact, c.Base.Whole)
	case KindTicket:
		return t.setTicket(ctx, c.Target, c.Base.Ticket)
	case KindContactedBack:
		return t.setMissed(ctx, c.interactionID, c.Base.Missed)
	case KindReview:
		if err := t.run(ctx, "DELETE FROM qa_reviews WHERE name = ? AND local", c.Value.Review.Name); err != nil {
			return err
		}
		return t.deriveReview(ctx, c.interactionID)
	}
	return nil // a contact that was refused stays for another try
}

// sets names the value a change is about: pair and un-pair are about the same one.
func (c *Change) sets() ChangeKind {
	if c.Kind == KindUnpair {
		return KindPair
	}
	if c.Kind == KindReview {
		return KindReview + ChangeKind(c.Value.Review.Name) // each is its own
	}
	return c.Kind
}

func (t *tx) setContact(ctx context.Context, c *Change, activity, interaction listing.Ref) error {
	of, err := t.looseRef(ctx, refContacts, activity)
	if err != nil {
		return err
	}
	if err := t.run(ctx, "UPDATE activities SET contact_id = ? WHERE name = ?", idArg(of), c.Target); err != nil {
		return err
	}
	if of, err = t.looseRef(ctx, refContacts, interaction); err != nil {
		return err
	}
	return t.run(ctx, "UPDATE interactions SET contact_id = ? WHERE id = ?", idArg(of), c.interactionID)
}

func (t *tx) setTicket(ctx context.Context, activity Name, ticket listing.Ref) error {
	id, err := t.looseRef(ctx, refTickets, ticket)
	if err != nil {
		return err
	}
	return t.run(ctx, "UPDATE activities SET ticket_id = ? WHERE name = ?", idArg(id), activity)
}

func (t *tx) setMissed(ctx context.Context, interaction int64, missed string) error {
	return t.run(ctx, "UPDATE interactions SET missed = ? WHERE id = ?", textArg(missed), interaction)
}

// keepLocalInteraction shows unsent changes again after a sync has replaced the row: the
// value that came becomes the base of the first of them, the last one shows.
func (t *tx) keepLocalInteraction(ctx context.Context, id int64, row *Interaction) error {
	changes, err := t.unsent(ctx, id)
	if err != nil {
		return err
	}
	seen := map[ChangeKind]bool{}
	for i := range changes {
		c := &changes[i]
		switch {
		case seen[c.sets()]:
		case c.Kind == KindPair || c.Kind == KindUnpair:
			c.Base.Whole = row.Contact
			err = t.keepChange(ctx, c)
		case c.Kind == KindContactedBack:
			c.Base.Missed = row.Missed
			err = t.keepChange(ctx, c)
		}
		if err != nil {
			return err
		}
		seen[c.sets()] = true
		if err := t.apply(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// keepLocalActivities is keepLocalInteraction for activities.
func (t *tx) keepLocalActivities(ctx context.Context, interaction int64, activities []Activity) error {
	changes, err := t.unsent(ctx, interaction)
	if err != nil || len(changes) == 0 {
		return err
	}
	came := make(map[Name]*Activity, len(activities))
	for i := range activities {
		came[activities[i].Name] = &activities[i]
	}
	type value struct {
		target Name
		kind   ChangeKind
	}
	seen := map[value]bool{}
	for i := range changes {
		c := &changes[i]
		a := came[c.Target]
		if a == nil {
			continue
		}
		if of := (value{c.Target, c.sets()}); !seen[of] {
			seen[of] = true
			switch c.Kind {
			case KindPair, KindUnpair:
				c.Base.Contact = a.Contact
			case KindTicket:
				c.Base.Ticket = a.Ticket
			}
			if err := t.keepChange(ctx, c); err != nil {
				return err
			}
		}
		if err := t.apply(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) unsent(ctx context.Context, interaction int64) ([]Change, error) {
	return t.changes(ctx, "WHERE o.interaction_id = ? AND o.state IN ('waiting', 'sending') AND o.kind <> 'anonymise' ORDER BY o.id", interaction)
}
