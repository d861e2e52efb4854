package app

import (
	"context"

	"wapdesk/store"
)

// Ledger gives what was erased in the open profile, newest first.
func (c *Core) Ledger(ctx context.Context) ([]store.LedgerEntry, error) {
	p, err := c.profile()
	if err != nil {
		return nil, err
	}
	return p.db.Ledger(ctx)
}
