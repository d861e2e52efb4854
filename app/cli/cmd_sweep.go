package cli

import (
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"wapdesk/app/profile"
	"wapdesk/store/query"
)

// sweepReply is what `sweep --json` prints.
type sweepReply struct {
	Since    *string       `json:"since"` // null where another time was asked for
	Total    int           `json:"total"`
	Wrong    int           `json:"wrong"` // with any of the reasons
	Unseen   int           `json:"unseen"`
	Reasons  []sweepReason `json:"reasons"`
	Gaps     []gap         `json:"missing"`
	KeptFrom *string       `json:"kept_from"`
}

type sweepReason struct {
	Reason string `json:"reason"`
	Limit  *int64 `json:"limit"` // seconds of silence
	Count  int    `json:"count"`
	Query  string `json:"query"` // what finds them
}

func (s *state) sweepCommand() *cobra.Command {
	var l listFlags
	cmd := &cobra.Command{
		Use: "sweep", Short: "help.sweep", Long: "help.sweepLong", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			p, f, err := s.chosen(ctx, &l)
			if err != nil {
				return err
			}
			reply := sweepReply{Reasons: []sweepReason{}}
			if !l.timed(cmd) && !f.Where.Mentions(query.FieldTime) {
				since := p.Since()
				f.Time, reply.Since = profile.Period{From: since}, &since
			}
			result, err := s.found(ctx, p, f)
			if err != nil {
				return err
			}
			found, err := p.Sweep(ctx, f)
			if err != nil {
				return err
			}
			reply.Total, reply.Wrong, reply.Unseen = result.Total, found.Wrong, found.Unseen
			reply.Gaps, reply.KeptFrom = gapsOf(result.Missing, p.Zone()), known(result.KeptFrom)
			for _, r := range found.Reasons {
				one := sweepReason{Reason: r.Key, Count: r.Count, Query: query.Format(r.Where, "en")}
				if r.Limit > 0 {
					one.Limit = &r.Limit
				}
				reply.Reasons = append(reply.Reasons, one)
			}
			return s.print(reply, func(w io.Writer) { s.writeSweep(w, &reply) })
		},
	}
	l.addFilter(cmd)
	return cmd
}

// timed reports whether an option says of which time.
func (l *listFlags) timed(cmd *cobra.Command) bool {
	return cmd.Flags().Changed("time") || cmd.Flags().Changed("from") || cmd.Flags().Changed("to")
}

// writeSweep writes the counts for a person, one a line.
func (s *state) writeSweep(w io.Writer, r *sweepReply) {
	if r.Since != nil {
		fmt.Fprintln(w, s.text("cli.sweep.since", "time", *r.Since))
	}
	cells := [][]string{{s.text("summary.total"), strconv.Itoa(r.Total), ""}, {s.text("sweep.any"), strconv.Itoa(r.Wrong), ""}}
	for _, one := range r.Reasons {
		limit := ""
		if one.Limit != nil {
			limit = clock(*one.Limit)
		}
		cells = append(cells, []string{s.text("sweep.reason."+one.Reason, "limit", limit), strconv.Itoa(one.Count), one.Query})
	}
	cells = append(cells, []string{s.text("sweep.unseen"), strconv.Itoa(r.Unseen), "seen:no"})
	align(w, []string{s.text("cli.sweep.reason"), s.text("cli.sweep.count"), s.text("cli.sweep.query")}, cells)
}
