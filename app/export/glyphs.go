package export

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// placeholder stands for a character the font of a page does not have.
const placeholder = '□'

// glyphs knows which characters a font can draw.
type glyphs struct {
	font   *sfnt.Font
	buffer sfnt.Buffer
	known  map[rune]bool
	// missed tells that a placeholder was needed.
	missed bool
}

func newGlyphs(font []byte) (*glyphs, error) {
	parsed, err := sfnt.Parse(font)
	if err != nil {
		return nil, fmt.Errorf("read the font: %w", err)
	}
	return &glyphs{font: parsed, known: map[rune]bool{}}, nil
}

// has reports whether the font draws r. Characters beyond the first plane count as missing:
// the library that makes the pages cannot address them.
func (g *glyphs) has(r rune) bool {
	if r > 0xFFFF {
		return false
	}
	has, known := g.known[r]
	if !known {
		index, err := g.font.GlyphIndex(&g.buffer, r)
		has = err == nil && index != 0
		g.known[r] = has
	}
	return has
}

// drawable returns s with what the font cannot draw replaced, one placeholder for each
// character as a person counts them: a family of four is one. Marks that turn the direction
// of text are left out, since they would turn the rest of the page with it.
func (g *glyphs) drawable(s string) string {
	var out strings.Builder
	state := -1
	for s = norm.NFC.String(printable(s)); s != ""; {
		var cluster string
		cluster, s, _, state = uniseg.FirstGraphemeClusterInString(s, state)
		shown := strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) {
				return -1
			}
			if r == '\t' {
				return ' '
			}
			return r
		}, cluster)
		missing := strings.IndexFunc(shown, func(r rune) bool { return r != '\n' && !g.has(r) }) >= 0
		if missing {
			g.missed = true
			out.WriteRune(placeholder)
			continue
		}
		out.WriteString(shown)
	}
	return out.String()
}
