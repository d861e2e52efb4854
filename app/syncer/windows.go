package syncer

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"sync"

	"wapdesk/app/daktela"
	"wapdesk/store"
	"wapdesk/store/listing"
)

// chunk is how many conversations with transcripts are stored at a time. A cancel loses at most
// two: one that is stored and one that is read meanwhile.
const chunk = 200

func (p *pull) interactions() feed[daktela.Interaction] {
	return feed[daktela.Interaction]{
		page: p.client.Interactions.Page, zone: p.convert.zone, field: "time",
		at:   func(i daktela.Interaction) string { return i.Time.Value },
		size: p.client.PageSize,
	}
}

// span lists the interactions of a span, newest first, and stores each
// complete stretch with its coverage.
func (p *pull) span(ctx context.Context, s store.Span) error {
	upper := s.ToMs
	if upper == p.nowMs {
		upper += ahead
	}
	work := p.newWork(ctx, s)
	defer work.stop()
	list := p.interactions()
	list.partly = true
	for b, err := range readAhead(list.newest(ctx, s.FromMs, upper)) {
		if err != nil {
			return fmt.Errorf("read interactions: %w", daktela.OfInteractions(err))
		}
		if err := work.reach(b.fromMs - day); err != nil {
			return fmt.Errorf("read activities: %w", err)
		}
		if err := p.stretch(ctx, b, work); err != nil {
			return err
		}
		if err := p.reached(ctx, b.fromMs); err != nil {
			return err
		}
		if b.fromMs > s.FromMs && p.enough(b.fromMs) {
			return nil
		}
	}
	return nil
}

// readAhead works out the next value while one is used. It ends when nothing of it runs any longer.
func readAhead[T any](values iter.Seq2[T, error]) iter.Seq2[T, error] {
	type value struct {
		v   T
		err error
	}
	return func(yield func(T, error) bool) {
		next, done := make(chan value), make(chan struct{})
		var working sync.WaitGroup
		defer working.Wait()
		defer close(done)
		working.Go(func() {
			defer close(next)
			for v, err := range values {
				select {
				case next <- value{v, err}:
				case <-done:
					return
				}
			}
		})
		for n := range next {
			if !yield(n.v, n.err) {
				return
			}
		}
	}
}

// stretch stores one stretch of interactions, with its coverage when it is complete.
func (p *pull) stretch(ctx context.Context, b batch[daktela.Interaction], work *workFeed) error {
	list := p.conversations(b.rows, work)
	p.result.Interactions.Read += len(list)
	if err := p.miss(ctx, list, work); err != nil {
		return err
	}
	s, err := p.sort(ctx, list)
	if err != nil {
		return err
	}
	lacking := func(ctx context.Context, c *store.Conversation) error {
		if work.off || !work.itemless && (len(c.Activities) > 0 || c.Interaction.Answered != listing.TriYes) {
			return nil
		}
		return p.ownActivities(ctx, c)
	}
	for _, group := range [][]store.Conversation{s.fresh, s.changed} {
		if err := p.forEach(ctx, group, lacking); err != nil {
			return fmt.Errorf("read activities: %w", err)
		}
		for i := range group {
			p.result.Activities.Read += len(group[i].Activities)
			p.refer(&group[i])
		}
	}
	p.result.Activities.Read += s.unchangedActivities
	if err := p.storeWithChildren(ctx, s.changed); err != nil {
		return err
	}
	w := store.Window{FromMs: b.fromMs, ToMs: min(b.toMs, p.nowMs), Full: true, Names: s.unchanged, Conversations: s.fresh}
	for i := range s.changed {
		w.Names = append(w.Names, s.changed[i].Interaction.Name)
	}
	w.Full = w.FromMs < w.ToMs && !b.short
	stored, err := p.db.ApplyWindow(ctx, w)
	if err != nil {
		return fmt.Errorf("store a window: %w", err)
	}
	if b.short {
		p.short = union(append(p.short, store.Span{FromMs: w.FromMs, ToMs: w.ToMs}))
	}
	p.counted(stored)
	p.progress.add(len(list) - len(s.changed)) // the changed ones were counted one by one
	return nil
}

// conversations converts a batch and takes the activities that belong to it.
func (p *pull) conversations(rows []daktela.Interaction, work *workFeed) []store.Conversation {
	list := make([]store.Conversation, 0, len(rows))
	for _, w := range rows {
		name := store.Name(w.Name)
		if name == "" || p.listed[name] {
			continue
		}
		p.listed[name] = true
		c := store.Conversation{Interaction: p.convert.interaction(w), ItemFiles: itemFiles(w)}
		if own := work.take(w.Name); own != nil {
			p.attach(&c, own)
		}
		list = append(list, c)
	}
	return list
}

// sorted tells what to do with listed conversations.
type sorted struct {
	fresh               []store.Conversation // new or anonymised: the row and its activities
	changed             []store.Conversation // children are read again as well
	unchanged           []store.Name
	unchangedActivities int
}

// sort compares what was listed with the hashes of what is stored.
func (p *pull) sort(ctx context.Context, list []store.Conversation) (sorted, error) {
	var s sorted
	var all, activities []store.Name
	for i := range list {
		all = append(all, list[i].Interaction.Name)
		for _, a := range list[i].Activities {
			activities = append(activities, a.Name)
		}
	}
	hashes, err := p.db.Hashes(ctx, all)
	if err != nil {
		return s, err
	}
	known, err := p.db.ActivityHashes(ctx, activities)
	if err != nil {
		return s, err
	}
	erased, err := p.db.Anonymised(ctx, all)
	if err != nil {
		return s, err
	}
	back, err := p.db.GoneAmong(ctx, all) // such as those whose time moved to an older window
	if err != nil {
		return s, err
	}
	for i := range list {
		c := &list[i]
		hash, stored := hashes[c.Interaction.Name]
		same := stored && hash == c.Interaction.Hash && !slices.ContainsFunc(c.Activities, func(a store.Activity) bool {
			h, ok := known[a.Name]
			return !ok || h != a.Hash
		})
		switch {
		case same && (erased[c.Interaction.Name] || !p.opts.Deep && !open(c) && !p.doubts.has(c.Interaction.Name)):
			s.unchanged = append(s.unchanged, c.Interaction.Name)
			s.unchangedActivities += len(c.Activities)
		case !stored && !back[c.Interaction.Name] || erased[c.Interaction.Name]:
			s.fresh = append(s.fresh, *c)
		default:
			s.changed = append(s.changed, *c)
		}
	}
	return s, nil
}

// open reports whether a conversation may still grow without its row changing.
func open(c *store.Conversation) bool {
	i := &c.Interaction
	if i.State != "" || len(c.Activities) == 0 && i.DurationS == listing.Unknown && i.Disconnection == "" && i.Missed == "" {
		return true
	}
	return slices.ContainsFunc(c.Activities, func(a store.Activity) bool { return a.Action != daktela.ActionClose })
}

// storeWithChildren reads transcripts and processes and stores them with the
// rows in one transaction, so that a stored row never hides an old transcript.
func (p *pull) storeWithChildren(ctx context.Context, list []store.Conversation) error {
	for part := range slices.Chunk(list, chunk) {
		if p.Syncer.opts.Messages {
			if err := p.forEach(ctx, part, p.children); err != nil {
				return fmt.Errorf("read messages: %w", err)
			}
		}
		if err := p.storeConversations(ctx, part); err != nil {
			return err
		}
		for i := range part {
			p.doubts.settled.add(part[i].Interaction.Name)
		}
		p.progress.add(len(part))
	}
	return nil
}

func (p *pull) storeConversations(ctx context.Context, list []store.Conversation) error {
	p.confirm(list)
	stored, err := p.db.ApplyConversations(ctx, list, nil)
	if err != nil {
		return fmt.Errorf("store conversations: %w", err)
	}
	for i := range list {
		p.result.Messages.Read += len(list[i].Messages)
	}
	p.counted(stored)
	return nil
}

// refer remembers the contacts and tickets a conversation names.
func (p *pull) refer(c *store.Conversation) {
	p.contacts.add(c.Interaction.Contact.Name)
	p.contacts.add(c.Interaction.ExternalContact.Contact)
	for _, a := range c.Activities {
		p.contacts.add(a.Contact.Name)
		p.tickets.add(a.Ticket.Name)
	}
}

// workFeed reads the activities of a span alongside its interactions: a few
// requests in place of one an interaction. An activity may lie outside of its
// interaction's stretch, so the feed begins a week later, runs a day ahead and
// keeps what was not asked for yet.
type workFeed struct {
	next     func() (batch[daktela.Activity], error, bool)
	stop     func()
	reached  int64
	byItem   map[daktela.Name][]daktela.Activity
	off      bool // not offered or not permitted
	itemless bool // this release does not name the interaction in lists
}

const lateActivities = slidingDays * day

func (p *pull) newWork(ctx context.Context, s store.Span) *workFeed {
	f := feed[daktela.Activity]{
		page: p.client.Activities.Page, zone: p.convert.zone, field: "time", filter: daktela.Eq("type", daktela.TypeWhatsApp),
		at:   func(a daktela.Activity) string { return a.Time.Value },
		size: p.client.PageSize,
	}
	upper := min(s.ToMs+lateActivities, p.nowMs+ahead)
	w := &workFeed{reached: upper, byItem: map[daktela.Name][]daktela.Activity{}}
	w.next, w.stop = iter.Pull2(f.newest(ctx, s.FromMs-day, upper))
	return w
}

// reach reads on until everything from the moment (UTC ms) on is here.
func (w *workFeed) reach(ms int64) error {
	for !w.off && w.reached > ms {
		b, err, more := w.next()
		if !more {
			return nil
		}
		if optional(err) {
			w.off = true
			return nil
		}
		if err != nil {
			return err
		}
		w.reached = b.fromMs
		for _, a := range b.rows {
			switch {
			case a.Item.Name != "":
				w.byItem[a.Item.Name] = append(w.byItem[a.Item.Name], a)
			case a.Item.Number != "":
				w.itemless = true
			}
		}
	}
	return nil
}

// take hands out the activities of an interaction, oldest first.
func (w *workFeed) take(interaction daktela.Name) []daktela.Activity {
	own := w.byItem[interaction]
	delete(w.byItem, interaction)
	slices.Reverse(own)
	return own
}
