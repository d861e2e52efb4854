package store

import (
	"context"
	"database/sql"
	"strings"
)

// PersonRecord is a row of the file that is about a person: a table, and its values by column. What
// the file keeps of a queue, a user or a connector by a number stands with its title.
type PersonRecord struct {
	Table  string
	Values map[string]any
}

// personTables are the tables that hold something of a customer, with how a person's rows are found.
// ?1 are the ids of the interactions, ?2 is the unique name of the contact.
// TestAPersonsRecordsComeFromEveryTable fails when one is missing.
func personTables() [][2]string {
	const ids = "json_each(?1) j JOIN "
	return [][2]string{
		{"contacts", "FROM contacts t WHERE t.name = ?2"},
		{"accounts", "FROM contacts c JOIN accounts t ON t.id = c.account_id WHERE c.name = ?2"},
		{"external_contacts", "FROM external_contacts t WHERE t.id IN (SELECT i.external_contact_id FROM " + ids + "interactions i ON i.id = j.value)"},
		{"tickets", `FROM tickets t WHERE t.contact_id IN (SELECT id FROM contacts WHERE name = ?2)
			OR t.id IN (SELECT a.ticket_id FROM ` + ids + "activities a ON a.id BETWEEN j.value << 8 AND (j.value << 8) + 255)"},
		{"interactions", "FROM " + ids + "interactions t ON t.id = j.value"},
		{"activities", "FROM " + ids + "activities t ON t.id BETWEEN j.value << 8 AND (j.value << 8) + 255"},
		{"messages", "FROM " + ids + "messages m ON m.id BETWEEN j.value << 16 AND (j.value << 16) + 65535" + messageJoins},
		{"attachments", "FROM " + ids + "attachments t ON t.interaction_id = j.value"},
		{"process_events", "FROM " + ids + "process_events t ON t.id BETWEEN j.value << 8 AND (j.value << 8) + 255"},
		{"qa_reviews", "FROM " + ids + "qa_reviews t ON t.activity_id BETWEEN j.value << 8 AND (j.value << 8) + 255"},
		{"outbox", "FROM outbox t WHERE t.contact_name = ?2 OR t.interaction_id IN (SELECT value FROM json_each(?1))"},
	}
}

// PersonRecords hands every row that is about a person to take: those of the contact, "" without one,
// and those of interactions, by their unique names. Names outside of the rights have none.
func (db *DB) PersonRecords(ctx context.Context, contact Name, interactions []Name, take func(PersonRecord) error) error {
	return db.view(ctx, "read a person's records", func(q querier) error {
		ids, err := idsOf(ctx, q, interactions)
		if err != nil {
			return err
		}
		titles, err := titlesOf(ctx, q)
		if err != nil {
			return err
		}
		for _, table := range personTables() {
			columns := "t.*"
			if table[0] == "messages" {
				columns = messageRecord
			}
			rows, err := q.QueryContext(ctx, "SELECT "+columns+" "+table[1]+" ORDER BY 1", idList(ids), contact)
			if err != nil {
				return err
			}
			if err := takeRows(rows, table[0], titles, take); err != nil {
				return err
			}
		}
		return nil
	})
}

// messageRecord are a message's, with those it shares with others and those that few have.
const messageRecord = `m.id, m.name, nullif(s.direction, '') AS direction, nullif(s.type, '') AS type, nullif(s.kind, '') AS kind, m.text,
	x.original_text, m.time_text, m.time_ms, s.zone, m.user_id, x.sender, nullif(s.delivery, '') AS delivery, x.reason, x.quoted_name, x.reactions, x.template, x.latitude, x.longitude, x.place, x.card_name, x.card_number`

// idsOf returns the ids of interactions within the rights.
func idsOf(ctx context.Context, q querier, names []Name) ([]int64, error) {
	list, err := jsonArg(names)
	if err != nil {
		return nil, err
	}
	rows, err := q.QueryContext(ctx, "SELECT i.id FROM json_each(?) j JOIN interactions i ON i.name = j.value WHERE "+inScope, list)
	return collect(rows, err, scanID)
}

// titlesOf returns the titles of what rows name by a number, by column.
func titlesOf(ctx context.Context, q querier) (map[string]map[int64]string, error) {
	titles := map[string]map[int64]string{}
	for column, table := range map[string]string{"queue_id": "queues", "user_id": "users", "created_by_id": "users", "connector_id": "connectors"} {
		of := map[int64]string{}
		rows, err := q.QueryContext(ctx, "SELECT id, title FROM "+table)
		if err := each(rows, err, func(rows rowScanner) error {
			var id int64
			var title string
			err := rows.Scan(&id, nullText(&title))
			of[id] = title
			return err
		}); err != nil {
			return nil, err
		}
		titles[column] = of
	}
	return titles, nil
}

func takeRows(rows *sql.Rows, table string, titles map[string]map[int64]string, take func(PersonRecord) error) error {
	defer func() { _ = rows.Close() }() // rows.Err tells what matters
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	for rows.Next() {
		values := make([]any, len(columns))
		places := make([]any, len(columns))
		for i := range values {
			places[i] = &values[i]
		}
		if err := rows.Scan(places...); err != nil {
			return err
		}
		record := PersonRecord{Table: table, Values: map[string]any{}}
		for i, column := range columns {
			id, isID := values[i].(int64)
			switch of, named := titles[column]; {
			case column == "hash" || strings.HasSuffix(column, "_hash"): // says only whether a row changed
			case named && isID:
				record.Values[strings.TrimSuffix(column, "_id")] = of[id]
			case named:
				record.Values[strings.TrimSuffix(column, "_id")] = nil
			default:
				record.Values[column] = values[i]
			}
		}
		if zone, ok := record.Values["zone"].(string); ok && table == "messages" {
			delete(record.Values, "zone")
			if ms, timed := record.Values["time_ms"].(int64); timed && zone != "" {
				record.Values["time_text"] = wallText(zone, ms)
			}
		}
		if err := take(record); err != nil {
			return err
		}
	}
	return rows.Err()
}

// EraseContact removes a contact for good that no stored interaction names, with its tickets and the
// account that only it used; a tombstone keeps it from coming back. It reports whether it did: while an
// interaction names the contact, it stays.
func (db *DB) EraseContact(ctx context.Context, contact Name) (bool, error) {
	removed := false
	err := db.update(ctx, "erase a contact", func(t *tx) error {
		removed = false
		var id int64
		found, err := t.one(ctx, "SELECT id FROM contacts WHERE name = ?", []any{contact}, &id)
		if err != nil || !found {
			return err
		}
		var words []string
		if removed, words, err = t.dropContact(ctx, id, true); err != nil || !removed {
			return err
		}
		if _, err := t.eraseMentions(ctx, words); err != nil {
			return err
		}
		t.event.Everything, t.event.erased = true, true
		return t.makeCompactionDue(ctx)
	})
	if err == nil && removed {
		_, err = db.finishErasure(ctx)
	}
	return removed, err
}
