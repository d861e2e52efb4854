package serve

import (
	"context"
	"net"
	"net/http"
)

// A connection that stays open keeps the end of what went through it last in its buffers, also where
// somebody who is named there was erased. So connections from before an erasure are closed by their next answer.

type openedKey struct{}

// opened notes in the context of a connection after how many reports of erasures it was opened.
func (h *Hub) opened(ctx context.Context, _ net.Conn) context.Context {
	return context.WithValue(ctx, openedKey{}, h.erasures.Load())
}

// renew closes the connection of a request with its answer when it is from before an erasure.
func (h *Hub) renew(w http.ResponseWriter, r *http.Request) {
	if before, ok := r.Context().Value(openedKey{}).(int64); ok && before != h.erasures.Load() {
		w.Header().Set("Connection", "close")
	}
}
