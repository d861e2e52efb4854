package app

import (
	"net/url"

	"wapdesk/store/listing"
)

func escape(s string) string { return url.QueryEscape(s) }

// rowOf shows a record as the page gets it.
func rowOf(r *listing.Record, dir *directory) Row {
	return Row{
		ID: r.ID, Name: r.Name, TimeMs: r.TimeMs,
		Queue: r.Queue.Title, QueueName: r.Queue.Name, QueueOff: dir.queuesOff[r.Queue.Name],
		User: r.User.Title, UserName: r.User.Name, UserOff: dir.usersOff[r.User.Name],
		Contact: r.Contact.Title, ContactName: r.Contact.Name,
		Account: r.Account.Title, AccountName: r.Account.Name,
		WA: r.WA, WANumber: r.WANumber, Sender: r.Sender, Title: r.Title,
		Answered: answeredText(r.Answered), WaitS: int64(r.WaitS), DurationS: int64(r.DurationS),
		Ended: r.Ended, Connector: r.Connector.Title,
		Missed: missedText(listing.Meaning(r.Missed, r.MissedTimeMs)), MissedRaw: r.Missed, MissedTimeMs: r.MissedTimeMs,
		Direction: r.Direction, States: stateTexts(r.State),
		FirstReplyS: int64(r.FirstReplyS), SilenceS: int64(r.SilenceS),
		Activities: int(r.Activities), Messages: int(r.Messages),
		Tickets: nonNil(r.Tickets), Figures: figuresOf(r),
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

func answeredText(t listing.Tri) string {
	switch t {
	case listing.TriYes:
		return "yes"
	case listing.TriNo:
		return "no"
	}
	return ""
}

func missedText(m listing.MissedMeaning) string {
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

func stateTexts(s listing.State) []string {
	texts := []string{}
	for _, t := range []struct {
		bit  listing.State
		text string
	}{
		{listing.StateAnonymised, "anonymised"}, {listing.StatePending, "pending"}, {listing.StateRefused, "refused"},
		{listing.StateConflict, "conflict"}, {listing.StateAnomaly, "anomaly"}, {listing.StateOpen, "open"},
	} {
		if s&t.bit != 0 {
			texts = append(texts, t.text)
		}
	}
	return texts
}

func namedRef(r listing.Ref) NamedRef { return NamedRef{Name: r.Name, Title: r.Title} }
