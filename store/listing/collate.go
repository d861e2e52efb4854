package listing

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"wapdesk/store/query"
)

// Czech order: a table gives each letter its place in the alphabet (ch after h; č, ř, š, ž are
// letters of their own; other accents do not count at first). Only texts that are the same by
// that go to the full collator, which is about ten times slower, and texts that it holds for
// equal go by their bytes, so that every two texts have one order.

// Places of groups of characters in a key. 0 ends a text, so that a prefix comes first.
const (
	placeSpace = 0x02
	placePunct = 0x03 // the characters of czechPunct follow from here
	placeDigit = 0x40
	placeAlpha = 0x50 // the letters of czechAlphabet follow from here
	placeOther = 0xfe // and three bytes of code point
)

// czechPunct is in the order of the Unicode collation.
const czechPunct = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"

var czechAlphabet = [...]string{"a", "b", "c", "č", "d", "e", "f", "g", "h", "ch", "i", "j", "k", "l", "m",
	"n", "o", "p", "q", "r", "ř", "s", "š", "t", "u", "v", "w", "x", "y", "z", "ž"}

// czechPlaces maps characters of ASCII and the four Czech letters to their places.
type czechPlaces struct {
	ascii                [128]byte
	ch, cz, rz, sz, zett byte
}

func newCzechPlaces() *czechPlaces {
	p := new(czechPlaces)
	for i := range p.ascii {
		p.ascii[i] = placeSpace
	}
	for i := range len(czechPunct) {
		p.ascii[czechPunct[i]] = placePunct + byte(i)
	}
	for d := byte('0'); d <= '9'; d++ {
		p.ascii[d] = placeDigit + d - '0'
	}
	for i, letter := range czechAlphabet {
		place := placeAlpha + byte(i)
		switch letter {
		case "č":
			p.cz = place
		case "ř":
			p.rz = place
		case "š":
			p.sz = place
		case "ž":
			p.zett = place
		case "ch":
			p.ch = place
		default:
			p.ascii[letter[0]] = place
			p.ascii[letter[0]-'a'+'A'] = place
		}
	}
	return p
}

// appendKey appends the key of a text, whose bytes sort as the text does up to accents and case.
func (p *czechPlaces) appendKey(dst []byte, s string) []byte {
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			if (c == 'c' || c == 'C') && i < len(s) && (s[i] == 'h' || s[i] == 'H') {
				dst = append(dst, p.ch)
				i++
				continue
			}
			dst = append(dst, p.ascii[c])
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch r {
		case 'č', 'Č':
			dst = append(dst, p.cz)
		case 'ř', 'Ř':
			dst = append(dst, p.rz)
		case 'š', 'Š':
			dst = append(dst, p.sz)
		case 'ž', 'Ž':
			dst = append(dst, p.zett)
		default:
			dst = p.appendFolded(dst, r)
		}
	}
	return dst
}

func (p *czechPlaces) appendFolded(dst []byte, r rune) []byte {
	var buf [16]byte
	for _, f := range string(query.AppendFoldRune(buf[:0], r)) {
		if f < utf8.RuneSelf {
			dst = append(dst, p.ascii[f])
			continue
		}
		dst = append(dst, placeOther, byte(f>>16), byte(f>>8), byte(f))
	}
	return dst
}

// Collator compares texts in Czech order. It is not safe for use by several goroutines.
type Collator struct {
	places *czechPlaces
	full   *collate.Collator
	a, b   []byte
}

// NewCollator returns a Collator.
func NewCollator() *Collator {
	return &Collator{places: newCzechPlaces(), full: collate.New(language.Czech)}
}

// Compare returns -1, 0 or 1. Only equal texts give 0.
func (c *Collator) Compare(a, b string) int {
	if a == b {
		return 0
	}
	c.a, c.b = c.places.appendKey(c.a[:0], a), c.places.appendKey(c.b[:0], b)
	if d := strings.Compare(string(c.a), string(c.b)); d != 0 {
		return d
	}
	return c.ties(a, b)
}

// ties compares texts with equal keys.
func (c *Collator) ties(a, b string) int {
	if d := c.full.CompareString(a, b); d != 0 {
		return d
	}
	return strings.Compare(a, b)
}
