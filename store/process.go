package store

import (
	"context"
)

var processColumns = []string{"id", "time_ms", "step", "queue_id", "user_id", "lasts_s", "text"}

// putProcess makes the stored process of an interaction equal to the one read. Without sure, one with fewer
// steps than are stored is doubted and left as it was; it reports false then.
func (t *tx) putProcess(ctx context.Context, stored storedInteraction, isNew, sure bool, events []ProcessEvent, result *WindowResult) (bool, error) {
	if extra := len(events) - maxEvents; extra > 0 {
		result.Clipped += extra
		events = events[:maxEvents]
	}
	sum := processHash(events)
	if !isNew && stored.processRead && stored.processHash == sum {
		return true, nil
	}
	first, last := childSpan(stored.id, eventBits)
	if !isNew && stored.processRead { // without a read there is none
		var steps int
		if _, err := t.one(ctx, "SELECT count(*) FROM process_events WHERE id BETWEEN ? AND ?", []any{first, last}, &steps); err != nil {
			return false, err
		}
		if !sure && len(events) < steps {
			return false, nil
		}
		if err := t.run(ctx, "DELETE FROM process_events WHERE id BETWEEN ? AND ?", first, last); err != nil {
			return false, err
		}
	}
	rows := newBatch("process_events", processColumns)
	for place := range events {
		e := &events[place]
		queue, err := t.ref(ctx, refQueues, e.Queue)
		if err != nil {
			return false, err
		}
		user, err := t.ref(ctx, refUsers, e.User)
		if err != nil {
			return false, err
		}
		if err := rows.add(ctx, t, eventID(stored.id, place), numberArg(e.TimeMs), textArg(e.Step), idArg(queue), idArg(user),
			numberArg(e.LastsS), textArg(e.Text)); err != nil {
			return false, err
		}
	}
	if err := rows.flush(ctx, t); err != nil {
		return false, err
	}
	t.touch(stored.id)
	return true, t.run(ctx, "UPDATE interactions SET process_hash = ?, process_read_ms = ? WHERE id = ?", sum, t.nowMs, stored.id)
}

func storedProcess(ctx context.Context, q querier, interaction int64) ([]ProcessEvent, error) {
	first, last := childSpan(interaction, eventBits)
	rows, err := q.QueryContext(ctx, `SELECT e.id, e.time_ms, e.step, q.name, q.title, u.name, u.title, e.lasts_s, e.text
		FROM process_events e LEFT JOIN queues q ON q.id = e.queue_id LEFT JOIN users u ON u.id = e.user_id
		WHERE e.id BETWEEN ? AND ? ORDER BY e.id`, first, last)
	return collect(rows, err, func(rows rowScanner, e *ProcessEvent) error {
		var id int64
		if err := rows.Scan(&id, nullNumber(&e.TimeMs), nullText(&e.Step), nullText(&e.Queue.Name), nullText(&e.Queue.Title),
			nullText(&e.User.Name), nullText(&e.User.Title), nullNumber(&e.LastsS), nullText(&e.Text)); err != nil {
			return err
		}
		e.Seq = int(id & maxEvents)
		return nil
	})
}

func processHash(events []ProcessEvent) int64 {
	f := newFingerprint()
	for i := range events {
		e := &events[i]
		f.texts(e.Step, refKey(e.Queue), e.Queue.Title, refKey(e.User), e.User.Title, e.Text)
		f.numbers(e.TimeMs, e.LastsS)
	}
	return f.kept()
}
