package app

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"wapdesk/store"
	"wapdesk/store/listing"
)

// Open reads one interaction by its unique name or that of one of its activities.
func (d *Details) Open(name string) (detail Detail, err error) {
	defer d.c.guard("Details.Open", &err)
	p, err := d.c.profile()
	if err != nil {
		return Detail{}, err
	}
	return d.c.detail(d.c.context(), p, name)
}

func (c *Core) detail(ctx context.Context, p *openProfile, name string) (Detail, error) {
	stored, err := p.db.Detail(ctx, name)
	if err != nil {
		return Detail{}, err
	}
	dir, err := p.directory(ctx)
	if err != nil {
		return Detail{}, err
	}
	rights, err := p.db.Rights(ctx)
	if err != nil {
		return Detail{}, err
	}
	row := rowOf(&stored.Record, dir)
	d := Detail{
		Row: row, Link: p.deepLink(linkName(stored)), Activities: p.activities(stored),
		Selected: stored.Selected, MessagesStored: stored.MessagesRead,
		Gone:           stored.GoneMs != listing.Unknown && stored.GoneMs != 0,
		MaySendChanges: p.Kind != kindFile,
		Tickets:        []TicketCard{}, Reviews: []Review{}, Forbidden: forbidden(rights),
	}
	d.Messages, d.MessagesIn, d.MessagesOut = messagesOf(stored)
	d.Process, d.ProcessDerived = processOf(stored)
	if stored.Contact != nil {
		card := p.contactCard(stored.Contact)
		d.Contact = &card
	}
	if stored.Account != nil {
		d.Account = &AccountCard{Name: stored.Account.Name, Title: stored.Account.Title, Description: stored.Account.Description,
			Link: p.site() + "/crm/accounts/update/" + url.PathEscape(stored.Account.Name)}
	}
	for _, t := range stored.Tickets {
		card := p.ticketCard(&t)
		for _, a := range stored.TicketWork {
			if a.Ticket == t.Name {
				card.Others = append(card.Others, TicketActivity{
					Interaction: a.Interaction, Name: a.Name, Title: a.Title, User: a.User, TimeMs: a.TimeMs,
				})
			}
		}
		d.Tickets = append(d.Tickets, card)
	}
	d.Reviews = reviewsOf(stored)
	if stored.Erasure != nil {
		d.AnonymisedMs, d.AnonymisedBy = stored.Erasure.AtMs, stored.Erasure.By
	}
	return d, nil
}

// linkName is what the deep link names: the contact centre opens interactions by the unique
// name of an activity (product-facts.md 5), by the interaction's own only when it has none.
func linkName(d store.Detail) string {
	if d.Selected != "" {
		return d.Selected
	}
	if len(d.Activities) > 0 {
		return d.Activities[0].Name
	}
	return d.Interaction.Name
}

func (p *openProfile) activities(d store.Detail) []Activity {
	score := map[string]int64{}
	for _, r := range d.Reviews {
		score[r.Activity] = r.Score
	}
	out := make([]Activity, 0, len(d.Activities))
	for _, a := range d.Activities {
		qa, reviewed := score[a.Name]
		if !reviewed {
			qa = listing.Unknown
		}
		out = append(out, Activity{
			Name: a.Name, Title: a.Title, Type: a.Type, Action: a.Action, Description: plainText(a.Description),
			User: namedRef(a.User), Queue: namedRef(a.Queue), Contact: namedRef(a.Contact), Ticket: namedRef(a.Ticket),
			CreatedBy: namedRef(a.CreatedBy), Statuses: namedRefs(a.Statuses),
			TimeMs: a.TimeMs, WaitMs: a.TimeWaitMs, OpenMs: a.TimeOpenMs, CloseMs: a.TimeCloseMs,
			DurationS: a.DurationS, RingingS: a.RingingS, BeforeS: a.BeforeS, AfterS: a.AfterS,
			FocusS: a.FocusS, Disruptions: a.FocusDisruptions, Anomaly: a.Anomaly, QAScore: qa, Link: p.deepLink(a.Name),
		})
	}
	return out
}

func namedRefs(refs []listing.Ref) []NamedRef {
	out := make([]NamedRef, 0, len(refs))
	for _, r := range refs {
		out = append(out, namedRef(r))
	}
	return out
}

// messagesOf gives the transcript and how many messages the customer and the agents wrote.
func messagesOf(d store.Detail) (list []Message, in, out int) {
	list = make([]Message, 0, len(d.Messages))
	for _, m := range d.Messages {
		if m.Type != "PRIVATE" && m.Type != "COMMAND" {
			switch m.Direction {
			case "IN":
				in++
			case "OUT":
				out++
			}
		}
		from := m.From
		if m.User.Title != "" {
			from = m.User.Title
		}
		msg := Message{
			Name: m.Name, Direction: m.Direction, Type: m.Type, Kind: m.Kind, Text: m.Text, TimeMs: m.TimeMs, From: from,
			Delivery: m.Delivery, Reason: m.Reason, Quoted: m.QuotedName, Template: m.Template,
			Latitude: m.Latitude, Longitude: m.Longitude, Place: m.Place, CardName: m.CardName, CardNumber: m.CardNumber,
			Reactions: []Reaction{}, Files: []File{},
		}
		for _, r := range m.Reactions {
			msg.Reactions = append(msg.Reactions, Reaction(r))
		}
		for _, a := range m.Attachments {
			msg.Files = append(msg.Files, fileOf(d.Interaction.Name, a))
		}
		list = append(list, msg)
	}
	return list, in, out
}

func fileOf(interaction string, a store.Attachment) File {
	f := File{ID: a.File, Title: a.Title, MimeType: a.MimeType, SizeBytes: a.SizeBytes, DurationS: a.DurationS, Stored: a.Path != ""}
	if f.Stored {
		f.URL = "/file/" + url.PathEscape(interaction) + "/" + url.PathEscape(a.File)
	}
	return f
}

func (p *openProfile) contactCard(c *store.Contact) ContactCard {
	return ContactCard{
		Name: c.Name, Title: c.Title, FirstName: c.FirstName, LastName: c.LastName, Account: namedRef(c.Account),
		Numbers: nonNil(c.Numbers), Emails: nonNil(c.Emails), Description: c.Description,
		Link: p.site() + "/crm/contacts/update/" + url.PathEscape(c.Name),
	}
}

func (p *openProfile) ticketCard(t *store.Ticket) TicketCard {
	return TicketCard{
		Name: t.Name, Title: t.Title, Category: t.Category.Title, Stage: t.Stage, Priority: t.Priority, User: t.User.Title,
		Link: p.site() + "/tickets/update/" + url.PathEscape(t.Name), Others: []TicketActivity{},
	}
}

func reviewsOf(d store.Detail) []Review {
	forms := map[string]store.QAForm{}
	for _, f := range d.Forms {
		forms[f.Name] = f
	}
	out := make([]Review, 0, len(d.Reviews))
	for _, r := range d.Reviews {
		form := forms[r.Form]
		one := Review{Name: r.Name, Activity: r.Activity, Form: form.Title, User: r.User.Title,
			CreatedBy: r.CreatedBy.Title, CreatedMs: r.CreatedMs, Score: r.Score, Answers: []ReviewAnswer{}}
		for _, q := range form.Questions {
			one.Answers = append(one.Answers, ReviewAnswer{Question: q.Title, Type: q.Type, Answers: answerTitles(q, r.Answers[q.Name])})
		}
		out = append(out, one)
	}
	return out
}

// answerTitles gives the words of the chosen options; free text stays as it is.
func answerTitles(q store.QAQuestion, values []string) []string {
	out := make([]string, 0, len(values))
	for _, v := range values {
		for _, o := range q.Options {
			if o.Value == v && o.Title != "" {
				v = o.Title
				break
			}
		}
		out = append(out, v)
	}
	return out
}

// plainText takes the tags out of the HTML the contact centre keeps descriptions in. The
// result is shown as text, never as HTML.
func plainText(html string) string {
	var b strings.Builder
	tag := false
	for _, r := range html {
		switch {
		case r == '<':
			tag = true
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
		case r == '>' && tag:
			tag = false
		case !tag:
			b.WriteRune(r)
		}
	}
	text := strings.NewReplacer("&nbsp;", " ", "&lt;", "<", "&gt;", ">", "&quot;", `"`, "&#39;", "'", "&amp;", "&").Replace(b.String())
	return strings.TrimSpace(text)
}

// Find tells where a pasted deep link or unique name leads. What is not stored comes back
// with the link to try in the contact centre.
func (d *Details) Find(text string) (found Found, err error) {
	defer d.c.guard("Details.Find", &err)
	p, err := d.c.profile()
	if err != nil {
		return Found{}, err
	}
	return d.c.find(d.c.context(), p, text)
}

func (c *Core) find(ctx context.Context, p *openProfile, text string) (Found, error) {
	name := NameFromLink(text)
	if name == "" {
		return Found{}, nil
	}
	f, err := p.db.Find(ctx, name)
	if errors.Is(err, store.ErrNotFound) {
		return Found{Link: p.deepLink(name)}, nil
	}
	if err != nil {
		return Found{}, err
	}
	return Found{Interaction: f.Interaction, Activity: f.Activity, Link: p.deepLink(name)}, nil
}

// NameFromLink gives the unique name in a deep link (…/listing/activities/?activityDetail=…),
// or the text itself when it can be a unique name, or "".
func NameFromLink(text string) string {
	text = strings.TrimSpace(text)
	if strings.Contains(text, "://") {
		u, err := url.Parse(text)
		if err != nil {
			return ""
		}
		return u.Query().Get("activityDetail")
	}
	if text == "" || len(text) > 200 || strings.ContainsAny(text, " \t\n\"'<>") {
		return ""
	}
	return text
}
