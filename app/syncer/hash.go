package syncer

import (
	"encoding/json"
	"hash/fnv"
)

// hashVersion is part of every hash, so that rows are written again when their
// conversion changes.
const hashVersion = 2

// hashOf returns the hash by which a row is told from the stored one; never 0, which the
// store takes for "unknown". The row's own hash must still be 0.
func hashOf(row any) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte{hashVersion}) // a hash never fails
	if json.NewEncoder(h).Encode(row) != nil {
		return 0 // then the row is written every time
	}
	return max(h.Sum64(), 1)
}
