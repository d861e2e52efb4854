package query

import (
	"strings"
	"unicode"
)

// maxWords is how many words and phrases of a value are looked for.
const maxWords = 32

// WordQuery turns a user's words into an FTS5 query: every word must be there, "…" is a
// phrase, a trailing * is a prefix. It is "" when there is no word in it. Nothing else of
// FTS5's own syntax can come through, since every word is quoted.
func WordQuery(words string) string {
	var terms []string
	rest := words
	for rest != "" && len(terms) < maxWords {
		var term string
		if phrase, ok := strings.CutPrefix(rest, `"`); ok {
			term, rest, _ = strings.Cut(phrase, `"`)
			if after, ok := strings.CutPrefix(rest, "*"); ok {
				term, rest = term+"*", after
			}
		} else if end := strings.IndexFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || r == '"' }); end >= 0 {
			term = rest[:end]
			rest = strings.TrimLeftFunc(rest[end:], unicode.IsSpace)
		} else {
			term, rest = rest, ""
		}
		if q := PhraseQuery(term, false); q != "" {
			terms = append(terms, q)
		}
	}
	return strings.Join(terms, " ")
}

// phraseQuery makes an FTS5 phrase of a text. A trailing * or prefix make its last word a
// prefix.
func PhraseQuery(text string, prefix bool) string {
	text = strings.TrimSpace(strings.NewReplacer(`"`, " ", "\x00", " ").Replace(text))
	if strings.HasSuffix(text, "*") {
		text, prefix = strings.TrimRight(text, "*"), true
	}
	if strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) < 0 {
		return ""
	}
	if prefix {
		return `"` + text + `"*`
	}
	return `"` + text + `"`
}
