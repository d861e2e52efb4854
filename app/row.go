package app

import (
	"wapdesk/app/profile"
	"wapdesk/store/listing"
)

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
	Contact      string   `json:"contact" personal:"name"`
	ContactName  string   `json:"contactName"`
	Account      string   `json:"account" personal:"text"`
	AccountName  string   `json:"accountName"`
	WA           string   `json:"wa" personal:"text"`
	WANumber     string   `json:"waNumber" personal:"gone"`
	Sender       string   `json:"sender" personal:"text"`
	Title        string   `json:"title" personal:"text"`
	Answered     string   `json:"answered"` // yes, no, ""
	WaitS        int64    `json:"waitS"`
	DurationS    int64    `json:"durationS"`
	Ended        string   `json:"ended"`
	Connector    string   `json:"connector"`
	Missed       string   `json:"missed"` // waiting, contactedback, cleared, never
	MissedRaw    string   `json:"missedRaw"`
	MissedTimeMs int64    `json:"missedTimeMs"`
	Direction    string   `json:"direction"`
	Left         string   `json:"left"`   // why it is no longer in the list: rights, retention, gone; "" while it is
	States       []string `json:"states"` // anonymised, pending, refused, conflict, anomaly, open, failed, seen, reviewed, noted, lowReview
	FirstReplyS  int64    `json:"firstReplyS"`
	SilenceS     int64    `json:"silenceS"`
	Activities   int      `json:"activities"`
	Messages     int      `json:"messages"`
	Tickets      []string `json:"tickets" personal:"text"` // number and title of each
	Statuses     []string `json:"statuses"`                // titles
	// Target says whether it is within the targets of its queue: yes, no, "" where none applies.
	Target string `json:"target"`
	// Over has the targets that it missed: seconds, by field.
	Over map[string]int64 `json:"over"`
	// Figures are the known ones among the fields that are seconds or a count, by field.
	Figures map[string]int64 `json:"figures"`
}

// rowOf shows a record as the page gets it.
func rowOf(r *listing.Record, dir *profile.Directory, p *profile.Profile) Row {
	verdict, goals := p.Judge(r)
	return Row{
		ID: r.ID, Name: r.Name, TimeMs: r.TimeMs,
		Queue: r.Queue.Title, QueueName: r.Queue.Name, QueueOff: dir.QueueOff(r.Queue.Name),
		User: r.User.Title, UserName: r.User.Name, UserOff: dir.UserOff(r.User.Name),
		Contact: r.Contact.Title, ContactName: r.Contact.Name,
		Account: r.Account.Title, AccountName: r.Account.Name,
		WA: r.WA, WANumber: r.WANumber, Sender: r.Sender, Title: r.Title,
		Answered: answeredWord(r.Answered), WaitS: int64(r.WaitS), DurationS: int64(r.DurationS),
		Ended: r.Ended, Connector: r.Connector.Title,
		Missed: missedWord(listing.Meaning(r.Missed, r.MissedTimeMs)), MissedRaw: r.Missed, MissedTimeMs: r.MissedTimeMs,
		Direction: r.Direction, States: stateTexts(r.State),
		FirstReplyS: int64(r.FirstReplyS), SilenceS: int64(r.SilenceS),
		Activities: int(r.Activities), Messages: int(r.Messages),
		Target: targetWord(verdict), Over: overOf(verdict, goals),
		Tickets: nonNil(r.Tickets), Statuses: listing.Titles(r.Statuses), Figures: figuresOf(r),
	}
}

func figuresOf(r *listing.Record) map[string]int64 {
	figures := map[string]int64{}
	for _, field := range listing.FigureFields() {
		if n := *listing.Figure(field)(r); n != listing.Unknown {
			figures[field] = int64(n)
		}
	}
	return figures
}

// targetWord returns the word of the catalogue below "value.target.", "" where no target applies.
func targetWord(v listing.Verdict) string {
	switch {
	case v.Measured == 0:
		return ""
	case v.Missed == 0:
		return "yes"
	}
	return "no"
}

func overOf(v listing.Verdict, goals listing.Goals) map[string]int64 {
	over := map[string]int64{}
	for g, field := range listing.GoalFields() {
		if listing.Goal(g).Has(v.Missed) {
			over[field] = goals[g]
		}
	}
	return over
}

func stateTexts(s listing.State) []string {
	texts := []string{}
	for _, t := range []struct {
		bit  listing.State
		text string
	}{
		{listing.StateAnonymised, "anonymised"}, {listing.StatePending, "pending"}, {listing.StateRefused, "refused"},
		{listing.StateConflict, "conflict"}, {listing.StateAnomaly, "anomaly"}, {listing.StateOpen, "open"},
		{listing.StateFailed, "failed"}, {listing.StateSeen, "seen"}, {listing.StateReviewed, "reviewed"}, {listing.StateNoted, "noted"}, {listing.StateLowReview, "lowReview"},
	} {
		if s&t.bit != 0 {
			texts = append(texts, t.text)
		}
	}
	return texts
}

// NamedRef is a unique name with its title; an empty name means none.
type NamedRef struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

func namedRefs(refs []listing.Ref) []NamedRef {
	out := make([]NamedRef, 0, len(refs))
	for _, r := range refs {
		out = append(out, namedRef(r))
	}
	return out
}

func namedRef(r listing.Ref) NamedRef { return NamedRef{Name: r.Name, Title: r.Title} }

// nonNil returns a list that the page gets as one also when it is empty.
func nonNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// answeredWord returns the word of the catalogue below "value.answered.", "" for unknown.
func answeredWord(t listing.Tri) string {
	switch t {
	case listing.TriYes:
		return "yes"
	case listing.TriNo:
		return "no"
	}
	return ""
}

// missedWord returns the word of the catalogue below "value.missed.".
func missedWord(m listing.MissedMeaning) string {
	switch m {
	case listing.MissedWaiting:
		return "waiting"
	case listing.MissedCleared:
		return "cleared"
	case listing.ContactedBack:
		return "contactedback"
	}
	return "never"
}
