package listing

import mathbits "math/bits"

// bitmap holds one bit for each row of the list or each entry of a dictionary.
type bitmap []uint64

// newBitmap returns an empty bitmap for n entries. It has a word more than needed, so that
// an empty dictionary can be asked for code 0.
func newBitmap(n int) bitmap { return make(bitmap, n/64+1) }

func (b bitmap) set(i uint32)      { b[i>>6] |= 1 << (i & 63) }
func (b bitmap) clear(i uint32)    { b[i>>6] &^= 1 << (i & 63) }
func (b bitmap) has(i uint32) bool { return b[i>>6]>>(i&63)&1 != 0 }

// count returns the number of bits that are set.
func (b bitmap) count() int {
	n := 0
	for _, w := range b {
		n += mathbits.OnesCount64(w)
	}
	return n
}

// first returns the number of the lowest bit of a word that is set; w must not be 0.
func first(w uint64) int { return mathbits.TrailingZeros64(w) }

// last returns the number of the highest bit of a word that is set; w must not be 0.
func last(w uint64) int { return 63 - mathbits.LeadingZeros64(w) }

// previous returns the highest bit at or below i that is set, or -1.
func (b bitmap) previous(i int) int {
	w := i >> 6
	word := b[w] << (63 - i&63) >> (63 - i&63)
	for word == 0 {
		if w == 0 {
			return -1
		}
		w--
		word = b[w]
	}
	return w<<6 + last(word)
}
