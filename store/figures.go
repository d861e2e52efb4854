package store

import (
	"context"

	"wapdesk/store/listing"
)

// Figures that are derived from what the contact centre gives. They are worked out here and
// nowhere else, whenever the rows they come from are stored.

// activityFigures are derived from an interaction's activities.
type activityFigures struct {
	Count       int64
	Open        bool
	Anomaly     bool
	FocusS      int64 // without doubtful ones; Unknown when no activity has one
	Disruptions int64 // Unknown when no activity has them
}

func figuresOfActivities(activities []Activity) activityFigures {
	figures := activityFigures{Count: int64(len(activities)), FocusS: listing.Unknown, Disruptions: listing.Unknown}
	for _, a := range activities {
		switch a.Action {
		case "WAIT", "OPEN", "POSTPONE":
			figures.Open = true
		}
		if focusAnomaly(a) {
			figures.Anomaly = true
		} else {
			figures.FocusS = addKnown(figures.FocusS, a.FocusS)
		}
		figures.Disruptions = addKnown(figures.Disruptions, a.FocusDisruptions)
	}
	return figures
}

// focusAnomaly says that a focus time cannot be true: an agent cannot look at an activity
// for longer than it lasted, nor for longer than it was open. The contact centre shows a
// warning for such values but gives no flag, so the rule is ours.
func focusAnomaly(a Activity) bool {
	if a.FocusS == listing.Unknown {
		return false
	}
	if a.FocusS < 0 || (a.DurationS != listing.Unknown && a.FocusS > a.DurationS) {
		return true
	}
	if a.TimeOpenMs == listing.Unknown || a.TimeCloseMs == listing.Unknown {
		return false
	}
	return a.FocusS*1000 > a.TimeCloseMs-a.TimeOpenMs
}

// messageFigures are derived from a transcript.
type messageFigures struct {
	Count       int64
	FirstReplyS int64 // from the customer's first message to the first answer of an agent
	SilenceS    int64 // the longest gap between two messages
	Failed      bool  // one could not be delivered
}

// deliveryFailed is the wire's word for a message that could not be delivered.
const deliveryFailed = "FAILED"

func figuresOfMessages(messages []Message) messageFigures {
	figures := messageFigures{Count: int64(len(messages)), FirstReplyS: listing.Unknown, SilenceS: listing.Unknown}
	for _, m := range messages {
		figures.Failed = figures.Failed || m.Delivery == deliveryFailed
	}
	eachGap(messages, func(fromMs, toMs int64) { figures.SilenceS = max(figures.SilenceS, (toMs-fromMs)/1000) },
		func(fromMs, toMs int64) { figures.FirstReplyS = max(0, (toMs-fromMs)/1000) })
	return figures
}

// eachGap tells of each time between two messages of the talk with the customer, and of the one from the
// customer's first message to the first answer of an agent.
func eachGap(messages []Message, gap, reply func(fromMs, toMs int64)) {
	asked, last := int64(listing.Unknown), int64(listing.Unknown)
	answered := false
	for _, m := range messages {
		// Notes between agents and commands are no part of the talk with the customer.
		if m.TimeMs == listing.Unknown || (m.Type != "" && m.Type != "PUBLIC") {
			continue
		}
		if last != listing.Unknown {
			gap(last, m.TimeMs)
		}
		last = m.TimeMs
		switch {
		case m.Direction == "IN" && asked == listing.Unknown:
			asked = m.TimeMs
		case m.Direction == "OUT" && asked != listing.Unknown && !answered:
			answered = true
			reply(asked, m.TimeMs)
		}
	}
}

func addKnown(sum, n int64) int64 {
	switch {
	case n == listing.Unknown:
		return sum
	case sum == listing.Unknown:
		return n
	}
	return sum + n
}

// reviewScore works out the score of a review as its form says: the initial score plus the
// points of the answers, the minimum score as a floor, and nothing but the floor when an answer
// to a disqualifying question took points away.
func reviewScore(form QAForm, answers map[string][]string) int64 {
	score, disqualified := form.InitialScore, false
	for _, question := range form.Questions {
		if question.Type != "TEXTAREA" && question.Free() && len(answers[question.Name]) > 0 {
			return listing.Unknown // its points are the contact centre's alone
		}
		for _, given := range answers[question.Name] {
			for _, option := range question.Options {
				if option.Value != given {
					continue
				}
				score += option.Points
				if question.Disqualify && option.Points < 0 {
					disqualified = true
				}
			}
		}
	}
	floor := max(form.MinimumScore, 0)
	if disqualified {
		return floor
	}
	if form.MinimumScore != listing.Unknown {
		score = max(score, form.MinimumScore)
	}
	return score
}

// putGivenStatuses keeps the statuses that a file gives, for the list: which activity has them is not said.
func (t *tx) putGivenStatuses(ctx context.Context, interaction int64, statuses []listing.Ref) error {
	for place, status := range statuses {
		id, err := t.ref(ctx, refStatuses, status)
		if err != nil {
			return err
		}
		if err := t.run(ctx, "INSERT INTO given_statuses (interaction_id, place, status_id) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET status_id = excluded.status_id",
			interaction, place, id); err != nil {
			return err
		}
	}
	return nil
}

// putGiven keeps the figures that a file gives, over those derived from the rows it holds.
func (t *tx) putGiven(ctx context.Context, id int64, given *GivenFigures) error {
	if given == nil {
		return nil
	}
	return t.run(ctx, `UPDATE interactions SET activity_count = COALESCE(?, activity_count), message_count = COALESCE(?, message_count),
		disruptions = COALESCE(?, disruptions), qa_score = COALESCE(?, qa_score), focus_s = COALESCE(?, focus_s), first_reply_s = COALESCE(?, first_reply_s),
		silence_s = COALESCE(?, silence_s), has_review = MAX(has_review, ?), is_open = MAX(is_open, ?), has_anomaly = MAX(has_anomaly, ?)
		WHERE id = ?`, numberArg(given.Activities), numberArg(given.Messages), numberArg(given.Disruptions), numberArg(given.Score), numberArg(given.FocusS),
		numberArg(given.FirstReplyS), numberArg(given.SilenceS), given.Reviewed == listing.TriYes, given.Open, given.Anomaly, id)
}
