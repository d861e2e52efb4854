package query

// Op is an operator of the advanced filter.
type Op string

// Operators; which of them a field takes is in its Field. Complements (IsNot, NotContains,
// None) include interactions that have no value in the field.
const (
	Contains    Op = "contains" // text; for choices it means AnyOf
	NotContains Op = "ncontains"
	Is          Op = "is"
	IsNot       Op = "isnot"
	StartsWith  Op = "starts"
	IsEmpty     Op = "empty"
	NotEmpty    Op = "nempty"
	AnyOf       Op = "any"
	NoneOf      Op = "none"
	Eq          Op = "eq"
	Ne          Op = "ne"
	Lt          Op = "lt"
	Le          Op = "le"
	Gt          Op = "gt"
	Ge          Op = "ge"
	Between     Op = "between" // inclusive at both ends, dates half-open
	Preset      Op = "preset"  // dates: a name from Presets
)

// Node is one condition or one group of a filter. Exactly one of its parts is set: And and
// Or are groups, Field with Op and Values is a condition; Not turns either around.
// It is JSON-stable: filters are kept and compared in this form.
type Node struct {
	Not    bool     `json:"not,omitempty"`
	And    []Node   `json:"and,omitempty"`
	Or     []Node   `json:"or,omitempty"`
	Field  string   `json:"field,omitempty"`
	Op     Op       `json:"op,omitempty"`
	Values []string `json:"values,omitempty"`
}

// Mentions reports whether a condition of it is about a field.
func (n *Node) Mentions(field string) bool {
	if n == nil {
		return false
	}
	if n.Field == field {
		return true
	}
	for _, group := range [][]Node{n.And, n.Or} {
		for i := range group {
			if group[i].Mentions(field) {
				return true
			}
		}
	}
	return false
}

// SortKey is one of up to three sort keys.
type SortKey struct {
	Field string `json:"field"`
	Desc  bool   `json:"desc,omitempty"`
}

// Query is a whole question: which interactions, in which order.
// A nil Where means all. No sort means time, newest first.
type Query struct {
	Where *Node     `json:"where,omitempty"`
	Sort  []SortKey `json:"sort,omitempty"`
}

// Values of choice fields that are not names of queues, users or connectors.
const (
	NoneValue   = "(none)" // an interaction without a value in the field
	GroupPrefix = "group:" // members of a group at the time of the query
)

// Scope is what is hidden from the user of the stored connection. The contact centre decides
// what may be seen, so a row that it listed is visible, without a queue too, or with a queue or
// user that no list names; hidden are those of queues and users that were listed and no longer
// are, until the contact centre is asked again. Every question passes it; there is no way
// around it.
type Scope struct {
	HiddenAll    bool // stored for somebody else
	HiddenQueues map[string]bool
	HiddenUsers  map[string]bool
}

// WithPersonal returns the condition with the values changed that look for something of a customer:
// names, numbers, titles and words.
func (n Node) WithPersonal(change func(value string) string) Node {
	nodes := func(list []Node) []Node {
		if list == nil {
			return nil
		}
		out := make([]Node, len(list))
		for i := range list {
			out[i] = list[i].WithPersonal(change)
		}
		return out
	}
	n.And, n.Or = nodes(n.And), nodes(n.Or)
	if field, ok := FieldByName(n.Field); ok && field.Personal && n.Values != nil {
		values := make([]string, len(n.Values))
		for i, value := range n.Values {
			values[i] = change(value)
		}
		n.Values = values
	}
	return n
}
