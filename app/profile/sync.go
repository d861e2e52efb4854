package app

import (
	"context"
	"errors"
	"time"

	"wapdesk/app/syncer"
	"wapdesk/store/query"
)

// Background lets the open profile sync by itself while the program stays open.
func (c *Core) Background() {
	if p, err := c.profile(); err == nil {
		p.runner.background()
	}
}

// syncer makes the sync of a profile; it holds no state between runs.
func (c *Core) syncer(p *openProfile) *syncer.Syncer {
	return syncer.New(p.client, p.db, syncer.Options{Log: c.log, Messages: c.settings(p).SyncMessages, Now: c.now})
}

// syncOnce pulls, then pushes.
func (c *Core) syncOnce(ctx context.Context, p *openProfile, req SyncRequest, progress func(syncer.Progress)) (syncer.Result, error) {
	opts, err := c.pullOptions(p, req)
	if err != nil {
		return syncer.Result{}, err
	}
	s := c.syncer(p)
	first := p.demo != nil && p.runner.lastSuccess(ctx) == 0
	result, err := s.Pull(ctx, opts, progress)
	// A pull that lacks the rights alone has read the rest, and changes can be sent.
	_, unread := errors.AsType[*syncer.UnreadError](err)
	if err != nil && !unread {
		return result, err
	}
	if first {
		if err := p.demo.dress(ctx, p.db); err != nil {
			return result, err
		}
	}
	pushed, pushErr := s.Push(ctx)
	result.Changes = pushed
	if pushErr != nil {
		return result, pushErr
	}
	if _, keepErr := c.upkeep(ctx, p); keepErr != nil {
		return result, keepErr
	}
	return result, err
}

// SyncNow syncs the open profile for the command line.
func (c *Core) SyncNow(ctx context.Context, req SyncRequest, progress func(syncer.Progress)) (syncer.Result, error) {
	p, err := c.profile()
	if err != nil {
		return syncer.Result{}, err
	}
	if p.client == nil {
		return syncer.Result{}, &Error{Code: "sign_in"}
	}
	if err := p.db.HurryChanges(ctx); err != nil {
		return syncer.Result{}, err
	}
	return c.syncOnce(ctx, p, req, progress)
}

func (c *Core) pullOptions(p *openProfile, req SyncRequest) (syncer.PullOptions, error) {
	opts := syncer.PullOptions{Deep: req.Deep}
	r, err := c.clockOf(p).Bounds(req.From, req.To)
	if err != nil {
		return syncer.PullOptions{}, err
	}
	if r.FromMs != query.Beginning {
		opts.From = time.UnixMilli(r.FromMs)
	}
	if r.ToMs != query.Forever {
		opts.To = time.UnixMilli(r.ToMs)
	}
	return opts, nil
}

// Status is the state of the sync pill.
func (s *Sync) Status() (status SyncStatus, err error) {
	defer s.c.guard("Sync.Status", &err)
	p, err := s.c.profile()
	if err != nil {
		return SyncStatus{}, err
	}
	return p.runner.current()
}

// Start syncs as soon as a running sync has ended.
func (s *Sync) Start(r SyncRequest) (err error) {
	defer s.c.guard("Sync.Start", &err)
	p, err := s.c.profile()
	if err != nil {
		return err
	}
	if _, err := s.c.pullOptions(p, r); err != nil {
		return err
	}
	p.runner.background()
	p.runner.start(r)
	return nil
}

// Cancel ends a running sync; what was stored stays.
func (s *Sync) Cancel() (err error) {
	defer s.c.guard("Sync.Cancel", &err)
	p, err := s.c.profile()
	if err != nil {
		return err
	}
	p.runner.cancel()
	return nil
}

// Pause ends a running sync and the planned ones, or lets them go on.
func (s *Sync) Pause(paused bool) (err error) {
	defer s.c.guard("Sync.Pause", &err)
	p, err := s.c.profile()
	if err != nil {
		return err
	}
	p.runner.pause(paused)
	return nil
}

// Rights lists what the token's user may see.
func (s *Sync) Rights() (info RightsInfo, err error) {
	defer s.c.guard("Sync.Rights", &err)
	p, err := s.c.profile()
	if err != nil {
		return RightsInfo{}, err
	}
	return s.c.rights(s.c.context(), p)
}

func (c *Core) rights(ctx context.Context, p *openProfile) (RightsInfo, error) {
	info := RightsInfo{Users: []NamedRef{}, Queues: []NamedRef{}, Where: "Manage → Users → Rights"}
	rights, err := p.db.Rights(ctx)
	if err != nil {
		return RightsInfo{}, err
	}
	users, err := p.db.Users(ctx)
	if err != nil {
		return RightsInfo{}, err
	}
	queues, err := p.db.Queues(ctx)
	if err != nil {
		return RightsInfo{}, err
	}
	mayUser, mayQueue := set(rights.Users), set(rights.Queues)
	for _, u := range users {
		if rights.All || mayUser[u.Name] {
			info.Users = append(info.Users, NamedRef{Name: u.Name, Title: u.Title})
		}
	}
	for _, q := range queues {
		if rights.All || mayQueue[q.Name] {
			info.Queues = append(info.Queues, NamedRef{Name: q.Name, Title: q.Title})
		}
	}
	return info, nil
}
