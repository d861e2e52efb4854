package syncer

import (
	"context"
	"fmt"
	"sync"

	"wapdesk/app/daktela"
	"wapdesk/store"
	"wapdesk/store/listing"

	"golang.org/x/sync/errgroup"
)

// whoAmI checks the connection and learns the server's clock and zone.
func (p *pull) whoAmI(ctx context.Context) error {
	who, err := p.client.Whoim(ctx)
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	p.who = who
	zone, known, err := zoneOf(ctx, p.db, who.Clock.Zone)
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	p.convert.zone = zone
	if !known {
		p.result.ZoneUnknown, p.result.ZoneUsed = who.Clock.Zone, zone.Name()
		p.log.Warn("the contact centre names an unknown time zone", "used", zone.Name())
	}
	now, ok := p.convert.zone.UTC(who.Clock.Time)
	if !ok {
		return &daktela.MalformedError{Call: daktela.Call{Op: "GET whoim"}, Why: "it does not tell the time"}
	}
	p.nowMs = now
	p.result.ServerTime = rfc3339(now, p.convert.zone.Location())
	return nil
}

// people reads the users and queues that are listed for the token's user, which are the rights,
// and the accesses of the role. What is not given stays nil.
func (p *pull) people(ctx context.Context) (store.Directory, store.Rights, error) {
	var d store.Directory
	rights := store.Rights{Login: store.Name(p.who.User.Name)}
	given, err := p.db.Rights(ctx)
	if err != nil {
		return d, rights, err
	}
	p.never = map[string]bool{ListUsers: len(given.Users) == 0, ListQueues: len(given.Queues) == 0}
	users, err := readList(p, ListUsers, p.client.Users.All(ctx, daktela.Query{}))
	if err != nil {
		return d, rights, fmt.Errorf("read users: %w", err)
	}
	if users != nil {
		rights.Users = []store.Name{rights.Login}
	}
	for _, u := range users {
		name := store.Name(u.Name)
		if name == "" {
			continue // reduced by missing rights
		}
		d.Users = append(d.Users, store.User{Name: name, Title: u.Title.Value, Alias: u.Alias.Value, Deactivated: !u.Active()})
		if name != rights.Login {
			rights.Users = append(rights.Users, name)
		}
	}
	queues, err := readList(p, ListQueues, p.client.Queues.All(ctx, daktela.Query{}))
	if err != nil {
		return d, rights, fmt.Errorf("read queues: %w", err)
	}
	if queues != nil {
		rights.Queues = []store.Name{}
	}
	for _, q := range queues {
		name := store.Name(q.Name)
		if name == "" {
			continue
		}
		d.Queues = append(d.Queues, store.Queue{Name: name, Title: q.Title.Value, Type: q.Type.Value, Deactivated: !q.Active()})
		rights.Queues = append(rights.Queues, name)
	}
	rights.Accesses, err = p.accesses(ctx)
	return d, rights, err
}

// accesses reads the accesses of the role, which whoim carries in some releases. Nil when neither
// tells them.
func (p *pull) accesses(ctx context.Context) (map[string]int64, error) {
	role := p.who.User.Role.Value
	if role.Options == nil {
		var err error
		if role, err = p.client.UserRole(ctx, p.who.User.Name); optional(err) {
			p.lacks(ListRole, err)
			return nil, nil
		} else if err != nil {
			return nil, fmt.Errorf("read the role: %w", err)
		}
	}
	accesses := map[string]int64{}
	for module, bits := range role.Options {
		accesses[module] = bits
	}
	return accesses, nil
}

// directory reads everything that interactions refer to by name, and puts the
// rights in force.
func (p *pull) directory(ctx context.Context) error {
	d, rights, err := p.people(ctx)
	if err != nil {
		return err
	}
	if d.Groups, err = p.groups(ctx, d); err != nil {
		return fmt.Errorf("read groups: %w", err)
	}
	if d.Forms, err = p.forms(ctx, d.Queues); err != nil {
		return fmt.Errorf("read QA forms: %w", err)
	}
	statuses, err := readList(p, ListStatuses, p.client.Statuses.All(ctx, daktela.Query{}))
	if err != nil {
		return fmt.Errorf("read statuses: %w", err)
	}
	for _, s := range statuses {
		d.Statuses = append(d.Statuses, store.Status{Name: store.Name(s.Name), Title: s.Title.Value, Color: s.Color.Value})
	}
	databases, err := readList(p, ListDatabases, p.client.Databases.All(ctx, daktela.Query{}))
	if err != nil {
		return fmt.Errorf("read databases: %w", err)
	}
	// The default database comes first, which is what a new contact is offered.
	for _, first := range []bool{true, false} {
		for _, b := range databases {
			if b.Default.Value == first {
				d.Databases = append(d.Databases, listing.Ref{Name: string(b.Name), Title: b.Title.Value})
			}
		}
	}
	if err := p.db.ApplyDirectory(ctx, d); err != nil {
		return err
	}
	change, err := p.db.ApplyRights(ctx, rights)
	if err != nil || !change.Hidden {
		return err
	}
	return p.decideHidden(ctx)
}

// groups reads the groups of users and queues with their members, which come
// with the row in some releases and from the members' side in others.
func (p *pull) groups(ctx context.Context, d store.Directory) ([]store.Group, error) {
	wire, err := readList(p, ListGroups, p.client.Groups.All(ctx, daktela.Query{}))
	if err != nil || wire == nil {
		return nil, err
	}
	groups := []store.Group{}
	at := map[store.Name]int{}
	withMembers := false
	for _, g := range wire {
		if kind := g.Type.Value; kind != daktela.GroupUsers && kind != daktela.GroupQueues {
			continue
		}
		withMembers = withMembers || g.Members != nil
		at[store.Name(g.Name)] = len(groups)
		group := store.Group{Name: store.Name(g.Name), Title: g.Title.Value, Kind: g.Type.Value, Members: []store.Name{}}
		for _, m := range g.Members {
			group.Members = append(group.Members, store.Name(m))
		}
		groups = append(groups, group)
	}
	if withMembers || len(groups) == 0 {
		return groups, nil
	}
	stored, err := p.db.Groups(ctx)
	if err != nil {
		return nil, err
	}
	var mu sync.Mutex
	join := func(member, group store.Name) {
		if i, ok := at[group]; ok {
			groups[i].Members = append(groups[i].Members, member)
		}
	}
	// keep leaves members of a kind of group where they were: only one, or all without a name.
	keep := func(kind string, only store.Name) {
		for _, g := range stored {
			for _, member := range g.Members {
				if g.Kind == kind && (only == "" || only == member) {
					join(member, g.Name)
				}
			}
		}
	}
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(p.workers())
	ask := func(kind string, member store.Name, groupsOf func(context.Context, daktela.Name) ([]daktela.Group, error)) {
		work.Go(func() error {
			of, err := groupsOf(ctx, daktela.Name(member))
			mu.Lock()
			defer mu.Unlock()
			if NotGiven(err) {
				keep(kind, member)
				return nil
			}
			for _, g := range of {
				join(member, store.Name(g.Name))
			}
			return err
		})
	}
	if d.Users == nil { // not read, so that there is nobody to ask about
		keep(daktela.GroupUsers, "")
	}
	if d.Queues == nil {
		keep(daktela.GroupQueues, "")
	}
	for _, u := range d.Users {
		ask(daktela.GroupUsers, u.Name, p.client.UserGroups)
	}
	for _, q := range d.Queues {
		ask(daktela.GroupQueues, q.Name, p.client.QueueGroups)
	}
	return groups, work.Wait()
}

// forms reads the QA forms and which WhatsApp queues use them. Where that is not told it stays as it was,
// and a form of which it was never told is offered for every queue.
func (p *pull) forms(ctx context.Context, queues []store.Queue) ([]store.QAForm, error) {
	wire, err := readList(p, ListForms, p.client.QAForms.All(ctx, daktela.Query{}))
	if err != nil || wire == nil {
		return nil, err
	}
	told := queues != nil
	users := map[daktela.Name][]store.Name{}
	for _, q := range queues {
		if len(wire) == 0 || q.Type != daktela.QueueWhatsApp {
			continue
		}
		used, err := p.client.QueueForms(ctx, daktela.Name(q.Name))
		if NotGiven(err) {
			told = false
			break
		}
		if err != nil {
			return nil, err
		}
		for _, f := range used {
			users[f.Name] = append(users[f.Name], q.Name)
		}
	}
	if !told {
		stored, err := p.db.Forms(ctx, "")
		if err != nil {
			return nil, err
		}
		clear(users)
		for _, f := range stored {
			users[daktela.Name(f.Name)] = f.Queues
		}
	}
	forms := []store.QAForm{}
	for _, f := range wire {
		forms = append(forms, form(f, users[f.Name]))
	}
	return forms, nil
}
