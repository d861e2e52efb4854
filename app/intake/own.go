package intake

import (
	"strings"
	"time"
)

// What our own files say of themselves. A workbook has properties; a .csv, which has no place for them,
// names the zone in its header, and there says whether text is written as it is. Package export
// writes them.
const (
	ownPrefix   = "Wapdesk "
	ownFormat   = "format" // ownVersion
	ownZone     = "zone"
	ownValues   = "values"      // ownRaw or words
	ownColumns  = "columns of " // and the sheet's name, then " 2" and so on when it takes several
	ownRaw      = "raw"
	ownVersion  = "1"
	rawTextMark = "; raw text"
)

// ownColumn is a column of a sheet as the file describes it.
type ownColumn struct {
	field string
	kind  string // text, moment, span or count
}

// own returns what the file says of a sheet: "interactions: time=moment queue=text". Nothing when it is
// not ours or written by a later version.
func (b *book) own(sheet string) (about subject, columns []ownColumn) {
	if b.about[ownFormat] != ownVersion {
		return nothing, nil
	}
	text := b.about[ownColumns+sheet]
	for n := 2; ; n++ {
		more, ok := b.about[ownColumns+sheet+" "+string(rune('0'+n))]
		if !ok || n > 9 {
			break
		}
		text += " " + more
	}
	name, list, _ := strings.Cut(text, ":")
	about = map[string]subject{"interactions": interactions, "activities": activities, "messages": messages}[name]
	for pair := range strings.FieldsSeq(list) {
		field, kind, _ := strings.Cut(pair, "=")
		columns = append(columns, ownColumn{field: field, kind: kind})
	}
	return about, columns
}

// ownZone is the zone of the times of a file of ours, or nil.
func (b *book) ownZone() *time.Location { return zoneOf(b.about[ownZone]) }

// describe takes the places of columns from the file's own description, if the first row still has as
// many headers and none of them says that it is another field: then somebody changed the sheet, and its
// headers count.
func (t *table) describe(cells []cell, about subject, columns []ownColumn) bool {
	known := fieldsByHeader()[about]
	if about == nothing || len(cells) != len(columns) {
		return false
	}
	h := header{about: about, row: 1, columns: map[string]column{}, titles: map[string]string{}}
	for i, c := range columns {
		name, within := bracketed(cells[i].text)
		if field := known[folded(name)]; field != "" && field != c.field {
			return false
		}
		at := column{at: i}
		if c.kind == "moment" {
			at.zone = zoneOf(within)
		}
		if c.kind == "span" {
			at.unit = 86400 // our workbooks count durations in days, whatever a format makes of them
		}
		if h.zone == nil {
			h.zone = at.zone
		}
		h.columns[c.field], h.titles[c.field] = at, cells[i].text
		h.found = append(h.found, c.field)
	}
	t.header, t.own = h, true
	return true
}
