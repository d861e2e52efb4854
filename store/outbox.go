package store

import "wapdesk/store/listing"

// ChangeKind is what a lead changed.
type ChangeKind string

// The kinds of changes.
const (
	KindPair          ChangeKind = "pair"          // Target is the activity
	KindUnpair        ChangeKind = "unpair"        // Target is the activity
	KindContact       ChangeKind = "contact"       // Target is the contact's own name
	KindTicket        ChangeKind = "ticket"        // Target is the activity
	KindReview        ChangeKind = "qa"            // Target is the activity
	KindContactedBack ChangeKind = "contactedback" // Target is the interaction
	KindAnonymise     ChangeKind = "anonymise"     // Target is the interaction
)

// ChangeState is where a change stands.
type ChangeState string

// The states of a change; transitions has the way between them.
const (
	ChangeWaiting   ChangeState = "waiting"
	ChangeSending   ChangeState = "sending"
	ChangeSent      ChangeState = "sent"
	ChangeRefused   ChangeState = "refused"
	ChangeConflict  ChangeState = "conflict"
	ChangeManual    ChangeState = "manual"    // to be done in the contact centre by hand
	ChangeConfirmed ChangeState = "confirmed" // a sync has shown it
)

// Change is one entry of the outbox.
type Change struct {
	ID          int64
	Kind        ChangeKind
	Target      Name
	Interaction Name // "" for a contact that is not paired with anything
	Title       string
	TimeMs      int64 // of the interaction, listing.Unknown without one
	State       ChangeState
	Code        string // why it is refused, in conflict or waiting again; a code, not a text
	Reason      string // the contact centre's own words
	Value       ChangeValue
	// Base is the contact centre's value as last read, before the change.
	Base ChangeValue
	// Unknown is true when an earlier attempt may have arrived: look before sending again.
	Unknown   bool
	Attempts  int
	NextMs    int64 // not before, UTC milliseconds
	CreatedMs int64
	UpdatedMs int64
}

// ChangeValue is what a change sets. Which field counts depends on its kind.
type ChangeValue struct {
	Contact listing.Ref `json:"contact,omitzero"` // pair
	Ticket  listing.Ref `json:"ticket,omitzero"`  // ticket
	Missed  string      `json:"missed,omitempty"` // contactedback
	Person  *Contact    `json:"person,omitempty"` // contact
	Review  *QAReview   `json:"review,omitempty"` // qa
}

// Outcome is what became of an attempt to send.
type Outcome struct {
	// State is ChangeSent, ChangeRefused, ChangeConflict, ChangeConfirmed, ChangeManual,
	// or ChangeWaiting to try again not before NextMs.
	State  ChangeState
	Code   string
	Reason string
	NextMs int64
	// Unknown is true when the attempt may have arrived although no answer came.
	Unknown bool
	// Name is the name the contact centre gave to what was created, "" when it took ours.
	Name Name
	// Theirs is the contact centre's value of a conflict.
	Theirs *ChangeValue
}

// ChangeCounts counts the outbox by state.
type ChangeCounts struct {
	Waiting, Sending, Sent, Refused, Conflict, Manual, Confirmed int
}
