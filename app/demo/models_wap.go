package demo

import (
	"net/http"
	"net/url"
)

// wapModel is the WhatsApp interaction.
func wapModel() *model {
	table := func(w *world) *table[Interaction] { return &w.interactions }
	rows, find, see := lister(table, func(q *ask, i *Interaction) bool { return q.viewer.sees(i.Queue, i.User) })
	work := keys("activities", func(i *Interaction) []string { return i.Activities })
	visibleWork := work.get
	work.get = func(q *ask, row any) any { return q.visibleOnly(visibleWork(q, row).([]string)) }
	return &model{
		name: "activitiesWap", module: "pWaps", moment: "time",
		rows: timed(table, func(i *Interaction) Stamp { return i.Time }, see, rows), find: find, visible: see,
		sorts: []string{"time", "duration", "wait_time"},
		attrs: map[string]attr{
			"name":             scalar(func(i *Interaction) string { return i.Name }),
			"title":            scalar(func(i *Interaction) string { return i.Title }),
			"state":            scalar(func(i *Interaction) string { return i.State }),
			"connector":        key("connectors", func(i *Interaction) string { return i.Connector }),
			"user":             key("users", func(i *Interaction) string { return i.User }),
			"queue":            numberKey("queues", func(i *Interaction) int64 { return i.Queue }),
			"contact":          key("contacts", func(i *Interaction) string { return i.Contact }),
			"sender":           orNull(func(i *Interaction) string { return i.Sender }),
			"external_contact": {kind: inside, to: "wapContacts", get: externalOf},
			"answered":         {get: answeredOf},
			"options":          raw(func(_ *ask, i *Interaction) any { return object(i.Options) }),
			"duration":         seconds(func(i *Interaction) int64 { return i.Duration }),
			"time":             moment(func(i *Interaction) Stamp { return i.Time }),
			"wait_time":        seconds(func(i *Interaction) int64 { return i.WaitTime }),
			"direction":        scalar(func(i *Interaction) string { return i.Direction }),
			"disconnection":    scalar(func(i *Interaction) string { return i.Disconnection }),
			"missed":           scalar(func(i *Interaction) string { return i.Missed }),
			"missed_time":      moment(func(i *Interaction) Stamp { return i.MissedTime }),
			"activities":       work,
			"attachments":      {kind: insides, to: "activitiesWapFiles", heavy: true, get: filesOf},
			"inlineAttachments": {kind: insides, to: "activitiesWapFiles", heavy: true, get: func(q *ask, row any) any {
				return anyRows(row.(*Interaction).inlineFiles())
			}},
		},
		relations: map[string]relation{
			"messages":    messagesOf,
			"flow":        flowOf,
			"activities":  relatedList("activities", func(_ *ask, row any) []string { return row.(*Interaction).Activities }),
			"attachments": attached(func(q *ask, row any) []*File { return pointers(q.filesOf(row.(*Interaction))) }),
		},
		writer: wapWriter(),
	}
}

func externalOf(_ *ask, row any) any {
	if e := row.(*Interaction).External; e != nil {
		return e
	}
	return nil
}

func answeredOf(_ *ask, row any) any {
	if yes := row.(*Interaction).Answered; yes != nil {
		return *yes
	}
	return nil
}

func filesOf(q *ask, row any) any { return anyRows(q.filesOf(row.(*Interaction))) }

// transcript is the messages of an interaction.
func (q *ask) transcript(i *Interaction) []Message {
	return q.world.seed.messages(i, q.activitiesOf(i))
}

// filesOf gathers the files of the transcript and what only the interaction names.
func (q *ask) filesOf(i *Interaction) []File {
	var files []File
	for _, m := range q.transcript(i) {
		files = append(files, m.Files...)
	}
	return append(files, i.ownFiles()...)
}

func (q *ask) activitiesOf(i *Interaction) []*Activity {
	var list []*Activity
	for _, name := range i.Activities {
		if a := q.world.activities.get(name); a != nil {
			list = append(list, a)
		}
	}
	return list
}

func messagesOf(q *ask, row any, query url.Values) answer {
	if q.oddities.NoMessages {
		return refusal(http.StatusNotFound)
	}
	return q.list(q.models["activitiesWapMessages"], listOf(pointers(q.transcript(row.(*Interaction)))), query)
}

func flowOf(q *ask, row any, query url.Values) answer {
	if q.oddities.NoFlow {
		return refusal(http.StatusNotFound)
	}
	i := row.(*Interaction)
	steps := flow(i, q.activitiesOf(i), func(name int64) string {
		if queue := q.world.queues.get(number(name)); queue != nil {
			return queue.Title
		}
		return ""
	})
	return q.list(q.models["activitiesWapFlow"], listOf(pointers(steps)), query)
}

// wapContactModel is the WhatsApp account of the other side.
func wapContactModel() *model {
	return &model{
		name: "wapContacts",
		attrs: map[string]attr{
			"id":          scalar(func(e *ExternalContact) string { return e.ID }),
			"uuid":        orNull(func(e *ExternalContact) string { return e.UUID }),
			"full_name":   orNull(func(e *ExternalContact) string { return e.FullName }),
			"number":      orNull(func(e *ExternalContact) string { return e.Number }),
			"gender":      scalar(func(e *ExternalContact) string { return e.Gender }),
			"connector":   scalar(func(e *ExternalContact) int64 { return e.Connector }),
			"crm_contact": key("contacts", func(e *ExternalContact) string { return e.Contact }),
		},
	}
}

// messageModel is a line of the transcript: the fields of the web chat's message and, since
// no source shows WhatsApp's own, the rest in options (see the package's text).
func messageModel() *model {
	return &model{
		name: "activitiesWapMessages",
		attrs: map[string]attr{
			"name":          scalar(func(m *Message) string { return m.Name }),
			"interaction":   raw(func(_ *ask, m *Message) any { return map[string]any{"name": m.Interaction} }),
			"user":          key("users", func(m *Message) string { return m.User }),
			"direction":     scalar(func(m *Message) string { return m.Direction }),
			"type":          scalar(func(m *Message) string { return m.Type }),
			"text":          scalar(func(m *Message) string { return m.Text }),
			"original_text": orNull(func(m *Message) string { return m.OriginalText }),
			"result":        scalar(func(m *Message) string { return m.Delivery }),
			"time_created":  moment(func(m *Message) Stamp { return m.Time }),
			"from":          scalar(fromOf),
			"emoji":         raw(func(q *ask, m *Message) any { return q.reactions(m) }),
			"quick_replies": raw(func(_ *ask, m *Message) any { return buttonsOf(m) }),
			"options":       raw(func(_ *ask, m *Message) any { return messageOptions(m) }),
			"attachments": {kind: insides, to: "activitiesWapFiles", get: func(q *ask, row any) any {
				if q.oddities.BareTalk {
					return []any{}
				}
				return anyRows(row.(*Message).Files)
			}},
		},
		sorts: []string{"time_created"},
	}
}

func fromOf(m *Message) string {
	if m.Coworkers {
		return "COWORKERS"
	}
	return ""
}

func (q *ask) reactions(m *Message) any {
	list := []any{}
	for _, r := range m.Reactions {
		var user any
		if r.User != "" {
			user = q.related(q.models["users"], r.User, nil, 0, "")
		}
		list = append(list, map[string]any{"emoji": r.Emoji, "user": user})
	}
	return list
}

func buttonsOf(m *Message) any {
	list := []any{}
	for i, title := range m.Buttons {
		list = append(list, map[string]any{"id": "b" + number(int64(i+1)), "title": title})
	}
	return list
}

func messageOptions(m *Message) any {
	options := map[string]any{}
	put := func(key, value string) {
		if value != "" {
			options[key] = value
		}
	}
	if m.Kind != KindText {
		options["kind"] = string(m.Kind)
	}
	put("reason", m.Reason)
	put("quoted", m.Quoted)
	put("template", m.Template)
	put("reply", m.Reply)
	switch m.Kind {
	case KindLocation:
		options["location"] = map[string]any{"latitude": m.Latitude, "longitude": m.Longitude, "title": m.Place}
	case KindContact:
		options["card"] = map[string]any{"full_name": m.CardName, "number": m.CardNumber}
	}
	return object(options)
}

// flowModel is a step of the way through the contact centre.
func flowModel() *model {
	return &model{
		name: "activitiesWapFlow",
		attrs: map[string]attr{
			"name":     scalar(func(s *Step) string { return s.Name }),
			"time":     moment(func(s *Step) Stamp { return s.Time }),
			"step":     scalar(func(s *Step) string { return s.Step }),
			"title":    scalar(func(s *Step) string { return s.Title }),
			"queue":    numberKey("queues", func(s *Step) int64 { return s.Queue }),
			"user":     key("users", func(s *Step) string { return s.User }),
			"duration": seconds(func(s *Step) int64 { return s.Duration }),
		},
		sorts: []string{"time"},
	}
}

// activityModel is an agent's work on an interaction.
func activityModel() *model {
	table := func(w *world) *table[Activity] { return &w.activities }
	rows, find, see := lister(table, func(q *ask, a *Activity) bool { return q.viewer.seesActivity(a) })
	item := key("activitiesWap", func(a *Activity) string { return a.Interaction })
	item.short = map[string]func(*ask, any) any{"activitiesWap": itemNumber}
	none := func(*ask, *Activity) any { return nil }
	return &model{
		name: "activities", module: "pActivities", moment: "time",
		rows: timed(table, func(a *Activity) Stamp { return a.Time }, see, rows), find: find, visible: see,
		sorts: []string{"time", "time_close", "duration", "ringing_time"},
		hidden: func(q *ask, name string) bool {
			return name == "anonymized" && q.oddities.NoAnonymised
		},
		attrs: map[string]attr{
			"name":              scalar(func(a *Activity) string { return a.Name }),
			"item":              item,
			"ticket":            numberKey("tickets", func(a *Activity) int64 { return a.Ticket }),
			"title":             scalar(func(a *Activity) string { return a.Title }),
			"important":         scalar(func(a *Activity) bool { return a.Important }),
			"action":            scalar(func(a *Activity) string { return a.Action }),
			"type":              scalar(func(a *Activity) string { return a.Type }),
			"queue":             numberKey("queues", func(a *Activity) int64 { return a.Queue }),
			"user":              key("users", func(a *Activity) string { return a.User }),
			"contact":           key("contacts", func(a *Activity) string { return a.Contact }),
			"survey":            raw(none),
			"record":            raw(none),
			"priority":          scalar(func(a *Activity) int64 { return a.Priority }),
			"options":           raw(func(_ *ask, a *Activity) any { return object(a.Options) }),
			"description":       orNull(func(a *Activity) string { return a.Description }),
			"time":              moment(func(a *Activity) Stamp { return a.Time }),
			"time_wait":         moment(func(a *Activity) Stamp { return a.TimeWait }),
			"time_open":         moment(func(a *Activity) Stamp { return a.TimeOpen }),
			"time_close":        moment(func(a *Activity) Stamp { return a.TimeClose }),
			"baw":               seconds(func(a *Activity) int64 { return a.BeforeWork }),
			"aaw":               seconds(func(a *Activity) int64 { return a.AfterWork }),
			"duration":          seconds(func(a *Activity) int64 { return a.Duration }),
			"ringing_time":      seconds(func(a *Activity) int64 { return a.RingingTime }),
			"focus_time":        seconds(func(a *Activity) int64 { return a.FocusTime }),
			"focus_disruptions": scalar(func(a *Activity) int64 { return a.FocusDisruptions }),
			"created_by":        key("users", func(a *Activity) string { return a.CreatedBy }),
			"statuses":          keys("statuses", func(a *Activity) []string { return a.Statuses }),
			"anonymized":        scalar(func(a *Activity) bool { return a.Anonymised }),
			"customFields":      custom(func(a *Activity) map[string][]string { return a.CustomFields }),
			"attachments": {kind: insides, to: attachmentsModel, get: func(_ *ask, row any) any {
				return anyRows(row.(*Activity).Files)
			}},
		},
		relations: map[string]relation{
			"attachments": attached(func(_ *ask, row any) []*File { return pointers(row.(*Activity).Files) }),
			"statuses":    relatedList("statuses", func(_ *ask, row any) []string { return row.(*Activity).Statuses }),
			"qaReviews":   reviewsOf,
		},
		writer: activityWriter(),
	}
}

// itemNumber is what an activity inside its own interaction shows in place of the whole row.
func itemNumber(q *ask, row any) any {
	if i := q.world.interactions.get(row.(*Activity).Interaction); i != nil {
		return i.ID
	}
	return nil
}

// reviewsOf lists the reviews of an activity; an activity without one gives 404.
func reviewsOf(q *ask, row any, query url.Values) answer {
	names := q.world.ofActivity[row.(*Activity).Name]
	if len(names) == 0 {
		return refusal(http.StatusNotFound)
	}
	return relatedList("qaReviews", func(*ask, any) []string { return names })(q, row, query)
}
