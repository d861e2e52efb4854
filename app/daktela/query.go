package daktela

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
)

// MaxPage is the largest page in rows; a larger one is answered with 400.
const MaxPage = 1000

// Sort orders a list by one field. Only fields the model is known to sort by
// are sent: an unknown one silently yields an empty list.
type Sort struct {
	Field string
	Desc  bool
}

// Query asks a list. Take 0 means as many rows as the server gives at once; Fields nil means the model's own list.
type Query struct {
	Filter     Filter
	Search     string // full text, offered by contacts and accounts
	Sort       []Sort
	Fields     []string
	Take, Skip int // rows
}

// encode writes all but the page: how many rows are asked for depends on the server.
func (q Query) encode(m model) (url.Values, error) {
	if q.Take > MaxPage {
		return nil, fmt.Errorf("list %s: %w", m.path, ErrTakeTooLarge)
	}
	values := url.Values{}
	fields := q.Fields
	if len(fields) == 0 {
		fields = m.fields
	}
	encodeFields(values, fields)
	if err := q.Filter.encode(values); err != nil {
		return nil, fmt.Errorf("list %s: %w", m.path, err)
	}
	for i, s := range q.Sort {
		if !slices.Contains(m.sorts, s.Field) {
			return nil, fmt.Errorf("list %s by %s: %w", m.path, s.Field, ErrUnsafeSort)
		}
		dir := "asc"
		if s.Desc {
			dir = "desc"
		}
		at := "sort[" + strconv.Itoa(i) + "]"
		values.Set(at+"[field]", s.Field)
		values.Set(at+"[dir]", dir)
	}
	if q.Search != "" {
		values.Set("q", q.Search)
	}
	return values, nil
}

func encodeFields(values url.Values, fields []string) {
	for i, f := range fields {
		values.Set("fields["+strconv.Itoa(i)+"]", f)
	}
}
