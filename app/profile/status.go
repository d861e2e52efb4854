package profile

import (
	"context"
	"time"

	"wapdesk/app/syncer"
)

// Status is how far the sync is and what is stored.
type Status struct {
	Running  bool // also between two rounds of a long load
	Paused   bool
	Phase    string // directory, contacts, interactions, messages, changes, preparing
	Done     int64
	Expected int64         // 0 when unknown
	Rate     float64       // done in a second, 0 when unknown
	Left     time.Duration // what the phase takes at this rate, 0 when unknown
	Wait     time.Duration // the contact centre asked to wait this long
	LastMs   int64         // end of the last successful sync, 0 never
	NextMs   int64         // 0 when not planned
	Err      error         // of the last run; nil when it went well or was cancelled
	Added    int           // interactions that the last run added
	Unread   []string      // lists the last whole sync was not given
	// NeverListed are users or queues that the role forbids to list and always did.
	NeverListed []string
	// Of the last sync since the program started: the time zone that nobody knows, "" for none, the
	// one that times are read in instead, and interactions of which less was sent than is stored.
	ZoneUnknown, ZoneUsed string
	Doubted               int

	// Metered says what of the sync waits because the network is metered: "new" for older days, "asked" for
	// everything that nobody asked for, "" for nothing.
	Metered string
	// RereadDown is the day down to which everything stored was read again, "" while that is not under way.
	RereadDown string

	Demo          bool       // of demo data
	File          bool       // of an opened file
	Stored        int        // interactions on this computer
	Coverage      []DayRange // stored days, oldest first
	Waiting       int        // changes to send
	Refused       int        // changes refused or in conflict
	Todo          int        // changes to be done in the contact centre by hand
	CompactionDue bool
}

// progressEvery keeps a screen at ten updates a second.
const progressEvery = 100 * time.Millisecond

// publish tells the page the status, at most ten times a second unless it must be now.
func (r *background) publish(now bool) {
	r.mu.Lock()
	if !now && time.Since(r.emitted) < progressEvery {
		r.mu.Unlock()
		return
	}
	r.emitted = time.Now()
	r.mu.Unlock()
	status, err := r.current()
	if err != nil {
		return // the profile is being closed
	}
	r.p.listen.Synced(status)
}

// current is the status with what the store knows.
func (r *background) current() (Status, error) {
	ctx := r.ctx
	r.mu.Lock()
	s := r.status
	s.Paused, s.Demo, s.File = r.schedule.paused, r.p.IsDemo(), r.p.IsFile()
	s.Metered = r.schedule.held()
	if at := r.schedule.planned(); !at.IsZero() && r.loop {
		s.NextMs = r.p.now().Add(time.Until(at)).UnixMilli()
	}
	r.mu.Unlock()
	if err := r.p.unread(ctx, &s); err != nil {
		return Status{}, err
	}
	coverage, err := r.p.db.Coverage(ctx)
	if err != nil {
		return Status{}, err
	}
	s.Coverage = DayRanges(coverage, r.p.db.Zone())
	if s.Stored, err = r.p.Stored(ctx); err != nil {
		return Status{}, err
	}
	counts, err := r.p.db.ChangeCounts(ctx)
	if err != nil {
		return Status{}, err
	}
	s.Waiting, s.Refused = counts.Waiting+counts.Sending, counts.Refused+counts.Conflict
	s.Todo = counts.Manual
	s.CompactionDue = r.p.db.CompactionDue()
	s.LastMs = r.lastSuccess(ctx)
	if reread, err := syncer.LastReread(ctx, r.p.db); err == nil && reread.BeganMs > 0 {
		s.RereadDown = time.UnixMilli(reread.DownMs).In(r.p.db.Zone()).Format(time.DateOnly)
	}
	return s, nil
}

func (r *background) lastSuccess(ctx context.Context) int64 {
	runs, err := r.p.db.Runs(ctx, 20)
	if err != nil {
		return 0
	}
	for _, run := range runs {
		if run.EndedMs > 0 && (run.Code == syncer.CodeDone || run.Code == syncer.CodeUnread) {
			return run.EndedMs
		}
	}
	return 0
}
