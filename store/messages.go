package store

import (
	"context"
	"math"
)

// messageColumns are the columns of a message, extraColumns those that few messages fill.
var (
	messageColumns = []string{"id", "name", "shape_id", "text", "time_ms", "time_text", "user_id"}
	extraColumns   = []string{
		"id", "original_text", "sender", "reason", "quoted_name", "reactions", "template", "latitude", "longitude", "place", "card_name", "card_number",
	}
	putMessageSQL = replaceBy("messages", "id", messageColumns)
)

// putMessages makes the stored transcript equal to the one read, and the search index with
// it. Rows that did not change are not written. isNew spares looking for what cannot be there.
// Without sure, a transcript that lacks a stored message is doubted and left as it was; it reports false then.
func (t *tx) putMessages(ctx context.Context, stored storedInteraction, isNew, sure bool, messages []Message, result *WindowResult) (bool, error) {
	if extra := len(messages) - maxMessages; extra > 0 {
		result.Clipped += extra
		messages = messages[:maxMessages]
	}
	result.Messages.Read += len(messages)
	sum := transcriptHash(messages)
	if !isNew && stored.messagesRead && stored.messagesHash == sum {
		return true, nil
	}
	var old []Message
	if !isNew && stored.messagesRead { // without a read there is none
		var err error
		if old, err = t.storedMessages(ctx, stored.id); err != nil {
			return false, err
		}
	}
	if !sure && lacks(old, messages, func(m *Message) string { return m.Name }) {
		return false, nil
	}
	written, err := t.writeMessages(ctx, stored.id, old, messages)
	if err != nil {
		return false, err
	}
	result.Messages.Stored += written
	if len(old) > len(messages) {
		first, last := messageID(stored.id, len(messages)), messageID(stored.id, maxMessages)
		if err := t.run(ctx, "DELETE FROM messages WHERE id BETWEEN ? AND ?", first, last); err != nil {
			return false, err
		}
	}
	t.index(stored.id, searchText(old), searchText(messages))
	if files := attachmentsOf(messages); stored.messagesRead || len(files) > 0 {
		if err := t.putAttachments(ctx, stored.id, FromMessages, isNew, files); err != nil {
			return false, err
		}
	}
	t.touch(stored.id)
	figures := figuresOfMessages(messages)
	return true, t.run(ctx, `UPDATE interactions SET messages_hash = ?, messages_read_ms = ?, message_count = ?, first_reply_s = ?, silence_s = ?,
		has_failed = ? WHERE id = ?`, sum, t.nowMs, figures.Count, numberArg(figures.FirstReplyS), numberArg(figures.SilenceS), figures.Failed, stored.id)
}

// writeMessages writes those of a transcript that differ from the stored ones and gives their number.
func (t *tx) writeMessages(ctx context.Context, interaction int64, old, messages []Message) (int, error) {
	fresh, extras := newBatch("messages", messageColumns), newBatch("message_extras", extraColumns)
	written := 0
	for place := range messages {
		m, id := &messages[place], messageID(interaction, place)
		replaces := place < len(old)
		if replaces && sameMessage(&old[place], m) {
			continue
		}
		written++
		shape, text, err := t.shapeOf(ctx, m)
		if err != nil {
			return 0, err
		}
		user, err := t.ref(ctx, refUsers, m.User)
		if err != nil {
			return 0, err
		}
		values := []any{id, textArg(m.Name), shape, textArg(m.Text), numberArg(m.TimeMs), textArg(text), idArg(user)}
		if replaces {
			err = t.replaceMessage(ctx, id, values)
		} else {
			err = fresh.add(ctx, t, values...)
		}
		if err != nil {
			return 0, err
		}
	}
	if err := fresh.flush(ctx, t); err != nil || written == 0 {
		return written, err
	}
	for place := range messages {
		m := &messages[place]
		if !hasExtras(m) || place < len(old) && sameMessage(&old[place], m) {
			continue
		}
		values, err := extraArgs(messageID(interaction, place), m)
		if err != nil {
			return 0, err
		}
		if err := extras.add(ctx, t, values...); err != nil {
			return 0, err
		}
	}
	return written, extras.flush(ctx, t)
}

// replaceMessage writes over a stored message and takes away what only the old one had.
func (t *tx) replaceMessage(ctx context.Context, id int64, values []any) error {
	if err := t.run(ctx, "DELETE FROM message_extras WHERE id = ?", id); err != nil {
		return err
	}
	return t.run(ctx, putMessageSQL, values...)
}

func hasExtras(m *Message) bool {
	return m.OriginalText != "" || m.From != "" || m.Reason != "" || m.QuotedName != "" || len(m.Reactions) > 0 || m.Template != "" ||
		m.Kind == kindLocation || m.Place != "" || m.CardName != "" || m.CardNumber != ""
}

func extraArgs(id int64, m *Message) ([]any, error) {
	reactions, err := jsonArg(m.Reactions)
	if err != nil {
		return nil, err
	}
	var latitude, longitude any
	if m.Kind == kindLocation {
		latitude, longitude = m.Latitude, m.Longitude
	}
	return []any{
		id, textArg(m.OriginalText), textArg(m.From), textArg(m.Reason), textArg(m.QuotedName), reactions, textArg(m.Template),
		latitude, longitude, textArg(m.Place), textArg(m.CardName), textArg(m.CardNumber),
	}, nil
}

// shape is what a message has in common with others.
type shape struct {
	direction, kind, what, delivery string // what is the type
	zone                            string // "" when the wall clock's text is kept with the message
}

// shapeOf returns the shape of a message, which is added when it is new, and the wall clock's text where that
// does not follow from the instant.
func (t *tx) shapeOf(ctx context.Context, m *Message) (id int64, text string, err error) {
	s := shape{direction: m.Direction, what: m.Type, kind: m.Kind, delivery: m.Delivery, zone: wallZone(m.Time, m.TimeMs, t.zone)}
	if s.zone == "" {
		text = m.Time
	}
	if known, ok := t.shapes[s]; ok {
		return known, text, nil
	}
	found, err := t.one(ctx, "SELECT id FROM message_shapes WHERE direction = ? AND type = ? AND kind = ? AND delivery = ? AND zone = ?",
		[]any{s.direction, s.what, s.kind, s.delivery, s.zone}, &id)
	if err != nil {
		return 0, "", err
	}
	if !found {
		result, err := t.exec(ctx, "INSERT INTO message_shapes (direction, type, kind, delivery, zone) VALUES (?, ?, ?, ?, ?)",
			s.direction, s.what, s.kind, s.delivery, s.zone)
		if err != nil {
			return 0, "", err
		}
		if id, err = result.LastInsertId(); err != nil {
			return 0, "", err
		}
	}
	t.shapes[s] = id
	return id, text, nil
}

const kindLocation = "location"

// readMessageColumns are what scanMessage takes, of messages m, and messageJoins where they come from.
const (
	readMessageColumns = `m.id, m.name, s.direction, s.type, s.kind, m.text, x.original_text, m.time_text, s.zone, m.time_ms,
	u.name, u.title, x.sender, s.delivery, x.reason, x.quoted_name, x.reactions, x.template,
	ifnull(x.latitude, 0.0), ifnull(x.longitude, 0.0), x.place, x.card_name, x.card_number`
	messageJoins = ` CROSS JOIN message_shapes s ON s.id = m.shape_id LEFT JOIN message_extras x ON x.id = m.id LEFT JOIN users u ON u.id = m.user_id `

	messageSelect = "SELECT " + readMessageColumns + " FROM messages m" + messageJoins + "WHERE m.id BETWEEN ? AND ? ORDER BY m.id"
)

func scanMessage(rows rowScanner, m *Message) error {
	var id int64
	var zone, reactions string
	if err := rows.Scan(&id, nullText(&m.Name), &m.Direction, &m.Type, &m.Kind, nullText(&m.Text),
		nullText(&m.OriginalText), nullText(&m.Time), &zone, nullNumber(&m.TimeMs), nullText(&m.User.Name), nullText(&m.User.Title),
		nullText(&m.From), &m.Delivery, nullText(&m.Reason), nullText(&m.QuotedName), nullText(&reactions),
		nullText(&m.Template), &m.Latitude, &m.Longitude, nullText(&m.Place), nullText(&m.CardName), nullText(&m.CardNumber)); err != nil {
		return err
	}
	if zone != "" {
		m.Time = wallText(zone, m.TimeMs)
	}
	m.Seq = int(id & maxMessages)
	return fromJSON(reactions, &m.Reactions)
}

func (t *tx) storedMessages(ctx context.Context, interaction int64) ([]Message, error) {
	first, last := childSpan(interaction, messageBits)
	rows, err := t.query(ctx, messageSelect, first, last)
	return collect(rows, err, scanMessage)
}

// transcriptHash returns the hash by which a transcript is told from the stored one; never 0.
func transcriptHash(messages []Message) int64 {
	f := newFingerprint()
	for i := range messages {
		f.message(&messages[i])
		for _, a := range messages[i].Attachments {
			f.texts(a.File, a.Title, a.MimeType)
			f.numbers(a.SizeBytes, a.DurationS)
		}
	}
	return f.kept()
}

// sameMessage compares what the row of a message holds; attachments are rows of their own.
func sameMessage(a, b *Message) bool {
	one, other := newFingerprint(), newFingerprint()
	one.message(a)
	other.message(b)
	return one == other
}

func (f *fingerprint) message(m *Message) {
	f.texts(m.Name, m.Direction, m.Type, m.Kind, m.Text, m.OriginalText, m.Time, refKey(m.User), m.User.Title,
		m.From, m.Delivery, m.Reason, m.QuotedName, m.Template, m.Place, m.CardName, m.CardNumber)
	f.numbers(m.TimeMs)
	if m.Kind == kindLocation {
		f.numbers(int64(math.Float64bits(m.Latitude)), int64(math.Float64bits(m.Longitude)))
	}
	for _, r := range m.Reactions {
		f.texts(r.Emoji, r.From)
	}
}
