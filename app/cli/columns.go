package cli

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"wapdesk/app"
	"wapdesk/app/profile"
	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// extra is a key that --columns adds to a row, beside those that every row has.
type extra struct {
	name  string
	value any // null where it is unknown, [] where there is none
}

// baseColumns are the fields that every row has, under the same name.
var baseColumns = []string{
	query.FieldTime, query.FieldQueue, query.FieldUser, query.FieldContact, query.FieldWA, query.FieldTitle, query.FieldAnswered,
	query.FieldWait, query.FieldDuration, query.FieldEnded, query.FieldConnector, query.FieldMissed, query.FieldMissedTime, query.FieldDirection,
}

// extras are the fields that --columns can add.
var extras = map[string]func(r *listing.Record) any{
	query.FieldStatus:  func(r *listing.Record) any { return titles(r.Statuses) },
	query.FieldTook:    func(r *listing.Record) any { return titles(r.Took) },
	query.FieldTicket:  func(r *listing.Record) any { return append([]string{}, r.Tickets...) },
	query.FieldSender:  func(r *listing.Record) any { return known(r.Sender) },
	query.FieldAccount: func(r *listing.Record) any { return known(r.Account.Title, r.Account.Name) },
	query.FieldQA:      func(r *listing.Record) any { return r.QA },
	"recipient":        func(r *listing.Record) any { return known(r.Recipient) },
	"wa_number":        func(r *listing.Record) any { return known(r.WANumber) },
}

// targetValue is what --columns target adds: null where no target applies.
type targetValue struct {
	Within bool     `json:"within"`
	Missed []string `json:"missed"` // fields
}

// judge measures an interaction by its targets.
type judge func(r *listing.Record) (listing.Verdict, listing.Goals)

func targetOf(r *listing.Record, by judge) *targetValue {
	v, _ := by(r)
	if v.Measured == 0 {
		return nil
	}
	out := targetValue{Within: v.Missed == 0, Missed: []string{}}
	for g, field := range listing.GoalFields() {
		if listing.Goal(g).Has(v.Missed) {
			out.Missed = append(out.Missed, field)
		}
	}
	return &out
}

// extraOf returns how the value of a field is read, nil for a field that --columns cannot add.
func extraOf(field string, by judge) func(r *listing.Record) any {
	if field == query.FieldTarget {
		return func(r *listing.Record) any { return targetOf(r, by) }
	}
	if of := listing.Figure(field); of != nil {
		return func(r *listing.Record) any { return number(int64(*of(r))) }
	}
	return extras[field]
}

func titles(refs []listing.Ref) []string {
	names := make([]string, 0, len(refs))
	for _, r := range refs {
		if name := known(r.Title, r.Name); name != nil {
			names = append(names, *name)
		}
	}
	return names
}

// checkColumns refuses columns that there are not, or that are named twice.
func checkColumns(columns []string) error {
	seen := map[string]bool{}
	for _, c := range columns {
		switch {
		case seen[c]:
			return &app.Error{Code: "column_twice", Params: map[string]string{"column": c}}
		case !isBase(c) && c != query.FieldID && extraOf(c, nil) == nil:
			return &app.Error{Code: "unknown_column", Params: map[string]string{"column": c}}
		}
		seen[c] = true
	}
	return nil
}

func isBase(column string) bool {
	for _, c := range baseColumns {
		if c == column {
			return true
		}
	}
	return false
}

// withColumns adds what the columns ask for beyond the keys of every row.
func (r row) withColumns(record *listing.Record, columns []string, by judge) row {
	for _, c := range columns {
		if value := extraOf(c, by); value != nil && !isBase(c) {
			r.extras = append(r.extras, extra{c, value(record)})
		}
	}
	return r
}

// plainRow has the keys of every row and none of row's methods.
type plainRow row

// MarshalJSON writes the keys of every row, then those that --columns adds.
func (r row) MarshalJSON() ([]byte, error) {
	b, err := json.Marshal(plainRow(r))
	if err != nil {
		return nil, err
	}
	for _, e := range r.extras {
		value, err := json.Marshal(e.value)
		if err != nil {
			return nil, err
		}
		b = fmt.Appendf(b[:len(b)-1], ",%q:%s}", e.name, value)
	}
	return b, nil
}

// table is columns of records for a person, in the words that a file would have.
func (s *state) table(p *profile.Profile, records []listing.Record, columns []string) (header []string, cells [][]string, err error) {
	header, cells, err = p.Table(records, slices.DeleteFunc(slices.Clone(columns), isTook), s.language())
	at := slices.IndexFunc(columns, isTook)
	if at < 0 || err != nil {
		return header, cells, err
	}
	header = slices.Insert(header, at, s.text("field."+query.FieldTook)) // which is no column of files
	for i := range cells {
		cells[i] = slices.Insert(cells[i], at, strings.Join(titles(records[i].Took), "; "))
	}
	return header, cells, nil
}

// align writes a table with columns below each other.
func align(w io.Writer, header []string, cells [][]string) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, strings.Join(header, "\t"))
	for _, row := range cells {
		for i, cell := range row {
			row[i] = cmp.Or(cell, unknown)
		}
		fmt.Fprintln(t, strings.Join(row, "\t"))
	}
	_ = t.Flush() // standard output went away: nobody to tell
}

func isTook(column string) bool { return column == query.FieldTook }
