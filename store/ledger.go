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
