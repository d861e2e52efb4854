package export

import (
	"slices"
	"strings"

	"wapdesk/store/listing"
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

func seconds(value func(r *listing.Record) int32) func(*listing.Record, *vocabulary) cell {
	return func(r *listing.Record, _ *vocabulary) cell { return spanCell(number(value(r))) }
}

func figure(value func(r *listing.Record) int32) func(*listing.Record, *vocabulary) cell {
	return func(r *listing.Record, _ *vocabulary) cell { return countCell(number(value(r))) }
}

// recordColumns describes every column of the Interactions sheet. The fourteen after the id
// follow the column overview of the contact centre's WhatsApp list.
func recordColumns() []column[listing.Record] {
	type record = listing.Record
	return []column[listing.Record]{
		{"id", "export.column.id", text, plain(func(r *record) string { return r.Name })},

		{"time", "export.column.time", moment, func(r *record, _ *vocabulary) cell { return momentCell(r.TimeMs) }},
		{"queue", "export.column.queue", text, plain(func(r *record) string { return shown(r.Queue) })},
		{"user", "export.column.user", text, plain(func(r *record) string { return shown(r.User) })},
		{"contact", "export.column.contact", text, personal(func(r *record) string { return shown(r.Contact) })},
		{"wa", "export.column.wa", text, personal(func(r *record) string { return r.WA })},
		{"title", "export.column.title", text, personal(func(r *record) string { return r.Title })},
		{"answered", "export.column.answered", text, func(r *record, v *vocabulary) cell {
			return textCell(v.answered[r.Answered])
		}},
		{"wait", "export.column.wait", span, seconds(func(r *record) int32 { return r.WaitS })},
		{"duration", "export.column.duration", span, seconds(func(r *record) int32 { return r.DurationS })},
		{"ended", "export.column.ended", text, func(r *record, v *vocabulary) cell {
			return textCell(v.word(ended, r.Ended))
		}},
		{"connector", "export.column.connector", text, plain(func(r *record) string { return shown(r.Connector) })},
		{"missed", "export.column.missed", text, func(r *record, v *vocabulary) cell {
			return textCell(v.word(missed, missedValue(r)))
		}},
		{"missed_time", "export.column.missed_time", moment, func(r *record, _ *vocabulary) cell {
			return momentCell(r.MissedTimeMs)
		}},
		{"direction", "export.column.direction", text, func(r *record, v *vocabulary) cell {
			return textCell(v.word(direction, r.Direction))
		}},

		{"wa_number", "export.column.wa_number", text, personal(func(r *record) string { return r.WANumber })},
		{"sender", "export.column.sender", text, personal(func(r *record) string { return r.Sender })},
		{"recipient", "export.column.recipient", text, personal(func(r *record) string { return r.Recipient })},
		{"account", "export.column.account", text, personal(func(r *record) string { return shown(r.Account) })},
		{"ticket", "export.column.ticket", text, personal(func(r *record) string {
			return strings.Join(r.Tickets, "; ")
		})},
		{"firstreply", "export.column.firstreply", span, seconds(func(r *record) int32 { return r.FirstReplyS })},
		{"silence", "export.column.silence", span, seconds(func(r *record) int32 { return r.SilenceS })},
		{"focus", "export.column.focus", span, seconds(func(r *record) int32 { return r.FocusS })},
		{"disruptions", "export.column.disruptions", count, figure(func(r *record) int32 { return r.Disruptions })},
		{"activities", "export.column.activities", count, figure(func(r *record) int32 { return r.Activities })},
		{"messages", "export.column.messages", count, figure(func(r *record) int32 { return r.Messages })},
		{"qa", "export.column.qa", text, func(r *record, v *vocabulary) cell {
			if r.QA {
				return textCell(v.yes)
			}
			return textCell(v.no)
		}},
		{"state", "export.column.state", text, state},
	}
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
