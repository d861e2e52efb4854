package store

// CompactProgress names the step of a compaction. Steps are "search", "copy", "swap", "done".
type CompactProgress func(step string)
