package profile

import (
	"context"

	"wapdesk/store"
)

// Ledger returns what was erased, newest first.
func (p *Profile) Ledger(ctx context.Context) ([]store.LedgerEntry, error) { return p.db.Ledger(ctx) }
