package export

import (
	"slices"
	"strings"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// listed is how many of recordColumns, after the id, are the list's own columns.
const listed = 14

// Fields returns the names of all columns an export can hold: id, the fourteen of the list
// in their order, then the figures of the advanced filter.
func Fields() []string {
	columns := recordColumns()
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.field
	}
	return names
}

// personal blanks a value that anonymising took away and says so in its place.
func personal(value func(r *listing.Record) string) func(*listing.Record, *vocabulary) cell {
	return func(r *listing.Record, v *vocabulary) cell {
		if r.State&listing.StateAnonymised != 0 {
			return textCell(v.anonymised)
		}
		return textCell(value(r))
	}
}

func plain(value func(r *listing.Record) string) func(*listing.Record, *vocabulary) cell {
	return func(r *listing.Record, _ *vocabulary) cell { return textCell(value(r)) }
}

// figure describes the column of a field that is seconds or a count.
func figure(f query.Field, of func(*listing.Record) *int32) column[listing.Record] {
	if f.Kind == query.KindDuration {
		return column[listing.Record]{f.Name, headerOf(f.Name), span, func(r *listing.Record, _ *vocabulary) cell {
			return spanCell(number(*of(r)))
		}}
	}
	return column[listing.Record]{f.Name, headerOf(f.Name), count, func(r *listing.Record, _ *vocabulary) cell {
		return countCell(number(*of(r)))
	}}
}

// headerOf is the key of a column's header.
func headerOf(field string) string { return "export.column." + field }

// recordColumns describes every column of the Interactions sheet: the id, then those of the
// list, which follow the column overview of the contact centre's WhatsApp list, then the rest.
func recordColumns() []column[listing.Record] {
	cells := recordCells()
	columns := []column[listing.Record]{cells[query.FieldID]}
	for _, f := range query.Fields() {
		if !f.Exportable || f.Name == query.FieldID {
			continue
		}
		if f.Name == query.FieldSender {
			columns = append(columns, cells[waNumber])
		}
		if of := listing.Figure(f.Name); of != nil {
			columns = append(columns, figure(f, of))
		} else {
			columns = append(columns, cells[f.Name])
		}
		if f.Name == query.FieldSender {
			columns = append(columns, cells[recipient])
		}
	}
	return columns
}

// Numbers of the account of WhatsApp and of the other side stand beside the sender, in which
// they are searched; they are no fields of their own.
const (
	waNumber  = "wa_number"
	recipient = "recipient"
)

// recordCells describes the columns that are not figures, by field.
func recordCells() map[string]column[listing.Record] {
	type record = listing.Record
	cells := map[string]column[listing.Record]{}
	add := func(field string, k kind, value func(r *record, v *vocabulary) cell) {
		cells[field] = column[listing.Record]{field, headerOf(field), k, value}
	}
	add(query.FieldID, text, plain(func(r *record) string { return r.Name }))
	add(query.FieldTime, moment, func(r *record, _ *vocabulary) cell { return momentCell(r.TimeMs) })
	add(query.FieldQueue, text, plain(func(r *record) string { return shown(r.Queue) }))
	add(query.FieldUser, text, plain(func(r *record) string { return shown(r.User) }))
	add(query.FieldContact, text, personal(func(r *record) string { return shown(r.Contact) }))
	add(query.FieldWA, text, personal(func(r *record) string { return r.WA }))
	add(query.FieldTitle, text, personal(func(r *record) string { return r.Title }))
	add(query.FieldAnswered, text, func(r *record, v *vocabulary) cell { return textCell(v.answered[r.Answered]) })
	add(query.FieldEnded, text, func(r *record, v *vocabulary) cell { return textCell(v.word(ended, r.Ended)) })
	add(query.FieldConnector, text, plain(func(r *record) string { return shown(r.Connector) }))
	add(query.FieldMissed, text, func(r *record, v *vocabulary) cell { return textCell(v.word(missed, missedValue(r))) })
	add(query.FieldMissedTime, moment, func(r *record, _ *vocabulary) cell { return momentCell(r.MissedTimeMs) })
	add(query.FieldDirection, text, func(r *record, v *vocabulary) cell { return textCell(v.word(direction, r.Direction)) })
	add(waNumber, text, personal(func(r *record) string { return r.WANumber }))
	add(query.FieldSender, text, personal(func(r *record) string { return r.Sender }))
	add(recipient, text, personal(func(r *record) string { return r.Recipient }))
	add(query.FieldAccount, text, personal(func(r *record) string { return shown(r.Account) }))
	add(query.FieldTicket, text, personal(func(r *record) string { return strings.Join(r.Tickets, "; ") }))
	add(query.FieldStatus, text, plain(func(r *record) string {
		titles := make([]string, len(r.Statuses))
		for i, s := range r.Statuses {
			titles[i] = shown(s)
		}
		return strings.Join(titles, "; ")
	}))
	add(query.FieldTarget, text, targetMet)
	add(query.FieldQA, text, func(r *record, v *vocabulary) cell {
		if r.QA {
			return textCell(v.yes)
		}
		return textCell(v.no)
	})
	add(query.FieldState, text, state)
	return cells
}

// shown is the title people read, or the unique name of a thing that has none.
func shown(r listing.Ref) string {
	if r.Title != "" {
		return r.Title
	}
	return r.Name
}

// missedValue is the value of the column in the contact centre's own export: 1 while among the
// missed activities, 0 when taken out of them, NO when contacted back.
func missedValue(r *listing.Record) string {
	switch listing.Meaning(r.Missed, r.MissedTimeMs) {
	case listing.MissedWaiting:
		return "1"
	case listing.MissedCleared:
		return "0"
	case listing.ContactedBack:
		return "NO"
	}
	return ""
}

// targetMet says whether an interaction is within its targets, and which it missed; nothing where none applies.
func targetMet(r *listing.Record, v *vocabulary) cell {
	verdict := v.targets.Judge(r)
	switch {
	case verdict.Measured == 0:
		return textCell("")
	case verdict.Missed == 0:
		return textCell(v.word(target, "yes"))
	}
	var missed []string
	for g, name := range v.goals {
		if listing.Goal(g).Has(verdict.Missed) {
			missed = append(missed, name)
		}
	}
	return textCell(v.word(target, "no") + ": " + strings.Join(missed, ", "))
}

func state(r *listing.Record, v *vocabulary) cell {
	var names []string
	for _, s := range stateNames {
		if r.State&s.bit != 0 {
			names = append(names, v.word(states, s.name))
		}
	}
	return textCell(strings.Join(names, ", "))
}

// chosen returns the columns of a request in its order. Activities and messages name their
// interaction by its id, so beside their sheets the id is a column even when nobody chose it:
// without it neither a person nor Wapdesk could tell what belongs together.
func (r Request) chosen() []column[listing.Record] {
	all := recordColumns()
	columns := make([]column[listing.Record], 0, len(all))
	if len(r.Columns) == 0 {
		columns = append(columns, all[1:1+listed]...)
	}
	for _, name := range r.Columns {
		for _, c := range all {
			if c.field == name {
				columns = append(columns, c)
			}
		}
	}
	if (r.Activities != nil || r.Messages != nil) && !slices.Contains(r.Columns, all[0].field) {
		columns = append(columns, all[0])
	}
	return columns
}

// rawTextMark follows the zone in the header of a .csv whose texts are as they are: an apostrophe in front
// of one is part of it then. It is the same in every language, for programs.
const rawTextMark = "; raw text"

// headers returns the header words of columns. The first column of times carries the zone,
// since nothing else in a table says which one its clock follows.
func headers[T any](columns []column[T], r Request) []string {
	row := make([]string, len(columns))
	zoned := false
	for i, c := range columns {
		row[i] = r.Words(c.header)
		if c.kind == moment && !zoned {
			zone := r.zone().String()
			if r.Format == CSV && r.CSV.RawText {
				zone += rawTextMark
			}
			row[i] = r.Words(keyZoned, "title", row[i], "zone", zone)
			zoned = true
		}
	}
	return row
}
