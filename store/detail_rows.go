package store

import (
	"context"

	"wapdesk/store/listing"
)

func readInteraction(ctx context.Context, q querier, id int64, d *Detail) error {
	r := &d.Interaction
	var hash, erasedMs int64
	var login string
	rows, err := q.QueryContext(ctx, `SELECT i.name, i.title, i.state, i.time_text, i.time_ms, q.name, q.title, u.name, u.title,
		c.name, c.title, k.name, k.title, i.sender, e.external_id, e.full_name, e.number, e.contact_name, i.answered, i.wait_s,
		i.duration_s, i.direction, i.disconnection, i.missed, i.missed_time_text, i.missed_time_ms, i.options, i.anonymised, i.hash,
		i.gone_ms, i.messages_read_ms IS NOT NULL, i.process_read_ms IS NOT NULL, x.at_ms, x.login
		FROM interactions i LEFT JOIN queues q ON q.id = i.queue_id LEFT JOIN users u ON u.id = i.user_id
		LEFT JOIN contacts c ON c.id = i.contact_id LEFT JOIN connectors k ON k.id = i.connector_id
		LEFT JOIN external_contacts e ON e.id = i.external_contact_id LEFT JOIN erasures x ON x.name = i.name
		WHERE i.id = ?`, id)
	err = each(rows, err, func(rows rowScanner) error {
		return rows.Scan(&r.Name, nullText(&r.Title), nullText(&r.State), nullText(&r.Time), nullNumber(&r.TimeMs),
			nullText(&r.Queue.Name), nullText(&r.Queue.Title), nullText(&r.User.Name), nullText(&r.User.Title),
			nullText(&r.Contact.Name), nullText(&r.Contact.Title), nullText(&r.Connector.Name), nullText(&r.Connector.Title),
			nullText(&r.Sender), nullText(&r.ExternalContact.ID), nullText(&r.ExternalContact.FullName), nullText(&r.ExternalContact.Number),
			nullText(&r.ExternalContact.Contact), nullTri(&r.Answered), nullNumber(&r.WaitS), nullNumber(&r.DurationS), nullText(&r.Direction),
			nullText(&r.Disconnection), nullText(&r.Missed), nullText(&r.MissedTime), nullNumber(&r.MissedTimeMs), nullText(&r.Options),
			&r.Anonymised, &hash, nullNumber(&d.GoneMs), &d.MessagesRead, &d.ProcessRead, nullNumber(&erasedMs), nullText(&login))
	})
	if err != nil {
		return err
	}
	r.Hash = uint64(hash)
	if r.ExternalContact.ID == "~"+r.Name {
		r.ExternalContact.ID = "" // it had none, see putExternalContact
	}
	if erasedMs != listing.Unknown {
		d.Erasure = &Erasure{Name: r.Name, AtMs: erasedMs, By: login}
	}
	return nil
}

// readActivityColumns are what scanActivity takes, and activityJoins where they come from.
const (
	readActivityColumns = `a.id, a.name, a.type, a.action, a.title, a.description, a.important, a.priority, q.name, q.title,
		u.name, u.title, b.name, b.title, c.name, c.title, k.name, k.title, a.time_text, a.time_ms, a.time_wait_ms, a.time_open_ms,
		a.time_close_ms, a.before_s, a.after_s, a.duration_s, a.ringing_s, a.focus_s, a.focus_disruptions, a.anonymised, a.custom_fields, a.hash`
	activityJoins = ` LEFT JOIN queues q ON q.id = a.queue_id LEFT JOIN users u ON u.id = a.user_id
		LEFT JOIN users b ON b.id = a.created_by_id LEFT JOIN contacts c ON c.id = a.contact_id LEFT JOIN tickets k ON k.id = a.ticket_id `
)

// scanActivity reads an activity without its interaction and its statuses, and gives its id.
func scanActivity(rows rowScanner, a *ActivityDetail) (id int64, err error) {
	var hash int64
	err = rows.Scan(&id, &a.Name, nullText(&a.Type), nullText(&a.Action), nullText(&a.Title), nullText(&a.Description), &a.Important,
		&a.Priority, nullText(&a.Queue.Name), nullText(&a.Queue.Title), nullText(&a.User.Name), nullText(&a.User.Title),
		nullText(&a.CreatedBy.Name), nullText(&a.CreatedBy.Title), nullText(&a.Contact.Name), nullText(&a.Contact.Title),
		nullText(&a.Ticket.Name), nullText(&a.Ticket.Title), nullText(&a.Time), nullNumber(&a.TimeMs), nullNumber(&a.TimeWaitMs),
		nullNumber(&a.TimeOpenMs), nullNumber(&a.TimeCloseMs), nullNumber(&a.BeforeS), nullNumber(&a.AfterS), nullNumber(&a.DurationS),
		nullNumber(&a.RingingS), nullNumber(&a.FocusS), nullNumber(&a.FocusDisruptions), &a.Anonymised, nullText(&a.CustomFields), &hash)
	a.Hash = uint64(hash)
	a.Anomaly = focusAnomaly(a.Activity)
	return id, err
}

func readActivities(ctx context.Context, q querier, interaction int64, name Name) ([]ActivityDetail, error) {
	first, last := childSpan(interaction, activityBits)
	ids := []int64{}
	rows, err := q.QueryContext(ctx, "SELECT "+readActivityColumns+" FROM activities a"+activityJoins+
		"WHERE a.id BETWEEN ? AND ? ORDER BY a.time_ms, a.name", first, last)
	activities, err := collect(rows, err, func(rows rowScanner, a *ActivityDetail) error {
		id, err := scanActivity(rows, a)
		a.Interaction = name
		ids = append(ids, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return activities, readStatuses(ctx, q, first, last, ids, activities)
}

func readStatuses(ctx context.Context, q querier, first, last int64, ids []int64, activities []ActivityDetail) error {
	of := make(map[int64]*ActivityDetail, len(ids))
	for i, id := range ids {
		of[id] = &activities[i]
	}
	rows, err := q.QueryContext(ctx, `SELECT l.activity_id, s.name, s.title FROM activity_statuses l JOIN statuses s ON s.id = l.status_id
		WHERE l.activity_id BETWEEN ? AND ? ORDER BY l.activity_id, l.place`, first, last)
	return each(rows, err, func(rows rowScanner) error {
		var id int64
		var status listing.Ref
		if err := rows.Scan(&id, &status.Name, &status.Title); err != nil {
			return err
		}
		if a := of[id]; a != nil {
			a.Statuses = append(a.Statuses, status)
		}
		return nil
	})
}
