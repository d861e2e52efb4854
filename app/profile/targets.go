package profile

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"wapdesk/store/hours"
	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// Targets are what interactions are measured by: those for all, and what queues have of their own.
type Targets struct {
	All    Goals        `json:"all"`
	Hours  *hours.Hours `json:"hours"` // null is around the clock
	Queues []QueueGoals `json:"queues"`
}

// Goals are targets: seconds that are not to be exceeded, and the least percentage of interactions to be
// answered. 0 is no target; among those of a queue AsForAll leaves it to the target for all.
type Goals struct {
	WaitS           int64 `json:"waitS"`
	FirstReplyS     int64 `json:"firstReplyS"`
	SilenceS        int64 `json:"silenceS"`
	DurationS       int64 `json:"durationS"`
	AnsweredPercent int64 `json:"answeredPercent"`
}

// QueueGoals are the targets and the working hours of one queue.
type QueueGoals struct {
	Queue string `json:"queue"` // unique name
	Goals Goals  `json:"goals"`
	// HoursOf says whose working hours hold: all, none (around the clock) or own, and Hours are its own.
	HoursOf string       `json:"hoursOf"`
	Hours   *hours.Hours `json:"hours"`
}

// AsForAll is a target of a queue that has none of its own.
const AsForAll = -1

// MaxGoalS bounds a target, in seconds; a silence of days is one that people have.
const MaxGoalS = 30 * 24 * 3600

// maxOwnTargets bounds the queues with targets of their own.
const maxOwnTargets = 1000

// GoalOfAnswers is the goal that is a share of interactions and not a figure of each.
const GoalOfAnswers = query.FieldAnswered

// GoalNames returns what targets can be set for, by the fields they are about: those that every
// interaction is measured by, then the share of answered ones.
func GoalNames() []string {
	fields := listing.GoalFields()
	return append(fields[:], GoalOfAnswers)
}

// Of returns where a goal of GoalNames is kept.
func (g *Goals) Of(goal string) *int64 {
	switch goal {
	case query.FieldWait:
		return &g.WaitS
	case query.FieldFirstReply:
		return &g.FirstReplyS
	case query.FieldSilence:
		return &g.SilenceS
	case query.FieldDuration:
		return &g.DurationS
	case GoalOfAnswers:
		return &g.AnsweredPercent
	}
	panic("no goal " + goal)
}

// clean brings values into their bounds; least is what stands for no value.
func (g *Goals) clean(least int64) {
	for _, goal := range GoalNames() {
		most := int64(MaxGoalS)
		if goal == GoalOfAnswers {
			most = 100
		}
		at := g.Of(goal)
		*at = min(max(*at, least), most)
	}
}

// own reports whether a queue has a target of its own.
func (g *Goals) own() bool {
	return slices.ContainsFunc(GoalNames(), func(goal string) bool { return *g.Of(goal) != AsForAll })
}

// clean drops queues without a target or hours of their own, and all but the last of those named twice.
func (t Targets) clean() Targets {
	t.All.clean(0)
	t.Hours = cleanHours(t.Hours)
	queues := []QueueGoals{}
	for _, q := range t.Queues {
		q.Goals.clean(AsForAll)
		q.cleanHours()
		queues = slices.DeleteFunc(queues, func(before QueueGoals) bool { return before.Queue == q.Queue })
		if q.Queue != "" && (q.Goals.own() || q.HoursOf != HoursAsForAll) && len(queues) < maxOwnTargets {
			queues = append(queues, q)
		}
	}
	slices.SortFunc(queues, func(a, b QueueGoals) int { return strings.Compare(a.Queue, b.Queue) })
	t.Queues = queues
	return t
}

// Of returns the targets that hold for a queue, "" for interactions without one: 0 is no target.
func (t Targets) Of(queue string) Goals {
	for _, q := range t.Queues {
		if q.Queue != queue {
			continue
		}
		own := q.Goals
		for _, goal := range GoalNames() {
			if at := own.Of(goal); *at == AsForAll {
				*at = *t.All.Of(goal)
			}
		}
		return own
	}
	return t.All
}

// ofList gives the list engine its part of the targets.
func (t Targets) ofList() listing.Targets {
	goals := func(g Goals) (out listing.Goals) {
		for i, field := range listing.GoalFields() {
			out[i] = *g.Of(field)
		}
		return out
	}
	out := listing.Targets{All: goals(t.All), Queues: map[string]listing.Goals{}}
	for _, q := range t.Queues {
		out.Queues[q.Queue] = goals(t.Of(q.Queue))
	}
	return out
}

func (t Targets) equal(o Targets) bool { return reflect.DeepEqual(t.clean(), o.clean()) }

// measureBy lets the list measure by targets.
func (p *Profile) measureBy(t Targets) {
	measured := t.ofList()
	measured.Inside = t.inside()
	measured.Inside.Counting = p.db.CountingInside()
	p.db.List().SetTargets(measured)
	p.todayMu.Lock()
	p.today = nil // it was made with those of before
	p.todayMu.Unlock()
}

// Targets returns what interactions are measured by.
func (p *Profile) Targets() Targets { return p.Settings().Targets }

// Judge measures an interaction by the targets of its queue.
func (p *Profile) Judge(r *listing.Record) (listing.Verdict, listing.Goals) {
	t := p.db.List().View().Targets()
	return t.Judge(r), t.Goals(r)
}

// SetTargets keeps the targets of the settings and returns them as they were kept.
func (p *Profile) SetTargets(ctx context.Context, t Targets) (Targets, error) {
	s := p.Settings()
	s.Targets = t
	kept, err := p.SetSettings(ctx, s)
	return kept.Targets, err
}

// QueueNamed returns the unique name of the queue that a text names by its title or unique name. Errors:
// *UnknownError, or *AmbiguousError where several have the title.
func (p *Profile) QueueNamed(ctx context.Context, text string) (string, error) {
	dir, err := p.Directory(ctx)
	if err != nil {
		return "", err
	}
	if strings.HasPrefix(text, query.GroupPrefix) || !dir.knows(query.FieldQueue, text) {
		return "", &UnknownError{What: query.FieldQueue, Name: text}
	}
	return dir.named(query.FieldQueue, text)
}

// QueueTitle returns what people call a queue, or its unique name where it is not known here.
func (p *Profile) QueueTitle(ctx context.Context, name string) (string, error) {
	dir, err := p.Directory(ctx)
	if err != nil {
		return "", err
	}
	return dir.titled(query.FieldQueue, name), nil
}
