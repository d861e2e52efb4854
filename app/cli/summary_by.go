package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"wapdesk/app/profile"
	"wapdesk/store/listing"
)

// steps are what --by takes.
var steps = []listing.Step{listing.StepHour, listing.StepWeekday, listing.StepDay, listing.StepWeek, listing.StepMonth}

// stepNamed reads --by, "" for none.
func stepNamed(name string) (listing.Step, error) {
	step := listing.Step(name)
	if name != "" && !slices.Contains(steps, step) {
		names := make([]string, len(steps))
		for i, one := range steps {
			names[i] = string(one)
		}
		return "", notOneOf("--by", name, names)
	}
	return step, nil
}

// partReply holds the figures of one hour, weekday, day, week or month.
type partReply struct {
	Hour    *int    `json:"hour,omitempty"`    // 0 to 23, of all days together
	Weekday *int    `json:"weekday,omitempty"` // 1 to 7, 1 is Monday; of all weeks together
	From    *string `json:"from,omitempty"`    // first day
	To      *string `json:"to,omitempty"`      // last day
	// Missing is true where a part of it is not stored.
	Missing bool `json:"missing"`
	figuresReply
	Then *figuresReply `json:"then,omitempty"`
	// Same is true where both are over the same days.
	Same *bool `json:"same,omitempty"`
}

// partsOf returns the figures by a step, or by a longer one where there would be too many parts.
func partsOf(ctx context.Context, p *profile.Profile, r *profile.Result, step listing.Step, beside *profile.Beside) (string, []partReply, error) {
	parting := r.Found().Parting(step)
	var now, then []listing.Figures
	var same []bool
	var err error
	if beside == nil {
		now, err = r.Found().Parts(ctx, parting)
	} else {
		now, then, same, err = beside.Parts(ctx, r.Found(), parting)
	}
	if err != nil {
		return "", nil, err
	}
	parts := make([]partReply, len(now))
	for i := range now {
		part := partReply{figuresReply: figuresOf(now[i])}
		switch parting.Step {
		case listing.StepHour:
			part.Hour = &i
		case listing.StepWeekday:
			day := i + 1
			if p.Clock().SundayFirst {
				day = (i+6)%7 + 1
			}
			part.Weekday = &day
		default:
			span := parting.Ranges[i]
			from := time.UnixMilli(span.FromMs).In(p.Zone()).Format(time.DateOnly)
			to := time.UnixMilli(span.ToMs - 1).In(p.Zone()).Format(time.DateOnly)
			part.From, part.To = &from, &to
			part.Missing = slices.ContainsFunc(r.Missing, func(d profile.DayRange) bool { return d.FromMs < span.ToMs && d.ToMs > span.FromMs })
		}
		if then != nil {
			other := figuresOf(then[i])
			part.Then, part.Same = &other, &same[i]
		}
		parts[i] = part
	}
	return string(parting.Step), parts, nil
}

// writeParts writes the parts for a person, one a line.
func (s *state) writeParts(w io.Writer, r *summaryReply) {
	header := []string{
		s.text("trend.by." + r.Step), s.text("summary.total"), s.text("export.summary.share"), s.text("summary.median"),
		s.text("export.summary.waitP90"), s.text("overview.col.firstReply"), s.text("target.within"),
	}
	if r.Compared != nil {
		header = append(header, s.text("compare.then"))
	}
	cells := make([][]string, 0, len(r.Parts))
	for i := range r.Parts {
		p := &r.Parts[i]
		line := []string{
			s.partName(p), strconv.Itoa(p.Total), percent(p.Answered, p.Answered+p.Unanswered), clockOf(p.WaitMedian), clockOf(p.WaitP90),
			clockOf(p.FirstReply), percent(p.Within, p.Measured),
		}
		if p.Then != nil {
			line = append(line, strconv.Itoa(p.Then.Total))
		}
		cells = append(cells, line)
	}
	align(w, header, cells)
	if slices.ContainsFunc(r.Parts, func(p partReply) bool { return p.Missing }) {
		fmt.Fprintln(w, s.text("overview.byDay.missing"))
	}
}

func (s *state) partName(p *partReply) string {
	switch {
	case p.Hour != nil:
		return fmt.Sprintf("%d:00", *p.Hour)
	case p.Weekday != nil:
		return s.text("weekday." + strconv.Itoa(*p.Weekday))
	}
	name := *p.From
	if *p.To != *p.From {
		name += " – " + *p.To
	}
	if p.Missing {
		name += " *"
	}
	return name
}
