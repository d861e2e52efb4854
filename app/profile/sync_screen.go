package app

// Sync brings interactions from the contact centre and shows how far it is.
type Sync struct{ c *Core }

// SyncStatus is the state of the sync pill; it also arrives as the event EventSync.
type SyncStatus struct {
	State         string            `json:"state"` // idle, syncing, offline, paused, signin, problem, demo, file
	Phase         string            `json:"phase"` // directory, contacts, interactions, messages, changes, preparing
	Done          int64             `json:"done"`
	Expected      int64             `json:"expected"`  // 0 when unknown
	WaitS         int               `json:"waitS"`     // the contact centre asked to wait this long
	LastMs        int64             `json:"lastMs"`    // end of the last successful sync, 0 never
	NextMs        int64             `json:"nextMs"`    // 0 when not planned
	Stored        int               `json:"stored"`    // interactions on this computer
	Coverage      []DayRange        `json:"coverage"`  // stored days, oldest first
	Waiting       int               `json:"waiting"`   // changes to send
	Refused       int               `json:"refused"`   // changes refused or in conflict
	Todo          int               `json:"todo"`      // changes to be done in the contact centre by hand
	ErrorCode     string            `json:"errorCode"` // of the last run, "" when it went well
	ErrorParams   map[string]string `json:"errorParams"`
	Unread        []string          `json:"unread"`  // lists the last whole sync was not given
	NewRows       int               `json:"newRows"` // added by the last run
	CompactionDue bool              `json:"compactionDue"`
}

// SyncRequest says what to download; empty means the usual round.
type SyncRequest struct {
	From string `json:"from"` // 2026-11-01
	To   string `json:"to"`
	Deep bool   `json:"deep"`
}

// RightsInfo is what the token's user may see.
type RightsInfo struct {
	Users  []NamedRef `json:"users"`
	Queues []NamedRef `json:"queues"`
	Where  string     `json:"where"` // "Manage → Users → Rights"
}
