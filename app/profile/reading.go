package profile

import (
	"context"
	"sync"

	"wapdesk/store"
	"wapdesk/store/listing"
)

// reading reads a result as what is stored, and permitted, is now. Nothing that a row says leaves
// in another way, so that what was erased or forbidden after a search is in none of its answers.
func (p *Profile) reading(ctx context.Context, r *Result) (*listing.Reading, error) {
	engine, err := p.listOf(ctx, r.rows.Owner())
	if err != nil {
		return nil, err
	}
	scope, err := p.db.Scope(ctx)
	if err != nil {
		return nil, err
	}
	return r.rows.In(engine.View(), scope), nil
}

// listOf is the engine that knows what became of the rows of another one: that of today's rows
// alone holds as long as nothing has changed while the whole list is being loaded.
func (p *Profile) listOf(ctx context.Context, owner *listing.Engine) (*listing.Engine, error) {
	select {
	case <-p.db.ListReady():
	default:
		p.todayMu.Lock()
		today := p.today
		p.todayMu.Unlock()
		if today == owner {
			return today, nil
		}
	}
	return p.list(ctx)
}

// Line is a row of a kept result.
type Line struct {
	listing.Record
	// Left says why the row is no longer in the list: store.CauseRights, CauseRetention, CauseGone;
	// "" while it is. Of such a row only the id is told, except that of one which is gone from the
	// contact centre and is still stored.
	Left store.Cause
}

// Lines returns rows of a kept result from a place on, at most limit, as they are now.
func (p *Profile) Lines(ctx context.Context, r *Result, offset, limit int) ([]Line, error) {
	rows, err := p.reading(ctx, r)
	if err != nil {
		return nil, err
	}
	records := rows.Window(offset, limit)
	lines := make([]Line, len(records))
	var left []int64
	for i := range records {
		lines[i].Record = records[i]
		if records[i].Name == "" {
			left = append(left, records[i].ID)
		}
	}
	r.shown.add(records)
	if len(left) == 0 {
		return lines, nil
	}
	why, err := p.db.Left(ctx, left)
	if err != nil {
		return nil, err
	}
	for i := range lines {
		if lines[i].Name != "" {
			continue
		}
		of := why[lines[i].ID]
		lines[i].Left = of.Cause
		if of.Record.Name != "" {
			lines[i].Record = of.Record
		}
	}
	return lines, nil
}

// Figures are the figures of what is left of a kept result.
func (p *Profile) Figures(ctx context.Context, r *Result) (*listing.Found, error) {
	rows, err := p.reading(ctx, r)
	if err != nil {
		return nil, err
	}
	return rows.Figures(ctx)
}

// maxShown is how many rows of a result are looked at for differences: as many as a page keeps.
const maxShown = 10_000

// shown remembers what rows looked like when they were first shown, as numbers that tell nothing.
type shown struct {
	mu   sync.Mutex
	rows map[int64]uint64 // fingerprints by id
}

func newShown() *shown { return &shown{rows: map[int64]uint64{}} }

func (s *shown) add(records []listing.Record) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range records {
		r := &records[i]
		if _, before := s.rows[r.ID]; !before && r.Name != "" && len(s.rows) < maxShown {
			s.rows[r.ID] = r.Fingerprint()
		}
	}
}

// differ gives the names of the rows that look different now.
func (s *shown) differ(now *listing.Reading) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	names := []string{}
	for id, before := range s.rows {
		if r, ok := now.Record(id); ok && r.Fingerprint() != before {
			names = append(names, r.Name)
		}
	}
	return names
}
