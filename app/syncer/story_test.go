package syncer

import (
	gocmp "cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"wapdesk/app/demo"
	"wapdesk/store"
	"wapdesk/store/listing"
)

// story is everything of one interaction that the contact centre tells and the file holds.
type story struct {
	TimeMs                              int64
	Queue, User, Contact, Connector     listing.Ref
	WA, Number, Title                   string
	Sender                              string
	Answered                            listing.Tri
	WaitS, DurationS                    int64
	Ended, Missed, Direction, State     string
	MissedMs                            int64
	Anonymised                          bool
	Activities                          []work
	Messages                            []line
	Process                             []step
	Files                               []file
	Person                              *person
	Company                             *company
	Tickets                             []ticket
	Reviews                             []review
	MessagesRead, ProcessRead, Existing bool
}

type work struct {
	Name, Type, Action, Title, Description                         string
	Queue, User, CreatedBy, Contact                                listing.Ref
	Ticket                                                         string
	Important, Anonymised                                          bool
	Priority                                                       int64
	TimeMs, WaitMs, OpenMs, CloseMs                                int64
	BeforeS, AfterS, DurationS, RingingS, FocusS, FocusDisruptions int64
	Statuses                                                       []listing.Ref
	CustomFields                                                   string
}

type line struct {
	Name, Direction, Type, Kind, Text, Original, Delivery, Reason, Quoted, Template, Place, CardName, Card string
	User                                                                                                   listing.Ref
	TimeMs                                                                                                 int64
	Lat, Lon                                                                                               float64
	Reactions                                                                                              []string
	Files                                                                                                  []file
}

type file struct {
	ID, Title, Mime string
	Bytes, Seconds  int64
}

type step struct {
	TimeMs, LastsS int64
	Step           string
	Queue          listing.Ref
}

type person struct {
	Name, First, Last, Description, Account string
	Numbers                                 []string
	EditedMs                                int64
}

type company struct {
	Name, Title, Description string
	EditedMs                 int64
}

type ticket struct {
	Name, Title, Stage, Priority, MergedTo string
	EditedMs                               int64
}

type review struct {
	Name, Activity, Form string
	User                 listing.Ref
	EditedMs             int64
	Answers              map[string][]string
}

func ms(s demo.Stamp) int64 {
	if s == 0 {
		return listing.Unknown
	}
	return int64(s) * 1000
}

// stamp is a moment as far as the wire tells it: the second pass through the hour that autumn repeats reads
// like the first.
func (o *oracle) stamp(s demo.Stamp) int64 {
	if s != 0 && (s-3600).Text(o.d.Zone) == s.Text(o.d.Zone) {
		s -= 3600
	}
	return ms(s)
}

// told is what the contact centre tells the lead of an interaction.
func (o *oracle) told(i *demo.Interaction) story {
	w := story{
		TimeMs: ms(i.Time), Queue: o.queue(i.Queue), User: o.user(i.User), Contact: o.contact(i.Contact),
		Connector: named(i.Connector, o.connectors[i.Connector]), Title: i.Title, Sender: i.Sender, WaitS: i.WaitTime,
		DurationS: i.Duration, Ended: i.Disconnection, Missed: i.Missed, Direction: i.Direction, State: i.State,
		MissedMs: ms(i.MissedTime), MessagesRead: true, ProcessRead: true, Existing: true,
	}
	if e := i.External; e != nil {
		w.WA, w.Number = e.FullName, e.Number
	}
	if i.Answered != nil {
		w.Answered = listing.TriNo
		if *i.Answered {
			w.Answered = listing.TriYes
		}
	}
	lead, seen := o.s.Tokens().Lead.Name, map[int64]bool{}
	for _, a := range o.d.ActivitiesOf(i) {
		if !o.s.SeesActivity(lead, a.Name) {
			continue
		}
		w.Activities = append(w.Activities, o.work(a))
		w.Anonymised = w.Anonymised || a.Anonymised
		for _, f := range a.Files {
			w.Files = append(w.Files, fileOf(f))
		}
		for _, r := range o.reviews[a.Name] {
			w.Reviews = append(w.Reviews, review{r.Name, r.Activity, r.Form, o.user(r.User), o.stamp(r.Edited), r.Answers})
		}
		if k := o.tickets[a.Ticket]; k != nil && !seen[a.Ticket] {
			seen[a.Ticket] = true
			w.Tickets = append(w.Tickets, ticket{wire(k.Name), k.Title, k.Stage, k.Priority, wire(k.Merged), o.stamp(k.Edited)})
		}
	}
	for _, m := range o.d.Messages(i) {
		w.Messages = append(w.Messages, o.line(m))
	}
	for _, f := range o.d.Files(i) {
		w.Files = append(w.Files, fileOf(f))
	}
	for _, s := range o.d.Flow(i) {
		w.Process = append(w.Process, step{ms(s.Time), s.Duration, strings.ToLower(s.Step), o.queue(s.Queue)})
	}
	if c := o.contacts[i.Contact]; c != nil {
		w.Person = &person{c.Name, c.FirstName, c.LastName, c.Description, c.Account, c.Numbers(), o.stamp(c.Edited)}
		if a := o.accounts[c.Account]; a != nil {
			w.Company = &company{a.Name, a.Title, a.Description, o.stamp(a.Edited)}
		}
	}
	return w
}

func named(name, title string) listing.Ref {
	if name == "" {
		return listing.Ref{}
	}
	return listing.Ref{Name: name, Title: title}
}

func (o *oracle) queue(name int64) listing.Ref { return named(wire(name), o.queues[wire(name)]) }

// user is how the lead is told of a user: outside the rights by the title alone, and of some not at all.
func (o *oracle) user(name string) listing.Ref {
	switch {
	case o.known[name]:
		return named(name, o.users[name])
	case o.silent[name]:
		return listing.Ref{}
	}
	return listing.Ref{Title: o.users[name]}
}

func (o *oracle) contact(name string) listing.Ref {
	if c := o.contacts[name]; c != nil {
		return named(name, c.Title)
	}
	return listing.Ref{}
}

func (o *oracle) work(a *demo.Activity) work {
	w := work{
		Name: a.Name, Type: a.Type, Action: a.Action, Title: a.Title, Description: a.Description, CreatedBy: o.user(a.CreatedBy),
		Queue: o.queue(a.Queue), User: o.user(a.User), Contact: o.contact(a.Contact), Ticket: wire(a.Ticket), Important: a.Important,
		Anonymised: a.Anonymised, Priority: a.Priority, TimeMs: ms(a.Time), WaitMs: ms(a.TimeWait), OpenMs: ms(a.TimeOpen),
		CloseMs: ms(a.TimeClose), BeforeS: a.BeforeWork, AfterS: a.AfterWork, DurationS: a.Duration, RingingS: a.RingingTime,
		FocusS: a.FocusTime, FocusDisruptions: a.FocusDisruptions,
	}
	for _, s := range a.Statuses {
		w.Statuses = append(w.Statuses, named(s, o.statuses[s]))
	}
	for _, key := range slices.Sorted(maps.Keys(a.CustomFields)) {
		w.CustomFields += key + "=" + strings.Join(a.CustomFields[key], ",") + ";"
	}
	return w
}

func (o *oracle) line(m demo.Message) line {
	l := line{
		Name: m.Name, Direction: m.Direction, Type: m.Type, Kind: string(m.Kind), Text: m.Text, Original: m.OriginalText,
		User: o.user(m.User), Delivery: m.Delivery, Reason: m.Reason, Quoted: m.Quoted, Template: m.Template, Place: m.Place,
		CardName: m.CardName, Card: m.CardNumber, TimeMs: ms(m.Time), Lat: m.Latitude, Lon: m.Longitude,
	}
	for _, r := range m.Reactions {
		l.Reactions = append(l.Reactions, r.Emoji+o.users[r.User])
	}
	for _, f := range m.Files {
		l.Files = append(l.Files, fileOf(f))
	}
	return l
}

func fileOf(f demo.File) file {
	return file{wire(f.ID), f.Title, f.MimeType, f.Size, f.Duration}
}

// stored is what the file holds of an interaction.
func (o *oracle) stored(t testing.TB, name string) story {
	t.Helper()
	d, err := o.db.Detail(t.Context(), name)
	if err != nil {
		t.Fatalf("detail of %s: %v", name, err)
	}
	i := d.Interaction
	g := story{
		TimeMs: i.TimeMs, Queue: plain(i.Queue), User: plain(i.User), Contact: i.Contact, Connector: i.Connector, WA: i.ExternalContact.FullName,
		Number: i.ExternalContact.Number, Title: i.Title, Sender: i.Sender, Answered: i.Answered,
		WaitS: i.WaitS, DurationS: i.DurationS, Ended: i.Disconnection, Missed: i.Missed, Direction: i.Direction, State: i.State,
		MissedMs: i.MissedTimeMs, Anonymised: i.Anonymised, MessagesRead: d.MessagesRead, ProcessRead: d.ProcessRead,
		Existing: d.GoneMs == listing.Unknown,
	}
	for _, a := range d.Activities {
		w := work{
			Name: a.Name, Type: a.Type, Action: a.Action, Title: a.Title, Description: a.Description, CreatedBy: plain(a.CreatedBy),
			Queue: plain(a.Queue), User: plain(a.User), Contact: a.Contact, Ticket: a.Ticket.Name, Important: a.Important, Anonymised: a.Anonymised,
			Priority: a.Priority, TimeMs: a.TimeMs, WaitMs: a.TimeWaitMs, OpenMs: a.TimeOpenMs, CloseMs: a.TimeCloseMs,
			BeforeS: a.BeforeS, AfterS: a.AfterS, DurationS: a.DurationS, RingingS: a.RingingS, FocusS: a.FocusS,
			FocusDisruptions: a.FocusDisruptions, Statuses: a.Statuses, CustomFields: fieldsOf(a.CustomFields),
		}
		g.Activities = append(g.Activities, w)
	}
	for _, m := range d.Messages {
		l := line{
			Name: m.Name, Direction: m.Direction, Type: m.Type, Kind: m.Kind, Text: m.Text, Original: m.OriginalText, User: plain(m.User),
			Delivery: m.Delivery, Reason: m.Reason, Quoted: m.QuotedName, Template: m.Template, Place: m.Place, CardName: m.CardName,
			Card: m.CardNumber, TimeMs: m.TimeMs, Lat: m.Latitude, Lon: m.Longitude,
		}
		for _, r := range m.Reactions {
			l.Reactions = append(l.Reactions, r.Emoji+r.From)
		}
		for _, f := range m.Attachments {
			l.Files = append(l.Files, attached(f))
		}
		g.Messages = append(g.Messages, l)
	}
	for _, e := range d.Process {
		g.Process = append(g.Process, step{e.TimeMs, e.LastsS, e.Step, plain(e.Queue)})
	}
	for _, f := range d.Files {
		g.Files = append(g.Files, attached(f))
	}
	if c := d.Contact; c != nil {
		g.Person = &person{c.Name, c.FirstName, c.LastName, c.Description, c.Account.Name, c.Numbers, c.EditedMs}
	}
	if a := d.Account; a != nil {
		g.Company = &company{a.Name, a.Title, a.Description, a.EditedMs}
	}
	for _, k := range d.Tickets {
		g.Tickets = append(g.Tickets, ticket{k.Name, k.Title, k.Stage, k.Priority, k.MergedTo, k.EditedMs})
	}
	for _, r := range d.Reviews {
		g.Reviews = append(g.Reviews, review{r.Name, r.Activity, r.Form, plain(r.User), r.EditedMs, r.Answers})
	}
	return g
}

// plain is a stored reference without the name that was made of its title.
func plain(r listing.Ref) listing.Ref {
	if store.MadeUp(r.Name) {
		r.Name = ""
	}
	return r
}

func attached(f store.Attachment) file {
	return file{f.File, f.Title, f.MimeType, f.SizeBytes, f.DurationS}
}

// order sorts what has no order of its own: steps and lines of one second when they come keyed by
// name, and everything that is a set.
func (g *story) order() {
	slices.SortStableFunc(g.Process, func(a, b step) int {
		return gocmp.Or(gocmp.Compare(a.TimeMs, b.TimeMs), gocmp.Compare(a.Step, b.Step), gocmp.Compare(a.LastsS, b.LastsS))
	})
	slices.SortStableFunc(g.Messages, func(a, b line) int {
		return gocmp.Or(gocmp.Compare(a.TimeMs, b.TimeMs), gocmp.Compare(a.Name, b.Name))
	})
	slices.SortStableFunc(g.Activities, func(a, b work) int { return gocmp.Or(gocmp.Compare(a.TimeMs, b.TimeMs), gocmp.Compare(a.Name, b.Name)) })
	// Files are a set: those of messages may be listed by the interaction as well.
	for k := range g.Messages {
		g.Files = append(g.Files, g.Messages[k].Files...)
	}
	slices.SortFunc(g.Files, func(a, b file) int { return gocmp.Compare(a.ID, b.ID) })
	g.Files = slices.Compact(g.Files)
	slices.SortFunc(g.Tickets, func(a, b ticket) int { return gocmp.Compare(a.Name, b.Name) })
	slices.SortFunc(g.Reviews, func(a, b review) int { return gocmp.Compare(a.Name, b.Name) })
	for k := range g.Activities {
		slices.SortFunc(g.Activities[k].Statuses, func(a, b listing.Ref) int { return gocmp.Compare(a.Name, b.Name) })
	}
}

// fieldsOf writes stored custom fields as work writes the told ones.
func fieldsOf(text string) string {
	if text == "" {
		return ""
	}
	fields := map[string][]string{}
	if json.Unmarshal([]byte(text), &fields) != nil {
		return text
	}
	out := ""
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		out += key + "=" + strings.Join(fields[key], ",") + ";"
	}
	return out
}

// erase leaves of a story what an anonymised one keeps: names, times, queue, user, durations, results
// and figures.
func (g *story) erase() {
	g.Anonymised = true
	g.Contact, g.WA, g.Number, g.Title, g.Sender = listing.Ref{}, "", "", "", ""
	g.Messages, g.Files, g.Person, g.Company, g.Tickets = nil, nil, nil, nil, nil
	for k := range g.Activities {
		a := &g.Activities[k]
		a.Title, a.Description, a.Contact, a.Ticket, a.CustomFields, a.Anonymised = "", "", listing.Ref{}, "", "", true
	}
	for k := range g.Reviews {
		g.Reviews[k].Answers = nil
	}
}

// titled leaves of references to queues and users what they are called.
func (g *story) titled() {
	refs := []*listing.Ref{&g.Queue, &g.User}
	for k := range g.Activities {
		refs = append(refs, &g.Activities[k].Queue, &g.Activities[k].User, &g.Activities[k].CreatedBy)
	}
	for k := range g.Messages {
		refs = append(refs, &g.Messages[k].User)
	}
	for k := range g.Process {
		refs = append(refs, &g.Process[k].Queue)
	}
	for k := range g.Reviews {
		refs = append(refs, &g.Reviews[k].User)
	}
	for _, r := range refs {
		r.Name = ""
	}
}
