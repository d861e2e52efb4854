package store

import (
	"context"
	"encoding/json"
)

// Reads for the sync. They give names and hashes only, and are not bound to the rights: what is
// stored must be found again whoever may see it.

// Hashes returns the stored hash of each of the interactions, by name. Gone ones are left out,
// so that they are written again.
func (db *DB) Hashes(ctx context.Context, names []Name) (map[Name]uint64, error) {
	return db.hashes(ctx, "read hashes of interactions", "SELECT name, hash FROM interactions WHERE gone_ms IS NULL AND name IN", names)
}

// GoneAmong returns those of the interactions that are stored and gone: what belongs to them may be another by now.
func (db *DB) GoneAmong(ctx context.Context, names []Name) (map[Name]bool, error) {
	gone := map[Name]bool{}
	err := db.byNames(ctx, "read gone interactions", "SELECT name FROM interactions WHERE gone_ms IS NOT NULL AND name IN", names, func(rows rowScanner) error {
		var name Name
		err := rows.Scan(&name)
		gone[name] = err == nil
		return err
	})
	return gone, err
}

// ActivityHashes returns the stored hash of each of the activities, by name.
func (db *DB) ActivityHashes(ctx context.Context, names []Name) (map[Name]uint64, error) {
	return db.hashes(ctx, "read hashes of activities", "SELECT name, hash FROM activities WHERE name IN", names)
}

func (db *DB) hashes(ctx context.Context, doing, query string, names []Name) (map[Name]uint64, error) {
	found := make(map[Name]uint64, len(names))
	err := db.byNames(ctx, doing, query, names, func(rows rowScanner) error {
		var name Name
		var hash int64
		if err := rows.Scan(&name, &hash); err != nil {
			return err
		}
		found[name] = uint64(hash)
		return nil
	})
	return found, err
}

// InteractionsOf returns for each of the activities the interaction it is stored under.
func (db *DB) InteractionsOf(ctx context.Context, activities []Name) (map[Name]Name, error) {
	found := map[Name]Name{}
	err := db.byNames(ctx, "find interactions of activities",
		"SELECT a.name, i.name FROM activities a JOIN interactions i ON i.id = a.id >> 8 WHERE a.name IN", activities, func(rows rowScanner) error {
			var activity, interaction Name
			if err := rows.Scan(&activity, &interaction); err != nil {
				return err
			}
			found[activity] = interaction
			return nil
		})
	return found, err
}

// ActivityNames returns the stored activities of each of the interactions.
func (db *DB) ActivityNames(ctx context.Context, interactions []Name) (map[Name][]Name, error) {
	found := map[Name][]Name{}
	err := db.byNames(ctx, "read names of activities",
		"SELECT i.name, a.name FROM interactions i JOIN activities a ON a.id BETWEEN i.id << 8 AND (i.id << 8) + 255 WHERE i.name IN", interactions,
		func(rows rowScanner) error {
			var interaction, activity Name
			if err := rows.Scan(&interaction, &activity); err != nil {
				return err
			}
			found[interaction] = append(found[interaction], activity)
			return nil
		})
	return found, err
}

// byNames runs a query that ends in "name IN" for a list of any length.
func (db *DB) byNames(ctx context.Context, doing, query string, names []Name, scan func(rowScanner) error) error {
	list, err := json.Marshal(names)
	if err != nil {
		return wrap(doing, err)
	}
	return db.view(ctx, doing, func(q querier) error {
		rows, err := q.QueryContext(ctx, query+" (SELECT value FROM json_each(?))", string(list))
		return each(rows, err, scan)
	})
}

func (db *DB) names(ctx context.Context, doing, query string, args ...any) ([]Name, error) {
	return viewAll(ctx, db, doing, func(rows rowScanner, name *Name) error { return rows.Scan(name) }, query, args...)
}

// OpenNames are interactions that are still changing: one of their activities is not
// closed, or they wait in the routing.
func (db *DB) OpenNames(ctx context.Context) ([]Name, error) {
	return db.names(ctx, "read open interactions", `SELECT name FROM interactions WHERE gone_ms IS NULL AND is_open
		UNION SELECT name FROM interactions WHERE gone_ms IS NULL AND state = 'ROUTING' ORDER BY name`)
}

// MissedNames are interactions that wait among the missed ones.
func (db *DB) MissedNames(ctx context.Context) ([]Name, error) {
	return db.names(ctx, "read missed interactions", "SELECT name FROM interactions WHERE gone_ms IS NULL AND missed = 'YES' ORDER BY name")
}

// ReviewedNames are interactions with a stored QA review of the contact centre.
func (db *DB) ReviewedNames(ctx context.Context) ([]Name, error) {
	return db.names(ctx, "read reviewed interactions", `SELECT name FROM interactions WHERE gone_ms IS NULL AND id IN
		(SELECT activity_id >> 8 FROM qa_reviews WHERE NOT local) ORDER BY name`)
}

// UnreadNames are interactions whose messages or process were not read yet, newest first.
// Anonymised ones have none.
func (db *DB) UnreadNames(ctx context.Context, limit int) ([]Name, error) {
	return db.names(ctx, "read interactions without messages", `SELECT name FROM interactions
		WHERE gone_ms IS NULL AND NOT anonymised AND (messages_read_ms IS NULL OR process_read_ms IS NULL)
		ORDER BY time_ms DESC LIMIT ?`, limit)
}

// CountUnread counts the interactions that UnreadNames lists.
func (db *DB) CountUnread(ctx context.Context) (n int, err error) {
	err = db.view(ctx, "count interactions without messages", func(q querier) error {
		return q.QueryRowContext(ctx, `SELECT count(*) FROM interactions
			WHERE gone_ms IS NULL AND NOT anonymised AND (messages_read_ms IS NULL OR process_read_ms IS NULL)`).Scan(&n)
	})
	return n, err
}

// NamesBetween are the interactions with a time in the span, gone ones left out.
func (db *DB) NamesBetween(ctx context.Context, s Span) ([]Name, error) {
	return db.names(ctx, "read interactions of a span", "SELECT name FROM interactions WHERE time_ms >= ? AND time_ms < ? AND gone_ms IS NULL ORDER BY name", s.FromMs, s.ToMs)
}
