package daktela

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"strconv"
)

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
	switch {
	case got == take:
		c.sizes.filled(take)
	case got > 0 && got < take && total > skip+got:
		c.sizes.cut(got)
	}
	return p, nil
}
