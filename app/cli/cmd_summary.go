package cli

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"wapdesk/app/profile"
	"wapdesk/store/listing"
)

// summaryReply is what `summary --json` prints.
type summaryReply struct {
	Total      int    `json:"total"`
	Answered   int    `json:"answered"`
	Unanswered int    `json:"unanswered"`
	Missed     int    `json:"missed"`
	Waiting    int    `json:"waiting"` // missed and not contacted back
	Waited     int    `json:"waited"`  // that the waits are of
	WaitMedian *int64 `json:"wait_median"`
	WaitP90    *int64 `json:"wait_p90"`
	// WorkingHours are the figures inside them, null where none hold or not all are counted.
	WorkingHours *insideJSON `json:"working_hours"`
	// Targets has "all" for all of them together, and each one that applies to some interaction.
	Targets  map[string]listing.Hits `json:"targets"`
	Gaps     []gap                   `json:"missing"`
	KeptFrom *string                 `json:"kept_from"`
	Compared *comparedReply          `json:"compare,omitempty"`
	Step     string                  `json:"by,omitempty"`
	Parts    []partReply             `json:"parts,omitempty"`
	Details  *detailsReply           `json:"details,omitempty"`
}

func (s *state) summaryCommand() *cobra.Command {
	var l listFlags
	var compare, by, agent string
	var details bool
	cmd := &cobra.Command{
		Use: "summary", Short: "help.summary", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if agent != "" {
				if len(l.users) > 0 {
					return usage("exclude", "one", "--agent", "other", "--user")
				}
				l.users, details = []string{agent}, true
				if compare == "" {
					compare = profile.WithTeam
				}
			}
			with, err := comparison(compare)
			if err != nil {
				return err
			}
			step, err := stepNamed(by)
			if err != nil {
				return err
			}
			ctx := cmd.Context()
			p, f, err := s.chosen(ctx, &l)
			if err != nil {
				return err
			}
			result, err := s.found(ctx, p, f)
			if err != nil {
				return err
			}
			reply, err := summaryOf(ctx, p, result)
			if err != nil {
				return err
			}
			var beside *profile.Beside
			if with.With != "" {
				if beside, err = p.Beside(ctx, result, result.Found(), with); err != nil {
					return err
				}
				if reply.Compared, err = comparedOf(ctx, p, beside); err != nil {
					return err
				}
			}
			if step != "" {
				if reply.Step, reply.Parts, err = partsOf(ctx, p, result, step, beside); err != nil {
					return err
				}
			}
			if details {
				if reply.Details, err = detailsOf(ctx, p, result); err != nil {
					return err
				}
			}
			if work := p.WorkingHours(); work.Counting {
				s.say("summary.workCounting", "percent", strconv.Itoa(work.Percent))
			}
			return s.print(reply, func(w io.Writer) { s.writeSummary(w, &reply) })
		},
	}
	l.addFilter(cmd)
	cmd.Flags().StringVar(&compare, "compare", "", "help.flag.compare")
	cmd.Flags().StringVar(&by, "by", "", "help.flag.by")
	cmd.Flags().BoolVar(&details, "details", false, "help.flag.details")
	cmd.Flags().StringVar(&agent, "agent", "", "help.flag.agent")
	return cmd
}

func summaryOf(ctx context.Context, p *profile.Profile, result *profile.Result) (summaryReply, error) {
	sum, err := result.Summary(ctx)
	if err != nil {
		return summaryReply{}, err
	}
	return summaryReply{
		Total: sum.Total, Answered: sum.Answered, Unanswered: sum.NotAnswered, Missed: sum.Missed, Waiting: sum.MissedWaiting,
		Waited: sum.Waited, WaitMedian: number(int64(sum.WaitMedianS)), WaitP90: number(int64(sum.WaitP90S)),
		WorkingHours: workingHours(sum.Inside),
		Targets:      targetHits(sum.Targets), Gaps: gapsOf(result.Missing, p.Zone()), KeptFrom: known(result.KeptFrom),
	}, nil
}

// insideJSON are figures inside working hours, in seconds.
type insideJSON struct {
	Waited     int    `json:"waited"`
	WaitMedian *int64 `json:"wait_median"`
	WaitP90    *int64 `json:"wait_p90"`
	FirstReply *int64 `json:"first_reply"`
	Duration   *int64 `json:"duration"`
}

func workingHours(f *listing.InsideFigures) *insideJSON {
	if f == nil {
		return nil
	}
	return &insideJSON{f.Waited, number(int64(f.WaitMedianS)), number(int64(f.WaitP90S)), number(int64(f.FirstReplyMedianS)), number(int64(f.DurationMedianS))}
}

func targetHits(h listing.TargetHits) map[string]listing.Hits {
	out := map[string]listing.Hits{"all": h.All}
	for g, field := range listing.GoalFields() {
		if h.Of[g].Measured > 0 {
			out[goalKeys[field]] = h.Of[g]
		}
	}
	return out
}

// writeSummary writes the figures for a person, one a line.
func (s *state) writeSummary(w io.Writer, r *summaryReply) {
	cells := [][]string{
		{s.text("summary.total"), strconv.Itoa(r.Total), ""},
		{s.text("summary.answered"), strconv.Itoa(r.Answered), percent(r.Answered, r.Answered+r.Unanswered)},
		{s.text("summary.unanswered"), strconv.Itoa(r.Unanswered), percent(r.Unanswered, r.Answered+r.Unanswered)},
		{s.text("summary.missed"), strconv.Itoa(r.Missed), ""},
		{s.text("summary.waiting"), strconv.Itoa(r.Waiting), ""},
		{s.text("summary.median"), clockOf(r.WaitMedian), ""},
		{s.text("export.summary.waitP90"), clockOf(r.WaitP90), ""},
	}
	if in := r.WorkingHours; in != nil {
		cells = append(cells, []string{s.text("summary.workMedian"), clockOf(in.WaitMedian), ""},
			[]string{s.text("summary.workP90"), clockOf(in.WaitP90), ""}, []string{s.text("summary.workReply"), clockOf(in.FirstReply), ""})
	}
	if all := r.Targets["all"]; all.Measured > 0 {
		cells = append(cells, []string{s.text("target.within"), strconv.Itoa(all.Within), percent(all.Within, all.Measured)})
	}
	for _, field := range listing.GoalFields() {
		if hits, some := r.Targets[goalKeys[field]]; some {
			cells = append(cells, []string{s.text("target.within.of", "goal", s.text("field."+field)), strconv.Itoa(hits.Within), percent(hits.Within, hits.Measured)})
		}
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, line := range cells {
		fmt.Fprintln(t, strings.TrimRight(strings.Join(line, "\t"), "\t"))
	}
	_ = t.Flush() // standard output went away: nobody to tell
	if r.Compared != nil {
		fmt.Fprintln(w)
		s.writeCompared(w, r.Compared)
	}
	if r.Parts != nil {
		fmt.Fprintln(w)
		s.writeParts(w, r)
	}
	if r.Details != nil {
		fmt.Fprintln(w)
		s.writeDetails(w, r.Details)
	}
}

// percent writes a part as a percentage, nothing of nothing.
func percent(part, of int) string {
	if of == 0 {
		return ""
	}
	return strconv.Itoa((200*part+of)/(2*of)) + " %"
}

// clockOf writes seconds that may be unknown.
func clockOf(seconds *int64) string {
	if seconds == nil {
		return ""
	}
	return clock(*seconds)
}

// clock writes seconds as people read them: 0:02:00.
func clock(seconds int64) string {
	return fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
}
