package intake

import "errors"

// Why a file cannot be opened at all.
var (
	ErrFormat    = errors.New("not an .xlsx or .csv file")
	ErrBroken    = errors.New("the file is damaged")
	ErrNoTable   = errors.New("no table of interactions in the file")
	ErrNoTime    = errors.New("the table has no time column")
	ErrTooLarge  = errors.New("the file is too large")
	ErrBomb      = errors.New("the file unpacks to far more than it should")
	ErrCellSize  = errors.New("a cell of the file is too large")
	ErrMacros    = errors.New("the file contains macros")
	ErrEncrypted = errors.New("the file is protected by a password")
	ErrOldExcel  = errors.New("the file is in the old .xls format")
)

// Reason says why a row or a value was not read.
type Reason string

// The reasons. With the first three the row is left out; with the others only the value is.
const (
	ReasonNoTime    Reason = "no_time"        // the time is blank
	ReasonTime      Reason = "time"           // the time is not one
	ReasonOrphan    Reason = "no_interaction" // an activity or message of no interaction in the file
	ReasonMissed    Reason = "missed"
	ReasonMissedAt  Reason = "missed_time"
	ReasonAnswered  Reason = "answered"
	ReasonDuration  Reason = "duration"
	ReasonEnded     Reason = "ended"
	ReasonDirection Reason = "direction"
	ReasonNumber    Reason = "number"
	ReasonWord      Reason = "word"  // a word of an extra sheet that is not known
	ReasonQuote     Reason = "quote" // a quotation mark that never closes
)

// Skipped is something that was not read. Row counts from 1 with the header, as
// spreadsheets number rows; in a .csv it counts records. It never holds a value, since
// values are about people.
type Skipped struct {
	Sheet  string // "" in a .csv
	Row    int
	Reason Reason
	Left   bool // the whole row was left out
}

// Report tells what reading a file gave. It is complete when the rows have been read.
type Report struct {
	Rows       int64 // interactions
	Activities int64
	Messages   int64
	Left       int64     // rows that were left out
	Values     int64     // values that were left out of rows that were read
	Skipped    []Skipped // the first maxSkipped of both
	Columns    []string  // fields that were found, in the file's order
	Unknown    []string  // headers that were not recognised
	Zone       string    // the zone times were read in
	Own        bool      // written by Wapdesk
}

// maxSkipped is how many lines of a report are kept; beyond it only counts are.
const maxSkipped = 1000

func (r *Report) skip(sheet string, row int, reason Reason, left bool) {
	if left {
		r.Left++
	} else {
		r.Values++
	}
	if len(r.Skipped) < maxSkipped {
		r.Skipped = append(r.Skipped, Skipped{Sheet: sheet, Row: row, Reason: reason, Left: left})
	}
}
