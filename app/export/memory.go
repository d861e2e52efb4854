package export

import (
	"runtime/debug"
	"sync"
)

// leanPercent is how much memory, of a hundred of what the program holds for long, may be waste
// before it is collected while a file is written.
const leanPercent = 20

// lean counts the files being written.
var lean struct {
	sync.Mutex
	writing, usual int
}

// beLean lets waste be collected early until done is called. Writing a file makes nothing that lasts,
// beside a list that may hold hundreds of megabytes: collected as usual, the waste of a file may grow as
// large as the list.
func beLean() (done func()) {
	lean.Lock()
	defer lean.Unlock()
	if lean.writing++; lean.writing == 1 {
		lean.usual = debug.SetGCPercent(leanPercent)
	}
	return func() {
		lean.Lock()
		defer lean.Unlock()
		if lean.writing--; lean.writing == 0 {
			debug.SetGCPercent(lean.usual)
		}
	}
}
