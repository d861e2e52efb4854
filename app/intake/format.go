package intake

import (
	"strings"
	"time"
)

// shape is what a number format says its numbers are.
type shape uint8

const (
	shapeless shape = iota // the format says nothing, as General and Text do
	dated                  // a moment, as days since the end of 1899
	spanned                // a duration or a time of day, as a part of a day
	plainly                // a number as it stands
)

// format is a number format as far as the values of a table need it.
type format struct {
	shape  shape
	unit   float64        // seconds that 1 of a number stands for, when the format names a unit
	digits int            // least digits of a whole number: "000 000 000" shows a number of nine
	offset *time.Location // of a date format that writes it: our own files do in the hour that comes twice
}

// builtIn are the formats that files name by number alone (ECMA-376 part 1, 18.8.30).
func builtIn(id int) format {
	switch {
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 58:
		return format{shape: dated}
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47:
		return format{shape: spanned}
	case id >= 1 && id <= 13, id >= 37 && id <= 44, id == 48:
		return format{shape: plainly}
	}
	return format{}
}

// parseFormat reads the section of a format code that positive numbers follow.
func parseFormat(code string) format {
	var literal, letters strings.Builder
	elapsed := false
	f := format{}
	runes := []rune(code)
scan:
	for i := 0; i < len(runes); i++ {
		switch c := runes[i]; c {
		case ';':
			break scan
		case '"':
			for i++; i < len(runes) && runes[i] != '"'; i++ {
				literal.WriteRune(runes[i])
			}
		case '\\':
			if i++; i < len(runes) {
				literal.WriteRune(runes[i])
			}
		case '_', '*':
			i++ // the width of a character, or one that fills the cell
		case '[':
			from := i + 1
			for i++; i < len(runes) && runes[i] != ']'; i++ {
			}
			within := strings.ToLower(string(runes[from:min(i, len(runes))]))
			if within != "" && strings.Trim(within, within[:1]) == "" && strings.Contains("hms", within[:1]) {
				elapsed = true
			}
		default:
			letters.WriteRune(c)
		}
	}
	text := strings.ToLower(letters.String())
	text = strings.NewReplacer("am/pm", "h", "a/p", "h", "general", "", "e+", "", "e-", "").Replace(text)
	said := strings.TrimSpace(literal.String())
	switch {
	case elapsed:
		f.shape = spanned
	case strings.ContainsAny(text, "yd"), strings.Contains(text, "m") && !strings.ContainsAny(text, "hs"):
		f.shape = dated
		if at := strings.LastIndexAny(said, "+-"); at >= 0 {
			if offset, ok := parseOffset(strings.TrimSpace(said[at:])); ok {
				f.offset = offset
			}
		}
	case strings.ContainsAny(text, "hs"):
		f.shape = spanned
	case strings.ContainsAny(text, "0#?"):
		f.shape = plainly
		f.unit = unitSeconds(said)
		if strings.Trim(text, "0 -/") == "" {
			f.digits = strings.Count(text, "0")
		}
	}
	return f
}

// unitSeconds is how many seconds a unit of time has, 0 for any other word.
func unitSeconds(word string) float64 {
	switch strings.TrimRight(strings.ToLower(strings.TrimSpace(word)), ".") {
	case "ms", "msec", "millisecond", "milliseconds", "milisekund", "milisekundy":
		return 0.001
	case "s", "sec", "secs", "second", "seconds", "sek", "sekund", "sekundy", "vteřin", "vteřiny":
		return 1
	case "m", "min", "mins", "minute", "minutes", "minut", "minuty":
		return 60
	case "h", "hr", "hrs", "hour", "hours", "hod", "hodin", "hodiny":
		return 3600
	case "d", "day", "days", "dny", "dní", "dnů":
		return 86400
	}
	return 0
}
