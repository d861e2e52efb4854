package demo

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Errors of a filter; each is answered with 400.
var (
	errFilter   = errors.New("malformed filter")
	errField    = errors.New("unknown filter field")
	errOperator = errors.New("unknown filter operator")
	errValue    = errors.New("wrong filter value")
)

// test reports whether a row passes.
type test func(row any) bool

// compiled is a filter ready to run.
type compiled struct {
	pass   test
	within bounds
}

// compileFilter reads the parameter filter in its three encodings: one condition, a flat list
// (and), or a tree of logic and filters to any depth.
func (q *ask) compileFilter(m *model, filter *node) (compiled, error) {
	if filter == nil || !filter.isObj {
		if filter != nil && filter.value() != "" {
			return compiled{}, fmt.Errorf("%w: not a condition", errFilter)
		}
		return compiled{pass: func(any) bool { return true }}, nil
	}
	pass, err := q.compileNode(m, filter, 0)
	if err != nil {
		return compiled{}, err
	}
	return compiled{pass: pass, within: q.narrow(m, filter)}, nil
}

func (q *ask) compileNode(m *model, n *node, depth int) (test, error) {
	if depth > maxNesting {
		return nil, fmt.Errorf("%w: nested too deeply", errFilter)
	}
	switch {
	case n.child("field") != nil || n.child("operator") != nil:
		return q.compileCondition(m, n)
	case n.child("filters") != nil:
		return q.compileGroup(m, n.child("filters"), n.text("logic"), depth)
	case flat(n):
		return q.compileGroup(m, n, "and", depth)
	}
	return nil, fmt.Errorf("%w: neither condition nor group", errFilter)
}

// flat reports whether the keys are those of a list of conditions: numbers.
func flat(n *node) bool {
	return len(n.keys) > 0 && !slices.ContainsFunc(n.keys, func(key string) bool {
		return digits(key) != len(key) || key == ""
	})
}

func (q *ask) compileGroup(m *model, n *node, logic string, depth int) (test, error) {
	var tests []test
	for _, member := range n.members() {
		t, err := q.compileNode(m, member, depth+1)
		if err != nil {
			return nil, err
		}
		tests = append(tests, t)
	}
	switch strings.ToLower(logic) {
	case "", "and":
		return func(row any) bool {
			for _, t := range tests {
				if !t(row) {
					return false
				}
			}
			return true
		}, nil
	case "or":
		return func(row any) bool {
			for _, t := range tests {
				if t(row) {
					return true
				}
			}
			return len(tests) == 0
		}, nil
	}
	return nil, fmt.Errorf("%w: logic %q", errFilter, logic)
}

// compileCondition reads field, operator and value. The extra keys type, _type and ignoreCase
// that some clients send are accepted and mean nothing here.
func (q *ask) compileCondition(m *model, n *node) (test, error) {
	at, err := q.pathOf(m, n.text("field"))
	if err != nil {
		return nil, err
	}
	match, err := q.operator(n.text("operator"), n.child("value"))
	if err != nil {
		return nil, err
	}
	return func(row any) bool { return match(at, row) }, nil
}

// path reaches from a row to the values of a dotted field.
type path func(row any, yield func(any) bool) bool

// pathOf resolves a dotted field such as queue.title. Fields of an activity's item are not
// offered as filters, since no source shows that they are.
func (q *ask) pathOf(m *model, field string) (path, error) {
	name, rest, dotted := strings.Cut(field, ".")
	a, found := m.attrOf(q, name)
	if !found || a.kind == opaque || a.kind == insides || dotted && name == "item" {
		return nil, fmt.Errorf("%w: %q", errField, field)
	}
	switch a.kind {
	case lists:
		if !dotted {
			return nil, fmt.Errorf("%w: %q", errField, field)
		}
		return func(row any, yield func(any) bool) bool {
			for _, value := range a.get(q, row).(map[string][]string)[rest] {
				if !yield(value) {
					return false
				}
			}
			return true
		}, nil
	case one, many, inside:
		if dotted {
			return q.through(a, rest, field)
		}
		if a.kind == inside {
			return nil, fmt.Errorf("%w: %q", errField, field)
		}
	case plain:
		if dotted {
			return nil, fmt.Errorf("%w: %q", errField, field)
		}
	}
	return func(row any, yield func(any) bool) bool { return atoms(a.get(q, row), yield) }, nil
}

// through goes on in the related model.
func (q *ask) through(a attr, rest, field string) (path, error) {
	m := q.models[a.to]
	next, err := q.pathOf(m, rest)
	if err != nil {
		return nil, fmt.Errorf("%w: %q", errField, field)
	}
	if a.kind == inside {
		return func(row any, yield func(any) bool) bool {
			if within := a.get(q, row); within != nil {
				return next(within, yield)
			}
			return true
		}, nil
	}
	return func(row any, yield func(any) bool) bool {
		return atoms(a.get(q, row), func(name any) bool {
			if related := m.find(q, name.(string)); related != nil {
				return next(related, yield)
			}
			return true
		})
	}, nil
}

// atoms yields the values of an attribute one by one; a null and an empty reference yield none.
func atoms(value any, yield func(any) bool) bool {
	switch v := value.(type) {
	case nil:
		return true
	case []string:
		for _, name := range v {
			if !yield(name) {
				return false
			}
		}
		return true
	}
	return yield(value)
}

// narrow finds bounds that every matching row keeps to: names and moments that are required
// by conditions joined with and. An hour's slack covers the clock change.
func (q *ask) narrow(m *model, n *node) bounds {
	var b bounds
	for _, c := range required(n) {
		field, op := c.text("field"), strings.ToLower(c.text("operator"))
		if field == "name" && (op == "eq" || op == "in") {
			b.names = uniqueTexts(c.child("value"))
		}
		if m.moment == "" || field != m.moment {
			continue
		}
		texts := c.child("value").texts()
		if len(texts) == 0 {
			continue
		}
		first, ok := momentOf(texts[0], q.zone)
		last, lastOK := momentOf(texts[len(texts)-1], q.zone)
		if op == "gt" || op == "gte" || op == "eq" || op == "between" {
			if ok {
				b.from = max(b.from, first-slack)
			}
		}
		if op == "lt" || op == "lte" || op == "eq" || op == "between" {
			if lastOK && (b.to == 0 || last+slack < b.to) {
				b.to = last + slack
			}
		}
	}
	return b
}

// slack is two hours: more than any clock change.
const slack Stamp = 2 * 60 * 60

// required lists the conditions that must all hold.
func required(n *node) []*node {
	switch {
	case n.child("field") != nil:
		return []*node{n}
	case n.child("filters") != nil:
		if strings.EqualFold(n.text("logic"), "or") {
			return nil
		}
		n = n.child("filters")
	case !flat(n):
		return nil
	}
	var all []*node
	for _, member := range n.members() {
		all = append(all, required(member)...)
	}
	return all
}

func uniqueTexts(n *node) []string {
	names := []string{}
	seen := map[string]bool{}
	for _, name := range n.texts() {
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}
