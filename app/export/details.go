package export

import (
	"strings"

	"wapdesk/store/listing"
)

// Activity is a row of the Activities sheet. Times are UTC milliseconds, durations seconds;
// listing.Unknown stands for "not given".
type Activity struct {
	Name        string
	Interaction string // unique name
	Title       string
	User        string
	Queue       string
	OpenMs      int64
	CloseMs     int64
	DurationS   int64
	FocusS      int64
	Disruptions int64
	Anomaly     bool // the focus time is doubtful
	Ticket      string
	Statuses    []string
	Description string // as text, without markup
	Anonymised  bool
}

// Message is a row of the Messages sheet and a line of a transcript.
type Message struct {
	Interaction string // unique name
	TimeMs      int64  // UTC milliseconds, or listing.Unknown
	Direction   string // IN, OUT, BOT, ""
	Kind        string // as in store.Message
	From        string // the person or account who wrote it
	Text        string
	Delivery    string // "", SENT, DELIVERED, READ, FAILED
	Reason      string // why the delivery failed
	Files       []string
	Anonymised  bool
}

// activityColumns describes the Activities sheet.
func activityColumns() []column[Activity] {
	plain := func(value func(a *Activity) string) func(*Activity, *vocabulary) cell {
		return func(a *Activity, _ *vocabulary) cell { return textCell(value(a)) }
	}
	personal := func(value func(a *Activity) string) func(*Activity, *vocabulary) cell {
		return func(a *Activity, v *vocabulary) cell {
			if a.Anonymised {
				return textCell(v.anonymised)
			}
			return textCell(value(a))
		}
	}
	return []column[Activity]{
		{"interaction", "export.activity.interaction", text, plain(func(a *Activity) string { return a.Interaction })},
		{"activity", "export.activity.id", text, plain(func(a *Activity) string { return a.Name })},
		{"title", "export.activity.title", text, personal(func(a *Activity) string { return a.Title })},
		{"queue", "export.activity.queue", text, plain(func(a *Activity) string { return a.Queue })},
		{"user", "export.activity.user", text, plain(func(a *Activity) string { return a.User })},
		{"opened", "export.activity.opened", moment, func(a *Activity, _ *vocabulary) cell { return momentCell(a.OpenMs) }},
		{"closed", "export.activity.closed", moment, func(a *Activity, _ *vocabulary) cell { return momentCell(a.CloseMs) }},
		{"duration", "export.activity.duration", span, func(a *Activity, _ *vocabulary) cell { return spanCell(a.DurationS) }},
		{"focus", "export.activity.focus", span, func(a *Activity, _ *vocabulary) cell { return spanCell(a.FocusS) }},
		{"disruptions", "export.activity.disruptions", count, func(a *Activity, _ *vocabulary) cell {
			return countCell(a.Disruptions)
		}},
		{"anomaly", "export.activity.anomaly", text, func(a *Activity, v *vocabulary) cell {
			if a.Anomaly {
				return textCell(v.yes)
			}
			return textCell(v.no)
		}},
		{"ticket", "export.activity.ticket", text, personal(func(a *Activity) string { return a.Ticket })},
		{"statuses", "export.activity.statuses", text, plain(func(a *Activity) string {
			return strings.Join(a.Statuses, ", ")
		})},
		{"description", "export.activity.description", text, personal(func(a *Activity) string { return a.Description })},
	}
}

// messageColumns describes the Messages sheet.
func messageColumns() []column[Message] {
	plain := func(value func(m *Message) string) func(*Message, *vocabulary) cell {
		return func(m *Message, _ *vocabulary) cell { return textCell(value(m)) }
	}
	personal := func(value func(m *Message) string) func(*Message, *vocabulary) cell {
		return func(m *Message, v *vocabulary) cell {
			if m.Anonymised {
				return textCell(v.anonymised)
			}
			return textCell(value(m))
		}
	}
	return []column[Message]{
		{"interaction", "export.message.interaction", text, plain(func(m *Message) string { return m.Interaction })},
		{"time", "export.message.time", moment, func(m *Message, _ *vocabulary) cell { return momentCell(m.TimeMs) }},
		{"direction", "export.message.direction", text, func(m *Message, v *vocabulary) cell {
			return textCell(v.word(side, m.Direction))
		}},
		{"from", "export.message.from", text, personal(func(m *Message) string { return m.From })},
		{"kind", "export.message.kind", text, func(m *Message, v *vocabulary) cell {
			return textCell(v.word(content, m.Kind))
		}},
		{"text", "export.message.text", text, personal(func(m *Message) string { return m.Text })},
		{"files", "export.message.files", text, personal(func(m *Message) string { return strings.Join(m.Files, "; ") })},
		{"delivery", "export.message.delivery", text, func(m *Message, v *vocabulary) cell {
			return textCell(v.word(delivery, m.Delivery))
		}},
		{"reason", "export.message.reason", text, plain(func(m *Message) string { return m.Reason })},
	}
}

// Conversation is an interaction with its messages in order of time.
type Conversation struct {
	Record   listing.Record
	Messages []Message
	Files    []string // of no message: of the interaction itself and of its activities
}
