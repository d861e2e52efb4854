package daktela

import (
	"context"
	"sync"
	"time"
)

// gate lets a fixed number of requests through at once and holds all of them
// back while the server has asked for a pause: a 429 is meant for the token,
// not for one request.
type gate struct {
	slots chan struct{}

	mu    sync.Mutex
	until time.Time // no request starts before this
}

func newGate(size int) *gate { return &gate{slots: make(chan struct{}, size)} }

// enter waits for the pause to pass and for a free slot.
func (g *gate) enter(ctx context.Context, now func() time.Time, sleep sleeper) error {
	select {
	case g.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	for {
		g.mu.Lock()
		wait := g.until.Sub(now())
		g.mu.Unlock()
		if wait <= 0 {
			break
		}
		if err := sleep(ctx, wait); err != nil {
			<-g.slots
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		<-g.slots
		return err
	}
	return nil
}

func (g *gate) leave() { <-g.slots }

// pause holds back every request that has not started until the given time.
func (g *gate) pause(until time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if until.After(g.until) {
		g.until = until
	}
}

// sleeper waits for d or until the context ends, whichever is first.
type sleeper func(ctx context.Context, d time.Duration) error

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
