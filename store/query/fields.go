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

// String returns the kind's word for messages and JSON.
func (k Kind) String() string {
	return [...]string{"text", "choice", "duration", "number", "date"}[k]
}

// Field describes one field of an interaction. Grammar, engine, exporter, reader of files, command
// line and page read the same table; what they add by name, its column in the engine or its cell in
// a file, is checked against it by a test beside them.
type Field struct {
	Name       string // canonical, as in Node.Field, SortKey.Field and JSON
	Kind       Kind
	Operators  []Op              // what a condition on it may use
	Values     []string          // of a choice whose values are known; names take every text
	Words      map[string]string // other words for Values, folded: the wire's, and what people type
	Column     bool              // one of the 14 columns of the list
	Sortable   bool
	Exportable bool
	Personal   bool   // may hold names, numbers or texts of people outside the contact centre
	Width      [2]int // of its column in the list, in px at normal text size: English and Czech; 0 for none
	English    Naming
	Czech      Naming
	Headers    []string // words of its column in files beside the titles: letters and digits, folded
}

// Naming is what a field is called in a language.
type Naming struct {
	Title string   // on the screen
	File  string   // header of its column in files, where that is not the title
	Words []string // in the grammar, the one written back first
}

// Header returns the header of the field's column in files.
func (n Naming) Header() string {
	if n.File != "" {
		return n.File
	}
	return n.Title
}

// Names of fields.
const (
	FieldTime       = "time"
	FieldQueue      = "queue"
	FieldUser       = "user"
	FieldContact    = "contact"
	FieldWA         = "wa"
	FieldTitle      = "title"
	FieldAnswered   = "answered"
	FieldWait       = "wait"
	FieldDuration   = "duration"
	FieldEnded      = "ended"
	FieldConnector  = "connector"
	FieldMissed     = "missed"
	FieldMissedTime = "missed_time"
	FieldDirection  = "direction"
	FieldSender     = "sender" // the sender's number or name, the WhatsApp number or the recipient
	FieldAccount    = "account"
	FieldTicket     = "ticket"
	FieldText       = "text" // words in messages
	FieldID         = "id"   // the unique name
	FieldAny        = "any"  // a bare word: contact, wa, title or text contains it
	FieldQA         = "qa"
	FieldState      = "state"
	FieldAnomaly    = "anomaly"
	FieldFocus      = "focus"
	FieldFirstReply = "firstreply"
	FieldSilence    = "silence"
	// What of a figure lies inside working hours.
	FieldWorkWait     = "workwait"
	FieldWorkReply    = "workfirstreply"
	FieldWorkSilence  = "worksilence"
	FieldWorkDuration = "workduration"
	FieldActivities   = "activities"
	FieldMessages     = "messages"
	FieldDisruptions  = "disruptions"
	FieldScore        = "score"  // of its QA reviews
	FieldStatus       = "status" // of its activities
	FieldTook         = "took"   // users who had an activity of it
	FieldTarget       = "target" // what it met or missed of the targets of its queue
	FieldFailed       = "failed" // one of its messages could not be delivered
	FieldLowReview    = "lowreview"

	// Marks of the person at this computer.
	FieldSeen     = "seen"
	FieldReviewed = "reviewed"
	FieldNote     = "note"
)

func textOps() []Op {
	return []Op{Contains, NotContains, Is, IsNot, StartsWith, IsEmpty, NotEmpty}
}

func choiceOps() []Op { return []Op{AnyOf, NoneOf, IsEmpty, NotEmpty} }

// settledOps are of choices that every interaction has: asking for none of them would find nothing.
func settledOps() []Op { return []Op{AnyOf, NoneOf} }

func numberOps() []Op {
	return []Op{Eq, Ne, Lt, Le, Gt, Ge, Between, IsEmpty, NotEmpty}
}

func dateOps() []Op {
	return []Op{Preset, Eq, Ne, Lt, Le, Gt, Ge, Between, IsEmpty, NotEmpty}
}

// table is never written to after the program starts; Fields hands out copies. Its order is that
// of the list's columns, of the fields to choose from, and of the columns of files.
var table = []Field{
	{Name: FieldTime, Kind: KindDate, Operators: dateOps(),
		Column: true, Sortable: true, Exportable: true, Width: [2]int{76, 76},
		English: Naming{Title: "Time", Words: []string{"time"}},
		Czech:   Naming{Title: "Čas", Words: []string{"čas"}},
		Headers: []string{"datetime", "datumacas", "dateandtime"},
	},
	{Name: FieldQueue, Kind: KindChoice, Operators: choiceOps(),
		Column: true, Sortable: true, Exportable: true, Width: [2]int{94, 96},
		English: Naming{Title: "Queue", Words: []string{"queue"}},
		Czech:   Naming{Title: "Fronta", Words: []string{"fronta"}},
	},
	{Name: FieldUser, Kind: KindChoice, Operators: choiceOps(),
		Column: true, Sortable: true, Exportable: true, Width: [2]int{120, 120},
		English: Naming{Title: "User", Words: []string{"user", "agent"}},
		Czech:   Naming{Title: "Uživatel", Words: []string{"uživatel", "operátor"}},
		Headers: []string{"agent", "operator"},
	},
	{Name: FieldContact, Kind: KindText, Operators: textOps(),
		Column: true, Sortable: true, Exportable: true, Personal: true, Width: [2]int{122, 124},
		English: Naming{Title: "Contact", Words: []string{"contact"}},
		Czech:   Naming{Title: "Kontakt", Words: []string{"kontakt"}},
	},
	{Name: FieldWA, Kind: KindText, Operators: textOps(),
		Column: true, Sortable: true, Exportable: true, Personal: true, Width: [2]int{126, 130},
		English: Naming{Title: "WhatsApp contact", File: "WhatsApp contact / External contact", Words: []string{"wa", "whatsapp"}},
		Czech:   Naming{Title: "Kontakt WhatsApp", File: "Kontakt WhatsApp / Externí kontakt", Words: []string{"wa"}},
		Headers: []string{"externalcontact", "whatsappkontakt", "externikontakt", "whatsappkontaktexternikontakt"},
	},
	{Name: FieldTitle, Kind: KindText, Operators: textOps(),
		Column: true, Sortable: true, Exportable: true, Personal: true, Width: [2]int{106, 124},
		English: Naming{Title: "Title", Words: []string{"title"}},
		Czech:   Naming{Title: "Název", Words: []string{"název"}},
	},
	{Name: FieldAnswered, Kind: KindChoice, Operators: choiceOps(),
		Values: []string{"yes", "no"},
		Words:  yesNoWords(),
		Column: true, Sortable: true, Exportable: true, Width: [2]int{76, 102},
		English: Naming{Title: "Answered", Words: []string{"answered"}},
		Czech:   Naming{Title: "Zodpovězeno", Words: []string{"zodpovězeno"}},
		Headers: []string{"prijato", "odpovezeno"},
	},
	{Name: FieldWait, Kind: KindDuration, Operators: numberOps(),
		Column: true, Sortable: true, Exportable: true, Width: [2]int{82, 94},
		English: Naming{Title: "Wait time", Words: []string{"wait"}},
		Czech:   Naming{Title: "Doba čekání", Words: []string{"čekání"}},
		Headers: []string{"wait", "cekani", "casakani", "cascekani", "delkacekani"},
	},
	{Name: FieldDuration, Kind: KindDuration, Operators: numberOps(),
		Column: true, Sortable: true, Exportable: true, Width: [2]int{76, 90},
		English: Naming{Title: "Duration", Words: []string{"duration"}},
		Czech:   Naming{Title: "Doba trvání", Words: []string{"trvání"}},
		Headers: []string{"trvani", "delka", "delkatrvani"},
	},
	{Name: FieldEnded, Kind: KindChoice, Operators: choiceOps(),
		Values: []string{"USER", "CLIENT", "TIMEOUT", "NOT_AVAIL", "OUT_OF_TIME", "DECISION_TREE"},
		Words: map[string]string{"agent": "USER", "operator": "USER", "operatorem": "USER",
			"customer": "CLIENT", "zakaznik": "CLIENT", "zakaznikem": "CLIENT"},
		Column: true, Sortable: true, Exportable: true, Width: [2]int{78, 84},
		English: Naming{Title: "Ended", File: "Ended / Disconnection", Words: []string{"ended", "disconnection"}},
		Czech:   Naming{Title: "Ukončení", Words: []string{"ukončení"}},
		Headers: []string{"disconnection", "ukonceno", "odpojeni", "ukonceniodpojeni"},
	},
	{Name: FieldConnector, Kind: KindChoice, Operators: choiceOps(),
		Column: true, Sortable: true, Exportable: true, Width: [2]int{92, 96},
		English: Naming{Title: "Connector", Words: []string{"connector"}},
		Czech:   Naming{Title: "Konektor", Words: []string{"konektor"}},
		Headers: []string{"konektorsmerovani", "routing", "smerovani"},
	},
	{Name: FieldMissed, Kind: KindChoice, Operators: choiceOps(),
		Values: []string{"waiting", "contactedback", "cleared", "never"},
		Words: map[string]string{"yes": "waiting", "1": "waiting", "ceka": "waiting", "ano": "waiting",
			"no": "contactedback", "ne": "contactedback", "kontaktovano": "contactedback", "contacted": "contactedback",
			"0": "cleared", "vyrazeno": "cleared", "nikdy": "never"},
		Column: true, Sortable: true, Exportable: true, Width: [2]int{136, 154},
		English: Naming{Title: "Missed", Words: []string{"missed"}},
		Czech:   Naming{Title: "Zmeškané", Words: []string{"zmeškané"}},
		Headers: []string{"zmeskano"},
	},
	{Name: FieldMissedTime, Kind: KindDate, Operators: dateOps(),
		Column: true, Sortable: true, Exportable: true, Width: [2]int{92, 108},
		English: Naming{Title: "Missed time", Words: []string{"missedtime", "missed_time"}},
		Czech:   Naming{Title: "Čas zmeškání", Words: []string{"časzmeškání", "čas_zmeškání"}},
		Headers: []string{"zmeskanycas"},
	},
	{Name: FieldDirection, Kind: KindChoice, Operators: choiceOps(),
		Values: []string{"IN", "OUT"},
		Words:  map[string]string{"incoming": "IN", "prichozi": "IN", "outgoing": "OUT", "odchozi": "OUT"},
		Column: true, Sortable: true, Exportable: true, Width: [2]int{90, 92},
		English: Naming{Title: "Direction", Words: []string{"direction"}},
		Czech:   Naming{Title: "Směr", Words: []string{"směr"}},
	},
	{Name: FieldSender, Kind: KindText, Operators: textOps(),
		Sortable: true, Exportable: true, Personal: true,
		English: Naming{Title: "Sender", Words: []string{"sender"}},
		Czech:   Naming{Title: "Odesílatel", Words: []string{"odesílatel"}},
	},
	{Name: FieldStatus, Kind: KindChoice, Operators: choiceOps(),
		Exportable: true, Width: [2]int{120, 120},
		English: Naming{Title: "Statuses", Words: []string{"status", "statuses"}},
		Czech:   Naming{Title: "Statusy", Words: []string{"status", "statusy"}},
	},
	{Name: FieldTook, Kind: KindChoice, Operators: choiceOps(),
		English: Naming{Title: "Took part", Words: []string{"took"}},
		Czech:   Naming{Title: "Zúčastnil se", Words: []string{"zúčastnil", "účast"}},
	},
	{Name: FieldAccount, Kind: KindText, Operators: textOps(),
		Sortable: true, Exportable: true, Personal: true,
		English: Naming{Title: "Account", Words: []string{"account"}},
		Czech:   Naming{Title: "Společnost", Words: []string{"účet", "firma"}},
	},
	{Name: FieldTicket, Kind: KindText, Operators: textOps(),
		Sortable: true, Exportable: true, Personal: true, Width: [2]int{120, 120},
		English: Naming{Title: "Ticket", Words: []string{"ticket"}},
		Czech:   Naming{Title: "Ticket", Words: []string{"tiket"}},
	},
	{Name: FieldText, Kind: KindText, Operators: textOps(),
		Personal: true,
		English:  Naming{Title: "Text in messages", Words: []string{"text"}},
		Czech:    Naming{Title: "Text zpráv", Words: []string{"text"}},
	},
	{Name: FieldID, Kind: KindText, Operators: textOps(),
		Exportable: true,
		English:    Naming{Title: "Unique name", Words: []string{"id", "name"}},
		Czech:      Naming{Title: "Unikátní název", Words: []string{"id"}},
		Headers:    []string{"id", "jedinecnynazev", "name", "interaction", "interakce", "activityname"},
	},
	{Name: FieldAny, Kind: KindText, Operators: []Op{Contains, NotContains},
		Personal: true,
		English:  Naming{Title: "Anything", Words: []string{"any"}},
		Czech:    Naming{Title: "Cokoli", Words: []string{"cokoli"}},
	},
	{Name: FieldFirstReply, Kind: KindDuration, Operators: numberOps(),
		Sortable: true, Exportable: true, Width: [2]int{92, 112},
		English: Naming{Title: "First reply", Words: []string{"firstreply", "first_reply"}},
		Czech:   Naming{Title: "První odpověď", Words: []string{"prvníodpověď", "první_odpověď"}},
	},
	{Name: FieldSilence, Kind: KindDuration, Operators: numberOps(),
		Sortable: true, Exportable: true, Width: [2]int{112, 126},
		English: Naming{Title: "Longest silence", Words: []string{"silence", "gap"}},
		Czech:   Naming{Title: "Nejdelší odmlka", Words: []string{"ticho", "odmlka"}},
	},
	{Name: FieldWorkWait, Kind: KindDuration, Operators: numberOps(),
		Sortable: true, Exportable: true, Width: [2]int{148, 172},
		English: Naming{Title: "Wait in working hours", Words: []string{"workwait"}},
		Czech:   Naming{Title: "Čekání v pracovní době", Words: []string{"pracovníčekání"}},
	},
	{Name: FieldWorkReply, Kind: KindDuration, Operators: numberOps(),
		Sortable: true, Exportable: true, Width: [2]int{182, 212},
		English: Naming{Title: "First reply in working hours", Words: []string{"workfirstreply", "work_first_reply"}},
		Czech:   Naming{Title: "První odpověď v pracovní době", Words: []string{"pracovníodpověď"}},
	},
	{Name: FieldWorkSilence, Kind: KindDuration, Operators: numberOps(),
		Sortable: true, Exportable: true, Width: [2]int{202, 226},
		English: Naming{Title: "Longest silence in working hours", Words: []string{"worksilence"}},
		Czech:   Naming{Title: "Nejdelší odmlka v pracovní době", Words: []string{"pracovníodmlka"}},
	},
	{Name: FieldWorkDuration, Kind: KindDuration, Operators: numberOps(),
		Sortable: true, Exportable: true, Width: [2]int{166, 180},
		English: Naming{Title: "Duration in working hours", Words: []string{"workduration"}},
		Czech:   Naming{Title: "Doba trvání v pracovní době", Words: []string{"pracovnítrvání"}},
	},
	{Name: FieldTarget, Kind: KindChoice, Operators: choiceOps(),
		Values: []string{"yes", "no", "wait", "firstreply", "silence", "duration"},
		Words: map[string]string{"within": "yes", "met": "yes", "ano": "yes", "splneno": "yes", "missed": "no", "over": "no", "ne": "no", "nesplneno": "no",
			"cekani": "wait", "first_reply": "firstreply", "prvniodpoved": "firstreply", "odmlka": "silence", "ticho": "silence", "trvani": "duration"},
		Exportable: true, Width: [2]int{112, 112},
		English: Naming{Title: "Target", Words: []string{"target"}},
		Czech:   Naming{Title: "Cíl", Words: []string{"cíl"}},
	},
	{Name: FieldFocus, Kind: KindDuration, Operators: numberOps(),
		Sortable: true, Exportable: true, Width: [2]int{88, 132},
		English: Naming{Title: "Focus time", Words: []string{"focus"}},
		Czech:   Naming{Title: "Doba soustředění", Words: []string{"soustředění"}},
	},
	{Name: FieldDisruptions, Kind: KindNumber, Operators: numberOps(),
		Sortable: true, Exportable: true, Width: [2]int{120, 160},
		English: Naming{Title: "Focus disruptions", Words: []string{"disruptions"}},
		Czech:   Naming{Title: "Přerušení soustředění", Words: []string{"vyrušení"}},
	},
	{Name: FieldActivities, Kind: KindNumber, Operators: numberOps(),
		Sortable: true, Exportable: true, Width: [2]int{84, 84},
		English: Naming{Title: "Activities", Words: []string{"activities"}},
		Czech:   Naming{Title: "Aktivity", Words: []string{"aktivity"}},
	},
	{Name: FieldMessages, Kind: KindNumber, Operators: numberOps(),
		Sortable: true, Exportable: true, Width: [2]int{88, 76},
		English: Naming{Title: "Messages", Words: []string{"messages"}},
		Czech:   Naming{Title: "Zprávy", Words: []string{"zprávy"}},
	},
	{Name: FieldScore, Kind: KindNumber, Operators: numberOps(),
		Sortable: true, Exportable: true, Width: [2]int{84, 84},
		English: Naming{Title: "QA score", Words: []string{"score", "qa_score"}},
		Czech:   Naming{Title: "QA skóre", Words: []string{"skóre", "qa_skóre"}},
	},
	{Name: FieldQA, Kind: KindChoice, Operators: settledOps(),
		Values:   []string{"yes", "no"},
		Words:    yesNoWords(),
		Sortable: true, Exportable: true,
		English: Naming{Title: "QA review", Words: []string{"qa"}},
		Czech:   Naming{Title: "QA kontrola", File: "QA hodnocení", Words: []string{"qa", "hodnocení"}},
	},
	{Name: FieldState, Kind: KindChoice, Operators: settledOps(),
		Values: []string{"normal", "pending", "refused", "conflict", "anonymised", "open"},
		Words: map[string]string{"bezny": "normal", "ceka": "pending", "odmitnuto": "refused", "konflikt": "conflict",
			"anonymized": "anonymised", "anonymizovano": "anonymised", "otevreno": "open"},
		Exportable: true,
		English:    Naming{Title: "State", Words: []string{"state"}},
		Czech:      Naming{Title: "Stav", Words: []string{"stav"}},
	},
	{Name: FieldFailed, Kind: KindChoice, Operators: settledOps(),
		Values:  []string{"yes", "no"},
		Words:   yesNoWords(),
		English: Naming{Title: "Failed messages", Words: []string{"failed"}},
		Czech:   Naming{Title: "Nedoručené zprávy", Words: []string{"nedoručeno"}},
	},
	{Name: FieldLowReview, Kind: KindChoice, Operators: settledOps(),
		Values:  []string{"yes", "no"},
		Words:   yesNoWords(),
		English: Naming{Title: "Low QA review", Words: []string{"lowreview"}},
		Czech:   Naming{Title: "Nízké QA hodnocení", Words: []string{"nízkéhodnocení"}},
	},
	{Name: FieldSeen, Kind: KindChoice, Operators: settledOps(),
		Values:  []string{"yes", "no"},
		Words:   yesNoWords(),
		English: Naming{Title: "Seen here", Words: []string{"seen"}},
		Czech:   Naming{Title: "Zobrazeno zde", Words: []string{"zobrazeno", "viděno"}},
	},
	{Name: FieldReviewed, Kind: KindChoice, Operators: settledOps(),
		Values:  []string{"yes", "no"},
		Words:   yesNoWords(),
		English: Naming{Title: "Reviewed here", Words: []string{"reviewed"}},
		Czech:   Naming{Title: "Zkontrolováno zde", Words: []string{"zkontrolováno"}},
	},
	{Name: FieldNote, Kind: KindChoice, Operators: settledOps(),
		Values:  []string{"yes", "no"},
		Words:   yesNoWords(),
		English: Naming{Title: "Private note", Words: []string{"note"}},
		Czech:   Naming{Title: "Soukromá poznámka", Words: []string{"poznámka"}},
	},
	{Name: FieldAnomaly, Kind: KindChoice, Operators: settledOps(),
		Values:   []string{"yes", "no"},
		Words:    yesNoWords(),
		Sortable: true,
		English:  Naming{Title: "Focus anomaly", Words: []string{"anomaly"}},
		Czech:    Naming{Title: "Nejisté soustředění", Words: []string{"anomálie"}},
	},
}

// Fields returns every field: the 14 columns in their order, then the rest.
func Fields() []Field {
	return slices.Clone(table)
}

// FieldByName returns a field by its canonical name.
func FieldByName(name string) (Field, bool) {
	f := fieldNamed(name)
	if f == nil {
		return Field{}, false
	}
	return *f, true
}

// LookupField returns a field by any of its names: canonical, English or Czech, without
// regard to case and diacritics.
func LookupField(word string) (Field, bool) {
	folded := Fold(word)
	for i := range table {
		f := &table[i]
		if f.Name == folded || slices.ContainsFunc(f.English.Words, foldsTo(folded)) || slices.ContainsFunc(f.Czech.Words, foldsTo(folded)) {
			return FieldByName(f.Name)
		}
	}
	return Field{}, false
}

// Word returns the name of the field that Format writes in a language ("en" or "cs").
func (f Field) Word(lang string) string {
	if lang == "cs" {
		return f.Czech.Words[0]
	}
	return f.English.Words[0]
}

// Listable reports whether the list can show the field as a column.
func (f Field) Listable() bool { return f.Width[0] > 0 }

// Allows reports whether a condition on the field may use the operator.
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
