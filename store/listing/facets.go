package listing

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"wapdesk/store/query"
)

// Facets counts the matches by each value of a choice field. A picker passes the query
// without its own condition. Users, queues and connectors come by title, then groups, then
// "(none)"; values without interactions are included with 0 when the directory lists them or
// the field names them and the scope permits them. A group counts its members of the scope together.
func (v *View) Facets(ctx context.Context, field string, q query.Query, scope query.Scope) ([]Facet, error) {
	f := fieldNamed(field)
	if f == nil || f.Kind != query.KindChoice {
		return nil, &query.SyntaxError{Code: query.ErrUnknownField, Params: map[string]string{"name": field}}
	}
	found, n, _, err := v.find(ctx, q.Where, scope)
	if err != nil {
		return nil, fmt.Errorf("count by %s: %w", field, err)
	}
	if f.Name == query.FieldTarget {
		return v.targetFacets(ctx, f, found)
	}
	counts, err := v.countCodes(ctx, fieldCol(field), found)
	if err != nil {
		return nil, err
	}
	if kind, ok := refKindOf(field); ok {
		return v.refFacets(kind, isSet(field), counts, n, scope), nil
	}
	return v.fixedFacets(f, counts), nil
}

// targetFacets counts by what was met or missed of targets. The values overlap, so each is counted on its own.
func (v *View) targetFacets(ctx context.Context, f *query.Field, found bitmap) ([]Facet, error) {
	var out []Facet
	for _, value := range append(slices.Clone(f.Values), query.NoneValue) {
		_, n, err := v.match(ctx, and(rowsPred{found}, v.targetIs(value)))
		if err != nil {
			return nil, fmt.Errorf("count by %s: %w", f.Name, err)
		}
		if value != query.NoneValue || n > 0 {
			out = append(out, Facet{Value: value, Title: value, Count: n})
		}
	}
	return out, nil
}

// countCodes counts rows by the code of a column.
func (v *View) countCodes(ctx context.Context, column int, found bitmap) (map[uint32]int, error) {
	all := map[uint32]int{}
	err := v.eachWorker(ctx, func() (func(int, *block), func()) {
		var counts []int // by code
		do := func(number int, b *block) {
			c := &b.cols[column]
			if need := int(max(c.top, 0)) + 1; need > len(counts) {
				counts = append(counts, make([]int, need-len(counts))...)
			}
			for w, word := range found[number*blockWords : (number+1)*blockWords] {
				for ; word != 0; word &= word - 1 {
					counts[c.code(w<<6+first(word))]++
				}
			}
		}
		return do, func() {
			for code, n := range counts {
				if n > 0 {
					all[uint32(code)] += n
				}
			}
		}
	})
	return all, err
}

// refFacets turns counts by code, or by combination, into facets.
func (v *View) refFacets(kind int, sets bool, counts map[uint32]int, total int, scope query.Scope) []Facet {
	bySet := counts
	if sets {
		counts = v.memberCounts(counts)
	}
	queues, users := v.permitted(scope)
	allowed := map[int]bitmap{refQueue: queues, refUser: users}[kind]
	may := func(code uint32) bool { return allowed == nil || allowed.has(code) }

	codes := make([]uint32, 0, len(counts))
	for code := range counts {
		codes = append(codes, code)
	}
	var groups []codeGroup
	var deactivated map[uint32]bool
	if kind < len(v.dir.entries) {
		codes = append(codes, v.dir.entries[kind]...)
		groups, deactivated = v.dir.groups[kind], v.dir.deactivated[kind]
	}
	ranks := v.nameRanks(kind)
	slices.SortFunc(codes, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(ranks[a], ranks[b]), cmp.Compare(a, b))
	})
	codes = slices.Compact(codes)

	var out []Facet
	for _, code := range codes {
		if code == 0 || !may(code) {
			continue
		}
		r := v.dict.refs[kind].ref(code, &v.dict.texts)
		out = append(out, Facet{Value: r.Name, Title: r.Title, Deactivated: deactivated[code], Count: counts[code]})
	}
	for _, g := range groups {
		facet := v.groupFacet(g, counts, may)
		if sets {
			facet.Count = v.countSets(bySet, g.members, may)
		}
		out = append(out, facet)
	}
	if none := counts[0]; none > 0 || total == 0 {
		out = append(out, Facet{Value: query.NoneValue, Title: query.NoneValue, Count: none})
	}
	return out
}

func (v *View) groupFacet(g codeGroup, counts map[uint32]int, may func(uint32) bool) Facet {
	facet := Facet{Value: query.GroupPrefix + g.name, Title: g.title, Group: true}
	members := slices.Clone(g.members)
	slices.Sort(members)
	for _, m := range slices.Compact(members) {
		if may(m) {
			facet.Count += counts[m]
		}
	}
	return facet
}

// fixedFacets counts by the fixed values of a field. States overlap, so each is counted on
// its own; words of the wire that the field does not know follow.
func (v *View) fixedFacets(f *query.Field, counts map[uint32]int) []Facet {
	var out []Facet
	rest := map[uint32]int{}
	for code, n := range counts {
		rest[code] = n
	}
	for _, value := range f.Values {
		facet := Facet{Value: value, Title: value}
		set := v.choiceCodes(f, []string{value})
		for code, n := range counts {
			if set.has(code) {
				facet.Count += n
				delete(rest, code)
			}
		}
		out = append(out, facet)
	}
	if fieldCol(f.Name) == colState {
		return out
	}
	if f.Name == query.FieldEnded || f.Name == query.FieldDirection {
		for code := uint32(1); int(code) < v.dict.labels.n; code++ {
			if n := rest[code]; n > 0 {
				out = append(out, Facet{Value: v.dict.labels.at(code), Title: v.dict.labels.at(code), Count: n})
			}
		}
	}
	if n := rest[0]; n > 0 {
		out = append(out, Facet{Value: query.NoneValue, Title: query.NoneValue, Count: n})
	}
	return out
}
