package export

import (
	"context"
	"fmt"
	"io"
	"time"
)

// Unit is what the values of a figure or a column of a report are.
type Unit int

// The units.
const (
	UnitCount Unit = iota // interactions
	UnitShare             // 0 to 1
	UnitSpan              // seconds
)

// Value is a figure of a report; the zero Value is not known.
type Value struct {
	Known bool
	V     float64
}

// KnownValue returns a value that is known.
func KnownValue(v float64) Value { return Value{Known: true, V: v} }

// ReportFigure is one figure on the cover, beside what it is compared with.
type ReportFigure struct {
	Label     string
	Unit      Unit
	Now       Value // of the whole period
	Same, Was Value // over what both periods have: of this one, and of the other
	// Better is 1 where more is better, -1 where less is, 0 where neither is known.
	Better int
}

// Change returns the difference of what is compared, and its share of the value before: unknown where a value is, or
// before was nothing. Shares differ in points and have no share of their own.
func (f ReportFigure) Change() (difference, share Value) {
	if !f.Same.Known || !f.Was.Known {
		return Value{}, Value{}
	}
	difference = KnownValue(f.Same.V - f.Was.V)
	if f.Was.V != 0 && f.Unit != UnitShare {
		share = KnownValue(difference.V / f.Was.V)
	}
	return difference, share
}

// ReportColumn is a column of a report's table.
type ReportColumn struct {
	Label string
	Unit  Unit
	// Wide is for the workbook alone: a page has no room for it.
	Wide bool
}

// ReportRow is a line of a table. Part says that not all of its day or month is stored.
type ReportRow struct {
	Label  string
	Values []Value
	Part   bool
}

// ReportChart is how the first two columns of a table are drawn.
type ReportChart int

// The charts.
const (
	NoChart ReportChart = iota
	ChartBars
	ChartColumns
	ChartLine
)

// ReportTable holds the figures of agents, queues, days, hours or statuses.
type ReportTable struct {
	Title   string
	Label   string // of the first column
	Columns []ReportColumn
	Rows    []ReportRow
	Total   ReportRow // of all interactions: not the sum of the rows where one is in several
	Chart   ReportChart
}

// Report is what a report says. All texts are in its language.
type Report struct {
	Title    string
	Lines    []string // what it is about: the period, what it is compared with, the filter
	Notes    []string // what limits it: days that are not stored, few interactions
	Figures  []ReportFigure
	Compared bool // the figures have something beside them
	Tables   []ReportTable
	About    [][2]string // where it comes from: labels and texts
	Words    Words
	Lang     string
	Region   Region
	When     time.Time
}

// WriteReport writes a report to a file as a workbook or as pages, the whole file or none.
// Errors: those of WriteFile.
func WriteReport(ctx context.Context, path string, format Format, r Report) (Result, error) {
	return replaceFile(ctx, path, func(w io.Writer) (Result, error) {
		out := &counter{w: w}
		var err error
		switch format {
		case XLSX:
			err = writeReportBook(out, r)
		case PDF:
			err = writeReportPages(out, r)
		default:
			err = fmt.Errorf("%w: %q", ErrFormat, format)
		}
		return Result{Bytes: out.n}, err
	})
}
