package intake

import (
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

// anonymised reports whether a personal cell says that its value was erased.
func anonymised(cell string) bool {
	switch folded(cell) {
	case "anonymised", "anonymized", "anonymizovano":
		return true
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

// parseSpan reads a duration: h:mm:ss, m:ss, seconds, or Excel's fraction of a day when
// days is set. A mark of fractions may be a point or a comma.
func parseSpan(s string, days bool) (int64, bool) {
	s = strings.TrimSpace(s)
	if strings.Contains(s, ":") {
		return parseColons(s)
	}
	n, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err != nil || math.IsNaN(n) || n < 0 {
		return parseUnits(s)
	}
	if days {
		n *= 86400
	}
	if n = math.Round(n); n > maxSeconds {
		return 0, false
	}
	return int64(n), true
}

func parseColons(s string) (int64, bool) {
	parts := strings.Split(s, ":")
	if len(parts) > 3 {
		return 0, false
	}
	total := int64(0)
	for i, part := range parts {
		if i == len(parts)-1 { // parts of a second are dropped
			part, _, _ = strings.Cut(strings.Replace(part, ",", ".", 1), ".")
		}
		n, err := strconv.ParseUint(part, 10, 31)
		if err != nil || i > 0 && n > 59 {
			return 0, false
		}
		total = total*60 + int64(n)
	}
	return total, total <= maxSeconds
}

// parseUnits reads 1h 2m 3s, 5 min, 12 s.
func parseUnits(s string) (int64, bool) {
	total, digits, seen := int64(0), "", false
	word := ""
	flush := func() bool {
		if digits == "" {
			return word == ""
		}
		n, err := strconv.ParseInt(digits, 10, 32)
		size := map[string]int64{"h": 3600, "hod": 3600, "m": 60, "min": 60, "s": 1, "sec": 1, "d": 86400}[word]
		if err != nil || size == 0 {
			return false
		}
		total, digits, word, seen = total+n*size, "", "", true
		return true
	}
	for _, r := range strings.ToLower(s) {
		switch {
		case r >= '0' && r <= '9':
			if word != "" && !flush() {
				return 0, false
			}
			digits += string(r)
		case r == ' ' || r == '\u00A0' || r == '.':
		case len(digits) > 0 && len(word) < 4:
			word += string(r)
		default:
			return 0, false
		}
		if len(digits) > 10 {
			return 0, false
		}
	}
	return total, flush() && seen && total <= maxSeconds
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
