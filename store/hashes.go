package store

import (
	"encoding/binary"
	"hash"
	"hash/fnv"
)

// newHash is the hash that tells whether something read differs from what is stored. It is kept in the
// file, so it must be the same in every process and version.
func newHash() hash.Hash64 { return fnv.New64a() }

// hashTexts writes each text with its length, so that no two lists look alike.
func hashTexts(h hash.Hash64, texts ...string) {
	for _, s := range texts {
		hashNumbers(h, int64(len(s)))
		_, _ = h.Write([]byte(s)) // a hash never fails
	}
}

func hashNumbers(h hash.Hash64, numbers ...int64) {
	var b [8]byte
	for _, n := range numbers {
		binary.LittleEndian.PutUint64(b[:], uint64(n))
		_, _ = h.Write(b[:]) // a hash never fails
	}
}
