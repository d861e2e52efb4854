package store

import (
	"context"
	"sync"
)

// Event tells subscribers what a commit touched.
type Event struct {
	// Interactions are the ids that were added or changed, Removed those that left the list.
	Interactions []int64
	Removed      []int64
	// Everything is true when so much changed that a screen should ask anew: directory,
	// rights, erasure.
	Everything bool
	Changes    bool // the outbox
	Coverage   bool

	erased bool      // something personal was removed
	buried []Erasure // new tombstones
	barred []erasedRecord
	cause  Cause // why Removed were removed, "" when the contact centre no longer has them
}

func (e Event) empty() bool {
	return len(e.Interactions) == 0 && len(e.Removed) == 0 && !e.Everything && !e.Changes && !e.Coverage
}

// notices are the subscribers.
type notices struct {
	mu          sync.Mutex
	subscribers map[int]func(Event)
	next        int
}

// Subscribe calls f after every commit that touched something, in the order of the commits and
// after the list engine has taken it over. f must not write to the store itself and should return
// soon: the writer waits for it. The function it returns ends the subscription.
func (db *DB) Subscribe(f func(Event)) (stop func()) {
	n := &db.notices
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.subscribers == nil {
		n.subscribers = map[int]func(Event){}
	}
	id := n.next
	n.next++
	n.subscribers[id] = f
	return func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		delete(n.subscribers, id)
	}
}

func (n *notices) tell(event Event) {
	n.mu.Lock()
	all := make([]func(Event), 0, len(n.subscribers))
	for _, f := range n.subscribers {
		all = append(all, f)
	}
	n.mu.Unlock()
	for _, f := range all {
		f(event)
	}
}

func (n *notices) close() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.subscribers = nil
}

// publish lets the list engine follow a commit, then tells the subscribers.
func (db *DB) publish(ctx context.Context, event Event) {
	if event.empty() {
		return
	}
	// The commit stands, so the list must follow it even when the caller has gone.
	db.list.follow(context.WithoutCancel(ctx), db, event)
	db.notices.tell(event)
}
