package demo

import (
	"maps"
	"net/http"
	"slices"
)

// activityFields reads what a client may change in an activity; the rest is ignored without
// a word, as the server does with fields that are read only.
func activityFields(f *form, a *Activity) {
	f.text("title", 128, &a.Title)
	f.enum("action", []string{"", "WAIT", "OPEN", "POSTPONE", "CLOSE"}, &a.Action)
	f.numberKey("queue", "queues", &a.Queue)
	f.numberKey("ticket", "tickets", &a.Ticket)
	f.key("contact", "contacts", &a.Contact)
	f.keys("statuses", "statuses", &a.Statuses)
	f.text("description", 1<<20, &a.Description)
	if n := f.body.child("important"); n != nil {
		a.Important = truthy(n.value())
	}
	a.CustomFields = f.custom(a.CustomFields)
}

func activityWriter() *writer {
	return &writer{create: createActivity, update: updateActivity}
}

func updateActivity(q *ask, name string, body *node) answer {
	w := q.world
	edited := *w.activities.get(name)
	before := edited
	f := q.form(body)
	activityFields(f, &edited)
	if len(f.errors) > 0 {
		return rejected(f.errors, q.echo("activities", &edited, true))
	}
	if edited.Action == "CLOSE" && edited.TimeClose == 0 {
		edited.close(q.stamp())
	}
	row := w.changeActivity(name, func(a *Activity) { *a = edited })
	if f.has("contact") {
		q.pair(edited.Interaction, edited.Contact)
	}
	if edited.Ticket != 0 && edited.Ticket != before.Ticket {
		w.tickets.change(number(edited.Ticket), func(t *Ticket) { t.LastActive, t.Edited = q.stamp(), q.stamp() })
	}
	return q.saved(http.StatusOK, "activities", row)
}

// close ends an activity at a moment.
func (a *Activity) close(at Stamp) {
	a.TimeClose = at
	if a.TimeOpen == 0 {
		a.TimeOpen = at
	}
	a.Duration = int64(at - a.TimeOpen)
	a.AfterWork = max(a.AfterWork, 0)
	a.FocusTime = max(a.FocusTime, 0)
}

// pair sets the contact of an interaction, as pairing through one of its activities does.
func (q *ask) pair(interaction, contact string) {
	q.world.interactions.change(interaction, func(i *Interaction) {
		i.Contact = contact
		if i.External != nil {
			external := *i.External
			external.Contact = contact
			i.External = &external
		}
	})
}

// createActivity makes a comment, or starts a conversation when the type is WAP.
func createActivity(q *ask, body *node) answer {
	w := q.world
	a := &Activity{
		Action: "OPEN", Time: q.stamp(), TimeOpen: q.stamp(), User: q.viewer.login, CreatedBy: q.viewer.login,
		BeforeWork: Unknown, AfterWork: Unknown, Duration: Unknown, RingingTime: Unknown, FocusTime: Unknown,
	}
	f := q.form(body)
	f.text("name", 64, &a.Name)
	f.enum("type", []string{"", "WAP", "COMMENT"}, &a.Type)
	activityFields(f, a)
	f.key("user", "users", &a.User)
	contact := w.contacts.get(a.Contact)
	if a.Type == "WAP" {
		if a.Queue == 0 {
			f.required("queue", "")
		}
		recipient := f.body.child("options")
		switch {
		case contact == nil && recipient != nil && recipient.text("number") != "":
			contact = &Contact{Title: a.Title, CustomFields: map[string][]string{"number": {recipient.text("number")}}}
		case contact == nil:
			f.required("contact", "")
		case len(contact.Numbers()) == 0:
			f.errors["contact"] = textPhone
		}
	}
	if a.Name != "" && w.activities.get(a.Name) != nil {
		f.errors["name"] = textDuplicate
	}
	if len(f.errors) > 0 {
		return rejected(f.errors, q.echo("activities", a, false))
	}
	if a.Name == "" {
		a.Name = activityName(w.seed, int64(len(w.activities.rows))+madeLater)
	}
	if a.Type == "WAP" {
		q.begin(a, contact)
	} else if a.Action == "CLOSE" || a.Action == "OPEN" {
		a.Action = "CLOSE"
		a.close(q.stamp())
	}
	w.addActivities(a)
	return q.saved(http.StatusCreated, "activities", a)
}

// begin makes the outgoing interaction of an activity.
func (q *ask) begin(a *Activity, contact *Contact) {
	w := q.world
	yes := true
	number := contact.Numbers()[0]
	i := &Interaction{
		ID: w.seed.nextID(), Name: interactionName(w.seed, madeLater+int64(len(w.interactions.rows))),
		Title: contact.Title, User: a.User, Queue: a.Queue, Contact: contact.Name, Sender: number,
		External: &ExternalContact{ID: number, Number: number, FullName: contact.Title, Contact: contact.Name},
		Answered: &yes, Duration: Unknown, Time: q.stamp(), WaitTime: Unknown, Direction: "OUT",
		Activities: []string{a.Name},
	}
	if queue := w.queues.get(w.queues.key(&Queue{Name: a.Queue})); queue != nil {
		i.Connector = queue.Connector
	}
	i.talk.silent = true
	w.interactions.add(i)
	a.Interaction, a.Title = i.Name, contact.Title
}

// wapWriter lets a client settle a missed interaction; its contact is read only here.
func wapWriter() *writer {
	return &writer{update: func(q *ask, name string, body *node) answer {
		edited := *q.world.interactions.get(name)
		f := q.form(body)
		f.enum("missed", []string{"", "YES", "NO"}, &edited.Missed)
		f.moment("missed_time", &edited.MissedTime)
		f.enum("disconnection", disconnections(), &edited.Disconnection)
		if len(f.errors) > 0 {
			return rejected(f.errors, q.echo("activitiesWap", &edited, true))
		}
		row := q.world.interactions.change(name, func(i *Interaction) { *i = edited })
		return q.saved(http.StatusOK, "activitiesWap", row)
	}}
}

func disconnections() []string {
	return []string{"", "USER", "CLIENT", "TIMEOUT", "NOT_AVAIL", "OUT_OF_TIME", "DECISION_TREE"}
}

// reviewWriter makes and edits quality reviews.
func reviewWriter() *writer {
	return &writer{
		create: func(q *ask, body *node) answer {
			r := &Review{CreatedBy: q.viewer.login, Created: q.stamp(), Edited: q.stamp()}
			return q.saveReview(r, body, http.StatusCreated)
		},
		update: func(q *ask, name string, body *node) answer {
			r := *q.world.reviews.get(name)
			r.Edited = q.stamp()
			return q.saveReview(&r, body, http.StatusOK)
		},
	}
}

func (q *ask) saveReview(r *Review, body *node, code int) answer {
	w, f := q.world, q.form(body)
	if code == http.StatusCreated {
		f.text("name", 64, &r.Name)
		f.key("activity", "activities", &r.Activity)
		f.key("qaform", "qaforms", &r.Form)
		f.required("activity", r.Activity)
		f.required("qaform", r.Form)
		if r.Name != "" && w.reviews.get(r.Name) != nil {
			f.errors["name"] = textDuplicate
		}
		if a := w.activities.get(r.Activity); a != nil {
			r.User = a.User
		}
	}
	f.key("user", "users", &r.User)
	f.required("user", r.User)
	if n := f.body.child("qareviewAnswers"); n != nil {
		answers, wrong := answersOf(w.forms.get(r.Form), n)
		if len(wrong) > 0 {
			f.errors["qareviewAnswers"] = wrong
		}
		merged := maps.Clone(r.Answers)
		if merged == nil {
			merged = map[string][]string{}
		}
		maps.Copy(merged, answers)
		r.Answers = merged
	}
	if len(f.errors) > 0 {
		return rejected(f.errors, q.echo("qaReviews", r, r.Name != ""))
	}
	if code == http.StatusCreated {
		if r.Name == "" {
			r.Name = reviewName(w.seed, madeLater+int64(len(w.reviews.rows)))
		}
		w.addReview(r)
		return q.saved(code, "qaReviews", r)
	}
	return q.saved(code, "qaReviews", w.reviews.change(r.Name, func(old *Review) { *old = *r }))
}

// answersOf reads answers by question and says what is wrong with each.
func answersOf(form *Form, n *node) (answers map[string][]string, wrong map[string][]string) {
	answers, wrong = map[string][]string{}, map[string][]string{}
	for _, key := range n.keys {
		values := n.child(key).texts()
		at := -1
		if form != nil {
			at = slices.IndexFunc(form.Questions, func(question Question) bool { return question.Name == key })
		}
		if at < 0 {
			wrong[key] = []string{textForeign}
			continue
		}
		if !form.Questions[at].allows(values) {
			wrong[key] = []string{textEnum}
			continue
		}
		answers[key] = values
	}
	return answers, wrong
}

// allows reports whether a question can be answered so.
func (question Question) allows(values []string) bool {
	if question.Type == "TEXTAREA" {
		return len(values) <= 1
	}
	if question.Type != "CHECKBOX" && len(values) > 1 {
		return false
	}
	return !slices.ContainsFunc(values, func(value string) bool {
		return value != "" && !slices.ContainsFunc(question.Options, func(o Answer) bool { return o.Value == value })
	})
}
