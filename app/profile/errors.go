package app

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"strings"

	"wapdesk/app/daktela"
	"wapdesk/app/export"
	"wapdesk/app/intake"
	"wapdesk/app/syncer"
	"wapdesk/store"
	"wapdesk/store/query"
)

// Error is what the page and the command line get: a code of the catalogue ("error.<code>")
// with its parameters, never personal data. The cause goes to the log only.
type Error struct {
	Code   string            `json:"code"`
	Params map[string]string `json:"params,omitempty"`
	cause  error
}

// Error returns the JSON of code and params: Wails hands the page an error's text alone,
// and the page decodes it in one place.
func (e *Error) Error() string {
	b, err := json.Marshal(e)
	if err != nil {
		return `{"code":"internal"}`
	}
	return string(b)
}

// Unwrap returns the cause, for the log and for errors.Is.
func (e *Error) Unwrap() error { return e.cause }

func newError(code string, cause error, params ...string) *Error {
	e := &Error{Code: code, cause: cause}
	for i := 0; i+1 < len(params); i += 2 {
		if e.Params == nil {
			e.Params = map[string]string{}
		}
		e.Params[params[i]] = params[i+1]
	}
	return e
}

// sentinels are the errors of the layers below that have a text of their own.
func sentinels() []struct {
	err  error
	code string
} {
	return []struct {
		err  error
		code string
	}{
		{context.Canceled, "cancelled"},
		{store.ErrNewer, "newer_file"},
		{store.ErrForeign, "foreign_file"},
		{store.ErrDamaged, "damaged_file"},
		{store.ErrBusy, "profile_busy"},
		{store.ErrNotPermitted, "not_permitted"},
		{store.ErrNotFound, "not_found"},
		{store.ErrFull, "disk_full"},
		{store.ErrReadOnly, "no_write_permission"},
		{store.ErrTransition, "change_moved_on"},
		{store.ErrTooLarge, "too_large"},
		{daktela.ErrInsecureAddress, "insecure_address"},
		{daktela.ErrAddress, "bad_address"},
		{daktela.ErrCredentials, "no_credentials"},
		{daktela.ErrNotAvailable, "not_offered"},
		{export.ErrNoFolder, "no_folder"},
		{export.ErrBusy, "file_busy"},
		{export.ErrFull, "disk_full"},
		{export.ErrPermission, "no_write_permission"},
		{export.ErrCancelled, "cancelled"},
		{export.ErrTooLarge, "workbook_too_large"},
		{export.ErrFormat, "unknown_format"},
		{export.ErrTooMany, "pdf_too_many"},
		{export.ErrDialect, "bad_dialect"},
		{export.ErrSheets, "sheets_need_xlsx"},
		{intake.ErrFormat, "file_unreadable"},
		{intake.ErrOldExcel, "file_old_excel"},
		{intake.ErrBroken, "file_broken"},
		{intake.ErrNoTable, "file_no_columns"},
		{intake.ErrNoTime, "file_no_time"},
		{intake.ErrTooLarge, "too_large"},
		{intake.ErrBomb, "file_bomb"},
		{intake.ErrCellSize, "file_bomb"},
		{intake.ErrMacros, "file_macros"},
		{intake.ErrEncrypted, "file_encrypted"},
		{intake.ErrHidden, "file_hidden"},
		{intake.ErrNotFile, "file_not_file"},
		{intake.ErrNoAccess, "file_no_access"},
		{intake.ErrRead, "file_read"},
		{fs.ErrNotExist, "file_missing"},
		{store.ErrInvalid, "invalid"},
		{syncer.ErrIncomplete, "incomplete"},
		{query.ErrDate, "bad_date"},
		{ErrNoHost, "not_here"},
	}
}

// AsError gives any error a code. It is the one place that knows what the layers below
// return; what has no text of its own becomes "internal".
func AsError(err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	if e, ok := errors.AsType[*query.SyntaxError](err); ok {
		params := maps.Clone(e.Params)
		if params == nil {
			params = map[string]string{}
		}
		params["reason"], params["text"] = e.Error(), e.TextCode()
		return &Error{Code: "query", Params: params, cause: err}
	}
	if e, ok := errors.AsType[*export.ColumnError](err); ok {
		if e.Twice {
			return newError("column_twice", err, "column", e.Column)
		}
		return newError("unknown_column", err, "column", e.Column)
	}
	if e, ok := errors.AsType[*intake.DatesError](err); ok {
		return datesError(e)
	}
	if e, ok := errors.AsType[*syncer.UnreadError](err); ok {
		return unreadError(e)
	}
	if e, ok := errors.AsType[*store.AnswerError](err); ok {
		return answerError(e)
	}
	if e := wireError(err); e != nil {
		return e
	}
	for _, s := range sentinels() {
		if errors.Is(err, s.err) {
			return newError(s.code, err)
		}
	}
	return newError("internal", err)
}

// datesError asks for the order of dates where nobody can be asked in a dialog.
func datesError(e *intake.DatesError) *Error {
	texts := make([]string, len(e.Samples))
	for i, s := range e.Samples {
		texts[i] = s.Text
	}
	code := "file_dates"
	if e.Contradict {
		code = "file_dates_contradict"
	}
	return newError(code, e, "dates", strings.Join(texts, ", "))
}

func wireError(err error) *Error {
	switch {
	case is[*daktela.UnauthorisedError](err):
		return newError("wrong_credentials", err)
	case is[*daktela.ForbiddenError](err):
		return newError("forbidden", err)
	case is[*daktela.RedirectError](err):
		return redirected(err)
	case is[*daktela.FailedError](err):
		failed, _ := errors.AsType[*daktela.FailedError](err)
		return newError("no_answer", err, "what", failed.Op)
	case is[*daktela.IncompleteError](err):
		return newError("incomplete", err)
	case is[*daktela.CertificateError](err):
		return newError("certificate", err)
	case is[*daktela.UnreachableError](err):
		return newError("unreachable", err)
	case is[*daktela.RateLimitedError](err):
		return newError("rate_limited", err)
	case is[*daktela.MalformedError](err), is[*daktela.TooLargeError](err):
		return newError("not_daktela", err)
	case is[*daktela.ServerError](err), is[*daktela.StatusError](err):
		return newError("server_trouble", err)
	case is[*daktela.NotFoundError](err), is[*daktela.MethodNotAllowedError](err):
		return newError("not_offered", err)
	case is[*daktela.ValidationError](err):
		return newError("refused", err)
	}
	return nil
}

func redirected(err error) *Error {
	if to, _ := errors.AsType[*daktela.RedirectError](err); to.Host != "" {
		return newError("redirected", err, "host", to.Host)
	}
	return newError("redirected_away", err)
}

func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

// AsErrorOrNil is AsError that leaves nil alone.
func AsErrorOrNil(err error) *Error {
	if err == nil {
		return nil
	}
	return AsError(err)
}
