package syncer

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"wapdesk/app/daktela"
	"wapdesk/store"
)

// reviews reads QA reviews: those made since the oldest interaction this pull
// listed, and those edited since the last pull. The store replaces all reviews
// of an interaction, so for one that was not listed they are read activity by activity.
func (p *pull) reviews(ctx context.Context) error {
	found := map[store.Name][]store.QAReview{}
	listed := p.oldestMs < forever
	if from := min(p.oldestMs, p.unreviewedMs); from < forever {
		f := feed[daktela.QAReview]{
			page: p.client.QAReviews.Page, zone: p.convert.zone, field: "created",
			at:   func(r daktela.QAReview) string { return r.Created.Value },
			size: p.client.PageSize,
		}
		for b, err := range f.newest(ctx, from, p.nowMs+ahead) {
			if optional(err) {
				p.lacks(ListReviews, err)
				return nil
			}
			if err != nil {
				return fmt.Errorf("read reviews: %w", err)
			}
			p.group(found, b.rows)
		}
	}
	since, err := p.cursorMs(ctx, cursorReviews)
	if err != nil {
		return err
	}
	edited := map[store.Name][]store.QAReview{}
	if since > 0 {
		rows, err := readList(p, ListReviews, p.client.QAReviews.All(ctx, daktela.Query{
			Filter: daktela.Gte("edited", p.convert.zone.Wire(since-overlap)), Sort: []daktela.Sort{{Field: "created"}},
		}))
		if err != nil {
			return fmt.Errorf("read reviews: %w", err)
		}
		p.group(edited, rows)
	}
	return p.storeReviews(ctx, found, edited, listed)
}

// willReview notes from where on interactions are about to be listed, and finds where an earlier pull listed some
// and ended before it read their reviews. The list of interactions counts as stored by then, and would not be
// read again.
func (p *pull) willReview(ctx context.Context, spans []store.Span) error {
	earlier, err := p.cursorMs(ctx, cursorUnreviewed)
	if err != nil {
		return err
	}
	p.unreviewedMs = forever
	if earlier > 0 {
		p.unreviewedMs = earlier
	}
	from := p.unreviewedMs
	for _, s := range spans {
		from = min(from, s.FromMs)
	}
	if from == p.unreviewedMs {
		return nil
	}
	return p.db.SetCursor(ctx, cursorUnreviewed, strconv.FormatInt(from, 10))
}

// group collects reviews by activity.
func (p *pull) group(into map[store.Name][]store.QAReview, rows []daktela.QAReview) {
	for _, w := range rows {
		r := p.convert.review(w)
		into[r.Activity] = append(into[r.Activity], r)
	}
}

// storeReviews stores what was found; all says that those of every listed interaction were asked for, so
// that the others have none any more.
func (p *pull) storeReviews(ctx context.Context, found, edited map[store.Name][]store.QAReview, all bool) error {
	activities := slices.Collect(maps.Keys(found))
	activities = slices.AppendSeq(activities, maps.Keys(edited))
	of, err := p.db.InteractionsOf(ctx, activities)
	if err != nil {
		return err
	}
	byInteraction := map[store.Name][]store.QAReview{}
	apart := names{}
	for activity, reviews := range found {
		if name := of[activity]; p.listed[name] {
			byInteraction[name] = append(byInteraction[name], reviews...)
		} else {
			apart.add(name)
		}
	}
	if all {
		reviewed, err := p.db.ReviewedNames(ctx)
		if err != nil {
			return err
		}
		for _, name := range reviewed {
			if p.listed[name] && byInteraction[name] == nil {
				byInteraction[name] = []store.QAReview{}
			}
		}
	}
	for activity := range edited {
		if name := of[activity]; !p.listed[name] {
			apart.add(name)
		}
	}
	for name, kinds := range p.doubts.earlier {
		if kinds&store.ChildReviews != 0 {
			apart.add(name)
		}
	}
	for name := range apart {
		if byInteraction[name], err = p.reviewsOf(ctx, name); err != nil {
			return fmt.Errorf("read reviews: %w", err)
		}
	}
	hashes, err := p.db.Hashes(ctx, slices.Collect(maps.Keys(byInteraction)))
	if err != nil {
		return err
	}
	var list []store.Conversation
	for _, name := range slices.Sorted(maps.Keys(byInteraction)) {
		hash, stored := hashes[name]
		if reviews := byInteraction[name]; stored && reviews != nil {
			list = append(list, store.Conversation{Interaction: store.Interaction{Name: name, Hash: hash}, Reviews: reviews})
		}
	}
	p.confirm(list)
	cursors := p.nowCursor(cursorReviews)
	cursors[cursorUnreviewed] = ""
	stored, err := p.db.ApplyConversations(ctx, list, cursors)
	if err != nil {
		return fmt.Errorf("store reviews: %w", err)
	}
	p.counted(stored)
	return nil
}

// reviewsOf reads all reviews of an interaction; nil when that is not offered.
func (p *pull) reviewsOf(ctx context.Context, interaction store.Name) ([]store.QAReview, error) {
	activities, ok, err := read(&p.activities, func() ([]daktela.Activity, error) {
		return p.client.InteractionActivities(ctx, daktela.Name(interaction))
	})
	if err != nil || !ok {
		return nil, err
	}
	reviews := []store.QAReview{}
	for _, a := range activities {
		rows, ok, err := read(&p.reviewLists, func() ([]daktela.QAReview, error) { return p.client.ActivityReviews(ctx, a.Name) })
		if err != nil || !ok {
			return nil, err
		}
		for _, w := range rows {
			r := p.convert.review(w)
			r.Activity = store.Name(a.Name)
			reviews = append(reviews, r)
		}
	}
	return reviews, nil
}
