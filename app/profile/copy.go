package profile

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"wapdesk/app/export"
	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// maxCopy bounds a copy; more is what an export is for.
const maxCopy = 10_000

// Copy is what goes to the clipboard.
type Copy struct {
	Text string `json:"text"` // tab-separated, with a header
	Rows int    `json:"rows"` // fewer than were selected where some have left the list since
}

// CopyRows returns what is left of a selection, for the clipboard. Hide changes each row before it
// is put into words.
func (p *Profile) CopyRows(ctx context.Context, sel Selection, columns []string, lang string, hide func(*listing.Record)) (Copy, error) {
	var none Copy
	result, err := p.results.get(sel.Snapshot)
	if err != nil {
		return none, err
	}
	rows, err := p.reading(ctx, result)
	if err != nil {
		return none, err
	}
	n, err := rows.Count(ctx, sel.takes())
	if err != nil {
		return none, err
	}
	if n > maxCopy {
		return none, &TooManyError{What: "rows", Max: maxCopy}
	}
	words := p.Words(lang)
	var b strings.Builder
	for n, field := range columns {
		if _, ok := query.FieldByName(field); !ok {
			return none, &UnknownError{What: AColumn, Name: field}
		}
		if n > 0 {
			b.WriteByte('\t')
		}
		b.WriteString(words("field." + field))
	}
	b.WriteByte('\n')
	for r := range rows.Records(ctx, sel.takes()) {
		hide(r)
		for n, field := range columns {
			if n > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(oneLine(cellText(r, field, p.db.Zone(), words)))
		}
		b.WriteByte('\n')
	}
	return Copy{Text: b.String(), Rows: n}, ctx.Err()
}

// oneLine keeps a value inside its cell, and a spreadsheet from computing it.
func oneLine(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\t' || r == '\n' || r == '\r' || r == 0 }), " ")
	return export.Inert(s)
}

// cellText is a cell as the list shows it, with dates in the form spreadsheets read.
func cellText(r *listing.Record, field string, zone *time.Location, words func(string, ...string) string) string {
	moment := func(ms int64) string {
		if ms == listing.Unknown {
			return ""
		}
		return time.UnixMilli(ms).In(zone).Format(time.DateTime)
	}
	if r.State&listing.StateAnonymised != 0 {
		switch field {
		case query.FieldContact, query.FieldWA, query.FieldTitle, query.FieldSender, query.FieldTicket:
			return words("row.anonymised")
		}
	}
	if of := listing.Figure(field); of != nil {
		return figureText(*of(r), field)
	}
	value := func(group, v string) string {
		if v == "" {
			return ""
		}
		return words("value." + group + "." + v)
	}
	switch field {
	case query.FieldTime:
		return moment(r.TimeMs)
	case query.FieldQueue:
		return r.Queue.Title
	case query.FieldUser:
		return r.User.Title
	case query.FieldContact:
		return r.Contact.Title
	case query.FieldWA:
		return r.WA
	case query.FieldTitle:
		return r.Title
	case query.FieldAnswered:
		return value("answered", AnsweredWord(r.Answered))
	case query.FieldEnded:
		return value("ended", r.Ended)
	case query.FieldConnector:
		return r.Connector.Title
	case query.FieldMissed:
		if m := MissedWord(listing.Meaning(r.Missed, r.MissedTimeMs)); m != "never" {
			return value("missed", m)
		}
	case query.FieldMissedTime:
		return moment(r.MissedTimeMs)
	case query.FieldDirection:
		return value("direction", r.Direction)
	case query.FieldSender:
		return r.Sender
	case query.FieldID:
		return r.Name
	case query.FieldStatus:
		return strings.Join(listing.Titles(r.Statuses), ", ")
	case query.FieldTicket:
		return strings.Join(r.Tickets, ", ")
	}
	return ""
}

func durationText(s int32) string {
	if s == listing.Unknown {
		return ""
	}
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}

// AnsweredWord returns the word of the catalogue below "value.answered.", "" for unknown.
func AnsweredWord(t listing.Tri) string {
	switch t {
	case listing.TriYes:
		return "yes"
	case listing.TriNo:
		return "no"
	}
	return ""
}

// MissedWord returns the word of the catalogue below "value.missed.".
func MissedWord(m listing.MissedMeaning) string {
	switch m {
	case listing.MissedWaiting:
		return "waiting"
	case listing.MissedCleared:
		return "cleared"
	case listing.ContactedBack:
		return "contactedback"
	}
	return "never"
}

// figureText is a figure as the list shows it: a duration, or a count.
func figureText(n int32, field string) string {
	if f, _ := query.FieldByName(field); f.Kind == query.KindDuration || n == listing.Unknown {
		return durationText(n)
	}
	return strconv.Itoa(int(n))
}
