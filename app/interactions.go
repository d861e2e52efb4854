package app

import (
	"context"

	"wapdesk/app/profile"
)

// Interactions answers the list: search, windows of rows, counts.
type Interactions struct{ a *App }

// firstRows is how many rows come with the answer of a search: as many as the tallest window shows
// of the smallest rows, so that they are painted without being asked for.
const firstRows = 64

// SearchResult is an applied search. Its rows do not change until the next search.
type SearchResult struct {
	Snapshot string             `json:"snapshot"`
	Total    int                `json:"total"`
	Rows     []Row              `json:"rows"` // the first; the others are asked for with Window
	Period   profile.PeriodInfo `json:"period"`
	Missing  []profile.DayRange `json:"missing"` // parts of the time asked for that are not stored
	// AsOfMs is up to when the result is true where only the newest minutes are not stored; else 0.
	AsOfMs int64 `json:"asOfMs"`
	// KeptFrom is the first day that is kept, when the period reaches before it: what is older is
	// past keeping. "" when the whole period is kept.
	KeptFrom string  `json:"keptFrom"`
	Summary  Summary `json:"summary"`
	Text     string  `json:"text"` // text form, for the route
	// Stored is at least the total, and 0 when nothing is on this computer at all: never synced.
	Stored int `json:"stored"`
	// NoRights is true when no user and queue is permitted.
	NoRights bool     `json:"noRights"`
	Refused  []string `json:"refused"` // chosen users and queues outside the rights
	// Words are the words of text: conditions, for marking in the transcript.
	Words []string `json:"words" personal:"gone"`
}

// Window is a part of a snapshot.
type Window struct {
	Offset int   `json:"offset"`
	Rows   []Row `json:"rows"`
}

// Changed says what a fresh search would show beyond the snapshot on screen.
type Changed struct {
	New     int      `json:"new"`
	Changed []string `json:"changed"` // names of rows that differ from what was shown of them
	// Missing is what of the period is not stored now: a sync may have brought it meanwhile.
	Missing []profile.DayRange `json:"missing"`
	AsOfMs  int64              `json:"asOfMs"`
}

// Search applies a filter and keeps its result for Window.
func (i *Interactions) Search(f profile.Filter) (SearchResult, error) {
	return ask(i.a, "Interactions.Search", func(ctx context.Context, p *profile.Profile) (SearchResult, error) {
		r, err := p.Search(ctx, i.a.veil.lift(f))
		if err != nil {
			return SearchResult{}, err
		}
		p.Keep(r)
		found := SearchResult{Snapshot: r.ID, Total: r.Total, Missing: r.Missing, AsOfMs: r.AsOfMs, KeptFrom: r.KeptFrom, Refused: []string{}, Words: r.Words()}
		if found.Period, err = p.Period(f.Time); err != nil {
			return SearchResult{}, err
		}
		if found.Rows, err = rowsOf(ctx, p, r, 0, firstRows); err != nil {
			return SearchResult{}, err
		}
		summary, err := r.Summary(ctx)
		if err != nil {
			return SearchResult{}, err
		}
		found.Summary = summaryOf(summary)
		// Counting everything takes a while at the start: it is asked for only where it may be nothing.
		if found.Stored = found.Total; found.Stored == 0 {
			if found.Stored, err = p.Stored(ctx); err != nil {
				return SearchResult{}, err
			}
		}
		if found.Stored == 0 {
			if found.NoRights, err = p.NothingPermitted(ctx); err != nil {
				return SearchResult{}, err
			}
		}
		for _, v := range r.Refused {
			found.Refused = append(found.Refused, v.Value)
		}
		found.Text, err = i.a.formatShown(ctx, p, f, "en")
		return found, err
	})
}

// Window reads rows of a kept result by their place.
func (i *Interactions) Window(id string, offset, limit int) (Window, error) {
	return ask(i.a, "Interactions.Window", func(ctx context.Context, p *profile.Profile) (Window, error) {
		r, err := p.Result(id)
		if err != nil {
			return Window{}, err
		}
		offset = max(offset, 0)
		rows, err := rowsOf(ctx, p, r, offset, min(max(limit, 0), profile.MaxWindow))
		return Window{Offset: offset, Rows: rows}, err
	})
}

// rowsOf reads rows of a result by their place.
func rowsOf(ctx context.Context, p *profile.Profile, r *profile.Result, offset, limit int) ([]Row, error) {
	dir, err := p.Directory(ctx)
	if err != nil {
		return nil, err
	}
	lines, err := p.Lines(ctx, r, offset, limit)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, 0, len(lines))
	for n := range lines {
		row := rowOf(&lines[n].Record, dir, p)
		row.Left = string(lines[n].Left)
		rows = append(rows, row)
	}
	return rows, nil
}

// Release forgets a result.
func (i *Interactions) Release(id string) error {
	if p, err := i.a.profiles.Open(); err == nil {
		p.Release(id)
	}
	return nil
}

// IndexOf returns the place of an interaction in a result, -1 when it is not in it.
func (i *Interactions) IndexOf(id, name string) (int, error) {
	return ask(i.a, "Interactions.IndexOf", func(ctx context.Context, p *profile.Profile) (int, error) {
		r, err := p.Result(id)
		if err != nil {
			return -1, err
		}
		return p.IndexOf(ctx, r, name)
	})
}

// Count returns the exact number of interactions a draft would show.
func (i *Interactions) Count(f profile.Filter) (int, error) {
	return ask(i.a, "Interactions.Count", func(ctx context.Context, p *profile.Profile) (int, error) {
		return p.Count(ctx, i.a.veil.lift(f))
	})
}

// Changed says how a result differs from what the same search would show now.
func (i *Interactions) Changed(id string) (Changed, error) {
	return ask(i.a, "Interactions.Changed", func(ctx context.Context, p *profile.Profile) (Changed, error) {
		r, err := p.Result(id)
		if err != nil {
			return Changed{}, err
		}
		d, err := p.Compare(ctx, r)
		return Changed(d), err
	})
}

// CopyRows returns what is left of a selection, for the clipboard.
func (i *Interactions) CopyRows(sel profile.Selection, columns []string, lang string) (profile.Copy, error) {
	return ask(i.a, "Interactions.CopyRows", func(ctx context.Context, p *profile.Profile) (profile.Copy, error) {
		return p.CopyRows(ctx, sel, columns, lang, i.a.veil.over(p).record)
	})
}
