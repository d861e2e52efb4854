package cli

import (
	"io"
	"sync"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
)

// tame writes text for a terminal. What a customer wrote, or a contact centre answered, can hold characters
// that move the cursor, change the window's title or turn the direction of what follows; each becomes
// U+FFFD. Machines get them as they are, in JSON.
type tame struct {
	mu sync.Mutex
	to *transform.Writer
}

func newTame(to io.Writer) *tame {
	return &tame{to: transform.NewWriter(to, runes.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) || turnsText(r) {
			return unicode.ReplacementChar
		}
		return r
	}))}
}

func (t *tame) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.to.Write(p)
}

// turnsText reports whether a character changes the direction of the text behind it. Marks, which right-to-left
// writing needs, do not.
func turnsText(r rune) bool { return '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069' }
