package app

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// maxCopy bounds a copy; more is what an export is for.
const maxCopy = 10_000

// maxCompared is how many rows of a result are looked at for differences: those a person can
// have on screen or near it.
const maxCompared = 2000

// Changed says how a result differs from what the same search would show now.
func (i *Interactions) Changed(id string) (changed Changed, err error) {
	defer i.c.guard("Interactions.Changed", &err)
	ctx := i.c.context()
	p, err := i.c.profile()
	if err != nil {
		return Changed{}, err
	}
	one, err := i.c.shots.get(id)
	if err != nil {
		return Changed{}, err
	}
	engine, err := p.listFor(ctx, one.filter)
	if err != nil {
		return Changed{}, err
	}
	now := engine.View()
	diff, err := one.shot.Compare(ctx, now)
	if err != nil {
		return Changed{}, err
	}
	differ, gone := one.shot.Changed(now, 0, maxCompared)
	missing, err := i.c.gaps(ctx, p, one.shot)
	if err != nil {
		return Changed{}, err
	}
	return Changed{New: diff.Added, Changed: namesAt(one.shot, differ), Gone: namesAt(one.shot, gone), Missing: missing.days, AsOfMs: missing.asOfMs}, nil
}

func namesAt(shot *listing.Snapshot, places []int) []string {
	names := make([]string, 0, len(places))
	for _, at := range places {
		names = append(names, shot.At(at).Name)
	}
	return names
}

// CopyRows gives a selection as tab-separated text with a header, for the clipboard.
func (i *Interactions) CopyRows(sel Selection, columns []string, lang string) (text string, err error) {
	defer i.c.guard("Interactions.CopyRows", &err)
	ctx := i.c.context()
	p, err := i.c.profile()
	if err != nil {
		return "", err
	}
	one, err := i.c.shots.get(sel.Snapshot)
	if err != nil {
		return "", err
	}
	if sel.size(one.shot) > maxCopy {
		return "", newError("too_many", nil, "max", "10000")
	}
	words := i.c.words(lang)
	var b strings.Builder
	for n, field := range columns {
		if _, ok := query.FieldByName(field); !ok {
			return "", newError("unknown_column", nil, "column", field)
		}
		if n > 0 {
			b.WriteByte('\t')
		}
		b.WriteString(words("field." + field))
	}
	b.WriteByte('\n')
	for r := range sel.records(ctx, one.shot) {
		for n, field := range columns {
			if n > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(oneLine(cellText(r, field, p.db.Zone(), words)))
		}
		b.WriteByte('\n')
	}
	return b.String(), ctx.Err()
}

// oneLine keeps a value inside its cell, and a spreadsheet from computing it.
func oneLine(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\t' || r == '\n' || r == '\r' || r == 0 }), " ")
	if s != "" && strings.IndexByte("=+-@", s[0]) >= 0 {
		return "'" + s
	}
	return s
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
		return value("answered", answeredText(r.Answered))
	case query.FieldEnded:
		return value("ended", r.Ended)
	case query.FieldConnector:
		return r.Connector.Title
	case query.FieldMissed:
		if m := missedText(listing.Meaning(r.Missed, r.MissedTimeMs)); m != "never" {
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

// figureText is a figure as the list shows it: a duration, or a count.
func figureText(n int32, field string) string {
	if f, _ := query.FieldByName(field); f.Kind == query.KindDuration || n == listing.Unknown {
		return durationText(n)
	}
	return strconv.Itoa(int(n))
}
