package store

import (
	"context"
	"slices"

	"wapdesk/store/listing"
)

// activityColumns are the columns written from a row of activities, in the order of activityArgs.
var activityColumns = []string{
	"id", "name", "type", "action", "title", "description", "important", "priority", "queue_id", "user_id",
	"created_by_id", "contact_id", "ticket_id", "time_text", "time_ms", "time_wait_ms", "time_open_ms",
	"time_close_ms", "before_s", "after_s", "duration_s", "ringing_s", "focus_s", "focus_disruptions",
	"anonymised", "custom_fields", "hash",
}

var putActivitySQL = replaceBy("activities", "id", activityColumns)

// putActivities adds or replaces activities of an interaction. Those that are stored and
// not given stay: the contact centre has no way to delete an activity, and
// a read by time need not bring all of an interaction's.
// isNew spares looking for what cannot be there.
func (t *tx) putActivities(ctx context.Context, interaction int64, isNew bool, activities []Activity, result *WindowResult) error {
	places := newActivityPlaces()
	if !isNew {
		if err := t.activityPlaces(ctx, interaction, places); err != nil {
			return err
		}
	}
	changed := false
	for i := range activities {
		a := &activities[i]
		result.Activities.Read++
		id, known := places.byName[a.Name]
		if known && places.hash[id] == hashArg(a.Hash) && a.Hash != 0 {
			continue
		}
		if !known {
			if id = places.free(interaction); id == 0 {
				result.Clipped++
				continue
			}
			// An activity may have been stored under another interaction.
			if err := t.dropActivity(ctx, a.Name); err != nil {
				return err
			}
			places.add(id, a)
		}
		if err := t.putActivity(ctx, id, known, a); err != nil {
			return err
		}
		result.Activities.Stored++
		changed = true
	}
	if !changed {
		return nil
	}
	t.touch(interaction)
	if isNew && len(places.byName) == len(activities) {
		return t.putActivityFigures(ctx, interaction, activities)
	}
	return t.deriveFromActivities(ctx, interaction)
}

// activityPlaces are the places taken under an interaction.
type activityPlaces struct {
	byName map[Name]int64
	hash   map[int64]int64
	last   int64
}

func (p *activityPlaces) free(interaction int64) int64 {
	first, end := childSpan(interaction, activityBits)
	if p.last == 0 {
		return first
	}
	if p.last >= end {
		return 0
	}
	return p.last + 1
}

func (p *activityPlaces) add(id int64, a *Activity) {
	p.byName[a.Name], p.hash[id], p.last = id, hashArg(a.Hash), id
}

func newActivityPlaces() *activityPlaces {
	return &activityPlaces{byName: map[Name]int64{}, hash: map[int64]int64{}}
}

func (t *tx) activityPlaces(ctx context.Context, interaction int64, places *activityPlaces) error {
	first, last := childSpan(interaction, activityBits)
	rows, err := t.query(ctx, "SELECT id, name, hash FROM activities WHERE id BETWEEN ? AND ? ORDER BY id", first, last)
	return each(rows, err, func(rows rowScanner) error {
		var id, hash int64
		var name Name
		if err := rows.Scan(&id, &name, &hash); err != nil {
			return err
		}
		places.byName[name], places.hash[id], places.last = id, hash, id
		return nil
	})
}

func (t *tx) putActivity(ctx context.Context, id int64, known bool, a *Activity) error {
	refs := [...]struct {
		kind refKind
		ref  listing.Ref
		id   int64
	}{
		{kind: refQueues, ref: a.Queue},
		{kind: refUsers, ref: a.User},
		{kind: refUsers, ref: a.CreatedBy},
		{kind: refContacts, ref: a.Contact},
		{kind: refTickets, ref: a.Ticket},
	}
	for i := range refs {
		var err error
		if refs[i].id, err = t.ref(ctx, refs[i].kind, refs[i].ref); err != nil {
			return err
		}
	}
	if err := t.run(ctx, putActivitySQL,
		id, a.Name, textArg(a.Type), textArg(a.Action), textArg(a.Title), textArg(a.Description), a.Important, a.Priority,
		idArg(refs[0].id), idArg(refs[1].id), idArg(refs[2].id), idArg(refs[3].id), idArg(refs[4].id),
		textArg(a.Time), numberArg(a.TimeMs), numberArg(a.TimeWaitMs), numberArg(a.TimeOpenMs), numberArg(a.TimeCloseMs),
		numberArg(a.BeforeS), numberArg(a.AfterS), numberArg(a.DurationS), numberArg(a.RingingS), numberArg(a.FocusS),
		numberArg(a.FocusDisruptions), a.Anonymised, textArg(a.CustomFields), hashArg(a.Hash)); err != nil {
		return err
	}
	return t.putStatuses(ctx, id, known, a.Statuses)
}

func (t *tx) putStatuses(ctx context.Context, activity int64, known bool, statuses []listing.Ref) error {
	if known {
		if err := t.run(ctx, "DELETE FROM activity_statuses WHERE activity_id = ?", activity); err != nil {
			return err
		}
	}
	for place, status := range statuses {
		id, err := t.ref(ctx, refStatuses, status)
		if err != nil {
			return err
		}
		if id == 0 {
			continue
		}
		if err := t.run(ctx, "INSERT INTO activity_statuses (activity_id, place, status_id) VALUES (?, ?, ?)", activity, place, id); err != nil {
			return err
		}
	}
	return nil
}

// dropActivity removes an activity wherever it is stored.
func (t *tx) dropActivity(ctx context.Context, name Name) error {
	var id int64
	found, err := t.one(ctx, "SELECT id FROM activities WHERE name = ?", []any{name}, &id)
	if err != nil || !found {
		return err
	}
	if err := t.run(ctx, "DELETE FROM activities WHERE id = ?", id); err != nil {
		return err
	}
	from := id >> activityBits
	t.touch(from)
	if err := t.dropFilesOf(ctx, from, name); err != nil {
		return err
	}
	return t.deriveFromActivities(ctx, from)
}

// dropFilesOf removes the files of an activity, and those of which it is not known whose they are: rather are they
// read again than shown outside of the rights.
func (t *tx) dropFilesOf(ctx context.Context, interaction int64, activity Name) error {
	stored, err := storedAttachments(ctx, t, interaction, FromActivities)
	if err != nil {
		return err
	}
	kept := slices.DeleteFunc(slices.Clone(stored), func(a Attachment) bool { return a.Message == activity || a.Message == "" })
	if len(kept) == len(stored) {
		return nil
	}
	return t.putAttachments(ctx, interaction, FromActivities, false, kept)
}

// deriveFromActivities works out the figures of an interaction from its stored activities.
func (t *tx) deriveFromActivities(ctx context.Context, interaction int64) error {
	first, last := childSpan(interaction, activityBits)
	rows, err := t.query(ctx, `SELECT action, time_open_ms, time_close_ms, duration_s, focus_s, focus_disruptions
		FROM activities WHERE id BETWEEN ? AND ?`, first, last)
	activities, err := collect(rows, err, func(rows rowScanner, a *Activity) error {
		return rows.Scan(nullText(&a.Action), nullNumber(&a.TimeOpenMs), nullNumber(&a.TimeCloseMs),
			nullNumber(&a.DurationS), nullNumber(&a.FocusS), nullNumber(&a.FocusDisruptions))
	})
	if err != nil {
		return err
	}
	return t.putActivityFigures(ctx, interaction, activities)
}

func (t *tx) putActivityFigures(ctx context.Context, interaction int64, activities []Activity) error {
	figures := figuresOfActivities(activities)
	return t.run(ctx, `UPDATE interactions SET activity_count = ?, is_open = ?, has_anomaly = ?, focus_s = ?, disruptions = ?
		WHERE id = ?`, figures.Count, figures.Open, figures.Anomaly, numberArg(figures.FocusS), numberArg(figures.Disruptions), interaction)
}
