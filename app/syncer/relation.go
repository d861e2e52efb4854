package syncer

import (
	"context"
	"sync"

	"wapdesk/app/daktela"
	"wapdesk/store"

	"golang.org/x/sync/errgroup"
)

// relation remembers whether a kind of related list is offered at all. One
// missing list may be that record's; several in a row without any success mean
// that the release lacks it, and asking for every record would be a waste.
type relation struct {
	mu     sync.Mutex
	works  bool
	misses int
}

const missesToGiveUp = 5

// read runs get unless the relation is off. ok is false when it is not offered.
func read[T any](r *relation, get func() ([]T, error)) (rows []T, ok bool, err error) {
	if r.off() {
		return nil, false, nil
	}
	rows, err = get()
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case err == nil:
		r.works = true
		return rows, true, nil
	case optional(err):
		r.misses++
		return nil, false, nil
	default:
		return nil, false, err
	}
}

func (r *relation) off() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return !r.works && r.misses >= missesToGiveUp
}

// children reads transcript and process into a conversation. A transcript that
// is not offered stays unread; a process that is not offered is an empty one,
// which the details derive from what else is known.
func (p *pull) children(ctx context.Context, c *store.Conversation) error {
	name := daktela.Name(c.Interaction.Name)
	messages, ok, err := read(&p.transcripts, func() ([]daktela.Message, error) { return p.client.Messages(ctx, name) })
	if err != nil {
		return err
	}
	if ok {
		c.Messages = p.convert.messages(messages)
	}
	steps, _, err := read(&p.flows, func() ([]daktela.Step, error) { return p.client.Flow(ctx, name) })
	if err != nil {
		return err
	}
	c.Process = p.convert.process(steps)
	return nil
}

// ownActivities reads the activities of one interaction, where that is offered.
func (p *pull) ownActivities(ctx context.Context, c *store.Conversation) error {
	rows, ok, err := read(&p.activities, func() ([]daktela.Activity, error) {
		return p.client.InteractionActivities(ctx, daktela.Name(c.Interaction.Name))
	})
	if err != nil || !ok {
		return err
	}
	p.attach(c, rows)
	return nil
}

// attach puts activities and their files into a conversation.
func (p *pull) attach(c *store.Conversation, wire []daktela.Activity) {
	c.Activities = make([]store.Activity, 0, len(wire))
	files, told := []store.Attachment{}, true
	for _, w := range wire {
		a := p.convert.activity(w)
		a.Interaction = c.Interaction.Name
		c.Activities = append(c.Activities, a)
		told = told && w.Attachments != nil
		for _, f := range w.Attachments {
			files = append(files, attachment(f, ""))
		}
	}
	if told && len(wire) > 0 {
		c.Files = files
	}
}

// forEach runs do for each conversation, four at once, and ends with the first error.
func forEach(ctx context.Context, list []store.Conversation, do func(context.Context, *store.Conversation) error) error {
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(atOnce)
	for i := range list {
		work.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return do(ctx, &list[i])
		})
	}
	return work.Wait()
}
