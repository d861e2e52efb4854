package query

import (
	"strings"
	"unicode"
)

// Format writes a filter in its text form, with field names in a language ("en" or "cs").
// Parse of the result gives Normalise of the filter. A nil filter, and one that Normalise
// refuses, have no text form and give "".
func Format(where *Node, lang string) string {
	plain, err := Normalise(where)
	if err != nil || plain == nil {
		return ""
	}
	var out strings.Builder
	formatNode(&out, plain, lang, true)
	return out.String()
}

func formatNode(out *strings.Builder, n *Node, lang string, root bool) {
	kids, joiner := n.And, " AND "
	if len(n.Or) > 0 {
		kids, joiner = n.Or, " OR "
	}
	if len(kids) == 0 {
		formatCondition(out, n, lang)
		return
	}
	if n.Not {
		out.WriteString("NOT ")
	}
	if n.Not || !root {
		out.WriteByte('(')
	}
	for i := range kids {
		if i > 0 {
			out.WriteString(joiner)
		}
		formatNode(out, &kids[i], lang, false)
	}
	if n.Not || !root {
		out.WriteByte(')')
	}
}

func formatCondition(out *strings.Builder, n *Node, lang string) {
	if n.Not {
		out.WriteByte('-')
	}
	if n.Field == FieldAny && n.Op == Contains && len(n.Values) == 1 {
		word := n.Values[0]
		if !isPlain(word, KindText) || word == "AND" || word == "OR" || word == "NOT" {
			word = quote(word)
		}
		out.WriteString(word)
		return
	}
	f := fieldNamed(n.Field)
	out.WriteString(f.Word(lang))
	out.WriteString(opSign(f, n))
	switch {
	case n.Op == IsEmpty || n.Op == NotEmpty:
		out.WriteString("empty")
	case n.Op == Between:
		out.WriteString(formatValue(f, n.Values[0]) + ".." + formatValue(f, n.Values[1]))
	case len(n.Values) == 1:
		out.WriteString(formatValue(f, n.Values[0]))
	default:
		for i, v := range n.Values {
			out.WriteString([]string{"(", ", "}[min(i, 1)])
			out.WriteString(formatValue(f, v))
		}
		out.WriteByte(')')
	}
}

// opSign returns the sign of an operator, between blanks where that reads better.
func opSign(f *Field, n *Node) string {
	switch n.Op {
	case Contains:
		if f.Name == FieldText && strings.ContainsAny(n.Values[0], " \t") {
			return "~" // after a colon it would be a phrase
		}
		return ":"
	case NotContains:
		return "!~"
	case StartsWith:
		return "^"
	case Is, Eq:
		return "="
	case IsNot, NoneOf, Ne, NotEmpty:
		return "!="
	case Lt:
		return " < "
	case Le:
		return " <= "
	case Gt:
		return " > "
	case Ge:
		return " >= "
	default: // AnyOf, Between, Preset, IsEmpty
		return ":"
	}
}

func formatValue(f *Field, value string) string {
	if f.Kind == KindChoice && value == NoneValue {
		return NoneValue
	}
	if isPlain(value, f.Kind) && !isEmptyWord(value) && !meansEmpty(f, value) {
		return value
	}
	return quote(value)
}

// isPlain reports whether a value needs no quotes.
func isPlain(value string, kind Kind) bool {
	if value == "" || strings.Contains(value, "..") || value[0] == '-' {
		return false
	}
	for _, r := range value {
		if unicode.IsLetter(r) && r != unicode.ReplacementChar || unicode.IsDigit(r) || strings.ContainsRune("_-.@+*/", r) {
			continue
		}
		if r == ':' && isRanged(kind) {
			continue
		}
		return false
	}
	return value[len(value)-1] != '.'
}

func quote(value string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
}
