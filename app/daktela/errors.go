package daktela

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Sentinels for questions that must not be sent at all, and for relations this
// release of the server does not offer.
var (
	ErrTakeTooLarge = errors.New("page size over the limit of 1000")
	ErrUnsafeSort   = errors.New("this model cannot be sorted by that field")
	ErrEmptyList    = errors.New("a membership filter needs at least one value")
	ErrNotAvailable = errors.New("this instance does not offer it")
	ErrNotAList     = errors.New("an answer without a list") // says nothing of what the list holds
	ErrNumber       = errors.New("not a phone number")
	ErrNoName       = errors.New("a unique name is required")
	ErrCredentials  = errors.New("no token and no login was given")
)

// Call says which request an error belongs to: the verb and the model with
// names masked ("GET activitiesWap/*/messages"), and the HTTP status, 0 if none came. Site names the
// contact centre to a person.
type Call struct {
	Site   string
	Op     string
	Status int
}

// Asked returns what names the contact centre that was asked: its host, and the path where there is one.
func (c Call) Asked() string { return c.Site }

func (c Call) status() int { return c.Status }

func (c Call) text(what string) string {
	if c.Status == 0 {
		return c.Op + ": " + what
	}
	return fmt.Sprintf("%s: %s (status %d)", c.Op, what, c.Status)
}

// UnauthorisedError means the token or login is not (or no longer) accepted.
type UnauthorisedError struct{ Call }

func (e *UnauthorisedError) Error() string { return e.text("not signed in") }

// ForbiddenError means the user lacks the access. Messages are the server's own words for a
// screen, often none; they may quote what was sent, so Error leaves them out.
type ForbiddenError struct {
	Call
	Messages []string
}

func (e *ForbiddenError) Error() string { return e.text("not permitted") }

// NotFoundError means there is no such record, relation or model.
type NotFoundError struct{ Call }

func (e *NotFoundError) Error() string { return e.text("not found") }

// ErrNoInteractions means that the contact centre has no list of WhatsApp interactions: its release
// is too old, or WhatsApp is not part of it.
var ErrNoInteractions = errors.New("no list of WhatsApp interactions is offered")

// OfInteractions returns ErrNoInteractions, which wraps err, where the list of interactions was
// asked for and is not offered; any other error as it is.
func OfInteractions(err error) error {
	_, missing := errors.AsType[*NotFoundError](err)
	_, refused := errors.AsType[*MethodNotAllowedError](err)
	if missing || refused {
		return fmt.Errorf("%w: %w", ErrNoInteractions, err)
	}
	return err
}

// MethodNotAllowedError means the model does not offer the verb.
type MethodNotAllowedError struct{ Call }

func (e *MethodNotAllowedError) Error() string { return e.text("not offered by this model") }

// RateLimitedError means the server asked to wait longer than the client is
// willing to, or did so too many times. RetryAfter is the wait asked for.
type RateLimitedError struct {
	Call
	RetryAfter time.Duration
}

func (e *RateLimitedError) Error() string { return e.text("too many requests") }

// ValidationError means the server refused what was sent. Messages and Form
// hold its own words, in its language, for a screen; they may quote what was
// typed, so Error leaves them out and names only the fields.
type ValidationError struct {
	Call
	Messages []string
	Form     map[string][]string // by field; nested fields are joined with dots
}

func (e *ValidationError) Error() string {
	if len(e.Form) == 0 {
		return e.text("refused")
	}
	return e.text("refused because of " + strings.Join(e.Fields(), ", "))
}

// Lines are the server's words, each field's behind its name.
func (e *ValidationError) Lines() []string { return lines(e.Messages, e.Form) }

// Fields lists the refused fields in alphabetical order.
func (e *ValidationError) Fields() []string {
	fields := make([]string, 0, len(e.Form))
	for f := range e.Form {
		fields = append(fields, f)
	}
	slices.Sort(fields)
	return fields
}

// FailedError means that a question was answered with an error: with status 400, or with an
// error beside an empty result whatever the status. It never means that there is nothing.
// Messages are the server's own words for a screen; they may quote what was asked for, so Error
// leaves them out.
type FailedError struct {
	Call
	Messages []string
}

func (e *FailedError) Error() string { return e.text("answered with an error") }

// Is makes it an ErrNotAList.
func (e *FailedError) Is(target error) bool { return target == ErrNotAList }

// RedirectError means that the address has moved or leads to a sign-in page. It is never
// followed, since the token would go along. Host is where it leads, "" if the answer does not say.
type RedirectError struct {
	Call
	Host string
}

func (e *RedirectError) Error() string { return e.text("redirected to another address") }

// IncompleteError means that a list could not be read whole: its pages contradict each other or its total.
type IncompleteError struct{ Call }

func (e *IncompleteError) Error() string { return e.text("the pages do not add up") }

// ServerError is a 5xx, from the instance or a proxy in front of it.
type ServerError struct{ Call }

func (e *ServerError) Error() string { return e.text("the server is in trouble") }

// StatusError is any other status that is not success.
type StatusError struct{ Call }

func (e *StatusError) Error() string { return e.text("unexpected answer") }

// MalformedError is an answer that is not the API's: HTML, or JSON of another
// kind. Cut is set when it looks like the first part of a longer one.
type MalformedError struct {
	Call
	Why string
	Cut bool
}

func (e *MalformedError) Error() string { return e.text("unreadable answer: " + e.Why) }

// Is makes an answer without a list an ErrNotAList.
func (e *MalformedError) Is(target error) bool { return target == ErrNotAList && e.Why == whyNoList }

const whyNoList = "not a list"

// TooLargeError is an answer over the client's size limit in bytes.
type TooLargeError struct {
	Call
	Limit int64
}

func (e *TooLargeError) Error() string {
	return e.text(fmt.Sprintf("answer larger than %d bytes", e.Limit))
}

// UnreachableError means no complete answer came: no network, no such host,
// timeout, broken connection. Sent tells whether the request may have arrived.
type UnreachableError struct {
	Call
	Sent    bool
	Timeout bool
	Proxy   ProxyFault // "" where none is to blame
	reason  string
}

// ProxyFault is what went wrong with the proxy of a network.
type ProxyFault string

// What goes wrong with proxies.
const (
	ProxySignIn  ProxyFault = "sign-in" // it wants a name and a password, or others
	ProxyRefused ProxyFault = "refused" // it does not let the request through
	ProxyAway    ProxyFault = "away"    // it does not answer itself
)

// Error makes it the reason of a failed connection.
func (f ProxyFault) Error() string { return "proxy: " + string(f) }

func (e *UnreachableError) Error() string { return e.text("unreachable: " + e.reason) }

// CertificateError means the server's certificate is not trusted. Nothing was sent.
type CertificateError struct {
	Call
	Fault CertificateFault
}

func (e *CertificateError) Error() string { return e.text("untrusted certificate: " + string(e.Fault)) }

// CertificateFault is why a certificate is not trusted.
type CertificateFault string

// Why certificates are not trusted.
const (
	CertificateExpired CertificateFault = "expired or not valid yet" // or this computer's clock is wrong
	CertificateHost    CertificateFault = "made for another host"
	CertificateIssuer  CertificateFault = "unknown issuer"
	CertificateOther   CertificateFault = "not verified"
)

// OutcomeUnknown reports whether a write that ended with err may nevertheless
// have been carried out, so that it must be looked up before it is sent again.
func OutcomeUnknown(err error) bool {
	if u, ok := errors.AsType[*UnreachableError](err); ok {
		return u.Sent
	}
	if _, ok := errors.AsType[*ServerError](err); ok {
		return true
	}
	if _, ok := errors.AsType[*TooLargeError](err); ok {
		return true
	}
	_, ok := errors.AsType[*MalformedError](err)
	return ok
}

func isUnauthorised(err error) (*UnauthorisedError, bool) {
	return errors.AsType[*UnauthorisedError](err)
}
