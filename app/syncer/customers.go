package syncer

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"wapdesk/app/daktela"
	"wapdesk/store"
)

// wholeCRM is up to how many contacts, accounts or tickets a first pull reads
// all of them, so that pairing can search them offline. Of a larger CRM only
// what interactions refer to is kept, and what is edited from then on.
const wholeCRM = 20_000

// customers reads contacts, accounts and tickets.
func (p *pull) customers(ctx context.Context) error {
	p.progress.phase(PhaseContacts, 0)
	accounts := names{}
	contacts := records[daktela.Contact]{
		list: p.client.Contacts, cursor: cursorContacts,
		name: func(c daktela.Contact) daktela.Name { return c.Name },
		put: func(crm *store.CRM, w daktela.Contact) {
			c := p.convert.contact(w)
			accounts.add(c.Account.Name)
			crm.Contacts = append(crm.Contacts, c)
		},
	}
	if err := contacts.pull(ctx, p, p.contacts); err != nil {
		return fmt.Errorf("read contacts: %w", err)
	}
	if err := (records[daktela.Account]{
		list: p.client.Accounts, cursor: cursorAccounts,
		name: func(a daktela.Account) daktela.Name { return a.Name },
		put:  func(crm *store.CRM, w daktela.Account) { crm.Accounts = append(crm.Accounts, p.convert.account(w)) },
	}).pull(ctx, p, accounts); err != nil {
		return fmt.Errorf("read accounts: %w", err)
	}
	if err := (records[daktela.Ticket]{
		list: p.client.Tickets, cursor: cursorTickets,
		name: func(t daktela.Ticket) daktela.Name { return t.Name },
		put:  func(crm *store.CRM, w daktela.Ticket) { crm.Tickets = append(crm.Tickets, p.convert.ticket(w)) },
	}).pull(ctx, p, p.tickets); err != nil {
		return fmt.Errorf("read tickets: %w", err)
	}
	return nil
}

// records pulls one model of the CRM; all of them are sortable by created and edited.
type records[T any] struct {
	list   daktela.Resource[T]
	cursor string
	name   func(T) daktela.Name
	put    func(*store.CRM, T)
}

// pull reads all records at first when they are few, those edited since the
// last time later, and then the referenced ones that were not among them.
func (r records[T]) pull(ctx context.Context, p *pull, referenced names) error {
	since, err := p.cursorMs(ctx, r.cursor)
	if err != nil {
		return err
	}
	q := daktela.Query{Sort: []daktela.Sort{{Field: "created"}}}
	whole := true
	if since > 0 && (!p.opts.Deep || p.result.More) { // the last part of a deep pull reads all of them
		q.Filter = daktela.Gte("edited", p.convert.zone.Wire(since-overlap))
	} else {
		total, _, err := r.list.Count(ctx, daktela.Filter{})
		if optional(err) {
			return nil
		}
		if err != nil {
			return err
		}
		whole = total <= wholeCRM
	}
	seen := names{}
	if whole {
		if err := r.read(ctx, p, q, seen); err != nil {
			return err
		}
	}
	missing := names{}
	for name := range referenced {
		if !seen[name] {
			missing.add(name)
		}
	}
	for part := range slices.Chunk(slices.Sorted(maps.Keys(missing)), namesAtOnce) {
		if err := r.read(ctx, p, daktela.Query{Filter: daktela.In("name", part)}, seen); err != nil {
			return err
		}
	}
	return p.db.ApplyCRM(ctx, store.CRM{Cursors: p.nowCursor(r.cursor)})
}

// read stores the rows of a query, a page at a time.
func (r records[T]) read(ctx context.Context, p *pull, q daktela.Query, seen names) error {
	var crm store.CRM
	n := 0
	for row, err := range r.list.All(ctx, q) {
		if optional(err) {
			return nil
		}
		if err != nil {
			return err
		}
		seen.add(store.Name(r.name(row)))
		r.put(&crm, row)
		if n++; n%daktela.MaxPage == 0 {
			if err := p.db.ApplyCRM(ctx, crm); err != nil {
				return err
			}
			p.progress.add(daktela.MaxPage)
			crm = store.CRM{}
		}
	}
	p.progress.add(n % daktela.MaxPage)
	return p.db.ApplyCRM(ctx, crm)
}
