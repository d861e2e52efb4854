package intake

import (
	"fmt"
	"time"

	"wapdesk/store"
	"wapdesk/store/listing"
)

const unknown = listing.Unknown

// wireTime is how the contact centre writes times.
const wireTime = time.DateTime

// vocabulary holds the words of choices, made once a file.
type vocabulary struct {
	answered                                          map[string]listing.Tri
	ended, direction, missed, sides, delivered, kinds map[string]string
}

func newVocabulary() *vocabulary {
	return &vocabulary{
		answered: answeredWords(), ended: endedWords(), direction: directionWords(), missed: missedWords(),
		sides: messageSides(), delivered: deliveries(), kinds: kinds(),
	}
}

// ref makes a reference of a title. Files have no unique names of queues and people, so
// the title stands in; two with one title are one.
func ref(title string) listing.Ref { return listing.Ref{Name: title, Title: title} }

// interaction reads a row; r.left is set when it has to be left out.
func (v *vocabulary) interaction(r *row, n int64) store.Interaction {
	out := store.Interaction{WaitS: unknown, DurationS: unknown, MissedTimeMs: unknown}
	if blank(r.raw("time")) {
		r.leave(ReasonNoTime)
		return out
	}
	ms, ok := r.moment("time", "")
	if !ok {
		r.leave(ReasonTime)
		return out
	}
	out.TimeMs, out.Time = ms, time.UnixMilli(ms).In(r.table.zone).Format(wireTime)
	if out.Name = r.text("id"); out.Name == "" {
		out.Name = fmt.Sprintf("row_%07d", n)
	}
	out.Queue, out.User, out.Connector = ref(r.text("queue")), ref(r.text("user")), ref(r.text("connector"))
	out.Answered = word(r, "answered", v.answered, ReasonAnswered)
	out.WaitS, out.DurationS = r.span("wait"), r.span("duration")
	out.Disconnection = word(r, "ended", v.ended, ReasonEnded)
	out.Direction = word(r, "direction", v.direction, ReasonDirection)
	out.Missed = word(r, "missed", v.missed, ReasonMissed)
	if ms, ok := r.moment("missed_time", ReasonMissedAt); ok && ms != unknown {
		out.MissedTimeMs, out.MissedTime = ms, time.UnixMilli(ms).In(r.table.zone).Format(wireTime)
	}
	if v.erased(r) {
		out.Anonymised = true
		return out
	}
	out.Title, out.Sender = r.text("title"), r.text("sender")
	if contact := r.text("contact"); contact != "" {
		out.Contact = ref(contact)
	}
	out.ExternalContact = store.ExternalContact{FullName: r.text("wa"), Number: r.text("wa_number"), Contact: out.Contact.Name}
	if out.ExternalContact.FullName == "" && out.ExternalContact.Number == "" {
		out.ExternalContact = store.ExternalContact{}
	}
	return out
}

// erased reports whether a row was exported as anonymised: all its personal cells say so.
func (v *vocabulary) erased(r *row) bool {
	some := false
	for _, field := range []string{"contact", "wa", "title", "wa_number", "sender"} {
		if !r.table.header.has(field) {
			continue
		}
		if !anonymised(r.raw(field)) {
			return false
		}
		some = true
	}
	return some
}

func (v *vocabulary) activity(r *row) store.Activity {
	out := store.Activity{
		Name: r.text("activity"), Interaction: r.text("interaction"), Title: r.text("title"),
		Queue: ref(r.text("queue")), User: ref(r.text("user")), Description: r.text("description"),
		TimeWaitMs: unknown, BeforeS: unknown, AfterS: unknown, RingingS: unknown, Action: "CLOSE",
		DurationS: r.span("duration"), FocusS: r.span("focus"), FocusDisruptions: r.number64("disruptions"),
	}
	out.TimeOpenMs, _ = r.moment("opened", ReasonTime)
	out.TimeCloseMs, _ = r.moment("closed", ReasonTime)
	if out.TimeCloseMs == unknown {
		out.Action = "OPEN"
	}
	if out.TimeMs = out.TimeOpenMs; out.TimeMs != unknown {
		out.Time = time.UnixMilli(out.TimeMs).In(r.table.zone).Format(wireTime)
	}
	if ticket := r.text("ticket"); ticket != "" && !anonymised(ticket) {
		out.Ticket = ticketRef(ticket)
	}
	for _, status := range split(r.text("statuses"), ", ") {
		out.Statuses = append(out.Statuses, ref(status))
	}
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
	if out.TimeMs != unknown {
		out.Time = time.UnixMilli(out.TimeMs).In(r.table.zone).Format(wireTime)
	}
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
