package profile

import (
	"time"

	"wapdesk/app/syncer"
)

const (
	// firstPatience is how long a phase of the first round of a load takes at most, so that today can be worked with
	// at once; each further round may take twice as long, up to half of the time between two syncs.
	firstPatience = 2 * time.Second
	// askedOnly stands in for the time between two syncs where they come only when asked.
	askedOnly = 15 * time.Minute
	// rateAfter is how long a phase has to last until its rate says something.
	rateAfter = 3 * time.Second
)

// load follows a load over its rounds: how much is done in each phase, how fast, and how long it will take.
type load struct {
	rounds int
	before map[string]int64 // done in earlier rounds, by phase
	now    syncer.Progress
	since  time.Time // when this round's phase began
	last   time.Time // when rate was worked out last
	lastN  int64
	rate   float64 // in a second, 0 while it is not known
}

// begin is before the first round.
func (l *load) begin() { *l = load{} }

// round ends a round that left something to the next.
func (l *load) round() {
	l.add()
	l.rounds++
	l.now = syncer.Progress{}
}

func (l *load) add() {
	if l.before == nil {
		l.before = map[string]int64{}
	}
	l.before[l.now.Phase] += l.now.Done
}

// patience is how long a phase of the next round may take.
func (l *load) patience(every time.Duration) time.Duration {
	if every == 0 {
		every = askedOnly
	}
	if l.rounds > 10 {
		return every / 2
	}
	return min(firstPatience<<l.rounds, every/2)
}

// at notes progress and returns that of all rounds together.
func (l *load) at(p syncer.Progress, now time.Time) (done, expected int64) {
	if p.Phase != l.now.Phase {
		l.add()
		l.since, l.last, l.lastN, l.rate = now, now, 0, 0
	}
	l.now = p
	if spent := now.Sub(l.last); spent >= time.Second {
		rate := float64(p.Done-l.lastN) / spent.Seconds()
		if l.rate > 0 {
			rate = .8*l.rate + .2*rate // one slow page is no slow load
		}
		l.last, l.lastN, l.rate = now, p.Done, rate
	}
	done, expected = p.Done+l.before[p.Phase], p.Expected
	if expected > 0 {
		expected += l.before[p.Phase]
	}
	return done, expected
}

// left is how long the phase will take, 0 while that is not known.
func (l *load) left() time.Duration {
	if l.rate <= 0 || l.now.Expected == 0 || l.last.Sub(l.since) < rateAfter {
		return 0
	}
	return time.Duration(float64(l.now.Expected-l.now.Done) / l.rate * float64(time.Second))
}
