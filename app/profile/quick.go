package profile

import (
	"cmp"
	"context"
	"strings"
	"unicode/utf8"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

const (
	// quickHits is how many of each kind the quick field offers.
	quickHits = 5
	// leastWord is how many letters of a word in messages are looked for; fewer begin nearly every one.
	leastWord = 3
)

// QuickInteraction is an interaction that a text leads to.
type QuickInteraction struct {
	Name   string `json:"name"`
	Title  string `json:"title" personal:"name"`
	Number string `json:"number" personal:"text"`
	TimeMs int64  `json:"timeMs"`
	Queue  string `json:"queue"`
	User   string `json:"user"`
}

// QuickContact is a contact that a text leads to.
type QuickContact struct {
	Title string `json:"title" personal:"asked"`
	Shown string `json:"shown" personal:"name"`
	Count int    `json:"count"` // interactions
}

// QuickValue is a user or a queue that a text leads to.
type QuickValue struct {
	Value string `json:"value"`
	Title string `json:"title"`
	Count int    `json:"count"` // interactions
}

// Quick is where a text leads, the best of each kind first, with how many there are in all.
type Quick struct {
	Interactions      []QuickInteraction `json:"interactions"` // newest first
	InteractionsTotal int                `json:"interactionsTotal"`
	Contacts          []QuickContact     `json:"contacts"`
	ContactsTotal     int                `json:"contactsTotal"`
	Users             []QuickValue       `json:"users"`
	UsersTotal        int                `json:"usersTotal"`
	Queues            []QuickValue       `json:"queues"`
	QueuesTotal       int                `json:"queuesTotal"`
}

// Quick returns where a text leads among what is stored and may be seen. What leads nowhere is left out.
func (p *Profile) Quick(ctx context.Context, text string) (Quick, error) {
	q := Quick{Interactions: []QuickInteraction{}, Contacts: []QuickContact{}}
	view, scope, err := p.engineAndScope(ctx, Filter{Time: Period{Preset: AllTime}})
	if err != nil {
		return q, err
	}
	found, err := view.Names(ctx, text, scope, quickHits)
	if err != nil {
		return q, err
	}
	q.InteractionsTotal, q.ContactsTotal, q.UsersTotal, q.QueuesTotal = found.RowsTotal, found.ContactsTotal, found.UsersTotal, found.QueuesTotal
	for i := range found.Rows {
		r := &found.Rows[i]
		q.Interactions = append(q.Interactions, QuickInteraction{
			Name: r.Name, Title: cmp.Or(r.Contact.Title, r.WA, r.Title), Number: cmp.Or(r.WANumber, r.Sender), TimeMs: r.TimeMs,
			Queue: r.Queue.Title, User: r.User.Title,
		})
	}
	for _, c := range found.Contacts {
		q.Contacts = append(q.Contacts, QuickContact{Title: c.Title, Shown: c.Title, Count: c.Count})
	}
	q.Users, q.Queues = quickValues(found.Users), quickValues(found.Queues)
	return q, nil
}

func quickValues(facets []listing.Facet) []QuickValue {
	values := make([]QuickValue, 0, len(facets))
	for _, f := range facets {
		values = append(values, QuickValue{Value: f.Value, Title: f.Title, Count: f.Count})
	}
	return values
}

// QuickWords counts the interactions in whose messages the words of a text stand; 0 where they are too short to be
// looked for.
func (p *Profile) QuickWords(ctx context.Context, text string) (int, error) {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) < leastWord {
		return 0, nil
	}
	f := Filter{Time: Period{Preset: AllTime}, Where: &query.Node{Field: query.FieldText, Op: query.Contains, Values: []string{text}}}
	return p.Count(ctx, f)
}
