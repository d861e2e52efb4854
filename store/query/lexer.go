package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// lexer reads the pieces of the text form. What a piece is depends on what the parser
// expects: a colon ends a field's name, but is part of a duration.
type lexer struct {
	text string
	pos  int
}

func (l *lexer) skipSpace() {
	for l.pos < len(l.text) {
		r, size := utf8.DecodeRuneInString(l.text[l.pos:])
		if !unicode.IsSpace(r) {
			return
		}
		l.pos += size
	}
}

func (l *lexer) atEnd() bool { return l.pos >= len(l.text) }

func (l *lexer) at(c byte) bool { return l.pos < len(l.text) && l.text[l.pos] == c }

// take steps over a byte when it comes next.
func (l *lexer) take(c byte) bool {
	if !l.at(c) {
		return false
	}
	l.pos++
	return true
}

// operatorAt returns the operator that begins at a place, or "".
func (l *lexer) operatorAt(pos int) string {
	rest := l.text[pos:]
	for _, op := range []string{"!=", "!~", "<=", ">=", ":", "=", "<", ">", "~", "^"} {
		if strings.HasPrefix(rest, op) {
			return op
		}
	}
	return ""
}

// keyword steps over AND, OR or NOT when it stands alone.
func (l *lexer) keyword(word string) bool {
	if !strings.HasPrefix(l.text[l.pos:], word) {
		return false
	}
	saved := l.pos
	if l.bareWord() == word && l.operatorAhead() == "" {
		return true
	}
	l.pos = saved
	return false
}

// operatorAhead returns the operator that comes next after blanks, without taking it.
func (l *lexer) operatorAhead() string {
	saved := l.pos
	l.skipSpace()
	op := l.operatorAt(l.pos)
	l.pos = saved
	return op
}

// ends reports whether a rune ends every unquoted piece.
func ends(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("(),\"", r) }

// bareWord reads a field's name or a word to search for.
func (l *lexer) bareWord() string {
	start := l.pos
	for l.pos < len(l.text) {
		r, size := utf8.DecodeRuneInString(l.text[l.pos:])
		if ends(r) || l.operatorAt(l.pos) != "" {
			break
		}
		l.pos += size
	}
	return l.text[start:l.pos]
}

// scalar reads an unquoted value. Figures and dates stop at "..", which parts a range; a
// date takes the time of day that follows it.
func (l *lexer) scalar(kind Kind) string {
	start := l.pos
	ranged := kind != KindText && kind != KindChoice
	for l.pos < len(l.text) {
		r, size := utf8.DecodeRuneInString(l.text[l.pos:])
		if ends(r) || ranged && strings.HasPrefix(l.text[l.pos:], "..") {
			break
		}
		l.pos += size
	}
	if kind == KindDate && l.pos > start && !strings.Contains(l.text[start:l.pos], ":") {
		l.timeOfDay()
	}
	return l.text[start:l.pos]
}

// timeOfDay steps over blanks and a time of day when they come next; one that is not valid
// is part of the date too, so that the error is about the date.
func (l *lexer) timeOfDay() {
	saved := l.pos
	l.skipSpace()
	from := l.pos
	for l.pos < len(l.text) && strings.IndexByte("0123456789:", l.text[l.pos]) >= 0 {
		l.pos++
	}
	if from == saved || !strings.Contains(l.text[from:l.pos], ":") {
		l.pos = saved
	}
}

// quoted reads a quoted text, in which \" is a quote and \\ a backslash. It is false when
// the closing quote is missing.
func (l *lexer) quoted() (string, bool) {
	l.pos++ // the opening quote
	var out strings.Builder
	for l.pos < len(l.text) {
		c := l.text[l.pos]
		l.pos++
		switch {
		case c == '"':
			return out.String(), true
		case c == '\\' && (l.at('"') || l.at('\\')):
			c = l.text[l.pos]
			l.pos++
		}
		out.WriteByte(c)
	}
	return "", false
}

// found returns the piece at a place, for messages, and its length.
func (l *lexer) found(pos int) (string, int) {
	if pos >= len(l.text) {
		return "", 0
	}
	probe := lexer{text: l.text, pos: pos}
	if word := probe.bareWord(); word != "" {
		return word, len(word)
	}
	if op := l.operatorAt(pos); op != "" {
		return op, len(op)
	}
	_, size := utf8.DecodeRuneInString(l.text[pos:])
	return l.text[pos : pos+size], size
}
