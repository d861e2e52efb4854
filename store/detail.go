package store

import "wapdesk/store/listing"

// Detail is the whole story of one interaction as it is stored.
type Detail struct {
	Record      listing.Record
	Interaction Interaction
	Activities  []ActivityDetail // in time order
	Messages    []Message        // in the order of the transcript
	Process     []ProcessEvent
	Files       []Attachment // of activities; those of messages are with the message
	Contact     *Contact
	Account     *Account
	Tickets     []Ticket
	Reviews     []QAReview
	Forms       []QAForm // the forms of Reviews
	// Selected is the activity the detail was asked for by name, or the only one, or "".
	Selected Name
	// MessagesRead and ProcessRead are false while the sync has not read them.
	MessagesRead bool
	ProcessRead  bool
	// GoneMs is when the contact centre no longer had the interaction, listing.Unknown while it has.
	GoneMs int64
	// Erasure is set when the interaction was anonymised.
	Erasure *Erasure
}

// ActivityDetail is an activity with what is derived from it.
type ActivityDetail struct {
	Activity
	// Anomaly marks a focus time that cannot be true, see focusAnomaly.
	Anomaly bool
}

// Found is where a name leads.
type Found struct {
	Interaction Name
	Activity    Name // set when the name was an activity's
}
