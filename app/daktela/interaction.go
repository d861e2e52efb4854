package daktela

// Interaction is a row of activitiesWap, the WhatsApp interaction.
type Interaction struct {
	Name            Name             `json:"name"`
	Title           Text             `json:"title"`
	State           Text             `json:"state"` // "", ROUTING
	Time            Text             `json:"time"`  // local, when it was created
	Queue           Ref              `json:"queue"`
	User            Ref              `json:"user"`
	Contact         Ref              `json:"contact"`
	Connector       Ref              `json:"connector"`
	Sender          Text             `json:"sender"`
	ExternalContact Nested[External] `json:"external_contact"`
	Answered        Bool             `json:"answered"`
	WaitTime        Int              `json:"wait_time"` // seconds
	Duration        Int              `json:"duration"`  // seconds
	Direction       Text             `json:"direction"` // DirectionIn, DirectionOut, "" for the system
	Disconnection   Text             `json:"disconnection"`
	Missed          Text             `json:"missed"` // MissedYes, MissedNo, ""
	MissedTime      Text             `json:"missed_time"`
	Options         JSON             `json:"options"`
	// Files of the interaction itself, those of its messages among them; nil where a release does not list them.
	Attachments       List[Attachment] `json:"attachments"`
	InlineAttachments List[Attachment] `json:"inlineAttachments"`
}

// External is the WhatsApp account on the customer's side.
type External struct {
	ID       Name `json:"id"`
	FullName Text `json:"full_name"`
	Number   Text `json:"number"`
	Gender   Text `json:"gender"`
	Contact  Ref  `json:"crm_contact"`
}

// Directions of an interaction and of a message.
const (
	DirectionIn  = "IN"
	DirectionOut = "OUT"
	DirectionBot = "BOT" // messages only
)

// Values of Interaction.Missed; "" is never missed, or taken out by hand.
const (
	MissedYes = "YES"
	MissedNo  = "NO"
)

func interactionsModel() model {
	return model{
		path: "activitiesWap",
		// Of the connector only its name and title: the rest holds access tokens.
		fields: []string{
			"name", "title", "state", "time", "queue", "user", "contact", "connector.name", "connector.title", "sender",
			"external_contact.id", "external_contact.full_name", "external_contact.number",
			"external_contact.gender", "external_contact.crm_contact.name",
			"answered", "wait_time", "duration", "direction", "disconnection", "missed", "missed_time", "options",
			"attachments", "inlineAttachments",
		},
		sorts: []string{"time", "duration", "wait_time"},
	}
}
