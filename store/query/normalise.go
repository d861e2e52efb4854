package query

import (
	"slices"
	"strconv"
	"strings"
)

// Normalise brings a filter to its plain form: canonical fields, operators, presets and
// choices; no group of one, no empty group, no doubled negation. A filter without any
// condition becomes nil. The error is a *SyntaxError without a place.
func Normalise(where *Node) (*Node, error) {
	if where == nil {
		return nil, nil
	}
	conditions := 0
	out, err := normalise(*where, &conditions)
	if err != nil || out == nil {
		return nil, err
	}
	if levels(out) > MaxDepth {
		return nil, limitError(ErrTooDeep, MaxDepth)
	}
	return out, nil
}

func limitError(code string, limit int) *SyntaxError {
	return &SyntaxError{Code: code, Params: map[string]string{"max": strconv.Itoa(limit)}}
}

// levels counts the levels of groups. The outermost AND is none: it is where the filter bar and
// the advanced filter meet, and a condition of the bar must not forbid a group of the other.
func levels(n *Node) int {
	if len(n.And) > 0 && !n.Not {
		return depth(n) - 1
	}
	return depth(n)
}

// depth counts the levels of groups.
func depth(n *Node) int {
	deepest := 0
	for _, group := range [][]Node{n.And, n.Or} {
		for i := range group {
			deepest = max(deepest, depth(&group[i])+1)
		}
	}
	return deepest
}

// recursionLimit stops trees that no screen makes from using up the stack.
const recursionLimit = 64

func normalise(n Node, conditions *int) (*Node, error) { return normaliseAt(n, conditions, 0) }

func normaliseAt(n Node, conditions *int, level int) (*Node, error) {
	parts := 0
	for _, has := range []bool{len(n.And) > 0, len(n.Or) > 0, n.Field != "" || n.Op != "" || len(n.Values) > 0} {
		if has {
			parts++
		}
	}
	switch {
	case level > recursionLimit:
		return nil, limitError(ErrTooDeep, MaxDepth)
	case parts > 1 || parts == 0 && n.Not:
		return nil, &SyntaxError{Code: ErrBadTree}
	case parts == 0:
		return nil, nil
	case n.Field != "" || n.Op != "" || len(n.Values) > 0:
		if *conditions++; *conditions > MaxConditions+MaxOfBar {
			return nil, limitError(ErrTooMany, MaxConditions)
		}
		out, err, _ := normaliseCondition(n)
		if err != nil {
			return nil, err
		}
		return &out, nil
	}
	var kids []Node
	for _, kid := range append(slices.Clone(n.And), n.Or...) {
		plain, err := normaliseAt(kid, conditions, level+1)
		if err != nil {
			return nil, err
		}
		if plain != nil {
			kids = append(kids, *plain)
		}
	}
	return grouped(kids, len(n.And) > 0, n.Not), nil
}

// grouped makes a group, or what is left of it when it has fewer than two parts.
func grouped(kids []Node, and, not bool) *Node {
	switch {
	case len(kids) == 0:
		return nil
	case len(kids) == 1:
		kids[0].Not = kids[0].Not != not
		return &kids[0]
	case and:
		return &Node{Not: not, And: kids}
	}
	return &Node{Not: not, Or: kids}
}

// Parts of a condition that an error can be about; values count from 0.
const (
	partField = -1
	partOp    = -2
)

// normaliseCondition checks a condition. With an error it tells the part that is wrong.
func normaliseCondition(n Node) (Node, *SyntaxError, int) {
	f, ok := LookupField(n.Field)
	if !ok {
		return n, &SyntaxError{Code: ErrUnknownField, Params: map[string]string{"name": n.Field, "suggestion": suggest(n.Field)}}, partField
	}
	n.Field = f.Name
	n.Op = canonicalOp(f.Kind, n.Op)
	n.Values = slices.Clone(n.Values)
	if f.Kind == KindDate && n.Op == Eq && len(n.Values) == 1 && CanonicalPreset(n.Values[0]) != "" {
		n.Op = Preset
	}
	if !f.Allows(n.Op) {
		return n, noOperator(f, string(n.Op)), partOp
	}
	if err, part := checkCount(f, n); err != nil {
		return n, err, part
	}
	for i, value := range n.Values {
		plain, err := checkValue(f, n.Op, value)
		if err != nil {
			return n, err, i
		}
		n.Values[i] = plain
	}
	if n.Op == Between && f.Kind != KindDate {
		from, _ := Figure(f.Kind, n.Values[0]) // just checked
		to, _ := Figure(f.Kind, n.Values[1])
		if from > to {
			return n, &SyntaxError{Code: ErrRangeReversed, Params: map[string]string{"from": n.Values[0], "to": n.Values[1]}}, 0
		}
	}
	if len(n.Values) == 0 {
		n.Values = nil
	}
	return n, nil, 0
}

func noOperator(f Field, op string) *SyntaxError {
	return &SyntaxError{Code: ErrNoOperator, Params: map[string]string{"field": f.Name, "op": op, "allowed": strings.Join(signs(f), " ")}}
}

// canonicalOp returns the operator of a kind that another kind's operator means for it.
func canonicalOp(kind Kind, op Op) Op {
	switch op {
	case Contains, Is, Eq, AnyOf:
		switch kind {
		case KindChoice:
			return AnyOf
		case KindText:
			if op == Contains {
				return Contains
			}
			return Is
		default:
			return Eq
		}
	case NotContains, IsNot, Ne, NoneOf:
		switch kind {
		case KindChoice:
			return NoneOf
		case KindText:
			if op == NotContains {
				return NotContains
			}
			return IsNot
		default:
			return Ne
		}
	}
	return op
}

// checkCount checks the number of values.
func checkCount(f Field, n Node) (*SyntaxError, int) {
	switch n.Op {
	case IsEmpty, NotEmpty:
		if len(n.Values) > 0 {
			return &SyntaxError{Code: ErrBadTree}, 0
		}
		return nil, 0
	case Lt, Le, Gt, Ge, Preset:
		if len(n.Values) > 1 {
			return &SyntaxError{Code: ErrListNotHere, Params: map[string]string{"field": f.Name, "op": string(n.Op)}}, 0
		}
	case Between:
		if len(n.Values) != 2 {
			return &SyntaxError{Code: ErrBadTree}, partOp
		}
	}
	if len(n.Values) == 0 {
		return &SyntaxError{Code: ErrNoValue, Params: map[string]string{"field": f.Name}}, partOp
	}
	return nil, 0
}

// checkValue returns the canonical form of a value.
func checkValue(f Field, op Op, value string) (string, *SyntaxError) {
	bad := func(code string) *SyntaxError {
		return &SyntaxError{Code: code, Params: map[string]string{"value": value}}
	}
	if strings.TrimSpace(value) == "" {
		return value, &SyntaxError{Code: ErrNoValue, Params: map[string]string{"field": f.Name}}
	}
	switch f.Kind {
	case KindDuration:
		if _, ok := ParseDuration(value); !ok {
			return value, bad(ErrBadDuration)
		}
	case KindNumber:
		if _, ok := ParseNumber(value); !ok {
			return value, bad(ErrBadNumber)
		}
	case KindDate:
		preset := CanonicalPreset(value)
		if preset == "" && (op == Preset || !isDate(value)) {
			return value, bad(ErrBadDate)
		}
		if preset != "" {
			return preset, nil
		}
	case KindChoice:
		plain, ok := canonicalChoice(&f, value)
		if !ok {
			return value, badChoice(&f, value)
		}
		return plain, nil
	}
	return value, nil
}

func badChoice(f *Field, value string) *SyntaxError {
	allowed := slices.Clone(f.Values)
	if f.Allows(IsEmpty) {
		allowed = append(allowed, "empty")
	}
	return &SyntaxError{Code: ErrBadChoice, Params: map[string]string{"value": value, "allowed": strings.Join(allowed, ", ")}}
}

// isDate reports whether a text is a date, whenever now is.
func isDate(value string) bool {
	_, err := Clock{}.ParseDate(value)
	return err == nil
}

// suggest returns the field whose name is nearest to a word that is none, or "".
func suggest(word string) string {
	best, least := "", min(3, len([]rune(word))/2+1) // more than two letters off is a guess, or half of a short word
	folded := Fold(word)
	if len(folded) < 3 || len(folded) > 20 {
		return ""
	}
	for i := range table {
		for _, name := range append(slices.Clone(table[i].English.Words), table[i].Czech.Words...) {
			if d := distance(folded, Fold(name)); d < least {
				best, least = name, d
			}
		}
	}
	return best
}

// distance counts the letters to add, drop, change or swap with the next to make b of a.
func distance(a, b string) int {
	before, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next[0] = i + 1
		for j := range len(b) {
			change := row[j]
			if a[i] != b[j] {
				change++
			}
			next[j+1] = min(change, next[j]+1, row[j+1]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row, next = row, next, before
	}
	return row[len(b)]
}
