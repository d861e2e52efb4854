package app

import "wapdesk/store/listing"

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

func summaryOf(s listing.Summary) Summary {
	out := Summary{
		Total: s.Total, Answered: s.Answered, Unanswered: s.NotAnswered, Missed: s.Missed, Waiting: s.MissedWaiting,
		Waited: s.Waited, MedianS: int64(s.WaitMedianS), P90S: int64(s.WaitP90S), Heat: []HeatCell{},
	}
	switch s.Heat.Kind {
	case listing.HeatHours:
		out.HeatKind = "day"
	case listing.HeatDays:
		out.HeatKind = "days"
	default:
		out.HeatKind = "weekdays"
	}
	for n, cell := range s.Heat.Cells {
		c := HeatCell{Day: n / 24, Hour: s.Heat.Hours[n], Count: cell.Count, Missed: cell.Missed}
		if s.Heat.Kind == listing.HeatHours {
			c.Day = 0 // also in a day of 25 hours
		}
		if s.Heat.Starts != nil {
			if c.FromMs = s.Heat.Starts[n]; c.FromMs == listing.Unknown {
				continue // the clocks skip this hour
			}
		}
		out.Heat = append(out.Heat, c)
	}
	return out
}
