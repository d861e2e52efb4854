package demo

import (
	"net/url"
	"strings"
)

// selection is a tree of requested fields; nil asks for everything.
type selection map[string]selection

// fullDepth is how many levels of related rows a row brings along when no fields are named.
const fullDepth = 4

// selectionOf reads the parameter fields in its three encodings: fields[0]=a, fields[]=a and
// fields=a,b; nil when there is none.
func selectionOf(query url.Values) (selection, error) {
	root, err := parseBrackets(pick(query, "fields"))
	if err != nil {
		return nil, err
	}
	var sel selection
	for _, text := range root.child("fields").texts() {
		for field := range strings.SplitSeq(text, ",") {
			field = strings.TrimSpace(field)
			if field == "" {
				continue
			}
			if sel == nil {
				sel = selection{}
			}
			sel.add(strings.Split(field, "."))
		}
	}
	return sel, nil
}

// add puts a path into the tree. A field asked for as a whole stays whole.
func (s selection) add(path []string) {
	at := s
	for i, name := range path {
		kid, found := at[name]
		switch {
		case i == len(path)-1:
			at[name] = nil
		case found && kid == nil:
			return
		case !found:
			kid = selection{}
			at[name] = kid
		}
		at = kid
	}
}

// pick keeps the pairs of one parameter and its brackets.
func pick(query url.Values, name string) url.Values {
	picked := url.Values{}
	for key, values := range query {
		if key == name || strings.HasPrefix(key, name+"[") {
			picked[key] = values
		}
	}
	return picked
}

// render writes a row. With a selection only the named fields come, not even _sys; without
// one everything comes, related rows expanded to the depth.
func (q *ask) render(m *model, row any, sel selection, depth int, parent string) map[string]any {
	if sel != nil {
		out := make(map[string]any, len(sel))
		for name, kid := range sel {
			if a, found := m.attrOf(q, name); found {
				out[name] = q.value(m, a, row, kid, depth, parent)
			}
		}
		return out
	}
	out := make(map[string]any, len(m.attrs)+1)
	for name, a := range m.attrs {
		if a.heavy && depth < fullDepth || m.hidden != nil && m.hidden(q, name) {
			continue
		}
		out[name] = q.value(m, a, row, nil, depth, parent)
	}
	out["_sys"] = q.sys(m)
	return out
}

// sys is the note that the server adds to a whole row.
func (q *ask) sys(m *model) map[string]any {
	sys := map[string]any{"model": m.name, "hash": nil}
	if m.name == "contacts" || m.name == "accounts" {
		sys["cfScheme"] = customScheme()
	}
	return sys
}

// value writes one attribute of a row.
func (q *ask) value(m *model, a attr, row any, sel selection, depth int, parent string) any {
	if short := a.short[parent]; short != nil {
		return short(q, row)
	}
	value := a.get(q, row)
	if value == nil {
		return nil
	}
	switch a.kind {
	case one:
		return q.related(q.models[a.to], value.(string), sel, depth-1, m.name)
	case many:
		list := []any{}
		for _, name := range value.([]string) {
			if r := q.related(q.models[a.to], name, sel, depth-1, m.name); r != nil {
				list = append(list, r)
			}
		}
		return list
	case inside:
		return q.render(q.models[a.to], value, sel, depth-1, m.name)
	case insides:
		list := []any{}
		for _, within := range value.([]any) {
			list = append(list, q.render(q.models[a.to], within, sel, depth-1, m.name))
		}
		return list
	case lists:
		return customValue(value.(map[string][]string), sel)
	case plain:
		if at, isMoment := value.(Stamp); isMoment {
			return at.Text(q.zone)
		}
	}
	return value
}

// related writes a related row: reduced when the rights do not reach it, its name and title
// alone where the depth ends, null when it is gone.
func (q *ask) related(m *model, name string, sel selection, depth int, parent string) any {
	row := m.find(q, name)
	if row == nil {
		return nil
	}
	if m.reduce != nil {
		if only := m.reduce(q, row); only != nil {
			reduced := selection{}
			for _, field := range only {
				if _, wanted := sel[field]; wanted || sel == nil {
					reduced[field] = nil
				}
			}
			return q.render(m, row, reduced, depth, parent)
		}
	}
	if sel == nil && depth <= 0 {
		sel = selection{"name": nil, "title": nil}
	}
	return q.render(m, row, sel, depth, parent)
}

// customValue writes custom fields: lists of texts, and a blank one as a list with a null.
func customValue(fields map[string][]string, sel selection) any {
	out := map[string]any{}
	for name, values := range fields {
		if _, wanted := sel[name]; sel != nil && !wanted {
			continue
		}
		if len(values) == 0 {
			out[name] = []any{nil}
			continue
		}
		out[name] = values
	}
	if len(out) == 0 && sel == nil {
		return emptyList()
	}
	return out
}
