package syncer

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"strings"

	"wapdesk/app/daktela"
	"wapdesk/store"
)

// Names of the lists that a pull reads beside interactions.
const (
	ListUsers     = "users"
	ListQueues    = "queues"
	ListRole      = "role"
	ListGroups    = "groups"
	ListForms     = "qaForms"
	ListStatuses  = "statuses"
	ListDatabases = "databases"
	ListContacts  = "contacts"
	ListAccounts  = "accounts"
	ListTickets   = "tickets"
	ListReviews   = "qaReviews"
)

// Unread is a list that the contact centre did not give. That says nothing about what is in it:
// what is stored of it stays as it was.
type Unread struct {
	List   string `json:"list"`
	Reason string `json:"reason"` // CodeForbidden, CodeNotFound, CodeNotOffered or CodeNotDaktela
	// Never is true of users or queues that the role forbids and never gave: no access was lost, so
	// that what was asked is true for what the role may see.
	Never bool `json:"never,omitempty"`
}

// Rights reports whether the list is one of the two that are the rights.
func (u Unread) Rights() bool { return u.List == ListUsers || u.List == ListQueues }

// UnreadError is the end of a pull that read everything but the users or the queues, so that it
// cannot tell whether the rights have changed.
type UnreadError struct{ Lists []Unread }

func (e *UnreadError) Error() string {
	names := make([]string, 0, len(e.Lists))
	for _, l := range e.Lists {
		names = append(names, l.List+" ("+l.Reason+")")
	}
	return "lists that were not given: " + strings.Join(names, ", ")
}

// Forbidden reports whether the role's accesses alone are the reason.
func (e *UnreadError) Forbidden() bool {
	return !slices.ContainsFunc(e.Lists, func(l Unread) bool { return l.Reason != CodeForbidden })
}

// Lacks reports whether the list is among those that were not given.
func (e *UnreadError) Lacks(list string) bool {
	return slices.ContainsFunc(e.Lists, func(l Unread) bool { return l.List == list })
}

// UnreadRights returns an UnreadError for those of the lists that are the rights and were given before,
// or are kept back by something else than the role; nil without any.
func UnreadRights(lists []Unread) error {
	var rights []Unread
	for _, l := range lists {
		if l.Rights() && !l.Never {
			rights = append(rights, l)
		}
	}
	if len(rights) == 0 {
		return nil
	}
	return &UnreadError{rights}
}

// LastUnread returns the lists that the last whole pull into the file could not read.
func LastUnread(ctx context.Context, db *store.DB) ([]Unread, error) {
	text, err := db.Cursor(ctx, cursorUnread)
	if err != nil || text == "" {
		return []Unread{}, err
	}
	var lists []Unread
	if json.Unmarshal([]byte(text), &lists) != nil {
		//nolint:nilerr // written by another version: the next pull says it again
		return []Unread{}, nil
	}
	return lists, nil
}

// keepUnread keeps what could not be read for those who look later.
func (p *pull) keepUnread(ctx context.Context) error {
	b, err := json.Marshal(p.result.Unread)
	if err != nil {
		return err
	}
	return p.db.SetCursor(ctx, cursorUnread, string(b))
}

// lacks notes that a list was not given.
func (p *pull) lacks(list string, err error) {
	known := slices.ContainsFunc(p.result.Unread, func(l Unread) bool { return l.List == list })
	if !known {
		p.result.Unread = append(p.result.Unread, Unread{List: list, Reason: CodeOf(err), Never: is[*daktela.ForbiddenError](err) && p.never[list]})
		p.log.Warn("a list was not given", "list", list, "code", CodeOf(err))
	}
}

// readList collects a list. One that the release does not offer, that the role does not allow, or
// whose answer is no list is nil and noted.
func readList[T any](p *pull, list string, rows iter.Seq2[T, error]) ([]T, error) {
	found := []T{}
	for row, err := range rows {
		if NotGiven(err) {
			p.lacks(list, err)
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		found = append(found, row)
	}
	return found, nil
}

// NotGiven reports errors that mean "not for you", "not in this release" or "no list at all":
// nothing that a repetition would mend, and nothing that tells what the list holds.
func NotGiven(err error) bool { return optional(err) || errors.Is(err, daktela.ErrNotAList) }

// optional reports errors that mean "not for you" or "not in this release".
func optional(err error) bool {
	return is[*daktela.ForbiddenError](err) || is[*daktela.NotFoundError](err) ||
		is[*daktela.MethodNotAllowedError](err) || errors.Is(err, daktela.ErrNotAvailable)
}
