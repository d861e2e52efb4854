package daktela

import (
	"context"
	"io"
	"sync/atomic"
	"time"
)

// The limits of one attempt beside its time-out, which is for the answer to begin: on a bad line a
// large page takes minutes and is welcome as long as it keeps coming.
const (
	// stalled is how long no byte of a body may come.
	stalled = 60 * time.Second
	// longest is how many time-outs a whole attempt may take.
	longest = 20
)

// watch ends an attempt whose answer does not begin, or stops coming.
type watch struct {
	cancel context.CancelFunc
	whole  *time.Timer
	next   *time.Timer
	late   atomic.Bool
}

func (c *Client) watch(ctx context.Context) (context.Context, *watch) {
	ctx, cancel := context.WithCancel(ctx)
	w := &watch{cancel: cancel}
	end := func() {
		w.late.Store(true)
		cancel()
	}
	w.whole, w.next = time.AfterFunc(longest*c.timeout, end), time.AfterFunc(c.timeout, end)
	return ctx, w
}

func (w *watch) end() {
	w.whole.Stop()
	w.next.Stop()
	w.cancel()
}

// reason is why an attempt failed: the network's error, unless it was ended for being late.
func (w *watch) reason(err error) error {
	if w.late.Load() {
		return context.DeadlineExceeded
	}
	return err
}

// body watches a body, of which each byte that comes gives it more time.
func (w *watch) body(body io.ReadCloser) io.ReadCloser {
	w.next.Reset(stalled)
	return &watchedBody{body, w}
}

type watchedBody struct {
	io.ReadCloser
	watch *watch
}

func (b *watchedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if n > 0 {
		b.watch.next.Reset(stalled)
	}
	return n, err
}
