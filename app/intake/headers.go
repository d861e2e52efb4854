package intake

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
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

// interactionHeaders: the words of the contact centre's column overview in English, its
// Czech screens, its API's names, and our own files.
func interactionHeaders() aliases {
	return aliases{
		"id":          {"uniquename", "id", "unikatninazev", "jedinecnynazev", "name", "interaction", "interakce", "activityname"},
		"time":        {"time", "cas", "datetime", "datumacas", "dateandtime"},
		"queue":       {"queue", "fronta"},
		"user":        {"user", "uzivatel", "agent", "operator"},
		"contact":     {"contact", "kontakt"},
		"wa":          {"whatsappcontactexternalcontact", "whatsappcontact", "externalcontact", "kontaktwhatsappexternikontakt", "kontaktwhatsapp", "whatsappkontakt", "externikontakt", "whatsappkontaktexternikontakt"},
		"title":       {"title", "nazev"},
		"answered":    {"answered", "zodpovezeno", "prijato", "odpovezeno"},
		"wait":        {"waittime", "wait", "dobacekani", "cekani", "casakani", "cascekani", "delkacekani"},
		"duration":    {"duration", "dobatrvani", "trvani", "delka", "delkatrvani"},
		"ended":       {"endeddisconnection", "ended", "disconnection", "ukonceni", "ukonceno", "odpojeni", "ukonceniodpojeni"},
		"connector":   {"connector", "konektor", "konektorsmerovani", "routing", "smerovani"},
		"missed":      {"missed", "zmeskane", "zmeskano"},
		"missed_time": {"missedtime", "caszmeskani", "zmeskanycas"},
		"direction":   {"direction", "smer"},
		"wa_number":   {"whatsappnumber", "cislowhatsapp"},
		"sender":      {"sender", "odesilatel"},
		// Known, but worked out anew from activities and messages, or of no use without
		// the contact centre.
		"recipient": {"recipient", "prijemce"}, "account": {"account", "spolecnost"}, "ticket": {"ticket"},
		"firstreply": {"firstreply", "prvniodpoved"}, "silence": {"longestsilence", "nejdelsiodmlka"},
		"focus": {"focustime", "dobasoustredeni"}, "disruptions": {"focusdisruptions", "prerusenisoustredeni"},
		"activities": {"activities", "aktivity"}, "messages": {"messages", "zpravy"},
		"qa": {"qareview", "qakontrola", "qahodnoceni"}, "state": {"state", "stav"},
		"actions": {"actions", "akce"},
	}
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
	row     int            // from 1
	columns map[string]int // field to column
	found   []string       // fields in the file's order
	unknown []string
	zone    *time.Location // named by a header of ours, or nil
	czech   bool           // most words are Czech
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

// zoned takes the zone off a header like "Time (Europe/Prague)".
func zoned(title string) (string, *time.Location) {
	open := strings.LastIndexByte(title, '(')
	if open < 1 || !strings.HasSuffix(title, ")") {
		return title, nil
	}
	name := title[open+1 : len(title)-1]
	if name == "" || name == "Local" {
		return title, nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return title, nil
	}
	return strings.TrimSpace(title[:open]), zone
}

// leastColumns is how many known headers make a row one of headers.
const leastColumns = 3

// readHeader looks whether cells are the headers of a table, and of which.
func readHeader(cells []string, row int) (header, bool) {
	best := header{}
	for _, known := range []struct {
		about   subject
		headers aliases
	}{{interactions, interactionHeaders()}, {activities, activityHeaders()}, {messages, messageHeaders()}} {
		h := match(cells, known.headers)
		h.about, h.row = known.about, row
		switch known.about { // fields without which it cannot be this table
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
	return best, len(best.found) >= leastColumns
}

func (h header) has(field string) bool {
	_, ok := h.columns[field]
	return ok
}

func match(cells []string, known aliases) header {
	h := header{columns: map[string]int{}}
	czech := 0
	for i, cell := range cells {
		title, zone := zoned(strings.TrimSpace(strings.TrimPrefix(cell, "\uFEFF")))
		name := folded(title)
		if name == "" {
			continue
		}
		field := known.field(name)
		if field == "" || h.has(field) {
			h.unknown = append(h.unknown, title)
			continue
		}
		if zone != nil && h.zone == nil {
			h.zone = zone
		}
		if strings.ContainsFunc(title, func(r rune) bool { return r > unicode.MaxASCII }) ||
			slices.Contains([]string{"fronta", "kontakt", "konektor"}, name) {
			czech++
		}
		h.columns[field] = i
		h.found = append(h.found, field)
	}
	h.czech = czech*3 > len(h.found)
	return h
}

func (a aliases) field(name string) string {
	for field, names := range a {
		if slices.Contains(names, name) {
			return field
		}
	}
	return ""
}
