package app

import (
	"context"
	"strings"

	"wapdesk/app/profile"
	"wapdesk/store"
)

// Changes lists what a lead changed and what became of it, and makes new changes.
type Changes struct{ a *App }

// Change is one queued change.
type Change struct {
	ID          int64  `json:"id"`
	Kind        string `json:"kind"`   // pair, unpair, contact, ticket, qa, contactedback, anonymise, forget
	Target      string `json:"target"` // unique name of the activity or interaction
	Interaction string `json:"interaction"`
	Title       string `json:"title" personal:"text"`
	TimeMs      int64  `json:"timeMs"` // of the interaction
	State       string `json:"state"`  // waiting, sending, sent, refused, conflict, manual, done, confirmed
	Code        string `json:"code"`
	Reason      string `json:"reason" personal:"text"` // the contact centre's words
	CreatedMs   int64  `json:"createdMs"`
	Mine        string `json:"mine" personal:"text unless Kind=contactedback"` // of a conflict
	Theirs      string `json:"theirs" personal:"text unless Kind=contactedback"`
	Link        string `json:"link"`
	// Person is the unique name of the contact whom an erasure was about, "" where it had none.
	Person string `json:"person"`
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

// List returns the queued changes, oldest first.
func (c *Changes) List() ([]Change, error) {
	return ask(c.a, "Changes.List", func(ctx context.Context, p *profile.Profile) ([]Change, error) {
		stored, err := p.Changes(ctx)
		if err != nil {
			return nil, err
		}
		list := make([]Change, 0, len(stored))
		for i := range stored {
			list = append(list, changeOf(p, &stored[i]))
		}
		return list, nil
	})
}

func changeOf(p *profile.Profile, s *store.Change) Change {
	link := s.Interaction
	if s.Kind != store.KindContactedBack && s.Kind != store.KindAnonymise {
		link = s.Target
	}
	at := p.DeepLink(link)
	if s.Kind == store.KindForget {
		at = p.ContactLink(s.Target)
	}
	return Change{
		Person: s.Person, ID: s.ID, Kind: string(s.Kind), Target: s.Target, Interaction: s.Interaction, Title: s.Title, TimeMs: s.TimeMs,
		State: string(s.State), Code: s.Code, Reason: profile.Refusal(p.Words(p.Settings().Lang), s.Reason), CreatedMs: s.CreatedMs,
		Mine: valueText(s.Value), Theirs: valueText(s.Base), Link: at,
	}
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

// Cancel takes back a waiting change.
func (c *Changes) Cancel(id int64) error { return c.discard("Changes.Cancel", id) }

// Discard gives up a refused change; the contact centre's value shows again.
func (c *Changes) Discard(id int64) error { return c.discard("Changes.Discard", id) }

// KeepTheirs ends a conflict with the contact centre's value.
func (c *Changes) KeepTheirs(id int64) error { return c.discard("Changes.KeepTheirs", id) }

func (c *Changes) discard(method string, id int64) error {
	return tell(c.a, method, func(ctx context.Context, p *profile.Profile) error { return p.Discard(ctx, id) })
}

// Retry makes a refused change wait again.
func (c *Changes) Retry(id int64) error { return c.retry("Changes.Retry", id) }

// SendMine ends a conflict by sending the lead's value over the contact centre's.
func (c *Changes) SendMine(id int64) error { return c.retry("Changes.SendMine", id) }

func (c *Changes) retry(method string, id int64) error {
	return tell(c.a, method, func(ctx context.Context, p *profile.Profile) error { return p.Retry(ctx, id) })
}

// MarkDone keeps that changes were made by hand in the contact centre, or takes that back.
func (c *Changes) MarkDone(ids []int64, done bool) error {
	return tell(c.a, "Changes.MarkDone", func(ctx context.Context, p *profile.Profile) error { return p.MarkDone(ctx, ids, done) })
}

// make makes a change and returns the details as they are now.
func (c *Changes) make(method, name string, do func(ctx context.Context, p *profile.Profile) error) (Detail, error) {
	return ask(c.a, method, func(ctx context.Context, p *profile.Profile) (Detail, error) {
		if err := do(ctx, p); err != nil {
			return Detail{}, err
		}
		return detail(ctx, p, name)
	})
}

// Pair pairs an activity with a stored contact.
func (c *Changes) Pair(activity, contact string) (Detail, error) {
	return c.make("Changes.Pair", activity, func(ctx context.Context, p *profile.Profile) error {
		_, err := p.Pair(ctx, activity, contact)
		return err
	})
}

// PairMany pairs the selected interactions with a stored contact and returns how many were; the
// rest takes no changes.
func (c *Changes) PairMany(selection profile.Selection, contact string) (int, error) {
	return ask(c.a, "Changes.PairMany", func(ctx context.Context, p *profile.Profile) (int, error) {
		return p.PairMany(ctx, selection, contact)
	})
}

// Unpair takes the contact off an activity.
func (c *Changes) Unpair(activity string) (Detail, error) {
	return c.make("Changes.Unpair", activity, func(ctx context.Context, p *profile.Profile) error { return p.Unpair(ctx, activity) })
}

// AddContact creates a contact and pairs the activity with it.
func (c *Changes) AddContact(activity string, in profile.ContactInput) (Detail, error) {
	return c.make("Changes.AddContact", activity, func(ctx context.Context, p *profile.Profile) error {
		_, err := p.AddContact(ctx, in, activity)
		return err
	})
}

// AttachTicket attaches an activity to a ticket ("merge with ticket").
func (c *Changes) AttachTicket(activity, ticket string) (Detail, error) {
	return c.make("Changes.AttachTicket", activity, func(ctx context.Context, p *profile.Profile) error {
		_, err := p.AttachTicket(ctx, activity, ticket)
		return err
	})
}

// AddReview adds a QA review; its score is worked out as the form says.
func (c *Changes) AddReview(in profile.QAInput) (Detail, error) {
	return c.make("Changes.AddReview", in.Activity, func(ctx context.Context, p *profile.Profile) error {
		_, err := p.AddReview(ctx, in)
		return err
	})
}

// ContactedBack marks a missed interaction as contacted back.
func (c *Changes) ContactedBack(interaction string) (Detail, error) {
	return c.make("Changes.ContactedBack", interaction, func(ctx context.Context, p *profile.Profile) error {
		return p.ContactedBack(ctx, interaction)
	})
}

// Contacts offers contacts to pair an activity with; those with its number come first.
func (c *Changes) Contacts(activity, text string) ([]ContactHit, error) {
	return ask(c.a, "Changes.Contacts", func(ctx context.Context, p *profile.Profile) ([]ContactHit, error) {
		found, err := p.Contacts(ctx, activity, text)
		if err != nil {
			return nil, err
		}
		hits := make([]ContactHit, 0, len(found))
		for _, f := range found {
			hits = append(hits, ContactHit{Contact: contactCard(p, &f.Contact), Likely: f.Likely})
		}
		return hits, nil
	})
}

// Tickets offers stored tickets by number or title.
func (c *Changes) Tickets(text string) ([]TicketCard, error) {
	return ask(c.a, "Changes.Tickets", func(ctx context.Context, p *profile.Profile) ([]TicketCard, error) {
		found, err := p.Tickets(ctx, text)
		if err != nil {
			return nil, err
		}
		cards := make([]TicketCard, 0, len(found))
		for i := range found {
			cards = append(cards, ticketCard(p, &found[i]))
		}
		return cards, nil
	})
}

// Forms offers the QA forms of the activity's queue.
func (c *Changes) Forms(activity string) ([]QAFormInfo, error) {
	return ask(c.a, "Changes.Forms", func(ctx context.Context, p *profile.Profile) ([]QAFormInfo, error) {
		stored, err := p.Forms(ctx, activity)
		if err != nil {
			return nil, err
		}
		forms := make([]QAFormInfo, 0, len(stored))
		for _, f := range stored {
			forms = append(forms, formInfo(f))
		}
		return forms, nil
	})
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

// Databases lists the databases of the CRM that a new contact can be put into.
func (c *Changes) Databases() ([]NamedRef, error) {
	return ask(c.a, "Changes.Databases", func(ctx context.Context, p *profile.Profile) ([]NamedRef, error) {
		stored, err := p.Databases(ctx)
		return namedRefs(stored), err
	})
}

// StartActivity creates a new activity in the contact centre and returns the link that opens it
// there to write in.
func (c *Changes) StartActivity(in profile.StartInput) (string, error) {
	return ask(c.a, "Changes.StartActivity", func(ctx context.Context, p *profile.Profile) (string, error) {
		return p.StartActivity(ctx, in)
	})
}
