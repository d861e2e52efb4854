package app

// Changes lists what a lead changed and what became of it, and makes new changes.
type Changes struct{ c *Core }

// Change is one queued change.
type Change struct {
	ID          int64  `json:"id"`
	Kind        string `json:"kind"`   // pair, unpair, contact, ticket, qa, contactedback, anonymise
	Target      string `json:"target"` // unique name of the activity or interaction
	Interaction string `json:"interaction"`
	Title       string `json:"title"`
	TimeMs      int64  `json:"timeMs"` // of the interaction
	State       string `json:"state"`  // waiting, sending, sent, refused, conflict, manual, confirmed
	Code        string `json:"code"`
	Reason      string `json:"reason"` // the contact centre's words
	CreatedMs   int64  `json:"createdMs"`
	Mine        string `json:"mine"` // of a conflict
	Theirs      string `json:"theirs"`
	Link        string `json:"link"`
}

// ContactInput is the form of a new contact.
type ContactInput struct {
	FirstName string `json:"firstName"`
	LastName  string `json:"lastName"`
	Number    string `json:"number"`
	Email     string `json:"email"`
	Database  string `json:"database"`
}

// StartInput says whom to write to: the interaction's contact, or whoever has a number.
type StartInput struct {
	Interaction string `json:"interaction"`
	Queue       string `json:"queue"`
	Number      string `json:"number"` // "" for the contact
	Note        string `json:"note"`
}

// ContactHit is a contact offered for pairing; Likely ones share a number.
type ContactHit struct {
	Contact ContactCard `json:"contact"`
	Likely  bool        `json:"likely"`
}

// QAFormInfo is a form offered for a review.
type QAFormInfo struct {
	Name         string           `json:"name"`
	Title        string           `json:"title"`
	InitialScore int64            `json:"initialScore"`
	MinimumScore int64            `json:"minimumScore"` // -1 without one
	Questions    []QAQuestionInfo `json:"questions"`
}

// QAQuestionInfo is one question of a form.
type QAQuestionInfo struct {
	Name       string         `json:"name"`
	Title      string         `json:"title"`
	Type       string         `json:"type"` // SELECTBOX, CHECKBOX, SCALE, TEXTAREA
	Disqualify bool           `json:"disqualify"`
	Options    []QAOptionInfo `json:"options"`
}

// QAOptionInfo is a possible answer.
type QAOptionInfo struct {
	Value  string `json:"value"`
	Title  string `json:"title"`
	Points int64  `json:"points"`
}

// QAInput is a filled-in review.
type QAInput struct {
	Activity string              `json:"activity"`
	Form     string              `json:"form"`
	Answers  map[string][]string `json:"answers"`
}
