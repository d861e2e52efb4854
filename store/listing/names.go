package listing

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"wapdesk/store/query"
)

// NameHit is a contact that a text leads to.
type NameHit struct {
	Ref
	Count int // its interactions
}

// Names is where a text leads, the best of each kind, and how many there are in all.
type Names struct {
	Rows          []Record // newest first
	RowsTotal     int
	Contacts      []NameHit
	ContactsTotal int
	Users, Queues []Facet // with interactions; groups of them too
	UsersTotal    int
	QueuesTotal   int
}

func contactNamed(text string) *query.Node {
	return &query.Node{Field: query.FieldContact, Op: query.Contains, Values: []string{text}}
}

// Named is the condition of interactions that a text names: by contact, WhatsApp account, number, title or
// unique name.
func Named(text string) *query.Node {
	return &query.Node{Or: []query.Node{
		*contactNamed(text),
		{Field: query.FieldSender, Op: query.Contains, Values: []string{text}},
		{Field: query.FieldTitle, Op: query.Contains, Values: []string{text}},
		{Field: query.FieldID, Op: query.Is, Values: []string{text}},
	}}
}

// Names returns what of the visible interactions a text leads to, at most limit of each kind.
func (v *View) Names(ctx context.Context, text string, scope query.Scope, limit int) (Names, error) {
	var out Names
	if text = strings.TrimSpace(text); text == "" {
		return out, nil
	}
	c := v.compiler(query.Always()) // one for all, since they ask about the same texts
	named, err := c.visible(ctx, Named(text), scope)
	if err != nil {
		return out, err
	}
	if out.Rows, out.RowsTotal, err = v.newestOf(ctx, named, limit); err != nil {
		return out, fmt.Errorf("find interactions: %w", err)
	}
	contact, err := c.visible(ctx, contactNamed(text), scope)
	if err != nil {
		return out, err
	}
	if out.Contacts, out.ContactsTotal, err = v.contacts(ctx, contact, query.Fold(text), limit); err != nil {
		return out, fmt.Errorf("find contacts: %w", err)
	}
	if out.Users, out.UsersTotal, err = v.values(ctx, query.FieldUser, text, scope, limit); err != nil {
		return out, err
	}
	out.Queues, out.QueuesTotal, err = v.values(ctx, query.FieldQueue, text, scope, limit)
	return out, err
}

// values returns the best of the users or queues with interactions whose title holds a text, and their number:
// those that begin with it first, then those with the most interactions.
func (v *View) values(ctx context.Context, field, text string, scope query.Scope, limit int) ([]Facet, int, error) {
	needle := query.Fold(text)
	kind, _ := refKindOf(field)
	named := &v.dict.refs[kind]
	known := slices.ContainsFunc(named.titles, func(title uint32) bool { return strings.Contains(v.dict.texts.foldedAt(title), needle) })
	for _, g := range v.dir.groups[kind] {
		known = known || strings.Contains(query.Fold(g.title), needle)
	}
	if !known {
		return nil, 0, nil // counting takes longer than looking
	}
	facets, err := v.Facets(ctx, field, query.Query{}, scope)
	if err != nil {
		return nil, 0, err
	}
	facets = slices.DeleteFunc(facets, func(f Facet) bool {
		return f.Count == 0 || f.Value == query.NoneValue || !strings.Contains(query.Fold(f.Title), needle)
	})
	slices.SortStableFunc(facets, func(a, b Facet) int {
		return cmp.Or(cmp.Compare(fitOf(query.Fold(a.Title), needle), fitOf(query.Fold(b.Title), needle)), cmp.Compare(b.Count, a.Count))
	})
	return facets[:min(len(facets), limit)], len(facets), nil
}

// visible is the condition of what matches and may be seen.
func (c *compiler) visible(ctx context.Context, where *query.Node, scope query.Scope) (predicate, error) {
	plain, err := query.Normalise(where)
	if err != nil {
		return nil, err
	}
	p, err := c.node(ctx, plain)
	if err != nil {
		return nil, err
	}
	return and(c.v.scoped(scope), p), nil
}

// newestOf returns the newest rows that match, and how many do.
func (v *View) newestOf(ctx context.Context, p predicate, limit int) ([]Record, int, error) {
	found, n, err := v.match(ctx, p)
	if err != nil {
		return nil, 0, err
	}
	newestFirst, order := []query.SortKey{{Field: query.FieldTime, Desc: true}}, v.ordered
	if n > v.few {
		order = func(ctx context.Context, keys []query.SortKey, found bitmap, n int) ([]uint32, error) {
			return v.firstOf(ctx, keys, found, n, limit)
		}
	}
	slots, err := order(ctx, newestFirst, found, n)
	if err != nil {
		return nil, 0, err
	}
	rows := make([]Record, min(limit, len(slots)))
	for i := range rows {
		v.record(slots[i], &rows[i])
	}
	return rows, n, nil
}

// Contacts returns the best of the contacts of visible interactions whose title holds a text, and how many
// hold it: those that begin with it first, then those of which a word does, in Czech order each.
func (v *View) Contacts(ctx context.Context, text string, scope query.Scope, limit int) (best []NameHit, total int, err error) {
	if text = strings.TrimSpace(text); query.Fold(text) == "" {
		return nil, 0, nil
	}
	p, err := v.compiler(query.Always()).visible(ctx, contactNamed(text), scope)
	if err == nil {
		best, total, err = v.contacts(ctx, p, query.Fold(text), limit)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("find contacts: %w", err)
	}
	return best, total, nil
}

// contacts returns the best of the contacts of interactions that match, whose titles hold a folded text.
func (v *View) contacts(ctx context.Context, p predicate, needle string, limit int) (best []NameHit, total int, err error) {
	found, _, err := v.match(ctx, p)
	if err != nil {
		return nil, 0, err
	}
	counts, err := v.countsOf(ctx, colContact, v.dict.refs[refContact].names.n, found)
	if err != nil {
		return nil, 0, err
	}
	named, collator := &v.dict.refs[refContact], NewCollator()
	type candidate struct {
		code  uint32
		place int
		title string
	}
	var top []candidate // best first
	better := func(a, b candidate) bool {
		if a.place != b.place {
			return a.place < b.place
		}
		return collator.Compare(a.title, b.title) < 0
	}
	for code := range uint32(len(counts)) {
		if counts[code] == 0 {
			continue
		}
		total++
		one := candidate{code: code, place: fitOf(v.dict.texts.foldedAt(named.titles[code]), needle)}
		if len(top) == limit && one.place > top[limit-1].place {
			continue
		}
		one.title = v.dict.texts.at(named.titles[code])
		if len(top) == limit && !better(one, top[limit-1]) {
			continue
		}
		if len(top) < limit {
			top = append(top, one)
		} else {
			top[limit-1] = one
		}
		for i := len(top) - 1; i > 0 && better(top[i], top[i-1]); i-- {
			top[i], top[i-1] = top[i-1], top[i]
		}
	}
	for _, one := range top {
		best = append(best, NameHit{Ref: named.ref(one.code, &v.dict.texts), Count: int(counts[one.code])})
	}
	return best, total, nil
}

// fitOf says where a folded text holds another: 0 at its beginning, 1 at that of a word, 2 elsewhere.
func fitOf(text, needle string) int {
	switch {
	case strings.HasPrefix(text, needle):
		return 0
	case strings.Contains(text, " "+needle):
		return 1
	}
	return 2
}

// countsOf counts the rows by their code in a column; code 0 is left out.
func (v *View) countsOf(ctx context.Context, column, codes int, found bitmap) ([]uint32, error) {
	all := make([]uint32, codes)
	err := v.eachWorker(ctx, func() (func(int, *block), func()) {
		own := make([]uint32, codes)
		do := func(number int, b *block) {
			c := &b.cols[column]
			for w, word := range found[number*blockWords : (number+1)*blockWords] {
				for ; word != 0; word &= word - 1 {
					own[c.code(w<<6+first(word))]++
				}
			}
		}
		return do, func() {
			for code, n := range own {
				all[code] += n
			}
		}
	})
	if codes > 0 {
		all[0] = 0
	}
	return all, err
}
