package daktela

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Name is a record's unique name. Tickets and queues have integer names,
// everything else has texts, and references come as either; "" means absent.
type Name string

// UnmarshalJSON accepts a text or a number; anything else is no name.
func (n *Name) UnmarshalJSON(b []byte) error {
	*n, _ = nameOf(b)
	return nil
}

func nameOf(b []byte) (Name, bool) {
	s, ok := scalarText(b)
	return Name(s), ok
}

// wire returns the name as a write wants it: whole numbers as numbers, null for none.
func (n Name) wire() json.RawMessage {
	if n == "" {
		return json.RawMessage("null")
	}
	if i, err := strconv.ParseInt(string(n), 10, 64); err == nil && strconv.FormatInt(i, 10) == string(n) {
		return json.RawMessage(n)
	}
	b, err := json.Marshal(string(n))
	if err != nil { // a string always encodes
		return json.RawMessage("null")
	}
	return b
}

// Text is a text that may be unknown (null, missing, or of another shape).
// An empty text is known: several enumerations mean something by it.
type Text struct {
	Value string
	Known bool
}

// UnmarshalJSON never fails: a number or boolean becomes its literal.
func (t *Text) UnmarshalJSON(b []byte) error {
	t.Value, t.Known = scalarText(b)
	return nil
}

// Ptr returns nil for an unknown text.
func (t Text) Ptr() *string {
	if !t.Known {
		return nil
	}
	return &t.Value
}

// Int is a whole number that may be unknown: open interactions have null
// durations, and some replies send numbers as texts.
type Int struct {
	Value int64
	Known bool
}

// UnmarshalJSON never fails; fractions are cut off.
func (i *Int) UnmarshalJSON(b []byte) error {
	*i = Int{}
	literal, ok := scalar(b)
	if !ok {
		return nil
	}
	literal = bytes.TrimSpace(literal)
	if len(literal) == 0 {
		return nil
	}
	if n, err := strconv.ParseInt(string(literal), 10, 64); err == nil {
		*i = Int{n, true}
		return nil
	}
	if f, err := strconv.ParseFloat(string(literal), 64); err == nil && f > -1e15 && f < 1e15 {
		*i = Int{int64(f), true}
	}
	return nil
}

// Ptr returns nil for an unknown number.
func (i Int) Ptr() *int64 {
	if !i.Known {
		return nil
	}
	return &i.Value
}

// Bool is a yes or no that may be unknown: true, 1, "1" and "true" are yes.
type Bool struct{ Value, Known bool }

// UnmarshalJSON never fails.
func (v *Bool) UnmarshalJSON(b []byte) error {
	*v = Bool{}
	literal, _ := scalar(b)
	switch strings.ToLower(string(literal)) {
	case "1", "true", "yes":
		*v = Bool{true, true}
	case "0", "false", "no":
		*v = Bool{false, true}
	}
	return nil
}

// Ptr returns nil for an unknown value.
func (v Bool) Ptr() *bool {
	if !v.Known {
		return nil
	}
	return &v.Value
}

// scalarText returns the text of a JSON text, number or boolean; false for
// null, lists and objects.
func scalarText(b []byte) (string, bool) {
	literal, ok := scalar(b)
	return word(literal), ok
}

// scalar is scalarText as a slice of the reply where nothing is escaped.
func scalar(b []byte) ([]byte, bool) {
	b = bytes.TrimSpace(b)
	if !isScalar(b) {
		return nil, false
	}
	if b[0] != '"' {
		return b, true
	}
	if inner, ok := unescaped(b); ok && utf8.Valid(inner) {
		return inner, true
	}
	var s string
	if json.Unmarshal(b, &s) != nil {
		return nil, false
	}
	return []byte(s), true
}

// word returns a text as a string. Words that stand in nearly every row need no memory of their own.
func word(b []byte) string {
	switch string(b) {
	case "":
		return ""
	case DirectionIn:
		return DirectionIn
	case DirectionOut:
		return DirectionOut
	case MessagePublic:
		return MessagePublic
	case TypeWhatsApp:
		return TypeWhatsApp
	case ActionClose:
		return ActionClose
	case "SENT":
		return "SENT"
	case "DELIVERED":
		return "DELIVERED"
	case "READ":
		return "READ"
	case "text":
		return "text"
	case "false":
		return "false"
	case "true":
		return "true"
	}
	return string(b)
}
