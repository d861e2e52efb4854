package syncer

import (
	"cmp"
	"context"
	"encoding/json"
	"math"
	"slices"
	"time"

	"wapdesk/store"
)

// Marks that this package keeps in the file.
const (
	cursorServer     = "pull.server"   // server time (ms) at the start of the last complete pull
	cursorWanted     = "pull.wanted"   // spans ever asked for, as JSON; an open one ends at forever
	cursorUnread     = "pull.unread"   // lists that the last whole pull could not read, as JSON
	cursorContacts   = "pull.contacts" // server time (ms) up to which edited contacts were read
	cursorAccounts   = "pull.accounts"
	cursorTickets    = "pull.tickets"
	cursorReviews    = "pull.reviews"
	cursorUnreviewed = "pull.unreviewed" // from where on (UTC ms) interactions were listed whose reviews may not be read
	cursorReread     = "pull.reread"     // how far everything was read again, as JSON
	cursorDoubts     = "pull.doubts"     // interactions of which an answer lacked stored children, as JSON

	forever = math.MaxInt64
)

func (p *pull) wanted(ctx context.Context) ([]store.Span, error) { return wanted(ctx, p.db) }

// wanted reads the spans ever asked for.
func wanted(ctx context.Context, db *store.DB) ([]store.Span, error) {
	text, err := db.Cursor(ctx, cursorWanted)
	if err != nil || text == "" {
		return nil, err
	}
	var spans []store.Span
	if json.Unmarshal([]byte(text), &spans) != nil {
		//nolint:nilerr // written by another version: the usual days are asked for again
		return nil, nil
	}
	return union(spans), nil
}

func want(ctx context.Context, db *store.DB, spans []store.Span) error {
	b, err := json.Marshal(spans)
	if err != nil {
		return err
	}
	return db.SetCursor(ctx, cursorWanted, string(b))
}

// Want adds a stretch of time to what every usual pull completes, also where there is no network now. One that
// goes on for good ends at Forever.
func Want(ctx context.Context, db *store.DB, span store.Span) error {
	spans, err := wanted(ctx, db)
	if err != nil {
		return err
	}
	return want(ctx, db, union(append(spans, span)))
}

// Forever is the end (UTC ms) of a stretch that has none.
const Forever = forever

// plan works out which spans to list, newest first, and remembers a span that
// is asked for the first time, so that an interrupted pull is completed later.
func (p *pull) plan(ctx context.Context) ([]store.Span, error) {
	wanted, err := p.wanted(ctx)
	if err != nil {
		return nil, err
	}
	asked, explicit := p.asked()
	if !explicit && (len(wanted) == 0 || wanted[len(wanted)-1].ToMs != forever) {
		asked = store.Span{FromMs: p.midnight(p.Syncer.opts.FirstDays), ToMs: forever}
	}
	if asked != (store.Span{}) {
		wanted = union(append(wanted, asked))
		if err := want(ctx, p.db, wanted); err != nil {
			return nil, err
		}
	}
	past := store.Span{FromMs: math.MinInt64, ToMs: p.nowMs}
	// What is past keeping would only be removed again.
	if keptMs, on, err := p.db.KeptFrom(ctx); err != nil {
		return nil, err
	} else if on {
		past.FromMs = keptMs
		if explicit && asked.FromMs < keptMs {
			p.result.KeptFrom = time.UnixMilli(keptMs).In(p.convert.zone.Location()).Format(time.DateOnly)
		}
	}
	if explicit {
		return newestFirst(clip([]store.Span{asked}, past)), nil
	}
	everything := clip(wanted, past)
	if p.opts.Again {
		p.freshMs = forever // all of it can wait
		return p.planAgain(ctx, everything)
	}
	if p.opts.Deep {
		return newestFirst(everything), nil
	}
	var spans []store.Span
	for _, s := range everything {
		missing, err := p.db.Missing(ctx, s)
		if err != nil {
			return nil, err
		}
		spans = append(spans, missing...)
	}
	if p.lastMs > 0 {
		sliding := store.Span{FromMs: p.lastMs - slidingDays*day - overlap, ToMs: p.nowMs}
		spans = append(spans, clip(everything, sliding)...)
	}
	return p.inOrder(union(spans)), nil
}

// inOrder puts the latest days first, then those that somebody looks at, then the others, newest first.
func (p *pull) inOrder(spans []store.Span) []store.Span {
	if p.opts.Enough == nil && p.opts.First == (store.Span{}) {
		return newestFirst(spans) // in one piece, with fewer questions
	}
	p.freshMs = p.midnight(0)
	if p.lastMs > 0 {
		p.freshMs = p.lastMs - slidingDays*day - overlap
	}
	latest := store.Span{FromMs: p.freshMs, ToMs: forever}
	older := store.Span{FromMs: math.MinInt64, ToMs: p.freshMs}
	// Stretches are cut at whole seconds, as the wire has them.
	first := store.Span{FromMs: p.opts.First.FromMs / 1000 * 1000, ToMs: (p.opts.First.ToMs + 999) / 1000 * 1000}
	return slices.Concat(
		newestFirst(clip(spans, latest)),
		newestFirst(clip(clip(spans, older), first)),
		newestFirst(clip(clip(spans, older), store.Span{FromMs: first.ToMs, ToMs: forever})),
		newestFirst(clip(clip(spans, older), store.Span{FromMs: math.MinInt64, ToMs: first.FromMs})),
	)
}

// midnight is the start of a day so many days ago in the contact centre's zone.
func (p *pull) midnight(daysAgo int) int64 {
	now := time.UnixMilli(p.nowMs).In(p.convert.zone.Location())
	return time.Date(now.Year(), now.Month(), now.Day()-daysAgo, 0, 0, 0, 0, now.Location()).UnixMilli()
}

// asked is the range of the options, if they name one.
func (p *pull) asked() (store.Span, bool) {
	if p.opts.From.IsZero() && p.opts.To.IsZero() {
		return store.Span{}, false
	}
	s := store.Span{FromMs: p.opts.From.UnixMilli(), ToMs: forever}
	if p.opts.From.IsZero() {
		s.FromMs = earliest
	}
	if !p.opts.To.IsZero() {
		s.ToMs = p.opts.To.UnixMilli()
	}
	return s, true
}

// earliest is before the first WhatsApp interaction anybody can have (UTC ms
// of 2017-01-01): businesses could not use the channel until 2018.
const earliest = 1_483_228_800_000

func union(spans []store.Span) []store.Span {
	sorted := slices.Clone(spans)
	slices.SortFunc(sorted, func(a, b store.Span) int { return cmp.Compare(a.FromMs, b.FromMs) })
	var out []store.Span
	for _, s := range sorted {
		if s.FromMs >= s.ToMs {
			continue
		}
		if n := len(out); n > 0 && s.FromMs <= out[n-1].ToMs {
			out[n-1].ToMs = max(out[n-1].ToMs, s.ToMs)
			continue
		}
		out = append(out, s)
	}
	return out
}

func clip(spans []store.Span, to store.Span) []store.Span {
	var out []store.Span
	for _, s := range spans {
		s.FromMs, s.ToMs = max(s.FromMs, to.FromMs), min(s.ToMs, to.ToMs)
		if s.FromMs < s.ToMs {
			out = append(out, s)
		}
	}
	return out
}

func newestFirst(spans []store.Span) []store.Span {
	sorted := slices.Clone(spans)
	slices.SortFunc(sorted, func(a, b store.Span) int { return cmp.Compare(b.FromMs, a.FromMs) })
	return sorted
}
