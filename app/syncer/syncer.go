package syncer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"wapdesk/app/daktela"
	"wapdesk/store"
)

// Options of a Syncer.
type Options struct {
	// Log takes messages without personal data; nil drops them.
	Log *slog.Logger
	// Messages says whether transcripts and processes are downloaded.
	Messages bool
	// FirstDays is how far back the first pull goes when nobody says; 0 means 30.
	FirstDays int
	// Now is the clock that retries of changes are planned by, the same as the
	// file's; nil means time.Now. Nothing else looks at this computer's clock.
	Now func() time.Time
}

const (
	defaultFirstDays = 30
	hour             = int64(time.Hour / time.Millisecond)
	day              = 24 * hour
	// slidingDays is how far back every pull reads again: rows change for a
	// while after they are made, and nothing tells which (app/daktela/WIRE.md).
	slidingDays = 7
	// overlap covers clocks and rows that were being written during the last pull.
	overlap = hour
	// ahead lists rows whose time is a little after the server's own clock, and
	// those of the second pass through the hour that autumn repeats.
	ahead = 2 * hour
)

// Syncer moves data between one client and one file. It holds no state
// between calls; run one at a time on a file.
type Syncer struct {
	client *daktela.Client
	db     *store.DB
	opts   Options
	log    *slog.Logger
}

// New returns a syncer.
func New(client *daktela.Client, db *store.DB, opts Options) *Syncer {
	if opts.FirstDays <= 0 {
		opts.FirstDays = defaultFirstDays
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	log := opts.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Syncer{client: client, db: db, opts: opts, log: log}
}

// PullOptions say what to read. With both times zero it is the usual round:
// what is missing of the days ever asked for (the last 30 at first), the last
// seven days again, and what still changes.
type PullOptions struct {
	From time.Time // zero: no lower bound given
	To   time.Time // exclusive; zero: now
	// Deep reads everything in the range again, transcripts included, and
	// without a range everything ever asked for. It finds late pairings,
	// merges and anonymisations, which nothing announces.
	Deep bool
	// First is a stretch that is read before others, as far as it is missing: the days that somebody looks at.
	First store.Span
	// Enough lets a usual round end before everything is here, and is asked now and then with how long
	// the present phase takes. Whatever it says, the latest days are read, and some of the rest, so
	// that rounds come to an end; Result.More tells that another has something to do. nil reads everything.
	Enough func(spent time.Duration) bool
	// Again goes on with reading again everything that is stored, where an earlier pull left it; see Reread.
	Again bool
	// Onward says that this pull goes on with what another has just begun: what that one doubted waits for a later one.
	Onward bool
	// single is a pull of one interaction, which has no report.
	single bool
	// Gentle asks one question at a time, in favour of whoever else asks the contact centre.
	Gentle bool
}

// Pull reads from the contact centre. The result is filled as far as it got,
// also with an error. A pull that ends with an UnreadError or a ShortError has read everything else.
// progress may be nil; it is called from one goroutine at a time and always last with Final.
func (s *Syncer) Pull(ctx context.Context, opts PullOptions, progress func(Progress)) (Result, error) {
	if !opts.To.IsZero() && !opts.From.Before(opts.To) {
		return Result{}, fmt.Errorf("pull: the range ends before it begins: %w", store.ErrInvalid)
	}
	p := newPull(s, opts, progress)
	defer p.progress.final()
	if opts.Again {
		return p.reread(ctx)
	}
	run, err := s.db.StartRun(ctx, p.kind())
	if err != nil {
		return Result{}, fmt.Errorf("pull: %w", err)
	}
	err = p.pull(ctx)
	finishErr := s.db.FinishRun(context.WithoutCancel(ctx), store.Run{
		ID: run, Code: CodeOf(err), Read: int64(p.result.Interactions.Read), Stored: int64(p.result.Interactions.Stored),
		Added: int64(p.result.Added), Gone: int64(p.result.Interactions.Gone),
	})
	if err == nil {
		err = finishErr
	}
	if err != nil {
		return p.result, fmt.Errorf("pull: %w", err)
	}
	return p.result, nil
}

// pull reads, and completes what is kept of a pull, also after a cancel.
func (p *pull) pull(ctx context.Context) error {
	p.client.SetPageSize(p.pageSize(ctx))
	p.beginReport(ctx)
	err := p.run(ctx)
	settle := context.WithoutCancel(ctx)
	if keepErr := errors.Join(p.doubts.keep(settle, p.db, p.whole), p.keepPageSize(settle)); err == nil {
		err = keepErr
	}
	p.summarise(settle)
	if keepErr := p.keepReport(settle, err); err == nil {
		err = keepErr
	}
	return err
}

// Rights reads what the token's user may see and do, without storing it.
func (s *Syncer) Rights(ctx context.Context) (store.Rights, error) {
	p := newPull(s, PullOptions{}, nil)
	if err := p.whoAmI(ctx); err != nil {
		return store.Rights{}, fmt.Errorf("rights: %w", err)
	}
	_, rights, err := p.people(ctx)
	if err != nil {
		return store.Rights{}, fmt.Errorf("rights: %w", err)
	}
	return rights, nil
}
