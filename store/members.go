package store

import (
	"cmp"
	"context"
	"database/sql/driver"
	"fmt"
	"slices"

	"wapdesk/store/listing"
)

// member is something of an activity of which its interaction may have several: a status, or the
// user who had it.
type member struct{ activity, thing int64 }

// readMembers reads the statuses and the users of all activities, in the order of the activities. The
// statuses that a file gives of an interaction stand before those of its first activity.
func (db *DB) readMembers(ctx context.Context, q querier, known *lookups) error {
	for _, part := range []struct {
		selection string
		into      *[]member
	}{
		{fmt.Sprintf("g.interaction_id << %d, g.status_id FROM given_statuses g", activityBits), &known.statuses},
		{"l.activity_id, l.status_id FROM activity_statuses l", &known.statuses},
		{"a.id, a.user_id FROM activities a INDEXED BY activities_users WHERE a.user_id IS NOT NULL", &known.took},
	} {
		err := db.push(ctx, q, part.selection, nil, func(values []driver.Value) error {
			*part.into = append(*part.into, member{idOf(values[0]), idOf(values[1])})
			return nil
		})
		if err != nil {
			return err
		}
	}
	byActivity := func(a, b member) int { return cmp.Compare(a.activity, b.activity) }
	for _, all := range [][]member{known.statuses, known.took} {
		if !slices.IsSortedFunc(all, byActivity) {
			slices.SortStableFunc(all, byActivity)
		}
	}
	return nil
}

// members walks along members for interactions in rising order of id.
type members struct {
	all  []member
	next int
	of   []int64 // of the interaction asked for last, each once
}

func (m *members) under(interaction int64, back bool) []int64 {
	first, last := childSpan(interaction, activityBits)
	if back {
		m.next, _ = slices.BinarySearchFunc(m.all, first, func(x member, id int64) int { return cmp.Compare(x.activity, id) })
	}
	for m.next < len(m.all) && m.all[m.next].activity < first {
		m.next++
	}
	m.of = m.of[:0]
	for ; m.next < len(m.all) && m.all[m.next].activity <= last; m.next++ {
		if thing := m.all[m.next].thing; !slices.Contains(m.of, thing) {
			m.of = append(m.of, thing)
		}
	}
	return m.of
}

// readMembers reads the statuses and the users of the activities of some interactions.
func (d *dictionary) readMembers(ctx context.Context, q querier, only string) error {
	for _, part := range []struct {
		query string
		into  map[int64][]listing.Ref
	}{
		{`SELECT j.value, s.name, s.title FROM json_each(?) j
			CROSS JOIN given_statuses g ON g.interaction_id = j.value CROSS JOIN statuses s ON s.id = g.status_id ORDER BY j.value, g.place`, d.statuses},
		{`SELECT j.value, s.name, s.title FROM json_each(?) j
			CROSS JOIN activity_statuses l ON l.activity_id BETWEEN j.value << 8 AND (j.value << 8) + 255
			CROSS JOIN statuses s ON s.id = l.status_id ORDER BY l.activity_id, l.place`, d.statuses},
		{`SELECT j.value, u.name, u.title FROM json_each(?) j
			CROSS JOIN activities a ON a.id BETWEEN j.value << 8 AND (j.value << 8) + 255
			CROSS JOIN users u ON u.id = a.user_id ORDER BY a.id`, d.took},
	} {
		rows, err := q.QueryContext(ctx, part.query, only)
		err = each(rows, err, func(rows rowScanner) error {
			var id int64
			var ref listing.Ref
			if err := rows.Scan(&id, &ref.Name, &ref.Title); err != nil {
				return err
			}
			if !slices.Contains(part.into[id], ref) {
				part.into[id] = append(part.into[id], ref)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
