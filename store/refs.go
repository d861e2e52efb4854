package store

import (
	"context"
	"database/sql"
	"fmt"
	"hash/fnv"
	"strings"

	"wapdesk/store/listing"
)

// refKind is a table that rows point to by name and title.
type refKind string

const (
	refUsers      refKind = "users"
	refQueues     refKind = "queues"
	refConnectors refKind = "connectors"
	refStatuses   refKind = "statuses"
	refContacts   refKind = "contacts"
	refAccounts   refKind = "accounts"
	refTickets    refKind = "tickets"
)

// refs remembers what a transaction has looked up.
type refs map[refKind]map[string]knownRef

type knownRef struct {
	id    int64
	title string
}

func newRefs() refs { return refs{} }

func (r refs) of(kind refKind) map[string]knownRef {
	known := r[kind]
	if known == nil {
		known = map[string]knownRef{}
		r[kind] = known
	}
	return known
}

// refKey is the name a reference is stored under. Without rights to a user the contact centre
// gives the title alone (app/daktela/WIRE.md, Records), and opened files know titles only; such a
// reference gets a name made of the title's hash, which is in no list of rights.
func refKey(ref listing.Ref) string {
	if ref.Name != "" || ref.Title == "" {
		return ref.Name
	}
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(ref.Title)) // never fails
	return fmt.Sprintf(madeUp+"%016x", sum.Sum64())
}

// madeUp begins names that are made of a title.
const madeUp = "~"

// MadeUp reports whether a name was made of a title, since nothing else is known of its bearer.
func MadeUp(name Name) bool { return strings.HasPrefix(name, madeUp) }

// ref returns the id of what the reference names and adds it when it is new; 0 for none.
// A title that differs is taken over: it is what the contact centre shows now.
func (t *tx) ref(ctx context.Context, kind refKind, ref listing.Ref) (int64, error) {
	key := refKey(ref)
	if key == "" {
		return 0, nil
	}
	known, ok := t.refs.of(kind)[key]
	if !ok {
		var err error
		known, ok, err = t.lookUp(ctx, kind, key)
		if err != nil {
			return 0, err
		}
	}
	if !ok {
		title := ref.Title
		if title == "" {
			title = key
		}
		result, err := t.exec(ctx, "INSERT INTO "+string(kind)+" (name, title) VALUES (?, ?)", key, title)
		if err != nil {
			return 0, err
		}
		id, err := result.LastInsertId()
		if err != nil {
			return 0, err
		}
		known = knownRef{id: id, title: title}
	} else if ref.Title != "" && ref.Title != known.title {
		if err := t.retitle(ctx, kind, known.id, ref.Title); err != nil {
			return 0, err
		}
		known.title = ref.Title
	}
	t.refs.of(kind)[key] = known
	return known.id, nil
}

// existing returns the id of what the reference names, or 0: it adds nothing.
func (t *tx) existing(ctx context.Context, kind refKind, ref listing.Ref) (int64, error) {
	known, _, err := t.lookUp(ctx, kind, refKey(ref))
	return known.id, err
}

func (t *tx) lookUp(ctx context.Context, kind refKind, key string) (knownRef, bool, error) {
	var known knownRef
	ok, err := t.one(ctx, "SELECT id, title FROM "+string(kind)+" WHERE name = ?", []any{key}, &known.id, &known.title)
	return known, ok, err
}

// retitle changes a title and marks the interactions whose rows show it.
func (t *tx) retitle(ctx context.Context, kind refKind, id int64, title string) error {
	if err := t.run(ctx, "UPDATE "+string(kind)+" SET title = ? WHERE id = ?", title, id); err != nil {
		return err
	}
	return t.touchUsers(ctx, kind, id)
}

// touchUsers marks the interactions that show a record of the kind.
func (t *tx) touchUsers(ctx context.Context, kind refKind, id int64) error {
	var query string
	switch kind {
	case refContacts:
		query = "SELECT id FROM interactions WHERE contact_id = ?"
	case refAccounts:
		query = "SELECT i.id FROM contacts c JOIN interactions i ON i.contact_id = c.id WHERE c.account_id = ?"
	case refTickets:
		query = "SELECT DISTINCT id >> 8 FROM activities WHERE ticket_id = ?"
	case refStatuses:
		return nil // no list shows them
	default:
		t.event.Everything = true // users, queues and connectors stand in too many rows to name
		return nil
	}
	rows, err := t.query(ctx, query, id)
	return t.touchAll(rows, err)
}

// touchAll marks the interactions whose ids the rows hold.
func (t *tx) touchAll(rows *sql.Rows, err error) error {
	return each(rows, err, func(rows rowScanner) error {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		t.touch(id)
		return nil
	})
}
