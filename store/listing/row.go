package listing

import "context"

// Row is a record as a file has it: numbers stand for what it points to, which is looked up once
// for all rows. A million of them load three times as fast as records.
type Row struct {
	// Record without the fields that the numbers stand for, its account, names and numbers of
	// WhatsApp, and recipient.
	Record
	// Places in Lookups; 0, or one that is not there, is none.
	QueueNo, UserNo, ConnectorNo, ContactNo, WANo int64
	StatusNos, TookNos                            []int64 // places in Statuses and Users, each once
}

// Lookups are what rows point to, by numbers of the caller. Place 0 stays empty.
type Lookups struct {
	Queues, Users, Connectors, Accounts, Statuses []Ref
	Contacts                                      []Contact
	WAs                                           []WA
	Rows                                          int // about how many rows will come
}

// Contact is a contact with the account it belongs to.
type Contact struct {
	Ref
	AccountNo int64
}

// WA is an account of WhatsApp: its number is the row's recipient too.
type WA struct{ Name, Number string }

// RowSource pushes rows as a Source pushes records.
type RowSource func(ctx context.Context, add func(*Row) error) error

// at returns the thing at a place, or the empty one.
func at[T any](things []T, number int64) T {
	if uint64(number) >= uint64(len(things)) {
		var none T
		return none
	}
	return things[number]
}

func each(things []Ref, numbers []int64) []Ref {
	var out []Ref
	for _, number := range numbers {
		out = append(out, at(things, number))
	}
	return out
}

// Resolve fills in what the numbers of a row stand for.
func (l *Lookups) Resolve(r *Row) {
	contact, wa := at(l.Contacts, r.ContactNo), at(l.WAs, r.WANo)
	r.Queue, r.User, r.Connector = at(l.Queues, r.QueueNo), at(l.Users, r.UserNo), at(l.Connectors, r.ConnectorNo)
	r.Contact, r.Account = contact.Ref, at(l.Accounts, contact.AccountNo)
	r.WA, r.WANumber, r.Recipient = wa.Name, wa.Number, wa.Number
	r.Statuses, r.Took = each(l.Statuses, r.StatusNos), each(l.Users, r.TookNos)
}
