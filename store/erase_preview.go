package store

import "context"

// ErasePreview says what an erasure of these interactions would do.
type ErasePreview struct {
	Interactions int // that would be erased
	Already      int // anonymised before
	NotFound     int
	Messages     int
	Files        int // attachments, on this computer or not
	Contacts     int // that would be removed
	Unlinked     int // that would stay because another interaction uses them
	Changes      int // queued changes that would go
	Exports      []ExportEntry
	Title        string // of the interaction when there is only one
}

// PreviewErase says what Erase would do to interactions of these names. It needs no access.
func (db *DB) PreviewErase(ctx context.Context, names []Name) (ErasePreview, error) {
	var preview ErasePreview
	err := db.view(ctx, "preview an erasure", func(q querier) error {
		preview = ErasePreview{}
		ids := map[int64]bool{}
		for _, name := range names {
			if err := preview.look(ctx, q, name, ids); err != nil {
				return err
			}
		}
		if len(ids) != 1 {
			preview.Title = ""
		}
		if err := preview.lookAtContacts(ctx, q, ids); err != nil {
			return err
		}
		var err error
		preview.Exports, err = exportsHolding(ctx, q, ids)
		return err
	})
	return preview, err
}

func (p *ErasePreview) look(ctx context.Context, q querier, name Name, ids map[int64]bool) error {
	var id int64
	var anonymised bool
	var title string
	rows, err := q.QueryContext(ctx, "SELECT i.id, i.anonymised, i.title FROM interactions i WHERE i.name = ? AND "+inScope, name)
	found := false
	err = each(rows, err, func(rows rowScanner) error {
		found = true
		return rows.Scan(&id, &anonymised, nullText(&title))
	})
	switch {
	case err != nil:
		return err
	case !found:
		p.NotFound++
		return nil
	case anonymised:
		p.Already++
		return nil
	case ids[id]:
		return nil // named twice
	}
	ids[id] = true
	p.Interactions++
	p.Title = title
	first, last := childSpan(id, messageBits)
	var messages, files, changes int
	if err := q.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM messages WHERE id BETWEEN ? AND ?),
		(SELECT count(DISTINCT file) FROM attachments WHERE interaction_id = ?),
		(SELECT count(*) FROM outbox WHERE interaction_id = ? AND kind <> ?)`,
		first, last, id, id, string(KindAnonymise)).Scan(&messages, &files, &changes); err != nil {
		return err
	}
	p.Messages += messages
	p.Files += files
	p.Changes += changes
	return nil
}

// lookAtContacts counts the contacts that would go and those that would stay.
func (p *ErasePreview) lookAtContacts(ctx context.Context, q querier, ids map[int64]bool) error {
	seen := map[int64]bool{}
	for id := range ids {
		contacts, err := linkedContacts(ctx, q, id)
		if err != nil {
			return err
		}
		for _, contact := range contacts {
			if seen[contact] {
				continue
			}
			seen[contact] = true
			users, err := interactionsOfContact(ctx, q, contact)
			if err != nil {
				return err
			}
			if allIn(users, ids) {
				p.Contacts++
			} else {
				p.Unlinked++
			}
		}
	}
	return nil
}

func allIn(list []int64, set map[int64]bool) bool {
	for _, id := range list {
		if !set[id] {
			return false
		}
	}
	return true
}

func exportsHolding(ctx context.Context, q querier, ids map[int64]bool) ([]ExportEntry, error) {
	holding := []ExportEntry{}
	rows, err := q.QueryContext(ctx, exportSelect)
	err = each(rows, err, func(rows rowScanner) error {
		var e ExportEntry
		var packed []byte
		if err := scanExport(rows, &e, &packed); err != nil {
			return err
		}
		holds, err := holdsAny(packed, ids)
		if err != nil {
			return err
		}
		if holds {
			holding = append(holding, e)
		}
		return nil
	})
	return holding, err
}
