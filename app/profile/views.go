package app

import (
	"context"
	"encoding/json"
	"strings"

	"wapdesk/store"
	"wapdesk/store/query"
)

// builtInViews are there for every profile; their titles come from the catalogue.
func builtInViews() []SavedView {
	one := func(id string, n *query.Node, sort ...query.SortKey) SavedView {
		if sort == nil {
			sort = []query.SortKey{}
		}
		return SavedView{ID: id, Key: "view." + id, BuiltIn: true, Columns: []string{},
			Filter: Filter{Time: Period{Preset: "today"}, Users: []string{}, Queues: []string{}, Where: n, Sort: sort}}
	}
	missed := one("missed", &query.Node{Field: query.FieldMissed, Op: query.AnyOf, Values: []string{"waiting"}},
		query.SortKey{Field: query.FieldMissedTime})
	missed.Filter.Time = Period{Preset: "last30days"}
	noContact := one("nocontact", nil)
	noContact.Filter.NoContact = true
	return []SavedView{
		one("all", nil),
		missed,
		one("longwait", &query.Node{Field: query.FieldWait, Op: query.Gt, Values: []string{"5m"}}, query.SortKey{Field: query.FieldWait, Desc: true}),
		noContact,
		one("anomaly", &query.Node{Field: query.FieldAnomaly, Op: query.AnyOf, Values: []string{"yes"}}),
	}
}

// viewBody is what the store keeps of a view.
type viewBody struct {
	Filter  Filter   `json:"filter"`
	Columns []string `json:"columns"`
}

// Views lists the built-in views and then the person's own.
func (i *Interactions) Views() (views []SavedView, err error) {
	defer i.c.guard("Interactions.Views", &err)
	p, err := i.c.profile()
	if err != nil {
		return nil, err
	}
	own, err := ownViews(i.c.context(), p.db)
	return append(builtInViews(), own...), err
}

func ownViews(ctx context.Context, db *store.DB) ([]SavedView, error) {
	kept, err := db.Views(ctx)
	if err != nil {
		return nil, err
	}
	var views []SavedView
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
func (i *Interactions) SaveView(v SavedView) (saved SavedView, err error) {
	defer i.c.guard("Interactions.SaveView", &err)
	p, err := i.c.profile()
	if err != nil {
		return SavedView{}, err
	}
	v.Title = strings.TrimSpace(v.Title)
	if v.Title == "" || len(v.Title) > 200 || v.BuiltIn {
		return SavedView{}, &Error{Code: "view_title"}
	}
	body, err := json.Marshal(viewBody{Filter: v.Filter, Columns: nonNil(v.Columns)})
	if err != nil {
		return SavedView{}, err
	}
	kept, err := p.db.SaveView(i.c.context(), store.SavedView{ID: v.ID, Title: v.Title, Body: string(body)})
	if err != nil {
		return SavedView{}, err
	}
	v.ID, v.Key = kept.ID, ""
	return v, nil
}

// DeleteView removes one of the person's own views.
func (i *Interactions) DeleteView(id string) (err error) {
	defer i.c.guard("Interactions.DeleteView", &err)
	p, err := i.c.profile()
	if err != nil {
		return err
	}
	return p.db.DeleteView(i.c.context(), id)
}

func nonNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
