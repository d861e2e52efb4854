package demo

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// table is the rows of one model in their order, found by unique name as well. Rows are
// replaced, never changed, so that a snapshot may share them.
type table[T any] struct {
	rows   []*T
	byName map[string]*T
	key    func(*T) string
}

func newTable[T any](key func(*T) string) table[T] {
	return table[T]{byName: map[string]*T{}, key: key}
}

func (t *table[T]) add(rows ...*T) {
	t.rows = append(t.rows, rows...)
	for _, row := range rows {
		t.byName[t.key(row)] = row
	}
}

func (t *table[T]) get(name string) *T { return t.byName[name] }

// change replaces a row by a changed copy and gives the copy, or nil when there is no such row.
func (t *table[T]) change(name string, edit func(*T)) *T {
	old := t.byName[name]
	if old == nil {
		return nil
	}
	row := *old
	edit(&row)
	t.rows[slices.Index(t.rows, old)] = &row
	t.byName[name] = &row
	return &row
}

func (t *table[T]) remove(name string) bool {
	row := t.byName[name]
	if row == nil {
		return false
	}
	delete(t.byName, name)
	at := slices.Index(t.rows, row)
	t.rows = slices.Delete(t.rows, at, at+1)
	return true
}

// world is everything the server holds.
type world struct {
	zone         *time.Location
	seed         *seeder
	interactions table[Interaction]
	activities   table[Activity]
	users        table[User]
	queues       table[Queue]
	groups       table[Group]
	connectors   table[Connector]
	statuses     table[Status]
	roles        table[Role]
	profiles     table[Profile]
	databases    table[Database]
	accounts     table[Account]
	contacts     table[Contact]
	categories   table[Category]
	tickets      table[Ticket]
	templates    table[Template]
	forms        table[Form]
	reviews      table[Review]

	ofContact  map[string][]string // contact → names of activities
	ofTicket   map[int64][]string  // ticket → names of activities
	ofActivity map[string][]string // activity → names of reviews
	parents    map[int64]bool      // tickets that have children
}

func newWorld(zone *time.Location) *world {
	return &world{
		zone:         zone,
		interactions: newTable(func(r *Interaction) string { return r.Name }),
		activities:   newTable(func(r *Activity) string { return r.Name }),
		users:        newTable(func(r *User) string { return r.Name }),
		queues:       newTable(func(r *Queue) string { return number(r.Name) }),
		groups:       newTable(func(r *Group) string { return r.Name }),
		connectors:   newTable(func(r *Connector) string { return r.Name }),
		statuses:     newTable(func(r *Status) string { return r.Name }),
		roles:        newTable(func(r *Role) string { return r.Name }),
		profiles:     newTable(func(r *Profile) string { return r.Name }),
		databases:    newTable(func(r *Database) string { return r.Name }),
		accounts:     newTable(func(r *Account) string { return r.Name }),
		contacts:     newTable(func(r *Contact) string { return r.Name }),
		categories:   newTable(func(r *Category) string { return r.Name }),
		tickets:      newTable(func(r *Ticket) string { return number(r.Name) }),
		templates:    newTable(func(r *Template) string { return r.Name }),
		forms:        newTable(func(r *Form) string { return r.Name }),
		reviews:      newTable(func(r *Review) string { return r.Name }),
		ofContact:    map[string][]string{},
		ofTicket:     map[int64][]string{},
		ofActivity:   map[string][]string{},
		parents:      map[int64]bool{},
	}
}

// snapshot copies the lists, not the rows.
func (w *world) snapshot() *Data {
	return &Data{
		Zone:         w.zone,
		Interactions: slices.Clone(w.interactions.rows),
		Activities:   slices.Clone(w.activities.rows),
		Users:        slices.Clone(w.users.rows),
		Queues:       slices.Clone(w.queues.rows),
		Groups:       slices.Clone(w.groups.rows),
		Connectors:   slices.Clone(w.connectors.rows),
		Statuses:     slices.Clone(w.statuses.rows),
		Roles:        slices.Clone(w.roles.rows),
		Profiles:     slices.Clone(w.profiles.rows),
		Databases:    slices.Clone(w.databases.rows),
		Accounts:     slices.Clone(w.accounts.rows),
		Contacts:     slices.Clone(w.contacts.rows),
		Categories:   slices.Clone(w.categories.rows),
		Tickets:      slices.Clone(w.tickets.rows),
		Templates:    slices.Clone(w.templates.rows),
		Forms:        slices.Clone(w.forms.rows),
		Reviews:      slices.Clone(w.reviews.rows),
		seed:         w.seed,
		byName:       maps.Clone(w.interactions.byName),
		work:         maps.Clone(w.activities.byName),
	}
}

// link notes an activity under its contact and ticket.
func (w *world) link(a *Activity) {
	if a.Contact != "" {
		w.ofContact[a.Contact] = append(w.ofContact[a.Contact], a.Name)
	}
	if a.Ticket != 0 {
		w.ofTicket[a.Ticket] = append(w.ofTicket[a.Ticket], a.Name)
	}
}

// unlink forgets an activity's contact and ticket.
func (w *world) unlink(a *Activity) {
	same := func(name string) bool { return name == a.Name }
	w.ofContact[a.Contact] = slices.DeleteFunc(w.ofContact[a.Contact], same)
	w.ofTicket[a.Ticket] = slices.DeleteFunc(w.ofTicket[a.Ticket], same)
}

// addActivities stores activities in the order of their time and links them.
func (w *world) addActivities(list ...*Activity) {
	w.activities.add(list...)
	for _, a := range list {
		w.link(a)
	}
}

// changeActivity edits an activity and keeps the links right.
func (w *world) changeActivity(name string, edit func(*Activity)) *Activity {
	old := w.activities.get(name)
	if old == nil {
		return nil
	}
	w.unlink(old)
	row := w.activities.change(name, edit)
	w.link(row)
	return row
}

func (w *world) addReview(r *Review) {
	w.reviews.add(r)
	w.ofActivity[r.Activity] = append(w.ofActivity[r.Activity], r.Name)
}

func (w *world) addTicket(t *Ticket) {
	w.tickets.add(t)
	if t.Parent != 0 {
		w.parents[t.Parent] = true
	}
}

// sortByTime puts interactions and activities in the order of their time, which scans rely on.
func (w *world) sortByTime() {
	slices.SortStableFunc(w.interactions.rows, func(a, b *Interaction) int { return cmp.Compare(a.Time, b.Time) })
	slices.SortStableFunc(w.activities.rows, func(a, b *Activity) int { return cmp.Compare(a.Time, b.Time) })
}
