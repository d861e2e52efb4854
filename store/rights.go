package store

import (
	"context"

	"wapdesk/store/query"
)

// Rights is what the user of the stored connection may see and do. A nil list or map was not
// read this time: what is stored of it stays.
type Rights struct {
	// All is true for opened files, which have no rights to check.
	All bool
	// Login is whose rights these are.
	Login Name
	// Users and Queues are those the contact centre lists for the user. A row may be seen
	// because the contact centre listed it, not because its queue or user is among them.
	Users  []Name
	Queues []Name
	// Accesses are the modules of the role with their bits, as the contact centre gives them:
	// pWaps, pActivities, contacts, qaReviews, gdprPolicy, export …
	Accesses map[string]int64
}

// RightsChange tells what new rights mean for the stored rows.
type RightsChange struct {
	Grown bool // more is listed than before: the coverage was dropped, since it lacks these rows
	// Hidden is true when rows are hidden because less is listed than before, or because they were
	// stored for another login. The contact centre decides about them: see HiddenNames.
	Hidden bool
}

// Names of accesses that guard what this program does by itself.
const (
	accessAnonymise = "gdprPolicy"
	accessExport    = "export"
)

// Locks reports whether the role takes a change in the contact centre away beforehand. What the
// bits of an access mean is not published, so nothing but a 0 beside other accesses locks: the
// contact centre has the last word about the rest.
func (r Rights) Locks(access string) bool {
	bits, named := r.Accesses[access]
	return !r.All && named && bits == 0 && len(r.Accesses) > 1
}

// Anonymising is what the role says of anonymising.
type Anonymising string

// What a role says of anonymising. This computer's copy may be erased under each of them.
const (
	AnonymisingAllowed Anonymising = "allowed"
	AnonymisingLocal   Anonymising = "local"  // gdprPolicy is 0: nothing is asked of the contact centre
	AnonymisingUnsaid  Anonymising = "unsaid" // the role does not name gdprPolicy
)

// Anonymising returns what the role says of anonymising.
func (r Rights) Anonymising() Anonymising {
	bits, named := r.Accesses[accessAnonymise]
	switch {
	case r.All || named && bits != 0:
		return AnonymisingAllowed
	case named:
		return AnonymisingLocal
	default:
		return AnonymisingUnsaid
	}
}

// MayExport needs the access export where the role names it.
func (r Rights) MayExport() bool {
	bits, named := r.Accesses[accessExport]
	return r.All || !named || bits != 0
}

// Kinds of rows in the table rights.
const (
	rightAll   = "all"
	rightLogin = "login"
	rightUser  = "user"
	rightQueue = "queue"
	// What was listed and no longer is, until the contact centre has decided about its rows.
	hiddenAll   = "hidden all" // stored for another login
	hiddenUser  = "hidden user"
	hiddenQueue = "hidden queue"
)

// inScope is the condition every read for a person carries: the row is not hidden. i is the
// alias of interactions. It is never NULL.
const inScope = `((i.queue_id IS NULL OR i.queue_id NOT IN (
		SELECT q.id FROM rights r JOIN queues q ON q.name = r.name WHERE r.kind = 'hidden queue'))
	AND (i.user_id IS NULL OR i.user_id NOT IN (
		SELECT u.id FROM rights r JOIN users u ON u.name = r.name WHERE r.kind = 'hidden user'))
	AND NOT EXISTS (SELECT 1 FROM rights WHERE kind = 'hidden all'))`

// ApplyRights replaces the rights. Rows of a queue or user that was listed and no longer is are
// hidden at once.
func (db *DB) ApplyRights(ctx context.Context, r Rights) (RightsChange, error) {
	var change RightsChange
	err := db.update(ctx, "store the rights", func(t *tx) error {
		old, err := readRights(ctx, t)
		if err != nil {
			return err
		}
		change = RightsChange{Grown: grown(old, r)}
		t.event.Everything = true
		if change.Grown {
			t.event.Coverage = true
			if err := t.run(ctx, "DELETE FROM coverage"); err != nil {
				return err
			}
		}
		if err := t.hide(ctx, old, r); err != nil {
			return err
		}
		if err := t.putRights(ctx, r); err != nil {
			return err
		}
		var one int
		change.Hidden, err = t.one(ctx, "SELECT 1 FROM rights WHERE kind LIKE 'hidden %' LIMIT 1", nil, &one)
		return err
	})
	return change, err
}

// grown reports whether the fresh rights list something that the old ones do not.
func grown(old, fresh Rights) bool {
	if old.All {
		return false
	}
	return fresh.All || hasMore(old.Users, fresh.Users) || hasMore(old.Queues, fresh.Queues)
}

// hide notes what was listed and no longer is, and takes the note off what is listed again.
func (t *tx) hide(ctx context.Context, old, fresh Rights) error {
	if fresh.All {
		return t.run(ctx, "DELETE FROM rights WHERE kind LIKE 'hidden %'")
	}
	if old.All || old.Login != "" && fresh.Login != "" && old.Login != fresh.Login {
		if err := t.addRights(ctx, hiddenAll, ""); err != nil {
			return err
		}
	}
	for _, list := range []struct {
		kind       string
		old, fresh []Name
	}{{hiddenUser, old.Users, fresh.Users}, {hiddenQueue, old.Queues, fresh.Queues}} {
		if list.fresh == nil {
			continue
		}
		listed := make(map[Name]bool, len(list.fresh))
		for _, name := range list.fresh {
			listed[name] = true
			if err := t.run(ctx, "DELETE FROM rights WHERE kind = ? AND name = ?", list.kind, name); err != nil {
				return err
			}
		}
		for _, name := range list.old {
			if listed[name] {
				continue
			}
			if err := t.addRights(ctx, list.kind, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// hasMore reports whether b has something that a lacks.
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

// putRights replaces what was read.
func (t *tx) putRights(ctx context.Context, r Rights) error {
	replace := func(kind string, names ...Name) error {
		if err := t.run(ctx, "DELETE FROM rights WHERE kind = ?", kind); err != nil {
			return err
		}
		return t.addRights(ctx, kind, names...)
	}
	var all []Name
	if r.All {
		all = []Name{""}
	}
	if err := replace(rightAll, all...); err != nil {
		return err
	}
	if r.Login != "" {
		if err := replace(rightLogin, r.Login); err != nil {
			return err
		}
	}
	if r.Users != nil {
		if err := replace(rightUser, r.Users...); err != nil {
			return err
		}
	}
	if r.Queues != nil {
		if err := replace(rightQueue, r.Queues...); err != nil {
			return err
		}
	}
	if r.Accesses == nil {
		return nil
	}
	if err := t.run(ctx, "DELETE FROM accesses"); err != nil {
		return err
	}
	for module, bits := range r.Accesses {
		if err := t.run(ctx, "INSERT INTO accesses (module, bits) VALUES (?, ?)", module, bits); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) addRights(ctx context.Context, kind string, names ...Name) error {
	for _, name := range names {
		if err := t.run(ctx, "INSERT INTO rights (kind, name) VALUES (?, ?) ON CONFLICT DO NOTHING", kind, name); err != nil {
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
		case rightLogin:
			r.Login = name
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

// Scope returns what is hidden, in the list engine's form.
func (db *DB) Scope(ctx context.Context) (query.Scope, error) {
	var scope query.Scope
	err := db.view(ctx, "read what is hidden", func(q querier) error {
		scope = query.Scope{HiddenQueues: map[string]bool{}, HiddenUsers: map[string]bool{}}
		rows, err := q.QueryContext(ctx, "SELECT kind, name FROM rights WHERE kind LIKE 'hidden %'")
		return each(rows, err, func(rows rowScanner) error {
			var kind, name string
			if err := rows.Scan(&kind, &name); err != nil {
				return err
			}
			switch kind {
			case hiddenAll:
				scope.HiddenAll = true
			case hiddenUser:
				scope.HiddenUsers[name] = true
			case hiddenQueue:
				scope.HiddenQueues[name] = true
			}
			return nil
		})
	})
	return scope, err
}

// HiddenNames lists the interactions that are hidden, oldest first. Whoever reads them again
// calls DropHidden with those that the contact centre no longer lists, and ShowHidden at the end.
func (db *DB) HiddenNames(ctx context.Context) ([]Name, error) {
	return viewAll(ctx, db, "list what is hidden", func(rows rowScanner, name *Name) error { return rows.Scan(name) },
		"SELECT i.name FROM interactions i WHERE NOT "+inScope+" ORDER BY i.id")
}

// hiddenActivity is the condition that the queue or the user of the activity a is hidden. It is never NULL.
const hiddenActivity = `(EXISTS (SELECT 1 FROM rights r JOIN queues q ON q.name = r.name WHERE r.kind = 'hidden queue' AND q.id = a.queue_id)
	OR EXISTS (SELECT 1 FROM rights r JOIN users u ON u.name = r.name WHERE r.kind = 'hidden user' AND u.id = a.user_id)
	OR EXISTS (SELECT 1 FROM rights WHERE kind = 'hidden all'))`

// HiddenActivities returns the activities of hidden queues and users by name, with the interactions
// they belong to, hidden or not. Whoever asks for them again calls DropActivities with those that
// the contact centre no longer lists, before ShowHidden.
func (db *DB) HiddenActivities(ctx context.Context) (map[Name]Name, error) {
	type pair struct{ activity, interaction Name }
	pairs, err := viewAll(ctx, db, "list activities that are hidden", func(rows rowScanner, p *pair) error { return rows.Scan(&p.activity, &p.interaction) },
		"SELECT a.name, i.name FROM activities a JOIN interactions i ON i.id = a.id >> 8 WHERE "+hiddenActivity)
	hidden := make(map[Name]Name, len(pairs))
	for _, p := range pairs {
		hidden[p.activity] = p.interaction
	}
	return hidden, err
}

// ShowHidden shows what is still hidden: the contact centre listed all of it.
func (db *DB) ShowHidden(ctx context.Context) error {
	return db.update(ctx, "show what was hidden", func(t *tx) error {
		t.event.Everything = true
		return t.run(ctx, "DELETE FROM rights WHERE kind LIKE 'hidden %'")
	})
}
