package syncer

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"wapdesk/store"
)

// unreadAtOnce bounds the list of names held in memory.
const unreadAtOnce = 50_000

// unread reads the transcripts and processes that are not here yet, newest
// first: of what this pull brought, and of earlier pulls that ended early.
func (p *pull) unread(ctx context.Context) error {
	if !p.Syncer.opts.Messages {
		return nil
	}
	tried := names{} // and still unread: what was read is not found again
	for first := true; ; first = false {
		found, err := p.db.UnreadNames(ctx, unreadAtOnce+len(tried))
		if err != nil {
			return err
		}
		before := tried
		tried = make(names, len(found))
		for _, name := range found {
			tried.add(name)
		}
		todo := slices.DeleteFunc(found, func(name store.Name) bool { return before[name] })
		if first {
			expected := len(todo)
			if len(found) >= unreadAtOnce {
				if expected, err = p.db.CountUnread(ctx); err != nil {
					return err
				}
			}
			p.progress.phase(PhaseMessages, int64(expected))
		}
		if len(todo) == 0 {
			return nil
		}
		rest, err := p.readUnread(ctx, todo)
		if err != nil {
			return err
		}
		if rest {
			p.result.More = true
			return nil
		}
		if p.transcripts.off() {
			return nil // not offered by this release
		}
	}
}

// readPart is a part of what is unread, as it came.
type readPart struct {
	list  []store.Conversation
	tried int
	err   error
}

// readUnread reads a part while the one before it is stored, and reports whether enough was read before the end.
func (p *pull) readUnread(ctx context.Context, todo []store.Name) (rest bool, err error) {
	ctx, stop := context.WithCancel(ctx)
	parts := make(chan readPart)
	var reading sync.WaitGroup
	defer reading.Wait()
	defer stop()
	reading.Go(func() {
		defer close(parts)
		for part := range slices.Chunk(todo, chunk) {
			list, err := p.readNames(ctx, part)
			select {
			case parts <- readPart{list, len(part), err}:
			case <-ctx.Done():
				return
			}
			if err != nil || p.transcripts.off() {
				return
			}
		}
	})
	done := 0
	for part := range parts {
		if part.err != nil {
			return false, part.err
		}
		if err := p.storeConversations(ctx, part.list); err != nil {
			return false, err
		}
		p.progress.add(part.tried)
		done += part.tried
		if done < len(todo) && p.opts.Enough != nil && p.opts.Enough(p.progress.spent()) {
			return true, nil
		}
	}
	return false, ctx.Err()
}

func (p *pull) readNames(ctx context.Context, part []store.Name) ([]store.Conversation, error) {
	hashes, err := p.db.Hashes(ctx, part)
	if err != nil {
		return nil, err
	}
	var list []store.Conversation
	for _, name := range part {
		// The stored hash says that the row itself was not read this time.
		if hash, stored := hashes[name]; stored {
			list = append(list, store.Conversation{Interaction: store.Interaction{Name: name, Hash: hash}})
		}
	}
	if err := p.forEach(ctx, list, p.children); err != nil {
		return nil, fmt.Errorf("read messages: %w", err)
	}
	return list, nil
}
