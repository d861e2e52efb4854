package window

import (
	"sync/atomic"
	"time"
)

// readable is how long the page stays to say what waits to be sent.
const readable = 1500 * time.Millisecond

// farewell keeps a window a moment longer when changes wait, so that the page can say so. It never
// blocks: closing again, or the moment's end, closes the window.
type farewell struct{ said atomic.Bool }

// holds reports whether the window stays open for now; quit closes it later.
func (f *farewell) holds(waiting func() int, quit func()) bool {
	if f.said.Swap(true) || waiting() == 0 {
		return false
	}
	time.AfterFunc(readable, quit)
	return true
}
