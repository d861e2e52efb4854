package store

import (
	"context"
	"fmt"

	"wapdesk/store/listing"
)

// ApplyConversations stores conversations read by name, without a window.
func (db *DB) ApplyConversations(ctx context.Context, conversations []Conversation, cursors map[string]string) (WindowResult, error) {
	var result WindowResult
	err := db.update(ctx, "store conversations", func(t *tx) error {
		result = WindowResult{}
		if err := t.putConversations(ctx, conversations, &result); err != nil {
			return err
		}
		return t.setCursors(ctx, cursors)
	})
	db.afterFiles(ctx, err)
	return result, err
}

// ApplyActivities stores activities read by themselves (the pass over activities closed since the last sync) under the interactions
// they name. It gives the names of interactions that are not stored; their activities are left out.
func (db *DB) ApplyActivities(ctx context.Context, activities []Activity, cursors map[string]string) (WindowResult, []Name, error) {
	var result WindowResult
	var orphans []Name
	err := db.update(ctx, "store activities", func(t *tx) error {
		result, orphans = WindowResult{}, nil
		for interaction, group := range groupActivities(activities) {
			stored, found, err := t.storedInteraction(ctx, interaction)
			if err != nil {
				return err
			}
			if !found {
				orphans = append(orphans, interaction)
				continue
			}
			c := Conversation{Interaction: Interaction{Name: interaction}, Activities: group}
			if err := t.putChildren(ctx, stored, false, false, &c, &result); err != nil {
				return err
			}
		}
		return t.setCursors(ctx, cursors)
	})
	return result, orphans, err
}

func groupActivities(activities []Activity) map[Name][]Activity {
	groups := map[Name][]Activity{}
	for _, a := range activities {
		groups[a.Interaction] = append(groups[a.Interaction], a)
	}
	return groups
}

func (t *tx) putConversations(ctx context.Context, conversations []Conversation, result *WindowResult) error {
	for i := range conversations {
		if err := t.putConversation(ctx, conversations[i], result); err != nil {
			return fmt.Errorf("conversation %d of %d: %w", i+1, len(conversations), err)
		}
	}
	return nil
}

// putConversation stores one conversation. Tombstones win: of an interaction that was anonymised here, or that
// comes anonymised, nothing personal is stored.
func (t *tx) putConversation(ctx context.Context, c Conversation, result *WindowResult) error {
	name := c.Interaction.Name
	if name == "" {
		return fmt.Errorf("an interaction without a name: %w", ErrInvalid)
	}
	result.Interactions.Read++
	stored, found, err := t.storedInteraction(ctx, name)
	if err != nil {
		return err
	}
	buried, err := t.buried(ctx, name)
	if err != nil {
		return err
	}
	comes := comesAnonymised(&c)
	if buried && comes {
		if err := t.confirmAnonymised(ctx, name); err != nil {
			return err
		}
	}
	if buried || comes {
		scrub(&c)
	}
	if comes && !buried {
		row := &c.Interaction
		if err := t.bury(ctx, burial{name: name, cause: CauseContactCentre, timeMs: row.TimeMs, queue: row.Queue.Name}); err != nil {
			return err
		}
		if found {
			went, err := t.eraseStored(ctx, stored.id)
			if err != nil {
				return err
			}
			if err := t.account(ctx, name, went); err != nil {
				return err
			}
			if stored, _, err = t.storedInteraction(ctx, name); err != nil {
				return err
			}
		}
	}
	changed := !found || stored.hash != hashArg(c.Interaction.Hash) || c.Interaction.Hash == 0
	if changed || stored.gone {
		external, err := t.externalContactOf(ctx, stored.id)
		if err != nil {
			return err
		}
		if stored.id, err = t.putInteraction(ctx, stored, found, &c.Interaction); err != nil {
			return err
		}
		if external != 0 {
			if err := t.dropUnusedExternalContact(ctx, external); err != nil {
				return err
			}
		}
		t.touch(stored.id)
		result.Interactions.Stored++
		if !found {
			result.Added++
		} else if err := t.keepLocalInteraction(ctx, stored.id, &c.Interaction); err != nil {
			return err
		}
	}
	if err := t.putChildren(ctx, stored, !found, changed, &c, result); err != nil {
		return err
	}
	if err := t.putGivenStatuses(ctx, stored.id, c.Statuses); err != nil {
		return err
	}
	return t.putGiven(ctx, stored.id, c.Given)
}

func (t *tx) externalContactOf(ctx context.Context, interaction int64) (int64, error) {
	if interaction == 0 {
		return 0, nil
	}
	var id int64
	_, err := t.one(ctx, "SELECT ifnull(external_contact_id, 0) FROM interactions WHERE id = ?", []any{interaction}, &id)
	return id, err
}

// putChildren stores what was read beside the row: a nil slice was not read. What is stored and
// was not read again goes only when the row itself changed, or when an earlier read lacked it too
// (Conversation.Confirmed): one answer that lacks something may be an accident.
func (t *tx) putChildren(ctx context.Context, stored storedInteraction, isNew, changed bool, c *Conversation, result *WindowResult) error {
	if stored.anonymised {
		scrub(c)
		c.Messages, c.Files, c.ItemFiles = nil, nil, nil // nothing of them is stored, and their count stays
	}
	if c.Activities != nil {
		if err := t.putActivities(ctx, stored.id, isNew, c.Activities, result); err != nil {
			return err
		}
		if !isNew {
			if err := t.keepLocalActivities(ctx, stored.id, c.Activities); err != nil {
				return err
			}
		}
	}
	if c.NoProcess && !stored.processRead {
		if err := t.run(ctx, "UPDATE interactions SET process_read_ms = ? WHERE id = ?", t.nowMs, stored.id); err != nil {
			return err
		}
	}
	for _, part := range []struct {
		kind Children
		read bool
		put  func(sure bool) (bool, error)
	}{
		{ChildMessages, c.Messages != nil, func(sure bool) (bool, error) {
			return t.putMessages(ctx, stored, isNew, sure, c.Messages, result)
		}},
		{ChildProcess, c.Process != nil, func(sure bool) (bool, error) {
			return t.putProcess(ctx, stored, isNew, sure, c.Process, result)
		}},
		{ChildFiles, c.Files != nil, func(sure bool) (bool, error) {
			return t.putFiles(ctx, stored.id, FromActivities, isNew, sure, c.Files)
		}},
		{ChildItemFiles, c.ItemFiles != nil, func(sure bool) (bool, error) {
			return t.putFiles(ctx, stored.id, FromItem, isNew, sure, c.ItemFiles)
		}},
		{ChildReviews, c.Reviews != nil, func(sure bool) (bool, error) {
			return t.putReviews(ctx, stored.id, sure, c.Reviews)
		}},
	} {
		if !part.read {
			continue
		}
		kept, err := part.put(changed || c.Confirmed&part.kind != 0)
		if err != nil {
			return err
		}
		if !kept {
			result.doubt(c.Interaction.Name, part.kind)
		}
	}
	return nil
}

// comesAnonymised reports whether the contact centre has anonymised the interaction. Its flag stands on
// activities (app/daktela/WIRE.md, Records); the button works on the whole interaction, so one is enough.
func comesAnonymised(c *Conversation) bool {
	if c.Interaction.Anonymised {
		return true
	}
	for i := range c.Activities {
		if c.Activities[i].Anonymised {
			return true
		}
	}
	return false
}

// scrub takes out of a conversation everything that an erasure takes out of the file. It
// leaves the caller's slices as they are.
func scrub(c *Conversation) {
	row := &c.Interaction
	row.Title, row.Sender, row.Options = "", "", ""
	row.Contact, row.ExternalContact = listing.Ref{}, ExternalContact{}
	row.Anonymised = true
	if c.Activities != nil {
		activities := make([]Activity, len(c.Activities))
		for i, a := range c.Activities {
			a.Title, a.Description, a.CustomFields = "", "", ""
			a.Contact, a.Ticket = listing.Ref{}, listing.Ref{}
			a.Anonymised = true
			activities[i] = a
		}
		c.Activities = activities
	}
	if c.Messages != nil {
		c.Messages = []Message{}
	}
	if c.Process != nil {
		process := make([]ProcessEvent, len(c.Process))
		for i, e := range c.Process {
			e.Text = ""
			process[i] = e
		}
		c.Process = process
	}
	if c.Files != nil {
		c.Files = []Attachment{}
	}
	if c.ItemFiles != nil {
		c.ItemFiles = []Attachment{}
	}
	if c.Reviews != nil {
		reviews := make([]QAReview, len(c.Reviews))
		for i, r := range c.Reviews {
			r.Answers = nil
			reviews[i] = r
		}
		c.Reviews = reviews
	}
}
