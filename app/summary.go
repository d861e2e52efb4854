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

// TargetShare counts the interactions that a target applies to, and those of them within it.
type TargetShare struct {
	Goal     string `json:"goal"` // the field the target is about; "" for all targets together
	Measured int    `json:"measured"`
	Within   int    `json:"within"`
}

// targetShares leaves out goals that no interaction was measured by.
func targetShares(h listing.TargetHits) []TargetShare {
	shares := []TargetShare{{Measured: h.All.Measured, Within: h.All.Within}}
	for g, field := range listing.GoalFields() {
		if h.Of[g].Measured > 0 {
			shares = append(shares, TargetShare{Goal: field, Measured: h.Of[g].Measured, Within: h.Of[g].Within})
		}
	}
	return shares
}

// Summary is the strip above the list.
type Summary struct {
	Total      int   `json:"total"`
	Answered   int   `json:"answered"`
	Unanswered int   `json:"unanswered"` // known not to have been answered
	Missed     int   `json:"missed"`     // what the column says: waiting, cleared or contacted back
	Waiting    int   `json:"waiting"`    // missed and not contacted back
	Waited     int   `json:"waited"`     // interactions that the waits are of
	MedianS    int64 `json:"medianS"`    // wait, -1 unknown
	P90S       int64 `json:"p90S"`       // wait, -1 unknown
	// Targets are the shares within targets: of all targets together, then of each.
	Targets  []TargetShare `json:"targets"`
	HeatKind string        `json:"heatKind"` // day, days, weekdays
	Heat     []HeatCell    `json:"heat"`
}

func summaryOf(s listing.Summary) Summary {
	out := Summary{
		Total: s.Total, Answered: s.Answered, Unanswered: s.NotAnswered, Missed: s.Missed, Waiting: s.MissedWaiting,
		Waited: s.Waited, MedianS: int64(s.WaitMedianS), P90S: int64(s.WaitP90S), Heat: []HeatCell{},
		Targets: targetShares(s.Targets),
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
