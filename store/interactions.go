package store

import (
	"context"

	"wapdesk/store/listing"
)

// interactionColumns are the columns written from a row of activitiesWap, in the order of
// interactionArgs.
var interactionColumns = []string{
	"name", "title", "state", "time_text", "time_ms", "queue_id", "user_id", "contact_id", "connector_id",
	"external_contact_id", "sender", "answered", "wait_s", "duration_s", "direction", "disconnection",
	"missed", "missed_time_text", "missed_time_ms", "options", "anonymised", "hash",
}

var (
	addInteractionSQL    = insertInto("interactions", interactionColumns)
	changeInteractionSQL = updateByID("interactions", interactionColumns)
)

// storedInteraction is what a write needs to know of the row that is there.
type storedInteraction struct {
	id           int64
	hash         int64
	gone         bool
	anonymised   bool
	messagesHash int64
	processHash  int64
	messagesRead bool
	processRead  bool
}

func (t *tx) storedInteraction(ctx context.Context, name Name) (storedInteraction, bool, error) {
	var s storedInteraction
	found, err := t.one(ctx, `SELECT id, hash, gone_ms IS NOT NULL, anonymised,
		ifnull(messages_hash, 0), ifnull(process_hash, 0), messages_read_ms IS NOT NULL, process_read_ms IS NOT NULL
		FROM interactions WHERE name = ?`, []any{name},
		&s.id, &s.hash, &s.gone, &s.anonymised, &s.messagesHash, &s.processHash, &s.messagesRead, &s.processRead)
	return s, found, err
}

// putInteraction adds or replaces the row and gives its id.
func (t *tx) putInteraction(ctx context.Context, stored storedInteraction, found bool, row *Interaction) (int64, error) {
	args, err := t.interactionArgs(ctx, row)
	if err != nil {
		return 0, err
	}
	if !found {
		result, err := t.exec(ctx, addInteractionSQL, args...)
		if err != nil {
			return 0, err
		}
		return result.LastInsertId()
	}
	args = append(args, stored.id)
	if err := t.run(ctx, changeInteractionSQL, args...); err != nil {
		return 0, err
	}
	return stored.id, t.run(ctx, "UPDATE interactions SET gone_ms = NULL WHERE id = ? AND gone_ms IS NOT NULL", stored.id)
}

func (t *tx) interactionArgs(ctx context.Context, row *Interaction) ([]any, error) {
	ids := [...]struct {
		kind refKind
		ref  listing.Ref
		id   int64
	}{
		{kind: refQueues, ref: row.Queue},
		{kind: refUsers, ref: row.User},
		{kind: refContacts, ref: row.Contact},
		{kind: refConnectors, ref: row.Connector},
	}
	for i := range ids {
		id, err := t.ref(ctx, ids[i].kind, ids[i].ref)
		if err != nil {
			return nil, err
		}
		ids[i].id = id
	}
	external, err := t.putExternalContact(ctx, row.Name, row.ExternalContact)
	if err != nil {
		return nil, err
	}
	return []any{
		row.Name, textArg(row.Title), textArg(row.State), textArg(row.Time), numberArg(row.TimeMs),
		idArg(ids[0].id), idArg(ids[1].id), idArg(ids[2].id), idArg(ids[3].id), idArg(external),
		textArg(row.Sender), triArg(row.Answered), numberArg(row.WaitS), numberArg(row.DurationS),
		textArg(row.Direction), textArg(row.Disconnection), textArg(row.Missed), textArg(row.MissedTime),
		numberArg(row.MissedTimeMs), textArg(row.Options), row.Anonymised, hashArg(row.Hash),
	}, nil
}

// putExternalContact keeps the WhatsApp account. One without an id belongs to its
// interaction alone.
func (t *tx) putExternalContact(ctx context.Context, interaction Name, c ExternalContact) (int64, error) {
	if c == (ExternalContact{}) {
		return 0, nil
	}
	key := c.ID
	if key == "" {
		key = "~" + interaction
	}
	var id int64
	var fullName, number, contact string
	found, err := t.one(ctx, "SELECT id, full_name, number, contact_name FROM external_contacts WHERE external_id = ?",
		[]any{key}, &id, nullText(&fullName), nullText(&number), nullText(&contact))
	if err != nil {
		return 0, err
	}
	if !found {
		result, err := t.exec(ctx, "INSERT INTO external_contacts (external_id, full_name, number, contact_name) VALUES (?, ?, ?, ?)",
			key, textArg(c.FullName), textArg(c.Number), textArg(c.Contact))
		if err != nil {
			return 0, err
		}
		return result.LastInsertId()
	}
	// A reduced row does not take away what another row has told.
	if c.FullName == "" {
		c.FullName = fullName
	}
	if c.Number == "" {
		c.Number = number
	}
	if fullName == c.FullName && number == c.Number && contact == c.Contact {
		return id, nil
	}
	if err := t.run(ctx, "UPDATE external_contacts SET full_name = ?, number = ?, contact_name = ? WHERE id = ?",
		textArg(c.FullName), textArg(c.Number), textArg(c.Contact), id); err != nil {
		return 0, err
	}
	rows, err := t.query(ctx, "SELECT id FROM interactions WHERE external_contact_id = ?", id)
	return id, t.touchAll(rows, err)
}

// dropUnusedExternalContact removes a WhatsApp account that no interaction names any more.
func (t *tx) dropUnusedExternalContact(ctx context.Context, id int64) error {
	return t.run(ctx, `DELETE FROM external_contacts WHERE id = ?1
		AND NOT EXISTS (SELECT 1 FROM interactions WHERE external_contact_id = ?1)`, id)
}
