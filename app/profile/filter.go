package profile

import (
	"strings"

	"wapdesk/store/query"
)

// Period is a stretch of time: a preset by name, or from and to as wall-clock times of the
// contact centre's zone ("2026-11-22" or "2026-11-22 09:30"). A bare date in To means the
// end of that day. An empty Period means everything stored.
type Period struct {
	Preset string `json:"preset"`
	From   string `json:"from"`
	To     string `json:"to"`
}

// Filter is what the filter bar and the advanced filter hold together.
// Users and Queues carry unique names, "group:<name>" and "(none)"; values of one field are
// alternatives, the fields all have to hold.
type Filter struct {
	Time      Period          `json:"time"`
	Users     []string        `json:"users"`
	TookPart  bool            `json:"tookPart"` // Users had an activity of it, instead of handling it
	Queues    []string        `json:"queues"`
	Contact   string          `json:"contact"`
	NoContact bool            `json:"noContact"`
	Sender    string          `json:"sender"`
	Where     *query.Node     `json:"where"`
	Sort      []query.SortKey `json:"sort"`
}

// AllTime is the preset without limits.
const AllTime = "all"

// Query turns the filter bar and the advanced filter into one question. Between fields AND.
func (f Filter) Query() query.Query {
	parts := f.bar()
	if f.Where != nil {
		// An AND of the advanced filter joins the bar's own, so that three levels stay three.
		if len(f.Where.And) > 0 && !f.Where.Not {
			parts = append(parts, f.Where.And...)
		} else {
			parts = append(parts, *f.Where)
		}
	}
	return query.Query{Where: and(parts), Sort: f.Sort}
}

// bar returns the conditions of the filter bar.
func (f Filter) bar() []query.Node {
	var parts []query.Node
	add := func(n query.Node) { parts = append(parts, n) }
	if n, ok := f.Time.node(); ok {
		add(n)
	}
	if len(f.Users) > 0 {
		add(query.Node{Field: f.userField(), Op: query.AnyOf, Values: f.Users})
	}
	if len(f.Queues) > 0 {
		add(query.Node{Field: query.FieldQueue, Op: query.AnyOf, Values: f.Queues})
	}
	if f.NoContact {
		add(query.Node{Field: query.FieldContact, Op: query.IsEmpty})
	} else if f.Contact != "" {
		add(query.Node{Field: query.FieldContact, Op: query.Contains, Values: []string{f.Contact}})
	}
	if f.Sender != "" {
		add(query.Node{Field: query.FieldSender, Op: query.Contains, Values: []string{f.Sender}})
	}
	return parts
}

// userField is the field that the users of the bar are of.
func (f Filter) userField() string {
	if f.TookPart {
		return query.FieldTook
	}
	return query.FieldUser
}

// node is the condition of a period; false for everything stored.
func (p Period) node() (query.Node, bool) {
	switch {
	case p.Preset == AllTime:
		return query.Node{}, false
	case p.Preset != "":
		return query.Node{Field: query.FieldTime, Op: query.Preset, Values: []string{p.Preset}}, true
	case p.From != "" && p.To != "":
		return query.Node{Field: query.FieldTime, Op: query.Between, Values: []string{p.From, p.To}}, true
	case p.From != "":
		return query.Node{Field: query.FieldTime, Op: query.Ge, Values: []string{p.From}}, true
	case p.To != "":
		op := query.Lt
		if query.WholeDay(p.To) {
			op = query.Le // a bare date means the end of that day
		}
		return query.Node{Field: query.FieldTime, Op: op, Values: []string{p.To}}, true
	}
	return query.Node{}, false
}

func and(parts []query.Node) *query.Node {
	switch len(parts) {
	case 0:
		return nil
	case 1:
		return &parts[0]
	}
	return &query.Node{And: parts}
}

// FilterOf takes a question apart: conditions the filter bar can hold go there, the first of
// each field; the rest becomes the advanced filter. Query of the result asks the same.
func FilterOf(q query.Query) Filter {
	f := Filter{Users: []string{}, Queues: []string{}, Sort: q.Sort}
	if f.Sort == nil {
		f.Sort = []query.SortKey{}
	}
	if q.Where == nil {
		f.Time = Period{Preset: AllTime}
		return f
	}
	parts := []query.Node{*q.Where}
	if len(q.Where.And) > 0 && !q.Where.Not {
		parts = q.Where.And
	}
	var rest []query.Node
	for _, n := range parts {
		if !f.take(n) {
			rest = append(rest, n)
		}
	}
	f.Where = and(rest)
	if f.Time == (Period{}) {
		f.Time = Period{Preset: AllTime}
	}
	return f
}

// take puts a condition into the bar when there is room for it.
func (f *Filter) take(n query.Node) bool {
	if n.Not || n.Field == "" {
		return false
	}
	one := len(n.Values) == 1
	switch {
	case n.Field == query.FieldTime && f.Time == (Period{}):
		return f.takeTime(n)
	case n.Field == query.FieldUser && n.Op == query.AnyOf && len(f.Users) == 0:
		f.Users = n.Values
	case n.Field == query.FieldTook && n.Op == query.AnyOf && len(f.Users) == 0:
		f.Users, f.TookPart = n.Values, true
	case n.Field == query.FieldQueue && n.Op == query.AnyOf && len(f.Queues) == 0:
		f.Queues = n.Values
	case n.Field == query.FieldContact && n.Op == query.IsEmpty && f.Contact == "" && !f.NoContact:
		f.NoContact = true
	case n.Field == query.FieldContact && n.Op == query.Contains && one && f.Contact == "" && !f.NoContact:
		f.Contact = n.Values[0]
	case n.Field == query.FieldSender && n.Op == query.Contains && one && f.Sender == "":
		f.Sender = n.Values[0]
	default:
		return false
	}
	return true
}

func (f *Filter) takeTime(n query.Node) bool {
	switch {
	case n.Op == query.Preset && len(n.Values) == 1:
		f.Time = Period{Preset: query.CanonicalPreset(n.Values[0])}
	case n.Op == query.Between && len(n.Values) == 2:
		f.Time = Period{From: n.Values[0], To: n.Values[1]}
	case n.Op == query.Ge && len(n.Values) == 1:
		f.Time = Period{From: n.Values[0]}
	default:
		return false
	}
	return f.Time != (Period{})
}

// without returns the filter without the bar's own condition of a field.
func (f Filter) without(field string) Filter {
	switch field {
	case query.FieldUser:
		f.Users = nil
	case query.FieldQueue:
		f.Queues = nil
	}
	return f
}

// words collects the words of text conditions that have to hold, for marking.
func words(n *query.Node) []string {
	found := []string{}
	if n == nil || n.Not {
		return found
	}
	if (n.Field == query.FieldText || n.Field == query.FieldAny) && n.Op == query.Contains {
		for _, v := range n.Values {
			found = append(found, strings.Fields(v)...)
		}
	}
	for _, group := range [][]query.Node{n.And, n.Or} {
		for k := range group {
			found = append(found, words(&group[k])...)
		}
	}
	return found
}
