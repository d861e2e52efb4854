package profile

import (
	"context"
	"errors"
	"sync"
	"time"

	"wapdesk/app/syncer"
)

// Status is how far the sync is and what is stored.
type Status struct {
	Running  bool
	Paused   bool
	Phase    string // directory, contacts, interactions, messages, changes, preparing
	Done     int64
	Expected int64         // 0 when unknown
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

	Demo          bool       // of demo data
	File          bool       // of an opened file
	Stored        int        // interactions on this computer
	Coverage      []DayRange // stored days, oldest first
	Waiting       int        // changes to send
	Refused       int        // changes refused or in conflict
	Todo          int        // changes to be done in the contact centre by hand
	CompactionDue bool
}

// compactAfter is how long after an erasure the file is rewritten: soon, but not while the
// person is still anonymising one interaction after the other.
const compactAfter = 5 * time.Second

// progressEvery keeps a screen at ten updates a second.
const progressEvery = 100 * time.Millisecond

// background syncs the profile by itself: when asked, every few minutes, and soon after a change
// was made. One sync runs at a time.
type background struct {
	p   *Profile
	ctx context.Context
	wg  sync.WaitGroup

	mu       sync.Mutex
	loop     bool // the background loop runs
	running  context.CancelFunc
	paused   bool
	status   Status // what cannot be asked of the store
	emitted  time.Time
	wake     chan wakeUp
	compactT *time.Timer
}

// wakeUp tells the loop why it should act.
type wakeUp struct {
	request  *SyncRequest // a sync somebody asked for
	push     bool         // only send what waits
	compact  bool
	schedule bool // the plan changed
}

func newBackground(p *Profile) *background {
	return &background{p: p, ctx: p.run, wake: make(chan wakeUp, 16)}
}

// begin starts the loop of a program that stays open.
func (r *background) begin() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.loop {
		return
	}
	r.loop = true
	r.wg.Add(1)
	go r.run()
}

func (r *background) wait() {
	r.mu.Lock()
	if r.compactT != nil {
		r.compactT.Stop()
	}
	r.mu.Unlock()
	r.wg.Wait()
}

func (r *background) send(w wakeUp) {
	select {
	case r.wake <- w:
	default: // it has enough to do; the next round does this as well
	}
}

func (r *background) start(req SyncRequest) { r.send(wakeUp{request: &req}) }
func (r *background) pushSoon()             { r.send(wakeUp{push: true}) }
func (r *background) replan()               { r.send(wakeUp{schedule: true}) }

// compactSoon rewrites the file after a moment without further erasures.
func (r *background) compactSoon() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.compactT != nil {
		r.compactT.Stop()
	}
	r.compactT = time.AfterFunc(compactAfter, func() { r.send(wakeUp{compact: true}) })
}

func (r *background) run() {
	defer r.wg.Done()
	if r.p.db.CompactionDue() {
		r.compactSoon() // a kill came before it last time
	}
	timer := time.NewTimer(r.delay())
	defer timer.Stop()
	upkeep := time.NewTicker(upkeepEvery)
	defer upkeep.Stop()
	for {
		select {
		case <-r.ctx.Done():
			return
		case w := <-r.wake:
			switch {
			case w.request != nil:
				if err := r.p.db.HurryChanges(r.ctx); err != nil && r.ctx.Err() == nil {
					r.p.log.Error("changes are not hurried", "error", err.Error())
				}
				r.sync(*w.request)
			case w.push:
				r.push()
			case w.compact:
				r.compact()
			}
		case <-timer.C:
			if !r.isPaused() {
				r.sync(SyncRequest{})
			}
		case <-upkeep.C:
			r.p.upkeepOrLog(r.ctx)
			continue // the planned sync stays where it is
		}
		timer.Reset(r.delay())
	}
}

// delay is the time to the next planned sync; a day when there is no plan.
func (r *background) delay() time.Duration {
	minutes := r.p.Settings().SyncMinutes
	if minutes == 0 || r.p.conn == nil {
		return 24 * time.Hour
	}
	next := time.Duration(minutes) * time.Minute
	r.mu.Lock()
	r.status.NextMs = r.p.now().Add(next).UnixMilli()
	r.mu.Unlock()
	return next
}

func (r *background) isPaused() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.paused
}

func (r *background) pause(paused bool) {
	r.mu.Lock()
	r.paused = paused
	cancel := r.running
	r.mu.Unlock()
	if paused && cancel != nil {
		cancel()
	}
	r.publish(true)
}

func (r *background) cancel() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.running != nil {
		r.running()
	}
}

func (r *background) sync(req SyncRequest) {
	if r.p.conn == nil {
		r.settle(ErrSignIn, 0)
		return
	}
	ctx, cancel := context.WithCancel(r.ctx)
	defer cancel()
	r.mu.Lock()
	r.running = cancel
	r.status.Running, r.status.Phase, r.status.Done, r.status.Expected, r.status.Wait = true, "", 0, 0, 0
	r.mu.Unlock()
	r.publish(true)
	result, err := r.p.syncOnce(ctx, req, r.progress)
	r.mu.Lock()
	r.running = nil
	if result.ServerTime != "" { // a contact centre that was not reached said nothing
		r.status.ZoneUnknown, r.status.ZoneUsed, r.status.Doubted = result.ZoneUnknown, result.ZoneUsed, result.Doubted
	}
	r.mu.Unlock()
	r.settle(err, result.Added)
}

func (r *background) progress(pr syncer.Progress) {
	r.mu.Lock()
	r.status.Phase, r.status.Done, r.status.Expected = pr.Phase, pr.Done, pr.Expected
	r.status.Wait = 0
	r.mu.Unlock()
	r.publish(pr.Final)
}

// settle ends a sync with its error. A sync that was cancelled is no error.
func (r *background) settle(err error, added int) {
	r.mu.Lock()
	r.status.Running, r.status.Err, r.status.Added = false, nil, added
	if err != nil && !errors.Is(err, context.Canceled) {
		r.status.Err = err
		r.p.log.Warn("sync ended early", "error", err.Error())
	}
	r.mu.Unlock()
	r.publish(true)
}

// push sends what waits; being offline is no problem, the changes wait on.
func (r *background) push() {
	r.p.listen.ChangesChanged()
	if r.p.conn == nil || r.isPaused() {
		return
	}
	if _, err := r.p.syncer().Push(r.ctx); err != nil {
		r.settle(err, 0)
	}
	r.p.listen.ChangesChanged()
	r.publish(true)
}

func (r *background) compact() {
	r.p.listen.Erasing(EraseProgress{Phase: "compacting"})
	if _, err := r.p.compact(r.ctx); err != nil {
		// It stays due: the next start and the end of this run try again.
		r.p.log.Error("compaction failed", "error", err.Error())
	}
	if r.p.conn != nil {
		r.p.conn.Close() // connections nobody uses hold the end of what went through them last; they open again
	}
	r.p.listen.Erasing(EraseProgress{Phase: "done"})
	r.publish(true)
}

// waiting shows that the contact centre asked to wait.
func (r *background) waiting(d time.Duration) {
	r.mu.Lock()
	r.status.Wait = d
	r.mu.Unlock()
	r.publish(true)
}

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
	s.Paused, s.Demo, s.File = r.paused, r.p.IsDemo(), r.p.IsFile()
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
