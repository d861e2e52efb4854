package listing

import "wapdesk/store/query"

// Unknown marks a time, a number or a duration that the contact centre did not give.
// It is outside every valid value, so that unknown is never mistaken for zero.
const Unknown = -1

// Tri is a yes/no value that may be unknown.
type Tri int8

// The three values of a Tri.
const (
	TriUnknown Tri = iota
	TriNo
	TriYes
)

// Ref names a queue, a user, a contact or a connector: the contact centre's unique
// name and the title people read. The zero Ref means "none".
type Ref struct {
	Name  string
	Title string
}

// Titles returns what people read of things, an empty list for none.
func Titles(refs []Ref) []string {
	titles := make([]string, len(refs))
	for i, r := range refs {
		titles[i] = r.Title
	}
	return titles
}

// State says what has become of an interaction on this computer; several may hold at once.
type State uint16

// The states of an interaction.
const (
	StateAnonymised State = 1 << iota // personal fields are erased for good
	StatePending                      // a change waits to be sent
	StateRefused                      // a change was refused by the contact centre
	StateConflict                     // a change meets a newer value in the contact centre
	StateAnomaly                      // one of its activities has a doubtful focus time
	StateOpen                         // one of its activities is not closed yet
	StateFailed                       // one of its messages could not be delivered
	StateSeen                         // the person at this computer had its details open
	StateReviewed                     // the person at this computer reviewed it
	StateNoted                        // it has a private note
	StateLowReview                    // a review gave less than half of what its form can give
	states                            // one more than all states together

	// StateMarks are what the person at this computer did themselves.
	StateMarks = StateSeen | StateReviewed | StateNoted
)

// Record is one interaction as the list shows, filters, sorts and exports it.
// Strings are as they are shown; raw wire values are kept for Ended, Missed and Direction.
type Record struct {
	ID     int64  // the store's own key, rising with time of arrival
	Name   string // unique name in the contact centre
	TimeMs int64  // UTC, milliseconds since 1970
	Queue  Ref
	User   Ref
	// Contact is the CRM contact, the zero Ref when the interaction is not paired.
	Contact Ref
	Account Ref
	// WA is the name of the WhatsApp account, WANumber its number.
	WA       string
	WANumber string
	Sender   string // the number as the interaction gives it
	// Recipient is the other side's number, searched together with Sender.
	Recipient    string
	Title        string
	Answered     Tri
	WaitS        int32  // seconds in the queue, or Unknown
	DurationS    int32  // seconds, or Unknown
	Ended        string // "", USER, CLIENT, TIMEOUT, NOT_AVAIL, OUT_OF_TIME, DECISION_TREE
	Connector    Ref
	Missed       string // "", YES, NO as on the wire; Meaning gives what it means
	MissedTimeMs int64  // UTC milliseconds, or Unknown
	Direction    string // "", IN, OUT
	State        State

	// Figures for the advanced filter and the summary: figureFields names the fields they are.
	// Unknown when they are not known.
	FocusS      int32 // sum over its activities, without doubtful ones
	FirstReplyS int32 // from the customer's first message to the first answer of an agent
	SilenceS    int32 // the longest gap between two messages
	// What of the wait, the first reply, the longest silence and the duration lies inside working hours.
	WorkWaitS, WorkReplyS, WorkSilenceS, WorkDurationS int32

	Disruptions int32 // sum over its activities
	Activities  int32
	Messages    int32
	Score       int32    // mean of its QA reviews
	Tickets     []string // "48213 Router swap": number and title of each ticket
	Statuses    []Ref    // of its activities, each once
	Took        []Ref    // users who had an activity of it, each once
	QA          bool     // has a QA review
}

// MissedMeaning is what the two wire fields of a missed interaction mean to a team lead.
type MissedMeaning uint8

// Meanings of missed, with the value that Daktela's own column of the exported file shows.
const (
	NeverMissed   MissedMeaning = iota // shown as –
	MissedWaiting                      // wire YES, column value 1: still among missed activities
	MissedCleared                      // a missed time without a flag, column value 0
	ContactedBack                      // wire NO, column value NO
)

// Waited reports whether the wait of an interaction tells how long the customer stood in a
// queue. A wait of nothing does only where somebody answered a customer who had come to a
// queue: out of hours, in the decision tree and when an agent begins, nobody waited at all.
func Waited(waitS int64, inQueue bool, answered Tri, direction string) bool {
	return waitS > 0 || waitS == 0 && inQueue && answered == TriYes && direction != outgoing
}

// outgoing is the wire's word for an interaction that an agent began.
const outgoing = "OUT"

// Meaning derives what the wire's missed flag and missed time mean. It is the only place
// that knows: the wire says YES, NO or nothing, and an item taken out of the missed
// activities by hand keeps its missed time but loses the flag.
func Meaning(missed string, missedTimeMs int64) MissedMeaning {
	switch missed {
	case "YES":
		return MissedWaiting
	case "NO":
		return ContactedBack
	}
	if missedTimeMs != Unknown {
		return MissedCleared
	}
	return NeverMissed
}

// The columns of figures.
const (
	colWait = firstFigure + iota
	colDuration
	colFocus
	colFirstReply
	colSilence
	colDisruptions
	colActivities
	colMessages
	colScore
	colWorkWait
	colWorkReply
	colWorkSilence
	colWorkDuration
	allCols // number of columns
)

// figureFields says which field each figure of a record is, by column.
var figureFields = [allCols]struct {
	field string
	of    func(*Record) *int32
}{
	colWait:        {query.FieldWait, func(r *Record) *int32 { return &r.WaitS }},
	colDuration:    {query.FieldDuration, func(r *Record) *int32 { return &r.DurationS }},
	colFocus:       {query.FieldFocus, func(r *Record) *int32 { return &r.FocusS }},
	colFirstReply:  {query.FieldFirstReply, func(r *Record) *int32 { return &r.FirstReplyS }},
	colSilence:     {query.FieldSilence, func(r *Record) *int32 { return &r.SilenceS }},
	colDisruptions: {query.FieldDisruptions, func(r *Record) *int32 { return &r.Disruptions }},
	colActivities:  {query.FieldActivities, func(r *Record) *int32 { return &r.Activities }},
	colMessages:    {query.FieldMessages, func(r *Record) *int32 { return &r.Messages }},
	colScore:       {query.FieldScore, func(r *Record) *int32 { return &r.Score }},

	colWorkWait:     {query.FieldWorkWait, func(r *Record) *int32 { return &r.WorkWaitS }},
	colWorkReply:    {query.FieldWorkReply, func(r *Record) *int32 { return &r.WorkReplyS }},
	colWorkSilence:  {query.FieldWorkSilence, func(r *Record) *int32 { return &r.WorkSilenceS }},
	colWorkDuration: {query.FieldWorkDuration, func(r *Record) *int32 { return &r.WorkDurationS }},
}
