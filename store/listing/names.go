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

// Named is the condition of interactions that a text names: by contact, WhatsApp account, number, title or
// unique name.
func Named(text string) *query.Node {
	return &query.Node{Or: []query.Node{
		{Field: query.FieldContact, Op: query.Contains, Values: []string{text}},
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
	shot, err := v.Search(ctx, query.Query{Where: Named(text)}, scope)
	if err != nil {
		return out, err
	}
	out.Rows, out.RowsTotal = shot.Window(0, limit), shot.Total()
	if out.Contacts, out.ContactsTotal, err = v.Contacts(ctx, text, scope, limit); err != nil {
		return out, err
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

// Contacts returns the best of the contacts of visible interactions whose title holds a text, and how many
// hold it: those that begin with it first, then those of which a word does, in Czech order each.
func (v *View) Contacts(ctx context.Context, text string, scope query.Scope, limit int) (best []NameHit, total int, err error) {
	needle := query.Fold(strings.TrimSpace(text))
	if needle == "" {
		return nil, 0, nil
	}
	where := &query.Node{Field: query.FieldContact, Op: query.Contains, Values: []string{text}}
	found, _, _, err := v.find(ctx, where, scope)
	if err != nil {
		return nil, 0, fmt.Errorf("find contacts: %w", err)
	}
	codes, err := v.codesOf(ctx, colContact, v.dict.refs[refContact].names.n, found)
	if err != nil {
		return nil, 0, fmt.Errorf("find contacts: %w", err)
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
	for w, word := range codes {
		for ; word != 0; word &= word - 1 {
			code := uint32(w<<6 + first(word))
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
	}
	for _, one := range top {
		set := newBitmap(named.names.n)
		set.set(one.code)
		_, n, err := v.match(ctx, and(v.scoped(scope), setPred{colContact, set}))
		if err != nil {
			return nil, 0, fmt.Errorf("count a contact: %w", err)
		}
		best = append(best, NameHit{Ref: named.ref(one.code, &v.dict.texts), Count: n})
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

// codesOf returns the codes that rows have in a column; code 0 is left out.
func (v *View) codesOf(ctx context.Context, column, codes int, found bitmap) (bitmap, error) {
	all := newBitmap(codes)
	err := v.eachWorker(ctx, func() (func(int, *block), func()) {
		own := newBitmap(codes)
		do := func(number int, b *block) {
			c := &b.cols[column]
			for w, word := range found[number*blockWords : (number+1)*blockWords] {
				for ; word != 0; word &= word - 1 {
					own.set(c.code(w<<6 + first(word)))
				}
			}
		}
		return do, func() {
			for i, word := range own {
				all[i] |= word
			}
		}
	})
	all.clear(0)
	return all, err
}
