package daktela

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
)

// Writes send only what changes. None is repeated by the client after a lost
// answer; see OutcomeUnknown.

// PairContact pairs an activity with a contact; "" un-pairs it.
func (c *Client) PairContact(ctx context.Context, activity, contact Name) (Reply[Activity], error) {
	return c.putActivity(ctx, activity, activityChange{Contact: contact.wire()})
}

// AttachTicket attaches an activity to a ticket; "" detaches it.
func (c *Client) AttachTicket(ctx context.Context, activity, ticket Name) (Reply[Activity], error) {
	return c.putActivity(ctx, activity, activityChange{Ticket: ticket.wire()})
}

// SetStatuses replaces the statuses of an activity.
func (c *Client) SetStatuses(ctx context.Context, activity Name, statuses []Name) (Reply[Activity], error) {
	list := make([]json.RawMessage, 0, len(statuses))
	for _, s := range statuses {
		list = append(list, s.wire())
	}
	return c.putActivity(ctx, activity, activityChange{Statuses: &list})
}

// activityChange holds the fields of an activity that this program changes;
// those left nil are not sent.
type activityChange struct {
	Contact  json.RawMessage    `json:"contact,omitempty"`
	Ticket   json.RawMessage    `json:"ticket,omitempty"`
	Statuses *[]json.RawMessage `json:"statuses,omitempty"`
}

func (c *Client) putActivity(ctx context.Context, activity Name, change activityChange) (Reply[Activity], error) {
	return write[Activity](ctx, c, http.MethodPut, "activities", activity, change)
}

// SetMissed marks a missed interaction: MissedNo says that the customer was contacted back.
func (c *Client) SetMissed(ctx context.Context, interaction Name, missed string) (Reply[Interaction], error) {
	body := struct {
		Missed string `json:"missed"`
	}{missed}
	return write[Interaction](ctx, c, http.MethodPut, "activitiesWap", interaction, body)
}

// NewContact is a contact to create. Name is chosen by the caller, so that a
// lost answer can be looked up; Title, LastName and Database are required.
type NewContact struct {
	Name         Name         `json:"name,omitempty"`
	Title        string       `json:"title"`
	FirstName    string       `json:"firstname,omitempty"`
	LastName     string       `json:"lastname"`
	Database     Name         `json:"database"`
	Account      Name         `json:"account,omitempty"`
	User         Name         `json:"user,omitempty"`
	Description  string       `json:"description,omitempty"`
	CustomFields CustomFields `json:"customFields,omitempty"`
}

// CreateContact creates a contact.
func (c *Client) CreateContact(ctx context.Context, contact NewContact) (Reply[Contact], error) {
	return write[Contact](ctx, c, http.MethodPost, "contacts", "", contact)
}

// NewActivity is an activity to create. Type "" is a comment.
type NewActivity struct {
	Name        Name            `json:"name,omitempty"`
	Type        string          `json:"type"`
	Title       string          `json:"title,omitempty"`
	Description string          `json:"description,omitempty"`
	Queue       json.RawMessage `json:"queue,omitempty"`
	Ticket      json.RawMessage `json:"ticket,omitempty"`
	Contact     Name            `json:"contact,omitempty"`
	Options     *StartOptions   `json:"options,omitempty"`
}

// StartOptions names the recipient of an activity without a contact.
type StartOptions struct {
	Number string `json:"number"`
}

// StartWhatsApp describes a new WhatsApp activity for a contact in a queue.
// How the server wants a template named is not published; outside the 24-hour
// window it may refuse for that reason.
func StartWhatsApp(queue, contact Name, title string) NewActivity {
	return NewActivity{Type: TypeWhatsApp, Queue: queue.wire(), Contact: contact, Title: title}
}

// StartWhatsAppTo describes one to whoever has a number. Where the server wants the recipient is
// not published; of the fields it takes, only the options can hold one (WIRE.md).
// ErrNumber when it cannot be a phone number.
func StartWhatsAppTo(queue Name, number string) (NewActivity, error) {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -()/.\u00a0", r) {
			return -1
		}
		return r
	}, number)
	digits = strings.TrimPrefix(strings.TrimPrefix(digits, "+"), "00")
	if len(digits) < 6 || len(digits) > 15 || strings.Trim(digits, "0123456789") != "" { // E.164 has at most 15
		return NewActivity{}, ErrNumber
	}
	return NewActivity{Type: TypeWhatsApp, Queue: queue.wire(), Title: "+" + digits, Options: &StartOptions{Number: digits}}, nil
}

// CreateActivity creates an activity.
func (c *Client) CreateActivity(ctx context.Context, activity NewActivity) (Reply[Activity], error) {
	return write[Activity](ctx, c, http.MethodPost, "activities", "", activity)
}

// NewQAReview is a quality review to create.
type NewQAReview struct {
	Name     Name    `json:"name,omitempty"`
	Activity Name    `json:"activity"`
	Form     Name    `json:"qaform"`
	User     Name    `json:"user,omitempty"` // the person reviewed
	Answers  Answers `json:"qareviewAnswers"`
}

// CreateQAReview creates a quality review.
func (c *Client) CreateQAReview(ctx context.Context, review NewQAReview) (Reply[QAReview], error) {
	return write[QAReview](ctx, c, http.MethodPost, "qaReviews", "", review)
}

// write sends a POST (no name) or a PUT. A success without a record is
// accepted: 204, or a result of null.
func write[T any](ctx context.Context, c *Client, method, path string, name Name, body any) (Reply[T], error) {
	q := call{site: c.address.Site(), method: method, path: path, op: path, body: body}
	if method == http.MethodPut {
		if name == "" {
			return Reply[T]{}, ErrNoName
		}
		q.path, q.op = pathOf(path, string(name)), path+"/*"
	}
	e, err := c.send(ctx, q)
	if err != nil {
		return Reply[T]{}, err
	}
	reply := Reply[T]{Clock: e.clock, Warnings: e.problems.messages}
	if raw, ok := single(e.result); ok {
		reply.Raw = raw
		if json.Unmarshal(raw, &reply.Value) != nil {
			return reply, &MalformedError{Call: q.at(http.StatusOK), Why: "a record of another kind"}
		}
	}
	return reply, nil
}
