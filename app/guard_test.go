package app

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

// TestAPanicOfAScreenIsLoggedWithItsStack panics in what a page calls: the page gets an error, the log where it was, and
// neither what was in it.
func TestAPanicOfAScreenIsLoggedWithItsStack(t *testing.T) {
	t.Parallel()
	const secret = "Jana Nováková"
	var log bytes.Buffer
	a := &App{log: slog.New(slog.NewTextHandler(&log, nil))}
	err := panics(a, secret)
	var told *Error
	if !errors.As(err, &told) || told.Code != "internal" {
		t.Errorf("the page gets %v", err)
	}
	if text := log.String(); !strings.Contains(text, "method=Screen.Method") || !strings.Contains(text, "app.panics(") || strings.Contains(text+err.Error(), secret) {
		t.Errorf("logged: %s, told: %v", text, err)
	}
}

func panics(a *App, with string) (err error) {
	defer a.guard("Screen.Method", &err)
	panic(with)
}
