package app

import (
	"context"
	"maps"
	"net/url"
	"slices"

	"wapdesk/app/profile"
	"wapdesk/store"
	"wapdesk/store/listing"
)

// Activity is an agent's work on the interaction. Seconds and UTC milliseconds, -1 unknown.
type Activity struct {
	Name        string     `json:"name"`
	Title       string     `json:"title" personal:"text"`
	Type        string     `json:"type"`
	Action      string     `json:"action"` // "", WAIT, OPEN, POSTPONE, CLOSE
	Description string     `json:"description" personal:"text"`
	User        NamedRef   `json:"user"`
	Queue       NamedRef   `json:"queue"`
	Contact     NamedRef   `json:"contact" personal:"text"`
	Ticket      NamedRef   `json:"ticket" personal:"text"`
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
	From  string `json:"from" personal:"gone"`
}

// File is an attachment; Stored tells whether its bytes are on this computer.
type File struct {
	ID        string `json:"id"`
	Title     string `json:"title" personal:"gone"`
	MimeType  string `json:"mimeType"`
	SizeBytes int64  `json:"sizeBytes"`
	DurationS int64  `json:"durationS"`
	Stored    bool   `json:"stored" personal:"gone"`
	URL       string `json:"url" personal:"gone"` // of the stored bytes, on this origin; "" while not stored
}

// Message is one line of the transcript.
type Message struct {
	Name       string     `json:"name"`
	Direction  string     `json:"direction"` // IN, OUT, BOT, ""
	Type       string     `json:"type"`      // PUBLIC, PRIVATE, COMMAND
	Kind       string     `json:"kind"`      // text, image, video, voice, audio, document, sticker, location, contact, template, reply, deleted, unsupported
	Text       string     `json:"text" personal:"text"`
	TimeMs     int64      `json:"timeMs"`
	From       string     `json:"from" personal:"text unless Direction=OUT,BOT"`
	Delivery   string     `json:"delivery"` // "", SENT, DELIVERED, READ, FAILED
	Reason     string     `json:"reason" personal:"text"`
	Quoted     string     `json:"quoted"` // name of the message this one answers
	Reactions  []Reaction `json:"reactions"`
	Template   string     `json:"template"`
	Latitude   float64    `json:"latitude" personal:"gone"`
	Longitude  float64    `json:"longitude" personal:"gone"`
	Place      string     `json:"place" personal:"text"`
	CardName   string     `json:"cardName" personal:"text"`
	CardNumber string     `json:"cardNumber" personal:"text"`
	Files      []File     `json:"files"`
}

// ContactCard, AccountCard and TicketCard are the stored sides of the CRM line.
type ContactCard struct {
	Name        string   `json:"name"`
	Title       string   `json:"title" personal:"name"`
	FirstName   string   `json:"firstName" personal:"gone"`
	LastName    string   `json:"lastName" personal:"gone"`
	Account     NamedRef `json:"account" personal:"text"`
	Numbers     []string `json:"numbers" personal:"gone"`
	Emails      []string `json:"emails" personal:"gone"`
	Description string   `json:"description" personal:"gone"`
	Link        string   `json:"link"`
}

// AccountCard is a company of the CRM.
type AccountCard struct {
	Name        string `json:"name"`
	Title       string `json:"title" personal:"text"`
	Description string `json:"description" personal:"gone"`
	Link        string `json:"link"`
}

// TicketCard is a case an activity belongs to.
type TicketCard struct {
	Name     string `json:"name"`
	Title    string `json:"title" personal:"text"`
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
	Title       string `json:"title" personal:"text"`
	User        string `json:"user"`
	TimeMs      int64  `json:"timeMs"`
}

// ReviewAnswer is a question of a review with the answer given.
type ReviewAnswer struct {
	Question string   `json:"question"`
	Type     string   `json:"type"` // TEXTAREA for any answer that is none of the choices
	Answers  []string `json:"answers" personal:"text if Type=TEXTAREA"`
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
	MessagesStored bool           `json:"messagesStored"`
	Process        []profile.Step `json:"process"`
	// ProcessDerived is true when the server gave no flow and the steps come from the times.
	ProcessDerived bool         `json:"processDerived"`
	Contact        *ContactCard `json:"contact"`
	Account        *AccountCard `json:"account"`
	Tickets        []TicketCard `json:"tickets"`
	Files          []File       `json:"files"` // of no message: of the interaction itself and of its activities
	Reviews        []Review     `json:"reviews"`
	Gone           bool         `json:"gone"`
	AnonymisedMs   int64        `json:"anonymisedMs"` // 0 when it is not
	AnonymisedBy   string       `json:"anonymisedBy"`
	MaySendChanges bool         `json:"maySendChanges"`
	// Forbidden are the kinds of changes that the role takes away: pair, contact, ticket, qa,
	// contactedback and start.
	Forbidden []string `json:"forbidden"`
}

// detail shows one interaction.
func detail(ctx context.Context, p *profile.Profile, name string) (Detail, error) {
	s, err := p.Story(ctx, name)
	if err != nil {
		return Detail{}, err
	}
	dir, err := p.Directory(ctx)
	if err != nil {
		return Detail{}, err
	}
	row := rowOf(&s.Record, dir, p)
	d := Detail{
		Row: row, Link: p.DeepLink(s.LinkName()), Activities: activitiesOf(p, s),
		Selected: s.Selected, Process: s.Steps, ProcessDerived: s.Derived, MessagesStored: s.MessagesRead,
		Gone:           s.GoneMs != listing.Unknown && s.GoneMs != 0,
		MaySendChanges: !p.IsFile(),
		Tickets:        []TicketCard{}, Reviews: []Review{}, Forbidden: profile.Forbidden(s.Rights),
	}
	d.Messages, d.MessagesIn, d.MessagesOut = messagesOf(s)
	if s.Contact != nil {
		card := contactCard(p, s.Contact)
		d.Contact = &card
	}
	if s.Account != nil {
		d.Account = &AccountCard{Name: s.Account.Name, Title: s.Account.Title, Description: s.Account.Description,
			Link: p.Site() + "/crm/accounts/update/" + url.PathEscape(s.Account.Name)}
	}
	for _, t := range s.Tickets {
		card := ticketCard(p, &t)
		for _, a := range s.TicketWork {
			if a.Ticket == t.Name {
				card.Others = append(card.Others, TicketActivity{
					Interaction: a.Interaction, Name: a.Name, Title: a.Title, User: a.User, TimeMs: a.TimeMs,
				})
			}
		}
		d.Tickets = append(d.Tickets, card)
	}
	d.Files = []File{}
	for _, a := range s.Files {
		d.Files = append(d.Files, fileOf(s.Interaction.Name, a))
	}
	d.Reviews = reviewsOf(s)
	if s.Erasure != nil {
		d.AnonymisedMs, d.AnonymisedBy = s.Erasure.AtMs, s.Erasure.By
	}
	return d, nil
}

func activitiesOf(p *profile.Profile, d profile.Story) []Activity {
	score := map[string]int64{}
	for _, r := range d.Reviews {
		score[r.Activity] = r.Score
	}
	out := make([]Activity, 0, len(d.Activities))
	for _, a := range d.Activities {
		qa, reviewed := score[a.Name]
		if !reviewed {
			qa = listing.Unknown
		}
		out = append(out, Activity{
			Name: a.Name, Title: a.Title, Type: a.Type, Action: a.Action, Description: profile.PlainText(a.Description),
			User: namedRef(a.User), Queue: namedRef(a.Queue), Contact: namedRef(a.Contact), Ticket: namedRef(a.Ticket),
			CreatedBy: namedRef(a.CreatedBy), Statuses: namedRefs(a.Statuses),
			TimeMs: a.TimeMs, WaitMs: a.TimeWaitMs, OpenMs: a.TimeOpenMs, CloseMs: a.TimeCloseMs,
			DurationS: a.DurationS, RingingS: a.RingingS, BeforeS: a.BeforeS, AfterS: a.AfterS,
			FocusS: a.FocusS, Disruptions: a.FocusDisruptions, Anomaly: a.Anomaly, QAScore: qa, Link: p.DeepLink(a.Name),
		})
	}
	return out
}

// messagesOf returns the transcript and how many messages the customer and the agents wrote.
func messagesOf(d profile.Story) (list []Message, in, out int) {
	list = make([]Message, 0, len(d.Messages))
	for _, m := range d.Messages {
		if m.Type != "PRIVATE" && m.Type != "COMMAND" {
			switch m.Direction {
			case "IN":
				in++
			case "OUT":
				out++
			}
		}
		from := m.From
		if m.User.Title != "" {
			from = m.User.Title
		}
		msg := Message{
			Name: m.Name, Direction: m.Direction, Type: m.Type, Kind: m.Kind, Text: m.Text, TimeMs: m.TimeMs, From: from,
			Delivery: m.Delivery, Reason: m.Reason, Quoted: m.QuotedName, Template: m.Template,
			Latitude: m.Latitude, Longitude: m.Longitude, Place: m.Place, CardName: m.CardName, CardNumber: m.CardNumber,
			Reactions: []Reaction{}, Files: []File{},
		}
		for _, r := range m.Reactions {
			msg.Reactions = append(msg.Reactions, Reaction(r))
		}
		for _, a := range m.Attachments {
			msg.Files = append(msg.Files, fileOf(d.Interaction.Name, a))
		}
		list = append(list, msg)
	}
	return list, in, out
}

func fileOf(interaction string, a store.Attachment) File {
	f := File{ID: a.File, Title: a.Title, MimeType: a.MimeType, SizeBytes: a.SizeBytes, DurationS: a.DurationS, Stored: a.Path != ""}
	if f.Stored {
		f.URL = "/file/" + url.PathEscape(interaction) + "/" + url.PathEscape(a.File)
	}
	return f
}

func contactCard(p *profile.Profile, c *store.Contact) ContactCard {
	return ContactCard{
		Name: c.Name, Title: c.Title, FirstName: c.FirstName, LastName: c.LastName, Account: namedRef(c.Account),
		Numbers: nonNil(c.Numbers), Emails: nonNil(c.Emails), Description: c.Description,
		Link: p.Site() + "/crm/contacts/update/" + url.PathEscape(c.Name),
	}
}

func ticketCard(p *profile.Profile, t *store.Ticket) TicketCard {
	return TicketCard{
		Name: t.Name, Title: t.Title, Category: t.Category.Title, Stage: t.Stage, Priority: t.Priority, User: t.User.Title,
		Link: p.Site() + "/tickets/update/" + url.PathEscape(t.Name), Others: []TicketActivity{},
	}
}

func reviewsOf(d profile.Story) []Review {
	forms := map[string]store.QAForm{}
	for _, f := range d.Forms {
		forms[f.Name] = f
	}
	out := make([]Review, 0, len(d.Reviews))
	for _, r := range d.Reviews {
		form := forms[r.Form]
		one := Review{Name: r.Name, Activity: r.Activity, Form: form.Title, User: r.User.Title,
			CreatedBy: r.CreatedBy.Title, CreatedMs: r.CreatedMs, Score: r.Score, Answers: []ReviewAnswer{}}
		asked := map[string]bool{}
		for _, q := range form.Questions {
			asked[q.Name] = true
			one.Answers = append(one.Answers, reviewAnswer(q, r.Answers[q.Name]))
		}
		for _, name := range slices.Sorted(maps.Keys(r.Answers)) {
			if !asked[name] { // of a form that changed, or that could not be read
				one.Answers = append(one.Answers, reviewAnswer(store.QAQuestion{Name: name, Title: name}, r.Answers[name]))
			}
		}
		out = append(out, one)
	}
	return out
}

// freeAnswer is the type of a question that is answered in one's own words.
const freeAnswer = "TEXTAREA"

// reviewAnswer returns an answer in the words of the chosen options. One that is none of them stays as it
// is and counts as free, whatever the type of its question: nobody knows what was written there.
func reviewAnswer(q store.QAQuestion, values []string) ReviewAnswer {
	out := ReviewAnswer{Question: q.Title, Type: q.Type, Answers: make([]string, 0, len(values))}
	for _, v := range values {
		at := slices.IndexFunc(q.Options, func(o store.QAOption) bool { return o.Value == v })
		if at < 0 {
			out.Type = freeAnswer
		} else if q.Options[at].Title != "" {
			v = q.Options[at].Title
		}
		out.Answers = append(out.Answers, v)
	}
	return out
}
