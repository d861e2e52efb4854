package cli

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"wapdesk/app/profile"
	"wapdesk/store/hours"
	"wapdesk/store/query"
)

// goalFlags are the options that set targets, by goal.
var goalFlags = map[string]string{
	query.FieldWait: "wait", query.FieldFirstReply: "first-reply", query.FieldSilence: "silence", query.FieldDuration: "duration",
	profile.GoalOfAnswers: "answered",
}

// goalKeys are the keys of targets in JSON, by goal.
var goalKeys = map[string]string{
	query.FieldWait: "wait", query.FieldFirstReply: "first_reply", query.FieldSilence: "silence", query.FieldDuration: "duration",
	profile.GoalOfAnswers: "answered",
}

func (s *state) targetsCommand() *cobra.Command {
	var queue, week, holidays string
	given := map[string]*string{}
	cmd := &cobra.Command{
		Use: "targets", Short: "help.targets", Long: "help.targetsLong", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			set := map[string]int64{}
			for _, goal := range profile.GoalNames() {
				if flag := goalFlags[goal]; cmd.Flags().Changed(flag) {
					value, err := readGoal(goal, *given[goal], queue != "")
					if err != nil {
						return err
					}
					set[goal] = value
				}
			}
			work, err := readHours(cmd, week, holidays, queue != "")
			if err != nil {
				return err
			}
			ctx := cmd.Context()
			how := offline | noList
			if len(set) == 0 && !work.some() {
				how |= reads
			}
			p, err := s.open(ctx, how)
			if err != nil {
				return err
			}
			name := ""
			if queue != "" {
				if name, err = p.QueueNamed(ctx, queue); err != nil {
					return err
				}
			}
			targets := p.Targets()
			if len(set) > 0 || work.some() {
				targets = withGoals(targets, name, set)
				if work.some() {
					if targets, err = withHours(targets, name, work); err != nil {
						return err
					}
				}
				if targets, err = p.SetTargets(ctx, targets); err != nil {
					return err
				}
				if err := p.CountHours(ctx); err != nil {
					return err
				}
			}
			return s.printTargets(ctx, p, targets)
		},
	}
	cmd.Flags().StringVar(&queue, "queue", "", "help.flag.targetQueue")
	cmd.Flags().StringVar(&week, flagHours, "", "help.flag.hours")
	cmd.Flags().StringVar(&holidays, flagHolidays, "", "help.flag.holidays")
	for _, goal := range profile.GoalNames() {
		given[goal] = cmd.Flags().String(goalFlags[goal], "", "help.flag.target."+goal)
	}
	return cmd
}

// readGoal reads the value of an option: none, as-for-all for a queue, a duration, or a percentage.
func readGoal(goal, text string, ofQueue bool) (int64, error) {
	switch {
	case text == "none":
		return 0, nil
	case text == "as-for-all" && ofQueue:
		return profile.AsForAll, nil
	case goal == profile.GoalOfAnswers:
		if n, err := strconv.Atoi(text); err == nil && n > 0 && n <= 100 {
			return int64(n), nil
		}
	default:
		if seconds, ok := query.ParseDuration(text); ok && seconds > 0 && seconds <= profile.MaxGoalS {
			return seconds, nil
		}
	}
	return 0, usage("goal", "flag", "--"+goalFlags[goal], "value", text)
}

// withGoals sets goals for all, or for a queue.
func withGoals(t profile.Targets, queue string, set map[string]int64) profile.Targets {
	of := &t.All
	if queue != "" {
		own := profile.QueueGoals{Queue: queue, HoursOf: profile.HoursAsForAll}
		for _, goal := range profile.GoalNames() {
			*own.Goals.Of(goal) = profile.AsForAll
		}
		for _, q := range t.Queues {
			if q.Queue == queue {
				own = q
			}
		}
		t.Queues = append(t.Queues, own) // of two the last one stays
		of = &t.Queues[len(t.Queues)-1].Goals
	}
	for goal, value := range set {
		*of.Of(goal) = value
	}
	return t
}

// printTargets writes the targets that hold, null for none; own names those that a queue has of its own.
func (s *state) printTargets(ctx context.Context, p *profile.Profile, t profile.Targets) error {
	holding := func(g profile.Goals, h *hours.Hours) map[string]any {
		out := map[string]any{}
		addHours(out, h)
		for _, goal := range profile.GoalNames() {
			out[goalKeys[goal]] = nil
			if value := *g.Of(goal); value > 0 {
				out[goalKeys[goal]] = value
			}
		}
		return out
	}
	queues := []map[string]any{}
	header := []string{s.text("field.queue")}
	for _, goal := range profile.GoalNames() {
		header = append(header, s.text("settings.targets."+goal))
	}
	header = append(header, s.text("settings.hours"))
	line := func(title string, g profile.Goals, h *hours.Hours) []string {
		return append(append([]string{title}, s.goalCells(g)...), hoursCell(h))
	}
	cells := [][]string{line(s.text("settings.targets.all"), t.All, t.Hours)}
	for _, q := range t.Queues {
		title, err := p.QueueTitle(ctx, q.Queue)
		if err != nil {
			return err
		}
		work := q.WorkHours(t.Hours)
		reply, own := holding(t.Of(q.Queue), work), []string{}
		for _, goal := range profile.GoalNames() {
			if *q.Goals.Of(goal) != profile.AsForAll {
				own = append(own, goalKeys[goal])
			}
		}
		if q.HoursOf != profile.HoursAsForAll {
			own = append(own, flagHours)
		}
		reply["queue"], reply["name"], reply["own"] = title, q.Queue, own
		queues = append(queues, reply)
		cells = append(cells, line(title, t.Of(q.Queue), work))
	}
	return s.print(map[string]any{"all": holding(t.All, t.Hours), "queues": queues}, func(w io.Writer) { align(w, header, cells) })
}

// goalCells are targets for a person, nothing for none.
func (s *state) goalCells(g profile.Goals) []string {
	var cells []string
	for _, goal := range profile.GoalNames() {
		switch value := *g.Of(goal); {
		case value == 0:
			cells = append(cells, "")
		case goal == profile.GoalOfAnswers:
			cells = append(cells, fmt.Sprintf("%d %%", value))
		default:
			cells = append(cells, clock(value))
		}
	}
	return cells
}
