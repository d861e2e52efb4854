package daktela

// Activity is a row of activities: an agent's work on an interaction.
type Activity struct {
	Name             Name             `json:"name"`
	Item             Item             `json:"item"`
	Type             Text             `json:"type"`   // TypeWhatsApp, …, "" for a comment
	Action           Text             `json:"action"` // "", WAIT, OPEN, POSTPONE, CLOSE
	Title            Text             `json:"title"`
	Description      Text             `json:"description"` // HTML
	Important        Bool             `json:"important"`
	Priority         Int              `json:"priority"`
	Queue            Ref              `json:"queue"`
	User             Ref              `json:"user"`
	CreatedBy        Ref              `json:"created_by"`
	Contact          Ref              `json:"contact"`
	Ticket           Ref              `json:"ticket"`
	Statuses         List[Ref]        `json:"statuses"`
	Time             Text             `json:"time"`       // local, created
	TimeWait         Text             `json:"time_wait"`  // local, waiting since
	TimeOpen         Text             `json:"time_open"`  // local, opened
	TimeClose        Text             `json:"time_close"` // local, closed
	BeforeWork       Int              `json:"baw"`        // seconds before the contact
	AfterWork        Int              `json:"aaw"`        // seconds after it
	Duration         Int              `json:"duration"`   // seconds
	RingingTime      Int              `json:"ringing_time"`
	FocusTime        Int              `json:"focus_time"`
	FocusDisruptions Int              `json:"focus_disruptions"`
	Anonymised       Bool             `json:"anonymized"` // since 2025.2; unknown before
	CustomFields     CustomFields     `json:"customFields"`
	Attachments      List[Attachment] `json:"attachments"` // nil where the release lists them with single reads only
}

// TypeWhatsApp is the type of activities whose item is an Interaction.
const TypeWhatsApp = "WAP"

// Values of Activity.Action.
const (
	ActionWait     = "WAIT"
	ActionOpen     = "OPEN"
	ActionPostpone = "POSTPONE"
	ActionClose    = "CLOSE"
)

// Item is the interaction an activity belongs to. List and single reads nest
// it; inside an interaction's own activities it is the item's number, which
// is not its unique name; comments have none.
type Item struct {
	Name   Name
	Number Name
}

// UnmarshalJSON never fails.
func (i *Item) UnmarshalJSON(b []byte) error {
	*i = Item{}
	if !isObject(b) {
		return i.Number.UnmarshalJSON(b)
	}
	for key, value := range members(b) {
		if string(key) == "name" {
			i.Name, _ = nameOf(value)
		}
	}
	return nil
}

func activitiesModel() model {
	return model{
		path: "activities",
		fields: []string{
			"name", "item.name", "type", "action", "title", "description", "important", "priority",
			"queue", "user", "created_by", "contact", "ticket.name", "ticket.title", "statuses",
			"time", "time_wait", "time_open", "time_close", "baw", "aaw", "duration", "ringing_time",
			"focus_time", "focus_disruptions", "anonymized", "customFields", "attachments",
		},
		sorts: []string{"time", "time_close", "duration", "ringing_time"},
	}
}
