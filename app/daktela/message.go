package daktela

import (
	"strconv"
	"strings"
)

// Message is a line of a transcript. The WhatsApp shape is not published: the
// keys are those of the web chat's message; what only WhatsApp has is read from
// options, where every model keeps its extra parameters, and all of it may be missing.
type Message struct {
	Name         Name             `json:"name"`
	Direction    Text             `json:"direction"` // DirectionIn, DirectionOut, DirectionBot, ""
	Type         Text             `json:"type"`      // MessagePublic, MessagePrivate, MessageCommand
	Text         Text             `json:"text"`
	OriginalText Text             `json:"original_text"` // before a translation or edit
	TimeCreated  Text             `json:"time_created"`  // local
	Time         Text             `json:"time"`          // what older releases send instead
	User         Ref              `json:"user"`
	From         Text             `json:"from"`   // COWORKERS or ""
	Delivery     Text             `json:"result"` // "", SENT, DELIVERED, READ, FAILED
	Reactions    List[Reaction]   `json:"emoji"`
	Options      MessageOptions   `json:"options"`
	Attachments  List[Attachment] `json:"attachments"`
}

// MessageOptions is what a WhatsApp message has beside the web chat's fields.
type MessageOptions struct {
	Kind     MessageKind      `json:"kind"`
	Reason   Text             `json:"reason"` // of a failed delivery
	Quoted   Name             `json:"quoted"` // the message this one answers
	Template Text             `json:"template"`
	Location Nested[Location] `json:"location"`
	Card     Nested[Card]     `json:"card"`
}

// UnmarshalJSON never fails; [] is no options.
func (o *MessageOptions) UnmarshalJSON(b []byte) error {
	type plain MessageOptions
	var n Nested[plain]
	if err := n.UnmarshalJSON(b); err != nil {
		return err
	}
	*o = MessageOptions(n.Value)
	return nil
}

// At returns the local time of the message under either key.
func (m Message) At() string {
	if m.TimeCreated.Value != "" {
		return m.TimeCreated.Value
	}
	return m.Time.Value
}

// Values of Message.Type.
const (
	MessagePublic  = "PUBLIC"
	MessagePrivate = "PRIVATE" // a note among colleagues
	MessageCommand = "COMMAND"
)

// MessageKind is what a message carries. Values this program does not know
// decode as KindUnsupported, a missing one as "" (see Message.Kind).
type MessageKind string

// Kinds of messages.
const (
	KindText        MessageKind = "text"
	KindImage       MessageKind = "image"
	KindVideo       MessageKind = "video"
	KindVoice       MessageKind = "voice"
	KindAudio       MessageKind = "audio"
	KindDocument    MessageKind = "document"
	KindSticker     MessageKind = "sticker"
	KindLocation    MessageKind = "location"
	KindContact     MessageKind = "contact"
	KindTemplate    MessageKind = "template"
	KindReply       MessageKind = "reply"
	KindDeleted     MessageKind = "deleted"
	KindUnsupported MessageKind = "unsupported"
)

// UnmarshalJSON never fails.
func (k *MessageKind) UnmarshalJSON(b []byte) error {
	s, ok := scalarText(b)
	switch kind := MessageKind(strings.ToLower(s)); kind {
	case KindText, KindImage, KindVideo, KindVoice, KindAudio, KindDocument, KindSticker, KindLocation,
		KindContact, KindTemplate, KindReply, KindDeleted, KindUnsupported:
		*k = kind
	default:
		*k = ""
		if ok && s != "" {
			*k = KindUnsupported
		}
	}
	return nil
}

// Kind returns what the message carries, worked out from its parts where the
// reply names nothing (the web chat's shape has no kind).
func (m Message) Kind() MessageKind {
	switch {
	case m.Options.Kind != "":
		return m.Options.Kind
	case m.Options.Location.Known:
		return KindLocation
	case m.Options.Card.Known:
		return KindContact
	case len(m.Attachments) > 0:
		return m.Attachments[0].kind()
	case m.Options.Template.Value != "":
		return KindTemplate
	default:
		return KindText
	}
}

// Reaction is an emoji put on a message. It comes as an object or as the bare emoji.
type Reaction struct {
	Emoji Text
	User  Ref // the zero Ref for the customer
}

// UnmarshalJSON never fails.
func (r *Reaction) UnmarshalJSON(b []byte) error {
	*r = Reaction{}
	if !isObject(b) {
		return r.Emoji.UnmarshalJSON(b)
	}
	var o struct {
		Emoji Text `json:"emoji"`
		User  Ref  `json:"user"`
	}
	if decode(b, &o) == nil {
		*r = Reaction{o.Emoji, o.User}
	}
	return nil
}

// Location is a place on the map.
type Location struct {
	Latitude  Float `json:"latitude"`
	Longitude Float `json:"longitude"`
	Title     Text  `json:"title"`
}

// Card is a contact card sent as a message.
type Card struct {
	FullName Text `json:"full_name"`
	Number   Text `json:"number"`
}

// Float is a number that may be unknown or come as a text.
type Float struct {
	Value float64
	Known bool
}

// UnmarshalJSON never fails.
func (f *Float) UnmarshalJSON(b []byte) error {
	*f = Float{}
	s, ok := scalarText(b)
	if !ok {
		return nil
	}
	if v, err := strconv.ParseFloat(strings.TrimSpace(s), 64); err == nil && v > -1e15 && v < 1e15 {
		*f = Float{v, true}
	}
	return nil
}

// Step is one step of an interaction's way through the contact centre.
type Step struct {
	Name     Name `json:"name"`
	Time     Text `json:"time"` // local
	Step     Text `json:"step"` // as the server names it
	Title    Text `json:"title"`
	Queue    Ref  `json:"queue"`
	User     Ref  `json:"user"`
	Duration Int  `json:"duration"` // seconds
}

func messageFields() []string {
	return []string{
		"name", "direction", "type", "text", "original_text", "time_created", "time", "user", "from", "result", "emoji", "options", "attachments",
	}
}

func stepFields() []string {
	return []string{"name", "time", "step", "title", "queue", "user", "duration"}
}
