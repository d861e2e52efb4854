package profile

import (
	"context"
	"errors"
	"time"

	"wapdesk/app/syncer"
	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// SyncRequest says what to download; empty means the usual round.
type SyncRequest struct {
	From string `json:"from"` // 2026-11-01
	To   string `json:"to"`
	Deep bool   `json:"deep"`
}

// syncer makes the sync of the profile; it holds no state between runs.
func (p *Profile) syncer() *syncer.Syncer {
	return syncer.New(p.conn.Client(), p.db, syncer.Options{Log: p.log, Messages: p.Settings().SyncMessages, Now: p.now})
}

// syncOnce pulls, then pushes.
func (p *Profile) syncOnce(ctx context.Context, opts syncer.PullOptions, progress func(syncer.Progress)) (syncer.Result, error) {
	s := p.syncer()
	first := p.demo != nil && p.background.lastSuccess(ctx) == 0
	result, err := s.Pull(ctx, opts, progress)
	// A pull that lacks the rights or a stretch of time alone has read the rest, and changes can be sent.
	_, unread := errors.AsType[*syncer.UnreadError](err)
	_, short := errors.AsType[*syncer.ShortError](err)
	if err != nil && !unread && !short {
		return result, p.withNothing(ctx, err)
	}
	if first {
		if err := p.dressDemo(ctx); err != nil {
			return result, err
		}
	}
	pushed, pushErr := s.Push(ctx)
	result.Changes = pushed
	if pushErr != nil {
		return result, pushErr
	}
	if _, keepErr := p.upkeep(ctx); keepErr != nil {
		return result, keepErr
	}
	return result, err
}

// withNothing adds to what went wrong that nothing is stored which would still work.
func (p *Profile) withNothing(ctx context.Context, err error) error {
	if n, countErr := p.db.Stored(context.WithoutCancel(ctx)); countErr != nil || n > 0 {
		return err
	}
	return errors.Join(ErrNothingStored, err)
}

// Sync downloads and sends, and returns when both are done.
func (p *Profile) Sync(ctx context.Context, req SyncRequest, progress func(syncer.Progress)) (syncer.Result, error) {
	if p.conn == nil {
		return syncer.Result{}, ErrSignIn
	}
	if err := p.db.HurryChanges(ctx); err != nil {
		return syncer.Result{}, err
	}
	opts, err := p.pullOptions(req)
	if err != nil {
		return syncer.Result{}, err
	}
	return p.syncOnce(ctx, opts, progress)
}

func (p *Profile) pullOptions(req SyncRequest) (syncer.PullOptions, error) {
	opts := syncer.PullOptions{Deep: req.Deep}
	r, err := p.Clock().Bounds(req.From, req.To)
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

// Background lets the profile sync by itself while the program stays open.
func (p *Profile) Background() { p.background.begin() }

// FirstSync starts a sync in the background where the program's opening is reason enough: the
// demo that is empty or behind, and a connected profile that syncs by itself.
func (p *Profile) FirstSync(ctx context.Context) error {
	if p.conn == nil {
		return nil // opened files and profiles without credentials have nothing to sync
	}
	if p.IsDemo() {
		if fresh, err := p.upToDate(ctx); err != nil || fresh {
			return err
		}
	}
	switch {
	case p.IsDemo():
		p.background.start(SyncRequest{})
	case p.Settings().SyncMinutes > 0:
		p.background.startPlanned()
	}
	return nil
}

// SyncStatus returns how far the sync is.
func (p *Profile) SyncStatus() (Status, error) { return p.background.current() }

// SyncReports are the reports of the last syncs, newest first. They hold nothing of any person, company or login.
func (p *Profile) SyncReports(ctx context.Context) ([]syncer.Report, error) {
	return syncer.Reports(ctx, p.db)
}

// StartSync syncs in the background, as soon as a running sync has ended.
func (p *Profile) StartSync(req SyncRequest) error {
	if _, err := p.pullOptions(req); err != nil {
		return err
	}
	p.background.begin()
	p.background.start(req)
	return nil
}

// CancelSync ends a running sync; what was stored stays.
func (p *Profile) CancelSync() { p.background.cancel() }

// PauseSync ends a running sync and the planned ones, or lets them go on. It holds until it is called again, also
// over restarts.
func (p *Profile) PauseSync(paused bool) error { return p.background.pause(paused) }

// Visible is what the user of the profile may see.
type Visible struct {
	Users  []listing.Ref
	Queues []listing.Ref
}

// Visible lists the users and queues that the user may see.
func (p *Profile) Visible(ctx context.Context) (Visible, error) {
	rights, err := p.db.Rights(ctx)
	if err != nil {
		return Visible{}, err
	}
	users, err := p.db.Users(ctx)
	if err != nil {
		return Visible{}, err
	}
	queues, err := p.db.Queues(ctx)
	if err != nil {
		return Visible{}, err
	}
	var v Visible
	mayUser, mayQueue := set(rights.Users), set(rights.Queues)
	for _, u := range users {
		if rights.All || mayUser[u.Name] {
			v.Users = append(v.Users, listing.Ref{Name: u.Name, Title: u.Title})
		}
	}
	for _, q := range queues {
		if rights.All || mayQueue[q.Name] {
			v.Queues = append(v.Queues, listing.Ref{Name: q.Name, Title: q.Title})
		}
	}
	return v, nil
}
