package syncer

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"wapdesk/app/daktela"
	"wapdesk/store"

	"golang.org/x/sync/errgroup"
)

// relation remembers whether a kind of related list is offered at all. One
// missing list may be that record's; several in a row without any success mean
// that the release lacks it, and asking for every record would be a waste.
// An answer that is no list is neither: what is stored stays, the rest is read, and the pull
// ends with the failure.
type relation struct {
	mu     sync.Mutex
	works  bool
	misses int
	failed error // the first answer that was no list
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
	case noList(err):
		r.misses++
		if r.failed == nil {
			r.failed = err
		}
		return nil, false, nil
	default:
		return nil, false, err
	}
}

// absent reports a list that is not offered; where one did not come, that is not known.
func (r *relation) absent() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.failed == nil
}

func (r *relation) off() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return !r.works && r.misses >= missesToGiveUp
}

// noList reports an answer from which nothing can be told, of one record or of all.
func noList(err error) bool {
	return errors.Is(err, daktela.ErrNotAList) || is[*daktela.IncompleteError](err)
}

// unanswered is the first failure of a related list, nil for none.
func (p *pull) unanswered() error {
	for _, r := range []*relation{&p.transcripts, &p.flows, &p.activities, &p.reviewLists} {
		if r.failed != nil {
			return fmt.Errorf("read what belongs to interactions: %w", r.failed)
		}
	}
	return nil
}

// children reads transcript and process into a conversation. A transcript that
// is not offered stays unread; a process that is not offered counts as read, since the details
// derive one from what else is known. What did not come is asked for again in the next pull.
func (p *pull) children(ctx context.Context, c *store.Conversation) error {
	name := daktela.Name(c.Interaction.Name)
	messages, ok, err := read(&p.transcripts, func() ([]daktela.Message, error) { return p.client.Messages(ctx, name) })
	if err != nil {
		return err
	}
	if ok {
		c.Messages = p.convert.messages(messages)
	}
	failed := !ok && !p.transcripts.absent()
	steps, ok, err := read(&p.flows, func() ([]daktela.Step, error) { return p.client.Flow(ctx, name) })
	if err != nil {
		return err
	}
	switch {
	case ok:
		c.Process = p.convert.process(steps)
	case p.flows.absent():
		c.NoProcess = true
	default:
		failed = true
	}
	if failed {
		p.doubts.again(c.Interaction.Name)
	}
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
			files = append(files, attachment(f, a.Name))
		}
	}
	if told && len(wire) > 0 {
		c.Files = files
	}
}

// forEach runs do for each conversation, some at once, and ends with the first error. How many requests are
// under way is the client's to say: it lets four through.
func (p *pull) forEach(ctx context.Context, list []store.Conversation, do func(context.Context, *store.Conversation) error) error {
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(p.workers())
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
