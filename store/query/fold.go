package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold brings text to the form in which it is compared: lower case, without diacritics, and
// with the letters that Unicode does not decompose (ł ø đ ß æ œ þ ð ı) written plainly.
func Fold(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || 'A' <= s[i] && s[i] <= 'Z' {
			return string(AppendFold(make([]byte, 0, len(s)+8), s))
		}
	}
	return s
}

// appendFold appends the folded form of s to dst.
func AppendFold(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			dst = append(dst, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		dst = AppendFoldRune(dst, r)
		i += size
	}
	return dst
}

func AppendFoldRune(dst []byte, r rune) []byte {
	if plain := foldLatin(r); plain != "" {
		return append(dst, plain...)
	}
	if unicode.Is(unicode.Mn, r) {
		return dst
	}
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	for _, d := range string(norm.NFD.Bytes(buf[:n])) {
		if unicode.Is(unicode.Mn, d) {
			continue
		}
		low := unicode.ToLower(d)
		if plain := foldLatin(low); plain != "" {
			dst = append(dst, plain...)
			continue
		}
		dst = utf8.AppendRune(dst, low)
	}
	return dst
}

// foldLatin is the short way for the letters that texts of our customers are full of, and
// the only way for those that have no decomposition.
func foldLatin(r rune) string {
	switch r {
	case 'á', 'Á', 'ä', 'Ä', 'à', 'À', 'â', 'Â', 'ą', 'Ą':
		return "a"
	case 'č', 'Č', 'ć', 'Ć', 'ç', 'Ç':
		return "c"
	case 'ď', 'Ď', 'đ', 'Đ', 'ð', 'Ð':
		return "d"
	case 'é', 'É', 'ě', 'Ě', 'è', 'È', 'ë', 'Ë', 'ê', 'Ê', 'ę', 'Ę':
		return "e"
	case 'í', 'Í', 'ı':
		return "i"
	case 'ľ', 'Ľ', 'ĺ', 'Ĺ', 'ł', 'Ł':
		return "l"
	case 'ň', 'Ň', 'ń', 'Ń', 'ñ', 'Ñ':
		return "n"
	case 'ó', 'Ó', 'ô', 'Ô', 'ö', 'Ö', 'ő', 'Ő', 'ø', 'Ø':
		return "o"
	case 'ř', 'Ř', 'ŕ', 'Ŕ':
		return "r"
	case 'š', 'Š', 'ś', 'Ś':
		return "s"
	case 'ß', 'ẞ':
		return "ss"
	case 'ť', 'Ť':
		return "t"
	case 'ú', 'Ú', 'ů', 'Ů', 'ü', 'Ü', 'ű', 'Ű':
		return "u"
	case 'ý', 'Ý':
		return "y"
	case 'ž', 'Ž', 'ź', 'Ź', 'ż', 'Ż':
		return "z"
	case 'æ', 'Æ':
		return "ae"
	case 'œ', 'Œ':
		return "oe"
	case 'þ', 'Þ':
		return "th"
	case '\u00a0', '\u202f', '\u2007':
		return " "
	}
	return ""
}

// FoldNumber brings a phone number to the form in which it is compared: digits only,
// without a leading "+" or "00". A text with letters is folded as text.
func FoldNumber(s string) string {
	digits := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case '0' <= r && r <= '9':
			digits = append(digits, byte(r))
		case unicode.IsLetter(r):
			return Fold(s)
		}
	}
	if len(digits) == 0 {
		return Fold(s)
	}
	return strings.TrimPrefix(string(digits), "00")
}
