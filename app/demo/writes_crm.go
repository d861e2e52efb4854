package demo

import (
	"net/http"
	"slices"
	"strings"
)

func contactWriter() *writer {
	return &writer{
		create: func(q *ask, body *node) answer {
			c := &Contact{Created: q.stamp(), Edited: q.stamp(), CustomFields: map[string][]string{
				"number": nil, "email": nil, "address": nil, "note": nil,
			}}
			f := q.form(body)
			f.text("name", 64, &c.Name)
			contactFields(f, c)
			if c.Name != "" && q.world.contacts.get(c.Name) != nil {
				f.errors["name"] = textDuplicate
			}
			if len(f.errors) > 0 {
				return rejected(f.errors, q.echo("contacts", c, c.Name != ""))
			}
			if c.Name == "" {
				c.Name = contactName(q.world.seed, madeLater+int64(len(q.world.contacts.rows)))
			}
			q.world.contacts.add(c)
			return q.saved(http.StatusCreated, "contacts", c)
		},
		update: func(q *ask, name string, body *node) answer {
			c := *q.world.contacts.get(name)
			c.Edited = q.stamp()
			f := q.form(body)
			contactFields(f, &c)
			if len(f.errors) > 0 {
				return rejected(f.errors, q.echo("contacts", &c, true))
			}
			return q.saved(http.StatusOK, "contacts", q.world.contacts.change(name, func(old *Contact) { *old = c }))
		},
		remove: func(q *ask, name string) answer {
			q.world.contacts.remove(name)
			for _, activity := range slices.Clone(q.world.ofContact[name]) {
				a := q.world.changeActivity(activity, func(a *Activity) { a.Contact = "" })
				q.pair(a.Interaction, "")
			}
			return refusal(http.StatusNoContent)
		},
	}
}

func contactFields(f *form, c *Contact) {
	f.text("title", 255, &c.Title)
	f.text("firstname", 128, &c.FirstName)
	f.text("lastname", 128, &c.LastName)
	f.text("description", 512, &c.Description)
	f.key("database", "crmDatabases", &c.Database)
	f.key("account", "accounts", &c.Account)
	f.key("user", "users", &c.User)
	f.required("title", c.Title)
	f.required("lastname", c.LastName)
	f.required("database", c.Database)
	c.CustomFields = f.custom(c.CustomFields)
	wrong := map[string][]string{}
	for _, email := range c.CustomFields["email"] {
		if local, host, found := strings.Cut(email, "@"); !found || local == "" || !strings.Contains(host, ".") {
			wrong["email"] = []string{textEmail}
		}
	}
	for _, phone := range c.CustomFields["number"] {
		if strings.Trim(phone, "+0123456789 ()-/") != "" || len(phone) < 3 {
			wrong["number"] = []string{textPhone}
		}
	}
	if len(wrong) > 0 {
		f.errors["customFields"] = wrong
	}
}

func ticketWriter() *writer {
	return &writer{
		create: func(q *ask, body *node) answer {
			t := &Ticket{CreatedBy: q.viewer.login, Created: q.stamp(), Edited: q.stamp(), LastActive: q.stamp()}
			f := q.form(body)
			ticketFields(f, t)
			if len(f.errors) > 0 {
				return rejected(f.errors, q.echo("tickets", t, false))
			}
			t.Name = q.world.seed.nextTicket(q.world)
			q.world.addTicket(t)
			return q.saved(http.StatusCreated, "tickets", t)
		},
		update: func(q *ask, name string, body *node) answer {
			t := *q.world.tickets.get(name)
			t.Edited = q.stamp()
			f := q.form(body)
			ticketFields(f, &t)
			category := q.world.categories.get(t.Category)
			if t.Stage == "CLOSE" && len(t.Statuses) == 0 && category != nil && category.StatusRequired == "closing_ticket" {
				f.errors["statuses"] = textRequired
			}
			if len(f.errors) > 0 {
				return rejected(f.errors, q.echo("tickets", &t, true))
			}
			return q.saved(http.StatusOK, "tickets", q.world.tickets.change(name, func(old *Ticket) { *old = t }))
		},
	}
}

func ticketFields(f *form, t *Ticket) {
	f.text("title", 512, &t.Title)
	f.text("description", 1<<20, &t.Description)
	f.key("category", "ticketsCategories", &t.Category)
	f.enum("stage", []string{"OPEN", "WAIT", "CLOSE", "ARCHIVE"}, &t.Stage)
	f.enum("priority", []string{"LOW", "MEDIUM", "HIGH"}, &t.Priority)
	f.key("user", "users", &t.User)
	f.key("contact", "contacts", &t.Contact)
	f.text("email", 255, &t.Email)
	f.keys("statuses", "statuses", &t.Statuses)
	f.moment("reopen", &t.Reopen)
	f.numberKey("parentTicket", "tickets", &t.Parent)
	t.CustomFields = f.custom(t.CustomFields)
	f.required("title", t.Title)
	f.required("category", t.Category)
	f.required("stage", t.Stage)
	f.required("priority", t.Priority)
	if t.Stage == "CLOSE" && t.Closed == 0 {
		t.Closed = f.q.stamp()
	}
}

// mergeTickets joins tickets into the oldest one: their activities move to it and they point
// to it from then on.
func (s *Server) mergeTickets(w http.ResponseWriter, r *http.Request, q *ask) {
	if r.Method != http.MethodPost {
		q.refuse(w, http.StatusMethodNotAllowed)
		return
	}
	root, err := parseBrackets(pick(r.URL.Query(), "tickets"))
	if err != nil {
		q.failed(http.StatusBadRequest, err.Error()).send(w, q)
		return
	}
	s.mu.Lock()
	answer := q.merge(root.child("tickets").texts())
	s.mu.Unlock()
	answer.send(w, q)
}

func (q *ask) merge(names []string) answer {
	if !q.may(q.models["tickets"], rightUpdate) {
		return refusal(http.StatusForbidden)
	}
	if len(names) < 2 {
		return rejectedAsWhole(textRequired, false)
	}
	numbers := make([]int64, 0, len(names))
	for _, name := range names {
		t := q.world.tickets.get(name)
		if t == nil {
			return refusal(http.StatusNotFound)
		}
		numbers = append(numbers, t.Name)
	}
	row := q.world.mergeTickets(numbers, q.stamp())
	return q.saved(http.StatusOK, "tickets", row)
}

// mergeTickets joins stored tickets into the oldest of them, which it gives.
func (w *world) mergeTickets(names []int64, at Stamp) *Ticket {
	oldest := slices.Min(names)
	for _, name := range names {
		if name == oldest {
			continue
		}
		w.tickets.change(number(name), func(t *Ticket) {
			t.Merged, t.Stage, t.Edited = oldest, "ARCHIVE", at
		})
		for _, activity := range slices.Clone(w.ofTicket[name]) {
			w.changeActivity(activity, func(a *Activity) { a.Ticket = oldest })
		}
	}
	return w.tickets.change(number(oldest), func(t *Ticket) { t.Edited, t.LastActive = at, at })
}
