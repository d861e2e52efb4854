package listing_test

import (
	"fmt"
	"time"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// where makes a random filter in the form of Normalise, up to three levels deep.
func (p *property) where() *query.Node {
	if p.rng.IntN(12) == 0 {
		return nil
	}
	n := p.node(p.rng.IntN(query.MaxDepth + 1))
	return &n
}

func (p *property) node(depth int) query.Node {
	if depth == 0 {
		return p.condition()
	}
	kids := make([]query.Node, 2+p.rng.IntN(2))
	for i := range kids {
		kids[i] = p.node(p.rng.IntN(depth))
	}
	n := query.Node{Not: p.rng.IntN(6) == 0}
	if p.rng.IntN(3) == 0 {
		n.And = kids
	} else {
		n.Or = kids
	}
	return n
}

func (p *property) condition() query.Node {
	fields := query.Fields()
	f := fields[p.rng.IntN(len(fields))]
	n := query.Node{Not: p.rng.IntN(8) == 0, Field: f.Name, Op: f.Operators[p.rng.IntN(len(f.Operators))]}
	values := 1
	switch n.Op {
	case query.IsEmpty, query.NotEmpty:
		return n
	case query.Preset:
		presets := query.Presets()
		n.Values = []string{presets[p.rng.IntN(len(presets))]}
		return n
	case query.Between:
		return p.between(n, f)
	case query.Contains, query.NotContains, query.Is, query.IsNot, query.StartsWith, query.AnyOf, query.NoneOf:
		values = 1 + p.rng.IntN(2)
	}
	for range values {
		n.Values = append(n.Values, p.value(f, n.Op))
	}
	return n
}

func (p *property) between(n query.Node, f query.Field) query.Node {
	if f.Kind == query.KindDate {
		n.Values = []string{p.value(f, n.Op), p.value(f, n.Op)}
		return n
	}
	from := p.rng.IntN(300)
	n.Values = []string{fmt.Sprint(from), fmt.Sprint(from + p.rng.IntN(500))}
	return n
}

// value takes a value from some row, so that conditions find something.
func (p *property) value(f query.Field, op query.Op) string {
	r := &p.pool[p.rng.IntN(len(p.pool))]
	switch f.Kind {
	case query.KindDuration:
		return []string{"0", "90s", "5m", "1h30m", "0:01:30", fmt.Sprint(max(r.WaitS, 0))}[p.rng.IntN(6)]
	case query.KindNumber:
		return fmt.Sprint(p.rng.IntN(9))
	case query.KindDate:
		return p.date(r)
	case query.KindChoice:
		return p.choiceValue(f, r)
	}
	return p.textValue(f, r, op)
}

func (p *property) date(r *listing.Record) string {
	at := time.UnixMilli(max(r.TimeMs, 1_700_000_000_000)).In(p.model.clock.Zone)
	layouts := []string{"2006-01-02", "2006-01-02 15:04", "02.01.2006", "2006-01-02 15:04:05", "2006-01-02T15:04"}
	if i := p.rng.IntN(len(layouts) + 1); i < len(layouts) {
		return at.Format(layouts[i])
	}
	return fmt.Sprintf("today-%dd", p.rng.IntN(400))
}

func (p *property) choiceValue(f query.Field, r *listing.Record) string {
	if p.rng.IntN(10) == 0 && f.Allows(query.IsEmpty) {
		return query.NoneValue
	}
	if len(f.Values) > 0 {
		return f.Values[p.rng.IntN(len(f.Values))]
	}
	ref := map[string]listing.Ref{"queue": r.Queue, "user": r.User, "connector": r.Connector}[f.Name]
	if of := map[string][]listing.Ref{"status": r.Statuses, "took": r.Took}[f.Name]; len(of) > 0 {
		ref = of[p.rng.IntN(len(of))]
	}
	groups := map[string][]listing.Group{"queue": p.model.dir.QueueGroups, "user": p.model.dir.UserGroups, "took": p.model.dir.UserGroups}[f.Name]
	switch {
	case ref.Name == "":
		return query.NoneValue
	case p.rng.IntN(3) == 0 && groups != nil:
		g := groups[p.rng.IntN(len(groups))]
		return query.GroupPrefix + []string{g.Name, g.Title, query.Fold(g.Title)}[p.rng.IntN(3)]
	}
	return []string{ref.Name, ref.Title, query.Fold(ref.Title)}[p.rng.IntN(3)]
}

func (p *property) textValue(f query.Field, r *listing.Record, op query.Op) string {
	text := map[string]string{"contact": r.Contact.Title, "wa": r.WA, "title": r.Title, "account": r.Account.Title, "id": r.Name, "any": r.WA}[f.Name]
	switch f.Name {
	case "text":
		word := vocabulary[p.rng.IntN(len(vocabulary))]
		if op == query.StartsWith {
			return word[:3]
		}
		return word
	case "any":
		if p.rng.IntN(2) == 0 {
			return vocabulary[p.rng.IntN(len(vocabulary))]
		}
	case "sender":
		text = []string{r.Sender, r.Recipient, "+" + r.WANumber}[p.rng.IntN(3)]
	case "ticket":
		if len(r.Tickets) > 0 {
			text = r.Tickets[0]
			if p.rng.IntN(2) == 0 {
				text = text[:5]
			}
		}
	}
	if text == "" || text == "+" {
		return "nov"
	}
	runes := []rune(text)
	switch op {
	case query.Is, query.IsNot:
		return text
	case query.StartsWith:
		return string(runes[:1+p.rng.IntN(min(len(runes), 6))])
	}
	from := p.rng.IntN(len(runes))
	part := string(runes[from:min(len(runes), from+1+p.rng.IntN(4))])
	if query.Fold(part) == "" || part == " " || part == "+" {
		return text
	}
	return part
}

func (p *property) sort() []query.SortKey {
	var sortable []string
	for _, f := range query.Fields() {
		if f.Sortable {
			sortable = append(sortable, f.Name)
		}
	}
	var out []query.SortKey
	for range p.rng.IntN(query.MaxSortKeys + 1) {
		out = append(out, query.SortKey{Field: sortable[p.rng.IntN(len(sortable))], Desc: p.rng.IntN(2) == 0})
	}
	return out
}
