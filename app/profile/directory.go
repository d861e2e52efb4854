package profile

import (
	"context"
	"slices"
	"strings"
	"sync"

	"wapdesk/store"
	"wapdesk/store/query"
)

// Directory knows the users, queues and their groups by name and by title.
type Directory struct {
	usersOff  map[string]bool
	queuesOff map[string]bool
	// titles gives the title of each value of a field (group values with their prefix),
	// names the unique names of each title, mostly one.
	titles map[string]map[string]string
	names  map[string]map[string][]string
}

// directoryCache reads the directory once and again after a sync changed it.
type directoryCache struct {
	mu   sync.Mutex
	held *Directory
}

func (c *directoryCache) drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held = nil
}

// Directory returns the users and queues as they are stored now.
func (p *Profile) Directory(ctx context.Context) (*Directory, error) {
	p.dir.mu.Lock()
	defer p.dir.mu.Unlock()
	if p.dir.held != nil {
		return p.dir.held, nil
	}
	users, err := p.db.Users(ctx)
	if err != nil {
		return nil, err
	}
	queues, err := p.db.Queues(ctx)
	if err != nil {
		return nil, err
	}
	groups, err := p.db.Groups(ctx)
	if err != nil {
		return nil, err
	}
	d := &Directory{
		usersOff: map[string]bool{}, queuesOff: map[string]bool{},
		titles: map[string]map[string]string{query.FieldUser: {}, query.FieldQueue: {}},
		names:  map[string]map[string][]string{query.FieldUser: {}, query.FieldQueue: {}},
	}
	for _, u := range users {
		d.usersOff[u.Name] = u.Deactivated
		d.add(query.FieldUser, u.Name, u.Title)
	}
	for _, q := range queues {
		d.queuesOff[q.Name] = q.Deactivated
		d.add(query.FieldQueue, q.Name, q.Title)
	}
	for _, g := range groups {
		field := query.FieldUser
		if g.Kind == "queues" {
			field = query.FieldQueue
		}
		d.add(field, query.GroupPrefix+g.Name, query.GroupPrefix+g.Title)
	}
	p.dir.held = d
	return d, nil
}

// UserOff reports whether a user is deactivated.
func (d *Directory) UserOff(name string) bool { return d.usersOff[name] }

// QueueOff reports whether a queue is deactivated.
func (d *Directory) QueueOff(name string) bool { return d.queuesOff[name] }

func (d *Directory) add(field, name, title string) {
	d.titles[field][name] = title
	key := query.Fold(title)
	d.names[field][key] = append(d.names[field][key], name)
}

// named returns the unique name that a person's value means: a unique name stays as it is, a
// title becomes the name of the one who bears it, and what nobody bears stays. So does a title
// that rows give without a name, which stands for all of them. A title that several names bear is
// an error: only a unique name tells them apart.
func (d *Directory) named(field, value string) (string, error) {
	if _, known := d.titles[field][value]; known {
		return value, nil
	}
	var bearers []string
	all := d.names[field][query.Fold(value)]
	for _, name := range all {
		if !store.MadeUp(name) {
			bearers = append(bearers, name)
		}
	}
	switch {
	case len(bearers) > 1:
		slices.Sort(bearers)
		return "", &AmbiguousError{What: field, Title: value, Names: bearers}
	case len(all) == 1:
		return all[0], nil
	}
	return value, nil
}

// knows reports whether something bears a name or a title.
func (d *Directory) knows(field, value string) bool {
	_, named := d.titles[field][value]
	return named || len(d.names[field][query.Fold(value)]) > 0
}

// titled is the way back, for text that people read.
func (d *Directory) titled(field, value string) string {
	title, known := d.titles[field][value]
	if !known || strings.TrimSpace(title) == "" || len(d.names[field][query.Fold(title)]) != 1 {
		return value
	}
	return title
}

// mapped returns a copy of a filter with its users and queues written another way.
func mapped(n *query.Node, to func(field, value string) string) *query.Node {
	if n == nil {
		return nil
	}
	out := *n
	if field := n.Field; field == query.FieldUser || field == query.FieldQueue || field == query.FieldTook {
		if field == query.FieldTook {
			field = query.FieldUser
		}
		out.Values = make([]string, len(n.Values))
		for i, v := range n.Values {
			out.Values[i] = to(field, v)
		}
	}
	out.And, out.Or = mappedAll(n.And, to), mappedAll(n.Or, to)
	return &out
}

func mappedAll(nodes []query.Node, to func(field, value string) string) []query.Node {
	if nodes == nil {
		return nil
	}
	out := make([]query.Node, len(nodes))
	for i := range nodes {
		out[i] = *mapped(&nodes[i], to)
	}
	return out
}

// ResolveNames returns the unique names that a person's values of a field mean. A name that
// nobody bears is an error, and so is a title that several bear.
func (p *Profile) ResolveNames(ctx context.Context, field string, values []string) ([]string, error) {
	if len(values) == 0 {
		return []string{}, nil
	}
	dir, err := p.Directory(ctx)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(values))
	for i, v := range values {
		name, err := dir.named(field, v)
		if err != nil {
			return nil, err
		}
		if !dir.knows(field, name) && v != query.NoneValue {
			return nil, &UnknownError{What: field, Name: v}
		}
		names[i] = name
	}
	return names, nil
}

// Parse reads the text form of a filter, with titles or unique names of users and queues, and
// returns it with their unique names. A title that several bear is an error.
func (p *Profile) Parse(ctx context.Context, text string) (*query.Node, error) {
	where, err := query.Parse(text)
	if err != nil {
		return nil, err
	}
	dir, err := p.Directory(ctx)
	if err != nil {
		return nil, err
	}
	var ambiguous error
	named := mapped(where, func(field, value string) string {
		name, err := dir.named(field, value)
		if err != nil && ambiguous == nil {
			ambiguous = err
		}
		return name
	})
	if ambiguous != nil {
		return nil, ambiguous
	}
	return named, nil
}

// FormatWhere writes conditions in their text form, with field names in the language, and with the
// titles of users and queues, which people know, instead of their unique names.
func (p *Profile) FormatWhere(ctx context.Context, where *query.Node, lang string) (string, error) {
	dir, err := p.Directory(ctx)
	if err != nil {
		return "", err
	}
	return query.Format(mapped(where, dir.titled), lang), nil
}
