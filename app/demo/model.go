package demo

import (
	"iter"
	"net/url"
)

// kind is what an attribute gives.
type kind int

const (
	plain   kind = iota // nil, bool, int64, float64, string or Stamp
	one                 // the unique name of a related row, nil for none
	many                // unique names of related rows
	inside              // a row within the row, nil for none
	insides             // rows within the row
	lists               // map[string][]string: custom fields
	opaque              // any JSON
)

// attr is a field of a model.
type attr struct {
	kind kind
	to   string // model of the related rows
	get  func(q *ask, row any) any
	// short replaces a related row where the named model is the parent.
	short map[string]func(q *ask, row any) any
	// heavy attributes come only with the whole row or when they are asked for at the top.
	heavy bool
}

// model is a kind of rows that the API offers. Models without rows exist only inside others.
type model struct {
	name   string
	module string // key in the role's options, "" when every viewer may read
	attrs  map[string]attr
	sorts  []string // fields that may be sorted by
	search []string // fields that q looks into
	// moment is the field that rows are ordered by, "" for none.
	moment string
	// rows are the viewer's rows within the bounds, in the table's order.
	rows func(q *ask, within bounds) iter.Seq[any]
	// find gives a row by its unique name, also one outside the rights; nil when there is none.
	find      func(q *ask, name string) any
	visible   func(q *ask, row any) bool
	relations map[string]relation
	// reduce names the only attributes shown of a related row; nil means all.
	reduce func(q *ask, row any) []string
	hidden func(q *ask, name string) bool // attributes the release does not know
	writer *writer
}

// relation lists the rows related to a row.
type relation func(q *ask, row any, query url.Values) answer

// bounds narrow a scan; a zero field does not narrow. They may let too much through, never too little.
type bounds struct {
	from, to Stamp // by the model's moment, both inclusive
	names    []string
}

// attrOf finds an attribute that the release knows.
func (m *model) attrOf(q *ask, name string) (attr, bool) {
	a, found := m.attrs[name]
	if found && m.hidden != nil && m.hidden(q, name) {
		return attr{}, false
	}
	return a, found
}

// scalar makes an attribute of a plain value.
func scalar[T, V any](get func(*T) V) attr {
	return attr{get: func(_ *ask, row any) any { return get(row.(*T)) }}
}

// seconds makes an attribute of a number of seconds that may be Unknown.
func seconds[T any](get func(*T) int64) attr {
	return attr{get: func(_ *ask, row any) any {
		if n := get(row.(*T)); n != Unknown {
			return n
		}
		return nil
	}}
}

// orNull makes an attribute of a text whose empty form is null.
func orNull[T any](get func(*T) string) attr {
	return attr{get: func(_ *ask, row any) any {
		if text := get(row.(*T)); text != "" {
			return text
		}
		return nil
	}}
}

// moment makes an attribute of a moment that may be null.
func moment[T any](get func(*T) Stamp) attr {
	return attr{get: func(_ *ask, row any) any {
		if at := get(row.(*T)); at != 0 {
			return at
		}
		return nil
	}}
}

// key makes a reference to one row of a model; nil for none.
func key[T any](to string, get func(*T) string) attr {
	a := orNull(get)
	a.kind, a.to = one, to
	return a
}

// numberKey makes a reference to a row that is named by a number.
func numberKey[T any](to string, get func(*T) int64) attr {
	return attr{kind: one, to: to, get: func(_ *ask, row any) any {
		if n := get(row.(*T)); n != 0 {
			return number(n)
		}
		return nil
	}}
}

// keys makes a reference to many rows of a model.
func keys[T any](to string, get func(*T) []string) attr {
	return attr{kind: many, to: to, get: func(_ *ask, row any) any { return get(row.(*T)) }}
}

// custom makes the custom fields of a row.
func custom[T any](get func(*T) map[string][]string) attr {
	return attr{kind: lists, get: func(_ *ask, row any) any { return get(row.(*T)) }}
}

// raw makes an attribute that is passed on as JSON.
func raw[T any](get func(q *ask, row *T) any) attr {
	return attr{kind: opaque, get: func(q *ask, row any) any { return get(q, row.(*T)) }}
}

// constant makes an attribute that is the same in every row.
func constant(value any) attr {
	return attr{get: func(*ask, any) any { return value }}
}

// emptyList is how PHP writes an empty object.
func emptyList() any { return []any{} }

// object writes a map, or a list when it is empty.
func object[V any](m map[string]V) any {
	if len(m) == 0 {
		return emptyList()
	}
	return m
}

// lister makes the rows of a table that pass the rights.
func lister[T any](table func(*world) *table[T], visible func(q *ask, row *T) bool) (
	rows func(*ask, bounds) iter.Seq[any], find func(*ask, string) any, see func(*ask, any) bool,
) {
	see = func(q *ask, row any) bool { return visible == nil || visible(q, row.(*T)) }
	find = func(q *ask, name string) any {
		if row := table(q.world).get(name); row != nil {
			return row
		}
		return nil
	}
	rows = func(q *ask, within bounds) iter.Seq[any] {
		return func(yield func(any) bool) {
			if within.names != nil {
				for _, name := range within.names {
					row := table(q.world).get(name)
					if row != nil && see(q, row) && !yield(row) {
						return
					}
				}
				return
			}
			for _, row := range table(q.world).rows {
				if see(q, row) && !yield(row) {
					return
				}
			}
		}
	}
	return rows, find, see
}
