package export

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"wapdesk/store/listing"
)

// Format is a kind of file.
type Format string

// The formats of a table.
const (
	XLSX Format = "xlsx"
	CSV  Format = "csv"
)

// Region decides how dates look: "22. 11. 2026 9:05:07" or "2026-11-22 9:05:07".
type Region string

// The regions.
const (
	RegionEN Region = "en"
	RegionCS Region = "cs"
)

// Request says what a file holds and how it looks.
type Request struct {
	Format Format
	// Columns are field names in order, see Fields. Empty means the fourteen of the list.
	Columns []string
	// Words gives the words of headers and values in the file's language.
	Words Words
	// Lang is the language of Words, which a workbook says of itself.
	Lang string
	// Region is about the workbook's date format and the preview of it.
	Region Region
	// Raw writes wire values instead of words: answered 1 and 0, missed 1, 0 and NO as in
	// the contact centre's own export, ended and direction as on the wire.
	Raw bool
	// Targets are what interactions are measured by.
	Targets listing.Targets
	// Zone is the contact centre's time zone; nil means UTC.
	Zone *time.Location
	// CSV is the dialect of a .csv file.
	CSV Dialect
	// Summary adds a sheet of counts, medians and charts. Workbooks only.
	Summary bool
	// Activities and Messages add a sheet each when they are not nil. Workbooks only.
	Activities iter.Seq2[Activity, error]
	Messages   iter.Seq2[Message, error]
	// About is what the About sheet says. Workbooks only.
	About About

	// sheetRows and sheetBytes stand in for Excel's limits in tests; 0 means Excel's own.
	sheetRows  int
	sheetBytes int64
}

// About is what a workbook says about itself. All texts are in the file's language.
type About struct {
	Company  string
	Filter   string   // the filter in words
	Sort     string   // the order in words
	Coverage []string // what is stored of the filter's period, one range a line
	Missing  []string // what is not
	// PastKeeping names the days that were asked for and have been removed for their age.
	PastKeeping string
	When        time.Time
	By          string
	Version     string
	Demo        bool
}

// Result is what a finished write has written.
type Result struct {
	Rows  int64 // interactions, without headers
	Bytes int64
	// Cut is how many cells were longer than Excel allows and end with an ellipsis.
	Cut int64
}

// Refusals of a request, found before anything is written.
var (
	ErrFormat  = errors.New("unknown export format")
	ErrColumn  = errors.New("column cannot be written") // as a *ColumnError
	ErrDialect = errors.New("csv delimiter cannot be used")
	ErrSheets  = errors.New("only workbooks have extra sheets")
	ErrWords   = errors.New("no words for headers and values")
)

// ColumnError names the column that is unknown or asked for twice. It is an ErrColumn.
type ColumnError struct {
	Column string
	Twice  bool
}

func (e *ColumnError) Error() string {
	if e.Twice {
		return fmt.Sprintf("column %q is named twice", e.Column)
	}
	return fmt.Sprintf("unknown column %q", e.Column)
}

// Is lets errors.Is find ErrColumn.
func (e *ColumnError) Is(target error) bool { return target == ErrColumn }

// validate reports the first thing in r that cannot be written.
func (r Request) validate() error {
	if r.Words == nil {
		return ErrWords
	}
	for i, name := range r.Columns {
		if !slices.ContainsFunc(recordColumns(), func(c column[listing.Record]) bool { return c.field == name }) {
			return &ColumnError{Column: name}
		}
		if slices.Contains(r.Columns[:i], name) {
			return &ColumnError{Column: name, Twice: true}
		}
	}
	switch r.Format {
	case XLSX:
		return nil
	case CSV:
		if r.Summary || r.Activities != nil || r.Messages != nil {
			return ErrSheets
		}
		return r.CSV.validate()
	}
	return fmt.Errorf("%w: %q", ErrFormat, r.Format)
}

// zone returns the zone times are written in.
func (r Request) zone() *time.Location {
	if r.Zone == nil {
		return time.UTC
	}
	return r.Zone
}

// pattern is how the request's region writes a moment.
func (r Request) pattern() Pattern {
	if r.Region == RegionCS {
		return Czech
	}
	return ISOShort
}
