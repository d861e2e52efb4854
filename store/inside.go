package store

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"sync/atomic"

	"wapdesk/store/hours"
	"wapdesk/store/listing"
)

// settingHours keeps by which working hours rows were counted and how far; see counted.
const settingHours = ".working_hours"

// WorkingHours say when people work: nil is around the clock, where nothing is counted inside.
type WorkingHours struct {
	All *hours.Hours
	// Queues are those that have their own, by unique name; nil is around the clock.
	Queues map[string]*hours.Hours
}

// of returns the hours of a queue, "" for interactions without one.
func (w WorkingHours) of(queue string) *hours.Hours {
	if own, ok := w.Queues[queue]; ok && queue != "" {
		return own
	}
	return w.All
}

// none reports whether nothing is counted inside hours.
func (w WorkingHours) none() bool {
	return w.All == nil && !slices.ContainsFunc(slices.Collect(maps.Values(w.Queues)), func(h *hours.Hours) bool { return h != nil })
}

// counted is what settingHours keeps: rows up to an id are counted by these hours in this zone.
type counted struct {
	Hours WorkingHours `json:"hours"`
	Zone  string       `json:"zone"`
	Upto  int64        `json:"upto"`
	Done  bool         `json:"done"`
}

// inside is what a write counts working hours by.
type inside struct {
	hours    atomic.Pointer[WorkingHours]
	counting atomic.Bool // not all rows are counted by these hours
}

// SetWorkingHours tells by which hours rows are counted from now on. Rows counted by others are counted again by
// CountInside; CountingInside tells whether there are any.
func (db *DB) SetWorkingHours(ctx context.Context, w WorkingHours) error {
	db.inside.hours.Store(&w)
	return db.recountInside(ctx)
}

// recountInside notes whether rows are counted by the hours and in the zone of now.
func (db *DB) recountInside(ctx context.Context) error {
	was, err := db.countedBy(ctx)
	if err != nil {
		return err
	}
	db.inside.counting.Store(!was.Done || !was.same(db.countedNow()))
	return nil
}

// CountingInside reports whether rows have yet to be counted by the working hours.
func (db *DB) CountingInside() bool { return db.inside.counting.Load() }

func (db *DB) countedNow() counted {
	w := db.inside.hours.Load()
	if w == nil {
		w = &WorkingHours{}
	}
	return counted{Hours: *w, Zone: db.Zone().String()}
}

// countedBy reads by what rows are counted: before the first time by none.
func (db *DB) countedBy(ctx context.Context) (counted, error) {
	text, found, err := db.Setting(ctx, settingHours)
	if err != nil || !found {
		return counted{Done: true}, err
	}
	return readCounted(text), nil
}

// readCounted reads what settingHours keeps. What cannot be read is as if by others: all is counted again.
func readCounted(text string) counted {
	var was counted
	if json.Unmarshal([]byte(text), &was) != nil {
		return counted{Upto: -1}
	}
	return was
}

// same reports whether rows are counted by the same; in what zone nothing is counted makes no difference.
func (c counted) same(o counted) bool {
	if c.Hours.none() && o.Hours.none() {
		return c.Upto >= 0
	}
	return c.Zone == o.Zone && c.text() == o.text()
}

func (c counted) text() string {
	c.Upto, c.Done = 0, false
	b, err := json.Marshal(c)
	if err != nil {
		panic(err) // it is made of texts and numbers
	}
	return string(b)
}

// countStep is how many rows are counted in one write, so that others have their turn.
const countStep = 2000

// CountInside counts all rows by the working hours where others, or none, were counted by before. It goes on where an
// earlier call ended, and tells after each step how many of all rows are counted. Errors: that of ctx, and those of writing.
func (db *DB) CountInside(ctx context.Context, progress func(done, total int)) error {
	for {
		finished, err := db.countPart(ctx, progress)
		if err != nil || finished {
			return err
		}
	}
}

// countPart counts the next rows; finished when there are no more.
func (db *DB) countPart(ctx context.Context, progress func(done, total int)) (finished bool, err error) {
	was, err := db.countedBy(ctx)
	if err != nil {
		return false, err
	}
	now := db.countedNow()
	if was.same(now) && was.Done {
		db.inside.counting.Store(false)
		return true, nil
	}
	if was.same(now) {
		now.Upto = was.Upto
	}
	var total int
	err = db.update(ctx, "count inside working hours", func(t *tx) error {
		rows, err := t.query(ctx, "SELECT id FROM interactions WHERE id > ? ORDER BY id LIMIT ?", now.Upto, countStep)
		ids, err := collect(rows, err, scanID)
		if err != nil {
			return err
		}
		if err := t.countInside(ctx, ids, true); err != nil {
			return err
		}
		for _, id := range ids {
			now.Upto = id
			t.touch(id)
		}
		if now.Done = len(ids) < countStep; now.Done {
			t.event.Everything = true // what was withheld can be shown
		}
		b, err := json.Marshal(now)
		if err != nil {
			return err
		}
		if _, err := t.one(ctx, "SELECT ifnull(max(id), 0) FROM interactions", nil, &total); err != nil {
			return err
		}
		return t.setSetting(ctx, settingHours, string(b))
	})
	if err != nil {
		return false, err
	}
	progress(min(int(now.Upto), total), total)
	if now.Done && db.countedNow().same(now) {
		db.inside.counting.Store(false)
	}
	return now.Done && !db.inside.counting.Load(), nil
}

// countTouched counts what a write added or changed, before it is committed.
func (t *tx) countTouched(ctx context.Context) error {
	if t.hours == nil || t.hours.none() {
		return nil
	}
	var ids []int64
	for id := range t.touched {
		if _, gone := t.removed[id]; !gone {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return t.countInside(ctx, ids, false)
}

// spanned is what the figures inside working hours are counted of.
type spanned struct {
	id, timeMs, waitS, durationS int64
	queue                        string
	anonymised, read             bool
}

// countInside writes the figures inside working hours of interactions. What was said is erased with an
// anonymised one: its reply and silence stay as they are, unless all is counted anew.
func (t *tx) countInside(ctx context.Context, ids []int64, anew bool) error {
	for part := range slices.Chunk(ids, recordStep) {
		rows, err := t.query(ctx, `SELECT i.id, ifnull(i.time_ms, -1), ifnull(i.wait_s, -1), ifnull(i.duration_s, -1), ifnull(q.name, ''), i.anonymised, i.messages_read_ms IS NOT NULL
			FROM interactions i LEFT JOIN queues q ON q.id = i.queue_id WHERE i.id IN (SELECT value FROM json_each(?))`, idList(part))
		all, err := collect(rows, err, func(rows rowScanner, s *spanned) error {
			return rows.Scan(&s.id, &s.timeMs, &s.waitS, &s.durationS, &s.queue, &s.anonymised, &s.read)
		})
		if err != nil {
			return err
		}
		for i := range all {
			if err := t.putInside(ctx, &all[i], anew); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *tx) putInside(ctx context.Context, s *spanned, anew bool) error {
	calendar := t.calendarOf(s.queue)
	wait, duration := insideOf(calendar, s.timeMs, s.waitS), insideOf(calendar, s.timeMs, s.durationS)
	if s.anonymised && !anew {
		return t.run(ctx, "UPDATE interactions SET work_wait_s = ?, work_duration_s = ? WHERE id = ?", numberArg(wait), numberArg(duration), s.id)
	}
	reply, silence := int64(listing.Unknown), int64(listing.Unknown)
	if calendar != nil && s.read && !s.anonymised {
		rows, err := t.query(ctx, `SELECT ifnull(m.time_ms, -1), s.direction, s.type FROM messages m JOIN message_shapes s ON s.id = m.shape_id
			WHERE m.id BETWEEN ? AND ? ORDER BY m.id`, messageID(s.id, 0), messageID(s.id, maxMessages))
		messages, err := collect(rows, err, func(rows rowScanner, m *Message) error { return rows.Scan(&m.TimeMs, &m.Direction, &m.Type) })
		if err != nil {
			return err
		}
		reply, silence = talkInside(calendar, messages)
	}
	return t.run(ctx, "UPDATE interactions SET work_wait_s = ?, work_first_reply_s = ?, work_silence_s = ?, work_duration_s = ? WHERE id = ?",
		numberArg(wait), numberArg(reply), numberArg(silence), numberArg(duration), s.id)
}

// calendarOf returns the calendar of a queue's hours, nil for around the clock.
func (t *tx) calendarOf(queue string) *hours.Calendar {
	if known, ok := t.calendars[queue]; ok {
		return known
	}
	if t.calendars == nil {
		t.calendars = map[string]*hours.Calendar{}
	}
	var calendar *hours.Calendar
	if t.hours != nil {
		if h := t.hours.of(queue); h != nil {
			calendar = hours.NewCalendar(*h, t.location)
		}
	}
	t.calendars[queue] = calendar
	return calendar
}

// insideOf returns how many seconds of a span that begins at an instant lie inside working hours, or Unknown.
func insideOf(calendar *hours.Calendar, fromMs, seconds int64) int64 {
	if calendar == nil || fromMs == listing.Unknown || seconds == listing.Unknown {
		return listing.Unknown
	}
	return between(calendar, fromMs, fromMs+seconds*1000)
}

func between(calendar *hours.Calendar, fromMs, toMs int64) int64 {
	if inside, counted := calendar.Inside(fromMs, toMs); counted {
		return inside
	}
	return listing.Unknown
}

// talkInside returns what of the first reply and of the longest silence lies inside working hours, or Unknown. Each
// gap is counted by itself: the longest inside need not be the longest by the clock.
func talkInside(calendar *hours.Calendar, messages []Message) (reply, silence int64) {
	reply, silence = listing.Unknown, listing.Unknown
	eachGap(messages, func(fromMs, toMs int64) { silence = max(silence, between(calendar, fromMs, toMs)) },
		func(fromMs, toMs int64) { reply = between(calendar, fromMs, toMs) })
	return reply, silence
}
