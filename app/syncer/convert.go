package syncer

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"wapdesk/app/daktela"
	"wapdesk/store"
	"wapdesk/store/listing"
)

// converter turns wire values into rows; it is the only place that gives the
// wire's local times a zone.
type converter struct{ zone daktela.Zone }

func (c converter) interaction(w daktela.Interaction) store.Interaction {
	external := w.ExternalContact.Value
	row := store.Interaction{
		Name:      store.Name(w.Name),
		Title:     w.Title.Value,
		State:     w.State.Value,
		Time:      w.Time.Value,
		TimeMs:    c.ms(w.Time),
		Queue:     ref(w.Queue),
		User:      ref(w.User),
		Contact:   ref(w.Contact),
		Connector: ref(w.Connector),
		Sender:    w.Sender.Value,
		ExternalContact: store.ExternalContact{
			ID: string(external.ID), FullName: external.FullName.Value, Number: external.Number.Value,
			Contact: store.Name(external.Contact.Name),
		},
		Answered:      tri(w.Answered),
		WaitS:         number(w.WaitTime),
		DurationS:     number(w.Duration),
		Direction:     w.Direction.Value,
		Disconnection: w.Disconnection.Value,
		Missed:        w.Missed.Value,
		MissedTime:    w.MissedTime.Value,
		MissedTimeMs:  c.ms(w.MissedTime),
		Options:       string(w.Options),
	}
	// Files are not part of the row, but a new one is a change.
	row.Hash = hashOf(struct {
		Row           store.Interaction
		Files, Inline []daktela.Attachment
	}{row, w.Attachments, w.InlineAttachments})
	return row
}

// itemFiles are the files that an interaction itself names; nil where the release does not list them.
func itemFiles(w daktela.Interaction) []store.Attachment {
	if w.Attachments == nil && w.InlineAttachments == nil {
		return nil
	}
	files := []store.Attachment{}
	known := map[daktela.Name]bool{}
	for _, list := range []daktela.List[daktela.Attachment]{w.Attachments, w.InlineAttachments} {
		for _, a := range list {
			if id := a.ID(); id != "" && !known[id] {
				known[id] = true
				files = append(files, attachment(a, ""))
			}
		}
	}
	return files
}

func (c converter) activity(w daktela.Activity) store.Activity {
	row := store.Activity{
		Name:             store.Name(w.Name),
		Interaction:      store.Name(w.Item.Name),
		Type:             w.Type.Value,
		Action:           w.Action.Value,
		Title:            w.Title.Value,
		Description:      w.Description.Value,
		Important:        w.Important.Value,
		Priority:         w.Priority.Value,
		Queue:            ref(w.Queue),
		User:             ref(w.User),
		CreatedBy:        ref(w.CreatedBy),
		Contact:          ref(w.Contact),
		Ticket:           ref(w.Ticket),
		Time:             w.Time.Value,
		TimeMs:           c.ms(w.Time),
		TimeWaitMs:       c.ms(w.TimeWait),
		TimeOpenMs:       c.ms(w.TimeOpen),
		TimeCloseMs:      c.ms(w.TimeClose),
		BeforeS:          number(w.BeforeWork),
		AfterS:           number(w.AfterWork),
		DurationS:        number(w.Duration),
		RingingS:         number(w.RingingTime),
		FocusS:           number(w.FocusTime),
		FocusDisruptions: number(w.FocusDisruptions),
		Anonymised:       w.Anonymised.Value,
		CustomFields:     customFields(w.CustomFields),
	}
	for _, s := range w.Statuses {
		row.Statuses = append(row.Statuses, ref(s))
	}
	// Files are not part of the row, but a new one is a change.
	row.Hash = hashOf(struct {
		Row   store.Activity
		Files []daktela.Attachment
	}{row, w.Attachments})
	return row
}

// messages converts a transcript.
func (c converter) messages(wire []daktela.Message) []store.Message {
	rows := make([]store.Message, 0, len(wire))
	for _, w := range wire {
		rows = append(rows, c.message(w))
	}
	rows = inTime(rows, func(m store.Message) int64 { return m.TimeMs })
	for i := range rows {
		rows[i].Seq = i
	}
	return rows
}

// inTime puts rows in the order of time; the server promises none. Its own
// order decides between equal times, and a row without a time stays behind
// the one before it.
func inTime[T any](rows []T, at func(T) int64) []T {
	if inOrder(rows, at) {
		return rows
	}
	type timed struct {
		ms  int64
		row T
	}
	list := make([]timed, 0, len(rows))
	last := int64(0)
	for _, row := range rows {
		if ms := at(row); ms != listing.Unknown {
			last = ms
		}
		list = append(list, timed{last, row})
	}
	slices.SortStableFunc(list, func(a, b timed) int { return cmp.Compare(a.ms, b.ms) })
	for i := range list {
		rows[i] = list[i].row
	}
	return rows
}

// inOrder reports rows that are in the order of time already, as they nearly always come.
func inOrder[T any](rows []T, at func(T) int64) bool {
	last := int64(0)
	for _, row := range rows {
		ms := at(row)
		if ms == listing.Unknown {
			continue
		}
		if ms < last {
			return false
		}
		last = ms
	}
	return true
}

func (c converter) message(w daktela.Message) store.Message {
	location, card := w.Options.Location.Value, w.Options.Card.Value
	m := store.Message{
		Name:         store.Name(w.Name),
		Direction:    w.Direction.Value,
		Type:         w.Type.Value,
		Kind:         string(w.Kind()),
		Text:         w.Text.Value,
		OriginalText: w.OriginalText.Value,
		Time:         w.At(),
		TimeMs:       c.ms(daktela.Text{Value: w.At()}),
		User:         ref(w.User),
		From:         w.From.Value,
		Delivery:     w.Delivery.Value,
		Reason:       w.Options.Reason.Value,
		QuotedName:   store.Name(w.Options.Quoted),
		Template:     w.Options.Template.Value,
		Latitude:     location.Latitude.Value,
		Longitude:    location.Longitude.Value,
		Place:        location.Title.Value,
		CardName:     card.FullName.Value,
		CardNumber:   card.Number.Value,
	}
	for _, r := range w.Reactions {
		m.Reactions = append(m.Reactions, store.Reaction{Emoji: r.Emoji.Value, From: title(r.User)})
	}
	for _, a := range w.Attachments {
		m.Attachments = append(m.Attachments, attachment(a, m.Name))
	}
	return m
}

func attachment(w daktela.Attachment, of store.Name) store.Attachment {
	return store.Attachment{
		File: string(w.ID()), Message: of, Title: w.Title.Value, MimeType: w.Type.Value,
		SizeBytes: number(w.Size), DurationS: number(w.Duration),
	}
}

func (c converter) process(wire []daktela.Step) []store.ProcessEvent {
	events := make([]store.ProcessEvent, 0, len(wire))
	for _, w := range wire {
		events = append(events, store.ProcessEvent{
			TimeMs: c.ms(w.Time), Step: strings.ToLower(w.Step.Value), Queue: ref(w.Queue), User: ref(w.User),
			LastsS: number(w.Duration), Text: w.Title.Value,
		})
	}
	events = inTime(events, func(e store.ProcessEvent) int64 { return e.TimeMs })
	for i := range events {
		events[i].Seq = i
	}
	return events
}

func (c converter) ms(t daktela.Text) int64 {
	if ms, ok := c.zone.UTC(t.Value); ok {
		return ms
	}
	return listing.Unknown
}

func ref(r daktela.Ref) listing.Ref { return listing.Ref{Name: string(r.Name), Title: title(r)} }

// title is what a reference is called; users reduced by missing rights may
// have an alias only.
func title(r daktela.Ref) string {
	if r.Title.Value != "" {
		return r.Title.Value
	}
	return r.Alias.Value
}

func number(i daktela.Int) int64 {
	if !i.Known {
		return listing.Unknown
	}
	return i.Value
}

func tri(b daktela.Bool) listing.Tri {
	switch {
	case !b.Known:
		return listing.TriUnknown
	case b.Value:
		return listing.TriYes
	default:
		return listing.TriNo
	}
}

// customFields is the JSON of the fields, "" for none.
func customFields(fields daktela.CustomFields) string {
	if len(fields) == 0 {
		return ""
	}
	b, err := json.Marshal(fields) // keys come out sorted, so equal fields are equal texts
	if err != nil {                // texts always encode
		return ""
	}
	return string(b)
}
