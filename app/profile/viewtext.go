package profile

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"wapdesk/store/query"
)

// ErrViewText is returned for a text that is no view.
var ErrViewText = errors.New("the text is no view")

// The lines of a view's text begin with these, in every language, so that a view goes from one
// computer to another whatever is spoken at either.
const (
	viewName    = "wapdesk view"
	viewFilter  = "filter"
	viewSort    = "sort"
	viewColumns = "columns"
)

// ViewText writes a view as text to be passed on: its name, its filter in the text form, its sort
// and its columns, a line each. Users and queues are named by their titles.
func (p *Profile) ViewText(ctx context.Context, v SavedView) (string, error) {
	filter, err := p.FormatWhere(ctx, v.Filter.Query().Where, "en")
	if err != nil {
		return "", err
	}
	return viewText(v, filter), nil
}

func viewText(v SavedView, filter string) string {
	lines := []string{viewName + ": " + strings.Join(strings.Fields(v.Title), " "), viewFilter + ": " + filter}
	if len(v.Filter.Sort) > 0 {
		lines = append(lines, viewSort+": "+query.FormatSort(v.Filter.Sort))
	}
	if len(v.Columns) > 0 {
		lines = append(lines, viewColumns+": "+strings.Join(v.Columns, ", "))
	}
	return strings.Join(lines, "\n") + "\n"
}

// ReadView reads what ViewText wrote, which is not kept yet. Errors are ErrViewText, UnknownError for a
// column, a user or a queue that is not here, an error of the sort, and those of Parse for the filter.
func (p *Profile) ReadView(ctx context.Context, text string) (SavedView, error) {
	parts, err := viewParts(text)
	if err != nil {
		return SavedView{}, err
	}
	var where *query.Node
	if parts[viewFilter] != "" {
		if where, err = p.Parse(ctx, parts[viewFilter]); err != nil {
			return SavedView{}, err
		}
	}
	if err := p.knownHere(ctx, where); err != nil {
		return SavedView{}, err
	}
	sort, err := query.ParseSort(parts[viewSort])
	if err != nil {
		return SavedView{}, err
	}
	columns := []string{}
	for name := range strings.SplitSeq(parts[viewColumns], ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if f, ok := query.FieldByName(name); !ok || !f.Listable() {
			return SavedView{}, &UnknownError{What: AColumn, Name: name}
		}
		columns = append(columns, name)
	}
	return SavedView{Title: parts[viewName], Filter: FilterOf(query.Query{Where: where, Sort: sort}), Columns: columns}, nil
}

// knownHere refuses a filter that names users or queues whom nobody here bears: it would find nothing
// and not say why.
func (p *Profile) knownHere(ctx context.Context, n *query.Node) error {
	if n == nil {
		return nil
	}
	field := n.Field
	if field == query.FieldTook {
		field = query.FieldUser
	}
	if field == query.FieldUser || field == query.FieldQueue {
		if _, err := p.ResolveNames(ctx, field, n.Values); err != nil {
			return err
		}
	}
	for _, group := range [][]query.Node{n.And, n.Or} {
		for i := range group {
			if err := p.knownHere(ctx, &group[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// viewParts takes the lines of a view's text apart. A mail program may have added empty lines and spaces.
func viewParts(text string) (map[string]string, error) {
	parts := map[string]string{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		name, value, _ := strings.Cut(line, ":")
		name = strings.ToLower(strings.TrimSpace(name))
		switch _, twice := parts[name]; {
		case twice:
			return nil, fmt.Errorf("%w: a line twice", ErrViewText)
		case name != viewName && len(parts) == 0, name != viewName && name != viewFilter && name != viewSort && name != viewColumns:
			return nil, fmt.Errorf("%w: a line that is none of a view", ErrViewText)
		}
		parts[name] = strings.TrimSpace(value)
	}
	if parts[viewName] == "" {
		return nil, fmt.Errorf("%w: no name", ErrViewText)
	}
	return parts, nil
}
