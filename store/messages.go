package store

import (
	"context"
	"hash"
	"math"
)

// messageColumns are the columns of a message, in the order of messageArgs.
var messageColumns = []string{
	"id", "name", "direction", "type", "kind", "text", "original_text", "time_text", "time_ms", "user_id", "sender",
	"delivery", "reason", "quoted_name", "reactions", "template", "latitude", "longitude", "place", "card_name", "card_number",
}

var putMessageSQL = replaceBy("messages", "id", messageColumns)

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
	if !isNew {
		var err error
		if old, err = t.storedMessages(ctx, stored.id); err != nil {
			return false, err
		}
	}
	if !sure && lacks(old, messages, func(m *Message) string { return m.Name }) {
		return false, nil
	}
	for place := range messages {
		if place < len(old) && sameMessage(&old[place], &messages[place]) {
			continue
		}
		if err := t.putMessage(ctx, messageID(stored.id, place), &messages[place]); err != nil {
			return false, err
		}
		result.Messages.Stored++
	}
	if len(old) > len(messages) {
		first, last := messageID(stored.id, len(messages)), messageID(stored.id, maxMessages)
		if err := t.run(ctx, "DELETE FROM messages WHERE id BETWEEN ? AND ?", first, last); err != nil {
			return false, err
		}
	}
	t.index(stored.id, searchText(old), searchText(messages))
	if err := t.putAttachments(ctx, stored.id, FromMessages, isNew, attachmentsOf(messages)); err != nil {
		return false, err
	}
	t.touch(stored.id)
	figures := figuresOfMessages(messages)
	return true, t.run(ctx, `UPDATE interactions SET messages_hash = ?, messages_read_ms = ?, message_count = ?, first_reply_s = ?, silence_s = ?
		WHERE id = ?`, sum, t.nowMs, figures.Count, numberArg(figures.FirstReplyS), numberArg(figures.SilenceS), stored.id)
}

func (t *tx) putMessage(ctx context.Context, id int64, m *Message) error {
	user, err := t.ref(ctx, refUsers, m.User)
	if err != nil {
		return err
	}
	reactions, err := jsonArg(m.Reactions)
	if err != nil {
		return err
	}
	var latitude, longitude any
	if m.Kind == kindLocation {
		latitude, longitude = m.Latitude, m.Longitude
	}
	return t.run(ctx, putMessageSQL,
		id, textArg(m.Name), textArg(m.Direction), textArg(m.Type), textArg(m.Kind), textArg(m.Text), textArg(m.OriginalText),
		textArg(m.Time), numberArg(m.TimeMs), idArg(user), textArg(m.From), textArg(m.Delivery), textArg(m.Reason),
		textArg(m.QuotedName), reactions, textArg(m.Template), latitude, longitude, textArg(m.Place),
		textArg(m.CardName), textArg(m.CardNumber))
}

const kindLocation = "location"

// readMessageColumns are what scanMessage takes, of messages m and their users u.
const readMessageColumns = `m.id, m.name, m.direction, m.type, m.kind, m.text, m.original_text, m.time_text, m.time_ms,
	u.name, u.title, m.sender, m.delivery, m.reason, m.quoted_name, m.reactions, m.template,
	ifnull(m.latitude, 0.0), ifnull(m.longitude, 0.0), m.place, m.card_name, m.card_number`

const messageSelect = "SELECT " + readMessageColumns + `
	FROM messages m LEFT JOIN users u ON u.id = m.user_id WHERE m.id BETWEEN ? AND ? ORDER BY m.id`

func scanMessage(rows rowScanner, m *Message) error {
	var id int64
	var reactions string
	if err := rows.Scan(&id, nullText(&m.Name), nullText(&m.Direction), nullText(&m.Type), nullText(&m.Kind), nullText(&m.Text),
		nullText(&m.OriginalText), nullText(&m.Time), nullNumber(&m.TimeMs), nullText(&m.User.Name), nullText(&m.User.Title),
		nullText(&m.From), nullText(&m.Delivery), nullText(&m.Reason), nullText(&m.QuotedName), nullText(&reactions),
		nullText(&m.Template), &m.Latitude, &m.Longitude, nullText(&m.Place), nullText(&m.CardName), nullText(&m.CardNumber)); err != nil {
		return err
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
	h := newHash()
	for i := range messages {
		hashMessage(h, &messages[i])
		for _, a := range messages[i].Attachments {
			hashTexts(h, a.File, a.Title, a.MimeType)
			hashNumbers(h, a.SizeBytes, a.DurationS)
		}
	}
	return int64(h.Sum64() | 1)
}

// sameMessage compares what the row of a message holds; attachments are rows of their own.
func sameMessage(a, b *Message) bool {
	one, other := newHash(), newHash()
	hashMessage(one, a)
	hashMessage(other, b)
	return one.Sum64() == other.Sum64()
}

func hashMessage(h hash.Hash64, m *Message) {
	hashTexts(h, m.Name, m.Direction, m.Type, m.Kind, m.Text, m.OriginalText, m.Time, refKey(m.User), m.User.Title,
		m.From, m.Delivery, m.Reason, m.QuotedName, m.Template, m.Place, m.CardName, m.CardNumber)
	hashNumbers(h, m.TimeMs)
	if m.Kind == kindLocation {
		hashNumbers(h, int64(math.Float64bits(m.Latitude)), int64(math.Float64bits(m.Longitude)))
	}
	for _, r := range m.Reactions {
		hashTexts(h, r.Emoji, r.From)
	}
}
