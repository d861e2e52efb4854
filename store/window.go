package store

// Window is a stretch of interaction time as the contact centre listed it.
type Window struct {
	FromMs int64 // UTC milliseconds
	ToMs   int64 // exclusive
	// Full says that everything in the window was read without an error: the window counts
	// as stored, and interactions in it that were not listed become gone.
	Full bool
	// Names are the interactions that were listed but are not in Conversations, because
	// their hash showed that nothing changed.
	Names         []Name
	Conversations []Conversation
	// Cursors are kept in the same transaction.
	Cursors map[string]string
}

// Counts says how many records were read, how many of them were new or changed, and how many
// are no longer in the contact centre.
type Counts struct {
	Read   int `json:"read"`
	Stored int `json:"stored"`
	Gone   int `json:"gone"`
}

// Add adds the other counts.
func (c *Counts) Add(other Counts) {
	c.Read += other.Read
	c.Stored += other.Stored
	c.Gone += other.Gone
}

// WindowResult is what a write of conversations did.
type WindowResult struct {
	Interactions Counts
	Activities   Counts
	Messages     Counts
	// Added is how many interactions were not stored before.
	Added int
	// Clipped counts activities, messages and steps beyond what one interaction can hold
	// (255, 65,535 and 255); they are left out.
	Clipped int
}
