package store

import (
	"context"

	"wapdesk/store/query"
)

// Rights is what the user of the stored connection may see and do.
type Rights struct {
	// All is true for demo files and opened files, which have no rights to check.
	All bool
	// Users and Queues are those the contact centre lists for the user.
	Users  []Name
	Queues []Name
	// Accesses are the modules of the role with their bits, as the contact centre gives them:
	// pWaps, pActivities, contacts, qaReviews, gdprPolicy, export …
	Accesses map[string]int64
}

// RightsChange tells what new rights mean for the stored rows.
type RightsChange struct {
	Grown  bool // more is visible than before: the coverage was dropped, since it lacks these rows
	Shrunk bool // less is visible: call DropOutOfScope at the end of the sync
}

// Names of accesses that guard what this program does by itself.
const (
	accessAnonymise = "gdprPolicy"
	accessExport    = "export"
)

// MayAnonymise needs the access gdprPolicy in the role (design §6).
func (r Rights) MayAnonymise() bool { return r.All || r.Accesses[accessAnonymise] != 0 }

// MayExport needs the access export where the role names it.
func (r Rights) MayExport() bool {
	bits, named := r.Accesses[accessExport]
	return r.All || !named || bits != 0
}

// May tells whether the role names the access with any bit; what it does not name is refused.
func (r Rights) May(access string) bool { return r.All || r.Accesses[access] != 0 }

// Kinds of rows in the table rights.
const (
	rightAll   = "all"
	rightUser  = "user"
	rightQueue = "queue"
)

// inScope is the condition every read for a person carries: queue permitted and user absent
// or permitted (design §5). i is the alias of interactions. Without stored rights nothing is
// visible.
const inScope = `(EXISTS (SELECT 1 FROM rights WHERE kind = 'all') OR (
	i.queue_id IN (SELECT q.id FROM rights r JOIN queues q ON q.name = r.name WHERE r.kind = 'queue')
	AND (i.user_id IS NULL OR i.user_id IN (SELECT u.id FROM rights r JOIN users u ON u.name = r.name WHERE r.kind = 'user'))))`

// ApplyRights replaces the rights. Rows outside of them are hidden at once.
func (db *DB) ApplyRights(ctx context.Context, r Rights) (RightsChange, error) {
	var change RightsChange
	err := db.update(ctx, "store the rights", func(t *tx) error {
		old, err := readRights(ctx, t)
		if err != nil {
			return err
		}
		change = compareRights(old, r)
		t.event.Everything = true
		if change.Grown {
			t.event.Coverage = true
			if err := t.run(ctx, "DELETE FROM coverage"); err != nil {
				return err
			}
		}
		return t.putRights(ctx, r)
	})
	return change, err
}

func compareRights(old, fresh Rights) RightsChange {
	more := func(a, b Rights) bool { // b has something a lacks
		if a.All {
			return false
		}
		return b.All || hasMore(a.Users, b.Users) || hasMore(a.Queues, b.Queues)
	}
	return RightsChange{Grown: more(old, fresh), Shrunk: more(fresh, old)}
}

func hasMore(a, b []Name) bool {
	have := make(map[Name]bool, len(a))
	for _, name := range a {
		have[name] = true
	}
	for _, name := range b {
		if !have[name] {
			return true
		}
	}
	return false
}

func (t *tx) putRights(ctx context.Context, r Rights) error {
	for _, table := range []string{"rights", "accesses"} {
		if err := t.run(ctx, "DELETE FROM "+table); err != nil {
			return err
		}
	}
	add := func(kind string, names ...Name) error {
		for _, name := range names {
			if err := t.run(ctx, "INSERT INTO rights (kind, name) VALUES (?, ?) ON CONFLICT DO NOTHING", kind, name); err != nil {
				return err
			}
		}
		return nil
	}
	if r.All {
		if err := add(rightAll, ""); err != nil {
			return err
		}
	}
	if err := add(rightUser, r.Users...); err != nil {
		return err
	}
	if err := add(rightQueue, r.Queues...); err != nil {
		return err
	}
	for module, bits := range r.Accesses {
		if err := t.run(ctx, "INSERT INTO accesses (module, bits) VALUES (?, ?)", module, bits); err != nil {
			return err
		}
	}
	return nil
}

// Rights are the stored rights.
func (db *DB) Rights(ctx context.Context) (Rights, error) {
	var r Rights
	err := db.view(ctx, "read the rights", func(q querier) error {
		var err error
		r, err = readRights(ctx, q)
		return err
	})
	return r, err
}

func readRights(ctx context.Context, q querier) (Rights, error) {
	r := Rights{Accesses: map[string]int64{}}
	rows, err := q.QueryContext(ctx, "SELECT kind, name FROM rights ORDER BY kind, name")
	err = each(rows, err, func(rows rowScanner) error {
		var kind, name string
		if err := rows.Scan(&kind, &name); err != nil {
			return err
		}
		switch kind {
		case rightAll:
			r.All = true
		case rightUser:
			r.Users = append(r.Users, name)
		case rightQueue:
			r.Queues = append(r.Queues, name)
		}
		return nil
	})
	if err != nil {
		return r, err
	}
	rows, err = q.QueryContext(ctx, "SELECT module, bits FROM accesses")
	return r, each(rows, err, func(rows rowScanner) error {
		var module string
		var bits int64
		if err := rows.Scan(&module, &bits); err != nil {
			return err
		}
		r.Accesses[module] = bits
		return nil
	})
}

// Scope is the rights in the list engine's form.
func (db *DB) Scope(ctx context.Context) (query.Scope, error) {
	r, err := db.Rights(ctx)
	if err != nil {
		return query.Scope{}, err
	}
	scope := query.Scope{All: r.All, Queues: make(map[string]bool, len(r.Queues)), Users: make(map[string]bool, len(r.Users))}
	for _, name := range r.Queues {
		scope.Queues[name] = true
	}
	for _, name := range r.Users {
		scope.Users[name] = true
	}
	return scope, nil
}
