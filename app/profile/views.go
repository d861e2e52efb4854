package profile

import (
	"context"
	"encoding/json"
	"strings"

	"wapdesk/store"
	"wapdesk/store/query"
)

// SavedView is a filter with its columns and sort under a name. Built-in views have a
// key of the catalogue instead of a title.
type SavedView struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Key     string   `json:"key"`
	BuiltIn bool     `json:"builtIn"`
	Filter  Filter   `json:"filter"`
	Columns []string `json:"columns"` // empty: leave as they are
}

// builtIn makes a built-in view of today; its title comes from the catalogue.
func builtIn(id string, n *query.Node, sort ...query.SortKey) SavedView {
	if sort == nil {
		sort = []query.SortKey{}
	}
	return SavedView{ID: id, Key: "view." + id, BuiltIn: true, Columns: []string{},
		Filter: Filter{Time: Period{Preset: "today"}, Users: []string{}, Queues: []string{}, Where: n, Sort: sort}}
}

// builtInViews are there for every profile.
func builtInViews() []SavedView {
	missed := builtIn("missed", &query.Node{Field: query.FieldMissed, Op: query.AnyOf, Values: []string{"waiting"}},
		query.SortKey{Field: query.FieldMissedTime})
	missed.Filter.Time = Period{Preset: "last30days"}
	noContact := builtIn("nocontact", nil)
	noContact.Filter.NoContact = true
	return []SavedView{
		builtIn("all", nil),
		missed,
		builtIn("longwait", &query.Node{Field: query.FieldWait, Op: query.Gt, Values: []string{"5m"}}, query.SortKey{Field: query.FieldWait, Desc: true}),
		noContact,
		builtIn("anomaly", &query.Node{Field: query.FieldAnomaly, Op: query.AnyOf, Values: []string{"yes"}}),
	}
}

// viewBody is what the store keeps of a view.
type viewBody struct {
	Filter  Filter   `json:"filter"`
	Columns []string `json:"columns"`
}

// Views lists the built-in views and then the person's own.
func (p *Profile) Views(ctx context.Context) ([]SavedView, error) {
	kept, err := p.db.Views(ctx)
	if err != nil {
		return nil, err
	}
	views := append(builtInViews(), p.sweepViews()...)
	for _, v := range kept {
		var body viewBody
		if err := json.Unmarshal([]byte(v.Body), &body); err != nil {
			continue // of another version: left alone rather than lost
		}
		views = append(views, SavedView{ID: v.ID, Title: v.Title, Filter: body.Filter, Columns: nonNil(body.Columns)})
	}
	return views, nil
}

// SaveView adds a view, or replaces the one with its ID.
func (p *Profile) SaveView(ctx context.Context, v SavedView) (SavedView, error) {
	v.Title = strings.TrimSpace(v.Title)
	if v.Title == "" || len(v.Title) > 200 || v.BuiltIn {
		return SavedView{}, ErrViewTitle
	}
	body, err := json.Marshal(viewBody{Filter: v.Filter, Columns: nonNil(v.Columns)})
	if err != nil {
		return SavedView{}, err
	}
	kept, err := p.db.SaveView(ctx, store.SavedView{ID: v.ID, Title: v.Title, Body: string(body)})
	if err != nil {
		return SavedView{}, err
	}
	v.ID, v.Key = kept.ID, ""
	return v, nil
}

// DeleteView removes one of the person's own views.
func (p *Profile) DeleteView(ctx context.Context, id string) error { return p.db.DeleteView(ctx, id) }

func nonNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
