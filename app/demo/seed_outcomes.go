package demo

import (
	"math"
	"math/rand/v2"
	"slices"
)

// answered lets agents work on an interaction: one, or two or three when it is handed over.
func (s *seeder) answered(r *rand.Rand, w *world, i *Interaction, live bool) []*Activity {
	wait, chat := spread(r, 45, 1.15), spread(r, 540, .8)
	yes, outgoing := true, i.talk.style == answeredOut
	if outgoing {
		wait = 0
		i.Direction = "OUT"
	} else {
		i.WaitTime = wait
	}
	first := s.agentOf(r, i.Queue, i.Time)
	accepted := i.Time + Stamp(wait)
	a := &Activity{
		Type: "WAP", Action: "CLOSE", Queue: i.Queue, User: first.Name, Time: i.Time, TimeWait: i.Time,
		TimeOpen: accepted, RingingTime: min(wait, 3+int64(r.IntN(12))), BeforeWork: 0, Priority: int64(5 * btoi(i.Queue == 4111)),
	}
	if outgoing {
		a.BeforeWork, a.RingingTime, a.TimeWait, a.CreatedBy = int64(10+r.IntN(120)), Unknown, 0, first.Name
	}
	if s.start < accepted || s.start-i.Time < 60 || live {
		i.WaitTime, a.Action, a.User, a.TimeOpen, a.RingingTime = Unknown, "WAIT", "", 0, Unknown
		a.BeforeWork, a.AfterWork, a.Duration, a.FocusTime = Unknown, Unknown, Unknown, Unknown
		if live || s.start-i.Time < 60 {
			i.State = "ROUTING"
		}
		i.talk.until = i.Time + 30
		return []*Activity{a}
	}
	i.Answered, i.User = &yes, first.Name
	work := []*Activity{a}
	ended := accepted + Stamp(chat)
	if s.start-i.Time < 500 { // someone is still being helped
		ended = s.start + 300
	}
	for handed := 0; chat > 240 && ended <= s.start && handed < 2 && chance(r, [2]float64{.1, .2}[handed]); handed++ {
		last := work[len(work)-1]
		moved := last.TimeOpen + Stamp(float64(ended-last.TimeOpen)*(.25+.4*r.Float64()))
		next := *last
		next.Queue = s.otherQueue(r, i)
		next.Time, next.TimeWait, next.TimeOpen = moved, moved, min(moved+Stamp(r.IntN(30)), ended)
		next.User, next.CreatedBy = s.agentOf(r, next.Queue, i.Time).Name, last.User
		last.finish(r, moved, moved+Stamp(r.IntN(40)))
		work = append(work, &next)
		i.User = next.User
	}
	last := work[len(work)-1]
	closed := ended + Stamp(spread(r, 40, .9))
	i.talk.until = min(ended, s.start)
	switch {
	case ended > s.start:
		last.Action, last.AfterWork, last.Duration = "OPEN", Unknown, Unknown
		last.FocusTime = int64(s.start-last.TimeOpen) / 2
		return work
	case closed > s.start || chance(r, .012):
		last.finish(r, ended, min(closed, s.start))
		last.Action, last.TimeClose, last.Duration, last.AfterWork = "OPEN", 0, Unknown, Unknown
		if closed <= s.start {
			last.Action = "POSTPONE"
		}
	default:
		last.finish(r, ended, closed)
	}
	i.Duration = int64(ended - accepted)
	i.Disconnection = "USER"
	switch u := r.Float64(); {
	case u < .42:
		i.Disconnection = "CLIENT"
	case u < .46:
		i.Disconnection = "TIMEOUT"
	}
	return work
}

// finish ends an agent's work: the chat at one moment, the after-work at another.
func (a *Activity) finish(r *rand.Rand, ended, closed Stamp) {
	ended = max(ended, a.TimeOpen)
	closed = max(closed, ended)
	a.TimeClose, a.AfterWork, a.Duration = closed, int64(closed-ended), int64(closed-a.TimeOpen)
	a.FocusTime = int64(float64(a.Duration) * (.35 + .6*r.Float64()))
	a.FocusDisruptions = int64(float64(a.Duration)/300*r.Float64()) + int64(r.IntN(2))
}

// agentOf draws an agent of a queue; those who have left worked only in the older part.
func (s *seeder) agentOf(r *rand.Rand, queue int64, at Stamp) *User {
	list := s.agents[queue]
	old := s.start-at > Stamp(s.days*86400*2/5)
	for range 8 {
		u := list[int(math.Pow(r.Float64(), 1.3)*float64(len(list)))]
		if old || !u.Deactivated {
			return u
		}
	}
	active := slices.IndexFunc(list, func(u *User) bool { return !u.Deactivated })
	return list[max(active, 0)]
}

// otherQueue is where an interaction is handed over to, mostly within its queue.
func (s *seeder) otherQueue(r *rand.Rand, i *Interaction) int64 {
	if i.talk.english || chance(r, .6) {
		return i.Queue
	}
	return pickOne(r, []int64{4102, 4105, 4107, 4109})
}

// missed fills an interaction that nobody took, in one of the four states. Whoever takes it off the list by
// hand has an activity of it.
func (s *seeder) missed(r *rand.Rand, i *Interaction) []*Activity {
	no := false
	i.Answered = &no
	i.WaitTime = min(spread(r, 230, .6), max(int64(s.start-i.Time), 1))
	i.MissedTime = i.Time + Stamp(i.WaitTime)
	i.talk.until = i.MissedTime
	if !s.working(i.Time) {
		i.Disconnection, i.WaitTime, i.MissedTime = "OUT_OF_TIME", 0, i.Time
	} else {
		i.Disconnection = [10]string{"CLIENT", "CLIENT", "CLIENT", "TIMEOUT", "TIMEOUT", "TIMEOUT", "NOT_AVAIL", "", "", ""}[r.IntN(10)]
	}
	waiting, back := .07, .72
	if s.start-i.Time < 86400 {
		waiting, back = .55, .3
	}
	switch u := r.Float64(); {
	case u < waiting:
		i.Missed = "YES"
	case u < waiting+back:
		i.Missed = "NO"
	default: // taken off the list by hand: empty, with the time left
		return s.cleared(i)
	}
	return nil
}

// cleared is the work of an agent who looks into a missed interaction and does no more about it.
func (s *seeder) cleared(i *Interaction) []*Activity {
	opened := i.MissedTime + Stamp(240+i.ID%1500)
	closed := opened + Stamp(20+i.ID%70)
	if closed > s.start || !s.working(opened) {
		return nil
	}
	agents := s.agents[i.Queue]
	agent := agents[int(i.ID)%len(agents)]
	if agent.Deactivated {
		return nil
	}
	took := int64(closed - opened)
	return []*Activity{{
		Type: "WAP", Action: "CLOSE", Queue: i.Queue, User: agent.Name, Time: opened, TimeWait: i.Time, TimeOpen: opened, TimeClose: closed,
		RingingTime: Unknown, BeforeWork: 0, AfterWork: 0, Duration: took, FocusTime: took * 3 / 4,
	}}
}

// unattended fills an interaction that the decision tree or the system dealt with.
func (s *seeder) unattended(r *rand.Rand, i *Interaction) {
	no := false
	i.Answered = &no
	i.Duration = min(spread(r, 70, .6), max(int64(s.start-i.Time), 1))
	i.WaitTime = 0
	i.Disconnection = "DECISION_TREE"
	i.talk.until = i.Time + Stamp(i.Duration)
	if i.talk.style == systemOnly {
		i.Direction, i.Disconnection, i.WaitTime = "", "", Unknown
	}
}
