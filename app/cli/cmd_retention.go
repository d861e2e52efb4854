package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"wapdesk/app/profile"
)

func (s *state) retentionCommand() *cobra.Command {
	var days int
	var anonymise, preview, off bool
	cmd := &cobra.Command{
		Use: "retention", Short: "help.retention", Long: "help.retentionLong", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			chosen := cmd.Flags().Changed("days")
			switch {
			case off && (chosen || anonymise || preview):
				return usage("exclude", "one", "--off", "other", "--days, --anonymise, --preview")
			case anonymise && !chosen:
				return usage("required", "flag", "--days")
			case chosen && days < 1:
				return usage("days", "value", fmt.Sprint(days))
			}
			ctx := cmd.Context()
			reading := preview || !chosen && !off
			how := offline | noList
			if reading {
				how |= reads
			}
			p, err := s.open(ctx, how)
			if err != nil {
				return err
			}
			if reading {
				r, err := p.Retention(ctx)
				if chosen {
					r, err = p.PreviewRetention(ctx, days, anonymise)
				}
				if err != nil {
					return err
				}
				return s.printRetention(r, 0, 0, preview)
			}
			r, did, err := p.SetRetention(ctx, days, anonymise)
			if err != nil {
				return err
			}
			return s.printRetention(r, did.Removed, did.Anonymised, false)
		},
	}
	f := cmd.Flags()
	f.IntVar(&days, "days", 0, "help.flag.retentionDays")
	f.BoolVar(&anonymise, "anonymise", false, "help.flag.retentionAnonymise")
	f.BoolVar(&preview, "preview", false, "help.flag.retentionPreview")
	f.BoolVar(&off, "off", false, "help.flag.retentionOff")
	return cmd
}

// retentionReply is what `retention --json` prints. Days null means that everything is kept.
type retentionReply struct {
	Days      *int    `json:"days"`
	Anonymise bool    `json:"anonymise"`
	KeptFrom  *string `json:"kept_from"`
	// Interactions are older: a preview's, or those that are left.
	Interactions int `json:"interactions"`
	// Waiting are older too, but stay until their change is sent.
	Waiting    int `json:"waiting"`
	Removed    int `json:"removed"`
	Anonymised int `json:"anonymised"`
}

func (s *state) printRetention(r profile.Retention, removed, anonymised int, preview bool) error {
	reply := retentionReply{
		Anonymise: r.Anonymise, KeptFrom: known(r.KeptFrom), Interactions: r.Interactions, Waiting: r.Waiting,
		Removed: removed, Anonymised: anonymised,
	}
	if r.Days > 0 {
		reply.Days = &r.Days
	}
	return s.print(reply, func(w io.Writer) {
		if r.Days == 0 {
			fmt.Fprintln(w, s.text("cli.retention.off"))
			return
		}
		key := "cli.retention.removed"
		if r.Anonymise {
			key = "cli.retention.anonymised"
		}
		if preview {
			key = "cli.retention.wouldRemove"
			if r.Anonymise {
				key = "cli.retention.wouldAnonymise"
			}
		}
		fmt.Fprintln(w, s.text(key, "days", fmt.Sprint(r.Days), "day", r.KeptFrom, "n", fmt.Sprint(r.Interactions+removed+anonymised)))
		if r.Waiting > 0 {
			fmt.Fprintln(w, s.text("cli.retention.waiting", "n", fmt.Sprint(r.Waiting)))
		}
	})
}
