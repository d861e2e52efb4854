package serve

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"wapdesk/app"
)

// Hub passes events from the bound structs to every open page as server-sent events.
type Hub struct {
	mu     sync.Mutex
	pages  map[chan []byte]struct{}
	closed chan struct{}
	once   sync.Once

	erasures atomic.Int64 // reports of them so far
}

// NewHub makes an empty hub.
func NewHub() *Hub {
	return &Hub{pages: map[chan []byte]struct{}{}, closed: make(chan struct{})}
}

type event struct {
	Event string `json:"event"`
	Value any    `json:"value"`
}

// queue is how many events a page may be behind. Every event carries the whole new value,
// so that the oldest one can go when a page is slower than that.
const queue = 256

// Emit sends an event to every page.
func (h *Hub) Emit(name string, value any) {
	b, err := json.Marshal(event{name, value})
	if err != nil {
		return // the values are our own plain structs
	}
	if name == app.EventErase {
		h.erasures.Add(1)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for page := range h.pages {
		select {
		case page <- b:
		default:
			select {
			case <-page:
			default:
			}
			select {
			case page <- b:
			default:
			}
		}
	}
}

// Close ends every stream.
func (h *Hub) Close() { h.once.Do(func() { close(h.closed) }) }

func (h *Hub) serve(w http.ResponseWriter, r *http.Request) {
	flusher, ok := w.(http.Flusher)
	if !ok {
		http.Error(w, "streaming is not possible", http.StatusInternalServerError)
		return
	}
	page := make(chan []byte, queue)
	h.mu.Lock()
	h.pages[page] = struct{}{}
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		delete(h.pages, page)
		h.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	fmt.Fprint(w, ": open\n\n")
	flusher.Flush()
	beat := time.NewTicker(25 * time.Second)
	defer beat.Stop()
	for {
		select {
		case <-r.Context().Done():
			return
		case <-h.closed:
			for { // what was told before the end is still heard
				select {
				case b := <-page:
					fmt.Fprintf(w, "data: %s\n\n", b)
				default:
					return
				}
			}
		case b := <-page:
			fmt.Fprintf(w, "data: %s\n\n", b)
		case <-beat.C:
			fmt.Fprint(w, ": still here\n\n")
		}
		flusher.Flush()
	}
}
