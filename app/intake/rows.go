package intake

import (
	"fmt"
	"slices"

	"wapdesk/store"
	"wapdesk/store/listing"
)

// vocabulary holds the words of choices, made once a file.
type vocabulary struct {
	answered                                                  map[string]listing.Tri
	ended, direction, missed, sides, delivered, kinds, states map[string]string
}

func newVocabulary() *vocabulary {
	return &vocabulary{
		answered: answeredWords(), ended: endedWords(), direction: directionWords(), missed: missedWords(),
		sides: messageSides(), delivered: deliveries(), kinds: kinds(), states: states(),
	}
}

// ref makes a reference of a title. Files have no unique names of queues and people, so
// the title stands in; two with one title are one.
func ref(title string) listing.Ref { return listing.Ref{Name: title, Title: title} }

// interaction reads a row; r.left is set when it has to be left out.
func (v *vocabulary) interaction(r *row, n int64) store.Interaction {
	out := store.Interaction{WaitS: unknown, DurationS: unknown, MissedTimeMs: unknown}
	if r.blank("time") {
		r.leave(ReasonNoTime)
		return out
	}
	ms, ok := r.moment("time", "")
	if !ok {
		r.leave(ReasonTime)
		return out
	}
	zone := r.table.clock.zone
	out.TimeMs, out.Time = ms, wireClock(ms, zone)
	if out.Name = r.text("id"); out.Name == "" {
		out.Name = fmt.Sprintf("row_%07d", n)
	}
	out.Queue, out.User, out.Connector = ref(r.text("queue")), ref(r.text("user")), ref(r.text("connector"))
	out.Answered = word(r, "answered", v.answered, ReasonAnswered)
	out.WaitS, out.DurationS = r.span("wait"), r.span("duration")
	out.Disconnection = wireWord(r, "ended", v.ended, ReasonEnded)
	out.Direction = wireWord(r, "direction", v.direction, ReasonDirection)
	out.Missed = word(r, "missed", v.missed, ReasonMissed)
	if ms, ok := r.moment("missed_time", ReasonMissedAt); ok && ms != unknown {
		out.MissedTimeMs, out.MissedTime = ms, wireClock(ms, zone)
	}
	if v.erased(r, v.statesOf(r)) {
		out.Anonymised = true
		return out
	}
	out.Title, out.Sender = r.text("title"), r.text("sender")
	if contact := r.text("contact"); contact != "" {
		// A title is no unique name: what went with an erasure is remembered by that.
		out.Contact = listing.Ref{Title: contact}
	}
	out.ExternalContact = store.ExternalContact{FullName: r.text("wa"), Number: r.waNumber()}
	if out.ExternalContact.FullName == "" && out.ExternalContact.Number == "" {
		out.ExternalContact = store.ExternalContact{}
	}
	return out
}

// statesOf are the states that a row of our own files says.
func (v *vocabulary) statesOf(r *row) []string {
	var all []string
	for _, word := range split(r.text("state"), ", ") {
		all = append(all, v.states[folded(word)])
	}
	return all
}

// erased reports whether a row was exported as anonymised: its state or all its personal cells say so.
func (v *vocabulary) erased(r *row, states []string) bool {
	if slices.Contains(states, "anonymised") {
		return true
	}
	if r.table.header.has("state") && (r.table.own || r.table.header.zone != nil) {
		return false // somebody may be called so
	}
	some := false
	for _, field := range []string{"contact", "wa", "title", "wa_number", "sender", "recipient", "account", "ticket"} {
		if !r.table.header.has(field) {
			continue
		}
		if !anonymised(r.text(field)) {
			return false
		}
		some = true
	}
	return some
}

// waNumber is the customer's number. The column Recipient holds the same.
func (r *row) waNumber() string {
	if r.table.header.has("wa_number") {
		return r.text("wa_number")
	}
	return r.text("recipient")
}

// figures are what a file says of the activities and messages of an interaction, which it may not hold.
func (f *File) figures(r *row) *store.GivenFigures {
	given := store.GivenFigures{
		Activities: r.count("activities"), Messages: r.count("messages"), Disruptions: r.count("disruptions"), Score: r.count("score"),
		FocusS: r.span("focus"), FirstReplyS: r.span("firstreply"), SilenceS: r.span("silence"),
		Reviewed: word(r, "qa", f.words.answered, ReasonWord),
	}
	for _, state := range f.words.statesOf(r) {
		switch state {
		case "open":
			given.Open = true
		case "anomaly":
			given.Anomaly = true
		case "pending":
			f.changes++
		case "":
			r.fail(ReasonWord)
		}
	}
	if given == (store.GivenFigures{
		Activities: unknown, Messages: unknown, Disruptions: unknown, Score: unknown, FocusS: unknown, FirstReplyS: unknown, SilenceS: unknown,
	}) {
		return nil
	}
	return &given
}

// statusesOf are the statuses in a cell.
func statusesOf(r *row, field, separator string) []listing.Ref {
	var all []listing.Ref
	for _, status := range split(r.text(field), separator) {
		all = append(all, ref(status))
	}
	return all
}

// activity reads a row and gives it a name of its own.
func (f *File) activity(r *row) store.Activity {
	a := f.words.activity(r)
	if a.Name == "" {
		a.Name = fmt.Sprintf("%s_activity", a.Interaction)
		if f.acts.has(a.Name) {
			a.Name = fmt.Sprintf("%s_%07d", a.Name, r.number)
		}
	}
	a.Name = f.acts.unique(a.Name)
	return a
}

func (v *vocabulary) activity(r *row) store.Activity {
	out := store.Activity{
		Name: r.text("activity"), Interaction: r.text("interaction"), Title: r.text("title"),
		Queue: ref(r.text("queue")), User: ref(r.text("user")), Description: r.text("description"),
		TimeWaitMs: unknown, BeforeS: unknown, AfterS: unknown, RingingS: unknown, Action: "CLOSE",
		DurationS: r.span("duration"), FocusS: r.span("focus"), FocusDisruptions: r.count("disruptions"),
	}
	out.TimeOpenMs, _ = r.moment("opened", ReasonTime)
	out.TimeCloseMs, _ = r.moment("closed", ReasonTime)
	if out.TimeCloseMs == unknown {
		out.Action = "OPEN"
	}
	out.TimeMs, out.Time = out.TimeOpenMs, wireClock(out.TimeOpenMs, r.table.clock.zone)
	if ticket := r.text("ticket"); ticket != "" && !anonymised(ticket) {
		out.Ticket = ticketRef(ticket)
	}
	out.Statuses = statusesOf(r, "statuses", ", ")
	if anonymised(out.Title) {
		out.Title, out.Description, out.Anonymised = "", "", true
	}
	return out
}

// message reads a row. Its place and its name in full come later, with its neighbours.
func (v *vocabulary) message(r *row) store.Message {
	out := store.Message{
		Name: r.text("interaction"), Type: "PUBLIC", Text: r.text("text"), From: r.text("from"), Reason: r.text("reason"),
		Direction: word(r, "direction", v.sides, ReasonWord),
		Kind:      word(r, "kind", v.kinds, ReasonWord),
		Delivery:  word(r, "delivery", v.delivered, ReasonWord),
	}
	out.TimeMs, _ = r.moment("time", ReasonTime)
	out.Time = wireClock(out.TimeMs, r.table.clock.zone)
	if out.Kind == "" {
		out.Kind = "text"
	}
	if out.Direction == "OUT" {
		out.User, out.From = ref(out.From), ""
	}
	for _, title := range split(r.text("files"), "; ") {
		out.Attachments = append(out.Attachments, store.Attachment{Title: title, DurationS: unknown})
	}
	if anonymised(out.Text) && (anonymised(out.From) || anonymised(out.User.Title)) {
		out.Text, out.From, out.User, out.Attachments = "", "", listing.Ref{}, nil
	}
	return out
}
