package listing

import (
	"encoding/binary"
	"sync"
	"sync/atomic"

	"wapdesk/store/query"
)

// Of some fields an interaction has several values: the statuses of its activities, the users who
// had one. Few combinations occur, so a row holds the code of its combination; a dictionary has
// the codes of the members.

// isSet reports whether an interaction may have several values of the field.
func isSet(field string) bool { return field == query.FieldStatus || field == query.FieldTook }

// set returns the code of a combination, 0 for none.
func (w *writer) set(kind int, of []Ref) int64 {
	if len(of) == 0 {
		return 0
	}
	var room [64]byte
	key := room[:0]
	for _, r := range of {
		code := w.refs[kind].code(r)
		w.refs[kind].title(code, r, w.texts)
		key = binary.AppendUvarint(key, uint64(code))
	}
	return int64(w.sets.code(viewString(key)))
}

// eachMember calls do with the code of each member of a combination.
func (v *View) eachMember(set uint32, do func(code uint32)) {
	key := v.dict.sets.at(set)
	for i := 0; i < len(key); {
		code, shift := uint32(0), 0
		for key[i] >= 0x80 {
			code |= uint32(key[i]&0x7f) << shift
			i, shift = i+1, shift+7
		}
		do(code | uint32(key[i])<<shift)
		i++
	}
}

// setsWith returns the combinations of which a member is among the codes; 0 is to have none.
func (v *View) setsWith(codes bitmap) bitmap {
	out := newBitmap(v.dict.sets.n)
	if codes.has(0) {
		out.set(0)
	}
	for set := uint32(1); int(set) < v.dict.sets.n; set++ {
		v.eachMember(set, func(code uint32) {
			if int(code>>6) < len(codes) && codes.has(code) { // the dictionary serves both fields
				out.set(set)
			}
		})
	}
	return out
}

// memberCache holds the members of combinations as they were last asked for, by code.
type memberCache struct {
	once sync.Once
	of   []atomic.Pointer[[]Ref]
}

// members returns the members of a combination, which the caller must not change. A bulk read
// asks for the same few combinations once a row, so they are kept for as long as the view.
func (v *View) members(kind int, set uint32) []Ref {
	if set == 0 {
		return nil
	}
	cache := &v.lazy.members[kind]
	cache.once.Do(func() { cache.of = make([]atomic.Pointer[[]Ref], v.dict.sets.n) })
	if kept := cache.of[set].Load(); kept != nil {
		return *kept
	}
	var out []Ref
	v.eachMember(set, func(code uint32) {
		out = append(out, v.dict.refs[kind].ref(code, &v.dict.texts))
	})
	cache.of[set].Store(&out)
	return out
}

// memberCounts turns counts by combination into counts by member.
func (v *View) memberCounts(bySet map[uint32]int) map[uint32]int {
	counts := map[uint32]int{}
	if n := bySet[0]; n > 0 {
		counts[0] = n
	}
	for set, n := range bySet {
		v.eachMember(set, func(code uint32) { counts[code] += n })
	}
	return counts
}

// countSets counts the interactions of which a member of the group is one, each once.
func (v *View) countSets(bySet map[uint32]int, group []uint32, may func(uint32) bool) int {
	codes := newBitmap(v.dict.refs[refUser].names.n)
	for _, code := range group {
		if may(code) {
			codes.set(code)
		}
	}
	with, n := v.setsWith(codes), 0
	for set, count := range bySet {
		if with.has(set) {
			n += count
		}
	}
	return n
}
