package cli

import (
	"time"

	"wapdesk/app/profile"
	"wapdesk/store"
	"wapdesk/store/listing"
)

// showReply has its keys always, null or [] where there is nothing; only Files, which came later, is
// left out then.
type showReply struct {
	Interaction row        `json:"interaction"`
	Activities  []activity `json:"activities"`
	Messages    []message  `json:"messages"`
	Process     []step     `json:"process"`
	Contact     *contact   `json:"contact"`
	Account     *named     `json:"account"`
	Tickets     []ticket   `json:"tickets"`
	QAReviews   []review   `json:"qa_reviews"`
	Files       []string   `json:"files,omitempty"` // of no message: of the interaction itself and of its activities
}

type named struct {
	Name  string  `json:"name"`
	Title *string `json:"title"`
}

type activity struct {
	Name        string   `json:"name"`
	Type        string   `json:"type"`
	State       *string  `json:"state"`
	Title       *string  `json:"title"`
	Description *string  `json:"description"`
	Queue       *string  `json:"queue"`
	User        *string  `json:"user"`
	Contact     *string  `json:"contact"`
	Ticket      *named   `json:"ticket"`
	Statuses    []string `json:"statuses"`
	Time        *string  `json:"time"`
	Opened      *string  `json:"opened"`
	Closed      *string  `json:"closed"`
	Duration    *int64   `json:"duration"`
	Ringing     *int64   `json:"ringing"`
	Focus       *int64   `json:"focus"`
	Disruptions *int64   `json:"disruptions"`
	Anomaly     bool     `json:"anomaly"`
}

type message struct {
	Name      string   `json:"name"`
	Direction string   `json:"direction"`
	Type      string   `json:"type"`
	Kind      string   `json:"kind"`
	Text      string   `json:"text"`
	Time      *string  `json:"time"`
	From      *string  `json:"from"`
	Delivery  *string  `json:"delivery"`
	Files     []string `json:"files"`
}

type step struct {
	Time  *string `json:"time"`
	Step  string  `json:"step"`
	Queue *string `json:"queue"`
	User  *string `json:"user"`
	Lasts *int64  `json:"lasts"`
	Text  *string `json:"text"`
}

type contact struct {
	Name    string   `json:"name"`
	Title   *string  `json:"title"`
	Numbers []string `json:"numbers"`
	Emails  []string `json:"emails"`
}

type ticket struct {
	Name     string  `json:"name"`
	Title    *string `json:"title"`
	Stage    *string `json:"stage"`
	Priority *string `json:"priority"`
}

type review struct {
	Name     string              `json:"name"`
	Activity string              `json:"activity"`
	Form     *string             `json:"form"`
	User     *string             `json:"user"`
	Score    *int64              `json:"score"`
	Answers  map[string][]string `json:"answers"`
}

func showOf(s profile.Story) showReply {
	d, zone := s.Detail, s.Zone
	r := showReply{
		Interaction: rowOf(&d.Record, zone), Activities: []activity{}, Messages: []message{}, Process: []step{},
		Tickets: []ticket{}, QAReviews: []review{}, Files: []string{},
	}
	for _, a := range d.Activities {
		r.Activities = append(r.Activities, activityOf(a, zone))
	}
	for _, m := range d.Messages {
		r.Messages = append(r.Messages, messageOf(m, zone))
	}
	for _, p := range s.Steps {
		r.Process = append(r.Process, step{
			Time: moment(p.TimeMs, zone), Step: p.Step, Queue: known(p.Queue), User: known(p.User), Lasts: number(p.LastsS), Text: known(p.Text),
		})
	}
	if c := d.Contact; c != nil {
		r.Contact = &contact{Name: c.Name, Title: known(c.Title), Numbers: texts(c.Numbers), Emails: texts(c.Emails)}
	}
	if a := d.Account; a != nil {
		r.Account = &named{Name: a.Name, Title: known(a.Title)}
	}
	for _, t := range d.Tickets {
		r.Tickets = append(r.Tickets, ticket{Name: t.Name, Title: known(t.Title), Stage: known(t.Stage), Priority: known(t.Priority)})
	}
	for _, f := range d.Files {
		r.Files = append(r.Files, f.Title)
	}
	forms := map[string]string{}
	for _, f := range d.Forms {
		forms[f.Name] = f.Title
	}
	for _, q := range d.Reviews {
		r.QAReviews = append(r.QAReviews, review{
			Name: q.Name, Activity: q.Activity, Form: known(forms[q.Form], q.Form), User: known(q.User.Title, q.User.Name),
			Score: number(q.Score), Answers: q.Answers,
		})
	}
	return r
}

func activityOf(a store.ActivityDetail, zone *time.Location) activity {
	out := activity{
		Name: a.Name, Type: a.Type, State: known(a.Action), Title: known(a.Title), Description: known(a.Description),
		Queue: known(a.Queue.Title, a.Queue.Name), User: known(a.User.Title, a.User.Name), Contact: known(a.Contact.Title, a.Contact.Name),
		Statuses: []string{}, Time: moment(a.TimeMs, zone), Opened: moment(a.TimeOpenMs, zone), Closed: moment(a.TimeCloseMs, zone),
		Duration: number(a.DurationS), Ringing: number(a.RingingS), Focus: number(a.FocusS), Disruptions: number(a.FocusDisruptions),
		Anomaly: a.Anomaly,
	}
	if a.Ticket != (listing.Ref{}) {
		out.Ticket = &named{Name: a.Ticket.Name, Title: known(a.Ticket.Title)}
	}
	for _, st := range a.Statuses {
		out.Statuses = append(out.Statuses, st.Title)
	}
	return out
}

func messageOf(m store.Message, zone *time.Location) message {
	out := message{
		Name: m.Name, Direction: m.Direction, Type: m.Type, Kind: m.Kind, Text: m.Text, Time: moment(m.TimeMs, zone),
		From: known(m.User.Title, m.From), Delivery: known(m.Delivery), Files: []string{},
	}
	for _, f := range m.Attachments {
		out.Files = append(out.Files, f.Title)
	}
	return out
}

func texts(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
