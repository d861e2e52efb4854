package profile

import (
	"context"
	"errors"
	"sync"
	"time"

	"wapdesk/app/syncer"
	"wapdesk/store"
)

// compactAfter is how long after an erasure the file is rewritten: soon, but not while the
// person is still anonymising one interaction after the other.
const compactAfter = 5 * time.Second

// background syncs the profile by itself: when asked, every few minutes, after the computer slept, when the
// network comes back, and soon after a change was made. A long load goes on in rounds, so that today stays
// fresh and changes are sent meanwhile. One sync runs at a time.
type background struct {
	p   *Profile
	ctx context.Context
	wg  sync.WaitGroup

	mu       sync.Mutex
	loop     bool // the background loop runs
	running  context.CancelFunc
	quiet    context.CancelFunc // of a part of reading again, which makes room for anything else
	schedule schedule
	looked   store.Span // the days that somebody looks at and that are not stored
	status   Status     // what cannot be asked of the store
	load     load
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
	r := &background{p: p, ctx: p.run, wake: make(chan wakeUp, 16)}
	text, _, err := p.db.Setting(p.run, settingPaused)
	r.schedule.paused = err == nil && text == pausedYes
	return r
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
	r.wg.Go(r.p.keepPlans)
	r.wg.Go(r.count)
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
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.quiet != nil {
		r.quiet()
	}
}

// startPlanned lets the first planned round begin with the program.
func (r *background) startPlanned() {
	r.mu.Lock()
	r.schedule.prompt = true
	r.mu.Unlock()
	r.send(wakeUp{schedule: true})
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
	r.replanned()
	timer := time.NewTimer(r.delay())
	defer timer.Stop()
	upkeep := time.NewTicker(upkeepEvery)
	defer upkeep.Stop()
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	pulse := pulse{last: time.Now()}
	for {
		select {
		case <-r.ctx.Done():
			return
		case w := <-r.wake:
			switch {
			case w.request != nil:
				r.requested(*w.request)
			case w.push:
				r.push()
			case w.compact:
				r.compact()
			case w.schedule:
				r.replanned()
			}
		case <-timer.C:
			r.act()
		case <-upkeep.C:
			r.p.upkeepOrLog(r.ctx)
		case <-beat.C:
			r.beat(&pulse)
		}
		timer.Reset(r.delay())
	}
}

// act does what is due.
func (r *background) act() {
	r.mu.Lock()
	do, _ := r.schedule.next(time.Now())
	r.mu.Unlock()
	switch do {
	case stepNone:
	case stepGentle:
		r.gently()
	default:
		r.sync(do, syncer.PullOptions{})
	}
}

// requested carries out a sync that somebody asked for.
func (r *background) requested(req SyncRequest) {
	if err := r.p.db.HurryChanges(r.ctx); err != nil && r.ctx.Err() == nil {
		r.p.log.Error("changes are not hurried", "error", err.Error())
	}
	opts, err := r.p.pullOptions(req)
	if err != nil {
		r.settle(stepUsual, syncer.Result{}, err)
		return
	}
	ranged := !opts.From.IsZero() || !opts.To.IsZero()
	if req.Deep && ranged {
		r.sync(stepUsual, opts)
		return
	}
	if ranged {
		looked := store.Span{FromMs: opts.From.UnixMilli(), ToMs: opts.To.UnixMilli()}
		wanted := looked
		if opts.To.IsZero() || opts.To.After(r.p.now()) {
			looked.ToMs, wanted.ToMs = r.p.now().UnixMilli(), syncer.Forever
		}
		if opts.From.IsZero() {
			looked.FromMs, wanted.FromMs = 0, 0
		}
		if err := syncer.Want(r.ctx, r.p.db, wanted); err != nil {
			r.settle(stepUsual, syncer.Result{}, err)
			return
		}
		r.mu.Lock()
		r.looked = looked
		r.mu.Unlock()
	}
	if req.Deep {
		if err := syncer.RereadAnew(r.ctx, r.p.db); err != nil {
			r.settle(stepUsual, syncer.Result{}, err)
			return
		}
	}
	r.mu.Lock()
	r.schedule.ask(time.Now(), req.Deep)
	r.load.begin()
	r.mu.Unlock()
	r.sync(stepUsual, syncer.PullOptions{})
}

// look lets days that somebody looks at and that are not stored come first, where a load is under way. Without a
// network they are noted as wanted, to come with the rest when it is back.
func (r *background) look(missing []store.Span) {
	if len(missing) == 0 {
		return
	}
	span := store.Span{FromMs: missing[0].FromMs, ToMs: missing[len(missing)-1].ToMs}
	r.mu.Lock()
	loading, lost := r.loop && r.status.Running && !within(span, r.looked), r.loop && r.schedule.lost > 0
	if loading || lost {
		r.looked = span
	}
	r.mu.Unlock()
	switch {
	case lost:
		if err := syncer.Want(r.ctx, r.p.db, span); err != nil && r.ctx.Err() == nil {
			r.p.log.Error("days that are looked at are not noted", "error", err.Error())
		}
	case loading:
		r.send(wakeUp{}) // the present round ends soon
	}
}

// within reports whether a span lies in another. What is looked at shrinks as it comes, which is no reason to begin
// anew.
func within(inner, outer store.Span) bool {
	return inner.FromMs >= outer.FromMs && inner.ToMs <= outer.ToMs
}

// delay is the time until something is due; a day when nothing is planned.
func (r *background) delay() time.Duration {
	if r.p.conn == nil {
		return 24 * time.Hour
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	do, at := r.schedule.next(now)
	if do == stepNone && at.IsZero() {
		return 24 * time.Hour
	}
	return max(at.Sub(now), 0)
}

// pause ends a running sync and the planned ones, or lets them go on. It holds over restarts.
func (r *background) pause(paused bool) error {
	text := ""
	if paused {
		text = pausedYes
	}
	err := r.p.db.SetSetting(r.ctx, settingPaused, text)
	r.mu.Lock()
	r.schedule.paused = paused
	if paused {
		r.stopped()
	} else {
		r.schedule.soon(time.Now())
	}
	r.mu.Unlock()
	r.send(wakeUp{})
	r.publish(true)
	return err
}

const (
	// settingPaused says whether the lead paused the sync.
	settingPaused = "sync.paused"
	pausedYes     = "yes"
)

// cancel ends what runs; what it left goes on with the next planned round.
func (r *background) cancel() {
	r.mu.Lock()
	r.stopped()
	r.schedule.ended(time.Now(), stepUsual, outcomeStopped)
	r.mu.Unlock()
	r.publish(true)
}

// stopped ends a running round; between two rounds there is none to say that it ended.
func (r *background) stopped() {
	if r.running != nil {
		r.running()
	} else {
		r.status.Running = false
	}
}

// sync makes a round.
func (r *background) sync(do step, opts syncer.PullOptions) {
	if r.p.conn == nil {
		r.settle(do, syncer.Result{}, ErrSignIn)
		return
	}
	ctx, cancel := context.WithCancel(r.ctx)
	defer cancel()
	r.mu.Lock()
	r.running = cancel
	opts.Again, opts.Onward = do == stepAgain, do != stepUsual
	opts.First = r.looked
	if !r.schedule.paused && opts.From.IsZero() && opts.To.IsZero() {
		opts.Enough = r.enough(r.load.patience(r.schedule.every))
	}
	r.status.Running, r.status.Wait = true, 0
	if do == stepUsual {
		r.status.Phase, r.status.Done, r.status.Expected = "", 0, 0
	}
	r.mu.Unlock()
	r.publish(true)
	result, err := r.p.syncOnce(ctx, opts, r.progress)
	r.mu.Lock()
	r.running = nil
	if result.ServerTime != "" { // a contact centre that was not reached said nothing
		r.status.ZoneUnknown, r.status.ZoneUsed, r.status.Doubted = result.ZoneUnknown, result.ZoneUsed, result.Doubted
	}
	r.mu.Unlock()
	if err == nil {
		r.planReread()
	}
	r.settle(do, result, err)
}

// enough ends a round after a while, or when something else waits.
func (r *background) enough(patience time.Duration) func(time.Duration) bool {
	return func(spent time.Duration) bool { return len(r.wake) > 0 || spent > patience }
}

func (r *background) progress(pr syncer.Progress) {
	r.mu.Lock()
	r.status.Phase = pr.Phase
	r.status.Done, r.status.Expected = r.load.at(pr, time.Now())
	r.status.Rate, r.status.Left = r.load.rate, r.load.left()
	r.status.Wait = 0
	r.mu.Unlock()
	r.publish(false)
}

// settle ends a round. One that was cancelled is no error, and one that left something to the next is no end.
func (r *background) settle(did step, result syncer.Result, err error) {
	how := outcomeOf(result, err)
	r.mu.Lock()
	r.schedule.ended(time.Now(), did, how)
	if how == outcomeMore {
		r.load.round()
	} else {
		r.load.begin()
		if how != outcomeLost {
			r.looked = store.Span{}
		}
	}
	next, _ := r.schedule.next(time.Now())
	r.status.Running = next == stepOnward || next == stepAgain
	r.status.Err = nil
	if did == stepUsual {
		r.status.Added = 0
	}
	r.status.Added += result.Added
	if how == outcomeLost || how == outcomeFailed {
		r.status.Err = err
		r.p.log.Warn("sync ended early", "error", err.Error())
	}
	r.mu.Unlock()
	r.countSoon() // the sync may have brought another zone
	r.publish(true)
}

func outcomeOf(result syncer.Result, err error) outcome {
	switch {
	case errors.Is(err, context.Canceled):
		return outcomeStopped
	case syncer.CodeOf(err) == syncer.CodeOffline:
		return outcomeLost
	case err != nil:
		return outcomeFailed
	case result.More:
		return outcomeMore
	}
	return outcomeDone
}

// push sends what waits; being offline is no problem, the changes wait on.
func (r *background) push() {
	r.p.listen.ChangesChanged()
	if r.p.conn == nil || r.isPaused() {
		return
	}
	if _, err := r.p.syncer().Push(r.ctx); err != nil && r.ctx.Err() == nil {
		r.settle(stepUsual, syncer.Result{}, err)
	}
	r.p.listen.ChangesChanged()
	r.publish(true)
}

func (r *background) isPaused() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.schedule.paused
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
