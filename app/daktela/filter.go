package daktela

import (
	"net/url"
	"strconv"
)

// Filter is a condition on the rows of a list. The zero value is no condition.
// Values are wire values: local times for times, names for references.
type Filter struct {
	logic   string // "and" or "or" for a group
	members []Filter

	field, operator string
	values          []string
	list            bool
}

func condition(field, operator string, values ...string) Filter {
	return Filter{field: field, operator: operator, values: values}
}

// Eq matches rows whose field equals value.
func Eq(field, value string) Filter { return condition(field, "eq", value) }

// Neq matches rows whose field differs from value.
func Neq(field, value string) Filter { return condition(field, "neq", value) }

// Gte matches rows whose field is at least value.
func Gte(field, value string) Filter { return condition(field, "gte", value) }

// Lt matches rows whose field is below value.
func Lt(field, value string) Filter { return condition(field, "lt", value) }

// Contains matches rows whose field contains the text; the server adds the wildcards.
func Contains(field, text string) Filter { return condition(field, "contains", text) }

// IsNull matches rows that have no value in the field.
func IsNull(field string) Filter { return condition(field, "isnull") }

// In matches rows whose field is one of the values. The server rejects an
// empty list, so it fails with ErrEmptyList before anything is sent.
func In[S ~string](field string, values []S) Filter {
	f := Filter{field: field, operator: "in", list: true}
	for _, v := range values {
		f.values = append(f.values, string(v))
	}
	return f
}

// And matches rows that meet all conditions; empty ones are left out.
func And(members ...Filter) Filter { return group("and", members) }

// Or matches rows that meet at least one condition; empty ones are left out.
func Or(members ...Filter) Filter { return group("or", members) }

func group(logic string, members []Filter) Filter {
	g := Filter{logic: logic}
	for _, m := range members {
		if !m.empty() {
			g.members = append(g.members, m)
		}
	}
	return g
}

func (f Filter) empty() bool { return f.field == "" && len(f.members) == 0 }

// encode writes the tree form, the one every official connector with groups uses.
func (f Filter) encode(q url.Values) error {
	if f.empty() {
		return nil
	}
	if f.logic == "" {
		f = And(f)
	}
	return f.encodeAt("filter", q)
}

func (f Filter) encodeAt(at string, q url.Values) error {
	if f.logic != "" {
		q.Set(at+"[logic]", f.logic)
		for i, m := range f.members {
			if err := m.encodeAt(at+"[filters]["+strconv.Itoa(i)+"]", q); err != nil {
				return err
			}
		}
		return nil
	}
	q.Set(at+"[field]", f.field)
	q.Set(at+"[operator]", f.operator)
	if !f.list {
		for _, v := range f.values {
			q.Set(at+"[value]", v)
		}
		return nil
	}
	if len(f.values) == 0 {
		return ErrEmptyList
	}
	for i, v := range f.values {
		q.Set(at+"[value]["+strconv.Itoa(i)+"]", v)
	}
	return nil
}
