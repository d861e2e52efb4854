package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"wapdesk/app/daktela"
	"wapdesk/app/syncer"
	"wapdesk/store"
)

// States of the sync pill.
const (
	syncIdle    = "idle"
	syncRunning = "syncing"
	syncOffline = "offline"
	syncPaused  = "paused"
	syncSignIn  = "signin"
	syncProblem = "problem"
	syncFile    = "file"
	syncDemo    = "demo"
)

// compactAfter is how long after an erasure the file is rewritten: soon, but not while the
// person is still anonymising one interaction after the other.
const compactAfter = 5 * time.Second

// runner syncs the open profile in the background: when asked, every few minutes, and soon
// after a change was made. One sync runs at a time.
type runner struct {
	c   *Core
	p   *openProfile
	ctx context.Context
	wg  sync.WaitGroup

	mu       sync.Mutex
	loop     bool // the background loop runs
	running  context.CancelFunc
	paused   bool
	status   SyncStatus // what cannot be asked of the store
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

func newRunner(ctx context.Context, c *Core, p *openProfile) *runner {
	return &runner{c: c, p: p, ctx: ctx, wake: make(chan wakeUp, 16), status: SyncStatus{State: syncIdle}}
}

// background starts the loop of a program that stays open.
func (r *runner) background() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.loop {
		return
	}
	r.loop = true
	r.wg.Add(1)
	go r.run()
}

func (r *runner) wait() {
	r.mu.Lock()
	if r.compactT != nil {
		r.compactT.Stop()
	}
	r.mu.Unlock()
	r.wg.Wait()
}

func (r *runner) send(w wakeUp) {
	select {
	case r.wake <- w:
	default: // it has enough to do; the next round does this as well
	}
}

func (r *runner) start(req SyncRequest) { r.send(wakeUp{request: &req}) }
func (r *runner) pushSoon()             { r.send(wakeUp{push: true}) }
func (r *runner) replan()               { r.send(wakeUp{schedule: true}) }

// compactSoon rewrites the file after a moment without further erasures.
func (r *runner) compactSoon() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.compactT != nil {
		r.compactT.Stop()
	}
	r.compactT = time.AfterFunc(compactAfter, func() { r.send(wakeUp{compact: true}) })
}

func (r *runner) run() {
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
				if err := r.p.db.HurryChanges(r.ctx); err != nil {
					r.c.log.Error("changes are not hurried", "error", errorText(err))
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
			r.c.upkeepOrLog(r.ctx, r.p)
			continue // the planned sync stays where it is
		}
		timer.Reset(r.delay())
	}
}

// delay is the time to the next planned sync; a day when there is no plan.
func (r *runner) delay() time.Duration {
	minutes := r.c.settings(r.p).SyncMinutes
	if minutes == 0 || r.p.client == nil {
		return 24 * time.Hour
	}
	next := time.Duration(minutes) * time.Minute
	r.mu.Lock()
	r.status.NextMs = r.c.now().Add(next).UnixMilli()
	r.mu.Unlock()
	return next
}

func (r *runner) isPaused() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.paused
}

func (r *runner) pause(paused bool) {
	r.mu.Lock()
	r.paused = paused
	cancel := r.running
	r.mu.Unlock()
	if paused && cancel != nil {
		cancel()
	}
	r.publish(true)
}

func (r *runner) cancel() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.running != nil {
		r.running()
	}
}

func (r *runner) sync(req SyncRequest) {
	if r.p.client == nil {
		r.settle(&Error{Code: "sign_in"}, 0)
		return
	}
	ctx, cancel := context.WithCancel(r.ctx)
	defer cancel()
	r.mu.Lock()
	r.running = cancel
	r.status.State, r.status.Phase, r.status.Done, r.status.Expected, r.status.WaitS = syncRunning, "", 0, 0, 0
	r.mu.Unlock()
	r.publish(true)
	result, err := r.c.syncOnce(ctx, r.p, req, r.progress)
	r.mu.Lock()
	r.running = nil
	r.mu.Unlock()
	r.settle(err, result.Added)
}

func (r *runner) progress(pr syncer.Progress) {
	r.mu.Lock()
	r.status.Phase, r.status.Done, r.status.Expected = pr.Phase, pr.Done, pr.Expected
	r.status.WaitS = 0
	r.mu.Unlock()
	r.publish(pr.Final)
}

// settle ends a sync with the state its error means. A sync that was cancelled is no error.
func (r *runner) settle(err error, added int) {
	r.mu.Lock()
	r.status.State, r.status.ErrorCode, r.status.ErrorParams = syncIdle, "", map[string]string{}
	r.status.NewRows = added
	if coded := AsErrorOrNil(err); coded != nil && !errors.Is(err, context.Canceled) {
		r.status.ErrorCode, r.status.ErrorParams = coded.Code, nonNilMap(coded.Params)
		r.status.State = stateOf(coded.Code)
		r.c.log.Warn("sync ended early", "code", coded.Code, "error", errorText(err))
	}
	r.mu.Unlock()
	r.publish(true)
}

func stateOf(code string) string {
	switch code {
	case "unreachable":
		return syncOffline
	case "wrong_credentials", "sign_in":
		return syncSignIn
	}
	return syncProblem
}

// push sends what waits; being offline is no problem, the changes wait on.
func (r *runner) push() {
	r.c.emit(EventChanges, nil)
	if r.p.client == nil || r.isPaused() {
		return
	}
	if _, err := r.c.syncer(r.p).Push(r.ctx); err != nil {
		r.settle(err, 0)
	}
	r.c.emit(EventChanges, nil)
	r.publish(true)
}

func (r *runner) compact() {
	r.c.emit(EventErase, EraseProgress{Phase: "compacting"})
	if err := r.p.db.Compact(r.ctx, func(string) {}); err != nil {
		// It stays due: the next start and the end of this run try again.
		r.c.log.Error("compaction failed", "error", err.Error())
	}
	r.c.emit(EventErase, EraseProgress{Phase: "done"})
	r.publish(true)
}

// waiting shows that the contact centre asked to wait.
func (r *runner) waiting(w daktela.Wait) {
	if !w.RateLimited {
		return
	}
	r.mu.Lock()
	r.status.WaitS = int(w.For.Round(time.Second).Seconds())
	r.mu.Unlock()
	r.publish(true)
}

// publish tells the page the status, at most ten times a second unless it must be now.
func (r *runner) publish(now bool) {
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
	r.c.emit(EventSync, status)
}

// current is the status with what the store knows.
func (r *runner) current() (SyncStatus, error) {
	ctx := r.ctx
	r.mu.Lock()
	s := r.status
	if r.paused && s.State == syncIdle {
		s.State = syncPaused
	}
	r.mu.Unlock()
	switch {
	case r.p.Kind == kindFile:
		s.State = syncFile
	case r.p.Kind == kindDemo && s.State == syncIdle:
		s.State = syncDemo
	}
	if err := r.p.unread(ctx, &s); err != nil {
		return SyncStatus{}, err
	}
	coverage, err := r.p.db.Coverage(ctx)
	if err != nil {
		return SyncStatus{}, err
	}
	s.Coverage = dayRanges(coverage, r.p.db.Zone())
	if s.Stored, err = r.p.stored(ctx); err != nil {
		return SyncStatus{}, err
	}
	counts, err := r.p.db.ChangeCounts(ctx)
	if err != nil {
		return SyncStatus{}, err
	}
	s.Waiting, s.Refused = counts.Waiting+counts.Sending, counts.Refused+counts.Conflict
	s.Todo = counts.Manual
	s.CompactionDue = r.p.db.CompactionDue()
	s.LastMs = r.lastSuccess(ctx)
	if s.ErrorParams == nil {
		s.ErrorParams = map[string]string{}
	}
	return s, nil
}

func (r *runner) lastSuccess(ctx context.Context) int64 {
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

// onCommit passes a commit of the store on to the page.
func (c *Core) onCommit(p *openProfile, e store.Event) {
	if e.Everything {
		p.dir.drop()
	}
	c.emit(EventData, nil)
	if e.Changes {
		c.emit(EventChanges, nil)
	}
	p.runner.publish(false)
}

// onWait passes a wait that the contact centre asked for on to the pill.
func (c *Core) onWait(w daktela.Wait) {
	if p, err := c.profile(); err == nil {
		p.runner.waiting(w)
	}
}
