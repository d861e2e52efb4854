package app

import (
	"context"
	"strconv"
	"strings"

	"wapdesk/app/daktela"
	"wapdesk/store"
	"wapdesk/store/listing"
)

// maxHits bounds what a search for contacts or tickets offers.
const maxHits = 50

// List gives the queued changes, oldest first.
func (c *Changes) List() (list []Change, err error) {
	defer c.c.guard("Changes.List", &err)
	p, err := c.c.profile()
	if err != nil {
		return nil, err
	}
	return c.c.Changes(c.c.context(), p)
}

// Changes gives the queued changes of the open profile, oldest first.
func (c *Core) Changes(ctx context.Context, p *openProfile) ([]Change, error) {
	stored, err := p.db.Changes(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]Change, 0, len(stored))
	for _, s := range stored {
		link := s.Interaction
		if s.Kind != store.KindContactedBack && s.Kind != store.KindAnonymise {
			link = s.Target
		}
		list = append(list, Change{
			ID: s.ID, Kind: string(s.Kind), Target: s.Target, Interaction: s.Interaction, Title: s.Title, TimeMs: s.TimeMs,
			State: string(s.State), Code: s.Code, Reason: s.Reason, CreatedMs: s.CreatedMs,
			Mine: valueText(s.Value), Theirs: valueText(s.Base), Link: p.deepLink(link),
		})
	}
	return list, nil
}

// valueText says in short what a change sets.
func valueText(v store.ChangeValue) string {
	switch {
	case v.Contact.Title != "":
		return v.Contact.Title
	case v.Contact.Name != "":
		return v.Contact.Name
	case v.Ticket.Name != "":
		return strings.TrimSpace(v.Ticket.Name + " " + v.Ticket.Title)
	case v.Person != nil:
		return v.Person.Title
	}
	return v.Missed
}

// on runs something on the outbox of the open profile and tells the page.
func (c *Changes) on(method string, do func(ctx context.Context, p *openProfile) error) (err error) {
	defer c.c.guard(method, &err)
	p, err := c.c.profile()
	if err != nil {
		return err
	}
	if err := do(c.c.context(), p); err != nil {
		return err
	}
	p.runner.pushSoon()
	return nil
}

// Cancel takes back a waiting change.
func (c *Changes) Cancel(id int64) error {
	return c.on("Changes.Cancel", func(ctx context.Context, p *openProfile) error { return p.db.DiscardChange(ctx, id) })
}

// Retry makes a refused change wait again.
func (c *Changes) Retry(id int64) error {
	return c.on("Changes.Retry", func(ctx context.Context, p *openProfile) error { return p.db.RetryChange(ctx, id) })
}

// Discard gives up a refused change; the contact centre's value shows again.
func (c *Changes) Discard(id int64) error {
	return c.on("Changes.Discard", func(ctx context.Context, p *openProfile) error { return p.db.DiscardChange(ctx, id) })
}

// KeepTheirs ends a conflict with the contact centre's value.
func (c *Changes) KeepTheirs(id int64) error {
	return c.on("Changes.KeepTheirs", func(ctx context.Context, p *openProfile) error { return p.db.DiscardChange(ctx, id) })
}

// SendMine ends a conflict by sending the lead's value over the contact centre's.
func (c *Changes) SendMine(id int64) error {
	return c.on("Changes.SendMine", func(ctx context.Context, p *openProfile) error { return p.db.RetryChange(ctx, id) })
}

// Contacts offers contacts to pair an activity with; those with its number come first.
func (c *Changes) Contacts(activity, text string) (hits []ContactHit, err error) {
	defer c.c.guard("Changes.Contacts", &err)
	p, err := c.c.profile()
	if err != nil {
		return nil, err
	}
	found, err := p.db.FindContacts(c.c.context(), activity, text, maxHits)
	if err != nil {
		return nil, err
	}
	hits = make([]ContactHit, 0, len(found))
	for _, f := range found {
		hits = append(hits, ContactHit{Contact: p.contactCard(&f.Contact), Likely: f.Likely})
	}
	return hits, nil
}

// change makes a change and returns the details as they are now.
func (c *Changes) change(method, name string, do func(ctx context.Context, p *openProfile) error) (d Detail, err error) {
	defer c.c.guard(method, &err)
	p, err := c.c.profile()
	if err != nil {
		return Detail{}, err
	}
	if p.Kind == kindFile {
		return Detail{}, &Error{Code: "read_only"}
	}
	ctx := c.c.context()
	if err := do(ctx, p); err != nil {
		return Detail{}, err
	}
	p.runner.pushSoon()
	return c.c.detail(ctx, p, name)
}

// Pair pairs an activity with a stored contact.
func (c *Changes) Pair(activity, contact string) (Detail, error) {
	return c.change("Changes.Pair", activity, func(ctx context.Context, p *openProfile) error {
		_, err := p.db.Pair(ctx, activity, contact)
		return err
	})
}

// maxPaired bounds how many interactions are paired at once: more than one customer has.
const maxPaired = 200

// PairMany pairs the selected interactions with a stored contact and gives how many were; the
// rest takes no changes, see store.PairAll.
func (c *Changes) PairMany(selection Selection, contact string) (paired int, err error) {
	err = c.on("Changes.PairMany", func(ctx context.Context, p *openProfile) error {
		if p.Kind == kindFile {
			return &Error{Code: "read_only"}
		}
		names, err := c.c.selected(ctx, selection, maxPaired+1)
		if err != nil {
			return err
		}
		if len(names) > maxPaired {
			return newError("pair_too_many", nil, "max", strconv.Itoa(maxPaired))
		}
		paired, err = p.db.PairAll(ctx, names, contact)
		return err
	})
	return paired, err
}

// Unpair takes the contact off an activity.
func (c *Changes) Unpair(activity string) (Detail, error) {
	return c.change("Changes.Unpair", activity, func(ctx context.Context, p *openProfile) error {
		_, err := p.db.Unpair(ctx, activity)
		return err
	})
}

// AddContact creates a contact and pairs the activity with it.
func (c *Changes) AddContact(activity string, in ContactInput) (Detail, error) {
	return c.change("Changes.AddContact", activity, func(ctx context.Context, p *openProfile) error {
		_, err := p.db.AddContact(ctx, in.contact(), activity)
		return err
	})
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

// Tickets offers stored tickets by number or title.
func (c *Changes) Tickets(text string) (cards []TicketCard, err error) {
	defer c.c.guard("Changes.Tickets", &err)
	p, err := c.c.profile()
	if err != nil {
		return nil, err
	}
	found, err := p.db.FindTickets(c.c.context(), text, maxHits)
	if err != nil {
		return nil, err
	}
	cards = make([]TicketCard, 0, len(found))
	for i := range found {
		cards = append(cards, p.ticketCard(&found[i]))
	}
	return cards, nil
}

// AttachTicket attaches an activity to a ticket ("merge with ticket").
func (c *Changes) AttachTicket(activity, ticket string) (Detail, error) {
	return c.change("Changes.AttachTicket", activity, func(ctx context.Context, p *openProfile) error {
		_, err := p.db.AttachTicket(ctx, activity, ticket)
		return err
	})
}

// Forms offers the QA forms of the activity's queue.
func (c *Changes) Forms(activity string) (forms []QAFormInfo, err error) {
	defer c.c.guard("Changes.Forms", &err)
	p, err := c.c.profile()
	if err != nil {
		return nil, err
	}
	stored, err := p.db.Forms(c.c.context(), activity)
	if err != nil {
		return nil, err
	}
	forms = make([]QAFormInfo, 0, len(stored))
	for _, f := range stored {
		forms = append(forms, formInfo(f))
	}
	return forms, nil
}

func formInfo(f store.QAForm) QAFormInfo {
	info := QAFormInfo{Name: f.Name, Title: f.Title, InitialScore: f.InitialScore, MinimumScore: f.MinimumScore, Questions: []QAQuestionInfo{}}
	for _, q := range f.Questions {
		one := QAQuestionInfo{Name: q.Name, Title: q.Title, Type: q.Type, Disqualify: q.Disqualify, Options: []QAOptionInfo{}}
		for _, o := range q.Options {
			one.Options = append(one.Options, QAOptionInfo(o))
		}
		info.Questions = append(info.Questions, one)
	}
	return info
}

// AddReview adds a QA review; its score is worked out as the form says.
func (c *Changes) AddReview(in QAInput) (Detail, error) {
	return c.change("Changes.AddReview", in.Activity, func(ctx context.Context, p *openProfile) error {
		_, err := p.db.AddReview(ctx, store.QAReview{Activity: in.Activity, Form: in.Form, Answers: in.Answers})
		return err
	})
}

// ContactedBack marks a missed interaction as contacted back.
func (c *Changes) ContactedBack(interaction string) (Detail, error) {
	return c.change("Changes.ContactedBack", interaction, func(ctx context.Context, p *openProfile) error {
		_, err := p.db.ContactedBack(ctx, interaction)
		return err
	})
}

// Databases lists the databases of the CRM that a new contact can be put into.
func (c *Changes) Databases() (list []NamedRef, err error) {
	defer c.c.guard("Changes.Databases", &err)
	p, err := c.c.profile()
	if err != nil {
		return nil, err
	}
	stored, err := p.db.Databases(c.c.context())
	return namedRefs(stored), err
}

// StartActivity creates a new activity in the contact centre and returns the link that opens it
// there to write in. It is never queued: a conversation that begins hours later is no answer.
func (c *Changes) StartActivity(in StartInput) (link string, err error) {
	defer c.c.guard("Changes.StartActivity", &err)
	p, err := c.c.profile()
	if err != nil {
		return "", err
	}
	if p.client == nil {
		return "", &Error{Code: "sign_in"}
	}
	ctx := c.c.context()
	d, err := p.db.Detail(ctx, in.Interaction)
	if err != nil {
		return "", err
	}
	wanted := daktela.StartWhatsApp(daktela.Name(in.Queue), daktela.Name(d.Record.Contact.Name), d.Record.Title)
	if number := strings.TrimSpace(in.Number); number != "" {
		if wanted, err = daktela.StartWhatsAppTo(daktela.Name(in.Queue), number); err != nil {
			return "", newError("bad_number", err)
		}
	}
	wanted.Description = strings.TrimSpace(in.Note)
	created, err := p.client.CreateActivity(ctx, wanted)
	if err != nil {
		return "", err
	}
	return p.deepLink(string(created.Value.Name)), nil
}
