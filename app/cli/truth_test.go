package cli

import (
	"strconv"
	"time"

	"wapdesk/app/demo"
)

// The types below spell the contract out once more, so that a renamed key fails a test.

type listJSON struct {
	Total   int        `json:"total"`
	Rows    []rowJSON  `json:"rows"`
	Missing []spanJSON `json:"missing"`
}

type spanJSON struct {
	From string `json:"from"`
	To   string `json:"to"`
}

type rowJSON struct {
	Name       string  `json:"name"`
	Time       *string `json:"time"`
	Queue      *string `json:"queue"`
	User       *string `json:"user"`
	Contact    *string `json:"contact"`
	WA         *string `json:"wa"`
	Title      *string `json:"title"`
	Answered   *bool   `json:"answered"`
	Wait       *int64  `json:"wait"`
	Duration   *int64  `json:"duration"`
	Ended      string  `json:"ended"`
	Connector  *string `json:"connector"`
	Missed     string  `json:"missed"`
	MissedTime *string `json:"missed_time"`
	Direction  string  `json:"direction"`
	Anonymised bool    `json:"anonymised"`
}

type showJSON struct {
	Interaction rowJSON        `json:"interaction"`
	Activities  []activityJSON `json:"activities"`
	Messages    []messageJSON  `json:"messages"`
	Contact     *namedJSON     `json:"contact"`
	Account     *namedJSON     `json:"account"`
	Tickets     []namedJSON    `json:"tickets"`
	Reviews     []reviewJSON   `json:"qa_reviews"`
}

type namedJSON struct {
	Name  string  `json:"name"`
	Title *string `json:"title"`
}

type activityJSON struct {
	Name        string     `json:"name"`
	Type        string     `json:"type"`
	State       *string    `json:"state"`
	Title       *string    `json:"title"`
	Description *string    `json:"description"`
	Queue       *string    `json:"queue"`
	User        *string    `json:"user"`
	Contact     *string    `json:"contact"`
	Ticket      *namedJSON `json:"ticket"`
	Statuses    []string   `json:"statuses"`
	Time        *string    `json:"time"`
	Opened      *string    `json:"opened"`
	Closed      *string    `json:"closed"`
	Duration    *int64     `json:"duration"`
	Ringing     *int64     `json:"ringing"`
	Focus       *int64     `json:"focus"`
	Disruptions *int64     `json:"disruptions"`
}

type messageJSON struct {
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

type reviewJSON struct {
	Name     string              `json:"name"`
	Activity string              `json:"activity"`
	Form     *string             `json:"form"`
	User     *string             `json:"user"`
	Answers  map[string][]string `json:"answers"`
}

// truth says what the contact centre holds in the words of the command line.
type truth struct {
	*demo.Data
	users, queues, connectors, contacts, accounts, statuses, forms, tickets map[string]string // titles by unique name
	accountOf                                                               map[string]string // of contacts
	reviews                                                                 map[string][]*demo.Review
}

func truthOf(s *site) *truth {
	d := s.Data()
	w := &truth{
		Data: d, users: map[string]string{}, queues: map[string]string{}, connectors: map[string]string{},
		contacts: map[string]string{}, accounts: map[string]string{}, statuses: map[string]string{}, forms: map[string]string{},
		tickets: map[string]string{}, accountOf: map[string]string{}, reviews: map[string][]*demo.Review{},
	}
	for _, x := range d.Users {
		w.users[x.Name] = x.Title
	}
	for _, x := range d.Queues {
		w.queues[wire(x.Name)] = x.Title
	}
	for _, x := range d.Connectors {
		w.connectors[x.Name] = x.Title
	}
	for _, x := range d.Contacts {
		w.contacts[x.Name], w.accountOf[x.Name] = x.Title, x.Account
	}
	for _, x := range d.Accounts {
		w.accounts[x.Name] = x.Title
	}
	for _, x := range d.Statuses {
		w.statuses[x.Name] = x.Title
	}
	for _, x := range d.Forms {
		w.forms[x.Name] = x.Title
	}
	for _, x := range d.Tickets {
		w.tickets[wire(x.Name)] = x.Title
	}
	for _, x := range d.Reviews {
		w.reviews[x.Activity] = append(w.reviews[x.Activity], x)
	}
	return w
}

// wire writes a number that is a name; 0 is none.
func wire(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func (w *truth) erased(i *demo.Interaction) bool {
	for _, a := range w.ActivitiesOf(i) {
		if a.Anonymised {
			return true
		}
	}
	return false
}

// row is the interaction as `list --json` has to give it.
func (w *truth) row(i *demo.Interaction) rowJSON {
	r := rowJSON{
		Name: i.Name, Time: w.at(i.Time), Queue: some(w.queues[wire(i.Queue)]), User: some(w.users[i.User]), Contact: some(w.contacts[i.Contact]),
		Title: some(i.Title), Answered: i.Answered, Wait: seconds(i.WaitTime), Duration: seconds(i.Duration), Ended: i.Disconnection,
		Connector: some(w.connectors[i.Connector]), Missed: i.Missed, MissedTime: w.at(i.MissedTime), Direction: i.Direction,
		Anonymised: w.erased(i),
	}
	if i.External != nil {
		r.WA = some(i.External.FullName)
	}
	return r
}

// show is the interaction as `show --json` has to give it, without its process.
func (w *truth) show(i *demo.Interaction) showJSON {
	s := showJSON{
		Interaction: w.row(i), Activities: []activityJSON{}, Messages: []messageJSON{}, Tickets: []namedJSON{}, Reviews: []reviewJSON{},
	}
	if i.Contact != "" {
		s.Contact = &namedJSON{i.Contact, some(w.contacts[i.Contact])}
		if account := w.accountOf[i.Contact]; account != "" {
			s.Account = &namedJSON{account, some(w.accounts[account])}
		}
	}
	seen := map[int64]bool{}
	for _, a := range w.ActivitiesOf(i) {
		if w.erased(i) {
			// A ticket's title speaks of the customer: an erasure here unlinks it, although the
			// contact centre keeps it beside its anonymised activity.
			kept := *a
			kept.Ticket = 0
			a = &kept
		}
		s.Activities = append(s.Activities, w.activity(a))
		if a.Ticket != 0 && !seen[a.Ticket] {
			seen[a.Ticket] = true
			s.Tickets = append(s.Tickets, namedJSON{wire(a.Ticket), some(w.tickets[wire(a.Ticket)])})
		}
		for _, q := range w.reviews[a.Name] {
			s.Reviews = append(s.Reviews, reviewJSON{q.Name, q.Activity, some(w.forms[q.Form]), some(w.users[q.User]), q.Answers})
		}
	}
	for _, m := range w.Data.Messages(i) {
		s.Messages = append(s.Messages, w.message(m))
	}
	return s
}

func (w *truth) activity(a *demo.Activity) activityJSON {
	out := activityJSON{
		Name: a.Name, Type: a.Type, State: some(a.Action), Title: some(a.Title), Description: some(a.Description),
		Queue: some(w.queues[wire(a.Queue)]), User: some(w.users[a.User]), Contact: some(w.contacts[a.Contact]), Statuses: []string{},
		Time: w.at(a.Time), Opened: w.at(a.TimeOpen), Closed: w.at(a.TimeClose), Duration: seconds(a.Duration),
		Ringing: seconds(a.RingingTime), Focus: seconds(a.FocusTime), Disruptions: seconds(a.FocusDisruptions),
	}
	if a.Ticket != 0 {
		out.Ticket = &namedJSON{wire(a.Ticket), some(w.tickets[wire(a.Ticket)])}
	}
	for _, s := range a.Statuses {
		out.Statuses = append(out.Statuses, w.statuses[s])
	}
	return out
}

func (w *truth) message(m demo.Message) messageJSON {
	out := messageJSON{
		Name: m.Name, Direction: m.Direction, Type: m.Type, Kind: string(m.Kind), Text: m.Text, Time: w.at(m.Time),
		From: some(w.users[m.User]), Delivery: some(m.Delivery), Files: []string{},
	}
	if out.From == nil && m.Coworkers {
		out.From = some("COWORKERS")
	}
	for _, f := range m.Files {
		out.Files = append(out.Files, f.Title)
	}
	return out
}

func (w *truth) at(s demo.Stamp) *string {
	if s == 0 {
		return nil
	}
	return some(s.In(w.Zone).Format(time.RFC3339))
}

func some(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func seconds(n int64) *int64 {
	if n == demo.Unknown {
		return nil
	}
	return &n
}
