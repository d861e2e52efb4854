package query

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// ParseDuration reads a duration of the grammar in seconds: 90s, 5m, 1h30m, 0:05:00, 5:00
// (minutes and seconds) or a plain number of seconds.
func ParseDuration(text string) (int64, bool) {
	s := strings.TrimSpace(text)
	if s == "" {
		return 0, false
	}
	if strings.Contains(s, ":") {
		return clockDuration(s)
	}
	if n, ok := ParseNumber(s); ok {
		return n, true
	}
	var total int64
	units := "dhms"
	for s != "" {
		digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
		if digits == 0 || digits > 9 || digits == len(s) {
			return 0, false
		}
		n, _ := strconv.ParseInt(s[:digits], 10, 64) // at most nine digits
		unit := strings.IndexByte(units, s[digits]|0x20)
		if unit < 0 {
			return 0, false
		}
		factor := map[byte]int64{'d': 86_400, 'h': 3600, 'm': 60, 's': 1}[units[unit]]
		total += n * factor
		units, s = units[unit+1:], strings.TrimLeft(s[digits+1:], " ")
	}
	return total, total <= math.MaxInt32
}

func clockDuration(s string) (int64, bool) {
	parts := strings.Split(s, ":")
	if len(parts) > 3 {
		return 0, false
	}
	var total int64
	for i, p := range parts {
		if p == "" || len(p) > 6 || strings.Trim(p, "0123456789") != "" || i > 0 && len(p) != 2 {
			return 0, false
		}
		n, _ := strconv.ParseInt(p, 10, 64) // at most six digits
		if i > 0 && n > 59 {
			return 0, false
		}
		total = total*60 + n
	}
	return total, total <= math.MaxInt32
}

// ParseNumber reads a whole number that is not negative.
func ParseNumber(text string) (int64, bool) {
	s := strings.TrimSpace(text)
	if s == "" || len(s) > 10 || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, _ := strconv.ParseInt(s, 10, 64) // at most ten digits
	return n, n <= math.MaxInt32
}

// figure reads a value of a duration or number field.
func Figure(kind Kind, text string) (int64, bool) {
	if kind == KindDuration {
		return ParseDuration(text)
	}
	return ParseNumber(text)
}

// yesNoWords are other words for yes and no, folded.
func yesNoWords() map[string]string {
	return map[string]string{"ano": "yes", "ne": "no", "1": "yes", "0": "no", "true": "yes", "false": "no"}
}

// IsNone reports whether a value of a choice field means interactions without one.
func IsNone(value string) bool {
	switch Fold(strings.TrimSpace(value)) {
	case NoneValue, "(zadny)", "(zadna)":
		return true
	}
	return false
}

// canonicalChoice returns the value of a choice field as it stands in Values. Fields whose
// values are names take every text.
func canonicalChoice(f *Field, value string) (string, bool) {
	if IsNone(value) {
		return NoneValue, f.Allows(IsEmpty)
	}
	folded := Fold(strings.TrimSpace(value))
	if len(f.Values) == 0 {
		return value, folded != ""
	}
	if i := slices.IndexFunc(f.Values, func(v string) bool { return Fold(v) == folded }); i >= 0 {
		return f.Values[i], true
	}
	word := f.Words[folded]
	return word, word != ""
}
