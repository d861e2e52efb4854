package profile

import (
	"context"
	"net"
	"slices"
	"strings"
	"time"

	"wapdesk/app/syncer"
	"wapdesk/app/system"
)

const (
	// beatEvery is how often the background looks at the clock and the network.
	beatEvery = 20 * time.Second
	// slept is how much longer two beats lie apart by the clock on the wall when the computer slept between them.
	slept = 40 * time.Second
	// gentleFor is how long a part of reading again takes at most.
	gentleFor = 20 * time.Second
	// gentleAfterFault is until reading again is tried after a fault.
	gentleAfterFault = 15 * time.Minute
)

// pulse notices that the computer slept or that its network is another.
type pulse struct {
	last      time.Time
	addresses string
}

// beat reports whether the computer slept since the last beat, and whether its addresses are others than then.
// Sleep is told by the clock on the wall, since others stand still meanwhile on some systems.
func (p *pulse) beat(now time.Time, addresses string) (woke, moved bool) {
	woke = now.Round(0).Sub(p.last.Round(0)) > beatEvery+slept
	moved = p.addresses != "" && addresses != "" && addresses != p.addresses
	p.last = now
	if addresses != "" {
		p.addresses = addresses
	}
	return woke, moved
}

// addresses are those of this computer but its own, in order; "" without a network.
func addresses() string {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return ""
	}
	var texts []string
	for _, a := range all {
		if ip, ok := a.(*net.IPNet); ok && !ip.IP.IsLoopback() && !ip.IP.IsLinkLocalUnicast() {
			texts = append(texts, ip.String())
		}
	}
	slices.Sort(texts)
	return strings.Join(texts, " ")
}

// beat looks at the clock and the network.
func (r *background) beat(p *pulse) {
	now := time.Now()
	woke, moved := p.beat(now, addresses())
	metered := r.metered()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.schedule.metered = metered
	if woke {
		r.p.log.Info("the computer slept")
		r.schedule.woke(now, afterWaking)
	}
	if moved && r.schedule.lost > 0 {
		r.schedule.woke(now, 0)
	}
}

// metered is what goes over the present network by itself.
func (r *background) metered() string {
	choice := r.p.Settings().SyncMetered
	if choice == MeteredAll || r.p.conn == nil || r.p.opts.Metered == nil {
		return MeteredAll
	}
	ctx, cancel := context.WithTimeout(r.ctx, time.Second)
	defer cancel()
	if r.p.opts.Metered(ctx) != system.Metered {
		return MeteredAll
	}
	return choice
}

// replanned takes over the settings that the plan is made by.
func (r *background) replanned() {
	every := time.Duration(r.p.Settings().SyncMinutes) * time.Minute
	metered := r.metered()
	r.mu.Lock()
	first := r.schedule.usual.IsZero()
	if every != r.schedule.every || first {
		r.schedule.every = every
		if !r.schedule.prompt {
			r.schedule.plan(time.Now())
		}
	}
	if r.schedule.prompt {
		r.schedule.prompt = false
		r.schedule.soon(time.Now())
	}
	r.schedule.metered = metered
	r.mu.Unlock()
	r.planReread()
}

// planReread plans when everything stored is read again. Demo data are not: they are made anew each day.
func (r *background) planReread() {
	if r.p.conn == nil || r.p.IsDemo() {
		return
	}
	reread, err := syncer.LastReread(r.ctx, r.p.db)
	if err != nil || r.lastSuccess(r.ctx) == 0 {
		return
	}
	now := time.Now()
	due := now
	if reread.BeganMs == 0 {
		due = now.Add(time.UnixMilli(reread.DoneMs).Add(rereadEvery).Sub(r.p.now()))
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.schedule.reread = due
}

// gently reads a part of what is stored again, on nobody's behalf: it is not shown as a sync, and ends as soon as
// anything else is to be done.
func (r *background) gently() {
	ctx, cancel := context.WithCancel(r.ctx)
	defer cancel()
	r.mu.Lock()
	r.quiet = cancel
	r.mu.Unlock()
	began := time.Now()
	_, err := r.p.syncer().Pull(ctx, syncer.PullOptions{Again: true, Gentle: true, Enough: r.enough(gentleFor)}, nil)
	pause := max(gentlePause, time.Since(began))
	if err != nil && ctx.Err() == nil {
		pause = gentleAfterFault // the usual rounds say what is wrong
		r.p.log.Warn("reading again ended early", "error", err.Error())
	}
	r.mu.Lock()
	r.quiet = nil
	r.schedule.gentle = time.Now().Add(pause)
	r.mu.Unlock()
	r.planReread()
	r.publish(true)
}
