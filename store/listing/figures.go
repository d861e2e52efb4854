package listing

// Facet is a value of a picker with the number of interactions beside it.
type Facet struct {
	Value       string `json:"value"` // unique name, fixed value, NoneValue, or GroupPrefix + name
	Title       string `json:"title"` // as people read it; for fixed values the same as Value
	Group       bool   `json:"group,omitempty"`
	Deactivated bool   `json:"deactivated,omitempty"`
	Count       int    `json:"count"`
}

// Summary holds the figures above the list.
type Summary struct {
	Total         int   `json:"total"`
	Answered      int   `json:"answered"`
	NotAnswered   int   `json:"notAnswered"`
	Missed        int   `json:"missed"` // the column says something: waiting, cleared or contacted back
	MissedWaiting int   `json:"missedWaiting"`
	Waited        int   `json:"waited"`      // interactions that the figures of waits are of
	WaitMedianS   int32 `json:"waitMedianS"` // nearest rank over those that waited, or Unknown
	WaitP90S      int32 `json:"waitP90S"`    // nearest rank over those that waited, or Unknown
	Heat          Heat  `json:"heat"`
	WaitBuckets   []int `json:"waitBuckets"` // one count for each of WaitLimitsS and one for more
	// Inside are the figures inside working hours, nil where none hold or not all are counted.
	Inside *InsideFigures `json:"inside,omitempty"`
	// Targets are the hits of the targets; see Verdict.
	Targets TargetHits `json:"targets"`
	// Anomalies counts interactions whose focus time is doubtful and not part of any figure.
	Anomalies int `json:"anomalies"`
}

// WaitLimitsS are the upper ends (inclusive, seconds) of the wait histogram's buckets.
func WaitLimitsS() []int32 { return []int32{10, 30, 60, 120, 300, 600, 1800} }

// HeatKind says what the cells of a heat strip stand for.
type HeatKind string

// The kinds of heat strips.
const (
	HeatHours    HeatKind = "hours"    // one day: a cell for each of its 23 to 25 hours
	HeatDays     HeatKind = "days"     // up to 31 days: day × hour
	HeatWeekdays HeatKind = "weekdays" // longer: weekday × hour, the first row is the first day of the week
)

// Heat counts interactions by hour in the contact centre's zone. Cells has rows × 24
// entries, or as many as the day has hours where Kind is hours: an hour that comes twice has two.
// Days holds the midnights of its rows and Starts the begins of its cells (UTC milliseconds,
// Unknown for an hour that the clocks skip) unless Kind is weekdays.
type Heat struct {
	Kind HeatKind `json:"kind"`
	Days []int64  `json:"days,omitempty"`
	// Starts and Hours tell of each cell when it begins and which hour the clock shows.
	Starts []int64    `json:"starts,omitempty"`
	Hours  []int      `json:"hours"`
	Cells  []HeatCell `json:"cells"`
}

// HeatCell is one hour.
type HeatCell struct {
	Count  int `json:"count"`
	Missed int `json:"missed"` // of them missed in any way
}

// Figures are what interactions are told by.
type Figures struct {
	N             int
	Answered      int
	NotAnswered   int
	Missed        int // in any way
	MissedWaiting int
	Waited        int   // interactions that the figures of waits are of
	WaitMedianS   int32 // nearest rank over those that waited, or Unknown
	WaitP90S      int32 // the same
	// Medians in seconds over the interactions where they are known, or Unknown.
	FirstReplyMedianS int32
	DurationMedianS   int32
	// Inside are the figures inside working hours, nil where none hold or not all are counted.
	Inside *InsideFigures
	// Targets are the hits of targets.
	Targets TargetHits
}

// InsideFigures are what of figures lies inside working hours: medians in seconds by nearest rank over the
// interactions where it is counted, or Unknown.
type InsideFigures struct {
	Waited            int   `json:"waited"` // interactions that waited in a queue inside working hours
	WaitMedianS       int32 `json:"waitMedianS"`
	WaitP90S          int32 `json:"waitP90S"`
	FirstReplyMedianS int32 `json:"firstReplyMedianS"`
	DurationMedianS   int32 `json:"durationMedianS"`
}

// InsideOf returns the figures inside working hours, all unknown where there are none.
func (f *Figures) InsideOf() InsideFigures {
	if f.Inside == nil {
		return InsideFigures{WaitMedianS: Unknown, WaitP90S: Unknown, FirstReplyMedianS: Unknown, DurationMedianS: Unknown}
	}
	return *f.Inside
}

// Aggregate holds the figures of one user or one queue.
type Aggregate struct {
	Ref         Ref // the zero Ref is "none"
	Deactivated bool
	Figures
	// FocusS ÷ FocusOfS is the focus share: focus time over the duration of the same
	// interactions. Both leave out interactions where either is unknown or in doubt.
	FocusS   int64
	FocusOfS int64
	// Disruptions ÷ Activities is disruptions an activity, over interactions where both are known.
	Disruptions int64
	Activities  int64
}

// Change tells how an answer that is being shown differs from the same question asked now.
type Change struct {
	Added   int `json:"added"`
	Removed int `json:"removed"`
}

// UnknownValue is a value in a filter that names no queue, user, connector or group that
// the asking user may see.
type UnknownValue struct {
	Field string `json:"field"`
	Value string `json:"value"`
}
