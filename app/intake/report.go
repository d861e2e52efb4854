package intake

// Reason says why a row or a value was not read.
type Reason string

// The reasons. With the first four the row is left out; with the others only the value is.
const (
	ReasonNoTime    Reason = "no_time"        // the time is blank
	ReasonTime      Reason = "time"           // the time is not one
	ReasonOrphan    Reason = "no_interaction" // an activity or message of no interaction in the file
	ReasonOrder     Reason = "order"          // one too far from its interaction to be matched
	ReasonMissed    Reason = "missed"
	ReasonMissedAt  Reason = "missed_time"
	ReasonAnswered  Reason = "answered"
	ReasonDuration  Reason = "duration"
	ReasonUnit      Reason = "unit" // a duration of which the column does not tell what its numbers count
	ReasonEnded     Reason = "ended"
	ReasonDirection Reason = "direction"
	ReasonNumber    Reason = "number"
	ReasonWord      Reason = "word"  // a word of an extra sheet that is not known
	ReasonQuote     Reason = "quote" // a quotation mark that never closes
)

// Reasons returns all reasons.
func Reasons() []Reason {
	return []Reason{
		ReasonNoTime, ReasonTime, ReasonOrphan, ReasonOrder, ReasonMissed, ReasonMissedAt, ReasonAnswered, ReasonDuration,
		ReasonUnit, ReasonEnded, ReasonDirection, ReasonNumber, ReasonWord, ReasonQuote,
	}
}

// Skipped is something that was not read. Row counts from 1 with the header, as
// spreadsheets number rows; in a .csv it counts records. It never holds a value, since
// values are about people.
type Skipped struct {
	Sheet  string // "" in a .csv
	Row    int
	Reason Reason
	Left   bool // the whole row was left out
}

// NoticeCode is a thing to know about how a file was read.
type NoticeCode string

// The notices, with what Count and Text of each are.
const (
	NoticeRepeated   NoticeCode = "repeated"            // Count rows have the unique name of an earlier one
	NoticeActivities NoticeCode = "repeated_activities" // the same of activities
	NoticeHidden     NoticeCode = "hidden"              // Count hidden sheets, named in Text, were left out
	NoticeOther      NoticeCode = "other"               // Count sheets without a known table, named in Text
	NoticeDayFirst   NoticeCode = "dates_dmy"           // Text is the date that told
	NoticeMonthFirst NoticeCode = "dates_mdy"           // Text is the date that told
	NoticeYearFirst  NoticeCode = "dates_ymd"           // Text is the date that told
	NoticeMinutes    NoticeCode = "minutes"             // durations with one colon were read as minutes and seconds
	NoticeTwice      NoticeCode = "twice"               // Count times lie in an hour that comes twice; the first was taken
	NoticeZone       NoticeCode = "zone"                // the file names no zone; Text is the one of the times
	NoticeEncoding   NoticeCode = "encoding"            // Text is the encoding that the headers told
	NoticeBroken     NoticeCode = "broken"              // Count characters cannot be read
	NoticeChanges    NoticeCode = "changes"             // Count rows tell of changes that are on another computer only
)

// NoticeCodes returns all codes.
func NoticeCodes() []NoticeCode {
	return []NoticeCode{
		NoticeRepeated, NoticeActivities, NoticeHidden, NoticeOther, NoticeDayFirst, NoticeMonthFirst, NoticeYearFirst,
		NoticeMinutes, NoticeTwice, NoticeZone, NoticeEncoding, NoticeBroken, NoticeChanges,
	}
}

// Notice is something a lead has to know about how a file was read. It holds no value of a row but a
// date.
type Notice struct {
	Code  NoticeCode
	Count int64
	Text  string
}

// Report tells what reading a file gave. It is complete when the rows have been read.
type Report struct {
	Rows       int64 // interactions
	Activities int64
	Messages   int64
	Left       int64            // rows that were left out
	Values     int64            // values that were left out of rows that were read
	Reasons    map[Reason]int64 // how many of both there are for each reason
	Skipped    []Skipped        // the first maxSkipped of both
	Columns    []string         // fields that were found, in the file's order
	Unknown    []string         // headers of columns that were left out
	Zone       string           // the zone of the times, by a name that can be loaded
	Own        bool             // written by Wapdesk
	Notices    []Notice
}

// maxSkipped is how many lines of a report are kept; beyond it only counts are.
const maxSkipped = 1000

func (r *Report) skip(sheet string, row int, reason Reason, left bool) {
	if left {
		r.Left++
	} else {
		r.Values++
	}
	if r.Reasons == nil {
		r.Reasons = map[Reason]int64{}
	}
	r.Reasons[reason]++
	if len(r.Skipped) < maxSkipped {
		r.Skipped = append(r.Skipped, Skipped{Sheet: sheet, Row: row, Reason: reason, Left: left})
	}
}

func (r *Report) notice(code NoticeCode, count int64, text string) {
	if count > 0 {
		r.Notices = append(r.Notices, Notice{Code: code, Count: count, Text: text})
	}
}

// noticeDates says how dates were read where the column told it.
func (r *Report) noticeDates(e *dateEvidence, asked Order) {
	if asked != "" {
		return // the lead knows
	}
	for _, kind := range []*orderEvidence{&e.rest, &e.dots} {
		if len(kind.left) == 1 && kind.telling != "" && (kind == &e.rest || kind.left[0] != DayFirst) {
			r.notice(NoticeCode("dates_"+string(kind.left[0])), 1, kind.telling)
		}
	}
}
