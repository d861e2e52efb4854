package store

// Ids of children are composed of their interaction's, so that all of them lie together.
const (
	activityBits = 8
	messageBits  = 16
	eventBits    = 8

	maxActivities = 1<<activityBits - 1
	maxMessages   = 1<<messageBits - 1
	maxEvents     = 1<<eventBits - 1
)

func messageID(interaction int64, place int) int64 { return interaction<<messageBits | int64(place) }
func eventID(interaction int64, place int) int64   { return interaction<<eventBits | int64(place) }

// childSpan returns the first and the last possible id of an interaction's children.
func childSpan(interaction int64, bits uint) (first, last int64) {
	return interaction << bits, interaction<<bits | (1<<bits - 1)
}
