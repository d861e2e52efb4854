package daktela

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"sync"
)

// pageSize is how many rows the server gives at once, as far as it is known. Servers and
// proxies have smaller limits than the published one; some refuse a larger page, some cut it
// without a word, and some do not manage it in time.
type pageSize struct {
	mu    sync.Mutex
	rows  int // 0: not known to be less than MaxPage
	short int // rows of the last page that was cut
	full  int // pages in a row that came full since the size was learned or a larger one was tried
	after int // so many of them until a larger one is tried
}

const (
	// growAfter is how many full pages of a learned size come before a larger one is tried: what was too much
	// may have been an hour's trouble. Each time it is too much again, twice as many come before the next.
	growAfter = 30
	// leastLimit is the smallest number of rows that is taken for a server's limit.
	leastLimit = 5
	// patientBelow is the page that is not made smaller because of a time-out: then it is not the size.
	patientBelow = 50
)

// PageSize returns how many rows are asked for at once.
func (c *Client) PageSize() int {
	c.sizes.mu.Lock()
	defer c.sizes.mu.Unlock()
	if c.sizes.rows == 0 {
		return MaxPage
	}
	return c.sizes.rows
}

// SetPageSize sets how many rows are asked for at once, as an earlier client learned it; 0, or
// anything that is no page size, asks for MaxPage again.
func (c *Client) SetPageSize(rows int) { c.sizes.set(rows, growAfter) }

func (s *pageSize) set(rows, after int) {
	if rows < 0 || rows >= MaxPage {
		rows = 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows, s.short, s.full, s.after = rows, 0, 0, after
}

// next is the size of the next page, which is larger than the learned one now and then: known is the learned one.
func (s *pageSize) next() (take, known int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.rows == 0 {
		return MaxPage, MaxPage
	}
	if s.full < s.after {
		return s.rows, s.rows
	}
	s.full, s.after = 0, 2*s.after
	return min(s.rows+max(s.rows/4, 1), MaxPage), s.rows
}

// filled notes a page that held as many rows as were asked for.
func (s *pageSize) filled(rows int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.rows == 0 || rows < s.rows:
	case rows == s.rows:
		s.full++
	case rows >= MaxPage:
		s.rows, s.full, s.after = 0, 0, growAfter
	default:
		s.rows, s.full, s.after = rows, 0, growAfter
	}
}

// cut notes a page that held fewer rows than asked for although more follow. The same number
// twice is the server's limit; once may be an accident, and so are a few rows beside a total that is wrong.
func (s *pageSize) cut(rows int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.short == rows && rows >= leastLimit {
		s.rows = rows
	}
	s.short = rows
}

// page sends a call whose result is a list. A page that is refused as too large, or that does not
// come in time, is asked for again smaller, and what was accepted is remembered.
func page[T any](ctx context.Context, c *Client, q call, want, skip int) (Page[T], error) {
	if want <= 0 {
		want = MaxPage
	}
	next, known := c.sizes.next()
	take := min(want, next)
	var first error
	for {
		q.hasty = take > patientBelow
		p, err := pageOf[T](ctx, c, q, take, skip)
		switch {
		case err == nil && first != nil && take < known:
			c.SetPageSize(take)
			return p, nil
		case err == nil || !tooMuch(err):
			return p, err
		case first == nil:
			first = err
		}
		if take == 1 { // then it was not the size
			return p, first
		}
		if take > known { // no more than a try
			take = known
			continue
		}
		failed, _ := errors.AsType[*FailedError](err)
		if failed == nil {
			take = max(take/2, 1)
			continue
		}
		take = smaller(take, failed.Messages)
	}
}

// tooMuch reports an error that a smaller page may not meet.
func tooMuch(err error) bool {
	if failed, ok := errors.AsType[*FailedError](err); ok {
		return failed.Status != http.StatusOK
	}
	if status, ok := errors.AsType[*StatusError](err); ok {
		return status.Status == http.StatusRequestEntityTooLarge
	}
	if _, ok := errors.AsType[*TooLargeError](err); ok {
		return true
	}
	return slow(err)
}

// slow reports an answer that did not come in time, here or at a proxy.
func slow(err error) bool {
	if server, ok := errors.AsType[*ServerError](err); ok {
		return server.Status == http.StatusGatewayTimeout
	}
	out, ok := errors.AsType[*UnreachableError](err)
	return ok && out.Timeout && out.Sent
}

var integers = regexp.MustCompile(`[0-9]+`)

// smaller is the next size to try: the limit that the refusal names, which is a hint only
// because its words are the server's, or half of what was refused.
func smaller(take int, messages []string) int {
	hint := 0
	for _, text := range messages {
		for _, digits := range integers.FindAllString(text, -1) {
			if n, err := strconv.Atoi(digits); err == nil && n < take {
				hint = max(hint, n)
			}
		}
	}
	if hint > 0 {
		return hint
	}
	return max(take/2, 1)
}
