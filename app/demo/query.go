package demo

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Paging of lists, in rows.
const (
	defaultTake = 100
	maxTake     = 1000
)

var (
	errTake   = errors.New("take over the limit")
	errPaging = errors.New("wrong paging")
)

// takeText is the server's own text for a take over the limit.
func (q *ask) takeText() string {
	switch o := q.oddities; {
	case o.MuteLimit:
		return "Stránka je příliš velká"
	case o.MostTake > 0:
		return "Max defined take is " + strconv.Itoa(o.MostTake)
	}
	return "Max defined take is " + strconv.Itoa(maxTake)
}

// paging is the part of a list that is asked for.
type paging struct{ skip, take int }

// pagingOf reads take and skip, or page (from 1) and pageSize.
func pagingOf(query url.Values) (paging, error) {
	size, page := "take", ""
	if query.Has("page") || query.Has("pageSize") {
		size, page = "pageSize", query.Get("page")
	}
	take, err := count(query.Get(size), defaultTake)
	if err != nil {
		return paging{}, err
	}
	if take > maxTake {
		return paging{}, errTake
	}
	if size == "take" {
		skip, err := count(query.Get("skip"), 0)
		return paging{skip: skip, take: take}, err
	}
	number, err := count(page, 1)
	if err != nil || number < 1 {
		return paging{}, fmt.Errorf("%w: page", errPaging)
	}
	return paging{skip: (number - 1) * take, take: take}, nil
}

// mostRows bounds a number of rows, so that products stay small.
const mostRows = 1 << 40

func count(text string, missing int) (int, error) {
	if text == "" {
		return missing, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > mostRows {
		return 0, fmt.Errorf("%w: not a count", errPaging)
	}
	return n, nil
}

// order is one of the fields a list is sorted by.
type order struct {
	at   path
	desc bool
}

// ordersOf reads sort as a list or as one; ok is false when a field is not sortable, for which
// the real server gives an empty list and no error.
func (q *ask) ordersOf(m *model, query url.Values) (orders []order, ok bool, err error) {
	root, err := parseBrackets(pick(query, "sort"))
	if err != nil {
		return nil, false, err
	}
	sort := root.child("sort")
	if sort == nil {
		return nil, true, nil
	}
	members := sort.members()
	if sort.child("field") != nil {
		members = []*node{sort}
	}
	for _, member := range members {
		field, dir := member.text("field"), strings.ToLower(member.text("dir"))
		if dir != "" && dir != "asc" && dir != "desc" {
			return nil, false, fmt.Errorf("%w: sort direction", errFilter)
		}
		if !slices.Contains(m.sorts, field) {
			return nil, false, nil
		}
		at, err := q.pathOf(m, field)
		if err != nil {
			return nil, false, err
		}
		orders = append(orders, order{at: at, desc: dir == "desc"})
	}
	return orders, true, nil
}

// source gives the rows of a list before filtering.
type source func(q *ask, within bounds) iter.Seq[any]

// list answers a list: filtered, sorted, cut to a page.
func (q *ask) list(m *model, rows source, query url.Values) answer {
	page, err := pagingOf(query)
	if most := q.oddities.MostTake; err == nil && most > 0 && page.take > most {
		err = errTake
	}
	if errors.Is(err, errTake) {
		return q.failed(http.StatusBadRequest, q.takeText())
	}
	if err != nil {
		return q.failed(http.StatusBadRequest, err.Error())
	}
	sel, err := selectionOf(query)
	if err != nil {
		return q.failed(http.StatusBadRequest, err.Error())
	}
	matched, err := q.matching(m, rows, query)
	if err != nil {
		return q.failed(http.StatusBadRequest, err.Error())
	}
	first := min(page.skip, len(matched))
	if clamp := q.oddities.Clamp; clamp > 0 {
		page.take = min(page.take, clamp)
	}
	shown := matched[first:min(first+page.take, len(matched))]
	total := len(matched)
	if q.oddities.Broken[m.name] == BrokenMore && total > 0 {
		total++
	}
	return q.page(m, shown, total, sel, query.Get("total") != "false")
}

// matching filters and sorts.
func (q *ask) matching(m *model, rows source, query url.Values) ([]any, error) {
	tree, err := parseBrackets(pick(query, "filter"))
	if err != nil {
		return nil, err
	}
	filter, err := q.compileFilter(m, tree.child("filter"))
	if err != nil {
		return nil, err
	}
	orders, sortable, err := q.ordersOf(m, query)
	if err != nil || !sortable {
		return nil, err
	}
	words := strings.ToLower(query.Get("q"))
	var matched []any
	for row := range rows(q, filter.within) {
		if filter.pass(row) && (words == "" || q.mentions(m, row, words)) {
			matched = append(matched, row)
		}
	}
	if q.oddities.ShuffleTies {
		q.server.shuffle(len(matched), func(i, j int) { matched[i], matched[j] = matched[j], matched[i] })
	}
	q.sort(matched, orders)
	return matched, nil
}

// mentions reports whether one of the searched fields holds the words of q.
func (q *ask) mentions(m *model, row any, words string) bool {
	for _, field := range m.search {
		at, err := q.pathOf(m, field)
		if err != nil {
			continue
		}
		missing := at(row, func(v any) bool { return !strings.Contains(strings.ToLower(q.textOf(v)), words) })
		if !missing {
			return true
		}
	}
	return false
}

// sort orders rows, the nearest field first. Values are worked out once a row.
func (q *ask) sort(rows []any, orders []order) {
	for _, o := range slices.Backward(orders) {
		type keyed struct {
			row   any
			value any
		}
		list := make([]keyed, len(rows))
		for i, row := range rows {
			list[i] = keyed{row: row, value: q.first(o.at, row)}
		}
		compare := func(a, b keyed) int {
			if o.desc {
				a, b = b, a
			}
			return q.inOrder(a.value, b.value)
		}
		if slices.IsSortedFunc(list, compare) {
			continue
		}
		slices.SortStableFunc(list, compare)
		for i, k := range list {
			rows[i] = k.row
		}
	}
}

// first is the first value of a path, moments on the wall clock.
func (q *ask) first(at path, row any) any {
	var value any
	at(row, func(v any) bool {
		value = v
		return false
	})
	switch v := value.(type) {
	case Stamp:
		return q.wall(v)
	case bool:
		return int64(btoi(v))
	case string:
		return strings.ToLower(v)
	}
	return value
}

// inOrder compares two values of one field; nulls come first.
func (q *ask) inOrder(a, b any) int {
	switch {
	case a == nil || b == nil:
		return btoi(a != nil) - btoi(b != nil)
	}
	if n, isNumber := a.(int64); isNumber {
		other, _ := b.(int64)
		return cmp.Compare(n, other)
	}
	text, _ := a.(string)
	other, _ := b.(string)
	return cmp.Compare(text, other)
}

// page writes the rows of a list.
func (q *ask) page(m *model, shown []any, total int, sel selection, count bool) answer {
	list := make([]any, 0, len(shown))
	byName := map[string]any{}
	for _, row := range shown {
		object := q.render(m, row, sel, fullDepth, "")
		if q.oddities.DottedKeys {
			object = flatten(object, sel)
		}
		list = append(list, object)
		if a, found := m.attrs["name"]; found && q.oddities.DataAsObject {
			byName[q.textOf(a.get(q, row))] = object
		}
	}
	body := map[string]any{"data": list}
	if len(byName) > 0 {
		body["data"] = byName
	}
	if count && !q.oddities.NoTotal {
		body["total"] = total
		if q.oddities.TextTotals {
			body["total"] = strconv.Itoa(total)
		}
	}
	return result(http.StatusOK, body)
}

// one answers a single row, directly in result.
func (q *ask) one(m *model, row any, query url.Values) answer {
	sel, err := selectionOf(query)
	if err != nil {
		return q.failed(http.StatusBadRequest, err.Error())
	}
	object := q.render(m, row, sel, fullDepth, "")
	if q.oddities.DottedKeys {
		object = flatten(object, sel)
	}
	return result(http.StatusOK, object)
}
