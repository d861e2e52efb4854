package profile

import (
	"context"
	"errors"
	"math"
	"sync"

	"wapdesk/store"
)

// eraseBatch is how many interactions one transaction erases: between two the person can
// stop, and each is on screen as done only when it is.
const eraseBatch = 25

// ErasePreview names what would go and what stays.
type ErasePreview struct {
	Interactions int      `json:"interactions"`
	Already      int      `json:"already"` // anonymised before
	Messages     int      `json:"messages"`
	Files        int      `json:"files"`
	Contacts     int      `json:"contacts"`              // contacts removed because nothing else uses them
	ContactsKept int      `json:"contactsKept"`          // contacts unlinked only
	Changes      int      `json:"changes"`               // queued changes that carry the person
	Exports      []string `json:"exports"`               // files exported earlier that hold them
	Upstream     string   `json:"upstream"`              // request, manual, file
	Anonymising  string   `json:"anonymising"`           // what the role says of it: allowed, local, unsaid
	Allowed      bool     `json:"allowed"`               // false when this computer's copy alone may be erased
	Title        string   `json:"title" personal:"text"` // of a single interaction
}

// EraseResult is what was done.
type EraseResult struct {
	Erased  int      `json:"erased"`
	Already int      `json:"already"`
	Failed  []string `json:"failed"` // unique names
	Stopped bool     `json:"stopped"`
	// Busy are profiles that another instance has open: they follow when they are opened next.
	Busy []string `json:"busy"`
}

// EraseProgress is how far an anonymising is.
type EraseProgress struct {
	Done  int    `json:"done"`
	Total int    `json:"total"`
	Phase string `json:"phase"` // erasing, compacting, done
}

// jobSlot holds the cancel of a job of which there is at most one.
type jobSlot struct {
	mu     sync.Mutex
	cancel context.CancelFunc
}

func (j *jobSlot) start(ctx context.Context) (context.Context, context.CancelFunc, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.cancel != nil {
		return nil, nil, ErrAlreadyRunning
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

// EraseTargets returns the unique names of the interactions to anonymise: of a filter, or of names
// and links. A name that is not stored is an error, so that a slip is noticed before anything goes.
func (p *Profile) EraseTargets(ctx context.Context, names []string, f *Filter) ([]string, error) {
	if f != nil {
		result, err := p.Search(ctx, *f)
		if err != nil {
			return nil, err
		}
		found := make([]string, 0, result.Total)
		for r := range result.shot.Records(ctx) {
			found = append(found, r.Name)
		}
		return found, ctx.Err()
	}
	found := make([]string, len(names))
	for i, name := range names {
		unique, err := p.NameOf(name)
		if err != nil {
			return nil, err
		}
		one, err := p.db.Find(ctx, unique)
		if err != nil {
			return nil, &UnknownError{What: AName, Name: name, cause: err}
		}
		found[i] = one.Interaction
	}
	return found, nil
}

// SelectedToErase returns the names of a selection, however many.
func (p *Profile) SelectedToErase(ctx context.Context, sel Selection) ([]string, error) {
	return p.Selected(ctx, sel, math.MaxInt)
}

// PreviewErase says what anonymising these interactions would remove and what stays.
func (p *Profile) PreviewErase(ctx context.Context, names []string) (ErasePreview, error) {
	rights, err := p.db.Rights(ctx)
	if err != nil {
		return ErasePreview{}, err
	}
	found, err := p.db.PreviewErase(ctx, names)
	if err != nil {
		return ErasePreview{}, err
	}
	call, err := p.db.AnonymiseCall(ctx)
	if err != nil {
		return ErasePreview{}, err
	}
	preview := ErasePreview{
		Interactions: found.Interactions, Already: found.Already, Messages: found.Messages, Files: found.Files,
		Contacts: found.Contacts, ContactsKept: found.Unlinked, Changes: found.Changes, Exports: []string{},
		Upstream: "manual", Anonymising: string(rights.Anonymising()),
		Allowed: rights.Anonymising() != store.AnonymisingLocal, Title: found.Title,
	}
	switch {
	case p.IsFile():
		preview.Upstream = "file" // the file says nothing of where its rows come from
	case !call.None():
		preview.Upstream = "request"
	}
	for _, x := range found.Exports {
		preview.Exports = append(preview.Exports, x.Path)
	}
	return preview, nil
}

// Anonymise erases a selection on this computer at once and for good, and rewrites the file soon.
// hereOnly asks nothing of the contact centre, which is the only way under a role that forbids
// anonymising. StopErasing ends it between two interactions.
func (p *Profile) Anonymise(ctx context.Context, sel Selection, hereOnly bool) (EraseResult, error) {
	ctx, done, err := p.erasing.start(ctx)
	if err != nil {
		return EraseResult{}, err
	}
	defer done()
	names, err := p.SelectedToErase(ctx, sel)
	if err != nil {
		return EraseResult{}, err
	}
	filter, err := p.filterOf(ctx, sel)
	if err != nil {
		return EraseResult{}, err
	}
	result, err := p.erase(ctx, names, store.Order{HereOnly: hereOnly, Filter: filter}, func(n int) {
		p.listen.Erasing(EraseProgress{Done: n, Total: len(names), Phase: "erasing"})
	})
	p.listen.Erasing(EraseProgress{Done: result.Erased + result.Already, Total: len(names), Phase: "done"})
	if result.Erased > 0 {
		p.background.compactSoon()
		busy, busyErr := p.busyElsewhere()
		result.Busy, err = busy, errors.Join(err, busyErr)
	}
	return result, err
}

// filterOf returns for the ledger the filter that chose a selection; "" when rows were ticked one by one.
func (p *Profile) filterOf(ctx context.Context, sel Selection) (string, error) {
	if !sel.All {
		return "", nil
	}
	r, err := p.results.get(sel.Snapshot)
	if err != nil {
		return "", err
	}
	return p.ledgerFilter(ctx, r.query.Where)
}

// StopErasing ends a running Anonymise after the interactions it is at.
func (p *Profile) StopErasing() { p.erasing.stop() }

// EraseOptions are the choices of AnonymiseNow.
type EraseOptions struct {
	HereOnly bool // nothing is asked of the contact centre
	Later    bool // the file is rewritten at the next start
	// Filter is what chose the interactions, for the ledger; nil when they were named.
	Filter *Filter
}

// AnonymiseNow erases interactions and returns when the file was rewritten. Under a role that
// forbids anonymising it needs HereOnly, and returns ErrHereOnly without. Where ctx ends it after some
// were erased, it returns an UnfinishedError.
func (p *Profile) AnonymiseNow(ctx context.Context, names []string, opts EraseOptions) (EraseResult, error) {
	rights, err := p.db.Rights(ctx)
	if err != nil {
		return EraseResult{}, err
	}
	if rights.Anonymising() == store.AnonymisingLocal && !opts.HereOnly {
		return EraseResult{}, ErrHereOnly
	}
	order := store.Order{HereOnly: opts.HereOnly}
	if opts.Filter != nil {
		if order.Filter, err = p.ledgerFilter(ctx, opts.Filter.Query().Where); err != nil {
			return EraseResult{}, err
		}
	}
	result, err := p.erase(ctx, names, order, func(int) {})
	switch {
	case err != nil:
		return result, err
	case result.Stopped:
		return result, unfinished(ctx, result, len(names))
	case opts.Later:
		p.leaveForNextStart()
		return result, nil
	}
	result.Busy, err = p.compact(ctx)
	if err != nil && ctx.Err() != nil {
		return result, unfinished(ctx, result, len(names))
	}
	return result, err
}

// unfinished is how an anonymising ends that was cancelled; one that had erased nothing was only cancelled.
func unfinished(ctx context.Context, result EraseResult, total int) error {
	if result.Erased == 0 {
		return ctx.Err()
	}
	return &UnfinishedError{What: "anonymise", Done: result.Erased + result.Already, Total: total, cause: ctx.Err()}
}

// erase anonymises in batches; between two the context may end it.
func (p *Profile) erase(ctx context.Context, names []string, order store.Order, progress func(done int)) (EraseResult, error) {
	result := EraseResult{Failed: []string{}, Busy: []string{}}
	order.By = p.Login
	for from := 0; from < len(names); from += eraseBatch {
		if result.Stopped = ctx.Err() != nil; result.Stopped {
			break // between two interactions, as the person asked
		}
		batch := names[from:min(from+eraseBatch, len(names))]
		// A batch that has begun is finished: half of a transaction is nothing to stop at.
		report, err := p.db.EraseAs(context.WithoutCancel(ctx), batch, order)
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
