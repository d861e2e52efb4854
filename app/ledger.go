package app

import (
	"context"

	"wapdesk/app/profile"
)

// Ledger answers what was erased on this computer.
type Ledger struct{ a *App }

// List returns what was erased, newest first.
func (l *Ledger) List() ([]profile.LedgerRow, error) {
	return ask(l.a, "Ledger.List", func(ctx context.Context, p *profile.Profile) ([]profile.LedgerRow, error) { return p.Ledger(ctx) })
}

// Save asks where to save and writes the ledger: xlsx or csv.
func (l *Ledger) Save(format, lang string) (ExportProgress, error) {
	return ask(l.a, "Ledger.Save", func(ctx context.Context, p *profile.Profile) (ExportProgress, error) {
		f, err := p.PrepareLedger(ctx, format, lang)
		if err != nil {
			return ExportProgress{}, err
		}
		return l.a.save(p, int64(len(f.Rows)), f.FileName(), f.Write)
	})
}
