package store

import "context"

// account keeps what went with an erasure, for the ledger.
func (t *tx) account(ctx context.Context, name Name, went erased) error {
	return t.run(ctx, "UPDATE erasures SET messages = ?, files = ?, contacts = ?, changes = ? WHERE name = ?",
		went.messages, went.files, went.contacts, went.changes, name)
}

// noteUpstream keeps where a request to the contact centre stands: the ledger is asked for it long
// after the request has left the outbox.
func (t *tx) noteUpstream(ctx context.Context, c *Change) error {
	if c.Kind != KindAnonymise {
		return nil
	}
	return t.run(ctx, "UPDATE erasures SET upstream = ?, upstream_ms = ? WHERE name = ?", string(c.State), t.nowMs, c.Target)
}

// LedgerEntry says of one erasure what went, when and why. Nothing of it is personal but the login
// of who asked for it.
type LedgerEntry struct {
	Erasure
	Cause    Cause  // "" of erasures older than the ledger
	TimeMs   int64  // of the interaction, 0 when unknown
	Queue    Name   // "" when unknown
	Filter   string // that chose it, "" when it was chosen by itself
	Messages int
	Files    int
	Contacts int
	Changes  int
	// Upstream is where the request to the contact centre stands, "" when there is none.
	Upstream ChangeState
	// Exports are the numbers of logged exports, made before, that held it.
	Exports []int64
}

// Ledger returns the erasures, newest first. Tombstones that another profile has set and that took
// nothing here are left out.
func (db *DB) Ledger(ctx context.Context) ([]LedgerEntry, error) {
	var entries []LedgerEntry
	err := db.view(ctx, "read the ledger", func(q querier) error {
		of := map[int64][]int{} // places of an interaction's entries
		rows, err := q.QueryContext(ctx, `SELECT name, at_ms, login, cause, ifnull(interaction_id, 0), ifnull(time_ms, 0), queue_name, filter,
			ifnull(messages, 0), ifnull(files, 0), ifnull(contacts, 0), ifnull(changes, 0), upstream
			FROM erasures WHERE cause IS NOT 'elsewhere' OR interaction_id IS NOT NULL ORDER BY at_ms DESC, name`)
		entries = []LedgerEntry{}
		err = each(rows, err, func(rows rowScanner) error {
			e := LedgerEntry{Exports: []int64{}}
			var id int64
			var cause, upstream string
			if err := rows.Scan(&e.Name, &e.AtMs, nullText(&e.By), nullText(&cause), &id, &e.TimeMs, nullText(&e.Queue), nullText(&e.Filter),
				&e.Messages, &e.Files, &e.Contacts, &e.Changes, nullText(&upstream)); err != nil {
				return err
			}
			e.Cause, e.Upstream = Cause(cause), ChangeState(upstream)
			if id != 0 {
				of[id] = append(of[id], len(entries))
			}
			entries = append(entries, e)
			return nil
		})
		if err != nil {
			return err
		}
		return findExports(ctx, q, entries, of)
	})
	return entries, err
}

// findExports reads each logged export once, however many erasures there are.
func findExports(ctx context.Context, q querier, entries []LedgerEntry, of map[int64][]int) error {
	if len(of) == 0 {
		return nil
	}
	rows, err := q.QueryContext(ctx, exportSelect)
	return each(rows, err, func(rows rowScanner) error {
		var x ExportEntry
		var packed []byte
		if err := scanExport(rows, &x, &packed); err != nil {
			return err
		}
		for id, places := range of {
			held, err := holdsAny(packed, map[int64]bool{id: true})
			if err != nil {
				return err
			}
			if !held {
				continue
			}
			for _, at := range places {
				if x.AtMs <= entries[at].AtMs {
					entries[at].Exports = append(entries[at].Exports, x.ID)
				}
			}
		}
		return nil
	})
}
