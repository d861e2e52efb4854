package syncer

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"wapdesk/app/daktela"
	"wapdesk/store"
)

// namesAtOnce keeps the address of a request by name well below the limits of
// common servers (8 KiB): a name takes about 80 bytes of it.
const namesAtOnce = 50

// changing reads again by name what changes outside of the windows: open
// interactions, missed ones that wait, and those with an activity that was
// closed since the last pull.
func (p *pull) changing(ctx context.Context) error {
	if _, ranged := p.asked(); ranged {
		return nil
	}
	again := names{}
	for _, list := range []func(context.Context) ([]store.Name, error){p.db.OpenNames, p.db.MissedNames, p.closed} {
		found, err := list(ctx)
		if err != nil {
			return err
		}
		for _, name := range found {
			if !p.listed[name] {
				again.add(name)
			}
		}
	}
	for part := range slices.Chunk(slices.Sorted(maps.Keys(again)), namesAtOnce) {
		if err := p.reread(ctx, part); err != nil {
			return fmt.Errorf("read by name: %w", err)
		}
	}
	return nil
}

// closed lists stored interactions with an activity that was closed since the
// last pull and differs from the stored one.
func (p *pull) closed(ctx context.Context) ([]store.Name, error) {
	if p.lastMs == 0 {
		return nil, nil
	}
	f := feed[daktela.Activity]{
		page: p.client.Activities.Page, zone: p.convert.zone, field: "time_close", filter: daktela.Eq("type", daktela.TypeWhatsApp),
		at:   func(a daktela.Activity) string { return a.TimeClose.Value },
		name: func(a daktela.Activity) daktela.Name { return a.Name },
	}
	of := map[store.Name]store.Name{}
	changed := names{}
	for b, err := range f.newest(ctx, p.lastMs-overlap, p.nowMs+ahead) {
		if optional(err) {
			return nil, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read closed activities: %w", err)
		}
		rows := map[store.Name]uint64{}
		for _, w := range b.rows {
			a := p.convert.activity(w)
			rows[a.Name], of[a.Name] = a.Hash, a.Interaction
		}
		known, err := p.db.ActivityHashes(ctx, slices.Collect(maps.Keys(rows)))
		if err != nil {
			return nil, err
		}
		for name, hash := range rows {
			if known[name] != hash {
				changed.add(of[name])
			}
		}
	}
	stored, err := p.db.Hashes(ctx, slices.Collect(maps.Keys(changed)))
	return slices.Collect(maps.Keys(stored)), err
}

// reread reads interactions by name, with their activities and, where they
// changed or are open, transcripts. One that is no longer there is gone.
func (p *pull) reread(ctx context.Context, wanted []store.Name) error {
	page, err := p.client.Interactions.Page(ctx, daktela.Query{Filter: daktela.In("name", wanted)})
	if err != nil {
		return err
	}
	var list []store.Conversation
	missing := names{}
	for _, name := range wanted {
		missing.add(name)
	}
	for _, w := range page.Rows {
		delete(missing, store.Name(w.Name))
		list = append(list, store.Conversation{Interaction: p.convert.interaction(w)})
	}
	p.result.Interactions.Read += len(list)
	if err := forEach(ctx, list, p.ownActivities); err != nil {
		return err
	}
	s, err := p.sort(ctx, list)
	if err != nil {
		return err
	}
	for i := range list {
		p.result.Activities.Read += len(list[i].Activities)
		p.refer(&list[i])
	}
	if err := p.storeWithChildren(ctx, append(s.fresh, s.changed...)); err != nil {
		return err
	}
	if len(missing) == 0 {
		return nil
	}
	gone, err := p.db.MarkGone(ctx, slices.Collect(maps.Keys(missing)))
	p.result.Interactions.Gone += gone
	return err
}
