package app

import "encoding/json"

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

var errNotReady = &Error{Code: "not_ready"}
