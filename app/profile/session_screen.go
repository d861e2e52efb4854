package app

// Session answers what profile is open, and opens, connects or removes one.
type Session struct{ c *Core }

// SessionState is the first thing the page asks for.
type SessionState struct {
	Mode          string   `json:"mode"` // firstrun, ready
	Demo          bool     `json:"demo"`
	ReadOnly      bool     `json:"readOnly"` // an opened file: no sync, no changes
	Company       string   `json:"company"`  // acme.daktela.com, or the name of the opened file
	Profile       string   `json:"profile"`
	UserName      string   `json:"userName"`
	UserTitle     string   `json:"userTitle"`
	Zone          string   `json:"zone"`  // of the contact centre, Europe/Prague
	NowMs         int64    `json:"nowMs"` // this computer's clock, or the fixed one of a test
	Version       string   `json:"version"`
	Anonymising   string   `json:"anonymising"` // what the role says of it: allowed, local, unsaid
	MayPair       bool     `json:"mayPair"`
	MayExport     bool     `json:"mayExport"`
	VisibleUsers  int      `json:"visibleUsers"`
	VisibleQueues int      `json:"visibleQueues"`
	Open          string   `json:"open"`    // interaction to open at start, from a link
	Browser       bool     `json:"browser"` // served to a browser, not in a window
	Settings      Settings `json:"settings"`
}

// ConnectionInput is what the connect form holds: a token, or a name and a password.
type ConnectionInput struct {
	Address  string `json:"address"`
	Token    string `json:"token"`
	User     string `json:"user"`
	Password string `json:"password"`
}

// ConnectionReport is what a test of a connection found.
type ConnectionReport struct {
	Company       string `json:"company"`
	ServerVersion string `json:"serverVersion"`
	UserTitle     string `json:"userTitle"`
	VisibleUsers  int    `json:"visibleUsers"`  // -1 when the list was not given
	VisibleQueues int    `json:"visibleQueues"` // -1 when the list was not given
	// Missing names the lists that were not given: users, queues.
	Missing []string `json:"missing"`
	// Interactions estimates how many there are in the last 30 days, -1 when unknown.
	Interactions int `json:"interactions"`
}

// OpenReport is what opening an exported file gave.
type OpenReport struct {
	Profile string       `json:"profile"`
	Rows    int          `json:"rows"`
	Left    int          `json:"left"`    // rows that were left out
	Values  int          `json:"values"`  // values that were left out of rows that were read
	Skipped []SkippedRow `json:"skipped"` // the first 100 of both
	Unknown []string     `json:"unknown"` // columns that were left out
	Notices []FileNotice `json:"notices"`
	// Dates asks for the order of day and month; nothing is open then.
	Dates *DatesQuestion `json:"dates,omitempty"`
}

// FileNotice is something to know about how a file was read: "firstrun.file.notice.<code>" with
// what it counts and quotes.
type FileNotice struct {
	Code  string `json:"code"`
	Count int    `json:"count"`
	Text  string `json:"text"`
}

// DatesQuestion shows dates of a file that can be read in several orders, or contradict each other.
type DatesQuestion struct {
	Contradict bool         `json:"contradict"`
	Samples    []DateSample `json:"samples"`
}

// DateSample is a date as the file has it and the day it means in each order, as 2026-11-22; "" where it
// is no date.
type DateSample struct {
	Text       string `json:"text"`
	DayFirst   string `json:"dmy"`
	MonthFirst string `json:"mdy"`
	YearFirst  string `json:"ymd"`
}

// SkippedRow is a row of a file that could not be read, with the reason's code.
type SkippedRow struct {
	Sheet string `json:"sheet"` // "" in a .csv
	Row   int    `json:"row"`
	Code  string `json:"code"`
}
