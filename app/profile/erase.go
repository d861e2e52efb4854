package app

import (
	"context"
	"sync"

	"wapdesk/store"
)

// maxErase bounds one anonymising from the dialog; more needs a narrower selection.
const maxErase = 1000

// eraseBatch is how many interactions one transaction erases: between two the person can
// stop, and each is on screen as done only when it is.
const eraseBatch = 25

// jobSlot holds the cancel of a job of which there is at most one.
type jobSlot struct {
	mu     sync.Mutex
	cancel context.CancelFunc
}

func (j *jobSlot) start(ctx context.Context) (context.Context, context.CancelFunc, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.cancel != nil {
		return nil, nil, &Error{Code: "already_running"}
	}
	ctx, cancel := context.WithCancel(ctx)
	j.cancel = cancel
	return ctx, func() {
		cancel()
		j.mu.Lock()
		j.cancel = nil
		j.mu.Unlock()
	}, nil
}

func (j *jobSlot) stop() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.cancel != nil {
		j.cancel()
	}
}

// Preview says what anonymising a selection would remove and what stays.
func (e *Erasure) Preview(sel Selection) (preview ErasePreview, err error) {
	defer e.c.guard("Erasure.Preview", &err)
	ctx := e.c.context()
	p, err := e.c.profile()
	if err != nil {
		return ErasePreview{}, err
	}
	names, err := e.c.selected(ctx, sel, maxErase+1)
	if err != nil {
		return ErasePreview{}, err
	}
	return e.c.ErasePreview(ctx, p, names)
}

// ErasePreview says what erasing these interactions would remove.
func (c *Core) ErasePreview(ctx context.Context, p *openProfile, names []string) (ErasePreview, error) {
	rights, err := p.db.Rights(ctx)
	if err != nil {
		return ErasePreview{}, err
	}
	found, err := p.db.PreviewErase(ctx, names)
	if err != nil {
		return ErasePreview{}, err
	}
	preview := ErasePreview{
		Interactions: found.Interactions, Already: found.Already, Messages: found.Messages, Files: found.Files,
		Contacts: found.Contacts, ContactsKept: found.Unlinked, Changes: found.Changes, Exports: []string{},
		Upstream: "manual", Anonymising: string(rights.Anonymising()),
		Allowed: rights.Anonymising() != store.AnonymisingLocal, Title: found.Title,
	}
	for _, x := range found.Exports {
		preview.Exports = append(preview.Exports, x.Path)
	}
	return preview, nil
}

// Anonymise erases a selection on this computer at once and for good. hereOnly asks nothing of the
// contact centre, which is the only way under a role that forbids anonymising.
func (e *Erasure) Anonymise(sel Selection, hereOnly bool) (result EraseResult, err error) {
	defer e.c.guard("Erasure.Anonymise", &err)
	p, err := e.c.profile()
	if err != nil {
		return EraseResult{}, err
	}
	ctx, done, err := e.c.erasing.start(e.c.context())
	if err != nil {
		return EraseResult{}, err
	}
	defer done()
	names, err := e.c.selected(ctx, sel, maxErase+1)
	if err != nil {
		return EraseResult{}, err
	}
	if len(names) > maxErase {
		return EraseResult{}, newError("too_many", nil, "max", "1000")
	}
	result, err = e.c.erase(ctx, p, names, hereOnly, func(n int) {
		e.c.emit(EventErase, EraseProgress{Done: n, Total: len(names), Phase: "erasing"})
	})
	e.c.emit(EventErase, EraseProgress{Done: result.Erased + result.Already, Total: len(names), Phase: "done"})
	if result.Erased > 0 {
		p.runner.compactSoon()
	}
	return result, err
}

// erase anonymises in batches; between two the context may end it.
func (c *Core) erase(ctx context.Context, p *openProfile, names []string, hereOnly bool, progress func(done int)) (EraseResult, error) {
	result := EraseResult{Failed: []string{}}
	for from := 0; from < len(names); from += eraseBatch {
		if result.Stopped = ctx.Err() != nil; result.Stopped {
			break // between two interactions, as the person asked
		}
		batch := names[from:min(from+eraseBatch, len(names))]
		// A batch that has begun is finished: half of a transaction is nothing to stop at.
		report, err := p.db.EraseAs(context.WithoutCancel(ctx), batch, store.Order{By: p.Login, HereOnly: hereOnly})
		if err != nil {
			return result, err
		}
		result.Erased += report.Erased
		result.Already += report.Already
		result.Failed = append(result.Failed, report.NotFound...)
		progress(from + len(batch))
	}
	return result, nil
}

// Stop ends a running anonymising after the interactions it is at.
func (e *Erasure) Stop() error {
	e.c.erasing.stop()
	return nil
}
