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

// workColumns hold what of the figures of goals lies inside working hours.
var workColumns = [goals]int{GoalWait: colWorkWait, GoalFirstReply: colWorkReply, GoalSilence: colWorkSilence, GoalDuration: colWorkDuration}

// Targets are what interactions are measured by.
type Targets struct {
	All    Goals            // of queues that have none of their own, and of interactions without a queue
	Queues map[string]Goals // by unique name, instead of All
	// Inside says where working hours hold, and figures are measured inside them.
	Inside Inside
}

// Inside says of which queues figures are measured inside working hours.
type Inside struct {
	All    bool            // of queues that are not among Queues, and of interactions without a queue
	Queues map[string]bool // by unique name
	// Counting is set while figures inside working hours are not all counted: nothing is measured by them then.
	Counting bool
}

// of reports whether the working hours of a queue hold.
func (in *Inside) of(queue string) bool {
	if own, ok := in.Queues[queue]; ok && queue != "" {
		return own
	}
	return in.All
}

// shown reports whether there are figures inside working hours to be told.
func (in *Inside) shown() bool { return in.any() && !in.Counting }

// any reports whether there are working hours at all.
func (in *Inside) any() bool {
	for _, own := range in.Queues {
		if own {
			return true
		}
	}
	return in.All
}

// of returns the targets of a queue.
func (t *Targets) of(queue string) Goals {
	if t.Inside.Counting && t.Inside.of(queue) {
		return Goals{}
	}
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
	if !t.Inside.of(r.Queue.Name) {
		return own.judge(&Goals{GoalWait: wait, GoalFirstReply: int64(r.FirstReplyS), GoalSilence: int64(r.SilenceS), GoalDuration: int64(r.DurationS)})
	}
	if wait != Unknown {
		wait = int64(r.WorkWaitS)
	}
	return own.judge(&Goals{GoalWait: wait, GoalFirstReply: int64(r.WorkReplyS), GoalSilence: int64(r.WorkSilenceS), GoalDuration: int64(r.WorkDurationS)})
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
	byQueue []measure // by code; nil without any target
}

// measure is what interactions of a queue are measured by: limits of the columns.
type measure struct {
	limits  Goals
	columns *[goals]int
}

func (t *Targets) measure(queue string) measure {
	if t.Inside.of(queue) {
		return measure{t.of(queue), &workColumns}
	}
	return measure{t.of(queue), &goalColumns}
}

func (v *View) judge() judge {
	if v.targets.none() {
		return judge{}
	}
	names := &v.dict.refs[refQueue].names
	byQueue := make([]measure, names.n)
	for code := range byQueue {
		byQueue[code] = v.targets.measure(names.at(uint32(code)))
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
	if own.columns == &workColumns {
		wait = workWait(c, i, wait)
	}
	figures := Goals{GoalWait: wait}
	for g := GoalFirstReply; g < goals; g++ {
		if own.limits[g] != 0 {
			figures[g] = c[own.columns[g]].at(i)
		}
	}
	return own.limits.judge(&figures)
}

// workWait returns what of a row's wait, as figures count it, lies inside working hours, or Unknown.
func workWait(c *[allCols]col, i int, wait int64) int64 {
	if wait == Unknown {
		return Unknown
	}
	return c[colWorkWait].at(i)
}

// missed is the condition of rows that missed the target of a goal.
func (v *View) missed(g Goal) predicate {
	return v.eachTarget(g, func(limit int64, column int) predicate {
		over := predicate(rangePred{column, limit + 1, query.Forever})
		if column == colWorkWait {
			return and(over, v.waited().pred())
		}
		return over
	})
}

// measured is the condition of rows that the target of a goal applies to.
func (v *View) measured(g Goal) predicate {
	return v.eachTarget(g, func(_ int64, column int) predicate {
		known := predicate(notPred{blankPred{column}})
		switch column {
		case colWait:
			return v.waited().pred()
		case colWorkWait:
			return and(known, v.waited().pred())
		}
		return known
	})
}

// eachTarget joins a condition for each target that queues have of a goal, by the column that is measured.
func (v *View) eachTarget(g Goal, of func(limit int64, column int) predicate) predicate {
	type target struct {
		limit  int64
		column int
	}
	names := &v.dict.refs[refQueue].names
	queues := map[target]bitmap{}
	for code := range uint32(names.n) {
		own := v.targets.measure(names.at(code))
		at := target{own.limits[g], own.columns[g]}
		if queues[at] == nil {
			queues[at] = newBitmap(names.n)
		}
		queues[at].set(code)
	}
	var each []predicate
	for at, codes := range queues {
		switch {
		case at.limit == 0:
		case len(queues) == 1:
			return of(at.limit, at.column)
		default:
			each = append(each, and(setPred{colQueue, codes}, of(at.limit, at.column)))
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
