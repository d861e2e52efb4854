package store

import "wapdesk/store/listing"

// Rows as the sync brings them and the details show them. Wire values are kept as they came;
// …Ms are UTC milliseconds since 1970 worked out from the text and the reply's time zone,
// …S are seconds. listing.Unknown stands for "not given" in both.

// Name is the contact centre's unique name of a record.
type Name = string

// Interaction is a row of activitiesWap.
type Interaction struct {
	Name            Name
	Title           string
	State           string // "", ROUTING
	Time            string // as on the wire
	TimeMs          int64
	Queue           listing.Ref
	User            listing.Ref
	Contact         listing.Ref
	Connector       listing.Ref
	Sender          string
	ExternalContact ExternalContact
	Answered        listing.Tri
	WaitS           int64
	DurationS       int64
	Direction       string
	Disconnection   string
	Missed          string
	MissedTime      string
	MissedTimeMs    int64
	Options         string // JSON as it came, "" when empty
	Anonymised      bool
	// Hash tells whether the row differs from the stored one; the sync works it out
	// from the wire values.
	Hash uint64
}

// ExternalContact is the WhatsApp account on the customer's side.
type ExternalContact struct {
	ID       string
	FullName string
	Number   string
	Contact  Name // the CRM contact it is paired with
}

// Activity is an agent's work on an interaction.
type Activity struct {
	Name             Name
	Interaction      Name
	Type             string
	Action           string // "", WAIT, OPEN, POSTPONE, CLOSE
	Title            string
	Description      string // HTML on the wire, kept as it came, shown as text
	Important        bool
	Priority         int64
	Queue            listing.Ref
	User             listing.Ref
	CreatedBy        listing.Ref
	Contact          listing.Ref
	Ticket           listing.Ref // Name is the ticket's number
	Statuses         []listing.Ref
	Time             string
	TimeMs           int64
	TimeWaitMs       int64
	TimeOpenMs       int64
	TimeCloseMs      int64
	BeforeS          int64 // baw: work before the contact
	AfterS           int64 // aaw: work after it
	DurationS        int64
	RingingS         int64
	FocusS           int64
	FocusDisruptions int64
	Anonymised       bool
	CustomFields     string // JSON as it came
	Hash             uint64
}

// Message is one line of a transcript.
type Message struct {
	Name         Name
	Seq          int    // place in the transcript, from 0
	Direction    string // IN, OUT, BOT, ""
	Type         string // PUBLIC, PRIVATE, COMMAND
	Kind         string // text, image, video, voice, audio, document, sticker, location, contact, template, reply, deleted, unsupported
	Text         string
	OriginalText string
	Time         string
	TimeMs       int64
	User         listing.Ref // the agent who wrote it
	From         string      // the name shown for the other side
	Delivery     string      // "", SENT, DELIVERED, READ, FAILED
	Reason       string      // why the delivery failed
	QuotedName   Name        // the message this one answers
	Reactions    []Reaction
	Template     string
	Latitude     float64 // valid when Kind is location
	Longitude    float64
	Place        string
	CardName     string // valid when Kind is contact
	CardNumber   string
	Attachments  []Attachment
}

// Reaction is an emoji put on a message.
type Reaction struct {
	Emoji string `json:"emoji"`
	From  string `json:"from"`
}

// Attachment is a file of a message, an activity or the interaction itself. Its bytes come on demand.
type Attachment struct {
	File      string // the id the contact centre downloads by
	Origin    Origin // where it was listed; set by reads
	Message   Name   // the message or the activity it belongs to, "" for one of the interaction itself
	Title     string
	MimeType  string
	SizeBytes int64
	DurationS int64  // of voice, audio and video, or listing.Unknown
	Path      string // relative to the profile's attachments folder, "" while not on this computer
}

// ProcessEvent is one step of the interaction's way through the contact centre.
type ProcessEvent struct {
	Seq    int
	TimeMs int64
	Step   string // queued, ringing, accepted, transferred, ended, saved, bot, … as the server names it
	Queue  listing.Ref
	User   listing.Ref
	LastsS int64
	Text   string
}

// Contact is a person in the CRM.
type Contact struct {
	Name         Name
	Title        string
	FirstName    string
	LastName     string
	Database     listing.Ref
	Account      listing.Ref
	User         listing.Ref
	Description  string
	Numbers      []string
	Emails       []string
	CreatedMs    int64
	EditedMs     int64
	CustomFields string // JSON as it came
}

// Account is a company in the CRM.
type Account struct {
	Name        Name
	Title       string
	Database    listing.Ref
	User        listing.Ref
	Description string
	CreatedMs   int64
	EditedMs    int64
}

// Ticket is a case in the contact centre; its name is a number.
type Ticket struct {
	Name     Name
	Title    string
	Category listing.Ref
	User     listing.Ref
	Contact  listing.Ref
	Stage    string // OPEN, WAIT, CLOSE, ARCHIVE
	Priority string // LOW, MEDIUM, HIGH
	MergedTo Name
	// CreatedMs and EditedMs are the contact centre's own stamps.
	CreatedMs int64
	EditedMs  int64
}

// QAForm is a form for quality reviews with its questions.
type QAForm struct {
	Name         Name
	Title        string
	Description  string
	InitialScore int64
	MinimumScore int64 // or listing.Unknown
	Questions    []QAQuestion
	Queues       []Name // queues that use the form, empty when all do
}

// QAQuestion is one question of a form.
type QAQuestion struct {
	Name          Name       `json:"name"`
	Title         string     `json:"title"`
	Type          string     `json:"type"` // SELECTBOX, CHECKBOX, SCALE, TEXTAREA
	Options       []QAOption `json:"options"`
	Disqualify    bool       `json:"disqualify"`
	DoNotCountMax bool       `json:"doNotCountMax"`
}

// QAOption is a possible answer with the points it adds (or takes, when negative).
type QAOption struct {
	Value  string `json:"value"`
	Title  string `json:"title"`
	Points int64  `json:"points"`
}

// QAReview is a quality review of an activity.
type QAReview struct {
	Name      Name
	Activity  Name
	Form      Name
	User      listing.Ref // the person reviewed
	CreatedBy listing.Ref
	CreatedMs int64
	EditedMs  int64
	Score     int64 // or listing.Unknown
	Answers   map[string][]string
}

// User is an agent or a team lead.
type User struct {
	Name        Name
	Title       string
	Alias       string
	Deactivated bool
	Visible     bool // listed for the token's user: within the rights
}

// Queue is a queue of the contact centre; its name is a number.
type Queue struct {
	Name        Name
	Title       string
	Type        string
	Deactivated bool
	Visible     bool
}

// Group gathers users or queues.
type Group struct {
	Name    Name
	Title   string
	Kind    string // users, queues
	Members []Name
}

// Status is a label that agents put on activities.
type Status struct {
	Name  Name
	Title string
	Color string
}

// Conversation is everything the sync knows of one interaction.
// A nil slice means "not read this time": what is stored stays.
type Conversation struct {
	Interaction Interaction
	Activities  []Activity
	Messages    []Message
	Process     []ProcessEvent
	NoProcess   bool         // the contact centre offers none: counts as read, what is stored stays
	Files       []Attachment // files of its activities
	ItemFiles   []Attachment // files of the interaction itself; those of its messages may be among them
	Reviews     []QAReview
	// Given are figures that a file says instead of the rows they are derived from; nil without any.
	Given *GivenFigures
	// Statuses are those that a file gives of the interaction; its activities may have them as well.
	Statuses []listing.Ref
	// Confirmed are the kinds of children whose loss was doubted before, so that this read decides.
	Confirmed Children
}

// GivenFigures are figures of an interaction whose activities and messages a file may not hold.
// listing.Unknown stands for "not given".
type GivenFigures struct {
	Activities, Messages          int64
	Disruptions                   int64
	Score                         int64 // mean of its QA reviews
	FocusS, FirstReplyS, SilenceS int64 // seconds
	Reviewed                      listing.Tri
	Open, Anomaly                 bool
}

// Children are kinds of what belongs to an interaction.
type Children uint8

// Kinds of children that a read replaces as a whole.
const (
	ChildMessages Children = 1 << iota
	ChildProcess
	ChildFiles
	ChildItemFiles
	ChildReviews
)
