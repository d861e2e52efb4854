package store

import (
	"context"
	"errors"

	"wapdesk/store/listing"
)

// PairAll pairs every activity of interactions with a stored contact: all in one transaction,
// each a change of its own. Those that cannot be paired are left out: anonymised ones, those
// without an activity and those outside of the rights. It gives how many interactions were
// paired, and ErrNotFound for a contact that is not stored.
func (db *DB) PairAll(ctx context.Context, interactions []Name, contact Name) (paired int, err error) {
	err = db.update(ctx, "pair a contact with many", func(t *tx) error {
		paired = 0
		known, found, err := t.lookUp(ctx, refContacts, contact)
		if err != nil {
			return err
		}
		if !found {
			return ErrNotFound
		}
		with := listing.Ref{Name: contact, Title: known.title}
		for _, name := range interactions {
			changed, err := t.pairWhole(ctx, name, with)
			switch {
			case errors.Is(err, ErrNotFound), errors.Is(err, ErrNotPermitted):
				continue
			case err != nil:
				return err
			case changed:
				paired++
			}
		}
		return nil
	})
	return paired, err
}

// pairWhole pairs the activities of one interaction, and tells whether it has any.
func (t *tx) pairWhole(ctx context.Context, interaction Name, with listing.Ref) (bool, error) {
	at, err := t.targetInteraction(ctx, interaction)
	if err != nil {
		return false, err
	}
	first, last := childSpan(at.interaction, activityBits)
	rows, err := t.query(ctx, "SELECT name FROM activities WHERE id BETWEEN ? AND ? ORDER BY id", first, last)
	activities, err := collect(rows, err, func(rows rowScanner, name *Name) error { return rows.Scan(name) })
	if err != nil {
		return false, err
	}
	for _, activity := range activities {
		at, err := t.targetActivity(ctx, activity)
		if err != nil {
			return false, err
		}
		if at.contact.Name == with.Name && at.whole.Name == with.Name {
			continue // paired already
		}
		if _, err := t.queue(ctx, at.pairing(with)); err != nil {
			return false, err
		}
	}
	return len(activities) > 0, nil
}
