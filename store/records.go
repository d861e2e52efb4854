package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"
	"time"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// recordColumns are the columns of interactions that a record needs, in the order that
// fillRow reads them: those of the figures follow.
var recordColumns = append([]string{
	"id", "name", "time_ms", "queue_id", "user_id", "contact_id", "external_contact_id", "connector_id", "sender", "title",
	"answered", "disconnection", "missed", "missed_time_ms", "direction", "anonymised", "is_open", "has_anomaly",
	"has_failed", "has_low_review", "seen_ms", "reviewed_ms", "note", "has_review",
}, figureColumns()...)

// firstFigure is the place of the first figure in recordColumns.
const firstFigure = 24

// figureColumn is the column of interactions that a field is stored in.
var figureColumn = map[string]string{
	query.FieldWait: "wait_s", query.FieldDuration: "duration_s", query.FieldFocus: "focus_s",
	query.FieldFirstReply: "first_reply_s", query.FieldSilence: "silence_s", query.FieldDisruptions: "disruptions",
	query.FieldActivities: "activity_count", query.FieldMessages: "message_count", query.FieldScore: "qa_score",
	query.FieldWorkWait: "work_wait_s", query.FieldWorkReply: "work_first_reply_s", query.FieldWorkSilence: "work_silence_s", query.FieldWorkDuration: "work_duration_s",
}

// figureColumns are the columns of the figures, in the order of figures.
func figureColumns() []string {
	var columns []string
	for _, field := range listing.FigureFields() {
		columns = append(columns, figureColumn[field])
	}
	return columns
}

// figures are where a record keeps them.
var figures = recordFigures()

func recordFigures() []func(*listing.Record) *int32 {
	var all []func(*listing.Record) *int32
	for _, field := range listing.FigureFields() {
		all = append(all, listing.Figure(field))
	}
	return all
}

// fillRow makes a row of the values of recordColumns. Its texts are those of the values.
func fillRow(r *listing.Row, values []driver.Value) {
	*r = listing.Row{
		Record: listing.Record{
			ID:           idOf(values[0]),
			Name:         textOf(values[1]),
			TimeMs:       numberOf(values[2]),
			Sender:       textOf(values[8]),
			Title:        textOf(values[9]),
			Answered:     triOf(values[10]),
			Ended:        textOf(values[11]),
			Missed:       textOf(values[12]),
			MissedTimeMs: numberOf(values[13]),
			Direction:    textOf(values[14]),
			State:        flagsOf(values[15:23]),
			QA:           idOf(values[23]) != 0,
		},
		QueueNo:     idOf(values[3]),
		UserNo:      idOf(values[4]),
		ContactNo:   idOf(values[5]),
		WANo:        idOf(values[6]),
		ConnectorNo: idOf(values[7]),
	}
	for i, of := range figures {
		*of(&r.Record) = int32(numberOf(values[firstFigure+i]))
	}
}

// flagsOf makes a state of the columns anonymised, is_open, has_anomaly, has_failed and has_low_review, and of the
// person's own marks seen_ms, reviewed_ms and note, which are there or not.
func flagsOf(flags []driver.Value) listing.State {
	var s listing.State
	for i, state := range [...]listing.State{listing.StateAnonymised, listing.StateOpen, listing.StateAnomaly, listing.StateFailed, listing.StateLowReview} {
		if idOf(flags[i]) != 0 {
			s |= state
		}
	}
	for i, state := range [...]listing.State{listing.StateSeen, listing.StateReviewed, listing.StateNoted} {
		if flags[5+i] != nil {
			s |= state
		}
	}
	return s
}

func idOf(v driver.Value) int64 {
	id, _ := v.(int64) // NULL is none
	return id
}

func numberOf(v driver.Value) int64 {
	if n, ok := v.(int64); ok {
		return n
	}
	return listing.Unknown
}

func textOf(v driver.Value) string {
	s, _ := v.(string) // NULL is ""
	return s
}

func triOf(v driver.Value) listing.Tri {
	switch v {
	case int64(1):
		return listing.TriYes
	case int64(0):
		return listing.TriNo
	}
	return listing.TriUnknown
}

// Records pushes every interaction within the rights, gone ones left out, in rising order of
// id. The record and its strings may be reused by the next call.
func (db *DB) Records(ctx context.Context, add func(*listing.Record) error) error {
	known, err := db.readLookups(ctx)
	if err != nil {
		return err
	}
	return db.view(ctx, "read all interactions", func(q querier) error {
		c := newCompleter(known)
		return db.pushRows(ctx, q, inScope, nil, func(r *listing.Row) error {
			c.complete(r)
			known.things.Resolve(r)
			return add(&r.Record)
		})
	})
}

// push gives each row of a selection, "columns FROM …", to a function. Texts are valid during
// the call only.
func (db *DB) push(ctx context.Context, q querier, selection string, args []any, each sink) error {
	// SQLite reports an error of the function by its text only.
	var failed error
	number, done := db.sinks.add(func(values []driver.Value) error {
		failed = each(values)
		return failed
	})
	defer done()
	var ignored int64
	columns, from, _ := strings.Cut(selection, " FROM ")
	err := q.QueryRowContext(ctx, "SELECT "+eachRow+"(?, "+columns+") FROM "+from, append([]any{number}, args...)...).Scan(&ignored)
	if failed != nil {
		return failed
	}
	return err
}

// pushRows pushes the interactions i that the condition selects, gone ones left out.
func (db *DB) pushRows(ctx context.Context, q querier, where string, args []any, add func(*listing.Row) error) error {
	var row listing.Row
	selection := prefixed("i", recordColumns) + " FROM interactions i WHERE i.gone_ms IS NULL AND " + where
	return db.push(ctx, q, selection, args, func(values []driver.Value) error {
		fillRow(&row, values)
		return add(&row)
	})
}

// listParts are what the list engine loads from: what interactions point to, and halves of them,
// each read on a connection of its own. They are not bound to the rights, which the engine
// applies to every question.
func (db *DB) listParts(ctx context.Context) (*listing.Lookups, []listing.RowSource, error) {
	known, err := db.readLookups(ctx)
	if err != nil {
		return nil, nil, err
	}
	var last int64
	err = db.view(ctx, "read what interactions point to", func(q querier) error {
		return q.QueryRowContext(ctx, "SELECT ifnull(max(id), 0) FROM interactions").Scan(&last)
	})
	if err != nil {
		return nil, nil, err
	}
	known.things.Rows = int(last)
	part := func(from, to int64) listing.RowSource {
		return func(ctx context.Context, add func(*listing.Row) error) error {
			return db.view(ctx, "read interactions", func(q querier) error {
				c := newCompleter(known)
				return db.pushRows(ctx, q, "i.id BETWEEN ? AND ?", []any{from, to}, func(r *listing.Row) error {
					c.complete(r)
					return add(r)
				})
			})
		}
	}
	return &known.things, []listing.RowSource{part(1, last/2), part(last/2+1, last)}, nil
}

// recordStep bounds how many interactions are named in one statement.
const recordStep = 2000

// RecordsByID returns the interactions with these ids within the rights, in the ids' order;
// unknown ones and gone ones are left out.
func (db *DB) RecordsByID(ctx context.Context, ids []int64) ([]listing.Record, error) {
	return db.recordsOf(ctx, ids, true)
}

func (db *DB) recordsOf(ctx context.Context, ids []int64, scoped bool) ([]listing.Record, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var records []listing.Record
	err := db.view(ctx, "read interactions", func(q querier) error {
		for part := range slices.Chunk(ids, recordStep) {
			read, err := db.readRecords(ctx, q, part, scoped)
			if err != nil {
				return err
			}
			records = append(records, read...)
		}
		return nil
	})
	return records, err
}

func (db *DB) readRecords(ctx context.Context, q querier, ids []int64, scoped bool) ([]listing.Record, error) {
	wanted := idList(ids)
	known, err := readDictionary(ctx, q, wanted)
	if err != nil {
		return nil, err
	}
	where := "i.id IN (SELECT value FROM json_each(?))"
	if scoped {
		where += " AND " + inScope
	}
	byID := make(map[int64]listing.Record, len(ids))
	err = db.pushRows(ctx, q, where, []any{wanted}, func(r *listing.Row) error {
		known.complete(r)
		byID[r.ID] = ownTexts(r.Record)
		return nil
	})
	if err != nil {
		return nil, err
	}
	records := make([]listing.Record, 0, len(byID))
	for _, id := range ids {
		if r, ok := byID[id]; ok {
			records = append(records, r)
		}
	}
	return records, nil
}

// ownTexts copies the texts that point into SQLite's memory.
func ownTexts(r listing.Record) listing.Record {
	for _, s := range []*string{&r.Name, &r.Sender, &r.Title, &r.Ended, &r.Missed, &r.Direction} {
		*s = strings.Clone(*s)
	}
	return r
}

// idList is a JSON array for json_each.
func idList(ids []int64) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%d", id)
	}
	b.WriteByte(']')
	return b.String()
}

// Today is the list of the current day in the contact centre's zone, newest first, straight
// from the file: the first limit records and the exact total. The list is loaded after it.
func (db *DB) Today(ctx context.Context, limit int) ([]listing.Record, int, error) {
	now := db.now().In(db.Zone())
	from := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	to := time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, now.Location())
	const where = " FROM interactions i WHERE i.time_ms >= ? AND i.time_ms < ? AND i.gone_ms IS NULL AND " + inScope
	defer db.LoadList()
	var records []listing.Record
	var total int
	err := db.view(ctx, "read today's interactions", func(q querier) error {
		if err := q.QueryRowContext(ctx, "SELECT count(*)"+where, from.UnixMilli(), to.UnixMilli()).Scan(&total); err != nil {
			return err
		}
		rows, err := q.QueryContext(ctx, "SELECT i.id"+where+" ORDER BY i.time_ms DESC, i.id DESC LIMIT ?", from.UnixMilli(), to.UnixMilli(), limit)
		ids, err := collect(rows, err, scanID)
		if err != nil {
			return err
		}
		records, err = db.readRecords(ctx, q, ids, true)
		return err
	})
	return records, total, err
}

// Stored is how many interactions are stored and visible, gone ones left out.
func (db *DB) Stored(ctx context.Context) (int, error) {
	var n int
	err := db.view(ctx, "count interactions", func(q querier) error {
		return q.QueryRowContext(ctx, "SELECT count(*) FROM interactions i WHERE i.gone_ms IS NULL AND "+inScope).Scan(&n)
	})
	return n, err
}

// scanRecord makes a record of a row read through database/sql.
func scanRecord(rows rowScanner, known *dictionary, record *listing.Record) error {
	raw := make([]any, len(recordColumns))
	into := make([]any, len(raw))
	for i := range raw {
		into[i] = &raw[i]
	}
	if err := rows.Scan(into...); err != nil {
		return err
	}
	values := make([]driver.Value, len(raw))
	for i := range raw {
		values[i] = raw[i]
	}
	var row listing.Row
	fillRow(&row, values)
	known.complete(&row)
	*record = row.Record
	return nil
}
