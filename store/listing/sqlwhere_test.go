package listing_test

import (
	"fmt"
	"strings"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// sqlQuery is a WHERE clause with its arguments.
type sqlQuery struct {
	m    *model
	args []any
}

func (q *sqlQuery) arg(v any) string {
	q.args = append(q.args, v)
	return "?"
}

func (q *sqlQuery) where(n *query.Node, scope query.Scope) string {
	out := "1"
	if len(scope.HiddenQueues) > 0 {
		out = "(queue IS NULL OR queue NOT IN " + q.set(scope.HiddenQueues) + ") AND (user IS NULL OR user NOT IN " + q.set(scope.HiddenUsers) + ")"
	}
	if n != nil {
		out += " AND " + q.node(n)
	}
	return out
}

func (q *sqlQuery) set(names map[string]bool) string {
	parts := []string{}
	for name := range names {
		parts = append(parts, q.arg(name))
	}
	return "(" + strings.Join(parts, ",") + ")"
}

func (q *sqlQuery) node(n *query.Node) string {
	var out string
	switch {
	case len(n.And) > 0:
		out = q.join(n.And, " AND ")
	case len(n.Or) > 0:
		out = q.join(n.Or, " OR ")
	default:
		out = q.condition(n)
	}
	if n.Not {
		out = "NOT coalesce(" + out + ",0)"
	}
	return "(" + out + ")"
}

func (q *sqlQuery) join(nodes []query.Node, by string) string {
	parts := make([]string, len(nodes))
	for i := range nodes {
		parts[i] = "coalesce(" + q.node(&nodes[i]) + ",0)"
	}
	return strings.Join(parts, by)
}

// or joins one condition for each value.
func (q *sqlQuery) or(values []string, one func(value string) string) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = "coalesce(" + one(v) + ",0)"
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

func (q *sqlQuery) condition(n *query.Node) string {
	f, _ := query.FieldByName(n.Field)
	positive := *n
	switch n.Op {
	case query.NotContains:
		positive.Op = query.Contains
	case query.IsNot:
		positive.Op = query.Is
	case query.NoneOf:
		positive.Op = query.AnyOf
	case query.Ne:
		positive.Op = query.Eq
	case query.NotEmpty:
		positive.Op = query.IsEmpty
	default:
		switch f.Kind {
		case query.KindText:
			return q.text(n)
		case query.KindChoice:
			return q.choice(n)
		case query.KindDate:
			return q.date(n)
		}
		return q.figure(n, f.Kind)
	}
	return "NOT coalesce(" + q.condition(&positive) + ",0)"
}

func (q *sqlQuery) like(column string, op query.Op, needle string) string {
	switch op {
	case query.Is:
		return column + " = " + q.arg(needle)
	case query.StartsWith:
		return "substr(" + column + ",1," + fmt.Sprint(len([]rune(needle))) + ") = " + q.arg(needle)
	}
	return "instr(" + column + "," + q.arg(needle) + ") > 0"
}

// number compares phone numbers; "00" may be part of one, or stand before its start.
func (q *sqlQuery) number(column string, op query.Op, value string) string {
	digits := query.FoldNumber(value)
	if op != query.Contains || !strings.HasPrefix(value, "00") {
		return q.like(column, op, digits)
	}
	out := q.like(column, op, value)
	if len(digits) >= 3 {
		out = "(" + out + " OR " + q.like(column, query.StartsWith, digits) + ")"
	}
	return out
}

func (q *sqlQuery) text(n *query.Node) string {
	if n.Op == query.IsEmpty {
		switch n.Field {
		case "sender":
			return "sender_f IS NULL AND recipient_f IS NULL AND number_f IS NULL"
		case "text":
			return "coalesce(messages,0) = 0"
		case "ticket":
			return "NOT EXISTS (SELECT 1 FROM ticket k WHERE k.id = r.id)"
		case "id":
			return "name = ''"
		}
		return n.Field + "_f IS NULL"
	}
	return q.or(n.Values, func(value string) string {
		folded := query.Fold(value)
		switch n.Field {
		case "id":
			return q.like("name", n.Op, folded)
		case "sender":
			return "coalesce(" + q.number("sender_f", n.Op, value) + ",0) OR coalesce(" + q.number("recipient_f", n.Op, value) +
				",0) OR coalesce(" + q.number("number_f", n.Op, value) + ",0) OR coalesce(" + q.like("wa_f", n.Op, folded) + ",0)"
		case "ticket":
			number := ""
			if n.Op == query.Is {
				number = " OR k.number = " + q.arg(folded)
			}
			return "EXISTS (SELECT 1 FROM ticket k WHERE k.id = r.id AND (0" + number + " OR " + q.like("k.f", n.Op, folded) + "))"
		case "text":
			return q.word(n.Op, folded)
		case "any":
			return q.like("coalesce(contact_f,'')", n.Op, folded) + " OR " + q.like("coalesce(wa_f,'')", n.Op, folded) + " OR " +
				q.like("coalesce(title_f,'')", n.Op, folded) + " OR " + q.word(n.Op, folded)
		}
		return q.like(n.Field+"_f", n.Op, folded)
	})
}

func (q *sqlQuery) word(op query.Op, word string) string {
	if op == query.StartsWith {
		return "EXISTS (SELECT 1 FROM word x WHERE x.id = r.id AND substr(x.w,1," + fmt.Sprint(len([]rune(word))) + ") = " + q.arg(word) + ")"
	}
	return "EXISTS (SELECT 1 FROM word x WHERE x.id = r.id AND x.w = " + q.arg(word) + ")"
}

func (q *sqlQuery) choice(n *query.Node) string {
	column := n.Field
	if column == "status" || column == "took" {
		return q.member(n)
	}
	if column == query.FieldTarget {
		if n.Op == query.IsEmpty {
			return q.m.targetSQL(query.NoneValue)
		}
		return q.or(n.Values, q.m.targetSQL)
	}
	if n.Op == query.IsEmpty {
		if column == "state" {
			return "0"
		}
		return column + " IS NULL"
	}
	return q.or(n.Values, func(value string) string {
		switch {
		case column == "state":
			return map[string]string{
				"normal": "state & 15 = 0", "pending": "state & 2 <> 0", "refused": "state & 4 <> 0", "conflict": "state & 8 <> 0",
				"anonymised": "state & 1 <> 0", "open": "state & 32 <> 0", query.NoneValue: "0",
			}[value]
		case value == query.NoneValue || column == "missed" && value == "never":
			return column + " IS NULL"
		case column == "queue" || column == "user" || column == "connector":
			return q.named(column, value)
		}
		return column + " = " + q.arg(value)
	})
}

// member asks for fields of which an interaction may have several values.
func (q *sqlQuery) member(n *query.Node) string {
	of := "SELECT 1 FROM member m WHERE m.id = r.id AND m.field = '" + n.Field + "'"
	if n.Op == query.IsEmpty {
		return "NOT EXISTS (" + of + ")"
	}
	return q.or(n.Values, func(value string) string {
		if value == query.NoneValue {
			return "NOT EXISTS (" + of + ")"
		}
		if group, isGroup := strings.CutPrefix(value, query.GroupPrefix); isGroup {
			return "EXISTS (" + of + " AND m.name IN " + q.set(q.groupMembers(q.m.dir.UserGroups, group)) + ")"
		}
		return "EXISTS (" + of + " AND (m.name = " + q.arg(value) + " OR m.f = " + q.arg(query.Fold(value)) + "))"
	})
}

func (q *sqlQuery) named(column, value string) string {
	group, isGroup := strings.CutPrefix(value, query.GroupPrefix)
	if !isGroup {
		return column + " = " + q.arg(value) + " OR " + column + "_f = " + q.arg(query.Fold(value))
	}
	groups := q.m.dir.UserGroups
	if column == "queue" {
		groups = q.m.dir.QueueGroups
	}
	return column + " IN " + q.set(q.groupMembers(groups, group))
}

func (q *sqlQuery) groupMembers(groups []listing.Group, group string) map[string]bool {
	members := map[string]bool{}
	for _, g := range groups {
		if g.Name == group || query.Fold(g.Title) == query.Fold(group) {
			for _, m := range g.Members {
				members[m] = true
			}
		}
	}
	return members
}

func (q *sqlQuery) figure(n *query.Node, kind query.Kind) string {
	read := func(text string) string {
		if kind == query.KindDuration {
			seconds, _ := query.ParseDuration(text)
			return q.arg(seconds)
		}
		number, _ := query.ParseNumber(text)
		return q.arg(number)
	}
	switch n.Op {
	case query.IsEmpty:
		return n.Field + " IS NULL"
	case query.Between:
		return n.Field + " BETWEEN " + read(n.Values[0]) + " AND " + read(n.Values[1])
	case query.Eq:
		return q.or(n.Values, func(v string) string { return n.Field + " = " + read(v) })
	}
	return n.Field + map[query.Op]string{query.Lt: " < ", query.Le: " <= ", query.Gt: " > ", query.Ge: " >= "}[n.Op] + read(n.Values[0])
}

func (q *sqlQuery) date(n *query.Node) string {
	c := n.Field
	day := func(i int) query.Range {
		r, err := q.m.clock.ParseDate(n.Values[i])
		if err != nil {
			panic(err)
		}
		return r
	}
	whole := len(n.Values) > 0 && !strings.Contains(n.Values[0], ":")
	switch n.Op {
	case query.IsEmpty:
		return c + " IS NULL"
	case query.Preset:
		if n.Values[0] == "all" {
			return "1"
		}
		return c + " >= " + q.arg(day(0).FromMs) + " AND " + c + " < " + q.arg(day(0).ToMs)
	case query.Eq:
		return c + " >= " + q.arg(day(0).FromMs) + " AND " + c + " < " + q.arg(day(0).ToMs)
	case query.Lt:
		return c + " < " + q.arg(day(0).FromMs)
	case query.Ge:
		return c + " >= " + q.arg(day(0).FromMs)
	case query.Le:
		if whole {
			return c + " < " + q.arg(day(0).ToMs)
		}
		return c + " <= " + q.arg(day(0).FromMs)
	case query.Gt:
		if whole {
			return c + " >= " + q.arg(day(0).ToMs)
		}
		return c + " > " + q.arg(day(0).FromMs)
	}
	end := day(1).FromMs
	if !strings.Contains(n.Values[1], ":") {
		end = day(1).ToMs
	}
	return c + " >= " + q.arg(day(0).FromMs) + " AND " + c + " < " + q.arg(end)
}

// orderBy writes the sort: blanks last both ways, ties by time, newest first, then by name.
func orderBy(keys []query.SortKey) string {
	columns := map[string]string{"queue": "queue_r", "user": "user_r", "connector": "connector_r", "contact": "contact_r", "account": "account_r",
		"wa": "wa_r", "title": "title_r", "ticket": "ticket_r", "sender": "sender_r", "ended": "ended_r", "missed": "missed_r", "direction": "direction_r"}
	if len(keys) == 0 {
		keys = []query.SortKey{{Field: "time", Desc: true}}
	}
	var parts []string
	for _, k := range keys {
		column := k.Field
		if c := columns[column]; c != "" {
			column = c
		}
		parts = append(parts, column+" IS NULL", column+map[bool]string{true: " DESC", false: ""}[k.Desc])
	}
	return strings.Join(append(parts, "time IS NULL", "time DESC", "name"), ", ")
}
