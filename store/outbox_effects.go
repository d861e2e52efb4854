package store

import (
	"context"
)

// A change shows its effect here at once. The value it replaced is kept as the change's base, so
// that taking the change back, or a refusal, shows the contact centre's value again.

// apply shows the effect of a change.
func (t *tx) apply(ctx context.Context, c *Change) error {
	switch c.Kind {
	case KindContact:
		return t.putContact(ctx, c.Value.Person, true)
	case KindReview:
		if err := t.putReview(ctx, c.Value.Review, true); err != nil {
			return err
		}
		return t.deriveReview(ctx, c.interactionID)
	}
	for _, s := range c.slots() {
		if err := t.show(ctx, c, s, c.result()); err != nil {
			return err
		}
	}
	return nil
}

// revert ends the effect of a change. Where a later change of the same value waits, its effect
// stays, and what was before this change becomes the base of that one.
func (t *tx) revert(ctx context.Context, c *Change) error {
	if c.Kind == KindReview {
		if err := t.run(ctx, "DELETE FROM qa_reviews WHERE name = ? AND local", c.Value.Review.Name); err != nil {
			return err
		}
		return t.deriveReview(ctx, c.interactionID)
	}
	for _, s := range c.slots() { // a contact has none: a refused one stays for another try
		next, err := t.following(ctx, c, s)
		switch {
		case err != nil:
		case next == nil:
			err = t.show(ctx, c, s, c.Base)
		default:
			next.Base.take(s, c.Base)
			err = t.keepChange(ctx, next)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// withdraw removes an interaction's changes that were not sent, with their effects, and gives their number:
// they go with an erasure, and no sync would ever put right what they show.
func (t *tx) withdraw(ctx context.Context, interaction int64) (int, error) {
	unsent, err := t.changes(ctx, "WHERE o.interaction_id = ? AND o.kind <> ? AND o.state IN (?, ?) ORDER BY o.id DESC",
		interaction, string(KindAnonymise), string(ChangeWaiting), string(ChangeSending))
	if err != nil {
		return 0, err
	}
	for i := range unsent {
		// The newest first, so that each shows what was before it.
		if err := t.run(ctx, "DELETE FROM outbox WHERE id = ?", unsent[i].ID); err != nil {
			return 0, err
		}
		if err := t.revert(ctx, &unsent[i]); err != nil {
			return 0, err
		}
	}
	return len(unsent), nil
}

// restore shows the effect of a change that waits again. It is sent before the later changes of
// the same value, so it takes over the base of the first of them, and their effect stays.
func (t *tx) restore(ctx context.Context, c *Change) error {
	slots := c.slots()
	if slots == nil {
		return t.apply(ctx, c)
	}
	seen, err := t.seenBy(ctx, c)
	if err != nil {
		return err
	}
	for _, s := range slots {
		next, err := t.following(ctx, c, s)
		switch {
		case err != nil:
		case next == nil:
			c.Base.take(s, seen)
			err = t.show(ctx, c, s, c.result())
		default:
			c.Base.take(s, next.Base)
			next.Base.take(s, c.result())
			err = t.keepChange(ctx, next)
		}
		if err != nil {
			return err
		}
	}
	return t.keepChange(ctx, c)
}

// slot is one value that a change sets.
type slot string

// The slots. Pairing an activity pairs its interaction as well, so it sets two.
const (
	slotContact slot = "contact" // of the activity
	slotWhole   slot = "whole"   // the contact of the interaction
	slotTicket  slot = "ticket"  // of the activity
	slotMissed  slot = "missed"  // of the interaction
)

func (c *Change) slots() []slot {
	switch c.Kind {
	case KindPair, KindUnpair:
		return []slot{slotContact, slotWhole}
	case KindTicket:
		return []slot{slotTicket}
	case KindContactedBack:
		return []slot{slotMissed}
	}
	return nil
}

// owner names whose value a change sets.
func (c *Change) owner(s slot) Name {
	if s == slotWhole || s == slotMissed {
		return c.Interaction
	}
	return c.Target
}

// result is what a change sets, slot by slot.
func (c *Change) result() ChangeValue {
	return ChangeValue{Contact: c.Value.Contact, Whole: c.Value.Contact, Ticket: c.Value.Ticket, Missed: c.Value.Missed}
}

// take copies a slot.
func (v *ChangeValue) take(s slot, from ChangeValue) {
	switch s {
	case slotContact:
		v.Contact = from.Contact
	case slotWhole:
		v.Whole = from.Whole
	case slotTicket:
		v.Ticket = from.Ticket
	case slotMissed:
		v.Missed = from.Missed
	}
}

// key is what two values of a slot are compared by.
func (v ChangeValue) key(s slot) string {
	switch s {
	case slotContact:
		return v.Contact.Name
	case slotWhole:
		return v.Whole.Name
	case slotTicket:
		return v.Ticket.Name
	}
	return v.Missed
}

// show writes a slot of a value into the row it belongs to.
func (t *tx) show(ctx context.Context, c *Change, s slot, v ChangeValue) error {
	switch s {
	case slotContact:
		id, err := t.looseRef(ctx, refContacts, v.Contact)
		if err != nil {
			return err
		}
		return t.run(ctx, "UPDATE activities SET contact_id = ? WHERE name = ?", idArg(id), c.Target)
	case slotWhole:
		id, err := t.looseRef(ctx, refContacts, v.Whole)
		if err != nil {
			return err
		}
		return t.run(ctx, "UPDATE interactions SET contact_id = ? WHERE id = ?", idArg(id), c.interactionID)
	case slotTicket:
		id, err := t.looseRef(ctx, refTickets, v.Ticket)
		if err != nil {
			return err
		}
		return t.run(ctx, "UPDATE activities SET ticket_id = ? WHERE name = ?", idArg(id), c.Target)
	}
	return t.run(ctx, "UPDATE interactions SET missed = ? WHERE id = ?", textArg(v.Missed), c.interactionID)
}

// seenBy is what the row shows now, slot by slot.
func (t *tx) seenBy(ctx context.Context, c *Change) (ChangeValue, error) {
	find := t.targetActivity
	if c.Kind == KindContactedBack {
		find = t.targetInteraction
	}
	at, err := find(ctx, c.Target)
	return ChangeValue{Contact: at.contact, Whole: at.whole, Ticket: at.ticket, Missed: at.missed}, err
}

// following is the next unsent change of the same value, nil when there is none.
func (t *tx) following(ctx context.Context, c *Change, s slot) (*Change, error) {
	changes, err := t.unsent(ctx, c.interactionID)
	for i := range changes {
		if next := &changes[i]; next.ID > c.ID && next.sets(s) && next.owner(s) == c.owner(s) {
			return next, err
		}
	}
	return nil, err
}

func (c *Change) sets(s slot) bool {
	for _, one := range c.slots() {
		if one == s {
			return true
		}
	}
	return false
}

// keepLocalInteraction shows unsent changes again after a sync has replaced the row.
func (t *tx) keepLocalInteraction(ctx context.Context, id int64, row *Interaction) error {
	return t.keepLocal(ctx, id, func(_ *Change, s slot) (ChangeValue, bool) {
		return ChangeValue{Whole: row.Contact, Missed: row.Missed}, s == slotWhole || s == slotMissed
	})
}

// keepLocalActivities is keepLocalInteraction for activities.
func (t *tx) keepLocalActivities(ctx context.Context, interaction int64, activities []Activity) error {
	came := make(map[Name]*Activity, len(activities))
	for i := range activities {
		came[activities[i].Name] = &activities[i]
	}
	return t.keepLocal(ctx, interaction, func(c *Change, s slot) (ChangeValue, bool) {
		a := came[c.Target]
		if a == nil || s != slotContact && s != slotTicket {
			return ChangeValue{}, false
		}
		return ChangeValue{Contact: a.Contact, Ticket: a.Ticket}, true
	})
}

// keepLocal shows the unsent changes of an interaction over what a sync has brought. The value
// that came becomes the base of the first of them. One that is neither what the lead saw nor what
// the lead wants is somebody else's newer decision: the change waits for the lead's word.
func (t *tx) keepLocal(ctx context.Context, interaction int64, came func(*Change, slot) (ChangeValue, bool)) error {
	changes, err := t.unsent(ctx, interaction)
	if err != nil {
		return err
	}
	type value struct {
		owner Name
		slot  slot
	}
	seen := map[value]bool{}
	var conflicts []*Change
	for i := range changes {
		c, rebased := &changes[i], false
		for _, s := range c.slots() {
			now, ok := came(c, s)
			of := value{c.owner(s), s}
			if !ok || seen[of] {
				continue
			}
			seen[of], rebased = true, true
			if key := now.key(s); s != slotWhole && c.State == ChangeWaiting && key != c.Base.key(s) && key != c.result().key(s) {
				c.State, c.Code = ChangeConflict, changedThere
				conflicts = append(conflicts, c)
			}
			c.Base.take(s, now)
		}
		if rebased {
			if err := t.keepChange(ctx, c); err != nil {
				return err
			}
		}
	}
	for _, c := range conflicts {
		if err := t.revert(ctx, c); err != nil {
			return err
		}
	}
	if changes, err = t.unsent(ctx, interaction); err != nil {
		return err
	}
	for i := range changes {
		if changes[i].Kind == KindReview {
			continue // a sync leaves a review that was made here alone
		}
		if err := t.apply(ctx, &changes[i]); err != nil {
			return err
		}
	}
	return nil
}

// changedThere is the code of a change whose value was changed in the contact centre meanwhile.
const changedThere = "conflict"

func (t *tx) unsent(ctx context.Context, interaction int64) ([]Change, error) {
	return t.changes(ctx, "WHERE o.interaction_id = ? AND o.state IN ('waiting', 'sending') AND o.kind <> 'anonymise' ORDER BY o.id", interaction)
}
