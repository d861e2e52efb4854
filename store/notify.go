package store

// Event tells subscribers what a commit touched.
type Event struct {
	// Interactions are the ids that were added or changed, Removed those that left the list.
	Interactions []int64
	Removed      []int64
	// Everything is true when so much changed that a screen should ask anew: directory, rights,
	// erasure, compaction.
	Everything bool
	Changes    bool // the outbox
	Coverage   bool
}
