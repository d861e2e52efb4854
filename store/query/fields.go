package query

import "slices"

// Kind says how the values of a field are compared and written.
type Kind uint8

// The kinds of fields.
const (
	KindText     Kind = iota // compared without case and diacritics
	KindChoice               // one of a known set of values
	KindDuration             // whole seconds
	KindNumber               // whole numbers
	KindDate                 // UTC milliseconds, written in the contact centre's zone
)

// String gives the kind's word for messages and JSON.
func (k Kind) String() string {
	return [...]string{"text", "choice", "duration", "number", "date"}[k]
}

// Field describes one field of an interaction. Filter bar, grammar, sorter, exporter,
// command line and page read the same table.
type Field struct {
	Name       string // canonical, as in Node.Field, SortKey.Field and JSON
	Kind       Kind
	Title      string // key of its title in the message catalogues
	Operators  []Op   // what a condition on it may use
	Values     []string
	Column     bool // one of the 14 columns of the list
	Sortable   bool
	Exportable bool
	Personal   bool     // may hold names, numbers or texts of people outside the contact centre
	English    []string // names in the grammar, the one written back first
	Czech      []string // names in the grammar, the one written back first
}

// Names of fields.
const (
	FieldTime        = "time"
	FieldQueue       = "queue"
	FieldUser        = "user"
	FieldContact     = "contact"
	FieldWA          = "wa"
	FieldTitle       = "title"
	FieldAnswered    = "answered"
	FieldWait        = "wait"
	FieldDuration    = "duration"
	FieldEnded       = "ended"
	FieldConnector   = "connector"
	FieldMissed      = "missed"
	FieldMissedTime  = "missed_time"
	FieldDirection   = "direction"
	FieldSender      = "sender" // the sender's number or name, the WhatsApp number or the recipient
	FieldAccount     = "account"
	FieldTicket      = "ticket"
	FieldText        = "text" // words in messages
	FieldID          = "id"   // the unique name
	FieldAny         = "any"  // a bare word: contact, wa, title or text contains it
	FieldQA          = "qa"
	FieldState       = "state"
	FieldAnomaly     = "anomaly"
	FieldFocus       = "focus"
	FieldFirstReply  = "firstreply"
	FieldSilence     = "silence"
	FieldActivities  = "activities"
	FieldMessages    = "messages"
	FieldDisruptions = "disruptions"
)

func textOps() []Op {
	return []Op{Contains, NotContains, Is, IsNot, StartsWith, IsEmpty, NotEmpty}
}

func choiceOps() []Op { return []Op{AnyOf, NoneOf, IsEmpty, NotEmpty} }

func numberOps() []Op {
	return []Op{Eq, Ne, Lt, Le, Gt, Ge, Between, IsEmpty, NotEmpty}
}

func dateOps() []Op {
	return []Op{Preset, Eq, Ne, Lt, Le, Gt, Ge, Between, IsEmpty, NotEmpty}
}

// table is never written to after the program starts; Fields hands out copies.
var table = []Field{
	{Name: FieldTime, Kind: KindDate, Operators: dateOps(), Column: true, Sortable: true, Exportable: true,
		English: []string{"time"}, Czech: []string{"čas"}},
	{Name: FieldQueue, Kind: KindChoice, Operators: choiceOps(), Column: true, Sortable: true, Exportable: true,
		English: []string{"queue"}, Czech: []string{"fronta"}},
	{Name: FieldUser, Kind: KindChoice, Operators: choiceOps(), Column: true, Sortable: true, Exportable: true,
		English: []string{"user", "agent"}, Czech: []string{"uživatel", "operátor"}},
	{Name: FieldContact, Kind: KindText, Operators: textOps(), Column: true, Sortable: true, Exportable: true, Personal: true,
		English: []string{"contact"}, Czech: []string{"kontakt"}},
	{Name: FieldWA, Kind: KindText, Operators: textOps(), Column: true, Sortable: true, Exportable: true, Personal: true,
		English: []string{"wa", "whatsapp"}, Czech: []string{"wa"}},
	{Name: FieldTitle, Kind: KindText, Operators: textOps(), Column: true, Sortable: true, Exportable: true, Personal: true,
		English: []string{"title"}, Czech: []string{"název"}},
	{Name: FieldAnswered, Kind: KindChoice, Operators: choiceOps(), Values: []string{"yes", "no"},
		Column: true, Sortable: true, Exportable: true,
		English: []string{"answered"}, Czech: []string{"zodpovězeno"}},
	{Name: FieldWait, Kind: KindDuration, Operators: numberOps(), Column: true, Sortable: true, Exportable: true,
		English: []string{"wait"}, Czech: []string{"čekání"}},
	{Name: FieldDuration, Kind: KindDuration, Operators: numberOps(), Column: true, Sortable: true, Exportable: true,
		English: []string{"duration"}, Czech: []string{"trvání"}},
	{Name: FieldEnded, Kind: KindChoice, Operators: choiceOps(),
		Values: []string{"USER", "CLIENT", "TIMEOUT", "NOT_AVAIL", "OUT_OF_TIME", "DECISION_TREE"},
		Column: true, Sortable: true, Exportable: true,
		English: []string{"ended", "disconnection"}, Czech: []string{"ukončení"}},
	{Name: FieldConnector, Kind: KindChoice, Operators: choiceOps(), Column: true, Sortable: true, Exportable: true,
		English: []string{"connector"}, Czech: []string{"konektor"}},
	{Name: FieldMissed, Kind: KindChoice, Operators: choiceOps(),
		Values: []string{"waiting", "contactedback", "cleared", "never"},
		Column: true, Sortable: true, Exportable: true,
		English: []string{"missed"}, Czech: []string{"zmeškané"}},
	{Name: FieldMissedTime, Kind: KindDate, Operators: dateOps(), Column: true, Sortable: true, Exportable: true,
		English: []string{"missedtime", "missed_time"}, Czech: []string{"časzmeškání", "čas_zmeškání"}},
	{Name: FieldDirection, Kind: KindChoice, Operators: choiceOps(), Values: []string{"IN", "OUT"},
		Column: true, Sortable: true, Exportable: true,
		English: []string{"direction"}, Czech: []string{"směr"}},

	{Name: FieldSender, Kind: KindText, Operators: textOps(), Sortable: true, Exportable: true, Personal: true,
		English: []string{"sender"}, Czech: []string{"odesílatel"}},
	{Name: FieldAccount, Kind: KindText, Operators: textOps(), Sortable: true, Exportable: true, Personal: true,
		English: []string{"account"}, Czech: []string{"účet", "firma"}},
	{Name: FieldTicket, Kind: KindText, Operators: textOps(), Sortable: true, Exportable: true, Personal: true,
		English: []string{"ticket"}, Czech: []string{"tiket"}},
	{Name: FieldText, Kind: KindText, Operators: textOps(), Personal: true,
		English: []string{"text"}, Czech: []string{"text"}},
	{Name: FieldID, Kind: KindText, Operators: textOps(), Exportable: true,
		English: []string{"id", "name"}, Czech: []string{"id"}},
	{Name: FieldAny, Kind: KindText, Operators: []Op{Contains, NotContains}, Personal: true,
		English: []string{"any"}, Czech: []string{"cokoli"}},
	{Name: FieldQA, Kind: KindChoice, Operators: choiceOps(), Values: []string{"yes", "no"}, Sortable: true, Exportable: true,
		English: []string{"qa"}, Czech: []string{"qa", "hodnocení"}},
	{Name: FieldState, Kind: KindChoice, Operators: choiceOps(),
		Values:  []string{"normal", "pending", "refused", "conflict", "anonymised", "open"},
		English: []string{"state"}, Czech: []string{"stav"}},
	{Name: FieldAnomaly, Kind: KindChoice, Operators: choiceOps(), Values: []string{"yes", "no"}, Sortable: true,
		English: []string{"anomaly"}, Czech: []string{"anomálie"}},
	{Name: FieldFocus, Kind: KindDuration, Operators: numberOps(), Sortable: true, Exportable: true,
		English: []string{"focus"}, Czech: []string{"soustředění"}},
	{Name: FieldFirstReply, Kind: KindDuration, Operators: numberOps(), Sortable: true, Exportable: true,
		English: []string{"firstreply", "first_reply"}, Czech: []string{"prvníodpověď", "první_odpověď"}},
	{Name: FieldSilence, Kind: KindDuration, Operators: numberOps(), Sortable: true, Exportable: true,
		English: []string{"silence", "gap"}, Czech: []string{"ticho", "odmlka"}},
	{Name: FieldActivities, Kind: KindNumber, Operators: numberOps(), Sortable: true, Exportable: true,
		English: []string{"activities"}, Czech: []string{"aktivity"}},
	{Name: FieldMessages, Kind: KindNumber, Operators: numberOps(), Sortable: true, Exportable: true,
		English: []string{"messages"}, Czech: []string{"zprávy"}},
	{Name: FieldDisruptions, Kind: KindNumber, Operators: numberOps(), Sortable: true, Exportable: true,
		English: []string{"disruptions"}, Czech: []string{"vyrušení"}},
}

// Fields gives every field: the 14 columns in their order, then the rest.
func Fields() []Field {
	all := slices.Clone(table)
	for i := range all {
		all[i].Title = "field." + all[i].Name
	}
	return all
}

// FieldByName gives a field by its canonical name.
func FieldByName(name string) (Field, bool) {
	f := fieldNamed(name)
	if f == nil {
		return Field{}, false
	}
	out := *f
	out.Title = "field." + f.Name
	return out, true
}

// LookupField gives a field by any of its names: canonical, English or Czech, without
// regard to case and diacritics.
func LookupField(word string) (Field, bool) {
	folded := Fold(word)
	for i := range table {
		f := &table[i]
		if f.Name == folded || slices.ContainsFunc(f.English, foldsTo(folded)) || slices.ContainsFunc(f.Czech, foldsTo(folded)) {
			return FieldByName(f.Name)
		}
	}
	return Field{}, false
}

// Word gives the name of the field that Format writes in a language ("en" or "cs").
func (f Field) Word(lang string) string {
	if lang == "cs" {
		return f.Czech[0]
	}
	return f.English[0]
}

// Allows tells whether a condition on the field may use the operator.
func (f Field) Allows(op Op) bool { return slices.Contains(f.Operators, op) }

func fieldNamed(name string) *Field {
	for i := range table {
		if table[i].Name == name {
			return &table[i]
		}
	}
	return nil
}

func foldsTo(folded string) func(string) bool {
	return func(word string) bool { return Fold(word) == folded }
}
