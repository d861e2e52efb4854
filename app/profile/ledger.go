package profile

import (
	"context"
	"fmt"
	"strings"
	"time"

	"wapdesk/app/export"
	"wapdesk/store"
	"wapdesk/store/query"
)

// LedgerRow is an erasure as the ledger shows it. Nothing of it is a customer's.
type LedgerRow struct {
	Name     string `json:"name"`
	TimeMs   int64  `json:"timeMs"` // of the interaction, 0 when unknown
	Queue    string `json:"queue"`  // title, "" when unknown
	ErasedMs int64  `json:"erasedMs"`
	By       string `json:"by"`
	Cause    string `json:"cause"`  // person, contact_centre, retention, elsewhere, "" of old ones
	Filter   string `json:"filter"` // text form without what it looks for in a person; "" when it was chosen by itself
	Messages int    `json:"messages"`
	Files    int    `json:"files"`
	Contacts int    `json:"contacts"`
	Changes  int    `json:"changes"`
	Upstream string `json:"upstream"` // state of the request to the contact centre, "" without one
	// Exports are the files, made before, that held it.
	Exports []string `json:"exports"`
	Link    string   `json:"link"`
}

// Ledger returns what was erased, newest first.
func (p *Profile) Ledger(ctx context.Context) ([]LedgerRow, error) {
	entries, err := p.db.Ledger(ctx)
	if err != nil {
		return nil, err
	}
	dir, err := p.Directory(ctx)
	if err != nil {
		return nil, err
	}
	exports, err := p.db.Exports(ctx)
	if err != nil {
		return nil, err
	}
	files := map[int64]string{}
	for _, x := range exports {
		files[x.ID] = x.Path
	}
	rows := make([]LedgerRow, len(entries))
	for i := range entries {
		e := &entries[i]
		rows[i] = LedgerRow{
			Name: e.Name, TimeMs: e.TimeMs, Queue: dir.titled(query.FieldQueue, e.Queue), ErasedMs: e.AtMs, By: e.By, Cause: string(e.Cause), Filter: e.Filter,
			Messages: e.Messages, Files: e.Files, Contacts: e.Contacts, Changes: e.Changes, Upstream: string(e.Upstream), Exports: []string{},
			Link: p.DeepLink(e.Name),
		}
		for _, id := range e.Exports {
			rows[i].Exports = append(rows[i].Exports, files[id])
		}
	}
	return rows, nil
}

// LedgerEntries returns the ledger as the store has it, with the numbers of exports.
func (p *Profile) LedgerEntries(ctx context.Context) ([]store.LedgerEntry, error) {
	return p.db.Ledger(ctx)
}

// LedgerFile is the ledger as a table.
type LedgerFile struct {
	Rows []LedgerRow

	p      *Profile
	format export.Format
	words  export.Words
	csv    export.Dialect
}

// PrepareLedger prepares the file of the ledger: xlsx or csv, with headers in a language.
func (p *Profile) PrepareLedger(ctx context.Context, format, lang string) (*LedgerFile, error) {
	f := &LedgerFile{p: p, format: export.Format(format), words: p.Words(lang), csv: export.EnglishCSV()}
	if f.format != export.XLSX && f.format != export.CSV {
		return nil, export.ErrFormat
	}
	if lang == "cs" {
		f.csv = export.CzechCSV()
	}
	var err error
	f.Rows, err = p.Ledger(ctx)
	return f, err
}

// FileName proposes a name.
func (f *LedgerFile) FileName() string {
	return "ledger_" + f.p.now().In(f.p.db.Zone()).Format(time.DateOnly) + "." + string(f.format)
}

// ledgerColumns are the columns of the file, with the keys of the catalogues below "ledger.".
var ledgerColumns = []string{"erased", "by", "cause", "name", "time", "queue", "filter", "messages", "files", "contacts", "changes", "upstream", "exports"}

// Write writes the whole file or nothing. It holds no customer, so that no log of exports needs it.
func (f *LedgerFile) Write(ctx context.Context, path, _ string) (export.Result, error) {
	t := export.Table{Sheet: f.words("ledger.sheet"), Zone: f.p.db.Zone(), CSV: f.csv}
	for _, column := range ledgerColumns {
		t.Header = append(t.Header, f.words("ledger."+column))
	}
	word := func(group, value string) any {
		if value == "" {
			return nil
		}
		return f.words("ledger." + group + "." + value)
	}
	at := func(ms int64) any {
		if ms == 0 {
			return nil
		}
		return time.UnixMilli(ms)
	}
	for i := range f.Rows {
		r := &f.Rows[i]
		t.Rows = append(t.Rows, []any{
			at(r.ErasedMs), r.By, word("cause", r.Cause), r.Name, at(r.TimeMs), r.Queue, r.Filter, r.Messages, r.Files, r.Contacts, r.Changes,
			word("upstream", r.Upstream), strings.Join(r.Exports, "\n"),
		})
	}
	result, err := export.WriteTableFile(ctx, path, f.format, t)
	if err != nil {
		return result, fmt.Errorf("write the ledger: %w", err)
	}
	return result, nil
}

// ledgerFilter is the text form of a filter for the ledger: what it looks for in a person is left out.
func (p *Profile) ledgerFilter(ctx context.Context, where *query.Node) (string, error) {
	if where == nil {
		return "", nil
	}
	plain := where.WithPersonal(func(string) string { return "…" })
	return p.FormatWhere(ctx, &plain, "en")
}
