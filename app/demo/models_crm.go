package demo

func databaseModel() *model {
	rows, find, see := lister(func(w *world) *table[Database] { return &w.databases }, nil)
	return &model{
		name: "crmDatabases", rows: rows, find: find, visible: see,
		sorts: []string{"name", "title"},
		attrs: map[string]attr{
			"name":          scalar(func(d *Database) string { return d.Name }),
			"title":         scalar(func(d *Database) string { return d.Title }),
			"description":   orNull(func(d *Database) string { return d.Description }),
			"default":       scalar(func(d *Database) bool { return d.Default }),
			"available_cp":  constant(true),
			"reverse_names": constant(false),
		},
	}
}

func accountModel() *model {
	rows, find, see := lister(func(w *world) *table[Account] { return &w.accounts }, nil)
	return &model{
		name: "accounts", module: "accounts", rows: rows, find: find, visible: see,
		sorts:  []string{"created", "edited", "title"},
		search: []string{"title"},
		attrs: map[string]attr{
			"name":         scalar(func(a *Account) string { return a.Name }),
			"title":        scalar(func(a *Account) string { return a.Title }),
			"database":     key("crmDatabases", func(a *Account) string { return a.Database }),
			"sla":          constant(nil),
			"user":         key("users", func(a *Account) string { return a.User }),
			"description":  orNull(func(a *Account) string { return a.Description }),
			"created":      moment(func(a *Account) Stamp { return a.Created }),
			"edited":       moment(func(a *Account) Stamp { return a.Edited }),
			"customFields": custom(func(a *Account) map[string][]string { return a.CustomFields }),
		},
	}
}

func contactModel() *model {
	rows, find, see := lister(func(w *world) *table[Contact] { return &w.contacts }, nil)
	none := func(*ask, *Contact) any { return emptyList() }
	return &model{
		name: "contacts", module: "contacts", rows: rows, find: find, visible: see,
		sorts:  []string{"created", "edited", "title", "lastname"},
		search: []string{"title", "customFields.number", "customFields.email"},
		attrs: map[string]attr{
			"name":                 scalar(func(c *Contact) string { return c.Name }),
			"title":                scalar(func(c *Contact) string { return c.Title }),
			"firstname":            orNull(func(c *Contact) string { return c.FirstName }),
			"lastname":             scalar(func(c *Contact) string { return c.LastName }),
			"database":             key("crmDatabases", func(c *Contact) string { return c.Database }),
			"account":              key("accounts", func(c *Contact) string { return c.Account }),
			"user":                 key("users", func(c *Contact) string { return c.User }),
			"description":          orNull(func(c *Contact) string { return c.Description }),
			"nps_score":            constant(nil),
			"created":              moment(func(c *Contact) Stamp { return c.Created }),
			"edited":               moment(func(c *Contact) Stamp { return c.Edited }),
			"duplicateContacts":    raw(none),
			"notDuplicateContacts": raw(none),
			"customFields":         custom(func(c *Contact) map[string][]string { return c.CustomFields }),
		},
		relations: map[string]relation{
			"activities": relatedList("activities", func(q *ask, row any) []string {
				return q.world.ofContact[row.(*Contact).Name]
			}),
			"tickets": relatedList("tickets", func(q *ask, row any) []string {
				var names []string
				for _, t := range q.world.tickets.rows {
					if t.Contact == row.(*Contact).Name {
						names = append(names, number(t.Name))
					}
				}
				return names
			}),
		},
		writer: contactWriter(),
	}
}

// customScheme is the definition of the custom fields of the CRM.
func customScheme() map[string]any {
	scheme := map[string]any{}
	for name, kind := range map[string][2]string{
		"number": {"PHONE", "Telefon"}, "email": {"EMAIL", "E-mail"},
		"address": {"ADDRESS", "Adresa"}, "note": {"TEXTAREA", "Poznámka"},
	} {
		scheme[name] = map[string]any{"type": kind[0], "title": kind[1], "hidden": false, "readonly": false}
	}
	return scheme
}

func categoryModel() *model {
	rows, find, see := lister(func(w *world) *table[Category] { return &w.categories }, nil)
	return &model{
		name: "ticketsCategories", rows: rows, find: find, visible: see,
		sorts: []string{"name", "title"},
		attrs: map[string]attr{
			"name":              scalar(func(c *Category) string { return c.Name }),
			"title":             scalar(func(c *Category) string { return c.Title }),
			"sla":               raw(func(*ask, *Category) any { return map[string]any{"name": "sla_1", "title": "Standard"} }),
			"status_required":   scalar(func(c *Category) string { return c.StatusRequired }),
			"multiple_statuses": scalar(func(c *Category) bool { return c.Multiple }),
		},
	}
}

func ticketModel() *model {
	rows, find, see := lister(
		func(w *world) *table[Ticket] { return &w.tickets },
		func(q *ask, t *Ticket) bool { return len(q.viewer.scope.queues) > 0 },
	)
	return &model{
		name: "tickets", module: "tickets", rows: rows, find: find, visible: see,
		sorts: []string{
			"name", "title", "created", "edited", "last_activity", "priority", "stage", "closed",
		},
		search: []string{"name", "title"},
		attrs: map[string]attr{
			"name":           scalar(func(t *Ticket) int64 { return t.Name }),
			"title":          scalar(func(t *Ticket) string { return t.Title }),
			"category":       key("ticketsCategories", func(t *Ticket) string { return t.Category }),
			"user":           key("users", func(t *Ticket) string { return t.User }),
			"email":          orNull(func(t *Ticket) string { return t.Email }),
			"contact":        key("contacts", func(t *Ticket) string { return t.Contact }),
			"parentTicket":   numberKey("tickets", func(t *Ticket) int64 { return t.Parent }),
			"isParent":       {get: func(q *ask, row any) any { return q.world.parents[row.(*Ticket).Name] }},
			"description":    orNull(func(t *Ticket) string { return t.Description }),
			"stage":          scalar(func(t *Ticket) string { return t.Stage }),
			"priority":       scalar(func(t *Ticket) string { return t.Priority }),
			"id_merge":       numberKey("tickets", func(t *Ticket) int64 { return t.Merged }),
			"created":        moment(func(t *Ticket) Stamp { return t.Created }),
			"created_by":     key("users", func(t *Ticket) string { return t.CreatedBy }),
			"edited":         moment(func(t *Ticket) Stamp { return t.Edited }),
			"edited_by":      key("users", func(t *Ticket) string { return t.CreatedBy }),
			"last_activity":  moment(func(t *Ticket) Stamp { return t.LastActive }),
			"closed":         moment(func(t *Ticket) Stamp { return t.Closed }),
			"reopen":         moment(func(t *Ticket) Stamp { return t.Reopen }),
			"unread":         constant(false),
			"has_attachment": constant(false),
			"sla_overdue":    constant(nil),
			"sla_deadtime":   constant(nil),
			"statuses":       keys("statuses", func(t *Ticket) []string { return t.Statuses }),
			"followers":      keys("users", func(*Ticket) []string { return nil }),
			"customFields":   custom(func(t *Ticket) map[string][]string { return t.CustomFields }),
			"interaction_activity_count": {get: func(q *ask, row any) any {
				return int64(len(q.world.ofTicket[row.(*Ticket).Name]))
			}},
		},
		relations: map[string]relation{
			"activities": relatedList("activities", func(q *ask, row any) []string {
				return q.world.ofTicket[row.(*Ticket).Name]
			}),
		},
		writer: ticketWriter(),
	}
}

func templateModel() *model {
	rows, find, see := lister(func(w *world) *table[Template] { return &w.templates }, nil)
	return &model{
		name: "templates", rows: rows, find: find, visible: see,
		sorts: []string{"name", "title"},
		attrs: map[string]attr{
			"name":      scalar(func(t *Template) string { return t.Name }),
			"title":     scalar(func(t *Template) string { return t.Title }),
			"format":    scalar(func(t *Template) string { return t.Format }),
			"usingtype": scalar(func(t *Template) string { return t.Usage }),
			"subject":   orNull(func(t *Template) string { return t.Subject }),
			"content":   scalar(func(t *Template) string { return t.Content }),
			"user":      constant(nil),
		},
	}
}

func formModel() *model {
	rows, find, see := lister(func(w *world) *table[Form] { return &w.forms }, nil)
	return &model{
		name: "qaforms", rows: rows, find: find, visible: see,
		sorts: []string{"name", "title"},
		attrs: map[string]attr{
			"name":          scalar(func(f *Form) string { return f.Name }),
			"title":         scalar(func(f *Form) string { return f.Title }),
			"description":   orNull(func(f *Form) string { return f.Description }),
			"ai_qa_form":    scalar(func(f *Form) bool { return f.AI }),
			"initial_score": scalar(func(f *Form) int64 { return f.InitialScore }),
			"minimum_score": seconds(func(f *Form) int64 { return f.MinimumScore }),
			"questions":     raw(func(q *ask, f *Form) any { return questionsOf(f, !q.oddities.NoChoices) }),
		},
	}
}

// questionsOf lists the questions of a form, with the answers they take or without.
func questionsOf(f *Form, choices bool) any {
	list := []any{}
	for position, question := range f.Questions {
		var options []any
		if choices {
			options = []any{}
			for _, o := range question.Options {
				options = append(options, map[string]any{"name": o.Value, "title": o.Title, "score": o.Points})
			}
		}
		list = append(list, map[string]any{
			"name": question.Name, "title": question.Title, "description": question.Description,
			"position": position + 1, "type": question.Type, "options": options,
			"disqualify": question.Disqualify, "doNotCountMax": question.DoNotCountMax,
		})
	}
	return list
}

func reviewModel() *model {
	rows, find, see := lister(
		func(w *world) *table[Review] { return &w.reviews },
		func(q *ask, r *Review) bool {
			a := q.world.activities.get(r.Activity)
			return a != nil && q.viewer.seesActivity(a)
		},
	)
	return &model{
		name: "qaReviews", module: "qaReviews", rows: rows, find: find, visible: see,
		sorts: []string{"created"},
		attrs: map[string]attr{
			"name":            scalar(func(r *Review) string { return r.Name }),
			"activity":        key("activities", func(r *Review) string { return r.Activity }),
			"qaform":          key("qaforms", func(r *Review) string { return r.Form }),
			"user":            key("users", func(r *Review) string { return r.User }),
			"created_by":      key("users", func(r *Review) string { return r.CreatedBy }),
			"created":         moment(func(r *Review) Stamp { return r.Created }),
			"edited":          moment(func(r *Review) Stamp { return r.Edited }),
			"qareviewAnswers": raw(func(_ *ask, r *Review) any { return object(r.Answers) }),
		},
		writer: reviewWriter(),
	}
}
