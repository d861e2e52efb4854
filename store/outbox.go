package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"wapdesk/store/listing"
)

// ChangeKind is what a lead changed.
type ChangeKind string

// The kinds of changes.
const (
	KindPair          ChangeKind = "pair"          // Target is the activity
	KindUnpair        ChangeKind = "unpair"        // Target is the activity
	KindContact       ChangeKind = "contact"       // Target is the contact's own name
	KindTicket        ChangeKind = "ticket"        // Target is the activity
	KindReview        ChangeKind = "qa"            // Target is the activity
	KindContactedBack ChangeKind = "contactedback" // Target is the interaction
	KindAnonymise     ChangeKind = "anonymise"     // Target is the interaction
	KindForget        ChangeKind = "forget"        // Target is a contact that was erased here; only by hand
)

// ChangeState is where a change stands.
type ChangeState string

// The states of a change; transitions has the ways between them.
const (
	ChangeWaiting   ChangeState = "waiting"
	ChangeSending   ChangeState = "sending"
	ChangeSent      ChangeState = "sent"
	ChangeRefused   ChangeState = "refused"
	ChangeConflict  ChangeState = "conflict"
	ChangeManual    ChangeState = "manual"    // to be done in the contact centre by hand
	ChangeDone      ChangeState = "done"      // somebody says that they did it there by hand
	ChangeConfirmed ChangeState = "confirmed" // a sync has shown it
)

// mayBecome is the transition table.
func (from ChangeState) mayBecome(to ChangeState) bool {
	var ways []ChangeState
	switch from {
	case ChangeWaiting:
		ways = []ChangeState{ChangeSending, ChangeConflict}
	case ChangeSending:
		ways = []ChangeState{ChangeSent, ChangeRefused, ChangeConflict, ChangeWaiting, ChangeManual, ChangeConfirmed}
	case ChangeRefused, ChangeConflict:
		ways = []ChangeState{ChangeWaiting}
	case ChangeManual:
		ways = []ChangeState{ChangeSending, ChangeDone, ChangeConfirmed}
	case ChangeDone:
		ways = []ChangeState{ChangeManual, ChangeConfirmed}
	case ChangeSent:
		ways = []ChangeState{ChangeConfirmed}
	}
	return slices.Contains(ways, to)
}

// mayBeDiscarded: what is on its way or done can no longer be taken back.
func (from ChangeState) mayBeDiscarded() bool {
	return slices.Contains([]ChangeState{ChangeWaiting, ChangeRefused, ChangeConflict, ChangeManual}, from)
}

// shows reports whether the local effect of a change in this state is on screen.
func (from ChangeState) shows() bool {
	return from != ChangeRefused && from != ChangeConflict
}

// Change is one entry of the outbox.
type Change struct {
	ID          int64
	Kind        ChangeKind
	Target      Name
	Interaction Name // "" for a contact that is not paired with anything
	Title       string
	TimeMs      int64 // of the interaction, listing.Unknown without one
	State       ChangeState
	Code        string // why it is refused, in conflict or waiting again; a code, not a text
	Reason      string // the contact centre's own words
	Value       ChangeValue
	// Base is the contact centre's value as last read, or what an earlier unsent change set.
	// In a conflict it is the contact centre's newer value.
	Base ChangeValue
	// Unknown is true when an earlier attempt may have arrived: look before sending again.
	Unknown   bool
	Attempts  int
	NextMs    int64 // not before, UTC milliseconds
	CreatedMs int64
	UpdatedMs int64
	// Person is the unique name of the contact whom an erasure was about, "" where it had none.
	Person Name

	interactionID int64
	contact       Name // the contact it needs
}

// ChangeValue is what a change sets. Which field counts depends on its kind.
type ChangeValue struct {
	Contact listing.Ref `json:"contact,omitzero"` // pair: of the activity
	Whole   listing.Ref `json:"whole,omitzero"`   // pair: of the interaction, in Base only
	Ticket  listing.Ref `json:"ticket,omitzero"`  // ticket
	Missed  string      `json:"missed,omitempty"` // contactedback
	Person  *Contact    `json:"person,omitempty"` // contact
	Review  *QAReview   `json:"review,omitempty"` // qa
}

const changeSelect = `SELECT o.id, o.kind, o.target, ifnull(o.interaction_id, 0), i.name, i.title, i.time_ms, o.contact_name, o.state, o.code, o.reason,
	o.value, o.base, o.unknown, o.attempts, o.next_ms, o.created_ms, o.updated_ms, o.person
	FROM outbox o LEFT JOIN interactions i ON i.id = o.interaction_id `

func scanChange(rows rowScanner, c *Change) error {
	var kind, state, value, base string
	if err := rows.Scan(&c.ID, &kind, &c.Target, &c.interactionID, nullText(&c.Interaction), nullText(&c.Title), nullNumber(&c.TimeMs),
		nullText(&c.contact), &state, nullText(&c.Code), nullText(&c.Reason), &value, &base, &c.Unknown, &c.Attempts, &c.NextMs,
		&c.CreatedMs, &c.UpdatedMs, nullText(&c.Person)); err != nil {
		return err
	}
	c.Kind, c.State = ChangeKind(kind), ChangeState(state)
	if err := fromJSON(value, &c.Value); err != nil {
		return err
	}
	return fromJSON(base, &c.Base)
}

// Changes lists the outbox, oldest first, within the rights.
func (db *DB) Changes(ctx context.Context) ([]Change, error) {
	return viewAll(ctx, db, "read changes", scanChange, changeSelect+"WHERE o.interaction_id IS NULL OR "+inScope+" ORDER BY o.id")
}

// ChangeCounts counts the outbox by state.
type ChangeCounts struct {
	Waiting, Sending, Sent, Refused, Conflict, Manual, Confirmed int
}

// ChangeCounts counts the outbox by state, whoever may see it.
func (db *DB) ChangeCounts(ctx context.Context) (ChangeCounts, error) {
	var counts ChangeCounts
	into := map[ChangeState]*int{
		ChangeWaiting: &counts.Waiting, ChangeSending: &counts.Sending, ChangeSent: &counts.Sent, ChangeRefused: &counts.Refused,
		ChangeConflict: &counts.Conflict, ChangeManual: &counts.Manual, ChangeConfirmed: &counts.Confirmed,
	}
	err := db.view(ctx, "count changes", func(q querier) error {
		rows, err := q.QueryContext(ctx, "SELECT state, count(*) FROM outbox GROUP BY state")
		return each(rows, err, func(rows rowScanner) error {
			var state string
			var n int
			if err := rows.Scan(&state, &n); err != nil {
				return err
			}
			if to := into[ChangeState(state)]; to != nil {
				*to = n
			}
			return nil
		})
	})
	return counts, err
}

func (t *tx) change(ctx context.Context, id int64) (Change, error) {
	changes, err := t.changes(ctx, "WHERE o.id = ?", id)
	if err != nil {
		return Change{}, err
	}
	if len(changes) == 0 {
		return Change{}, ErrNotFound
	}
	return changes[0], nil
}

func (t *tx) changes(ctx context.Context, where string, args ...any) ([]Change, error) {
	rows, err := t.query(ctx, changeSelect+where, args...)
	return collect(rows, err, scanChange)
}

// enqueue adds a change; its local effect is in the same transaction.
func (t *tx) enqueue(ctx context.Context, c Change) (Change, error) {
	value, base, err := encodeChange(&c)
	if err != nil {
		return c, err
	}
	c.CreatedMs, c.UpdatedMs = t.nowMs, t.nowMs
	if c.State == "" {
		c.State = ChangeWaiting
	}
	result, err := t.exec(ctx, `INSERT INTO outbox (kind, target, interaction_id, contact_name, person, state, value, base, created_ms, updated_ms)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, string(c.Kind), c.Target, idArg(c.interactionID), textArg(c.contact), textArg(c.Person), string(c.State),
		value, base, t.nowMs, t.nowMs)
	if err != nil {
		return c, err
	}
	t.changedOutbox(&c)
	if c.ID, err = result.LastInsertId(); err != nil {
		return c, err
	}
	return c, t.noteUpstream(ctx, &c)
}

// keepChange writes everything of a change that can differ.
func (t *tx) keepChange(ctx context.Context, c *Change) error {
	value, base, err := encodeChange(c)
	if err != nil {
		return err
	}
	t.changedOutbox(c)
	if err := t.noteUpstream(ctx, c); err != nil {
		return err
	}
	return t.run(ctx, `UPDATE outbox SET target = ?, contact_name = ?, state = ?, code = ?, reason = ?, value = ?, base = ?, unknown = ?, attempts = ?,
		next_ms = ?, updated_ms = ? WHERE id = ?`, c.Target, textArg(c.contact), string(c.State), textArg(c.Code), textArg(c.Reason), value, base,
		c.Unknown, c.Attempts, c.NextMs, t.nowMs, c.ID)
}

func (t *tx) changedOutbox(c *Change) {
	t.event.Changes = true
	if c.interactionID != 0 {
		t.touch(c.interactionID)
	}
}

func encodeChange(c *Change) (value, base string, err error) {
	v, err := json.Marshal(c.Value)
	if err != nil {
		return "", "", fmt.Errorf("encode a change: %w", err)
	}
	b, err := json.Marshal(c.Base)
	if err != nil {
		return "", "", fmt.Errorf("encode a change: %w", err)
	}
	return string(v), string(b), nil
}

// DropSent forgets changes that were sent or confirmed before the time (UTC ms). It writes nothing
// where there are none.
func (db *DB) DropSent(ctx context.Context, beforeMs int64) error {
	const old = " FROM outbox WHERE state IN ('sent', 'done', 'confirmed') AND updated_ms < ?"
	due, err := viewAll(ctx, db, "find sent changes", scanID, "SELECT id"+old+" LIMIT 1", beforeMs)
	if err != nil || len(due) == 0 {
		return err
	}
	return db.update(ctx, "forget sent changes", func(t *tx) error {
		t.event.Changes = true
		return t.run(ctx, "DELETE"+old, beforeMs)
	})
}

// queueAnonymise keeps what is left to do in the contact centre after an erasure here.
func (t *tx) queueAnonymise(ctx context.Context, id int64, name, person Name) error {
	state, err := t.asksToAnonymise(ctx)
	if err != nil {
		return err
	}
	_, err = t.enqueue(ctx, Change{Kind: KindAnonymise, Target: name, interactionID: id, State: state, Person: person})
	return err
}

// ToForget keeps that a contact which was erased here is still in the contact centre, which publishes no call
// that removes one: it is done there by hand.
func (db *DB) ToForget(ctx context.Context, contact Name) error {
	if contact == "" || strings.HasPrefix(contact, madeUp) {
		return nil
	}
	return db.update(ctx, "keep what is to be done by hand", func(t *tx) error {
		_, err := t.enqueue(ctx, Change{Kind: KindForget, Target: contact, State: ChangeManual, Person: contact})
		return err
	})
}

// MarkDone keeps that somebody did by hand in the contact centre what was to be done there, or takes that back.
// A sync that shows it confirms it. ErrTransition where there is nothing to do by hand.
func (db *DB) MarkDone(ctx context.Context, ids []int64, done bool) error {
	to := ChangeManual
	if done {
		to = ChangeDone
	}
	return db.update(ctx, "mark what was done by hand", func(t *tx) error {
		for _, id := range ids {
			c, err := t.change(ctx, id)
			if err != nil {
				return err
			}
			if c.State == to {
				continue
			}
			if !c.State.mayBecome(to) || c.State == ChangeSending {
				return fmt.Errorf("from %s: %w", c.State, ErrTransition)
			}
			c.State = to
			if err := t.keepChange(ctx, &c); err != nil {
				return err
			}
		}
		return nil
	})
}

// confirmAnonymised closes the request when a sync shows the flag.
func (t *tx) confirmAnonymised(ctx context.Context, name Name) error {
	changes, err := t.changes(ctx, "WHERE o.kind = ? AND o.target = ? AND o.state <> ?", string(KindAnonymise), name, string(ChangeConfirmed))
	if err != nil {
		return err
	}
	for i := range changes {
		changes[i].State, changes[i].Code, changes[i].Reason = ChangeConfirmed, "", ""
		if err := t.keepChange(ctx, &changes[i]); err != nil {
			return err
		}
	}
	return nil
}

// reclaimedWait is how long after a start what was being sent before it is left alone.
const reclaimedWait = 10 * time.Second

// reclaimSending turns changes that were being sent when the process ended back into waiting
// ones with an unknown outcome.
func (db *DB) reclaimSending(ctx context.Context) error {
	n, err := db.ChangeCounts(ctx)
	if err != nil || n.Sending == 0 {
		return err
	}
	return db.update(ctx, "reclaim changes", func(t *tx) error {
		changes, err := t.changes(ctx, "WHERE o.state = ?", string(ChangeSending))
		if err != nil {
			return err
		}
		for i := range changes {
			changes[i].State, changes[i].Unknown = ChangeWaiting, true
			// The request may still be on its way: looking too soon would not find what it does.
			changes[i].NextMs = t.nowMs + reclaimedWait.Milliseconds()
			if changes[i].Kind == KindAnonymise {
				if changes[i].State, err = t.asksToAnonymise(ctx); err != nil {
					return err
				}
			}
			if err := t.keepChange(ctx, &changes[i]); err != nil {
				return err
			}
		}
		return nil
	})
}
