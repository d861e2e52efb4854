package demo

import (
	"cmp"
	"slices"
)

// flow works out the way of an interaction through the contact centre.
func flow(i *Interaction, work []*Activity, title func(queue int64) string) []Step {
	var steps []Step
	add := func(at Stamp, step string, queue int64, user string, lasts int64) {
		if at == 0 {
			return
		}
		steps = append(steps, Step{
			Name: i.Name + "_" + number(int64(len(steps)+1)), Time: at, Step: step, Queue: queue, User: user,
			Duration: lasts, Title: title(queue),
		})
	}
	if i.Direction == "IN" {
		if i.Disconnection == "DECISION_TREE" || i.Connector == "wapconn_2" {
			add(i.Time, "BOT", 0, "", Unknown)
		}
		if i.Disconnection != "DECISION_TREE" {
			add(i.Time, "QUEUED", i.Queue, "", i.WaitTime)
		}
	}
	for n, a := range work {
		if a.Type != "WAP" {
			continue
		}
		if n > 0 {
			add(a.Time, "TRANSFERRED", a.Queue, a.User, int64(max(a.TimeOpen-a.Time, 0)))
		} else if a.RingingTime > 0 && a.TimeOpen != 0 {
			add(a.TimeOpen-Stamp(a.RingingTime), "RINGING", a.Queue, a.User, a.RingingTime)
		}
		if i.Answered == nil || *i.Answered { // otherwise the customer had left
			add(a.TimeOpen, "ACCEPTED", a.Queue, a.User, a.Duration)
		}
		add(a.TimeClose, "SAVED", a.Queue, a.User, Unknown)
	}
	if i.Duration != Unknown {
		add(i.Time+Stamp(max(i.WaitTime, 0)+i.Duration), "ENDED", 0, "", Unknown)
	}
	if i.MissedTime != 0 {
		add(i.MissedTime, "MISSED", i.Queue, "", Unknown)
	}
	slices.SortStableFunc(steps, func(a, b Step) int { return cmp.Compare(a.Time, b.Time) })
	return steps
}
