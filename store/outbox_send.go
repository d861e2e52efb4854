package store

import (
	"context"
	"errors"
	"fmt"

	"wapdesk/store/listing"
)

// Outcome is what became of an attempt to send.
type Outcome struct {
	// State is ChangeSent, ChangeRefused, ChangeConflict, ChangeConfirmed, ChangeManual,
	// or ChangeWaiting to try again not before NextMs.
	State  ChangeState
	Code   string
	Reason string
	NextMs int64
	// Unknown is true when the attempt may have arrived although no answer came.
	Unknown bool
	// Name is the name the contact centre gave to what was created, "" when it took ours.
	Name Name
	// Theirs is the contact centre's value of a conflict.
	Theirs *ChangeValue
}

// claimable selects what may be sent now: not before its time, after everything earlier of its
// interaction is settled, and after the contact it needs was created. A conflict holds
// back what follows it; a refusal does not.
const claimable = `WHERE o.next_ms <= ?1 AND o.state = 'waiting' AND (?2 OR o.kind <> 'anonymise')
	AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.id < o.id AND e.interaction_id = o.interaction_id AND e.kind <> 'anonymise'
		AND e.state IN ('waiting', 'sending', 'conflict'))
	AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.id < o.id AND e.kind = 'contact' AND e.contact_name = o.contact_name
		AND e.state IN ('waiting', 'sending', 'conflict', 'refused'))
	ORDER BY o.id LIMIT 1`

// ClaimChange hands out the next change to send, now in the state sending; false when there
// is none. anonymise includes requests to anonymise, which are sent only where an
// administrator configured a call.
func (db *DB) ClaimChange(ctx context.Context, anonymise bool) (Change, bool, error) {
	var claimed Change
	found := false
	err := db.update(ctx, "claim a change", func(t *tx) error {
		changes, err := t.changes(ctx, claimable, t.nowMs, anonymise)
		if err != nil || len(changes) == 0 {
			return err
		}
		claimed, found = changes[0], true
		claimed.State = ChangeSending
		claimed.Attempts++
		return t.keepChange(ctx, &claimed)
	})
	return claimed, found && err == nil, err
}

// HurryChanges makes waiting changes due, because somebody asks for them to be sent or the network
// is back. One whose outcome is unknown still gets the time to arrive.
func (db *DB) HurryChanges(ctx context.Context) error {
	return db.update(ctx, "hurry changes", func(t *tx) error {
		return t.run(ctx, `UPDATE outbox SET next_ms = CASE WHEN unknown THEN min(next_ms, updated_ms + ?) ELSE 0 END
			WHERE state = 'waiting' AND next_ms > 0`, reclaimedWait.Milliseconds())
	})
}

// SettleChange ends an attempt. A change that an erasure removed meanwhile is no error.
// ErrTransition when it is not being sent.
func (db *DB) SettleChange(ctx context.Context, id int64, outcome Outcome) error {
	return db.update(ctx, "settle a change", func(t *tx) error {
		c, err := t.change(ctx, id)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if !c.State.mayBecome(outcome.State) {
			return fmt.Errorf("from %s to %s: %w", c.State, outcome.State, ErrTransition)
		}
		c.State, c.Code, c.Reason = outcome.State, outcome.Code, outcome.Reason
		c.NextMs, c.Unknown = outcome.NextMs, outcome.Unknown
		if outcome.Theirs != nil {
			c.Base = *outcome.Theirs
		}
		if err := t.keepChange(ctx, &c); err != nil {
			return err
		}
		switch c.State {
		case ChangeSent, ChangeConfirmed:
			return t.created(ctx, &c, outcome.Name)
		case ChangeRefused, ChangeConflict:
			return t.revert(ctx, &c)
		}
		return nil
	})
}

// created takes over the contact centre's name of what a change made, and that it is no longer ours alone.
func (t *tx) created(ctx context.Context, c *Change, name Name) error {
	switch c.Kind {
	case KindContact:
		if err := t.run(ctx, "UPDATE contacts SET local = 0 WHERE name = ?", c.Target); err != nil {
			return err
		}
		if name == "" || name == c.Target {
			return nil
		}
		return t.renameContact(ctx, c.Target, name)
	case KindReview:
		return t.renameReview(ctx, c, name)
	}
	return nil
}

// renameContact gives a contact the contact centre's name, or joins it with the row that a
// sync has stored under that name.
func (t *tx) renameContact(ctx context.Context, from, to Name) error {
	mine, err := t.existing(ctx, refContacts, listing.Ref{Name: from})
	if err != nil || mine == 0 {
		return err
	}
	theirs, err := t.existing(ctx, refContacts, listing.Ref{Name: to})
	if err != nil {
		return err
	}
	if theirs == 0 {
		err = t.run(ctx, "UPDATE contacts SET name = ? WHERE id = ?", to, mine)
	} else {
		err = t.joinContacts(ctx, mine, theirs)
	}
	if err != nil {
		return err
	}
	t.forget(refContacts, from)
	changes, err := t.changes(ctx, "WHERE o.contact_name = ?", from)
	if err != nil {
		return err
	}
	for i := range changes {
		c := &changes[i]
		c.contact = to
		if c.Kind == KindContact {
			c.Target = to
		}
		for _, ref := range []*listing.Ref{&c.Value.Contact, &c.Base.Contact, &c.Base.Whole} {
			if ref.Name == from {
				ref.Name = to
			}
		}
		if err := t.keepChange(ctx, c); err != nil {
			return err
		}
	}
	return t.touchUsers(ctx, refContacts, max(mine, theirs))
}

func (t *tx) joinContacts(ctx context.Context, mine, theirs int64) error {
	for _, step := range []string{
		"UPDATE interactions SET contact_id = ?2 WHERE contact_id = ?1",
		"UPDATE activities SET contact_id = ?2 WHERE contact_id = ?1",
		"UPDATE tickets SET contact_id = ?2 WHERE contact_id = ?1",
	} {
		if err := t.run(ctx, step, mine, theirs); err != nil {
			return err
		}
	}
	if err := t.run(ctx, "DELETE FROM contacts WHERE id = ?", mine); err != nil {
		return err
	}
	return t.touchUsers(ctx, refContacts, theirs)
}

func (t *tx) renameReview(ctx context.Context, c *Change, name Name) error {
	if c.Value.Review == nil {
		return nil
	}
	mine := c.Value.Review.Name
	if name == "" {
		name = mine
	}
	if name != mine {
		c.Value.Review.Name = name // so that a lost review is not taken for this one
		if err := t.keepChange(ctx, c); err != nil {
			return err
		}
		n, err := t.changed(ctx, "DELETE FROM qa_reviews WHERE name = ?2 AND EXISTS (SELECT 1 FROM qa_reviews WHERE name = ?1)", name, mine)
		if err != nil || n > 0 {
			return err // a sync has brought it already
		}
	}
	return t.run(ctx, "UPDATE qa_reviews SET name = ?, local = 0 WHERE name = ?", name, mine)
}

// RetryChange makes a refused or conflicting change wait again and shows its effect. In a
// conflict this sends the lead's value over the contact centre's. ErrTransition, ErrNotFound.
func (db *DB) RetryChange(ctx context.Context, id int64) error {
	return db.update(ctx, "retry a change", func(t *tx) error {
		c, err := t.change(ctx, id)
		if err != nil {
			return err
		}
		if !c.State.mayBecome(ChangeWaiting) || c.State == ChangeSending {
			return fmt.Errorf("from %s: %w", c.State, ErrTransition)
		}
		c.State, c.Code, c.Reason, c.NextMs = ChangeWaiting, "", "", 0
		if err := t.keepChange(ctx, &c); err != nil {
			return err
		}
		return t.restore(ctx, &c)
	})
}

// DiscardChange takes back a waiting, refused, conflicting or manual change: its local effect ends and
// the contact centre's value shows again. In a conflict this keeps the contact centre's value.
// Changes that need a contact which is discarded go with it. ErrTransition, ErrNotFound.
func (db *DB) DiscardChange(ctx context.Context, id int64) error {
	return db.update(ctx, "discard a change", func(t *tx) error {
		c, err := t.change(ctx, id)
		if err != nil {
			return err
		}
		if !c.State.mayBeDiscarded() {
			return fmt.Errorf("from %s: %w", c.State, ErrTransition)
		}
		if c.Kind == KindContact {
			needing, err := t.changes(ctx, "WHERE o.contact_name = ? AND o.kind <> ? ORDER BY o.id DESC", c.contact, string(KindContact))
			if err != nil {
				return err
			}
			for i := range needing {
				if err := t.discard(ctx, &needing[i]); err != nil {
					return err
				}
			}
		}
		return t.discard(ctx, &c)
	})
}

func (t *tx) discard(ctx context.Context, c *Change) error {
	t.changedOutbox(c)
	if err := t.run(ctx, "DELETE FROM outbox WHERE id = ?", c.ID); err != nil {
		return err
	}
	if c.Kind == KindContact {
		id, err := t.existing(ctx, refContacts, listing.Ref{Name: c.Target})
		if err != nil {
			return err
		}
		_, _, err = t.dropContact(ctx, id, false)
		return err
	}
	if !c.State.shows() {
		return nil // its effect ended when it was refused
	}
	return t.revert(ctx, c)
}
