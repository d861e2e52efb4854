package store

import (
	"context"
	"iter"

	"wapdesk/store/listing"
)

// Detail is the whole story of one interaction as it is stored.
type Detail struct {
	Record      listing.Record
	Interaction Interaction
	Activities  []ActivityDetail // in time order
	Messages    []Message        // in the order of the transcript
	Process     []ProcessEvent
	Files       []Attachment // of the interaction itself and of its activities; those of messages are with the message
	Contact     *Contact
	Account     *Account
	Tickets     []Ticket
	// TicketWork are the activities of other interactions that the tickets have too, newest first.
	TicketWork []TicketActivity
	Reviews    []QAReview
	Forms      []QAForm // the forms of Reviews
	// Selected is the activity the detail was asked for by name, or the only one, or "".
	Selected Name
	// MessagesRead and ProcessRead are false while the sync has not read them.
	MessagesRead bool
	ProcessRead  bool
	// GoneMs is when the contact centre no longer had the interaction, listing.Unknown while it has.
	GoneMs int64
	// Erasure is set when the interaction was anonymised.
	Erasure *Erasure
}

// TicketActivity is an activity of a ticket, in short.
type TicketActivity struct {
	Ticket      Name
	Interaction Name
	Name        Name
	Title       string
	User        string
	TimeMs      int64
}

// ticketWorkLimit is how many of a ticket's other activities are worth showing beside one of them.
const ticketWorkLimit = 100

// ActivityDetail is an activity with what is derived from it.
type ActivityDetail struct {
	Activity
	// Anomaly marks a focus time that cannot be true, see focusAnomaly.
	Anomaly bool
}

// Found is where a name leads.
type Found struct {
	Interaction Name
	Activity    Name // set when the name was an activity's
}

// Find returns where the unique name of an interaction or an activity leads; ErrNotFound.
func (db *DB) Find(ctx context.Context, name Name) (Found, error) {
	var found Found
	err := db.view(ctx, "find a name", func(q querier) error {
		var err error
		_, found, err = locate(ctx, q, name)
		return err
	})
	return found, err
}

// locate returns the id of the interaction that a name leads to, within the rights.
func locate(ctx context.Context, q querier, name Name) (int64, Found, error) {
	var id int64
	var found Found
	rows, err := q.QueryContext(ctx, `SELECT i.id, i.name, '' FROM interactions i WHERE i.name = ?1 AND `+inScope+`
		UNION ALL SELECT i.id, i.name, a.name FROM activities a JOIN interactions i ON i.id = a.id >> 8
		WHERE a.name = ?1 AND `+inScope+` LIMIT 1`, name)
	err = each(rows, err, func(rows rowScanner) error { return rows.Scan(&id, &found.Interaction, &found.Activity) })
	if err == nil && id == 0 {
		err = ErrNotFound
	}
	return id, found, err
}

// Detail reads one interaction by its unique name or that of one of its activities. Gone ones are
// still read, until they are dropped. ErrNotFound when it is not stored or outside of the rights;
// the two look the same.
func (db *DB) Detail(ctx context.Context, name Name) (Detail, error) {
	var d Detail
	err := db.view(ctx, "read an interaction", func(q querier) error {
		id, found, err := locate(ctx, q, name)
		if err != nil {
			return err
		}
		d, err = db.readDetail(ctx, q, id)
		if found.Activity != "" {
			d.Selected = found.Activity
		}
		return err
	})
	return d, err
}

// Details reads many by id, in the ids' order, for exports. Ids outside of the rights and
// unknown ones are left out. All of it is of one moment.
func (db *DB) Details(ctx context.Context, ids []int64) iter.Seq2[Detail, error] {
	return func(yield func(Detail, error) bool) {
		stopped := false
		err := db.view(ctx, "read interactions", func(q querier) error {
			for _, id := range ids {
				var visible int64
				rows, err := q.QueryContext(ctx, "SELECT i.id FROM interactions i WHERE i.id = ? AND "+inScope, id)
				if err := each(rows, err, func(rows rowScanner) error { return rows.Scan(&visible) }); err != nil {
					return err
				}
				if visible == 0 {
					continue
				}
				d, err := db.readDetail(ctx, q, id)
				if err != nil {
					return err
				}
				if !yield(d, nil) {
					stopped = true
					return nil
				}
			}
			return nil
		})
		if err != nil && !stopped {
			yield(Detail{}, err)
		}
	}
}

func (db *DB) readDetail(ctx context.Context, q querier, id int64) (Detail, error) {
	var d Detail
	if err := readInteraction(ctx, q, id, &d); err != nil {
		return d, err
	}
	var err error
	if d.Activities, err = readActivities(ctx, q, id, d.Interaction.Name); err != nil {
		return d, err
	}
	if len(d.Activities) == 1 {
		d.Selected = d.Activities[0].Name
	}
	if d.Messages, err = readMessages(ctx, q, id); err != nil {
		return d, err
	}
	if d.Process, err = storedProcess(ctx, q, id); err != nil {
		return d, err
	}
	apart, err := filesApart(ctx, q, []int64{id})
	if err != nil {
		return d, err
	}
	d.Files = apart[id]
	if d.Reviews, err = storedReviews(ctx, q, id); err != nil {
		return d, err
	}
	if err := readCRM(ctx, q, id, &d); err != nil {
		return d, err
	}
	d.Record, err = db.recordOf(ctx, q, id)
	return d, err
}

// recordOf is readRecords for one interaction, gone or not.
func (db *DB) recordOf(ctx context.Context, q querier, id int64) (listing.Record, error) {
	wanted := idList([]int64{id})
	known, err := readDictionary(ctx, q, wanted)
	if err != nil {
		return listing.Record{}, err
	}
	rows, err := q.QueryContext(ctx, "SELECT "+prefixed("i", recordColumns)+" FROM interactions i WHERE i.id = ?", id)
	var record listing.Record
	err = each(rows, err, func(rows rowScanner) error { return scanRecord(rows, known, &record) })
	return record, err
}

// readMessages reads a transcript with its attachments.
func readMessages(ctx context.Context, q querier, id int64) ([]Message, error) {
	first, last := childSpan(id, messageBits)
	rows, err := q.QueryContext(ctx, messageSelect, first, last)
	messages, err := collect(rows, err, scanMessage)
	if err != nil {
		return nil, err
	}
	files, err := storedAttachments(ctx, q, id, FromMessages)
	if err != nil {
		return nil, err
	}
	of := make(map[Name][]Attachment, len(files))
	for _, file := range files {
		of[file.Message] = append(of[file.Message], file)
	}
	for i := range messages {
		messages[i].Attachments = of[messages[i].Name]
	}
	return messages, nil
}

// readCRM reads the contact, its account, the tickets of the activities and the forms of the reviews.
func readCRM(ctx context.Context, q querier, id int64, d *Detail) error {
	rows, err := q.QueryContext(ctx, contactSelect+"WHERE c.id = (SELECT contact_id FROM interactions WHERE id = ?)", id)
	contacts, err := collect(rows, err, scanContact)
	if err != nil {
		return err
	}
	if len(contacts) > 0 {
		d.Contact = &contacts[0]
		rows, err := q.QueryContext(ctx, accountSelect+"WHERE a.name = ?", d.Contact.Account.Name)
		accounts, err := collect(rows, err, scanAccount)
		if err != nil {
			return err
		}
		if len(accounts) > 0 {
			d.Account = &accounts[0]
		}
	}
	first, last := childSpan(id, activityBits)
	rows, err = q.QueryContext(ctx, ticketSelect+"WHERE k.id IN (SELECT ticket_id FROM activities WHERE id BETWEEN ? AND ?) ORDER BY k.id", first, last)
	if d.Tickets, err = collect(rows, err, scanTicket); err != nil {
		return err
	}
	if len(d.Tickets) > 0 {
		if d.TicketWork, err = readTicketWork(ctx, q, id); err != nil {
			return err
		}
	}
	d.Forms = []QAForm{}
	if len(d.Reviews) == 0 {
		return nil
	}
	rows, err = q.QueryContext(ctx, `SELECT name, title, description, initial_score, minimum_score, questions, queues FROM qa_forms
		WHERE name IN (SELECT form_name FROM qa_reviews WHERE activity_id BETWEEN ? AND ?) ORDER BY name`, first, last)
	d.Forms, err = collect(rows, err, scanForm)
	return err
}

// readTicketWork reads what else an interaction's tickets have, within the rights.
func readTicketWork(ctx context.Context, q querier, id int64) ([]TicketActivity, error) {
	first, last := childSpan(id, activityBits)
	rows, err := q.QueryContext(ctx, `SELECT k.name, i.name, a.name, a.title, u.title, ifnull(a.time_ms, i.time_ms)
		FROM (SELECT DISTINCT ticket_id FROM activities WHERE id BETWEEN ?1 AND ?2 AND ticket_id IS NOT NULL) t
		JOIN tickets k ON k.id = t.ticket_id
		JOIN activities a INDEXED BY activities_of_ticket ON a.ticket_id = k.id
		JOIN interactions i ON i.id = a.id >> 8
		LEFT JOIN users u ON u.id = a.user_id
		WHERE a.id NOT BETWEEN ?1 AND ?2 AND i.gone_ms IS NULL AND `+inScope+`
		ORDER BY 6 DESC, a.id DESC LIMIT ?3`, first, last, ticketWorkLimit)
	return collect(rows, err, func(rows rowScanner, a *TicketActivity) error {
		return rows.Scan(&a.Ticket, &a.Interaction, &a.Name, nullText(&a.Title), nullText(&a.User), nullNumber(&a.TimeMs))
	})
}
