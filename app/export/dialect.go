package export

import "strings"

// Dialect is how a .csv file separates and writes its values. All columns are text or whole numbers, so
// there is no mark of fractions to choose.
type Dialect struct {
	Delimiter byte    // ',', ';', '\t' or '|'
	BOM       bool    // start with a byte order mark, by which Excel knows UTF-8
	Seconds   bool    // durations as seconds instead of h:mm:ss
	Dates     Pattern // how times are written
	// RawText leaves text that begins like a formula as it is. Otherwise a leading '
	// keeps spreadsheets from computing it.
	RawText bool
}

// CzechCSV is what Excel with Czech settings opens right by a double click.
func CzechCSV() Dialect {
	return Dialect{Delimiter: ';', BOM: true, Dates: CzechTight}
}

// EnglishCSV is what Excel with English settings opens right by a double click.
func EnglishCSV() Dialect {
	return Dialect{Delimiter: ',', BOM: true, Dates: ISO}
}

// RFC4180 is meant for programs: comma, ISO times, and no byte order mark, which many
// readers would take as part of the first header.
func RFC4180() Dialect {
	return Dialect{Delimiter: ',', Dates: ISO}
}

func (d Dialect) validate() error {
	if d.Delimiter == 0 || !strings.ContainsRune(",;\t|", rune(d.Delimiter)) {
		return ErrDialect
	}
	return nil
}

// Inert returns s so that no spreadsheet computes it: text that begins like a formula gets
// a leading apostrophe. So does text that already begins with apostrophes before such a
// sign, which lets a reader take exactly one away again.
func Inert(s string) string {
	if s == "" || !formula(s) {
		return s
	}
	return "'" + s
}

// formula reports whether s begins, after any apostrophes, with = + - @, a tab, a carriage
// return or NUL.
func formula(s string) bool {
	switch rest := strings.TrimLeft(s, "'"); {
	case rest == "":
		return false
	default:
		return strings.IndexByte("=+-@\t\r\x00", rest[0]) >= 0
	}
}
