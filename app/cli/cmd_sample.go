package cli

import (
	"fmt"
	"io"
	"math/rand/v2"

	"github.com/spf13/cobra"

	"wapdesk/app/profile"
	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// sampleReply is what `sample --json` prints.
type sampleReply struct {
	Seed     int64         `json:"seed"`
	Agents   []sampleAgent `json:"agents"`
	Rows     []row         `json:"rows"` // agent by agent
	Gaps     []gap         `json:"missing"`
	KeptFrom *string       `json:"kept_from"`
}

type sampleAgent struct {
	User  string `json:"user"`
	Name  string `json:"name"`
	Count int    `json:"count"`
	Of    int    `json:"of"`
}

// seeds bounds the seeds that are made up here: short enough to be typed.
const seeds = 1_000_000

func (s *state) sampleCommand() *cobra.Command {
	var l listFlags
	o := profile.SampleOptions{}
	cmd := &cobra.Command{
		Use: "sample", Short: "help.sample", Long: "help.sampleLong", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !cmd.Flags().Changed("seed") {
				o.Seed = rand.Int64N(seeds) //nolint:gosec // chance, not a secret
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
			sample, err := p.Sample(ctx, f, o)
			if err != nil {
				return err
			}
			reply := sampleReply{
				Seed: sample.Seed, Agents: []sampleAgent{}, Rows: []row{}, Gaps: gapsOf(result.Missing, p.Zone()), KeptFrom: known(result.KeptFrom),
			}
			for _, a := range sample.Agents {
				reply.Agents = append(reply.Agents, sampleAgent{User: a.Title, Name: a.Name, Count: a.Count, Of: a.Of})
			}
			records := []listing.Record{}
			if len(sample.Names) > 0 {
				if records, err = s.recordsOf(cmd, p, sample.Names); err != nil {
					return err
				}
			}
			for i := range records {
				reply.Rows = append(reply.Rows, rowOf(&records[i], p.Zone()))
			}
			header, cells, err := s.table(p, records, append([]string{query.FieldID}, baseColumns[:shownColumns-1]...))
			if err != nil {
				return err
			}
			return s.print(reply, func(w io.Writer) {
				align(w, header, cells)
				fmt.Fprintln(w, s.text("cli.sample", "n", fmt.Sprint(len(records)), "agents", fmt.Sprint(len(reply.Agents)), "seed", fmt.Sprint(reply.Seed)))
			})
		},
	}
	l.addFilter(cmd)
	cmd.Flags().IntVar(&o.PerAgent, "per-agent", 3, "help.flag.perAgent")
	cmd.Flags().IntVar(&o.AtLeast, "at-least", 0, "help.flag.atLeast")
	cmd.Flags().Int64Var(&o.Seed, "seed", 0, "help.flag.sampleSeed")
	return cmd
}

// recordsOf reads interactions by their unique names, in their order.
func (s *state) recordsOf(cmd *cobra.Command, p *profile.Profile, names []string) ([]listing.Record, error) {
	byName := profile.Filter{Time: profile.Period{Preset: profile.AllTime}, Where: &query.Node{Field: query.FieldID, Op: query.Is, Values: names}}
	result, err := p.Search(cmd.Context(), byName)
	if err != nil {
		return nil, err
	}
	at := map[string]listing.Record{}
	for _, r := range result.Rows(0, result.Total) {
		at[r.Name] = r
	}
	records := make([]listing.Record, 0, len(names))
	for _, name := range names {
		records = append(records, at[name])
	}
	return records, nil
}
