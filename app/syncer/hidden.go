package syncer

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"wapdesk/app/daktela"
	"wapdesk/store"
)

// decideHidden lets the contact centre decide about the interactions whose queue or user was
// listed and no longer is: what it still lists comes back (a colleague who left, a queue that was
// closed), the rest is erased (the rights shrank). A pull that ends before that leaves them hidden,
// and the next one goes on.
func (p *pull) decideHidden(ctx context.Context) error {
	hidden, err := p.db.HiddenNames(ctx)
	if err != nil {
		return err
	}
	var unlisted []store.Name
	for part := range slices.Chunk(hidden, namesAtOnce) {
		missing, err := p.unlisted(ctx, part)
		if err != nil {
			return fmt.Errorf("read hidden interactions: %w", err)
		}
		unlisted = append(unlisted, missing...)
	}
	dropped, err := p.db.DropHidden(ctx, unlisted)
	if err != nil {
		return err
	}
	p.log.Info("decided about hidden interactions", "shown", len(hidden)-dropped, "erased", dropped)
	return p.db.ShowHidden(ctx)
}

// unlisted asks for interactions by name and returns those that the contact centre does not list.
// An answer that does not add up is an error: nothing is erased because of it.
func (p *pull) unlisted(ctx context.Context, wanted []store.Name) ([]store.Name, error) {
	missing := names{}
	for _, name := range wanted {
		missing.add(name)
	}
	found := 0
	for row, err := range p.client.Interactions.All(ctx, daktela.Query{Filter: daktela.In("name", wanted)}) {
		if err != nil {
			return nil, err
		}
		name := store.Name(row.Name)
		if !missing[name] {
			return nil, fmt.Errorf("an answer to another question: %w", ErrIncomplete)
		}
		delete(missing, name)
		found++
	}
	if found > len(wanted) {
		return nil, ErrIncomplete
	}
	return slices.Sorted(maps.Keys(missing)), nil
}
