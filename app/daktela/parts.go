package daktela

import (
	"bytes"
	"encoding/json"
	"iter"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// A reply is checked once, as a whole (parseEnvelope). From then on it is read as slices of
// itself: to check and copy every part of it again took most of the memory of a sync. What is
// below reads bytes that are known to be JSON; of others it makes nothing worse than nonsense.

// part is a value of the reply's own bytes, kept until the reply is let go. It decodes without a copy.
type part []byte

// UnmarshalJSON never fails.
func (p *part) UnmarshalJSON(b []byte) error {
	*p = b
	return nil
}

// members are the keys of an object with their values, in the order they came. A key is without
// its quotes.
func members(b []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(key, value []byte) bool) {
		if !isObject(b) {
			return
		}
		for i := next(b, bytes.IndexByte(b, '{')+1); i < len(b) && b[i] == '"'; {
			end := behind(b, i)
			key := plain(b[i:end])
			i = next(b, end)
			if i >= len(b) {
				return
			}
			end = behind(b, i)
			if !yield(key, b[i:end]) {
				return
			}
			i = next(b, end)
		}
	}
}

// listed are the elements of a list.
func listed(b []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		b = bytes.TrimSpace(b)
		if len(b) == 0 || b[0] != '[' {
			return
		}
		for i := next(b, 1); i < len(b) && b[i] != ']'; {
			end := behind(b, i)
			if !yield(b[i:end]) {
				return
			}
			i = next(b, end)
		}
	}
}

// next is where the first byte stands, from i on, that is neither space nor between two values.
func next(b []byte, i int) int {
	for i < len(b) {
		switch b[i] {
		case ' ', '\t', '\n', '\r', ',', ':':
			i++
		default:
			return i
		}
	}
	return i
}

// behind is where the value ends that begins at i. It is always behind i.
func behind(b []byte, i int) int {
	switch b[i] {
	case '"':
		return behindText(b, i)
	case '{', '[':
		depth := 0
		for i < len(b) {
			switch b[i] {
			case '"':
				i = behindText(b, i)
				continue
			case '{', '[':
				depth++
			case '}', ']':
				depth--
			}
			i++
			if depth == 0 {
				return i
			}
		}
		return len(b)
	}
	for i++; i < len(b); i++ {
		switch b[i] {
		case ' ', '\t', '\n', '\r', ',', ']', '}':
			return i
		}
	}
	return i
}

func behindText(b []byte, i int) int {
	for i++; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(b)
}

// plain returns what a text in quotes says, as a slice of it where nothing in it is escaped.
func plain(b []byte) []byte {
	if inner, ok := unescaped(b); ok {
		return inner
	}
	var s string
	if json.Unmarshal(b, &s) != nil {
		return nil
	}
	return []byte(s)
}

// unescaped returns the inside of a text in quotes that says what it is.
func unescaped(b []byte) ([]byte, bool) {
	if len(b) < 2 || b[0] != '"' || b[len(b)-1] != '"' {
		return nil, false
	}
	inner := b[1 : len(b)-1]
	for _, c := range inner {
		if c == '\\' || c < ' ' {
			return nil, false
		}
	}
	return inner, true
}

// decode reads an object into a value as json.Unmarshal does, but finds keys by their exact
// spelling. All wire types decode themselves, and none of them fails.
func decode[T any](b []byte, into *T) error {
	if own, ok := any(into).(json.Unmarshaler); ok {
		return own.UnmarshalJSON(b)
	}
	value := reflect.ValueOf(into).Elem()
	fields, known := fieldsOf(value.Type())
	if !known || !isObject(b) {
		return json.Unmarshal(b, into)
	}
	for key, raw := range members(b) {
		if field, wanted := fields[string(key)]; wanted {
			// What fieldsOf lists decodes itself.
			if err := value.Field(field).Addr().Interface().(json.Unmarshaler).UnmarshalJSON(raw); err != nil { //nolint:forcetypeassert // see fieldsOf
				return err
			}
		}
	}
	return nil
}

var knownFields sync.Map // reflect.Type to map[string]int, nil for a type with other fields

// fieldsOf are the fields of a structure by their keys; false when one of them does not decode itself.
func fieldsOf(t reflect.Type) (map[string]int, bool) {
	if known, ok := knownFields.Load(t); ok {
		fields, _ := known.(map[string]int)
		return fields, fields != nil
	}
	fields := tagged(t)
	knownFields.Store(t, fields)
	return fields, fields != nil
}

func tagged(t reflect.Type) map[string]int {
	if t.Kind() != reflect.Struct {
		return nil
	}
	own := reflect.TypeFor[json.Unmarshaler]()
	fields := map[string]int{}
	for i := range t.NumField() {
		field := t.Field(i)
		key, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if key == "" || field.Anonymous || !field.IsExported() || !reflect.PointerTo(field.Type).Implements(own) {
			return nil
		}
		fields[key] = i
	}
	return fields
}

// elements returns the members of a list, or the values of an object in the order they came; nil
// for anything else.
func elements(b []byte) []json.RawMessage {
	if isObject(b) {
		var list []json.RawMessage
		for _, value := range members(b) {
			list = append(list, value)
		}
		return list
	}
	b = bytes.TrimSpace(b)
	if len(b) == 0 || b[0] != '[' {
		return nil
	}
	list := make([]json.RawMessage, 0, count(listed(b)))
	for value := range listed(b) {
		list = append(list, value)
	}
	return slices.Clip(list)
}

func count(values iter.Seq[[]byte]) int {
	n := 0
	for range values {
		n++
	}
	return n
}
