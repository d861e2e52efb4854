package store

import "wapdesk/store/listing"

// Directory is what the contact centre lists beside interactions. A nil slice was not read
// this time and leaves what is stored; a user, queue or connector that is no longer listed
// stays named in history.
type Directory struct {
	Users      []User // Visible is not read here, see Rights
	Queues     []Queue
	Groups     []Group
	Connectors []listing.Ref
	Statuses   []Status
	Forms      []QAForm
	Databases  []listing.Ref // of the CRM
}

// CRM carries records of the customer side. They are added or replaced by name.
type CRM struct {
	Contacts []Contact
	Accounts []Account
	Tickets  []Ticket
	// Cursors are kept in the same transaction.
	Cursors map[string]string
}
