package serve

import (
	"sync"
	"time"
)

// A key cannot be guessed in any time; that somebody tries is slowed down all the same. Whoever has been
// let in is not asked for a key and notices nothing.
const (
	triesAtMost = 10
	triesIn     = time.Minute
)

// tries counts keys that were given, right and wrong.
type tries struct {
	now func() time.Time

	mu    sync.Mutex
	began time.Time
	n     int
}

// next reports whether one more may be tried now.
func (t *tries) next() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if now := t.now(); now.Sub(t.began) >= triesIn {
		t.began, t.n = now, 0
	}
	t.n++
	return t.n <= triesAtMost
}
