package profile

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// MaxWindow bounds one window of rows; the page asks for 200.
const MaxWindow = 1000

// maxResults is how many results are kept: the one on screen, its predecessor for Back,
// and one for an open export dialog.
const maxResults = 4

// Result is an answer to a filter that does not change while it is read.
type Result struct {
	ID      string // "" when it is not kept
	Total   int
	Missing []DayRange // parts of the time asked for that are not stored
	// AsOfMs is up to when the result is true where only the newest minutes are not stored; else 0.
	AsOfMs int64
	// KeptFrom is the first day that is kept, when the period reaches before it: what is older is
	// past keeping. "" when the whole period is kept.
	KeptFrom string
	Refused  []listing.UnknownValue

	query query.Query
	shot  *listing.Snapshot // as of the search; nil in what is kept
	rows  *listing.Kept
	shown *shown
}

// Rows returns the rows from a place on, at most limit. It is for a result that was just found.
func (r *Result) Rows(offset, limit int) []listing.Record { return r.shot.Window(offset, limit) }

// Words returns the words of text conditions that have to hold, for marking in the transcript.
func (r *Result) Words() []string { return words(r.query.Where) }

// Summary returns the figures of the rows. It is for a result that was just found.
func (r *Result) Summary(ctx context.Context) (listing.Summary, error) { return r.shot.Summary(ctx) }

// Found is what was found, for figures of it. It is for a result that was just found.
func (r *Result) Found() *listing.Found { return &r.shot.Found }

// results are those that were kept for their rows to be read. They hold no values of the rows.
type results struct {
	ids  *counter
	mu   sync.Mutex
	kept []*Result // oldest first
}

func newResults(ids *counter) *results { return &results{ids: ids} }

func (s *results) add(r *Result) {
	r.ID = s.ids.next()
	kept := *r
	kept.shot = nil
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = append(s.kept, &kept)
	if len(s.kept) > maxResults {
		s.kept = slices.Clone(s.kept[1:])
	}
}

func (s *results) get(id string) (*Result, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.kept {
		if r.ID == id {
			return r, nil
		}
	}
	return nil, ErrStale
}

func (s *results) drop(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = slices.DeleteFunc(s.kept, func(r *Result) bool { return r.ID == id })
}

func (s *results) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = nil
}

// engineAndScope returns what answers a filter, and what of it may be seen.
func (p *Profile) engineAndScope(ctx context.Context, f Filter) (*listing.View, query.Scope, error) {
	engine, err := p.listFor(ctx, f)
	if err != nil {
		return nil, query.Scope{}, err
	}
	scope, err := p.db.Scope(ctx)
	if err != nil {
		return nil, query.Scope{}, err
	}
	return engine.View(), scope, nil
}

// Search runs a filter against the list within the rights.
func (p *Profile) Search(ctx context.Context, f Filter) (*Result, error) {
	view, scope, err := p.engineAndScope(ctx, f)
	if err != nil {
		return nil, err
	}
	r := &Result{query: f.Query(), shown: newShown()}
	if r.shot, err = view.Search(ctx, r.query, scope); err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	r.rows = r.shot.Keep()
	r.Total, r.Refused = r.shot.Total(), view.Unknown(r.query.Where, scope)
	missing, err := p.gaps(ctx, r.rows)
	if err != nil {
		return nil, err
	}
	p.background.look(missing.spans)
	r.Missing, r.AsOfMs = missing.days, missing.asOfMs
	r.KeptFrom, err = p.keptFromDay(ctx, f.Time)
	return r, err
}

// Keep keeps a result for Result until some more were kept, or Release.
func (p *Profile) Keep(r *Result) { p.results.add(r) }

// Result returns a kept result, or ErrStale.
func (p *Profile) Result(id string) (*Result, error) { return p.results.get(id) }

// Release forgets a kept result.
func (p *Profile) Release(id string) { p.results.drop(id) }

// Text writes the filter of a result in its text form.
func (p *Profile) Text(ctx context.Context, r *Result, lang string) (string, error) {
	return p.FormatWhere(ctx, r.query.Where, lang)
}

// IndexOf returns the place of an interaction in a result, -1 when it is not in it.
func (p *Profile) IndexOf(ctx context.Context, r *Result, name string) (int, error) {
	byName := Filter{Time: Period{Preset: AllTime}, Where: &query.Node{Field: query.FieldID, Op: query.Is, Values: []string{name}}}
	view, scope, err := p.engineAndScope(ctx, byName)
	if err != nil {
		return -1, err
	}
	found, err := view.Search(ctx, byName.Query(), scope)
	if err != nil || found.Total() == 0 {
		return -1, err
	}
	rows, err := p.reading(ctx, r)
	if err != nil {
		return -1, err
	}
	return rows.IndexOf(found.IDs(0, 1)[0]), nil
}

// Count returns the exact number of interactions that a filter finds.
func (p *Profile) Count(ctx context.Context, f Filter) (int, error) {
	view, scope, err := p.engineAndScope(ctx, f)
	if err != nil {
		return 0, err
	}
	return view.Count(ctx, f.Query(), scope)
}

// Facets counts, for each value of a choice field, the interactions that it would give under the
// rest of a filter. Groups come first, then the values, the lack of any last.
func (p *Profile) Facets(ctx context.Context, field string, f Filter) ([]listing.Facet, error) {
	info, ok := query.FieldByName(field)
	if !ok || info.Kind != query.KindChoice {
		return nil, &UnknownError{What: AColumn, Name: field}
	}
	view, scope, err := p.engineAndScope(ctx, f)
	if err != nil {
		return nil, err
	}
	name := info.Name
	if name == query.FieldUser {
		name = f.userField()
	}
	facets, err := view.Facets(ctx, name, f.without(info.Name).Query(), scope)
	if err != nil {
		return nil, err
	}
	place := map[string]int{"group": 0, "item": 1, "none": 2}
	slices.SortStableFunc(facets, func(a, b listing.Facet) int { return place[FacetKind(a)] - place[FacetKind(b)] })
	return facets, nil
}

// CheckNames sees that every queue, user and connector a filter names is there and within the
// rights, so that a slip is an error and not an empty list.
func (p *Profile) CheckNames(ctx context.Context, f Filter) error {
	view, scope, err := p.engineAndScope(ctx, f)
	if err != nil {
		return err
	}
	unknown := view.Unknown(f.Query().Where, scope)
	if len(unknown) == 0 {
		return nil
	}
	what := AName
	switch first := unknown[0]; first.Field {
	case query.FieldUser, query.FieldTook:
		what = query.FieldUser
	case query.FieldQueue:
		what = query.FieldQueue
	}
	return &UnknownError{What: what, Name: unknown[0].Value}
}

// Difference is what a fresh search would show beyond a result.
type Difference struct {
	New     int
	Changed []string   // names of rows that differ from what was shown of them
	Missing []DayRange // what of the period is not stored now: a sync may have brought it meanwhile
	AsOfMs  int64
}

// Compare says how a result differs from what the same search would find now.
func (p *Profile) Compare(ctx context.Context, r *Result) (Difference, error) {
	rows, err := p.reading(ctx, r)
	if err != nil {
		return Difference{}, err
	}
	diff, err := rows.Compare(ctx)
	if err != nil {
		return Difference{}, err
	}
	missing, err := p.gaps(ctx, r.rows)
	if err != nil {
		return Difference{}, err
	}
	return Difference{New: diff.Added, Changed: r.shown.differ(rows), Missing: missing.days, AsOfMs: missing.asOfMs}, nil
}

// Selection names rows of a kept result: all but Except, or exactly Names.
type Selection struct {
	Snapshot string   `json:"snapshot"`
	All      bool     `json:"all"`
	Except   []string `json:"except"`
	Names    []string `json:"names"`
}

// Selected returns the unique names of a selection in the order of its list, at most limit.
func (p *Profile) Selected(ctx context.Context, sel Selection, limit int) ([]string, error) {
	if sel.Snapshot == "" {
		// From the details: one interaction that need not be in the list on screen.
		return sel.Names[:min(len(sel.Names), limit)], nil
	}
	r, err := p.results.get(sel.Snapshot)
	if err != nil {
		return nil, err
	}
	rows, err := p.reading(ctx, r)
	if err != nil {
		return nil, err
	}
	names := []string{}
	for rec := range rows.Records(ctx, sel.takes()) {
		if len(names) == limit {
			break
		}
		names = append(names, rec.Name)
	}
	return names, ctx.Err()
}

// takes returns whether a row is selected, by its unique name; nil takes all.
func (s Selection) takes() func(name string) bool {
	if s.All && len(s.Except) == 0 {
		return nil
	}
	chosen := set(s.Names)
	if s.All {
		chosen = set(s.Except)
	}
	return func(name string) bool { return chosen[name] != s.All }
}

func set(names []string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}

// FacetKind returns what a value of Facets is: a group of values, a single one, or the lack of any.
func FacetKind(f listing.Facet) string {
	switch {
	case f.Group:
		return "group"
	case f.Value == query.NoneValue:
		return "none"
	}
	return "item"
}
