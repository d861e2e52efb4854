package listing_test

import (
	"fmt"
	"time"

	"wapdesk/store/listing"
)

// where makes a random filter in the form of Normalise, up to three levels deep.
func (p *property) where() *listing.Node {
	if p.rng.IntN(12) == 0 {
		return nil
	}
	n := p.node(p.rng.IntN(listing.MaxDepth + 1))
	return &n
}

func (p *property) node(depth int) listing.Node {
	if depth == 0 {
		return p.condition()
	}
	kids := make([]listing.Node, 2+p.rng.IntN(2))
	for i := range kids {
		kids[i] = p.node(p.rng.IntN(depth))
	}
	n := listing.Node{Not: p.rng.IntN(6) == 0}
	if p.rng.IntN(3) == 0 {
		n.And = kids
	} else {
		n.Or = kids
	}
	return n
}

func (p *property) condition() listing.Node {
	fields := listing.Fields()
	f := fields[p.rng.IntN(len(fields))]
	n := listing.Node{Not: p.rng.IntN(8) == 0, Field: f.Name, Op: f.Operators[p.rng.IntN(len(f.Operators))]}
	values := 1
	switch n.Op {
	case listing.IsEmpty, listing.NotEmpty:
		return n
	case listing.Preset:
		presets := listing.Presets()
		n.Values = []string{presets[p.rng.IntN(len(presets))]}
		return n
	case listing.Between:
		return p.between(n, f)
	case listing.Contains, listing.NotContains, listing.Is, listing.IsNot, listing.StartsWith, listing.AnyOf, listing.NoneOf:
		values = 1 + p.rng.IntN(2)
	}
	for range values {
		n.Values = append(n.Values, p.value(f, n.Op))
	}
	return n
}

func (p *property) between(n listing.Node, f listing.Field) listing.Node {
	if f.Kind == listing.KindDate {
		n.Values = []string{p.value(f, n.Op), p.value(f, n.Op)}
		return n
	}
	from := p.rng.IntN(300)
	n.Values = []string{fmt.Sprint(from), fmt.Sprint(from + p.rng.IntN(500))}
	return n
}

// value takes a value from some row, so that conditions find something.
func (p *property) value(f listing.Field, op listing.Op) string {
	r := &p.pool[p.rng.IntN(len(p.pool))]
	switch f.Kind {
	case listing.KindDuration:
		return []string{"0", "90s", "5m", "1h30m", "0:01:30", fmt.Sprint(max(r.WaitS, 0))}[p.rng.IntN(6)]
	case listing.KindNumber:
		return fmt.Sprint(p.rng.IntN(9))
	case listing.KindDate:
		return p.date(r)
	case listing.KindChoice:
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

func (p *property) choiceValue(f listing.Field, r *listing.Record) string {
	if p.rng.IntN(10) == 0 {
		return listing.NoneValue
	}
	if len(f.Values) > 0 {
		return f.Values[p.rng.IntN(len(f.Values))]
	}
	ref := map[string]listing.Ref{"queue": r.Queue, "user": r.User, "connector": r.Connector}[f.Name]
	groups := map[string][]listing.Group{"queue": p.model.dir.QueueGroups, "user": p.model.dir.UserGroups}[f.Name]
	switch {
	case ref.Name == "":
		return listing.NoneValue
	case p.rng.IntN(3) == 0 && groups != nil:
		g := groups[p.rng.IntN(len(groups))]
		return listing.GroupPrefix + []string{g.Name, g.Title, listing.Fold(g.Title)}[p.rng.IntN(3)]
	}
	return []string{ref.Name, ref.Title, listing.Fold(ref.Title)}[p.rng.IntN(3)]
}

func (p *property) textValue(f listing.Field, r *listing.Record, op listing.Op) string {
	text := map[string]string{"contact": r.Contact.Title, "wa": r.WA, "title": r.Title, "account": r.Account.Title, "id": r.Name, "any": r.WA}[f.Name]
	switch f.Name {
	case "text":
		word := vocabulary[p.rng.IntN(len(vocabulary))]
		if op == listing.StartsWith {
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
	case listing.Is, listing.IsNot:
		return text
	case listing.StartsWith:
		return string(runes[:1+p.rng.IntN(min(len(runes), 6))])
	}
	from := p.rng.IntN(len(runes))
	part := string(runes[from:min(len(runes), from+1+p.rng.IntN(4))])
	if listing.Fold(part) == "" || part == " " || part == "+" {
		return text
	}
	return part
}

func (p *property) sort() []listing.SortKey {
	var sortable []string
	for _, f := range listing.Fields() {
		if f.Sortable {
			sortable = append(sortable, f.Name)
		}
	}
	var out []listing.SortKey
	for range p.rng.IntN(listing.MaxSortKeys + 1) {
		out = append(out, listing.SortKey{Field: sortable[p.rng.IntN(len(sortable))], Desc: p.rng.IntN(2) == 0})
	}
	return out
}
