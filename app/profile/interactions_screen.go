package app

// Interactions answers the list: search, windows of rows, counts, pickers, views.
type Interactions struct{ c *Core }

// Row is one line of the list. Raw wire values are kept for ended, missedRaw and direction;
// durations are seconds, times UTC milliseconds, -1 stands for unknown.
type Row struct {
	ID           int64    `json:"id"`
	Name         string   `json:"name"`
	TimeMs       int64    `json:"timeMs"`
	Queue        string   `json:"queue"`
	QueueName    string   `json:"queueName"`
	QueueOff     bool     `json:"queueOff"` // deactivated
	User         string   `json:"user"`
	UserName     string   `json:"userName"`
	UserOff      bool     `json:"userOff"`
	Contact      string   `json:"contact"`
	ContactName  string   `json:"contactName"`
	Account      string   `json:"account"`
	AccountName  string   `json:"accountName"`
	WA           string   `json:"wa"`
	WANumber     string   `json:"waNumber"`
	Sender       string   `json:"sender"`
	Title        string   `json:"title"`
	Answered     string   `json:"answered"` // yes, no, ""
	WaitS        int64    `json:"waitS"`
	DurationS    int64    `json:"durationS"`
	Ended        string   `json:"ended"`
	Connector    string   `json:"connector"`
	Missed       string   `json:"missed"` // waiting, contactedback, cleared, never
	MissedRaw    string   `json:"missedRaw"`
	MissedTimeMs int64    `json:"missedTimeMs"`
	Direction    string   `json:"direction"`
	States       []string `json:"states"` // anonymised, pending, refused, conflict, anomaly, open
	FirstReplyS  int64    `json:"firstReplyS"`
	SilenceS     int64    `json:"silenceS"`
	Activities   int      `json:"activities"`
	Messages     int      `json:"messages"`
	Tickets      []string `json:"tickets"` // number and title of each
	// Figures are the known ones among the fields that are seconds or a count, by field.
	Figures map[string]int64 `json:"figures"`
}

// DayRange is a run of days of the contact centre's calendar, both ends included.
type DayRange struct {
	From   string `json:"from"` // 2026-11-22
	To     string `json:"to"`
	FromMs int64  `json:"fromMs"`
	ToMs   int64  `json:"toMs"` // exclusive
}

// HeatCell counts the interactions of one hour.
type HeatCell struct {
	FromMs int64 `json:"fromMs"` // start of the hour; 0 when the cell is a weekday's hour
	Day    int   `json:"day"`    // row: day index, or weekday 0 = Monday
	Hour   int   `json:"hour"`   // 0–23
	Count  int   `json:"count"`
	Missed int   `json:"missed"`
}

// Summary is the strip above the list.
type Summary struct {
	Total      int        `json:"total"`
	Answered   int        `json:"answered"`
	Unanswered int        `json:"unanswered"` // known not to have been answered
	Missed     int        `json:"missed"`     // what the column says: waiting, cleared or contacted back
	Waiting    int        `json:"waiting"`    // missed and not contacted back
	Waited     int        `json:"waited"`     // interactions that the waits are of
	MedianS    int64      `json:"medianS"`    // wait, -1 unknown
	P90S       int64      `json:"p90S"`       // wait, -1 unknown
	HeatKind   string     `json:"heatKind"`   // day, days, weekdays
	Heat       []HeatCell `json:"heat"`
}

// SearchResult is an applied search. The rows are asked for with Window and do not change
// until the next search.
type SearchResult struct {
	Snapshot string     `json:"snapshot"`
	Total    int        `json:"total"`
	Period   PeriodInfo `json:"period"`
	Missing  []DayRange `json:"missing"` // parts of the time asked for that are not stored
	// AsOfMs is up to when the result is true where only the newest minutes are not stored; else 0.
	AsOfMs int64 `json:"asOfMs"`
	// KeptFrom is the first day that is kept, when the period reaches before it: what is older is
	// past keeping. "" when the whole period is kept.
	KeptFrom string  `json:"keptFrom"`
	Summary  Summary `json:"summary"`
	Text     string  `json:"text"` // text form, for the route
	// Stored is at least the total, and 0 when nothing is on this computer at all: never synced.
	Stored int `json:"stored"`
	// NoRights is true when no user and queue is permitted.
	NoRights bool     `json:"noRights"`
	Refused  []string `json:"refused"` // chosen users and queues outside the rights
	// Words are the words of text: conditions, for marking in the transcript.
	Words []string `json:"words"`
}

// Window is a part of a snapshot.
type Window struct {
	Offset int   `json:"offset"`
	Rows   []Row `json:"rows"`
}

// PickOption is one value of a picker.
type PickOption struct {
	Value       string `json:"value"`
	Title       string `json:"title"`
	Kind        string `json:"kind"` // group, item, none
	Deactivated bool   `json:"deactivated"`
	Count       int    `json:"count"` // under the rest of the draft, -1 while unknown
}

// Selection names rows of a snapshot: all but Except, or exactly Names.
type Selection struct {
	Snapshot string   `json:"snapshot"`
	All      bool     `json:"all"`
	Except   []string `json:"except"`
	Names    []string `json:"names"`
}

// DayMark tells the calendar what is stored of a day: all, part or none.
type DayMark struct {
	Day    string `json:"day"`
	Stored string `json:"stored"`
}

// SavedView is a filter with its columns and sort under a name. Built-in views have a
// key of the catalogue instead of a title.
type SavedView struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Key     string   `json:"key"`
	BuiltIn bool     `json:"builtIn"`
	Filter  Filter   `json:"filter"`
	Columns []string `json:"columns"` // empty: leave as they are
}

// Changed says what a fresh search would show beyond the snapshot on screen.
type Changed struct {
	New     int      `json:"new"`
	Changed []string `json:"changed"` // names of rows of the snapshot that differ now
	Gone    []string `json:"gone"`
	// Missing is what of the period is not stored now: a sync may have brought it meanwhile.
	Missing []DayRange `json:"missing"`
	AsOfMs  int64      `json:"asOfMs"`
}
