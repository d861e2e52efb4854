package syncer

import (
	"context"
	"fmt"
	"slices"

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
	tried := names{}
	for first := true; ; first = false {
		found, err := p.db.UnreadNames(ctx, unreadAtOnce+len(tried))
		if err != nil {
			return err
		}
		todo := slices.DeleteFunc(found, func(name store.Name) bool { return tried[name] })
		if first {
			p.progress.phase(PhaseMessages, int64(len(todo)))
		}
		if len(todo) == 0 {
			return nil
		}
		for part := range slices.Chunk(todo, chunk) {
			for _, name := range part {
				tried.add(name)
			}
			if err := p.readUnread(ctx, part); err != nil {
				return err
			}
			if p.transcripts.off() {
				return nil // not offered by this release
			}
		}
	}
}

func (p *pull) readUnread(ctx context.Context, part []store.Name) error {
	hashes, err := p.db.Hashes(ctx, part)
	if err != nil {
		return err
	}
	var list []store.Conversation
	for _, name := range part {
		// The stored hash says that the row itself was not read this time.
		if hash, stored := hashes[name]; stored {
			list = append(list, store.Conversation{Interaction: store.Interaction{Name: name, Hash: hash}})
		}
	}
	if err := forEach(ctx, list, p.children); err != nil {
		return fmt.Errorf("read messages: %w", err)
	}
	if err := p.storeConversations(ctx, list); err != nil {
		return err
	}
	p.progress.add(len(part))
	return nil
}
