package syncer

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"

	"wapdesk/app/daktela"
	"wapdesk/store"
)

// decideHidden lets the contact centre decide about the interactions whose queue or user was
// listed and no longer is: what it still lists comes back (a colleague who left, a queue that was
// closed), the rest is erased (the rights shrank), and so with the activities of such a queue or
// user in interactions that stay. A pull that ends before that leaves them hidden,
// and the next one goes on.
func (p *pull) decideHidden(ctx context.Context) error {
	hidden, err := p.db.HiddenNames(ctx)
	if err != nil {
		return err
	}
	var gone []store.Name
	for part := range slices.Chunk(hidden, namesAtOnce) {
		missing, err := unlisted(part, p.client.Interactions.All(ctx, daktela.Query{Filter: daktela.In("name", part)}), nameOfInteraction)
		if err != nil {
			return fmt.Errorf("read hidden interactions: %w", err)
		}
		gone = append(gone, missing...)
	}
	dropped, err := p.db.DropHidden(ctx, gone)
	if err != nil {
		return err
	}
	if err := p.decideActivities(ctx); err != nil {
		return err
	}
	p.log.Info("decided about hidden interactions", "shown", len(hidden)-dropped, "erased", dropped)
	return p.db.ShowHidden(ctx)
}

// decideActivities is decideHidden for activities in interactions that were not erased. Where the
// contact centre does not list activities, nothing is known of them and they stay.
func (p *pull) decideActivities(ctx context.Context) error {
	hidden, err := p.db.HiddenActivities(ctx)
	if err != nil {
		return err
	}
	var gone []store.Name
	for part := range slices.Chunk(slices.Sorted(maps.Keys(hidden)), namesAtOnce) {
		missing, err := unlisted(part, p.client.Activities.All(ctx, daktela.Query{Filter: daktela.In("name", part)}), nameOfActivity)
		if optional(err) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read hidden activities: %w", err)
		}
		gone = append(gone, missing...)
	}
	for _, name := range gone {
		// Which of the files were theirs is not told: the answer of this pull is believed.
		p.doubts.earlier[hidden[name]] |= store.ChildFiles
	}
	_, err = p.db.DropActivities(ctx, gone)
	return err
}

// miss notes the stored activities of interactions that a deep pull read and did not find among theirs.
func (p *pull) miss(ctx context.Context, list []store.Conversation, work *workFeed) error {
	if !p.opts.Deep || work.off || work.itemless || len(list) == 0 {
		return nil
	}
	interactions, listed := make([]store.Name, 0, len(list)), names{}
	for i := range list {
		interactions = append(interactions, list[i].Interaction.Name)
		for _, a := range list[i].Activities {
			listed.add(a.Name)
		}
	}
	stored, err := p.db.ActivityNames(ctx, interactions)
	if err != nil {
		return err
	}
	for _, activities := range stored {
		for _, name := range activities {
			if !listed[name] {
				p.unseen.add(name)
			}
		}
	}
	return nil
}

// forget asks for the missed activities by name, since they may lie far from their interaction, and removes
// those that are listed no more: a colleague outside of the rights has them now.
func (p *pull) forget(ctx context.Context) error {
	var gone []store.Name
	for part := range slices.Chunk(slices.Sorted(maps.Keys(p.unseen)), namesAtOnce) {
		missing, err := unlisted(part, p.client.Activities.All(ctx, daktela.Query{Filter: daktela.In("name", part)}), nameOfActivity)
		if optional(err) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read missed activities: %w", err)
		}
		gone = append(gone, missing...)
	}
	if len(gone) == 0 {
		return nil
	}
	_, err := p.db.ForgetActivities(ctx, gone)
	return err
}

func nameOfInteraction(i daktela.Interaction) daktela.Name { return i.Name }
func nameOfActivity(a daktela.Activity) daktela.Name       { return a.Name }

// unlisted returns those of the names that the rows which were asked for by name lack. An answer
// that does not add up is an error: nothing is erased because of it.
func unlisted[T any](wanted []store.Name, rows iter.Seq2[T, error], nameOf func(T) daktela.Name) ([]store.Name, error) {
	missing := names{}
	for _, name := range wanted {
		missing.add(name)
	}
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		name := store.Name(nameOf(row))
		if !missing[name] {
			return nil, fmt.Errorf("an answer to another question: %w", ErrIncomplete)
		}
		delete(missing, name)
	}
	return slices.Sorted(maps.Keys(missing)), nil
}
