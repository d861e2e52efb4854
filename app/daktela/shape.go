package daktela

import (
	"bytes"
	"encoding/json"
)

// Ref is a reference to another record. It comes as a nested object, as an
// object reduced by missing rights ({"title","alias"} or {}), as a bare name,
// as null, or as [] for an empty object (the server is written in PHP).
type Ref struct {
	Name  Name
	Title Text
	Alias Text
}

// UnmarshalJSON never fails.
func (r *Ref) UnmarshalJSON(b []byte) error {
	*r = Ref{}
	if !isObject(b) {
		return r.Name.UnmarshalJSON(b)
	}
	for key, value := range members(b) {
		switch string(key) {
		case "name":
			r.Name, _ = nameOf(value)
		case "title":
			r.Title.Value, r.Title.Known = scalarText(value)
		case "alias":
			r.Alias.Value, r.Alias.Known = scalarText(value)
		}
	}
	return nil
}

// Nested is an object that may be unknown: null, [] or a scalar in its place
// leave it so, and so does {}.
type Nested[T any] struct {
	Value T
	Known bool
}

// UnmarshalJSON never fails.
func (n *Nested[T]) UnmarshalJSON(b []byte) error {
	*n = Nested[T]{}
	if isObject(b) && !isEmptyObject(b) && decode(b, &n.Value) == nil {
		n.Known = true
	}
	return nil
}

// List is a list that may also come as an object keyed by name. Elements of
// the wrong kind and nulls are left out. It is nil when the reply did not give
// it (missing, null or a scalar), and empty when there is nothing in it.
type List[T any] []T

// UnmarshalJSON never fails.
func (l *List[T]) UnmarshalJSON(b []byte) error {
	*l = nil
	if isNull(b) || isScalar(b) {
		return nil
	}
	*l = List[T]{}
	for _, raw := range elements(b) {
		if isNull(raw) {
			continue
		}
		*l = append(*l, *new(T))
		if decode(raw, &(*l)[len(*l)-1]) != nil {
			*l = (*l)[:len(*l)-1]
		}
	}
	return nil
}

// CustomFields maps a field to its values. Values are lists even when single,
// a blank one is [null], a scalar is accepted, and no fields at all are [].
type CustomFields map[string][]string

// UnmarshalJSON never fails.
func (c *CustomFields) UnmarshalJSON(b []byte) error {
	*c = nil
	if !isObject(b) {
		return nil
	}
	for key, raw := range members(b) {
		values := texts(raw)
		if len(values) == 0 {
			continue
		}
		if *c == nil {
			*c = CustomFields{}
		}
		(*c)[string(key)] = values
	}
	return nil
}

// texts returns the scalar texts of a list or of one scalar.
func texts(b []byte) []string {
	if s, ok := scalarText(b); ok {
		return []string{s}
	}
	var out []string
	for _, raw := range elements(b) {
		if s, ok := scalarText(raw); ok {
			out = append(out, s)
		}
	}
	return out
}

func isObject(b []byte) bool {
	b = bytes.TrimSpace(b)
	return len(b) > 0 && b[0] == '{'
}

func isEmptyObject(b []byte) bool {
	b = bytes.TrimSpace(b)
	return len(b) > 2 && b[0] == '{' && len(bytes.TrimSpace(b[1:len(b)-1])) == 0 || string(b) == "{}"
}

// isScalar reports a text, number or boolean.
func isScalar(b []byte) bool {
	b = bytes.TrimSpace(b)
	return len(b) > 0 && b[0] != 'n' && b[0] != '[' && b[0] != '{'
}

func isNull(b []byte) bool {
	b = bytes.TrimSpace(b)
	return len(b) == 0 || string(b) == "null"
}

// JSON is a value kept as it came, compacted; "" for null and for what PHP
// sends when there is nothing: [], {} and "".
type JSON string

// UnmarshalJSON never fails.
func (j *JSON) UnmarshalJSON(b []byte) error {
	*j = ""
	switch string(bytes.TrimSpace(b)) {
	case "null", "[]", "{}", `""`:
		return nil
	}
	var out bytes.Buffer
	if json.Compact(&out, b) != nil {
		return nil
	}
	switch s := out.String(); s {
	case "[]", "{}": // with space inside
	default:
		*j = JSON(s)
	}
	return nil
}
