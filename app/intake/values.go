package intake

import (
	"cmp"
	"math"
	"strconv"
	"strings"

	"wapdesk/store/listing"
)

// words of values, folded, to the wire value they stand for.
func answeredWords() map[string]listing.Tri {
	return map[string]listing.Tri{
		"1": listing.TriYes, "yes": listing.TriYes, "true": listing.TriYes, "ano": listing.TriYes, "y": listing.TriYes,
		"answered": listing.TriYes, "zodpovezeno": listing.TriYes, "pravda": listing.TriYes,
		"0": listing.TriNo, "no": listing.TriNo, "false": listing.TriNo, "ne": listing.TriNo, "n": listing.TriNo,
		"notanswered": listing.TriNo, "nezodpovezeno": listing.TriNo, "nepravda": listing.TriNo,
	}
}

func endedWords() map[string]string {
	return map[string]string{
		"user": "USER", "agent": "USER", "operator": "USER", "operatorem": "USER", "byagent": "USER", "ukoncenooperatorem": "USER",
		"client": "CLIENT", "customer": "CLIENT", "zakaznik": "CLIENT", "zakaznikem": "CLIENT", "bycustomer": "CLIENT",
		"ukoncenozakaznikem": "CLIENT", "klient": "CLIENT", "klientem": "CLIENT",
		"timeout": "TIMEOUT", "vyprsenicasu": "TIMEOUT", "vyprselcas": "TIMEOUT",
		"notavail": "NOT_AVAIL", "nobodyavailable": "NOT_AVAIL", "nikdonebyldostupny": "NOT_AVAIL",
		"outoftime": "OUT_OF_TIME", "outsidehours": "OUT_OF_TIME", "outsideopeninghours": "OUT_OF_TIME", "mimoprovoznidobu": "OUT_OF_TIME",
		"decisiontree": "DECISION_TREE", "rozhodovacistrom": "DECISION_TREE",
	}
}

func directionWords() map[string]string {
	return map[string]string{
		"in": "IN", "incoming": "IN", "inbound": "IN", "prichozi": "IN",
		"out": "OUT", "outgoing": "OUT", "outbound": "OUT", "odchozi": "OUT",
	}
}

// missedWords: the contact centre's export has 1, 0 and NO; the wire has YES and NO; our
// files have words. 0 means taken out of the missed activities: the flag is gone, the
// missed time stays.
func missedWords() map[string]string {
	return map[string]string{
		"1": "YES", "yes": "YES", "ano": "YES", "true": "YES", "waiting": "YES", "ceka": "YES",
		"0": "", "false": "", "cleared": "", "vyrazeno": "",
		"no": "NO", "ne": "NO", "contactedback": "NO", "kontaktovanozpet": "NO",
	}
}

func messageSides() map[string]string {
	return map[string]string{
		"in": "IN", "customer": "IN", "zakaznik": "IN", "out": "OUT", "agent": "OUT", "operator": "OUT", "bot": "BOT",
	}
}

func deliveries() map[string]string {
	return map[string]string{
		"sent": "SENT", "odeslano": "SENT", "delivered": "DELIVERED", "doruceno": "DELIVERED",
		"read": "READ", "precteno": "READ", "failed": "FAILED", "nedoruceno": "FAILED",
	}
}

func kinds() map[string]string {
	return map[string]string{
		"text": "text", "image": "image", "obrazek": "image", "video": "video", "voice": "voice", "voicemessage": "voice",
		"hlasovazprava": "voice", "audio": "audio", "zvuk": "audio", "document": "document", "dokument": "document",
		"sticker": "sticker", "nalepka": "sticker", "location": "location", "poloha": "location",
		"contact": "contact", "contactcard": "contact", "kontakt": "contact", "template": "template", "sablona": "template",
		"reply": "reply", "buttonreply": "reply", "odpovedtlacitkem": "reply", "deleted": "deleted", "deletedmessage": "deleted", "smazanazprava": "deleted",
		"unsupported": "unsupported", "nepodporovanazprava": "unsupported",
	}
}

// states: what the column State of our files says. Words of changes stand for "pending": the changes
// themselves are where they were made.
func states() map[string]string {
	return map[string]string{
		"anonymised": "anonymised", "anonymizovano": "anonymised", "open": "open", "stillopen": "open", "dosudotevreno": "open",
		"anomaly": "anomaly", "focustimedoubtful": "anomaly", "nejistadobasoustredeni": "anomaly",
		"pending": "pending", "waitingtobesent": "pending", "cekanaodeslani": "pending",
		"refused": "pending", "changerefused": "pending", "zmenaodmitnuta": "pending", "conflict": "pending", "konflikt": "pending",
	}
}

// anonymised reports whether a personal cell says that its value was erased.
func anonymised(cell string) bool {
	for _, word := range []string{"Anonymised", "Anonymized", "Anonymizováno"} {
		if strings.EqualFold(cell, word) { // and no more than the word: a name may contain it
			return true
		}
	}
	return false
}

// blank reports whether a typed cell says nothing: it is empty or a dash.
func blank(cell string) bool {
	switch strings.TrimSpace(cell) {
	case "", "-", "–", "—":
		return true
	}
	return false
}

// maxSeconds keeps durations within what the list holds: 32 bits, 68 years.
const maxSeconds = math.MaxInt32

// parseSpan reads a duration as text: h:mm:ss, m:ss or h:mm, 1h 2m 3s, or a number. What its column says
// tells what a number counts and what its marks are.
func parseSpan(s string, c column, e *spanEvidence) (int64, Reason) {
	s = strings.TrimSpace(s)
	if strings.Contains(s, ":") {
		return parseColons(s, c.hours)
	}
	whole, part, mark, ok := markedNumber(s)
	if !ok {
		return parseUnits(s)
	}
	if mark >= 0 && len(part) == 3 && len(whole) <= 3 && !strings.HasPrefix(whole, "0") {
		thousands, ok := e.thousands(mark)
		if !ok {
			return 0, ReasonUnit
		}
		if thousands {
			whole, part = whole+part, ""
		}
	}
	n, err := parseFloat(whole + "." + cmp.Or(part, "0"))
	if err != nil {
		return 0, ReasonDuration
	}
	return inSeconds(n, c.unit, e)
}

// inSeconds turns a number into seconds. The unit is 0 when neither header nor format names it.
func inSeconds(n, unit float64, e *spanEvidence) (int64, Reason) {
	if unit == 0 && n != 0 {
		if unit = e.unit(); unit == 0 {
			return 0, ReasonUnit
		}
	}
	if n = math.Round(n * unit); n < 0 || n > maxSeconds || math.IsNaN(n) {
		return 0, ReasonDuration
	}
	return int64(n), ""
}

func parseFloat(s string) (float64, error) { return strconv.ParseFloat(s, 64) }

// markedNumber takes a number apart at its mark, 0 for a point and 1 for a comma; a mark of which
// there are several separates thousands and leaves no fraction. Spaces and apostrophes separate
// thousands as well.
func markedNumber(s string) (whole, part string, mark int, ok bool) {
	s = groupMarks.Replace(s)
	mark = -1
	if at := strings.LastIndexAny(s, ".,"); at >= 0 {
		mark = strings.IndexByte(".,", s[at])
		whole, part = s[:at], s[at+1:]
		other := strings.ContainsAny(whole, ".,"[1-mark:2-mark])
		same := strings.ContainsAny(whole, s[at:at+1])
		switch {
		case other && same:
			return "", "", -1, false
		case same: // 1,234,567
			whole, part = s, ""
		}
		groups := strings.FieldsFunc(whole, func(r rune) bool { return r == '.' || r == ',' })
		for _, g := range groups[min(1, len(groups)):] {
			if len(g) != 3 {
				return "", "", -1, false
			}
		}
		whole = strings.Join(groups, "")
	} else {
		whole = s
	}
	if whole+part == "" || len(whole) > 15 || strings.Trim(whole+part, "0123456789") != "" {
		return "", "", -1, false
	}
	if whole == "" {
		whole = "0"
	}
	return whole, part, mark, true
}

// groupMarks takes away what separates thousands and nothing else.
var groupMarks = strings.NewReplacer("\u00A0", "", "\u202F", "", "\u2009", "", " ", "", "'", "", "’", "")

func parseColons(s string, hours bool) (int64, Reason) {
	parts := strings.Split(s, ":")
	if len(parts) > 3 {
		return 0, ReasonDuration
	}
	if len(parts) == 2 && hours {
		parts = append(parts, "0")
	}
	total := int64(0)
	for i, part := range parts {
		if i == len(parts)-1 { // parts of a second are dropped
			part, _, _ = strings.Cut(strings.Replace(part, ",", ".", 1), ".")
		}
		n, err := strconv.ParseUint(part, 10, 31)
		if err != nil || i > 0 && n > 59 {
			return 0, ReasonDuration
		}
		total = total*60 + int64(n)
	}
	if total > maxSeconds {
		return 0, ReasonDuration
	}
	return total, ""
}

// parseUnits reads 1h 2m 3s, 5 min, 12 s.
func parseUnits(s string) (int64, Reason) {
	total, digits, word, seen := 0.0, "", "", false
	flush := func() bool {
		if digits == "" {
			return word == ""
		}
		n, err := strconv.ParseInt(digits, 10, 32)
		unit := unitSeconds(word)
		if err != nil || unit == 0 {
			return false
		}
		total, digits, word, seen = total+float64(n)*unit, "", "", true
		return true
	}
	for _, r := range strings.ToLower(s) {
		switch {
		case r >= '0' && r <= '9':
			if word != "" && !flush() {
				return 0, ReasonDuration
			}
			digits += string(r)
		case r == ' ' || r == '\u00A0' || r == '.':
		case digits != "" && len(word) < 16:
			word += string(r)
		default:
			return 0, ReasonDuration
		}
		if len(digits) > 10 {
			return 0, ReasonDuration
		}
	}
	if !flush() || !seen || total > maxSeconds {
		return 0, ReasonDuration
	}
	return int64(math.Round(total)), ""
}

// plain takes away the apostrophe that keeps spreadsheets from computing text which begins
// like a formula. It is the inverse of what package export writes.
func plain(s string) string {
	rest := strings.TrimLeft(s, "'")
	if len(rest) < len(s) && rest != "" && strings.IndexByte("=+-@\t\r\x00", rest[0]) >= 0 {
		return s[1:]
	}
	return s
}
