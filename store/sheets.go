package store

import (
	"context"
	"fmt"

	"wapdesk/store/listing"
)

// Reads for the sheets of an export: of many interactions at once only what a sheet shows. The
// whole story of each takes a dozen questions, which are too many for hundreds of thousands.

// SheetActivity is an activity as the sheet of activities shows it.
type SheetActivity struct {
	ActivityDetail
	Erased bool // its interaction was anonymised
}

// SheetMessage is a message with the interaction it belongs to.
type SheetMessage struct {
	Message
	Interaction Name
	Erased      bool // the interaction was anonymised
}

// sheetRows are the interactions of a list of ids within the rights, in its order. What belongs
// to them is joined by the ids, which are composed of the interaction's.
const sheetRows = ` FROM json_each(?) j CROSS JOIN interactions i ON i.id = j.value
	LEFT JOIN erasures x ON x.name = i.name `

// ActivitiesOf reads the activities of interactions by id, in the ids' order and each
// interaction's in the order of time. Ids outside of the rights and unknown ones have none.
func (db *DB) ActivitiesOf(ctx context.Context, ids []int64) ([]SheetActivity, error) {
	var activities []SheetActivity
	err := db.view(ctx, "read activities", func(q querier) error {
		at := map[int64]int{}
		wanted := idList(ids)
		rows, err := q.QueryContext(ctx, "SELECT i.name, x.name IS NOT NULL, "+readActivityColumns+sheetRows+
			fmt.Sprintf("CROSS JOIN activities a ON a.id BETWEEN i.id << %d AND (i.id << %[1]d) + %d", activityBits, 1<<activityBits-1)+
			activityJoins+"WHERE "+inScope+" ORDER BY j.key, a.time_ms, a.name", wanted)
		activities, err = collect(rows, err, func(rows rowScanner, a *SheetActivity) error {
			var name Name
			id, err := scanActivity(behind{rows, []any{&name, &a.Erased}}, &a.ActivityDetail)
			a.Interaction = name
			at[id] = len(at)
			return err
		})
		if err != nil {
			return err
		}
		rows, err = q.QueryContext(ctx, fmt.Sprintf(`SELECT l.activity_id, s.name, s.title FROM json_each(?) j
			CROSS JOIN activity_statuses l ON l.activity_id BETWEEN j.value << %d AND (j.value << %[1]d) + %d
			JOIN statuses s ON s.id = l.status_id ORDER BY l.activity_id, l.place`, activityBits, 1<<activityBits-1), wanted)
		return each(rows, err, func(rows rowScanner) error {
			var id int64
			var status listing.Ref
			if err := rows.Scan(&id, &status.Name, &status.Title); err != nil {
				return err
			}
			if place, known := at[id]; known {
				activities[place].Statuses = append(activities[place].Statuses, status)
			}
			return nil
		})
	})
	return activities, err
}

// MessagesOf reads the transcripts of interactions by id, with the files of each message, in the
// ids' order. Ids outside of the rights and unknown ones have none.
func (db *DB) MessagesOf(ctx context.Context, ids []int64) ([]SheetMessage, error) {
	var messages []SheetMessage
	err := db.view(ctx, "read messages", func(q querier) error {
		at := map[Name]int{}
		wanted := idList(ids)
		rows, err := q.QueryContext(ctx, "SELECT i.name, x.name IS NOT NULL, "+readMessageColumns+sheetRows+
			fmt.Sprintf("CROSS JOIN messages m ON m.id BETWEEN i.id << %d AND (i.id << %[1]d) + %d", messageBits, 1<<messageBits-1)+
			messageJoins+"WHERE "+inScope+" ORDER BY j.key, m.id", wanted)
		messages, err = collect(rows, err, func(rows rowScanner, m *SheetMessage) error {
			err := scanMessage(behind{rows, []any{&m.Interaction, &m.Erased}}, &m.Message)
			at[m.Interaction+"\x00"+m.Name] = len(at)
			return err
		})
		if err != nil {
			return err
		}
		rows, err = q.QueryContext(ctx, `SELECT i.name, a.message_name, a.title FROM json_each(?) j CROSS JOIN interactions i ON i.id = j.value
			CROSS JOIN attachments a ON a.interaction_id = i.id AND a.origin = 'message' ORDER BY j.key, a.place`, wanted)
		return each(rows, err, func(rows rowScanner) error {
			var interaction, message Name
			var file Attachment
			if err := rows.Scan(&interaction, nullText(&message), nullText(&file.Title)); err != nil {
				return err
			}
			if place, known := at[interaction+"\x00"+message]; known {
				messages[place].Attachments = append(messages[place].Attachments, file)
			}
			return nil
		})
	})
	return messages, err
}

// behind scans the columns behind the first ones.
type behind struct {
	rowScanner
	first []any
}

func (b behind) Scan(dest ...any) error { return b.rowScanner.Scan(append(b.first, dest...)...) }
