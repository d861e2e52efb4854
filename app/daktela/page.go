package daktela

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"sync"
)

// pageSize is how many rows the server gives at once, as far as it is known. Servers and
// proxies have smaller limits than the published one; some refuse a larger page, some cut it
// without a word.
type pageSize struct {
	mu    sync.Mutex
	rows  int // 0: not known to be less than MaxPage
	short int // rows of the last page that was cut
}

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
func (c *Client) SetPageSize(rows int) {
	if rows < 0 || rows >= MaxPage {
		rows = 0
	}
	c.sizes.mu.Lock()
	defer c.sizes.mu.Unlock()
	c.sizes.rows, c.sizes.short = rows, 0
}

// cut notes a page that held fewer rows than asked for although more follow. The same number
// twice is the server's limit; once may be an accident.
func (s *pageSize) cut(rows int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.short == rows {
		s.rows = rows
	}
	s.short = rows
}

// page sends a call whose result is a list. A page that is refused as too large is asked for
// again smaller, and what was accepted is remembered.
func page[T any](ctx context.Context, c *Client, q call, want, skip int) (Page[T], error) {
	if want <= 0 {
		want = MaxPage
	}
	take := min(want, c.PageSize())
	var first error
	for {
		p, err := pageOf[T](ctx, c, q, take, skip)
		failed, _ := errors.AsType[*FailedError](err)
		switch {
		case err == nil && first != nil:
			c.SetPageSize(take)
			return p, nil
		case failed == nil || failed.Status == http.StatusOK:
			return p, err
		case first == nil:
			first = err
		}
		if take == 1 { // then it was not the size
			return p, first
		}
		take = smaller(take, failed.Messages)
	}
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

func pageOf[T any](ctx context.Context, c *Client, q call, take, skip int) (Page[T], error) {
	values := url.Values{}
	maps.Copy(values, q.query)
	values.Set("take", strconv.Itoa(take))
	if skip > 0 {
		values.Set("skip", strconv.Itoa(skip))
	}
	q.query = values
	e, err := c.send(ctx, q)
	if err != nil {
		return Page[T]{}, err
	}
	raw, got, total, ok := listParts(e.result)
	if !ok {
		return Page[T]{}, &MalformedError{Call: q.at(http.StatusOK), Why: whyNoList}
	}
	if total < 0 && e.total.Known && e.total.Value >= 0 {
		total = int(e.total.Value)
	}
	if total >= 0 && got > 0 && skip+got > total {
		total = -1 // more came than it says there are
	}
	p := Page[T]{
		Total: total, Clock: e.clock, Warnings: e.problems.messages, skip: skip, got: got, take: take, at: q.at(http.StatusOK),
	}
	p.Rows = make([]T, 0, len(raw))
	p.Raw = nestAll(raw)
	for _, r := range p.Raw {
		p.Rows = append(p.Rows, *new(T))
		// Wire types are lenient, so this fails for no object that parsed once.
		if decode(r, &p.Rows[len(p.Rows)-1]) != nil {
			return Page[T]{}, &MalformedError{Call: q.at(http.StatusOK), Why: "a row of another kind"}
		}
	}
	if got > 0 && got < take && total > skip+got {
		c.sizes.cut(got)
	}
	return p, nil
}
