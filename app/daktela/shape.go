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
	var o struct {
		Name  Name `json:"name"`
		Title Text `json:"title"`
		Alias Text `json:"alias"`
	}
	if json.Unmarshal(b, &o) == nil {
		*r = Ref(o)
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
	if isObject(b) && !isEmptyObject(b) && json.Unmarshal(b, &n.Value) == nil {
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
	if isNull(b) {
		return nil
	}
	if _, scalar := scalarText(b); scalar {
		return nil
	}
	*l = List[T]{}
	for _, raw := range elements(b) {
		var v T
		if isNull(raw) || json.Unmarshal(raw, &v) != nil {
			continue
		}
		*l = append(*l, v)
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
	var fields map[string]json.RawMessage
	if json.Unmarshal(b, &fields) != nil {
		return nil
	}
	for key, raw := range fields {
		for _, value := range texts(raw) {
			if *c == nil {
				*c = CustomFields{}
			}
			(*c)[key] = append((*c)[key], value)
		}
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

// elements returns the members of a list, or the values of an object in the
// order they came; nil for anything else.
func elements(b []byte) []json.RawMessage {
	b = bytes.TrimSpace(b)
	if len(b) == 0 {
		return nil
	}
	if b[0] == '[' {
		var list []json.RawMessage
		if json.Unmarshal(b, &list) != nil {
			return nil
		}
		return list
	}
	if b[0] != '{' {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(b))
	if _, err := d.Token(); err != nil {
		return nil
	}
	var list []json.RawMessage
	for d.More() {
		if _, err := d.Token(); err != nil {
			return nil
		}
		var raw json.RawMessage
		if d.Decode(&raw) != nil {
			return nil
		}
		list = append(list, raw)
	}
	return list
}

func isObject(b []byte) bool {
	b = bytes.TrimSpace(b)
	return len(b) > 0 && b[0] == '{'
}

func isEmptyObject(b []byte) bool {
	b = bytes.TrimSpace(b)
	return len(b) > 2 && b[0] == '{' && len(bytes.TrimSpace(b[1:len(b)-1])) == 0 || string(b) == "{}"
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
	var out bytes.Buffer
	*j = ""
	if json.Compact(&out, b) != nil {
		return nil
	}
	switch s := out.String(); s {
	case "null", "[]", "{}", `""`:
	default:
		*j = JSON(s)
	}
	return nil
}
