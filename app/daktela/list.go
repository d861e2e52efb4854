package daktela

import (
	"context"
	"encoding/json"
	"hash/maphash"
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
	Raw      []json.RawMessage // each row as it came, parallel to Rows
	Total    int               // rows that match before paging; -1 if the reply did not say
	Clock    Clock
	Warnings []string // what a successful reply complained about

	got int // rows that came, those that are no objects included
}

// Full reports whether the page holds as many rows as were asked for (0 means
// MaxPage), so that there may be more.
func (p Page[T]) Full(take int) bool {
	if take <= 0 {
		take = MaxPage
	}
	return p.got >= take
}

// Reply is one record.
type Reply[T any] struct {
	Value    T
	Raw      json.RawMessage
	Clock    Clock
	Warnings []string
}

// Page reads one page.
func (r Resource[T]) Page(ctx context.Context, q Query) (Page[T], error) {
	values, err := q.encode(r.model)
	if err != nil {
		return Page[T]{}, err
	}
	return page[T](ctx, r.client, call{method: http.MethodGet, path: r.model.path, op: r.model.path, query: values})
}

// Count returns how many rows match, without reading them.
func (r Resource[T]) Count(ctx context.Context, f Filter) (int, Clock, error) {
	p, err := r.Page(ctx, Query{Filter: f, Fields: []string{"name"}, Take: 1})
	if err != nil {
		return 0, Clock{}, err
	}
	if p.Total < 0 {
		return 0, p.Clock, &MalformedError{Call: Call{Op: "GET " + r.model.path}, Why: "no total"}
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
		method: http.MethodGet,
		path:   pathOf(r.model.path, string(name)),
		op:     r.model.path + "/*",
		query:  values,
	})
}

// All reads every row that matches, page by page. It ends after an error, at
// a page that is not full, at the reported total, and at a page seen before.
// Rows that move between pages meanwhile can be missed; sort by a stable field.
func (r Resource[T]) All(ctx context.Context, q Query) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		take := q.Take
		if take <= 0 {
			take = MaxPage
		}
		seen := newPageMemory()
		for {
			p, err := r.Page(ctx, q)
			if err != nil {
				yield(zero, err)
				return
			}
			if len(p.Raw) > 0 && !seen.add(p.Raw) {
				yield(zero, &MalformedError{Call: Call{Op: "GET " + r.model.path}, Why: "the same page came twice"})
				return
			}
			for _, row := range p.Rows {
				if !yield(row, nil) {
					return
				}
			}
			q.Skip += take
			if !p.Full(take) || p.Total >= 0 && q.Skip >= p.Total {
				return
			}
		}
	}
}

// pageMemory notices a server that answers every skip with the same rows.
type pageMemory struct {
	seed maphash.Seed
	sums map[uint64]bool
}

func newPageMemory() pageMemory {
	return pageMemory{maphash.MakeSeed(), map[uint64]bool{}}
}

func (m pageMemory) add(rows []json.RawMessage) bool {
	var h maphash.Hash
	h.SetSeed(m.seed)
	for _, r := range rows {
		h.Write(r)
		h.WriteByte('\n')
	}
	sum := h.Sum64()
	if m.sums[sum] {
		return false
	}
	m.sums[sum] = true
	return true
}

// page sends a call whose result is a list.
func page[T any](ctx context.Context, c *Client, q call) (Page[T], error) {
	e, err := c.send(ctx, q)
	if err != nil {
		return Page[T]{}, err
	}
	raw, got, total, ok := listParts(e.result)
	if !ok {
		return Page[T]{}, &MalformedError{Call: q.at(http.StatusOK), Why: "not a list"}
	}
	p := Page[T]{Total: total, Clock: e.clock, Warnings: e.problems.messages, got: got}
	p.Rows = make([]T, 0, len(raw))
	p.Raw = make([]json.RawMessage, 0, len(raw))
	for _, r := range raw {
		var row T
		// Wire types are lenient, so this fails for no object that parsed once.
		if json.Unmarshal(r, &row) != nil {
			return Page[T]{}, &MalformedError{Call: q.at(http.StatusOK), Why: "a row of another kind"}
		}
		p.Rows = append(p.Rows, row)
		p.Raw = append(p.Raw, r)
	}
	return p, nil
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
	reply.Raw = raw
	if json.Unmarshal(raw, &reply.Value) != nil {
		return reply, &MalformedError{Call: q.at(http.StatusOK), Why: "a record of another kind"}
	}
	return reply, nil
}
