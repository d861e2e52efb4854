package query

import (
	"slices"
	"strings"
)

// scalar is a value of a condition with its place.
type scalar struct {
	text     string
	quoted   bool
	from, to int
}

// condition = field op value; the field has been read.
func (p *parser) condition(f Field, from, end int) (placed, *SyntaxError) {
	p.skipSpace()
	opFrom := p.pos
	sign := p.operatorAt(p.pos)
	p.pos += len(sign)
	opTo := p.pos
	op := signOp(f.Kind, sign)
	if op == "" || !f.Allows(op) {
		return placed{}, noOperator(f, sign).place(p.text, opFrom, opTo)
	}
	p.skipSpace()
	n, values, err := p.value(f, op, sign)
	if err != nil {
		return placed{}, err
	}
	plain, err, part := normaliseCondition(n)
	if err == nil {
		return p.leaf(plain, from)
	}
	if err.Code == ErrListNotHere {
		err.Params["op"] = sign
	}
	switch {
	case part == partField:
		return placed{}, err.place(p.text, from, end)
	case part >= 0 && part < len(values):
		return placed{}, err.place(p.text, values[part].from, values[part].to)
	}
	return placed{}, err.place(p.text, opFrom, opTo)
}

// signOp returns the operator that a sign of the grammar means for a kind of field, or "".
func signOp(kind Kind, sign string) Op {
	switch sign {
	case "!=":
		return canonicalOp(kind, Ne)
	case "=":
		return canonicalOp(kind, Eq)
	case ":":
		return canonicalOp(kind, Contains)
	}
	switch kind {
	case KindText:
		return map[string]Op{"~": Contains, "!~": NotContains, "^": StartsWith}[sign]
	case KindChoice:
		return map[string]Op{"~": AnyOf, "!~": NoneOf}[sign]
	}
	return map[string]Op{"<": Lt, "<=": Le, ">": Gt, ">=": Ge}[sign]
}

// signs lists the signs that a field takes.
func signs(f Field) []string {
	all := []string{":", "=", "!=", "<", "<=", ">", ">=", "~", "!~", "^"}
	return slices.DeleteFunc(all, func(s string) bool {
		op := signOp(f.Kind, s)
		return op == "" || !f.Allows(op)
	})
}

// value = "empty" | list | range | scalar
func (p *parser) value(f Field, op Op, sign string) (Node, []scalar, *SyntaxError) {
	n := Node{Field: f.Name, Op: op}
	if p.at('(') && (f.Kind != KindChoice || !strings.HasPrefix(p.text[p.pos:], NoneValue)) {
		values, err := p.list(f)
		n.Values = textsOf(values)
		return n, values, err
	}
	first, err := p.scalarValue(f)
	if err != nil {
		return n, nil, err
	}
	values := []scalar{first}
	if !first.quoted && isEmptyWord(first.text) {
		return p.emptyValue(f, n, sign, first)
	}
	if isRanged(f.Kind) && strings.HasPrefix(p.text[p.pos:], "..") {
		return p.rangeValue(f, n, sign, first)
	}
	if f.Name == FieldText && sign == ":" && first.quoted && strings.ContainsAny(strings.TrimSpace(first.text), " \t") {
		n.Op = Is // a quoted phrase after a colon means the phrase; "~" takes its words in any order
	}
	n.Values = textsOf(values)
	return n, values, nil
}

func isRanged(kind Kind) bool { return kind != KindText && kind != KindChoice }

func isEmptyWord(word string) bool {
	switch Fold(word) {
	case "empty", "prazdne":
		return true
	}
	return false
}

// meansEmpty reports whether a word without quotes looks like "without a value". That is written empty;
// the word would be looked for as a name or a text, and hardly ever found. In messages it is one like any
// other.
func meansEmpty(f *Field, word string) bool {
	if len(f.Values) > 0 || isRanged(f.Kind) || f.Name == FieldText || !f.Allows(IsEmpty) {
		return false
	}
	switch Fold(word) {
	case "none", "null", "nobody", "zadny", "zadna", "zadne", "nikdo":
		return true
	}
	return false
}

func (p *parser) emptyValue(f Field, n Node, sign string, at scalar) (Node, []scalar, *SyntaxError) {
	switch sign {
	case ":", "=", "~":
		n.Op = IsEmpty
	case "!=", "!~":
		n.Op = NotEmpty
	default:
		return n, nil, (&SyntaxError{Code: ErrNoValue, Params: map[string]string{"field": f.Name}}).place(p.text, at.from, at.to)
	}
	if !f.Allows(n.Op) {
		err := &SyntaxError{Code: ErrNoValue, Params: map[string]string{"field": f.Name}}
		if len(f.Values) > 0 {
			err = badChoice(&f, at.text)
		}
		return n, nil, err.place(p.text, at.from, at.to)
	}
	return n, nil, nil
}

// range = scalar ".." scalar; the first has been read.
func (p *parser) rangeValue(f Field, n Node, sign string, first scalar) (Node, []scalar, *SyntaxError) {
	dots := p.pos
	p.pos += len("..")
	second, err := p.scalarValue(f)
	if err != nil {
		return n, nil, err
	}
	switch sign {
	case ":", "=":
	case "!=":
		n.Not = true
	default:
		err := &SyntaxError{Code: ErrRangeNotHere, Params: map[string]string{"field": f.Name, "op": sign}}
		return n, nil, err.place(p.text, dots, dots+len(".."))
	}
	n.Op = Between
	values := []scalar{first, second}
	n.Values = textsOf(values)
	return n, values, nil
}

// list = "(" scalar { "," scalar } ")"
func (p *parser) list(f Field) ([]scalar, *SyntaxError) {
	p.pos++ // the parenthesis
	var values []scalar
	for {
		p.skipSpace()
		value, err := p.scalarValue(f)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
		p.skipSpace()
		if p.take(')') {
			return values, nil
		}
		if !p.take(',') {
			_, size := p.found(p.pos)
			return nil, (&SyntaxError{Code: ErrOpenList}).place(p.text, p.pos, p.pos+size)
		}
	}
}

// scalar = quoted | duration | date | number | word
func (p *parser) scalarValue(f Field) (scalar, *SyntaxError) {
	from := p.pos
	if p.at('"') {
		text, ok := p.quoted()
		if !ok {
			return scalar{}, (&SyntaxError{Code: ErrOpenQuote}).place(p.text, from, len(p.text))
		}
		return scalar{text: text, quoted: true, from: from, to: p.pos}, nil
	}
	if f.Kind == KindChoice && strings.HasPrefix(p.text[p.pos:], NoneValue) {
		p.pos += len(NoneValue)
		return scalar{text: NoneValue, quoted: true, from: from, to: p.pos}, nil
	}
	if p.operatorAt(p.pos) == "" {
		if text := p.scalar(f.Kind); text != "" {
			if meansEmpty(&f, text) {
				err := &SyntaxError{Code: ErrMeansEmpty, Params: map[string]string{"field": f.Name, "value": text}}
				return scalar{}, err.place(p.text, from, p.pos)
			}
			return scalar{text: text, from: from, to: p.pos}, nil
		}
	}
	_, size := p.found(p.pos)
	return scalar{}, (&SyntaxError{Code: ErrNoValue, Params: map[string]string{"field": f.Name}}).place(p.text, p.pos, p.pos+size)
}

func textsOf(values []scalar) []string {
	out := make([]string, len(values))
	for i := range values {
		out[i] = values[i].text
	}
	return out
}
