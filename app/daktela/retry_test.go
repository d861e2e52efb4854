package daktela

import (
	"context"
	"net/http"
	"testing"
	"time"
)

func TestRetryDecides(t *testing.T) {
	t.Parallel()
	status := func(code int) error { return &ServerError{Call{Status: code}} }
	limited := func(d time.Duration) error { return &RateLimitedError{RetryAfter: d} }
	tests := []struct {
		name    string
		method  string
		attempt int
		err     error
		again   bool
	}{
		{"read meets 502", http.MethodGet, 1, status(502), true},
		{"read meets 503", http.MethodGet, 2, status(503), true},
		{"read meets 504", http.MethodGet, 3, status(504), true},
		{"read meets 502 too often", http.MethodGet, maxAttempts, status(502), false},
		{"read meets 500", http.MethodGet, 1, status(500), false},
		{"read without network", http.MethodGet, 1, &UnreachableError{}, true},
		{"read cut off", http.MethodGet, 1, &MalformedError{Cut: true}, true},
		{"read gets a page", http.MethodGet, 1, &MalformedError{}, false},
		{"read refused", http.MethodGet, 1, &ForbiddenError{}, false},
		{"read not signed in", http.MethodGet, 1, &UnauthorisedError{}, false},
		{"read with a bad certificate", http.MethodGet, 1, &CertificateError{}, false},
		{"write meets 503", http.MethodPost, 1, status(503), false},
		{"write without network", http.MethodPut, 1, &UnreachableError{}, false},
		{"write is limited", http.MethodPost, 1, limited(time.Second), true},
		{"read is limited", http.MethodGet, maxAttempts, limited(60 * time.Second), true},
		{"limited too often", http.MethodGet, maxLimited, limited(time.Second), false},
		{"asked to wait too long", http.MethodGet, 1, limited(61 * time.Second), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, again := retry(t.Context(), tt.method, tt.attempt, tt.err)
			if again != tt.again {
				t.Errorf("got %v, want %v", again, tt.again)
			}
			ended, cancel := context.WithCancel(t.Context())
			cancel()
			if _, again := retry(ended, tt.method, tt.attempt, tt.err); again {
				t.Error("repeated after the context ended")
			}
		})
	}
}

func TestRetryWaits(t *testing.T) {
	t.Parallel()
	if wait, _ := retry(t.Context(), http.MethodPut, 1, &RateLimitedError{RetryAfter: 7 * time.Second}); wait != 7*time.Second {
		t.Errorf("limited: got %v, want what the server asked for", wait)
	}
	for attempt := range maxAttempts + 20 {
		wait := backoffAfter(attempt + 1)
		if wait < firstBackoff/2 || wait > longestBackoff*3/2 {
			t.Errorf("attempt %d: got %v, out of bounds", attempt+1, wait)
		}
	}
}

func TestRetryAfterHeader(t *testing.T) {
	t.Parallel()
	now := time.Date(2025, 6, 2, 10, 0, 0, 0, time.UTC)
	tests := map[string]time.Duration{
		"":                              plainRetryAfter,
		"soon":                          plainRetryAfter,
		"-5":                            plainRetryAfter,
		"0":                             0,
		"12":                            12 * time.Second,
		" 90 ":                          90 * time.Second,
		"Mon, 02 Jun 2025 10:00:30 GMT": 30 * time.Second,
		"Mon, 02 Jun 2025 09:00:00 GMT": 0,
	}
	for header, want := range tests {
		if got := retryAfter(header, now); got != want {
			t.Errorf("retryAfter(%q): got %v, want %v", header, got, want)
		}
	}
}
