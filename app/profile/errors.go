package profile

import (
	"errors"
	"fmt"
	"strings"

	"wapdesk/store"
)

// Errors without a value.
var (
	ErrNoProfile      = errors.New("no profile is open")
	ErrSignIn         = errors.New("no credentials are kept for this profile")
	ErrReadOnly       = errors.New("an opened file takes no changes")
	ErrStale          = errors.New("the result is no longer kept")
	ErrNoExportRight  = errors.New("the role does not permit exports")
	ErrAlreadyRunning = errors.New("the same work is already running")
	ErrViewTitle      = errors.New("a view needs a title")
	ErrAnonymiseCall  = errors.New("no call that anonymises an interaction")
	ErrNotExported    = errors.New("no finished export of this id")
	ErrDemoTaken      = errors.New("a profile that is no demo has the name of the demo")
	ErrHereOnly       = fmt.Errorf("the role allows erasing this computer's copy alone: %w", store.ErrNotPermitted)
	ErrDays           = errors.New("not a number of days to keep")
	ErrNoFile         = errors.New("no such file")
	ErrNothingStored  = errors.New("nothing of this contact centre is stored yet")
)

// Things that can be unknown by name.
const (
	AProfile  = "profile"
	AName     = "name"
	ATemplate = "template"
	AColumn   = "column"
	ASheet    = "sheet"
	AReport   = "report"
	AView     = "view"
)

// UnknownError is returned for a name that nothing bears. It quotes only what the person wrote.
type UnknownError struct {
	What  string // one of the things above, or a field: user, queue
	Name  string
	cause error
}

// Error returns what was not found.
func (e *UnknownError) Error() string { return fmt.Sprintf("unknown %s", e.What) }

// Unwrap returns the cause, nil without one.
func (e *UnknownError) Unwrap() error { return e.cause }

// AmbiguousError is returned for a title that several users, queues or groups bear.
type AmbiguousError struct {
	What  string // a field: user, queue
	Title string // as the person wrote it
	Names []string
}

// Error returns the unique names to choose from.
func (e *AmbiguousError) Error() string {
	return fmt.Sprintf("several of one title as %s: %s", e.What, strings.Join(e.Names, ", "))
}

// TooManyError is returned when more is selected than can be done at once.
type TooManyError struct {
	What  string // rows, pairs, conversations
	Max   int64
	cause error
}

// Error returns the limit.
func (e *TooManyError) Error() string { return fmt.Sprintf("more than %d %s at once", e.Max, e.What) }

// Unwrap returns the cause, nil without one.
func (e *TooManyError) Unwrap() error { return e.cause }

// SeveralError is returned when a profile has to be named.
type SeveralError struct{ Profiles []string }

// Error returns the names to choose from.
func (e *SeveralError) Error() string { return "several profiles: " + strings.Join(e.Profiles, ", ") }

// OtherCompanyError is returned for a link of another contact centre than the profile's.
type OtherCompanyError struct{ Site, Own string }

// Error returns whose link it is.
func (e *OtherCompanyError) Error() string {
	return fmt.Sprintf("a link of %s, not of %s", e.Site, e.Own)
}

// UnfinishedError is returned by work that was cancelled after it had begun: what is done stays done.
type UnfinishedError struct {
	What        string // anonymise, retention
	Done, Total int    // interactions; Total 0 when nobody counted them
	cause       error
}

// Error returns how far the work came.
func (e *UnfinishedError) Error() string {
	return fmt.Sprintf("%s was cancelled after %d interactions", e.What, e.Done)
}

// Unwrap returns why the work ended.
func (e *UnfinishedError) Unwrap() error { return e.cause }

// NoRowsError is returned for a file of which no row could be read.
type NoRowsError struct {
	Wrong, Blank int64 // rows whose time is none, and rows without one
	Row          int   // the first of them
}

// Error returns how many rows there were.
func (e *NoRowsError) Error() string {
	return fmt.Sprintf("none of %d rows has a time", e.Wrong+e.Blank)
}
