package intake

import (
	"fmt"
	"hash/maphash"
)

// names makes the unique names of a file unique: transfers and careless merging give several rows one
// name, and the store would keep the last of them only.
type names struct {
	seed maphash.Seed
	// seen holds hashes, which take a tenth of the names. Two names with one hash would cost the second
	// an addition to its name and no more.
	seen     map[uint64]struct{}
	last     map[string]int // the number given last, of names that came again
	repeated int64
}

func newNames() *names {
	return &names{seed: maphash.MakeSeed(), seen: map[uint64]struct{}{}, last: map[string]int{}}
}

func (n *names) has(name string) bool {
	_, ok := n.seen[maphash.String(n.seed, name)]
	return ok
}

// unique returns the name, with a number behind it when an earlier row has it.
func (n *names) unique(name string) string {
	if n.has(name) {
		n.repeated++
		asked := name
		number := max(n.last[asked], 1)
		for n.has(name) {
			number++
			name = fmt.Sprintf("%s (%d)", asked, number)
		}
		n.last[asked] = number
	}
	n.seen[maphash.String(n.seed, name)] = struct{}{}
	return name
}
