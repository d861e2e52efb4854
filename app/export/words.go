package export

import (
	"slices"

	"wapdesk/store/listing"
)

// Words gives the text of a key in the language of the file. Args are names and values of
// the text's placeholders in turn: Words("export.zoned", "title", "Time", "zone", "UTC").
type Words func(key string, args ...string) string

// Keys of the texts that are not headers of a column.
const (
	keyZoned      = "export.zoned" // {title} ({zone})
	keyAnonymised = "value.anonymised"
	keyYes        = "value.answered.yes"
	keyNo         = "value.answered.no"
	keyNone       = "export.none" // a group of the summary without agent or queue

	keySheetInteractions = "export.sheet.interactions"
	keySheetActivities   = "export.sheet.activities"
	keySheetMessages     = "export.sheet.messages"
	keySheetSummary      = "export.sheet.summary"
	keySheetAbout        = "export.sheet.about"
)

// choice is a set of wire values that have words.
type choice uint8

const (
	ended choice = iota
	missed
	direction
	states
	target
	side     // of a message
	delivery // of a message
	content  // kind of a message
	choices
)

// choiceKeys are the keys of the words of wire values; those of the list’s columns are the list’s own.
var choiceKeys = [choices]map[string]string{
	ended: {
		"USER":          "value.ended.USER",
		"CLIENT":        "value.ended.CLIENT",
		"TIMEOUT":       "value.ended.TIMEOUT",
		"NOT_AVAIL":     "value.ended.NOT_AVAIL",
		"OUT_OF_TIME":   "value.ended.OUT_OF_TIME",
		"DECISION_TREE": "value.ended.DECISION_TREE",
	},
	direction: {
		"IN":  "value.direction.IN",
		"OUT": "value.direction.OUT",
	},
	side: {
		"IN":  "export.message.in",
		"OUT": "export.message.out",
		"BOT": "export.message.bot",
	},
	delivery: {
		"SENT":      "export.delivery.sent",
		"DELIVERED": "export.delivery.delivered",
		"READ":      "export.delivery.read",
		"FAILED":    "export.delivery.failed",
	},
	missed: {
		"1":  "value.missed.waiting",
		"0":  "value.missed.cleared",
		"NO": "value.missed.contactedback",
	},
	states: {
		"anonymised": "export.state.anonymised",
		"pending":    "export.state.pending",
		"refused":    "export.state.refused",
		"conflict":   "export.state.conflict",
		"anomaly":    "export.state.anomaly",
		"open":       "export.state.open",
	},
	target: {
		"yes": "value.target.yes",
		"no":  "value.target.no",
	},
	content: {
		"text": "export.kind.text", "image": "export.kind.image", "video": "export.kind.video",
		"voice": "export.kind.voice", "audio": "export.kind.audio", "document": "export.kind.document",
		"sticker": "export.kind.sticker", "location": "export.kind.location",
		"contact": "export.kind.contact", "template": "export.kind.template",
		"reply": "export.kind.reply", "deleted": "export.kind.deleted",
		"unsupported": "export.kind.unsupported",
	},
}

// stateNames are the values of the state column in the order they are written.
var stateNames = []struct {
	bit  listing.State
	name string
}{
	{listing.StateAnonymised, "anonymised"},
	{listing.StatePending, "pending"},
	{listing.StateRefused, "refused"},
	{listing.StateConflict, "conflict"},
	{listing.StateAnomaly, "anomaly"},
	{listing.StateOpen, "open"},
}

// Keys lists every key this package asks Words for, in order, so that a catalogue can be
// checked for completeness.
func Keys() []string {
	keys := []string{
		keyZoned, keyAnonymised, keyYes, keyNo, keyNone,
		keySheetInteractions, keySheetActivities, keySheetMessages, keySheetSummary, keySheetAbout,
	}
	for _, words := range choiceKeys {
		for _, key := range words {
			keys = append(keys, key)
		}
	}
	for _, c := range recordColumns() {
		keys = append(keys, c.header)
	}
	for _, c := range activityColumns() {
		keys = append(keys, c.header)
	}
	for _, c := range messageColumns() {
		keys = append(keys, c.header)
	}
	keys = append(keys, summaryKeys...)
	keys = append(keys, reportKeys...)
	keys = append(keys, aboutKeys...)
	keys = append(keys, transcriptKeys...)
	slices.Sort(keys)
	return slices.Compact(keys)
}

// vocabulary holds the words of values, looked up once a file.
type vocabulary struct {
	answered   [3]string // by listing.Tri
	yes, no    string
	anonymised string
	words      [choices]map[string]string
	raw        bool
	targets    listing.Targets
	goals      []string // what targets are for, by listing.Goal
}

// tableWords are the words of a table.
func (r Request) tableWords() *vocabulary {
	v := newVocabulary(r.Words, r.Raw)
	v.targets = r.Targets
	for _, field := range listing.GoalFields() {
		if r.Raw {
			v.goals = append(v.goals, field)
		} else {
			v.goals = append(v.goals, r.Words(headerOf(field)))
		}
	}
	return v
}

func newVocabulary(words Words, raw bool) *vocabulary {
	v := &vocabulary{
		yes: words(keyYes), no: words(keyNo), anonymised: words(keyAnonymised),
		raw: raw,
	}
	for of, keys := range choiceKeys {
		v.words[of] = make(map[string]string, len(keys))
		for value, key := range keys {
			v.words[of][value] = words(key)
		}
	}
	if raw {
		v.yes, v.no = "1", "0"
	}
	v.answered = [3]string{listing.TriNo: v.no, listing.TriYes: v.yes}
	return v
}

// word returns the word for a wire value; a value we have no word for stays as the contact
// centre wrote it.
func (v *vocabulary) word(of choice, value string) string {
	if v.raw || value == "" {
		return value
	}
	if word, ok := v.words[of][value]; ok {
		return word
	}
	return value
}
