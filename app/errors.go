package app

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"math"
	"strconv"
	"strings"

	"wapdesk/app/connection"
	"wapdesk/app/export"
	"wapdesk/app/intake"
	"wapdesk/app/lock"
	"wapdesk/app/profile"
	"wapdesk/app/secret"
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

// NewError returns an error with a code, its cause and its parameters in pairs of name and value.
func NewError(code string, cause error, params ...string) *Error {
	return newError(code, cause, params...)
}

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
		{store.ErrHeld, "profile_held"},
		{profile.ErrHereOnly, "anonymise_here_only"}, // before what it wraps
		{store.ErrNotPermitted, "not_permitted"},
		{store.ErrNotFound, "not_found"},
		{store.ErrFull, "disk_full"},
		{store.ErrReadOnly, "no_write_permission"},
		{store.ErrTransition, "change_moved_on"},
		{store.ErrTooLarge, "too_large"},
		{profile.ErrLocked, "locked"},
		{profile.ErrNoLock, "no_pin"},
		{lock.ErrWrong, "pin_wrong"},
		{lock.ErrLength, "pin_length"},
		{lock.ErrLost, "pin_lost"},
		{lock.ErrNoKeyring, "pin_keyring"},
		{profile.ErrReportTitle, "report_title"},
		{profile.ErrReportView, "report_view"},
		{profile.ErrReportPlan, "report_plan"},
		{profile.ErrReportNothing, "report_format"},
		{profile.ErrReportNoFolder, "report_folder"},
		{profile.ErrNoProfile, "no_profile"},
		{profile.ErrSignIn, "sign_in"},
		{profile.ErrReadOnly, "read_only"},
		{profile.ErrStale, "stale_list"},
		{profile.ErrNoExportRight, "no_export_right"},
		{profile.ErrAlreadyRunning, "already_running"},
		{profile.ErrViewTitle, "view_title"},
		{profile.ErrSampleSize, "sample_size"},
		{profile.ErrAnonymiseCall, "anonymise_call"},
		{profile.ErrViewText, "view_text"},
		{profile.ErrNotExported, "not_found"},
		{profile.ErrDemoTaken, "demo_taken"},
		{profile.ErrDays, "bad_days"},
		{secret.ErrNoKeyring, "no_keyring"},
		{secret.ErrNotForgotten, "secret_not_forgotten"},
		{profile.ErrNoFile, "not_found"},
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

// AsError returns any error with a code. It is the one place that knows what the layers below
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
	if e, ok := errors.AsType[*syncer.UnreadError](err); ok {
		return unreadError(e)
	}
	if e, ok := errors.AsType[*store.AnswerError](err); ok {
		return answerError(e)
	}
	if e, ok := errors.AsType[*intake.DatesError](err); ok {
		return datesError(e)
	}
	if e, ok := errors.AsType[*lock.WaitError](err); ok {
		return newError("pin_wait", err, "seconds", strconv.Itoa(int(math.Ceil(e.For.Seconds()))))
	}
	if e := profileError(err); e != nil {
		return e
	}
	if code, params := connection.Explain(err); code != "" {
		stored := "yes"
		if errors.Is(err, profile.ErrNothingStored) {
			stored = "no"
		}
		return newError(code, err, append(params, "stored", stored)...)
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

// answerError names the question and what it takes.
func answerError(e *store.AnswerError) *Error {
	allowed := make([]string, 0, len(e.Allowed))
	for _, o := range e.Allowed {
		text := o.Value
		if o.Title != "" && o.Title != o.Value {
			text += " (" + o.Title + ")"
		}
		allowed = append(allowed, text)
	}
	code := "answer_not_offered"
	if e.Unknown {
		code = "unknown_question"
	}
	return newError(code, e, "question", e.Question, "allowed", strings.Join(allowed, ", "))
}

// unreadError is the text of a sync that read everything but the rights.
func unreadError(e *syncer.UnreadError) *Error {
	code := "unread_rights"
	switch users, queues := e.Lacks(syncer.ListUsers), e.Lacks(syncer.ListQueues); {
	case users && !queues:
		code = "unread_users"
	case queues && !users:
		code = "unread_queues"
	}
	return newError(code, e)
}

// profileError words the errors of a profile that carry a value.
func profileError(err error) *Error {
	if e, ok := errors.AsType[*profile.UnknownError](err); ok {
		param := "name"
		switch e.What {
		case profile.AProfile, profile.AColumn, profile.ASheet:
			param = e.What
		}
		return newError("unknown_"+e.What, err, param, e.Name)
	}
	if e, ok := errors.AsType[*profile.AmbiguousError](err); ok {
		return newError("ambiguous_"+e.What, err, "title", e.Title, "names", strings.Join(e.Names, ", "))
	}
	if e, ok := errors.AsType[*profile.TooManyError](err); ok {
		code := map[string]string{"rows": "too_many", "pairs": "pair_too_many", "conversations": "pdf_too_many"}[e.What]
		return newError(code, err, "max", strconv.FormatInt(e.Max, 10))
	}
	if e, ok := errors.AsType[*profile.OtherCompanyError](err); ok {
		return newError("other_company", err, "site", e.Site, "company", e.Own)
	}
	if e, ok := errors.AsType[*profile.UnfinishedError](err); ok {
		return newError("unfinished_"+e.What, err, "n", strconv.Itoa(e.Done), "total", strconv.Itoa(e.Total))
	}
	if e, ok := errors.AsType[*profile.NoRowsError](err); ok {
		return newError("file_no_rows", err, "wrong", strconv.FormatInt(e.Wrong, 10), "blank", strconv.FormatInt(e.Blank, 10), "row", strconv.Itoa(e.Row))
	}
	if e, ok := errors.AsType[*profile.IncomparableError](err); ok {
		return newError("incomparable_"+e.Why, err)
	}
	if e, ok := errors.AsType[*profile.SeveralError](err); ok {
		return newError("several_profiles", err, "profiles", strings.Join(e.Profiles, ", "))
	}
	return nil
}

// AsErrorOrNil is AsError, but nil stays nil.
func AsErrorOrNil(err error) *Error {
	if err == nil {
		return nil
	}
	return AsError(err)
}

// nonNilMap returns a map that the page gets as one also when it is empty.
func nonNilMap(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return m
}

// errorText is the chain of an error for the log. Layers below keep personal data out of
// error texts; ours carry codes only.
func errorText(err error) string {
	if e, ok := errors.AsType[*Error](err); ok && e.cause != nil {
		return e.Code + ": " + e.cause.Error()
	}
	return err.Error()
}
