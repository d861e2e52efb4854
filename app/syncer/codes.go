package syncer

import (
	"context"
	"errors"

	"wapdesk/app/daktela"
)

// Codes of how a pull, a push or the sending of one change ended. They are the
// keys of the texts that people read.
const (
	CodeDone        = ""
	CodeCancelled   = "cancelled"
	CodeOffline     = "unreachable"
	CodeSignIn      = "wrong_credentials"
	CodeLimited     = "rate_limited"
	CodeForbidden   = "forbidden"
	CodeCertificate = "certificate"
	CodeServer      = "server_trouble"
	CodeNotDaktela  = "not_daktela"
	CodeNotOffered  = "not_offered"
	CodeTooOld      = "too_old" // there is no list of interactions
	CodeNotFound    = "not_found"
	CodeRefused     = "refused"
	CodeConflict    = "conflict"
	CodeIncomplete  = "incomplete"
	CodeRedirected  = "redirected"
	CodeNoAnswer    = "no_answer" // a question was answered with an error
	CodeUnread      = "unread"    // all but the users or queues was read
	CodeInternal    = "internal"
)

// CodeOf classifies an error of Pull or Push.
func CodeOf(err error) string {
	switch {
	case err == nil:
		return CodeDone
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return CodeCancelled
	case is[*UnreadError](err):
		return CodeUnread
	case errors.Is(err, daktela.ErrNoInteractions):
		return CodeTooOld
	case is[*daktela.UnauthorisedError](err):
		return CodeSignIn
	case is[*daktela.UnreachableError](err):
		return CodeOffline
	case is[*daktela.RateLimitedError](err):
		return CodeLimited
	case is[*daktela.ForbiddenError](err):
		return CodeForbidden
	case is[*daktela.CertificateError](err):
		return CodeCertificate
	case is[*daktela.RedirectError](err):
		return CodeRedirected
	case is[*daktela.FailedError](err):
		return CodeNoAnswer
	case is[*daktela.ServerError](err), is[*daktela.StatusError](err):
		return CodeServer
	case is[*daktela.MalformedError](err), is[*daktela.TooLargeError](err):
		return CodeNotDaktela
	case is[*daktela.NotFoundError](err):
		return CodeNotFound
	case is[*daktela.MethodNotAllowedError](err):
		return CodeNotOffered
	case is[*daktela.ValidationError](err), errors.Is(err, errNotKept), errors.Is(err, errUnknownKind):
		return CodeRefused
	case errors.Is(err, ErrIncomplete), is[*daktela.IncompleteError](err):
		return CodeIncomplete
	default:
		return CodeInternal
	}
}

func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}
