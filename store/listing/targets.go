package listing

import "wapdesk/store/query"

// Goal is something that a target can be set for and that every interaction can be measured by.
type Goal uint8

// The goals.
const (
	GoalWait Goal = iota
	GoalFirstReply
	GoalSilence
	GoalDuration
	goals // number of goals
)

// GoalFields returns the fields that goals are of, by goal: they are the values of the target field too.
func GoalFields() [goals]string {
	var fields [goals]string
	for g, column := range goalColumns {
		fields[g] = figureFields[column].field
	}
	return fields
}

var goalColumns = [goals]int{GoalWait: colWait, GoalFirstReply: colFirstReply, GoalSilence: colSilence, GoalDuration: colDuration}

// Goals are targets, by goal: seconds that are not to be exceeded, 0 for no target.
type Goals [goals]int64

// Targets are what interactions are measured by.
type Targets struct {
	All    Goals            // of queues that have none of their own, and of interactions without a queue
	Queues map[string]Goals // by unique name, instead of All
}

// of returns the targets of a queue.
func (t *Targets) of(queue string) Goals {
	if own, ok := t.Queues[queue]; ok && queue != "" {
		return own
	}
	return t.All
}

// Verdict says which targets an interaction is measured by and which of them it missed, a bit for each Goal.
type Verdict struct{ Measured, Missed uint8 }

// Has reports whether a goal is among the bits of a verdict.
func (g Goal) Has(bits uint8) bool { return bits&(1<<g) != 0 }

// Judge measures an interaction by the targets of its queue. What is not known is measured by none, and
// the wait of an interaction that never waited in a queue is not either; see [Waited].
func (t *Targets) Judge(r *Record) Verdict {
	wait := int64(r.WaitS)
	if !Waited(wait, r.Queue.Name != "", r.Answered, r.Direction) {
		wait = Unknown
	}
	own := t.of(r.Queue.Name)
	return own.judge(&Goals{GoalWait: wait, GoalFirstReply: int64(r.FirstReplyS), GoalSilence: int64(r.SilenceS), GoalDuration: int64(r.DurationS)})
}

// Goals returns the targets that an interaction is measured by.
func (t *Targets) Goals(r *Record) Goals { return t.of(r.Queue.Name) }

func (own *Goals) judge(figures *Goals) Verdict {
	var v Verdict
	for g, limit := range own {
		if limit == 0 || figures[g] == Unknown {
			continue
		}
		v.Measured |= 1 << g
		if figures[g] > limit {
			v.Missed |= 1 << g
		}
	}
	return v
}

// Hits counts interactions that a target applies to, and those of them that are within it.
type Hits struct {
	Measured int `json:"measured"`
	Within   int `json:"within"`
}

// TargetHits are the hits of all targets together, where an interaction has to be within each that it is
// measured by, and of each one.
type TargetHits struct {
	All Hits        `json:"all"`
	Of  [goals]Hits `json:"of"` // by Goal
}

func (h *Hits) add(measured, missed bool) {
	if measured {
		h.Measured++
		if !missed {
			h.Within++
		}
	}
}

func (h *TargetHits) add(v Verdict) {
	if v.Measured == 0 {
		return
	}
	h.All.add(true, v.Missed != 0)
	for g := range goals {
		h.Of[g].add(g.Has(v.Measured), g.Has(v.Missed))
	}
}

func (h *TargetHits) merge(o *TargetHits) {
	h.All.Measured += o.All.Measured
	h.All.Within += o.All.Within
	for g := range goals {
		h.Of[g].Measured += o.Of[g].Measured
		h.Of[g].Within += o.Of[g].Within
	}
}

// Targets returns what interactions are measured by, which the caller must not change.
func (v *View) Targets() *Targets { return v.targets }

// judge measures rows of a view.
type judge struct {
	byQueue []Goals // by code; nil without any target
}

func (v *View) judge() judge {
	if v.targets.none() {
		return judge{}
	}
	names := &v.dict.refs[refQueue].names
	byQueue := make([]Goals, names.n)
	for code := range byQueue {
		byQueue[code] = v.targets.of(names.at(uint32(code)))
	}
	return judge{byQueue}
}

// none reports whether nothing is measured.
func (t *Targets) none() bool {
	for _, own := range t.Queues {
		if own != (Goals{}) {
			return false
		}
	}
	return t.All == Goals{}
}

// at measures a row whose wait, as figures count it, is known.
func (j judge) at(c *[allCols]col, i int, wait int64) Verdict {
	if j.byQueue == nil {
		return Verdict{}
	}
	own := &j.byQueue[c[colQueue].code(i)]
	figures := Goals{GoalWait: wait}
	for g := GoalFirstReply; g < goals; g++ {
		if own[g] != 0 {
			figures[g] = c[goalColumns[g]].at(i)
		}
	}
	return own.judge(&figures)
}

// missed is the condition of rows that missed the target of a goal.
func (v *View) missed(g Goal) predicate {
	return v.eachTarget(g, func(limit int64) predicate { return rangePred{goalColumns[g], limit + 1, query.Forever} })
}

// measured is the condition of rows that the target of a goal applies to.
func (v *View) measured(g Goal) predicate {
	known := predicate(notPred{blankPred{goalColumns[g]}})
	if g == GoalWait {
		known = v.waited().pred()
	}
	return v.eachTarget(g, func(int64) predicate { return known })
}

// eachTarget joins a condition for each target that queues have of a goal.
func (v *View) eachTarget(g Goal, of func(limit int64) predicate) predicate {
	names := &v.dict.refs[refQueue].names
	queues := map[int64]bitmap{}
	for code := range uint32(names.n) {
		limit := v.targets.of(names.at(code))[g]
		if queues[limit] == nil {
			queues[limit] = newBitmap(names.n)
		}
		queues[limit].set(code)
	}
	var each []predicate
	for limit, codes := range queues {
		switch {
		case limit == 0:
		case len(queues) == 1:
			return of(limit)
		default:
			each = append(each, and(setPred{colQueue, codes}, of(limit)))
		}
	}
	return or(each...)
}

// targetIs is the condition of rows with a value of the target field; see query.FieldTarget.
func (v *View) targetIs(value string) predicate {
	each := func(one func(Goal) predicate) predicate {
		of := make([]predicate, goals)
		for g := range goals {
			of[g] = one(g)
		}
		return or(of...)
	}
	switch value {
	case "yes":
		return and(each(v.measured), notPred{each(v.missed)})
	case "no":
		return each(v.missed)
	}
	for g, field := range GoalFields() {
		if field == value {
			return v.missed(Goal(g))
		}
	}
	return notPred{each(v.measured)} // no value: nothing to measure it by
}
