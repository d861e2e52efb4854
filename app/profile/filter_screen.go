package app

import "wapdesk/store/query"

// Period is a stretch of time: a preset by name, or from and to as wall-clock times of the
// contact centre's zone ("2026-11-22" or "2026-11-22 09:30"). A bare date in To means the
// end of that day. An empty Period means everything stored.
type Period struct {
	Preset string `json:"preset"`
	From   string `json:"from"`
	To     string `json:"to"`
}

// Filter is what the filter bar and the advanced filter hold together.
// Users and Queues carry unique names, "group:<name>" and "(none)"; values of one field are
// alternatives, the fields all have to hold.
type Filter struct {
	Time      Period          `json:"time"`
	Users     []string        `json:"users"`
	Queues    []string        `json:"queues"`
	Contact   string          `json:"contact"`
	NoContact bool            `json:"noContact"`
	Sender    string          `json:"sender"`
	Where     *query.Node     `json:"where"`
	Sort      []query.SortKey `json:"sort"`
}

// PeriodInfo is a Period worked out at this moment in the contact centre's zone.
type PeriodInfo struct {
	FromMs int64  `json:"fromMs"` // UTC ms, 0 when open
	ToMs   int64  `json:"toMs"`   // UTC ms, exclusive, 0 when open
	From   string `json:"from"`   // wall clock, "2026-11-22 00:00", "" when open
	To     string `json:"to"`     // wall clock, exclusive
	Days   int    `json:"days"`   // calendar days touched, 0 when open
}

// FieldInfo describes a field to the page; titles come from the catalogue by Key.
type FieldInfo struct {
	Name      string   `json:"name"`
	Key       string   `json:"key"`
	Kind      string   `json:"kind"` // text, choice, duration, number, date
	Operators []string `json:"operators"`
	Column    bool     `json:"column"`
	Sortable  bool     `json:"sortable"`
	Export    bool     `json:"export"`
	Personal  bool     `json:"personal"`
}

// QueryError points at the place of a mistake in the text form of a filter.
type QueryError struct {
	Code   string            `json:"code"` // key of the catalogue: "query.<code>"
	Params map[string]string `json:"params"`
	Pos    int               `json:"pos"` // in UTF-16 units, as the page counts
	Len    int               `json:"len"`
}

// ParsedFilter is the result of reading a text form; Error is null when it holds.
// Filter has what the bar can hold in the bar; Where is the same as one tree.
type ParsedFilter struct {
	Filter Filter      `json:"filter"`
	Where  *query.Node `json:"where"`
	Error  *QueryError `json:"error"`
}
