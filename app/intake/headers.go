package intake

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"wapdesk/store/query"
)

// subject is what the rows of a table are about.
type subject uint8

const (
	nothing subject = iota
	interactions
	activities
	messages
)

// aliases are the headers of each field of a table as the contact centre and Wapdesk write
// them in both languages, in the form of folded.
type aliases map[string][]string

// interactionHeaders are the titles of the fields in both languages and their further words, and
// those of columns that are known but hold no field.
func interactionHeaders() aliases {
	words := aliases{
		"wa_number": {"whatsappnumber", "cislowhatsapp"}, "recipient": {"recipient", "prijemce"}, "actions": {"actions", "akce"},
	}
	for _, f := range query.Fields() {
		if !f.Exportable {
			continue
		}
		all := slices.Clone(f.Headers)
		for _, n := range []query.Naming{f.English, f.Czech} {
			all = append(all, folded(n.Title), folded(n.Header()))
		}
		slices.Sort(all)
		words[f.Name] = slices.Compact(all)
	}
	return words
}

func activityHeaders() aliases {
	return aliases{
		"interaction": {"interaction", "interakce"}, "activity": {"activity", "aktivita", "uniquename", "unikatninazev"}, "title": {"title", "nazev"},
		"queue": {"queue", "fronta"}, "user": {"user", "uzivatel"}, "opened": {"opened", "otevreno"},
		"closed": {"closed", "uzavreno"}, "duration": {"duration", "dobatrvani"}, "focus": {"focustime", "dobasoustredeni"},
		"disruptions": {"focusdisruptions", "prerusenisoustredeni"}, "anomaly": {"focustimedoubtful", "nejistadobasoustredeni"},
		"ticket": {"ticket"}, "statuses": {"statuses", "statusy"}, "description": {"description", "popis"},
	}
}

func messageHeaders() aliases {
	return aliases{
		"interaction": {"interaction", "interakce"}, "time": {"time", "cas"}, "direction": {"direction", "smer", "writtenby", "napsal"},
		"from": {"from", "od", "name", "jmeno"}, "kind": {"kind", "druh"}, "text": {"text"}, "files": {"files", "soubory", "attachments", "prilohy"},
		"delivery": {"delivery", "doruceni"}, "reason": {"reason", "duvod", "reasonoffailure", "duvodnedoruceni"},
	}
}

// header is a row of headers that was understood.
type header struct {
	about   subject
	row     int               // from 1
	columns map[string]column // by field
	found   []string          // fields in the file's order
	titles  map[string]string // the header of each field as it stands
	unknown []string
	zone    *time.Location // the first that a header names, or nil
	rawText bool           // our header of a .csv says that texts are written as they are
}

// column is where a field stands and what its header says of its values.
type column struct {
	at    int
	zone  *time.Location // of its times, or nil
	unit  float64        // seconds of a 1 of its durations, or 0
	hours bool           // of two numbers with a colon the first counts hours
}

// folded reduces a header to its letters and digits, without case and diacritics, so that
// "Ended/Disconnection" and "Ended / Disconnection" are one.
func folded(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// bracketed splits a header like "Wait time [s]" or "Time (Europe/Prague)".
func bracketed(title string) (name, within string) {
	for _, pair := range []string{"()", "[]"} {
		if at := strings.LastIndexByte(title, pair[0]); at > 0 && strings.HasSuffix(title, pair[1:]) {
			return strings.TrimSpace(title[:at]), strings.TrimSpace(title[at+1 : len(title)-1])
		}
	}
	return title, ""
}

// zoneOf reads the zone in a header: a name of the zones' own list, or an offset like UTC+1.
func zoneOf(s string) *time.Location {
	if s == "" || s == "Local" {
		return nil
	}
	if zone, err := time.LoadLocation(s); err == nil {
		return zone
	}
	offset := strings.NewReplacer("−", "-", "–", "-", " ", "").Replace(s)
	for _, prefix := range []string{"UTC", "GMT"} {
		offset = strings.TrimPrefix(offset, prefix)
	}
	if len(offset) < 2 || offset[0] != '+' && offset[0] != '-' {
		return nil
	}
	if digits := offset[1:]; len(digits) == 1 || len(digits) > 1 && digits[1] == ':' {
		offset = offset[:1] + "0" + digits // UTC+1, UTC+5:30
	}
	zone, ok := parseOffset(offset)
	if !ok {
		return nil
	}
	_, seconds := time.Unix(0, 0).In(zone).Zone()
	if seconds%3600 == 0 && seconds >= -12*3600 && seconds <= 14*3600 {
		// A zone with a name can be kept with the file; in these names east is minus.
		if named, err := time.LoadLocation(fmt.Sprintf("Etc/GMT%+d", -seconds/3600)); err == nil {
			return named
		}
	}
	return zone
}

// clockForms are the ways headers describe durations with colons, to whether hours stand first of two.
var clockForms = map[string]bool{
	"h:mm": true, "hh:mm": true, "h:mm:ss": false, "hh:mm:ss": false, "m:ss": false, "mm:ss": false, "[h]:mm:ss": false,
}

// described reads what a header says in brackets; false when it is of another thing.
func (c *column) described(within string) bool {
	if within == "" {
		return true
	}
	switch folded(within) {
	case "local", "localtime", "mistni", "mistnicas":
		return true
	}
	if hours, ok := clockForms[strings.ToLower(within)]; ok {
		c.hours = hours
		return true
	}
	if c.unit = unitSeconds(within); c.unit > 0 {
		return true
	}
	c.zone = zoneOf(within)
	return c.zone != nil
}

// headerRows is how far down a header is looked for: some exports have a cover above it.
const headerRows = 1000

// leastColumns is how many known headers make a row one of headers.
const leastColumns = 3

// readHeader looks whether cells are the headers of a table, and of which.
func readHeader(cells []cell, row int) (header, bool) {
	best := header{}
	for _, about := range []subject{interactions, activities, messages} {
		h := match(cells, fieldsByHeader()[about])
		h.about, h.row = about, row
		switch about { // fields without which it cannot be this table
		case activities:
			if !h.has("interaction") || !h.has("activity") || !h.has("opened") {
				continue
			}
		case messages:
			if !h.has("interaction") || !h.has("text") || !h.has("from") {
				continue
			}
		}
		if len(h.found) > len(best.found) {
			best = h
		}
	}
	// A time is enough where a column has its zone, which the first of times has: our own exports may have few columns.
	own := best.about == interactions && best.has("time") && best.zone != nil && len(best.unknown) == 0
	return best, own || len(best.found) >= leastColumns
}

func (h header) has(field string) bool {
	_, ok := h.columns[field]
	return ok
}

func match(cells []cell, known map[string]string) header {
	h := header{columns: map[string]column{}, titles: map[string]string{}}
	for i, cell := range cells {
		title := strings.TrimSpace(strings.TrimPrefix(cell.text, "\uFEFF"))
		if folded(title) == "" {
			continue
		}
		name, within := bracketed(title)
		within, raw := strings.CutSuffix(within, rawTextMark)
		c := column{at: i}
		field := known[folded(name)]
		if !c.described(within) {
			field = known[folded(title)] // "Wait time (average)" is not the wait
		}
		if field == "" || h.has(field) {
			h.unknown = append(h.unknown, title)
			continue
		}
		if h.zone == nil {
			h.zone = c.zone
		}
		h.rawText = h.rawText || raw
		h.columns[field], h.titles[field] = c, title
		h.found = append(h.found, field)
	}
	return h
}

// fieldsByHeader are the fields of each table by their folded headers. A file is looked through for its
// header in several encodings and delimiters, so they are put together once.
var fieldsByHeader = sync.OnceValue(func() map[subject]map[string]string {
	all := map[subject]map[string]string{}
	for about, known := range map[subject]aliases{interactions: interactionHeaders(), activities: activityHeaders(), messages: messageHeaders()} {
		all[about] = map[string]string{}
		for field, names := range known {
			for _, name := range names {
				all[about][name] = field
			}
		}
	}
	return all
})
