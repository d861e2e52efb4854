package demo

import (
	"slices"
	"strconv"
	"time"
)

// Unknown stands for a null number of seconds.
const Unknown int64 = -1

// Stamp is a moment in whole seconds since 1970 UTC; zero stands for null. On the wire it
// is a zone-less text in the zone of the reply.
type Stamp int64

// Layout is how the wire writes moments.
const Layout = "2006-01-02 15:04:05"

// In returns the moment in a zone.
func (s Stamp) In(zone *time.Location) time.Time { return time.Unix(int64(s), 0).In(zone) }

// Text returns the wire text in a zone, "" for null.
func (s Stamp) Text(zone *time.Location) string {
	if s == 0 {
		return ""
	}
	return s.In(zone).Format(Layout)
}

// Interaction is a row of activitiesWap. References are unique names, "" or 0 for null.
type Interaction struct {
	ID            int64 // the number that stands for the row inside its own activities
	Name          string
	Title         string
	State         string // "", ROUTING
	Connector     string
	User          string
	Queue         int64
	Contact       string
	Sender        string // WhatsApp number of the other side
	External      *ExternalContact
	Answered      *bool
	Options       map[string]string
	Duration      int64 // seconds or Unknown
	Time          Stamp
	WaitTime      int64  // seconds or Unknown
	Direction     string // "", IN, OUT
	Disconnection string
	Missed        string // "", YES, NO
	MissedTime    Stamp
	Activities    []string
	Anonymised    bool     // not a field of the wire: its activities carry the flag
	Said          []string // what the customer wrote besides, at the end of the transcript

	talk talk
}

// ExternalContact is the WhatsApp account of the other side.
type ExternalContact struct {
	ID        string
	UUID      string
	FullName  string
	Number    string
	Gender    string // "", MALE, FEMALE
	Connector int64
	Contact   string // paired CRM contact
}

// Activity is a row of activities.
type Activity struct {
	Name             string
	Interaction      string // item on the wire
	Ticket           int64
	Title            string
	Important        bool
	Action           string // "", WAIT, OPEN, POSTPONE, CLOSE
	Type             string // WAP, or "" for a comment
	Queue            int64
	User             string
	Contact          string
	Priority         int64
	Options          map[string]string
	Description      string
	Time             Stamp
	TimeWait         Stamp
	TimeOpen         Stamp
	TimeClose        Stamp
	BeforeWork       int64 // baw, seconds or Unknown
	AfterWork        int64 // aaw, seconds or Unknown
	Duration         int64 // seconds or Unknown
	RingingTime      int64 // seconds or Unknown
	FocusTime        int64 // seconds or Unknown
	FocusDisruptions int64
	CreatedBy        string
	Statuses         []string
	Anonymised       bool
	CustomFields     map[string][]string
	Files            []File
}

// Message is a row of activitiesWap/{name}/messages.
type Message struct {
	Name         string
	Interaction  string
	Seq          int
	User         string // the agent who wrote it
	Direction    string // IN, OUT, BOT, ""
	Type         string // PUBLIC, PRIVATE, COMMAND
	Kind         MessageKind
	Text         string
	OriginalText string
	Time         Stamp
	Delivery     string // "", SENT, DELIVERED, READ, FAILED
	Reason       string // of a failed delivery
	Quoted       string // name of the message this one answers
	Template     string
	Reply        string // id of the pressed button or list row
	Buttons      []string
	Latitude     float64
	Longitude    float64
	Place        string
	CardName     string
	CardNumber   string
	Reactions    []Reaction
	Coworkers    bool // written among colleagues
	Files        []File
}

// MessageKind is what a WhatsApp message carries.
type MessageKind string

// Kinds of messages.
const (
	KindText        MessageKind = "text"
	KindImage       MessageKind = "image"
	KindVideo       MessageKind = "video"
	KindVoice       MessageKind = "voice"
	KindAudio       MessageKind = "audio"
	KindDocument    MessageKind = "document"
	KindSticker     MessageKind = "sticker"
	KindLocation    MessageKind = "location"
	KindContact     MessageKind = "contact"
	KindTemplate    MessageKind = "template"
	KindReply       MessageKind = "reply"
	KindDeleted     MessageKind = "deleted"
	KindUnsupported MessageKind = "unsupported"
)

// Reaction is an emoji on a message, by the customer when User is "".
type Reaction struct {
	Emoji string
	User  string
}

// File is an attachment; its bytes are made when they are asked for.
type File struct {
	ID       int64
	Title    string
	MimeType string
	Size     int64 // bytes
	Duration int64 // seconds of voice, audio and video, or Unknown
	Inline   bool
	Time     Stamp
	Content  []byte // what it holds, nil for something plausible
}

// Step is a row of activitiesWap/{name}/flow.
type Step struct {
	Name     string
	Time     Stamp
	Step     string // ROUTING, QUEUED, RINGING, ACCEPTED, TRANSFERRED, BOT, MISSED, ENDED, SAVED
	Title    string
	Queue    int64
	User     string
	Duration int64 // seconds or Unknown
}

// User is a row of users.
type User struct {
	Name, Title, Alias, Description string
	Type                            string // CC, CP, BO
	Email                           string
	Extension                       string
	Role, Profile                   string
	Timezone                        string
	Deactivated                     bool
	Queues                          []int64
	Groups                          []string

	woman   bool
	english bool
}

// Queue is a row of queues; its name is a number on the wire.
type Queue struct {
	Name                      int64
	Title, Alias, Description string
	Type                      string // wap, in, email …
	Direction                 string
	Deactivated               bool
	Groups                    []string
	Forms                     []string
	Connector                 string
}

// Group is a row of groups.
type Group struct {
	Name, Title, Description string
	Type                     string // users, queues
	Members                  []string
}

// Connector is a WhatsApp routing. Token and AccessToken are secrets that no client should ask for.
type Connector struct {
	Name, Title, Number, Description string
	NextDestination                  string
	APIToken, AccessToken            string
}

// Status is a row of statuses.
type Status struct {
	Name, Title, Description, Color string
}

// Role says what a user may do; Options maps a module to a mask of rights.
type Role struct {
	Name, Title, Type string
	Options           map[string]int64
}

// Profile says which users and queues a user may see.
type Profile struct {
	Name, Title string
}

// Database is a row of crmDatabases.
type Database struct {
	Name, Title, Description string
	Default                  bool
}

// Account is a row of accounts.
type Account struct {
	Name, Title, Database, User, Description string
	Created, Edited                          Stamp
	CustomFields                             map[string][]string
}

// Contact is a row of contacts.
type Contact struct {
	Name, Title, FirstName, LastName     string
	Database, Account, User, Description string
	Created, Edited                      Stamp
	CustomFields                         map[string][]string // number, email, address, note

	english bool
	female  bool
}

// Numbers are the contact's phone numbers.
func (c *Contact) Numbers() []string { return c.CustomFields["number"] }

// Category is a row of ticketsCategories.
type Category struct {
	Name, Title    string
	StatusRequired string // never, closing_ticket, always
	Multiple       bool
}

// Ticket is a row of tickets; its name is a number on the wire.
type Ticket struct {
	Name                        int64
	Title, Category, User       string
	Email, Contact, Description string
	Stage                       string // OPEN, WAIT, CLOSE, ARCHIVE
	Priority                    string // LOW, MEDIUM, HIGH
	Merged                      int64  // id_merge
	Parent                      int64
	CreatedBy                   string
	Created, Edited, LastActive Stamp
	Closed, Reopen              Stamp
	Statuses                    []string
	CustomFields                map[string][]string
}

// Template is a row of templates.
type Template struct {
	Name, Title, Format, Usage, Subject, Content string
}

// Form is a row of qaforms.
type Form struct {
	Name, Title, Description string
	InitialScore             int64
	MinimumScore             int64
	AI                       bool
	Questions                []Question
}

// Question is a question of a form. A scale's options are its steps.
type Question struct {
	Name, Title, Description string
	Type                     string // SELECTBOX, CHECKBOX, SCALE, TEXTAREA
	Disqualify               bool
	DoNotCountMax            bool
	Options                  []Answer
}

// Answer is a possible answer with its points.
type Answer struct {
	Value, Title string
	Points       int64
}

// Review is a row of qaReviews.
type Review struct {
	Name, Activity, Form, User, CreatedBy string
	Created, Edited                       Stamp
	Answers                               map[string][]string
}

// Data is what the server holds at one moment. Records are never changed in place: a later
// change makes a new record, so a Data stays as it was taken. Interactions and activities
// are in the order of their time.
type Data struct {
	Zone         *time.Location
	Interactions []*Interaction
	Activities   []*Activity
	Users        []*User
	Queues       []*Queue
	Groups       []*Group
	Connectors   []*Connector
	Statuses     []*Status
	Roles        []*Role
	Profiles     []*Profile
	Databases    []*Database
	Accounts     []*Account
	Contacts     []*Contact
	Categories   []*Category
	Tickets      []*Ticket
	Templates    []*Template
	Forms        []*Form
	Reviews      []*Review

	seed   *seeder
	byName map[string]*Interaction
	work   map[string]*Activity
}

// Interaction finds an interaction by its unique name, or gives nil.
func (d *Data) Interaction(name string) *Interaction { return d.byName[name] }

// Activity finds an activity by its unique name, or gives nil.
func (d *Data) Activity(name string) *Activity { return d.work[name] }

// ActivitiesOf lists an interaction's activities in the order of their time.
func (d *Data) ActivitiesOf(i *Interaction) []*Activity {
	list := make([]*Activity, 0, len(i.Activities))
	for _, name := range i.Activities {
		if a := d.work[name]; a != nil {
			list = append(list, a)
		}
	}
	return list
}

// Messages is the transcript of an interaction, in order.
func (d *Data) Messages(i *Interaction) []Message { return d.seed.messages(i, d.ActivitiesOf(i)) }

// Files are the files that an interaction itself names, those of its messages included.
func (d *Data) Files(i *Interaction) []File {
	var files []File
	for _, m := range d.Messages(i) {
		files = append(files, m.Files...)
	}
	return append(append(files, i.ownFiles()...), i.inlineFiles()...)
}

// Flow is the interaction's way through the contact centre.
func (d *Data) Flow(i *Interaction) []Step { return flow(i, d.ActivitiesOf(i), d.queueTitle) }

func (d *Data) queueTitle(name int64) string {
	at := slices.IndexFunc(d.Queues, func(q *Queue) bool { return q.Name == name })
	if at < 0 {
		return ""
	}
	return d.Queues[at].Title
}

func number(n int64) string { return strconv.FormatInt(n, 10) }
