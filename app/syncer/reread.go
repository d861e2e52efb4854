package syncer

import (
	"context"
	"encoding/json"
	"fmt"
	"math"

	"wapdesk/app/daktela"
	"wapdesk/store"
)

// Reread is how far reading again everything that is stored has come. It finds what nothing announces, such
// as late merges, and goes on over many pulls, newest first. All times are UTC ms, 0 for none.
type Reread struct {
	BeganMs int64 `json:"began,omitempty"` // by the server's clock; 0 while none is under way
	DownMs  int64 `json:"down,omitempty"`  // everything from here on was read again since
	DoneMs  int64 `json:"done,omitempty"`  // when everything had been read last, by the server's clock
}

// LastReread returns how far the file was read again.
func LastReread(ctx context.Context, db *store.DB) (Reread, error) {
	text, err := db.Cursor(ctx, cursorReread)
	if err != nil || text == "" {
		return Reread{}, err
	}
	var r Reread
	if json.Unmarshal([]byte(text), &r) != nil {
		return Reread{}, nil //nolint:nilerr // written by another version: it begins anew
	}
	return r, nil
}

// RereadAnew lets the next pull that reads again begin with the newest day, whatever was read before.
func RereadAnew(ctx context.Context, db *store.DB) error { return setReread(ctx, db, Reread{}) }

func setReread(ctx context.Context, db *store.DB, r Reread) error {
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return db.SetCursor(ctx, cursorReread, string(b))
}

// reread is a pull that goes on with reading again. It has no line in the log of syncs, of which it would
// soon leave no other.
func (p *pull) reread(ctx context.Context) (Result, error) {
	p.opts.Deep = true
	if err := p.pull(ctx); err != nil {
		return p.result, fmt.Errorf("read again: %w", err)
	}
	return p.result, nil
}

// planAgain is what is left to be read again.
func (p *pull) planAgain(ctx context.Context, everything []store.Span) ([]store.Span, error) {
	r, err := LastReread(ctx, p.db)
	if err != nil {
		return nil, err
	}
	if r.BeganMs == 0 {
		r.BeganMs, r.DownMs = p.nowMs, p.nowMs
		if err := setReread(ctx, p.db, r); err != nil {
			return nil, err
		}
	}
	return newestFirst(clip(everything, store.Span{FromMs: math.MinInt64, ToMs: r.DownMs})), nil
}

// reached notes that everything of the present span was read from a moment (UTC ms) on.
func (p *pull) reached(ctx context.Context, ms int64) error {
	p.oldestMs = min(p.oldestMs, ms)
	if ms < p.freshMs {
		p.older++
	}
	if !p.opts.Again {
		return nil
	}
	r, err := LastReread(ctx, p.db)
	if err != nil {
		return err
	}
	r.DownMs = ms
	return setReread(ctx, p.db, r)
}

// keepReread notes that everything was read again, unless something is left for a later pull.
func (p *pull) keepReread(ctx context.Context) error {
	if p.result.More && p.opts.Deep {
		return nil
	}
	return setReread(ctx, p.db, Reread{DoneMs: p.nowMs})
}

// enough reports whether the pull leaves what is older than a moment (UTC ms) to the next one.
func (p *pull) enough(ms int64) bool {
	if p.opts.Enough == nil || ms > p.freshMs || p.older == 0 || !p.opts.Enough(p.progress.spent()) {
		return false
	}
	p.result.More = true
	return true
}

// workers is how many interactions are asked about at the same time.
func (p *pull) workers() int {
	if p.opts.Gentle {
		return 1
	}
	return daktela.AtOnce
}
