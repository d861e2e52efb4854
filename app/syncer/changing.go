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
	if _, ranged := p.asked(); ranged || p.opts.Again {
		return nil
	}
	again := names{}
	for _, list := range []func(context.Context) ([]store.Name, error){p.db.OpenNames, p.db.MissedNames, p.awaited, p.closed, p.doubtful} {
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
		if err := p.readAgain(ctx, part); err != nil {
			return fmt.Errorf("read by name: %w", err)
		}
	}
	return nil
}

// awaited lists interactions that the contact centre was asked to anonymise, or
// that somebody has to anonymise there by hand: reading them shows when it is done.
func (p *pull) awaited(ctx context.Context) ([]store.Name, error) {
	changes, err := p.db.Changes(ctx)
	if err != nil {
		return nil, err
	}
	var list []store.Name
	for _, c := range changes {
		if c.Kind == store.KindAnonymise && (c.State == store.ChangeManual || c.State == store.ChangeDone || c.State == store.ChangeSent) {
			list = append(list, c.Target)
		}
	}
	return list, nil
}

// closed lists stored interactions with an activity that was closed since the
// last pull and differs from the stored one, and keeps these activities for
// releases that do not list them by interaction.
func (p *pull) closed(ctx context.Context) ([]store.Name, error) {
	if p.lastMs == 0 {
		return nil, nil
	}
	f := feed[daktela.Activity]{
		page: p.client.Activities.Page, zone: p.convert.zone, field: "time_close", filter: daktela.Eq("type", daktela.TypeWhatsApp),
		at:   func(a daktela.Activity) string { return a.TimeClose.Value },
		size: p.client.PageSize,
	}
	changed := names{}
	for b, err := range f.newest(ctx, p.lastMs-overlap, p.nowMs+ahead) {
		if optional(err) {
			return nil, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read closed activities: %w", err)
		}
		var closed []store.Name
		for _, w := range b.rows {
			closed = append(closed, store.Name(w.Name))
		}
		known, err := p.db.ActivityHashes(ctx, closed)
		if err != nil {
			return nil, err
		}
		for _, w := range b.rows {
			if a := p.convert.activity(w); known[a.Name] != a.Hash {
				changed.add(a.Interaction)
				p.closedWork[a.Interaction] = append(p.closedWork[a.Interaction], w)
			}
		}
	}
	stored, err := p.db.Hashes(ctx, slices.Collect(maps.Keys(changed)))
	return slices.Collect(maps.Keys(stored)), err
}

// readAgain reads interactions by name, with their activities and, where they
// changed or are open, transcripts. One that is no longer there is gone.
func (p *pull) readAgain(ctx context.Context, wanted []store.Name) error {
	var list []store.Conversation
	missing := names{}
	for _, name := range wanted {
		missing.add(name)
	}
	for w, err := range p.client.Interactions.All(ctx, daktela.Query{Filter: daktela.In("name", wanted)}) {
		if err != nil {
			return err
		}
		delete(missing, store.Name(w.Name))
		list = append(list, store.Conversation{Interaction: p.convert.interaction(w), ItemFiles: itemFiles(w)})
	}
	p.result.Interactions.Read += len(list)
	if err := p.forEach(ctx, list, p.ownActivities); err != nil {
		return err
	}
	for i := range list {
		if c := &list[i]; c.Activities == nil && p.closedWork[c.Interaction.Name] != nil {
			p.attach(c, p.closedWork[c.Interaction.Name])
			c.Files = nil // these are not all of the interaction's
		}
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
	for name := range missing {
		p.doubts.settled.add(name)
	}
	gone, err := p.db.MarkGone(ctx, slices.Collect(maps.Keys(missing)))
	p.result.Interactions.Gone += gone
	return err
}
