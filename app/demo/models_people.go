package demo

// userModel is the users; those outside the viewer's rights are not listed, and shown reduced
// where a row names them.
func userModel() *model {
	rows, find, see := lister(
		func(w *world) *table[User] { return &w.users },
		func(q *ask, u *User) bool { return q.viewer.knows(u.Name) && !q.server.left.users[u.Name] },
	)
	return &model{
		name: "users", rows: rows, find: find, visible: see, reduce: reduceUser,
		sorts:  []string{"name", "title"},
		search: []string{"name", "title", "alias"},
		attrs: map[string]attr{
			"name":             scalar(func(u *User) string { return u.Name }),
			"title":            scalar(func(u *User) string { return u.Title }),
			"alias":            orNull(func(u *User) string { return u.Alias }),
			"description":      orNull(func(u *User) string { return u.Description }),
			"type":             scalar(func(u *User) string { return u.Type }),
			"email":            orNull(func(u *User) string { return u.Email }),
			"extension":        orNull(func(u *User) string { return u.Extension }),
			"extension_state":  constant(""),
			"presence_state":   constant(""),
			"role":             key("roles", func(u *User) string { return u.Role }),
			"profile":          key("profiles", func(u *User) string { return u.Profile }),
			"timezone":         scalar(func(u *User) string { return u.Timezone }),
			"frontend_version": constant("react"),
			"icon":             constant(nil),
			"emoji":            constant(nil),
			"nps_score":        constant(nil),
			"options":          raw(func(*ask, *User) any { return emptyList() }),
			"deactivated":      scalar(func(u *User) bool { return u.Deactivated }),
		},
		relations: map[string]relation{
			"queues": relatedList("queues", func(_ *ask, row any) []string { return numbersOf(row.(*User).Queues) }),
			"groups": relatedList("groups", func(_ *ask, row any) []string { return row.(*User).Groups }),
		},
	}
}

// reduceUser names what is shown of a user outside the rights: for some nothing at all.
func reduceUser(q *ask, row any) []string {
	u := row.(*User)
	switch {
	case q.oddities.ReducedRefs:
		return []string{"title", "alias"}
	case q.viewer.knows(u.Name):
		return nil
	case u.Type == "BO":
		return []string{}
	}
	return []string{"title", "alias"}
}

// reduceQueue names what is shown of a queue that a row names: everything but in releases that
// give the title alone.
func reduceQueue(q *ask, _ any) []string {
	if q.oddities.ReducedRefs {
		return []string{"title"}
	}
	return nil
}

func queueModel() *model {
	rows, find, see := lister(
		func(w *world) *table[Queue] { return &w.queues },
		func(q *ask, queue *Queue) bool {
			return q.viewer.scope.queues[queue.Name] && !q.server.left.queues[queue.Name]
		},
	)
	return &model{
		name: "queues", rows: rows, find: find, visible: see, reduce: reduceQueue,
		sorts:  []string{"name", "title"},
		search: []string{"title", "alias"},
		attrs: map[string]attr{
			"name":        scalar(func(q *Queue) int64 { return q.Name }),
			"title":       scalar(func(q *Queue) string { return q.Title }),
			"alias":       orNull(func(q *Queue) string { return q.Alias }),
			"description": orNull(func(q *Queue) string { return q.Description }),
			"type":        scalar(func(q *Queue) string { return q.Type }),
			"direction":   scalar(func(q *Queue) string { return q.Direction }),
			"options":     raw(func(*ask, *Queue) any { return emptyList() }),
			"deactivated": scalar(func(q *Queue) bool { return q.Deactivated }),
		},
		relations: map[string]relation{
			"groups":  relatedList("groups", func(_ *ask, row any) []string { return row.(*Queue).Groups }),
			"qaforms": relatedList("qaforms", func(_ *ask, row any) []string { return row.(*Queue).Forms }),
		},
	}
}

func groupModel() *model {
	rows, find, see := lister(func(w *world) *table[Group] { return &w.groups }, nil)
	return &model{
		name: "groups", rows: rows, find: find, visible: see,
		sorts: []string{"name", "title"},
		attrs: map[string]attr{
			"name":        scalar(func(g *Group) string { return g.Name }),
			"title":       scalar(func(g *Group) string { return g.Title }),
			"description": orNull(func(g *Group) string { return g.Description }),
			"type":        scalar(func(g *Group) string { return g.Type }),
			"membersName": raw(func(q *ask, g *Group) any {
				if q.oddities.NoMembers {
					return nil
				}
				return append([]string{}, g.Members...)
			}),
		},
	}
}

// connectorModel exists only inside interactions. It carries secrets, so that a test can prove
// that nobody asks for them.
func connectorModel() *model {
	_, find, see := lister(func(w *world) *table[Connector] { return &w.connectors }, nil)
	return &model{
		name: "connectors", find: find, visible: see,
		attrs: map[string]attr{
			"name":             scalar(func(c *Connector) string { return c.Name }),
			"title":            scalar(func(c *Connector) string { return c.Title }),
			"description":      orNull(func(c *Connector) string { return c.Description }),
			"number":           scalar(func(c *Connector) string { return c.Number }),
			"whatsappNumberID": scalar(func(c *Connector) string { return "1" + c.Number }),
			"channelID":        scalar(func(c *Connector) string { return "ch_" + c.Name }),
			"nextDestination":  scalar(func(c *Connector) string { return c.NextDestination }),
			"apiToken":         scalar(func(c *Connector) string { return c.APIToken }),
			"accessToken":      scalar(func(c *Connector) string { return c.AccessToken }),
			"authorized":       constant(true),
			"isChanged":        constant(false),
			"production":       constant(true),
		},
	}
}

func statusModel() *model {
	rows, find, see := lister(func(w *world) *table[Status] { return &w.statuses }, nil)
	return &model{
		name: "statuses", rows: rows, find: find, visible: see,
		sorts: []string{"name", "title"},
		attrs: map[string]attr{
			"name":        scalar(func(s *Status) string { return s.Name }),
			"title":       scalar(func(s *Status) string { return s.Title }),
			"description": orNull(func(s *Status) string { return s.Description }),
			"color":       scalar(func(s *Status) string { return s.Color }),
			"validation":  constant(false),
			"nextcall":    constant(nil),
		},
	}
}

func roleModel() *model {
	rows, find, see := lister(func(w *world) *table[Role] { return &w.roles }, nil)
	return &model{
		name: "roles", rows: rows, find: find, visible: see,
		sorts: []string{"name", "title"},
		attrs: map[string]attr{
			"name":    scalar(func(r *Role) string { return r.Name }),
			"title":   scalar(func(r *Role) string { return r.Title }),
			"type":    scalar(func(r *Role) string { return r.Type }),
			"options": raw(func(_ *ask, r *Role) any { return object(r.Options) }),
		},
	}
}

func profileModel() *model {
	rows, find, see := lister(func(w *world) *table[Profile] { return &w.profiles }, nil)
	return &model{
		name: "profiles", rows: rows, find: find, visible: see,
		sorts: []string{"name", "title"},
		attrs: map[string]attr{
			"name":                 scalar(func(p *Profile) string { return p.Name }),
			"title":                scalar(func(p *Profile) string { return p.Title }),
			"deleteMissedActivity": constant(true),
			"maxActivities":        constant(int64(10)),
		},
	}
}
