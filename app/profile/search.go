package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// maxWindow bounds one window of rows; the page asks for 200.
const maxWindow = 1000

// maxSnapshots is how many results are kept: the one on screen, its predecessor for Back,
// and one for an open export dialog.
const maxSnapshots = 4

// snapshot is an applied search that windows are read from.
type snapshot struct {
	id     string
	filter Filter
	shot   *listing.Snapshot
}

type snapshots struct {
	mu   sync.Mutex
	next int
	kept []*snapshot // oldest first
}

func newSnapshots() *snapshots { return &snapshots{} }

func (s *snapshots) add(f Filter, shot *listing.Snapshot) *snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next++
	one := &snapshot{id: strconv.Itoa(s.next), filter: f, shot: shot}
	s.kept = append(s.kept, one)
	if len(s.kept) > maxSnapshots {
		s.kept = slices.Clone(s.kept[1:])
	}
	return one
}

func (s *snapshots) get(id string) (*snapshot, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range s.kept {
		if one.id == id {
			return one, nil
		}
	}
	return nil, &Error{Code: "stale_list"}
}

func (s *snapshots) drop(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = slices.DeleteFunc(s.kept, func(one *snapshot) bool { return one.id == id })
}

func (s *snapshots) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = nil
}

// Fields describes every field to the page.
func (i *Interactions) Fields() ([]FieldInfo, error) {
	var list []FieldInfo
	for _, f := range query.Fields() {
		ops := make([]string, len(f.Operators))
		for n, op := range f.Operators {
			ops[n] = string(op)
		}
		list = append(list, FieldInfo{
			Name: f.Name, Key: "field." + f.Name, Kind: f.Kind.String(), Operators: ops, Column: f.Column,
			Sortable: f.Sortable, Export: f.Exportable, Personal: f.Personal,
		})
	}
	return list, nil
}

// Search applies a filter and keeps its result for Window.
func (i *Interactions) Search(f Filter) (result SearchResult, err error) {
	defer i.c.guard("Interactions.Search", &err)
	ctx := i.c.context()
	p, err := i.c.profile()
	if err != nil {
		return SearchResult{}, err
	}
	shot, scope, err := i.c.ask(ctx, p, f)
	if err != nil {
		return SearchResult{}, err
	}
	kept := i.c.shots.add(f, shot)
	result = SearchResult{Snapshot: kept.id, Total: shot.Total(), Missing: []DayRange{}, Refused: []string{}, Words: wordsOf(f.query().Where)}
	if result.Period, err = i.c.periodInfo(p, f.Time); err != nil {
		return SearchResult{}, err
	}
	missing, err := i.c.gaps(ctx, p, shot)
	if err != nil {
		return SearchResult{}, err
	}
	result.Missing, result.AsOfMs = missing.days, missing.asOfMs
	if result.KeptFrom, err = i.c.keptFromDay(ctx, p, f.Time); err != nil {
		return SearchResult{}, err
	}
	summary, err := shot.Summary(ctx)
	if err != nil {
		return SearchResult{}, err
	}
	result.Summary = summaryOf(summary)
	// Counting everything takes a while at the start: it is asked for only where it may be nothing.
	if result.Stored = result.Total; result.Stored == 0 {
		if result.Stored, err = p.stored(ctx); err != nil {
			return SearchResult{}, err
		}
	}
	if result.Stored == 0 {
		if result.NoRights, err = i.c.noRights(ctx, p); err != nil {
			return SearchResult{}, err
		}
	}
	engine, err := p.listFor(ctx, f)
	if err != nil {
		return SearchResult{}, err
	}
	for _, v := range engine.View().Unknown(f.query().Where, scope) {
		result.Refused = append(result.Refused, v.Value)
	}
	result.Text, err = i.c.format(f.query().Where, "en")
	return result, err
}

// ask runs a filter against the list within the rights.
func (c *Core) ask(ctx context.Context, p *openProfile, f Filter) (*listing.Snapshot, query.Scope, error) {
	engine, err := p.listFor(ctx, f)
	if err != nil {
		return nil, query.Scope{}, err
	}
	scope, err := p.db.Scope(ctx)
	if err != nil {
		return nil, query.Scope{}, err
	}
	shot, err := engine.View().Search(ctx, f.query(), scope)
	if err != nil {
		return nil, query.Scope{}, fmt.Errorf("search: %w", err)
	}
	return shot, scope, nil
}

// everSynced tells whether a sync has ever ended: before that, missing rights mean nothing.
func (c *Core) everSynced(ctx context.Context, p *openProfile) bool {
	runs, err := p.db.Runs(ctx, 1)
	return err == nil && len(runs) > 0 && runs[0].EndedMs != listing.Unknown
}

// Window reads rows of a kept result by their place.
func (i *Interactions) Window(id string, offset, limit int) (w Window, err error) {
	defer i.c.guard("Interactions.Window", &err)
	p, err := i.c.profile()
	if err != nil {
		return Window{}, err
	}
	one, err := i.c.shots.get(id)
	if err != nil {
		return Window{}, err
	}
	dir, err := p.directory(i.c.context())
	if err != nil {
		return Window{}, err
	}
	offset = max(offset, 0)
	rows := one.shot.Window(offset, min(max(limit, 0), maxWindow))
	w = Window{Offset: offset, Rows: make([]Row, 0, len(rows))}
	for n := range rows {
		w.Rows = append(w.Rows, rowOf(&rows[n], dir))
	}
	return w, nil
}

// Release forgets a result.
func (i *Interactions) Release(id string) error {
	i.c.shots.drop(id)
	return nil
}

// IndexOf is the place of an interaction in a result, -1 when it is not in it.
func (i *Interactions) IndexOf(id, name string) (at int, err error) {
	defer i.c.guard("Interactions.IndexOf", &err)
	ctx := i.c.context()
	p, err := i.c.profile()
	if err != nil {
		return -1, err
	}
	one, err := i.c.shots.get(id)
	if err != nil {
		return -1, err
	}
	byName := Filter{Time: Period{Preset: allTime}, Where: &query.Node{Field: query.FieldID, Op: query.Is, Values: []string{name}}}
	found, _, err := i.c.ask(ctx, p, byName)
	if err != nil || found.Total() == 0 {
		return -1, err
	}
	return one.shot.IndexOf(found.IDs(0, 1)[0]), nil
}

// Count is the exact number of interactions a draft would show.
func (i *Interactions) Count(f Filter) (n int, err error) {
	defer i.c.guard("Interactions.Count", &err)
	ctx := i.c.context()
	p, err := i.c.profile()
	if err != nil {
		return 0, err
	}
	engine, err := p.listFor(ctx, f)
	if err != nil {
		return 0, err
	}
	scope, err := p.db.Scope(ctx)
	if err != nil {
		return 0, err
	}
	return engine.View().Count(ctx, f.query(), scope)
}

func summaryOf(s listing.Summary) Summary {
	out := Summary{
		Total: s.Total, Answered: s.Answered, Unanswered: s.NotAnswered, Missed: s.Missed, Waiting: s.MissedWaiting,
		Waited: s.Waited, MedianS: int64(s.WaitMedianS), P90S: int64(s.WaitP90S), Heat: []HeatCell{},
	}
	switch s.Heat.Kind {
	case listing.HeatHours:
		out.HeatKind = "day"
	case listing.HeatDays:
		out.HeatKind = "days"
	default:
		out.HeatKind = "weekdays"
	}
	for n, cell := range s.Heat.Cells {
		day, hour := n/24, n%24
		c := HeatCell{Day: day, Hour: hour, Count: cell.Count, Missed: cell.Missed}
		if day < len(s.Heat.Days) {
			c.FromMs = s.Heat.Days[day] + int64(hour)*3600_000
		}
		out.Heat = append(out.Heat, c)
	}
	return out
}

// wordsOf collects the words of text conditions that have to hold, for marking.
func wordsOf(n *query.Node) []string {
	words := []string{}
	if n == nil || n.Not {
		return words
	}
	if (n.Field == query.FieldText || n.Field == query.FieldAny) && n.Op == query.Contains {
		for _, v := range n.Values {
			words = append(words, strings.Fields(v)...)
		}
	}
	for _, group := range [][]query.Node{n.And, n.Or} {
		for k := range group {
			words = append(words, wordsOf(&group[k])...)
		}
	}
	return words
}
