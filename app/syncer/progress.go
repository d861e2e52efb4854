package syncer

import (
	"sync"
	"time"
)

// Phases of a sync.
const (
	PhaseDirectory    = "directory"
	PhaseInteractions = "interactions"
	PhaseMessages     = "messages"
	PhaseContacts     = "contacts"
	PhaseChanges      = "changes"
)

// Progress says how far a sync is. Each one replaces the one before.
type Progress struct {
	Phase    string
	Done     int64
	Expected int64 // 0 when unknown
	Final    bool
}

// reportEvery keeps progress to ten a second.
const reportEvery = 100 * time.Millisecond

type reporter struct {
	mu   sync.Mutex
	to   func(Progress)
	now  Progress
	last time.Time
	from time.Time // when the phase began
	past []PhaseReport
}

func newReporter(to func(Progress)) *reporter {
	if to == nil {
		to = func(Progress) {}
	}
	return &reporter{to: to}
}

// phase begins a phase; it is always told.
func (r *reporter) phase(name string, expected int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.close()
	r.now, r.from = Progress{Phase: name, Expected: expected}, time.Now()
	r.tell()
}

// add counts n more.
func (r *reporter) add(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.now.Done += int64(n)
	if r.now.Expected > 0 && r.now.Done > r.now.Expected {
		r.now.Expected = r.now.Done // rows arrived meanwhile
	}
	if time.Since(r.last) >= reportEvery {
		r.tell()
	}
}

// close notes how the present phase went.
func (r *reporter) close() {
	if r.now.Phase != "" {
		r.past = append(r.past, PhaseReport{r.now.Phase, r.now.Done, r.now.Expected, seconds(time.Since(r.from))})
	}
}

// phases are those until now.
func (r *reporter) phases() []PhaseReport {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.close()
	past := r.past
	r.past = nil
	return past
}

// spent is how long the present phase takes.
func (r *reporter) spent() time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	return time.Since(r.from)
}

func (r *reporter) final() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.now.Final = true
	r.tell()
}

func (r *reporter) tell() {
	r.last = time.Now()
	r.to(r.now)
}
