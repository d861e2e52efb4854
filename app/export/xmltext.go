package export

import "unicode/utf8"

// maxCellUnits is how many characters, counted as UTF-16 units, a cell holds in Excel.
const maxCellUnits = 32767

// appendXML appends s as the content of a <t> element and reports whether it had to be cut
// to fit a cell. Characters XML forbids become Excel's own escape _xHHHH_, and so does the
// underscore of text that only looks like such an escape. A carriage return would be read
// back as a line feed, so it is escaped as well. Invalid UTF-8 becomes U+FFFD.
func appendXML(dst []byte, s string) (_ []byte, cut bool) {
	s, cut = fit(s)
	var room [12]byte
	start := 0
	for i := 0; i < len(s); {
		size := 1
		escape := room[:0]
		switch b := s[i]; {
		case b >= utf8.RuneSelf:
			var r rune
			if r, size = utf8.DecodeRuneInString(s[i:]); r == utf8.RuneError && size == 1 {
				escape = append(escape, "\uFFFD"...)
			} else if r == 0xFFFE || r == 0xFFFF {
				escape = appendEscape(escape, uint16(r))
			}
		case b == '&':
			escape = append(escape, "&amp;"...)
		case b == '<':
			escape = append(escape, "&lt;"...)
		case b == '>':
			escape = append(escape, "&gt;"...)
		case b < ' ' && b != '\t' && b != '\n', b == '_' && escaped(s[i:]):
			escape = appendEscape(escape, uint16(b))
		}
		i += size
		if len(escape) > 0 {
			dst = append(append(dst, s[start:i-size]...), escape...)
			start = i
		}
	}
	return append(dst, s[start:]...), cut
}

// fit cuts s between two characters so that it fits a cell with an ellipsis at its end.
func fit(s string) (string, bool) {
	if len(s) <= maxCellUnits { // no text has more units than bytes
		return s, false
	}
	units, end := 0, 0
	for i, r := range s {
		n := 1
		if r > 0xFFFF {
			n = 2
		}
		if units+n <= maxCellUnits-1 {
			end = i + utf8.RuneLen(r)
			if r == utf8.RuneError { // may stand for one wrong byte
				_, size := utf8.DecodeRuneInString(s[i:])
				end = i + size
			}
		}
		if units += n; units > maxCellUnits {
			return s[:end] + "…", true
		}
	}
	return s, false
}

// escaped reports whether s begins with something a reader would decode: _xHHHH_.
func escaped(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	for _, b := range []byte(s[2:6]) {
		if (b < '0' || b > '9') && (b < 'a' || b > 'f') && (b < 'A' || b > 'F') {
			return false
		}
	}
	return true
}

func appendEscape(dst []byte, r uint16) []byte {
	const hex = "0123456789ABCDEF"
	return append(dst, '_', 'x', hex[r>>12], hex[r>>8&15], hex[r>>4&15], hex[r&15], '_')
}

// spaced reports whether a reader may drop white space of s unless told not to.
func spaced(s string) bool {
	if s == "" {
		return false
	}
	first, last := s[0], s[len(s)-1]
	if first <= ' ' || last <= ' ' {
		return true
	}
	for i := range len(s) {
		if s[i] == '\n' || s[i] == '\t' {
			return true
		}
	}
	return false
}
