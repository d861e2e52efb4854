package syncer

import (
	"context"
	"strconv"

	"wapdesk/app/daktela"
	"wapdesk/store"
)

// pull is the state of one Pull.
type pull struct {
	*Syncer
	opts     PullOptions
	progress *reporter
	result   Result

	who     daktela.Whoim
	convert converter
	nowMs   int64 // the server's clock when the pull began
	lastMs  int64 // the same of the last complete pull, 0 for none
	// freshMs is where the part begins that every pull reads, and oldestMs where that ends which this one read.
	freshMs, oldestMs int64
	// unreviewedMs is from where on an earlier pull listed interactions and read no reviews.
	unreviewedMs int64
	older        int // stretches read beyond freshMs

	gone       []int64                           // gone before this pull
	listed     map[store.Name]bool               // interactions that the windows of this pull listed
	unseen     names                             // stored activities that their interactions did not list
	short      []store.Span                      // whose pages never added up
	closedWork map[store.Name][]daktela.Activity // closed since the last pull, by interaction
	contacts   names                             // referred to by rows that were new or changed
	tickets    names

	report Report
	tally  daktela.Tally // before this pull

	doubts *doubts
	whole  bool            // everything was asked for
	never  map[string]bool // lists that are the rights of which nothing was ever given

	transcripts relation
	flows       relation
	activities  relation // of one interaction
	reviewLists relation // of one activity
}

// names is a set of unique names.
type names map[store.Name]bool

func (n names) add(name store.Name) {
	if name != "" {
		n[name] = true
	}
}

func newPull(s *Syncer, opts PullOptions, progress func(Progress)) *pull {
	return &pull{
		Syncer: s, opts: opts, progress: newReporter(progress), result: Result{Unread: []Unread{}},
		listed: map[store.Name]bool{}, closedWork: map[store.Name][]daktela.Activity{}, contacts: names{}, tickets: names{}, unseen: names{},
		doubts: newDoubts(), oldestMs: forever,
	}
}

// kindReread is a part of reading everything again.
const kindReread = "reread"

// kind is what the log of runs calls it.
func (p *pull) kind() string {
	_, ranged := p.asked()
	switch {
	case p.opts.Again:
		return kindReread
	case p.opts.Deep:
		return "deep"
	case ranged:
		return "range"
	default:
		return "usual"
	}
}

func (p *pull) run(ctx context.Context) error {
	p.progress.phase(PhaseDirectory, 0)
	if err := p.whoAmI(ctx); err != nil {
		return err
	}
	if err := p.adoptZone(ctx); err != nil {
		return err
	}
	var err error
	if p.lastMs, err = p.cursorMs(ctx, cursorServer); err != nil {
		return err
	}
	if err := p.doubts.load(ctx, p.db, p.opts.Onward); err != nil {
		return err
	}
	if err := p.directory(ctx); err != nil {
		return err
	}
	if p.gone, err = p.db.Gone(ctx); err != nil {
		return err
	}
	spans, err := p.plan(ctx)
	if err != nil {
		return err
	}
	p.report.Asked = p.periods(spans)
	if err := p.willReview(ctx, spans); err != nil {
		return err
	}
	p.progress.phase(PhaseInteractions, p.expected(ctx, spans))
	for _, s := range spans {
		if p.enough(s.ToMs) {
			break
		}
		if err := p.span(ctx, s); err != nil {
			return err
		}
	}
	if err := p.forget(ctx); err != nil {
		return err
	}
	if err := p.changing(ctx); err != nil {
		return err
	}
	if err := p.reviews(ctx); err != nil {
		return err
	}
	if err := p.customers(ctx); err != nil {
		return err
	}
	if err := p.unread(ctx); err != nil {
		return err
	}
	if err := p.dropGone(ctx); err != nil {
		return err
	}
	if err := p.complete(ctx); err != nil {
		return err
	}
	if err := p.keepUnread(ctx); err != nil {
		return err
	}
	p.whole = true
	if err := p.unanswered(); err != nil {
		return err
	}
	if err := UnreadRights(p.result.Unread); err != nil {
		return err
	}
	return p.incomplete()
}

// incomplete is the end of a pull that read everything but some stretches, which stay to be downloaded.
func (p *pull) incomplete() error {
	if len(p.short) == 0 {
		return nil
	}
	for _, s := range p.short {
		p.result.Incomplete = append(p.result.Incomplete, p.period(s))
	}
	return &ShortError{p.result.Incomplete}
}

// dropGone removes what was gone before this pull began: an interaction that vanished stays to be
// seen until the next sync.
func (p *pull) dropGone(ctx context.Context) error {
	if p.opts.Again {
		return nil // nobody saw it begin
	}
	_, err := p.db.DropGone(ctx, p.gone)
	return err
}

// adoptZone keeps the contact centre's zone. When it changed, every stored
// moment was worked out with another one, so everything is read again.
func (p *pull) adoptZone(ctx context.Context) error {
	zone := p.convert.zone.Name()
	if zone == p.db.Zone().String() {
		known, err := p.db.KnownZone(ctx)
		if err != nil || known != "" {
			return err
		}
		return p.db.SetZone(ctx, zone) // from now on it is known, not only the default
	}
	covered, err := p.db.Coverage(ctx)
	if err != nil {
		return err
	}
	p.opts.Deep = p.opts.Deep || len(covered) > 0
	p.opts.Enough = nil // a later pull would take what is stored for unchanged
	// Should this pull end early, the next one has to begin anew with these as well.
	for _, key := range []string{cursorContacts, cursorAccounts, cursorTickets, cursorReviews} {
		if err := p.db.SetCursor(ctx, key, ""); err != nil {
			return err
		}
	}
	return p.db.SetZone(ctx, zone)
}

// expected asks how many interactions the spans hold. It is for the progress
// only, so a failure is left for the read itself to meet.
func (p *pull) expected(ctx context.Context, spans []store.Span) int64 {
	var sum int64
	for _, s := range spans {
		n, _, err := p.client.Interactions.Total(ctx, daktela.And(
			daktela.Gte("time", p.convert.zone.Wire(s.FromMs)), daktela.Lt("time", p.convert.zone.Wire(s.ToMs))))
		if err != nil || n < 0 {
			return 0
		}
		sum += int64(n)
	}
	return sum
}

// complete marks how far everything is known. A range that leaves out the
// latest days says nothing about them.
func (p *pull) complete(ctx context.Context) error {
	asked, ranged := p.asked()
	if !ranged && (p.opts.Deep || p.lastMs == 0) {
		if err := p.keepReread(ctx); err != nil {
			return err
		}
	}
	if p.opts.Again {
		return nil
	}
	if ranged && (asked.ToMs < p.nowMs || p.lastMs > 0 && asked.FromMs > p.lastMs-slidingDays*day) {
		return nil
	}
	return p.db.SetCursor(ctx, cursorServer, strconv.FormatInt(p.nowMs, 10))
}

func (p *pull) cursorMs(ctx context.Context, key string) (int64, error) {
	text, err := p.db.Cursor(ctx, key)
	if err != nil || text == "" {
		return 0, err
	}
	ms, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		//nolint:nilerr // written by another version: as if there were none
		return 0, nil
	}
	return ms, nil
}

func (p *pull) nowCursor(key string) map[string]string {
	return map[string]string{key: strconv.FormatInt(p.nowMs, 10)}
}
