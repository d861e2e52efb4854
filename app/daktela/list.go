package daktela

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"net/url"
)

// model is what the client knows of one model: its path, the fields to ask
// for (always sent: without them replies expand related records several levels
// deep) and the fields it may be sorted by.
type model struct {
	path   string
	fields []string
	sorts  []string
}

// Resource reads one model.
type Resource[T any] struct {
	client *Client
	model  model
}

// Page is one page of a list.
type Page[T any] struct {
	Rows     []T
	Raw      []json.RawMessage // each row, dotted keys nested, parallel to Rows
	Total    int               // rows that match before paging; -1 if the reply did not say, or contradicts itself
	Clock    Clock
	Warnings []string // what a successful reply complained about

	skip int // rows before it
	got  int // rows that came, those that are no objects included
	take int // rows that were asked for
	at   Call
}

// Ends reports whether the list is known to end with this page: by its total, or because
// nothing came where none is told. A page with fewer rows than asked for is no end.
func (p Page[T]) Ends() bool {
	if p.Total < 0 {
		return p.got == 0
	}
	return p.skip+p.got >= p.Total
}

// Empty reports whether no row came.
func (p Page[T]) Empty() bool { return p.got == 0 }

// Next is how many rows to skip for the page after this one.
func (p Page[T]) Next() int { return p.skip + p.got }

// Reply is one record.
type Reply[T any] struct {
	Value    T
	Raw      json.RawMessage
	Clock    Clock
	Warnings []string
}

// Page reads one page: at most as many rows as asked for, and as many as the server gives.
func (r Resource[T]) Page(ctx context.Context, q Query) (Page[T], error) {
	values, err := q.encode(r.model)
	if err != nil {
		return Page[T]{}, err
	}
	at := call{site: r.client.address.Site(), method: http.MethodGet, path: r.model.path, op: r.model.path, query: values}
	return page[T](ctx, r.client, at, q.Take, q.Skip)
}

// Count returns how many rows match. Where no total is told they are counted by paging.
func (r Resource[T]) Count(ctx context.Context, f Filter) (int, Clock, error) {
	n, clock, err := r.Total(ctx, f)
	if err != nil || n >= 0 {
		return n, clock, err
	}
	n = 0
	for _, err := range r.All(ctx, Query{Filter: f, Fields: []string{"name"}}) {
		if err != nil {
			return 0, clock, err
		}
		n++
	}
	return n, clock, nil
}

// Total returns how many rows match as the server tells it with one row, -1 where it does not tell.
func (r Resource[T]) Total(ctx context.Context, f Filter) (int, Clock, error) {
	p, err := r.Page(ctx, Query{Filter: f, Fields: []string{"name"}, Take: 1})
	if err != nil {
		return 0, Clock{}, err
	}
	return p.Total, p.Clock, nil
}

// Get reads one record by its unique name.
func (r Resource[T]) Get(ctx context.Context, name Name) (Reply[T], error) {
	if name == "" {
		return Reply[T]{}, ErrNoName
	}
	values := url.Values{}
	encodeFields(values, r.model.fields)
	return record[T](ctx, r.client, call{
		site:   r.client.address.Site(),
		method: http.MethodGet,
		path:   pathOf(r.model.path, string(name)),
		op:     r.model.path + "/*",
		query:  values,
	})
}

// All reads every row that matches, page by page, to the end (see walk), and fails with an
// IncompleteError where the pages never add up.
func (r Resource[T]) All(ctx context.Context, q Query) iter.Seq2[T, error] {
	return Walk(ctx, q, r.Page)
}

// record sends a call whose result is one object.
func record[T any](ctx context.Context, c *Client, q call) (Reply[T], error) {
	e, err := c.send(ctx, q)
	if err != nil {
		return Reply[T]{}, err
	}
	reply := Reply[T]{Clock: e.clock, Warnings: e.problems.messages}
	raw, ok := single(e.result)
	if !ok {
		return reply, &MalformedError{Call: q.at(http.StatusOK), Why: "no record"}
	}
	reply.Raw = nest(raw)
	if decode(reply.Raw, &reply.Value) != nil {
		return reply, &MalformedError{Call: q.at(http.StatusOK), Why: "a record of another kind"}
	}
	return reply, nil
}
