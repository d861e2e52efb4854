package profile

import (
	"context"
	"slices"
	"strings"

	"wapdesk/app/connection"
	"wapdesk/store"
	"wapdesk/store/listing"
)

// maxHits bounds what a search for contacts or tickets offers.
const maxHits = 50

// maxPaired bounds how many interactions are paired at once: more than one customer has.
const maxPaired = 200

// ContactInput is a new contact as a person types it.
type ContactInput struct {
	FirstName string `json:"firstName"`
	LastName  string `json:"lastName"`
	Number    string `json:"number"`
	Email     string `json:"email"`
	Database  string `json:"database"`
}

func (in ContactInput) contact() store.Contact {
	contact := store.Contact{
		FirstName: strings.TrimSpace(in.FirstName), LastName: strings.TrimSpace(in.LastName),
		Database: listing.Ref{Name: in.Database}, CreatedMs: listing.Unknown, EditedMs: listing.Unknown,
	}
	contact.Title = strings.TrimSpace(contact.FirstName + " " + contact.LastName)
	if n := strings.TrimSpace(in.Number); n != "" {
		contact.Numbers = []string{n}
	}
	if e := strings.TrimSpace(in.Email); e != "" {
		contact.Emails = []string{e}
	}
	return contact
}

// StartInput says whom to write to: the interaction's contact, or whoever has a number.
type StartInput struct {
	Interaction string `json:"interaction"`
	Queue       string `json:"queue"`
	Number      string `json:"number"` // "" for the contact
	Note        string `json:"note"`
}

// QAInput is a filled-in review.
type QAInput struct {
	Activity string              `json:"activity"`
	Form     string              `json:"form"`
	Answers  map[string][]string `json:"answers"`
}

// Changes returns the queued changes, oldest first.
func (p *Profile) Changes(ctx context.Context) ([]store.Change, error) { return p.db.Changes(ctx) }

// Waiting counts the changes that are still to be sent.
func (p *Profile) Waiting(ctx context.Context) (int, error) {
	counts, err := p.db.ChangeCounts(ctx)
	return counts.Waiting + counts.Sending, err
}

// on runs something on the queue of changes and has what waits sent soon.
func (p *Profile) on(do func() error) error {
	if p.IsFile() {
		return ErrReadOnly
	}
	if err := do(); err != nil {
		return err
	}
	p.background.pushSoon()
	return nil
}

// change is on for a change of a kind, which the role may lock: what the screens do not offer is refused to
// everybody, before it waits in vain.
func (p *Profile) change(ctx context.Context, kind string, do func() error) error {
	return p.on(func() error {
		rights, err := p.db.Rights(ctx)
		if err != nil {
			return err
		}
		if slices.Contains(Forbidden(rights), kind) {
			return store.ErrNotPermitted
		}
		return do()
	})
}

// Discard takes back a waiting change, gives up a refused one, or ends a conflict with the contact
// centre's value.
func (p *Profile) Discard(ctx context.Context, id int64) error {
	return p.on(func() error { return p.db.DiscardChange(ctx, id) })
}

// Retry makes a refused change wait again, or ends a conflict by sending the lead's value over the
// contact centre's.
func (p *Profile) Retry(ctx context.Context, id int64) error {
	return p.on(func() error { return p.db.RetryChange(ctx, id) })
}

// MarkDone keeps that somebody did by hand in the contact centre what was to be done there, or takes that back.
func (p *Profile) MarkDone(ctx context.Context, ids []int64, done bool) error {
	return p.on(func() error { return p.db.MarkDone(ctx, ids, done) })
}

// Pair pairs an activity with a stored contact.
func (p *Profile) Pair(ctx context.Context, activity, contact string) (change store.Change, err error) {
	err = p.change(ctx, "pair", func() error {
		change, err = p.db.Pair(ctx, activity, contact)
		return err
	})
	return change, err
}

// PairMany pairs the selected interactions with a stored contact and returns how many were; the
// rest takes no changes, see store.PairAll.
func (p *Profile) PairMany(ctx context.Context, selection Selection, contact string) (paired int, err error) {
	err = p.change(ctx, "pair", func() error {
		names, err := p.Selected(ctx, selection, maxPaired+1)
		if err != nil {
			return err
		}
		if len(names) > maxPaired {
			return &TooManyError{What: "pairs", Max: maxPaired}
		}
		paired, err = p.db.PairAll(ctx, names, contact)
		return err
	})
	return paired, err
}

// Unpair takes the contact off an activity.
func (p *Profile) Unpair(ctx context.Context, activity string) error {
	return p.change(ctx, "pair", func() error {
		_, err := p.db.Unpair(ctx, activity)
		return err
	})
}

// AddContact creates a contact, and pairs an activity with it when one is named. It returns the
// changes that were queued.
func (p *Profile) AddContact(ctx context.Context, in ContactInput, activity string) (queued []store.Change, err error) {
	err = p.change(ctx, "contact", func() error {
		added, err := p.db.AddContact(ctx, in.contact(), activity)
		queued = added.Queued
		return err
	})
	return queued, err
}

// AttachTicket attaches an activity to a ticket ("merge with ticket").
func (p *Profile) AttachTicket(ctx context.Context, activity, ticket string) (change store.Change, err error) {
	err = p.change(ctx, "ticket", func() error {
		change, err = p.db.AttachTicket(ctx, activity, ticket)
		return err
	})
	return change, err
}

// AddReview adds a QA review; its score is worked out as the form says.
func (p *Profile) AddReview(ctx context.Context, in QAInput) (change store.Change, err error) {
	err = p.change(ctx, "qa", func() error {
		added, err := p.db.AddReview(ctx, store.QAReview{Activity: in.Activity, Form: in.Form, Answers: in.Answers})
		change = added.Queued
		return err
	})
	return change, err
}

// ContactedBack marks a missed interaction as contacted back.
func (p *Profile) ContactedBack(ctx context.Context, interaction string) error {
	return p.change(ctx, "contactedback", func() error {
		_, err := p.db.ContactedBack(ctx, interaction)
		return err
	})
}

// Contacts offers contacts to pair an activity with; those with its number come first.
func (p *Profile) Contacts(ctx context.Context, activity, text string) ([]store.ContactHit, error) {
	return p.db.FindContacts(ctx, activity, text, maxHits)
}

// Tickets offers stored tickets by number or title.
func (p *Profile) Tickets(ctx context.Context, text string) ([]store.Ticket, error) {
	return p.db.FindTickets(ctx, text, maxHits)
}

// Forms offers the QA forms of the activity's queue.
func (p *Profile) Forms(ctx context.Context, activity string) ([]store.QAForm, error) {
	return p.db.Forms(ctx, activity)
}

// Databases lists the databases of the CRM that a new contact can be put into.
func (p *Profile) Databases(ctx context.Context) ([]listing.Ref, error) { return p.db.Databases(ctx) }

// StartActivity creates a new activity in the contact centre and returns the link that opens it
// there to write in. It is never queued: a conversation that begins hours later is no answer.
func (p *Profile) StartActivity(ctx context.Context, in StartInput) (string, error) {
	if p.conn == nil {
		return "", ErrSignIn
	}
	d, err := p.db.Detail(ctx, in.Interaction)
	if err != nil {
		return "", err
	}
	name, err := p.conn.StartActivity(ctx, connection.NewActivity{
		Queue: in.Queue, Contact: d.Record.Contact.Name, Title: d.Record.Title, Number: in.Number, Note: in.Note,
	})
	if err != nil {
		return "", err
	}
	return p.DeepLink(name), nil
}
