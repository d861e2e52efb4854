package listing

import (
	"hash/maphash"
	"slices"
	"strings"
	"unsafe"

	"wapdesk/store/query"
)

// ticketSep parts the tickets of an interaction within one text.
const ticketSep = "\x1f"

// texts is a dictionary of distinct strings with their folded forms. Code 0 is the empty
// string. It is never changed; texts of equal codes are equal in all later views too.
type texts struct {
	pages []*textPage
	n     int // codes given, the empty string included
}

// textPage holds up to blockLen texts. The folded ones stand one after the other with a zero
// byte after each, so that one search runs over all of them.
type textPage struct {
	plain, folded       string
	plainOff, foldedOff []uint32 // where each text starts, and the end
}

// at returns a text as it came.
func (t *texts) at(code uint32) string {
	p, i := t.pages[code>>blockShift], code&blockMask
	return p.plain[p.plainOff[i]:p.plainOff[i+1]]
}

// foldedAt returns a text in its folded form.
func (t *texts) foldedAt(code uint32) string {
	p, i := t.pages[code>>blockShift], code&blockMask
	return p.folded[p.foldedOff[i] : p.foldedOff[i+1]-1]
}

func (p *textPage) len() int { return len(p.plainOff) - 1 }

// containing sets the bits of the texts of a page whose folded form contains needle, which
// must not be empty. It looks for the needle's rarest byte, which the processor finds 32 at a
// time; looking for the whole needle goes byte by byte where its first letters are common.
func (p *textPage) containing(needle string, first uint32, out bitmap) {
	rare := rarest(needle)
	folded, i := p.folded, 0
	for at := rare; at < len(folded); {
		hit := strings.IndexByte(folded[at:], needle[rare])
		if hit < 0 {
			return
		}
		at += hit
		start := at - rare
		if len(folded)-start < len(needle) {
			return
		}
		if folded[start:start+len(needle)] != needle {
			at++
			continue
		}
		i = p.textAt(i, uint32(start))
		out.set(first + uint32(i))
		if i++; i == p.len() {
			return
		}
		at = int(p.foldedOff[i]) + rare
	}
}

// textAt returns the text that a place of the folded forms is in, at or after text i. Common
// needles hit neighbours; rare ones are worth a binary search.
func (p *textPage) textAt(i int, at uint32) int {
	for range 8 {
		if p.foldedOff[i+1] > at {
			return i
		}
		i++
	}
	return i + sortedAfter(p.foldedOff[i+1:], at)
}

// commonness lists the bytes of folded names and titles, the most frequent first. Bytes that
// are not in it are rare.
const commonness = " aeonitrvksldumcpjzbyh.-0123456789fg"

// rarest returns the place of the byte of a needle that texts have least of.
func rarest(needle string) int {
	best, rank := 0, -1
	for i := range len(needle) {
		r := strings.IndexByte(commonness, needle[i])
		if r < 0 {
			return i
		}
		if r > rank {
			best, rank = i, r
		}
	}
	return best
}

// sortedAfter returns the number of entries that are at most x.
func sortedAfter(sorted []uint32, x uint32) int {
	i, found := slices.BinarySearch(sorted, x)
	if found {
		i++
	}
	return i
}

// textWriter makes texts. Only one goroutine uses it at a time.
type textWriter struct {
	done   []*textPage // full pages, shared with views
	n      int
	fold   func(dst []byte, s string) []byte // nil keeps no folded forms
	seed   maphash.Seed
	slots  []textSlot // open addressing
	plain  []byte     // the page being written
	folded []byte
	pOff   []uint32
	fOff   []uint32
}

// textSlot is a place of the hash table: a code, 0 when it is free, and the text's hash, which
// spares looking at other texts.
type textSlot struct{ code, hash uint32 }

func newTextWriter(fold func(dst []byte, s string) []byte) *textWriter {
	w := &textWriter{fold: fold, seed: maphash.MakeSeed(), slots: make([]textSlot, 1024), pOff: []uint32{0}, fOff: []uint32{0}}
	w.add("")
	return w
}

// reserve makes room for so many texts, which are then added without moving the others.
func (w *textWriter) reserve(n int) {
	size := len(w.slots)
	for size*3/4 < n {
		size *= 2
	}
	w.resize(size)
}

// code returns the code of a text, which is new when it has not been seen before. The text is
// copied.
func (w *textWriter) code(s string) uint32 {
	if s == "" {
		return 0
	}
	slot, hash := w.lookup(s)
	if slot.code != 0 {
		return slot.code
	}
	code := w.add(s)
	*slot = textSlot{code, hash}
	if w.n > len(w.slots)*3/4 {
		w.resize(2 * len(w.slots))
	}
	return code
}

// find returns the code of a text that was seen before.
func (w *textWriter) find(s string) (uint32, bool) {
	if s == "" {
		return 0, true
	}
	slot, _ := w.lookup(s)
	return slot.code, slot.code != 0
}

// lookup returns the slot of a text, or the free one where it belongs.
func (w *textWriter) lookup(s string) (slot *textSlot, hash uint32) {
	hash = uint32(maphash.String(w.seed, s))
	mask := uint32(len(w.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		slot = &w.slots[i]
		if slot.code == 0 || slot.hash == hash && w.holds(slot.code, s) {
			return slot, hash
		}
	}
}

func (w *textWriter) holds(code uint32, s string) bool {
	page, i := int(code>>blockShift), code&blockMask
	if page < len(w.done) {
		p := w.done[page]
		return p.plain[p.plainOff[i]:p.plainOff[i+1]] == s
	}
	return string(w.plain[w.pOff[i]:w.pOff[i+1]]) == s
}

func (w *textWriter) add(s string) uint32 {
	code := uint32(w.n)
	w.n++
	w.plain = append(w.plain, s...)
	w.pOff = append(w.pOff, uint32(len(w.plain)))
	if w.fold != nil {
		start := len(w.folded)
		w.folded = w.fold(w.folded, s)
		for i := start; i < len(w.folded); i++ {
			if w.folded[i] == 0 { // the page's own separator
				w.folded[i] = ' '
			}
		}
		w.folded = append(w.folded, 0)
		w.fOff = append(w.fOff, uint32(len(w.folded)))
	}
	if w.n&blockMask == 0 {
		w.done = append(w.done, w.page())
		w.plain, w.folded, w.pOff, w.fOff = w.plain[:0], w.folded[:0], w.pOff[:1], w.fOff[:1]
	}
	return code
}

func (w *textWriter) page() *textPage {
	p := &textPage{plain: string(w.plain), plainOff: slices.Clone(w.pOff)}
	if w.fold != nil {
		p.folded, p.foldedOff = string(w.folded), slices.Clone(w.fOff)
	}
	return p
}

// resize makes the hash table anew in a size that is a power of two.
func (w *textWriter) resize(size int) {
	old := w.slots
	w.slots = make([]textSlot, size)
	mask := uint32(len(w.slots) - 1)
	for _, slot := range old {
		if slot.code == 0 {
			continue
		}
		i := slot.hash & mask
		for w.slots[i].code != 0 {
			i = (i + 1) & mask
		}
		w.slots[i] = slot
	}
}

// adopt takes over a page that was written before; only the last one may have room left. The hash
// table is made afterwards, by index.
func (w *textWriter) adopt(p *textPage) {
	if p.len() == blockLen {
		w.done = append(w.done, p)
		w.plain, w.folded, w.pOff, w.fOff = w.plain[:0], w.folded[:0], w.pOff[:1], w.fOff[:1]
		return
	}
	w.plain, w.folded = []byte(p.plain), []byte(p.folded)
	w.pOff, w.fOff = slices.Clone(p.plainOff), slices.Clone(p.foldedOff)
}

// index makes the hash table of the texts that were taken over.
func (w *textWriter) index(size int) {
	w.slots = make([]textSlot, size)
	mask := uint32(size - 1)
	add := func(code uint32, s string) {
		hash := uint32(maphash.String(w.seed, s))
		i := hash & mask
		for w.slots[i].code != 0 {
			i = (i + 1) & mask
		}
		w.slots[i] = textSlot{code, hash}
	}
	code := uint32(0)
	for _, p := range w.done {
		for i := range p.len() {
			add(code, p.plain[p.plainOff[i]:p.plainOff[i+1]])
			code++
		}
	}
	for i := range len(w.pOff) - 1 {
		add(code, viewString(w.plain[w.pOff[i]:w.pOff[i+1]]))
		code++
	}
}

// texts returns what has been written so far. prev, an earlier result, is returned when
// nothing has been added since.
func (w *textWriter) texts(prev texts) texts {
	if prev.n == w.n {
		return prev
	}
	pages := slices.Clone(w.done)
	if w.n&blockMask != 0 {
		pages = append(pages, w.page())
	}
	return texts{pages: pages, n: w.n}
}

// appendFoldNumber appends the folded form of a phone number to dst.
func appendFoldNumber(dst []byte, s string) []byte {
	if onlyDigits(s) {
		return append(dst, strings.TrimPrefix(s, "00")...)
	}
	return append(dst, strings.ReplaceAll(query.FoldNumber(s), "\x00", " ")...)
}

func onlyDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// viewString returns bytes as a string without a copy, for as long as they do not change.
func viewString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
