package store

// Span is a stretch of time in UTC milliseconds, ToMs exclusive.
type Span struct {
	FromMs int64 `json:"fromMs"`
	ToMs   int64 `json:"toMs"`
}
