package app

import (
	"wapdesk/store/listing"
)

// allTime is the preset without limits.
const allTime = "all"

// query turns the filter bar and the advanced filter into one question. Between fields AND.
func (f Filter) query() listing.Query {
	parts := f.bar("")
	if f.Where != nil {
		// An AND of the advanced filter joins the bar's own, so that three levels stay three.
		if len(f.Where.And) > 0 && !f.Where.Not {
			parts = append(parts, f.Where.And...)
		} else {
			parts = append(parts, *f.Where)
		}
	}
	return listing.Query{Where: and(parts), Sort: f.Sort}
}

// bar gives the conditions of the filter bar except the one of the field left out.
func (f Filter) bar(leaveOut string) []listing.Node {
	var parts []listing.Node
	add := func(n listing.Node) {
		if n.Field != leaveOut {
			parts = append(parts, n)
		}
	}
	if n, ok := f.Time.node(); ok {
		add(n)
	}
	if len(f.Users) > 0 {
		add(listing.Node{Field: listing.FieldUser, Op: listing.AnyOf, Values: f.Users})
	}
	if len(f.Queues) > 0 {
		add(listing.Node{Field: listing.FieldQueue, Op: listing.AnyOf, Values: f.Queues})
	}
	if f.NoContact {
		add(listing.Node{Field: listing.FieldContact, Op: listing.IsEmpty})
	} else if f.Contact != "" {
		add(listing.Node{Field: listing.FieldContact, Op: listing.Contains, Values: []string{f.Contact}})
	}
	if f.Sender != "" {
		add(listing.Node{Field: listing.FieldSender, Op: listing.Contains, Values: []string{f.Sender}})
	}
	return parts
}

// node is the condition of a period; false for everything stored.
func (p Period) node() (listing.Node, bool) {
	switch {
	case p.Preset == allTime:
		return listing.Node{}, false
	case p.Preset != "":
		return listing.Node{Field: listing.FieldTime, Op: listing.Preset, Values: []string{p.Preset}}, true
	case p.From != "" && p.To != "":
		return listing.Node{Field: listing.FieldTime, Op: listing.Between, Values: []string{p.From, p.To}}, true
	case p.From != "":
		return listing.Node{Field: listing.FieldTime, Op: listing.Ge, Values: []string{p.From}}, true
	case p.To != "":
		op := listing.Lt
		if listing.WholeDay(p.To) {
			op = listing.Le // a bare date means the end of that day
		}
		return listing.Node{Field: listing.FieldTime, Op: op, Values: []string{p.To}}, true
	}
	return listing.Node{}, false
}

func and(parts []listing.Node) *listing.Node {
	switch len(parts) {
	case 0:
		return nil
	case 1:
		return &parts[0]
	}
	return &listing.Node{And: parts}
}

// filterOf takes a question apart: conditions the filter bar can hold go there, the first of
// each field; the rest becomes the advanced filter. query of the result asks the same.
func filterOf(q listing.Query) Filter {
	f := Filter{Users: []string{}, Queues: []string{}, Sort: q.Sort}
	if f.Sort == nil {
		f.Sort = []listing.SortKey{}
	}
	if q.Where == nil {
		f.Time = Period{Preset: allTime}
		return f
	}
	parts := []listing.Node{*q.Where}
	if len(q.Where.And) > 0 && !q.Where.Not {
		parts = q.Where.And
	}
	var rest []listing.Node
	for _, n := range parts {
		if !f.take(n) {
			rest = append(rest, n)
		}
	}
	f.Where = and(rest)
	if f.Time == (Period{}) {
		f.Time = Period{Preset: allTime}
	}
	return f
}

// take puts a condition into the bar when there is room for it.
func (f *Filter) take(n listing.Node) bool {
	if n.Not || n.Field == "" {
		return false
	}
	one := len(n.Values) == 1
	switch {
	case n.Field == listing.FieldTime && f.Time == (Period{}):
		return f.takeTime(n)
	case n.Field == listing.FieldUser && n.Op == listing.AnyOf && len(f.Users) == 0:
		f.Users = n.Values
	case n.Field == listing.FieldQueue && n.Op == listing.AnyOf && len(f.Queues) == 0:
		f.Queues = n.Values
	case n.Field == listing.FieldContact && n.Op == listing.IsEmpty && f.Contact == "" && !f.NoContact:
		f.NoContact = true
	case n.Field == listing.FieldContact && n.Op == listing.Contains && one && f.Contact == "" && !f.NoContact:
		f.Contact = n.Values[0]
	case n.Field == listing.FieldSender && n.Op == listing.Contains && one && f.Sender == "":
		f.Sender = n.Values[0]
	default:
		return false
	}
	return true
}

func (f *Filter) takeTime(n listing.Node) bool {
	switch {
	case n.Op == listing.Preset && len(n.Values) == 1:
		f.Time = Period{Preset: listing.CanonicalPreset(n.Values[0])}
	case n.Op == listing.Between && len(n.Values) == 2:
		f.Time = Period{From: n.Values[0], To: n.Values[1]}
	case n.Op == listing.Ge && len(n.Values) == 1:
		f.Time = Period{From: n.Values[0]}
	default:
		return false
	}
	return f.Time != (Period{})
}

// rangeOf works a period out as of now.
func (p Period) rangeOf(clock listing.Clock) (listing.Range, error) {
	if p.Preset != "" {
		return clock.Preset(p.Preset)
	}
	return clock.Bounds(p.From, p.To)
}
