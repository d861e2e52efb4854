package demo

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// matcher tests the values that a path reaches from a row.
type matcher func(at path, row any) bool

// operand is a value of a condition, read in every way it may be meant.
type operand struct {
	text   string
	number float64
	isNum  bool
	yes    bool
	isBool bool
	wall   int64 // seconds on the wall clock
	isTime bool
}

func (q *ask) operandOf(text string) operand {
	o := operand{text: text}
	if n, err := strconv.ParseFloat(text, 64); err == nil {
		o.number, o.isNum = n, true
	}
	if truthy(text) || text == "0" || strings.EqualFold(text, "false") {
		o.yes, o.isBool = truthy(text), true
	}
	o.wall, o.isTime = wallOf(text)
	return o
}

// wallLayouts are the ways a moment may be written; a bare date is midnight.
var wallLayouts = []string{Layout, "2006-01-02 15:04", "2006-01-02"}

// wallOf reads a zone-less text as seconds on the wall clock. A T in place of the blank is
// not accepted: the real server compares texts.
func wallOf(text string) (int64, bool) {
	for _, layout := range wallLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			return t.Unix(), true
		}
	}
	return 0, false
}

// momentOf reads a zone-less text as a moment of a zone.
func momentOf(text string, zone *time.Location) (Stamp, bool) {
	for _, layout := range wallLayouts {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return Stamp(t.Unix()), true
		}
	}
	return 0, false
}

// wall returns the seconds that the wall clock of the reply's zone shows.
func (q *ask) wall(s Stamp) int64 {
	_, offset := s.In(q.zone).Zone()
	return int64(s) + int64(offset)
}

// compare orders a value against an operand; false when they cannot be compared.
func (q *ask) compare(value any, o operand) (int, bool) {
	switch v := value.(type) {
	case bool:
		return btoi(v) - btoi(o.yes), o.isBool
	case int64:
		return cmp.Compare(float64(v), o.number), o.isNum
	case float64:
		return cmp.Compare(v, o.number), o.isNum
	case Stamp:
		return cmp.Compare(q.wall(v), o.wall), o.isTime
	case string:
		if strings.EqualFold(v, o.text) {
			return 0, true
		}
		return cmp.Compare(strings.ToLower(v), strings.ToLower(o.text)), true
	}
	return 0, false
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// textOf is a value as the operators on texts see it.
func (q *ask) textOf(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case Stamp:
		return v.Text(q.zone)
	case bool:
		return strconv.Itoa(btoi(v))
	case int64:
		return number(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// operator compiles an operator with its value. A null matches nothing but isnull, as in SQL,
// so neq leaves rows without a value out.
func (q *ask) operator(name string, value *node) (matcher, error) {
	name = strings.ToLower(name)
	switch name {
	case "isnull":
		return none(func(any) bool { return true }), nil
	case "isnotnull":
		return some(func(any) bool { return true }), nil
	case "in", "notin", "between":
		return q.listOperator(name, value)
	}
	if value == nil || value.isObj {
		return nil, fmt.Errorf("%w: %s needs one value", errValue, name)
	}
	o := q.operandOf(value.value())
	ordered := func(holds func(int) bool) matcher {
		return some(func(v any) bool {
			c, ok := q.compare(v, o)
			return ok && holds(c)
		})
	}
	switch name {
	case "eq":
		return ordered(func(c int) bool { return c == 0 }), nil
	case "neq":
		return ordered(func(c int) bool { return c != 0 }), nil
	case "gt":
		return ordered(func(c int) bool { return c > 0 }), nil
	case "gte":
		return ordered(func(c int) bool { return c >= 0 }), nil
	case "lt":
		return ordered(func(c int) bool { return c < 0 }), nil
	case "lte":
		return ordered(func(c int) bool { return c <= 0 }), nil
	}
	return q.textOperator(name, o.text)
}

func (q *ask) listOperator(name string, value *node) (matcher, error) {
	var operands []operand
	for _, text := range value.texts() {
		operands = append(operands, q.operandOf(text))
	}
	if name == "between" {
		if len(operands) != 2 {
			return nil, fmt.Errorf("%w: between needs two values", errValue)
		}
		return some(func(v any) bool {
			low, ok := q.compare(v, operands[0])
			high, okToo := q.compare(v, operands[1])
			return ok && okToo && low >= 0 && high <= 0
		}), nil
	}
	if len(operands) == 0 || len(operands) == 1 && operands[0].text == "" && !value.isObj {
		return nil, fmt.Errorf("%w: %s needs a list", errValue, name)
	}
	words := make(map[string]bool, len(operands))
	for _, o := range operands {
		words[strings.ToLower(o.text)] = true
	}
	member := func(v any) bool {
		if text, isText := v.(string); isText {
			return words[strings.ToLower(text)]
		}
		for _, o := range operands {
			if c, ok := q.compare(v, o); ok && c == 0 {
				return true
			}
		}
		return false
	}
	if name == "in" {
		return some(member), nil
	}
	return every(func(v any) bool { return !member(v) }), nil
}

func (q *ask) textOperator(name, pattern string) (matcher, error) {
	lower := strings.ToLower(pattern)
	on := func(holds func(text string) bool) matcher {
		return some(func(v any) bool { return holds(strings.ToLower(q.textOf(v))) })
	}
	off := func(holds func(text string) bool) matcher {
		return every(func(v any) bool { return !holds(strings.ToLower(q.textOf(v))) })
	}
	contains := func(text string) bool { return strings.Contains(text, lower) }
	begins := func(text string) bool { return strings.HasPrefix(text, lower) }
	ends := func(text string) bool { return strings.HasSuffix(text, lower) }
	switch name {
	case "contains":
		return on(contains), nil
	case "doesnotcontain":
		return off(contains), nil
	case "startswith", "begins":
		return on(begins), nil
	case "notbegins":
		return off(begins), nil
	case "endswith", "ends":
		return on(ends), nil
	case "notends":
		return off(ends), nil
	case "like":
		return on(func(text string) bool { return like(text, lower) }), nil
	case "notlike":
		return off(func(text string) bool { return like(text, lower) }), nil
	case "regexp":
		re, err := regexp.Compile("(?i)" + pattern)
		if err != nil {
			return nil, fmt.Errorf("%w: regexp", errValue)
		}
		return some(func(v any) bool { return re.MatchString(q.textOf(v)) }), nil
	}
	return nil, fmt.Errorf("%w: %q", errOperator, name)
}

// some holds when a value matches.
func some(holds func(any) bool) matcher {
	return func(at path, row any) bool {
		found := false
		at(row, func(v any) bool {
			found = holds(v)
			return !found
		})
		return found
	}
}

// every holds when there is a value and all match.
func every(holds func(any) bool) matcher {
	return func(at path, row any) bool {
		any1, all := false, true
		at(row, func(v any) bool {
			any1, all = true, holds(v)
			return all
		})
		return any1 && all
	}
}

// none holds when no value matches.
func none(holds func(any) bool) matcher {
	yes := some(holds)
	return func(at path, row any) bool { return !yes(at, row) }
}

// like matches the way of SQL: % is any text, _ one character, \ takes the next literally.
// It walks once and remembers the last %, so no pattern is slow.
func like(text, pattern string) bool {
	t, p := []rune(text), []rune(pattern)
	i, j, star, mark := 0, 0, -1, 0
	for i < len(t) {
		switch {
		case j < len(p) && p[j] == '%':
			star, mark = j, i
			j++
		case j+1 < len(p) && p[j] == '\\' && p[j+1] == t[i]:
			i, j = i+1, j+2
		case j < len(p) && p[j] != '\\' && (p[j] == '_' || p[j] == t[i]):
			i, j = i+1, j+1
		case star >= 0:
			mark++
			i, j = mark, star+1
		default:
			return false
		}
	}
	for j < len(p) && p[j] == '%' {
		j++
	}
	return j == len(p)
}
