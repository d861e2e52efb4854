package app

// Details answers the interaction details.
type Details struct{ c *Core }

// NamedRef is a unique name with its title; an empty name means none.
type NamedRef struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

// Activity is an agent's work on the interaction. Seconds and UTC milliseconds, -1 unknown.
type Activity struct {
	Name        string     `json:"name"`
	Title       string     `json:"title"`
	Type        string     `json:"type"`
	Action      string     `json:"action"` // "", WAIT, OPEN, POSTPONE, CLOSE
	Description string     `json:"description"`
	User        NamedRef   `json:"user"`
	Queue       NamedRef   `json:"queue"`
	Contact     NamedRef   `json:"contact"`
	Ticket      NamedRef   `json:"ticket"`
	CreatedBy   NamedRef   `json:"createdBy"`
	Statuses    []NamedRef `json:"statuses"`
	TimeMs      int64      `json:"timeMs"`
	WaitMs      int64      `json:"waitMs"`
	OpenMs      int64      `json:"openMs"`
	CloseMs     int64      `json:"closeMs"`
	DurationS   int64      `json:"durationS"`
	RingingS    int64      `json:"ringingS"`
	BeforeS     int64      `json:"beforeS"`
	AfterS      int64      `json:"afterS"`
	FocusS      int64      `json:"focusS"`
	Disruptions int64      `json:"disruptions"`
	Anomaly     bool       `json:"anomaly"` // the focus time is doubtful
	QAScore     int64      `json:"qaScore"` // -1 without a review
	Link        string     `json:"link"`    // opens this activity in the contact centre
}

// Reaction is an emoji put on a message.
type Reaction struct {
	Emoji string `json:"emoji"`
	From  string `json:"from"`
}

// File is an attachment; Stored tells whether its bytes are on this computer.
type File struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	MimeType  string `json:"mimeType"`
	SizeBytes int64  `json:"sizeBytes"`
	DurationS int64  `json:"durationS"`
	Stored    bool   `json:"stored"`
	URL       string `json:"url"` // of the stored bytes, on this origin; "" while not stored
}

// Message is one line of the transcript.
type Message struct {
	Name       string     `json:"name"`
	Direction  string     `json:"direction"` // IN, OUT, BOT, ""
	Type       string     `json:"type"`      // PUBLIC, PRIVATE, COMMAND
	Kind       string     `json:"kind"`      // text, image, video, voice, audio, document, sticker, location, contact, template, reply, deleted, unsupported
	Text       string     `json:"text"`
	TimeMs     int64      `json:"timeMs"`
	From       string     `json:"from"`
	Delivery   string     `json:"delivery"` // "", SENT, DELIVERED, READ, FAILED
	Reason     string     `json:"reason"`
	Quoted     string     `json:"quoted"` // name of the message this one answers
	Reactions  []Reaction `json:"reactions"`
	Template   string     `json:"template"`
	Latitude   float64    `json:"latitude"`
	Longitude  float64    `json:"longitude"`
	Place      string     `json:"place"`
	CardName   string     `json:"cardName"`
	CardNumber string     `json:"cardNumber"`
	Files      []File     `json:"files"`
}

// Step is one step of the process of the interaction.
type Step struct {
	TimeMs int64  `json:"timeMs"`
	Mark   string `json:"mark"` // tA, tB, tC, tD or ""
	Step   string `json:"step"` // queued, ringing, accepted, transferred, bot, ended, saved, other
	Queue  string `json:"queue"`
	User   string `json:"user"`
	LastsS int64  `json:"lastsS"`
	Text   string `json:"text"`
}

// ContactCard, AccountCard and TicketCard are the stored sides of the CRM line.
type ContactCard struct {
	Name        string   `json:"name"`
	Title       string   `json:"title"`
	FirstName   string   `json:"firstName"`
	LastName    string   `json:"lastName"`
	Account     NamedRef `json:"account"`
	Numbers     []string `json:"numbers"`
	Emails      []string `json:"emails"`
	Description string   `json:"description"`
	Link        string   `json:"link"`
}

// AccountCard is a company of the CRM.
type AccountCard struct {
	Name        string `json:"name"`
	Title       string `json:"title"`
	Description string `json:"description"`
	Link        string `json:"link"`
}

// TicketCard is a case an activity belongs to.
type TicketCard struct {
	Name     string `json:"name"`
	Title    string `json:"title"`
	Category string `json:"category"`
	Stage    string `json:"stage"`    // OPEN, WAIT, CLOSE, ARCHIVE
	Priority string `json:"priority"` // LOW, MEDIUM, HIGH
	User     string `json:"user"`
	Link     string `json:"link"`
	// Others are the activities of other interactions that are stored here, newest first.
	Others []TicketActivity `json:"others"`
}

// TicketActivity is another activity of a ticket.
type TicketActivity struct {
	Interaction string `json:"interaction"`
	Name        string `json:"name"`
	Title       string `json:"title"`
	User        string `json:"user"`
	TimeMs      int64  `json:"timeMs"`
}

// ReviewAnswer is a question of a review with the answer given.
type ReviewAnswer struct {
	Question string   `json:"question"`
	Type     string   `json:"type"`
	Answers  []string `json:"answers"`
}

// Review is a quality review of one of the activities.
type Review struct {
	Name      string         `json:"name"`
	Activity  string         `json:"activity"`
	Form      string         `json:"form"`
	User      string         `json:"user"`
	CreatedBy string         `json:"createdBy"`
	CreatedMs int64          `json:"createdMs"`
	Score     int64          `json:"score"` // -1 unknown
	Answers   []ReviewAnswer `json:"answers"`
}

// Detail is the whole story of one interaction.
type Detail struct {
	Row         Row        `json:"row"`
	Link        string     `json:"link"` // opens the interaction in the contact centre
	Activities  []Activity `json:"activities"`
	Selected    string     `json:"selected"` // the activity asked for, or the only one
	Messages    []Message  `json:"messages"`
	MessagesIn  int        `json:"messagesIn"`
	MessagesOut int        `json:"messagesOut"`
	// MessagesStored is false while the transcript has not been downloaded.
	MessagesStored bool   `json:"messagesStored"`
	Process        []Step `json:"process"`
	// ProcessDerived is true when the server gave no flow and the steps come from the times.
	ProcessDerived bool         `json:"processDerived"`
	Contact        *ContactCard `json:"contact"`
	Account        *AccountCard `json:"account"`
	Tickets        []TicketCard `json:"tickets"`
	Reviews        []Review     `json:"reviews"`
	Gone           bool         `json:"gone"`
	AnonymisedMs   int64        `json:"anonymisedMs"` // 0 when it is not
	AnonymisedBy   string       `json:"anonymisedBy"`
	MaySendChanges bool         `json:"maySendChanges"`
	// Forbidden are the kinds of changes that the role takes away: pair, contact, ticket, qa,
	// contactedback and start.
	Forbidden []string `json:"forbidden"`
}

// Found is where a pasted link, id, name or number leads.
type Found struct {
	Interaction string `json:"interaction"` // unique name, "" when nothing is stored under it
	Activity    string `json:"activity"`
	Link        string `json:"link"` // to try in the contact centre
}
