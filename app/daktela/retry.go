package daktela

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The limits of patience. The API publishes none; these follow its official
// connectors, which honour Retry-After up to a minute and give up beyond it.
const (
	maxRetryAfter   = 60 * time.Second
	plainRetryAfter = 5 * time.Second // a 429 without Retry-After
	maxAttempts     = 4               // of a read that meets 502, 503, 504 or no network
	maxLimited      = 8               // of any request that meets 429
	firstBackoff    = 500 * time.Millisecond
	longestBackoff  = 10 * time.Second
)

// retry decides whether a request that failed for the given attempt (1 is the
// first) is made again, and after which wait. The context comes first; then
// 429, which every verb may repeat because nothing was done; then reads that
// met a proxy or network failure. A write with a lost answer is never repeated.
func retry(ctx context.Context, method string, attempt int, err error) (time.Duration, bool) {
	if ctx.Err() != nil {
		return 0, false
	}
	if limited, ok := errors.AsType[*RateLimitedError](err); ok {
		return limited.RetryAfter, attempt < maxLimited && limited.RetryAfter <= maxRetryAfter
	}
	if method != http.MethodGet || attempt >= maxAttempts || !passing(err) {
		return 0, false
	}
	return backoffAfter(attempt), true
}

// passing reports whether err is likely to go away by itself.
func passing(err error) bool {
	if s, ok := errors.AsType[*ServerError](err); ok {
		return s.Status == http.StatusBadGateway || s.Status == http.StatusServiceUnavailable ||
			s.Status == http.StatusGatewayTimeout
	}
	if f, ok := errors.AsType[*FailedError](err); ok {
		return f.Status == http.StatusOK // a hiccup behind the API; a 400 would come again
	}
	if m, ok := errors.AsType[*MalformedError](err); ok {
		return m.Cut
	}
	_, ok := errors.AsType[*UnreachableError](err)
	return ok
}

// backoffAfter doubles the wait with each attempt, and spreads it by half up and down so that
// clients that failed together do not come back together.
func backoffAfter(attempt int) time.Duration {
	wait := min(firstBackoff<<(attempt-1), longestBackoff)
	return wait/2 + rand.N(wait) //nolint:gosec // nothing secret hangs on it
}

// clockOf is the clock of whoever answered, which a date of its answer is told by: this computer's may be
// off by a day. now stands in where the answer does not tell it.
func clockOf(res *http.Response, now time.Time) time.Time {
	if at, err := http.ParseTime(res.Header.Get("Date")); err == nil {
		return at
	}
	return now
}

// retryAfter reads a Retry-After header: seconds or an HTTP date.
func retryAfter(header string, now time.Time) time.Duration {
	header = strings.TrimSpace(header)
	if s, err := strconv.ParseUint(header, 10, 31); err == nil {
		return time.Duration(s) * time.Second
	}
	if at, err := http.ParseTime(header); err == nil {
		return max(at.Sub(now), 0)
	}
	return plainRetryAfter
}
