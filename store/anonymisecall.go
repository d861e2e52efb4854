package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// AnonymiseCall is the request by which this contact centre anonymises an interaction: an administrator
// knows it, nothing publishes it. The zero value is none: it is done there by hand.
type AnonymiseCall struct {
	Method string `json:"method"` // POST, PUT, PATCH or DELETE
	Path   string `json:"path"`   // below the root address, such as /api/v6/wap/{name}/anonymize.json
	Body   string `json:"body"`   // JSON, "" for none
}

// NamePlace is where the unique name of the interaction goes, in the path or the body.
const NamePlace = "{name}"

// maxAnonymiseCall bounds the parts of a call, in bytes.
const maxAnonymiseCall = 2000

// settingAnonymiseCall is one of the store's own, so that no erasure takes it for a mention.
const settingAnonymiseCall = ".anonymise_call"

// None reports whether there is no call.
func (c AnonymiseCall) None() bool { return c == AnonymiseCall{} }

// Valid reports whether it can be sent, and names one interaction.
func (c AnonymiseCall) Valid() bool {
	methods := []string{"POST", "PUT", "PATCH", "DELETE"}
	filled := strings.ReplaceAll(c.Body, NamePlace, "x")
	return slices.Contains(methods, c.Method) && strings.HasPrefix(c.Path, "/") && !strings.HasPrefix(c.Path, "//") &&
		!strings.ContainsAny(c.Path, "\\#\r\n\t ") && !strings.Contains(c.Path, "..") && len(c.Path)+len(c.Body) <= maxAnonymiseCall &&
		utf8.ValidString(c.Path+c.Body) && strings.Contains(c.Path+c.Body, NamePlace) && (c.Body == "" || json.Valid([]byte(filled)))
}

// AnonymiseCall returns the call that was configured.
func (db *DB) AnonymiseCall(ctx context.Context) (AnonymiseCall, error) {
	var c AnonymiseCall
	text, found, err := db.Setting(ctx, settingAnonymiseCall)
	if err != nil || !found {
		return c, err
	}
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return AnonymiseCall{}, fmt.Errorf("read the call to anonymise: %w", ErrDamaged)
	}
	return c, nil
}

// SetAnonymiseCall configures the call, or removes it: what is still to be done there then waits to be
// sent, or to be done by hand. ErrInvalid for one that cannot be sent.
func (db *DB) SetAnonymiseCall(ctx context.Context, c AnonymiseCall) error {
	if !c.None() && !c.Valid() {
		return fmt.Errorf("keep the call to anonymise: %w", ErrInvalid)
	}
	text, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("keep the call to anonymise: %w", err)
	}
	from, to := ChangeManual, ChangeWaiting
	if c.None() {
		from, to = to, from
	}
	return db.update(ctx, "keep the call to anonymise", func(t *tx) error {
		if err := t.setSetting(ctx, settingAnonymiseCall, string(text)); err != nil {
			return err
		}
		changes, err := t.changes(ctx, "WHERE o.kind = ? AND o.state = ?", string(KindAnonymise), string(from))
		if err != nil {
			return err
		}
		for i := range changes {
			changes[i].State, changes[i].Code, changes[i].NextMs = to, "", 0
			if err := t.keepChange(ctx, &changes[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// asksToAnonymise is the state that a new request to anonymise begins in.
func (t *tx) asksToAnonymise(ctx context.Context) (ChangeState, error) {
	var text string
	found, err := t.one(ctx, "SELECT value FROM settings WHERE key = ?", []any{settingAnonymiseCall}, &text)
	if err != nil || !found {
		return ChangeManual, err
	}
	var c AnonymiseCall
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return ChangeManual, fmt.Errorf("read the call to anonymise: %w", ErrDamaged)
	}
	if c.None() {
		return ChangeManual, nil
	}
	return ChangeWaiting, nil
}
