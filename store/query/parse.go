package query

import (
	"strings"
	"unicode/utf8"
)

// Parse reads the text form of a filter. An empty text gives nil: everything. The result is
// in the form of Normalise. Every error is a *SyntaxError with its place.
func Parse(text string) (*Node, error) {
	if n := utf8.RuneCountInString(text); n > MaxQueryLen {
		err := limitError(ErrTooLong, MaxQueryLen)
		pos := 0
		for range MaxQueryLen {
			_, size := utf8.DecodeRuneInString(text[pos:])
			pos += size
		}
		return nil, err.place(text, pos, len(text))
	}
	p := parser{lexer: lexer{text: text}}
	p.skipSpace()
	if p.atEnd() {
		return nil, nil
	}
	tree, err := p.or()
	if err == nil && !p.atEnd() {
		err = p.unexpected()
	}
	if err == nil {
		level := 0
		if len(tree.node.And) > 0 && !tree.node.Not {
			level = -1 // the outermost AND is no level, see levels
		}
		err = tree.checkDepth(text, level)
	}
	if err != nil {
		return nil, err
	}
	return &tree.node, nil
}

// place says where an error is.
func (e *SyntaxError) place(text string, from, to int) *SyntaxError {
	e.Pos, e.Len = from, to-from
	e.RunePos = utf8.RuneCountInString(text[:from])
	e.RuneLen = utf8.RuneCountInString(text[from:to])
	return e
}

// placed is a node with its place in the text.
type placed struct {
	node     Node
	from, to int
	kids     []placed
}

// checkDepth finds the first group that is nested too deeply.
func (t *placed) checkDepth(text string, level int) *SyntaxError {
	if len(t.kids) == 0 {
		return nil
	}
	if level == MaxDepth {
		return limitError(ErrTooDeep, MaxDepth).place(text, t.from, t.to)
	}
	for i := range t.kids {
		if err := t.kids[i].checkDepth(text, level+1); err != nil {
			return err
		}
	}
	return nil
}

// parser is a recursive descent over the grammar, one method a rule.
type parser struct {
	lexer
	parens     int // that are open
	conditions int
}

// or = and { "OR" and }
func (p *parser) or() (placed, *SyntaxError) {
	return p.group(false, p.and, func() bool { return p.keyword("OR") })
}

// and = not { [ "AND" ] not }
func (p *parser) and() (placed, *SyntaxError) {
	return p.group(true, p.not, func() bool {
		if p.keyword("AND") {
			return true
		}
		if p.atEnd() || p.at(')') || p.at(',') {
			return false
		}
		saved := p.pos
		isOr := p.keyword("OR")
		p.pos = saved
		return !isOr
	})
}

// group reads parts for as long as they go on, and joins them.
func (p *parser) group(and bool, part func() (placed, *SyntaxError), goesOn func() bool) (placed, *SyntaxError) {
	var kids []placed
	for {
		kid, err := part()
		if err != nil {
			return placed{}, err
		}
		kids = append(kids, kid)
		p.skipSpace()
		if !goesOn() {
			break
		}
	}
	if len(kids) == 1 {
		return kids[0], nil
	}
	nodes := make([]Node, len(kids))
	for i := range kids {
		nodes[i] = kids[i].node
	}
	return placed{node: *grouped(nodes, and, false), from: kids[0].from, to: kids[len(kids)-1].to, kids: kids}, nil
}

// not = [ "NOT" | "-" ] prim
func (p *parser) not() (placed, *SyntaxError) {
	p.skipSpace()
	from := p.pos
	negated := p.keyword("NOT") || p.take('-')
	if negated {
		p.skipSpace()
	}
	t, err := p.primary()
	if err != nil {
		return t, err
	}
	t.from = from
	t.node.Not = t.node.Not != negated
	return t, nil
}

// primary = "(" or ")" | cond | word
func (p *parser) primary() (placed, *SyntaxError) {
	from := p.pos
	switch {
	case p.at('('):
		return p.parenthesis()
	case p.at('"'):
		word, ok := p.quoted()
		if !ok {
			return placed{}, (&SyntaxError{Code: ErrOpenQuote}).place(p.text, from, len(p.text))
		}
		if p.operatorAhead() != "" {
			p.skipSpace()
			return placed{}, p.unexpected()
		}
		return p.word(word, from)
	case p.at('-'): // one negation is enough
		return placed{}, p.noCondition()
	}
	for _, k := range []string{"AND", "OR", "NOT"} {
		if p.keyword(k) {
			p.pos = from
			return placed{}, p.noCondition()
		}
	}
	word := p.bareWord()
	if word == "" {
		return placed{}, p.noCondition()
	}
	end := p.pos
	if p.operatorAhead() == "" {
		return p.word(word, from)
	}
	f, ok := LookupField(word)
	if !ok {
		err := &SyntaxError{Code: ErrUnknownField, Params: map[string]string{"name": word, "suggestion": suggest(word)}}
		return placed{}, err.place(p.text, from, end)
	}
	return p.condition(f, from, end)
}

func (p *parser) parenthesis() (placed, *SyntaxError) {
	from := p.pos
	p.pos++
	if p.parens++; p.parens > MaxDepth {
		return placed{}, limitError(ErrTooDeep, MaxDepth).place(p.text, from, p.pos)
	}
	t, err := p.or()
	if err != nil {
		return t, err
	}
	p.skipSpace()
	if p.atEnd() {
		return t, (&SyntaxError{Code: ErrOpenParen}).place(p.text, from, from+1)
	}
	if !p.take(')') {
		return t, p.unexpected()
	}
	p.parens--
	t.from, t.to = from, p.pos
	return t, nil
}

// word makes the condition that a bare word means.
func (p *parser) word(word string, from int) (placed, *SyntaxError) {
	if strings.TrimSpace(word) == "" {
		err := &SyntaxError{Code: ErrNoCondition, Params: map[string]string{"found": p.text[from:p.pos]}}
		return placed{}, err.place(p.text, from, p.pos)
	}
	return p.leaf(Node{Field: FieldAny, Op: Contains, Values: []string{word}}, from)
}

// leaf counts a condition in.
func (p *parser) leaf(n Node, from int) (placed, *SyntaxError) {
	if p.conditions++; p.conditions > MaxConditions {
		return placed{}, limitError(ErrTooMany, MaxConditions).place(p.text, from, p.pos)
	}
	return placed{node: n, from: from, to: p.pos}, nil
}

// unexpected is the error about what comes next.
func (p *parser) unexpected() *SyntaxError {
	found, size := p.found(p.pos)
	return (&SyntaxError{Code: ErrUnexpected, Params: map[string]string{"found": found}}).place(p.text, p.pos, p.pos+size)
}

// noCondition is the error about what comes next where a condition has to.
func (p *parser) noCondition() *SyntaxError {
	found, size := p.found(p.pos)
	return (&SyntaxError{Code: ErrNoCondition, Params: map[string]string{"found": found}}).place(p.text, p.pos, p.pos+size)
}
