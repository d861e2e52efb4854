package store

import (
	"context"

	"wapdesk/store/listing"
)

// Directory is what the contact centre lists beside interactions. A nil slice was not read
// this time and leaves what is stored; a user, queue or connector that is no longer listed
// stays named in history.
type Directory struct {
	Users      []User // Visible is not read here, see Rights
	Queues     []Queue
	Groups     []Group
	Connectors []listing.Ref
	Statuses   []Status
	Forms      []QAForm
	Databases  []listing.Ref // of the CRM
}

// ApplyDirectory stores users, queues, groups, connectors, statuses, forms and databases.
func (db *DB) ApplyDirectory(ctx context.Context, d Directory) error {
	return db.update(ctx, "store the directory", func(t *tx) error {
		t.event.Everything = true
		for _, u := range d.Users {
			if err := t.run(ctx, replaceBy("users", "name", []string{"name", "title", "alias", "deactivated"}), u.Name, titleOr(u.Title, u.Name), textArg(u.Alias), u.Deactivated); err != nil {
				return err
			}
		}
		for _, q := range d.Queues {
			if err := t.run(ctx, replaceBy("queues", "name", []string{"name", "title", "type", "deactivated"}), q.Name, titleOr(q.Title, q.Name), textArg(q.Type), q.Deactivated); err != nil {
				return err
			}
		}
		for _, c := range d.Connectors {
			if _, err := t.ref(ctx, refConnectors, c); err != nil {
				return err
			}
		}
		for _, s := range d.Statuses {
			if err := t.run(ctx, replaceBy("statuses", "name", []string{"name", "title", "color"}), s.Name, titleOr(s.Title, s.Name), textArg(s.Color)); err != nil {
				return err
			}
		}
		for _, b := range d.Databases {
			if err := t.run(ctx, replaceBy("crm_databases", "name", []string{"name", "title"}), b.Name, titleOr(b.Title, b.Name)); err != nil {
				return err
			}
		}
		if err := t.putGroups(ctx, d.Groups); err != nil {
			return err
		}
		return t.putForms(ctx, d.Forms)
	})
}

func titleOr(title, name string) string {
	if title == "" {
		return name
	}
	return title
}

// putGroups replaces all groups: unlike users, a group that is no longer listed is no part
// of history.
func (t *tx) putGroups(ctx context.Context, groups []Group) error {
	if groups == nil {
		return nil
	}
	if err := t.run(ctx, "DELETE FROM groups"); err != nil {
		return err
	}
	for _, g := range groups {
		result, err := t.exec(ctx, "INSERT INTO groups (kind, name, title) VALUES (?, ?, ?)", g.Kind, g.Name, titleOr(g.Title, g.Name))
		if err != nil {
			return err
		}
		id, err := result.LastInsertId()
		if err != nil {
			return err
		}
		for _, member := range g.Members {
			if err := t.run(ctx, "INSERT INTO group_members (group_id, member) VALUES (?, ?) ON CONFLICT DO NOTHING", id, member); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *tx) putForms(ctx context.Context, forms []QAForm) error {
	for _, f := range forms {
		questions, err := jsonArg(f.Questions)
		if err != nil {
			return err
		}
		queues, err := jsonArg(f.Queues)
		if err != nil {
			return err
		}
		if err := t.run(ctx, replaceBy("qa_forms", "name", []string{"name", "title", "description", "initial_score", "minimum_score", "questions", "queues"}),
			f.Name, titleOr(f.Title, f.Name), textArg(f.Description), f.InitialScore, numberArg(f.MinimumScore), questions, queues); err != nil {
			return err
		}
	}
	return nil
}

// Users are all known users by name, deactivated ones too.
func (db *DB) Users(ctx context.Context) ([]User, error) {
	return viewAll(ctx, db, "read users", func(rows rowScanner, u *User) error {
		return rows.Scan(&u.Name, &u.Title, nullText(&u.Alias), &u.Deactivated, &u.Visible)
	}, `SELECT name, title, alias, deactivated,
		EXISTS (SELECT 1 FROM rights r WHERE r.kind = 'all' OR (r.kind = 'user' AND r.name = users.name)) FROM users ORDER BY name`)
}

// Queues are all known queues by name, deactivated ones too.
func (db *DB) Queues(ctx context.Context) ([]Queue, error) {
	return viewAll(ctx, db, "read queues", func(rows rowScanner, q *Queue) error {
		return rows.Scan(&q.Name, &q.Title, nullText(&q.Type), &q.Deactivated, &q.Visible)
	}, `SELECT name, title, type, deactivated,
		EXISTS (SELECT 1 FROM rights r WHERE r.kind = 'all' OR (r.kind = 'queue' AND r.name = queues.name)) FROM queues ORDER BY name`)
}

// Groups are the groups of users and queues by kind and name, with their members.
func (db *DB) Groups(ctx context.Context) ([]Group, error) {
	return viewAll(ctx, db, "read groups", func(rows rowScanner, g *Group) error {
		var members string
		if err := rows.Scan(&g.Kind, &g.Name, &g.Title, &members); err != nil {
			return err
		}
		return fromJSON(members, &g.Members)
	}, `SELECT kind, name, title, (SELECT json_group_array(member ORDER BY member) FROM group_members WHERE group_id = groups.id)
		FROM groups ORDER BY kind, name`)
}

// Connectors are the WhatsApp routings by name.
func (db *DB) Connectors(ctx context.Context) ([]listing.Ref, error) {
	return viewAll(ctx, db, "read connectors", scanRef, "SELECT name, title FROM connectors ORDER BY name")
}

// Databases are the databases of the CRM by name, for a new contact.
func (db *DB) Databases(ctx context.Context) ([]listing.Ref, error) {
	return viewAll(ctx, db, "read databases", scanRef, "SELECT name, title FROM crm_databases ORDER BY name")
}

func scanRef(rows rowScanner, r *listing.Ref) error { return rows.Scan(&r.Name, &r.Title) }

// Statuses are the labels of activities by name.
func (db *DB) Statuses(ctx context.Context) ([]Status, error) {
	return viewAll(ctx, db, "read statuses", func(rows rowScanner, s *Status) error {
		return rows.Scan(&s.Name, &s.Title, nullText(&s.Color))
	}, "SELECT name, title, color FROM statuses ORDER BY name")
}

// Forms are the QA forms for the queue of an activity by name; all of them when activity is "", or when its
// queue has no unique name by which a form could name it.
func (db *DB) Forms(ctx context.Context, activity Name) ([]QAForm, error) {
	const columns = "SELECT name, title, description, initial_score, minimum_score, questions, queues FROM qa_forms f"
	if activity == "" {
		return viewAll(ctx, db, "read forms", scanForm, columns+" ORDER BY name")
	}
	return viewAll(ctx, db, "read forms of an activity", scanForm, `WITH asked AS (SELECT q.name FROM activities a JOIN queues q ON q.id = a.queue_id
			WHERE a.name = ? AND substr(q.name, 1, length(?)) <> ?) `+columns+` WHERE f.queues IS NULL OR NOT EXISTS (SELECT 1 FROM asked)
			OR EXISTS (SELECT 1 FROM asked, json_each(f.queues) j WHERE j.value = asked.name) ORDER BY name`, activity, madeUp, madeUp)
}

func scanForm(rows rowScanner, f *QAForm) error {
	var questions, queues string
	if err := rows.Scan(&f.Name, &f.Title, nullText(&f.Description), &f.InitialScore, nullNumber(&f.MinimumScore), nullText(&questions), nullText(&queues)); err != nil {
		return err
	}
	if err := fromJSON(questions, &f.Questions); err != nil {
		return err
	}
	return fromJSON(queues, &f.Queues)
}

// viewAll reads a whole query in one reading transaction.
func viewAll[T any](ctx context.Context, db *DB, doing string, scan func(rowScanner, *T) error, query string, args ...any) ([]T, error) {
	var all []T
	err := db.view(ctx, doing, func(q querier) error {
		rows, err := q.QueryContext(ctx, query, args...)
		all, err = collect(rows, err, scan)
		return err
	})
	return all, err
}
