package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wapdesk/app/profile"
	"wapdesk/store"
)

// ledgerRow is an erasure as scripts get it; null is unknown or none.
type ledgerRow struct {
	Name     string  `json:"name"`
	Time     *string `json:"time"`
	Queue    *string `json:"queue"`
	Erased   string  `json:"erased"`
	By       *string `json:"by"`
	Cause    *string `json:"cause"` // person, contact_centre, retention, elsewhere
	Filter   *string `json:"filter"`
	Messages int     `json:"messages"`
	Files    int     `json:"files"`
	Contacts int     `json:"contacts"`
	Changes  int     `json:"changes"`
	Upstream *string `json:"upstream"` // state of the request to the contact centre
	Exports  []int64 `json:"exports"`  // numbers in the log of exports
}

func ledgerRowOf(e *store.LedgerEntry) ledgerRow {
	at := func(ms int64) string { return time.UnixMilli(ms).UTC().Format(time.RFC3339) }
	row := ledgerRow{
		Name: e.Name, Queue: known(e.Queue), Erased: at(e.AtMs), By: known(e.By), Cause: known(string(e.Cause)), Filter: known(e.Filter),
		Messages: e.Messages, Files: e.Files, Contacts: e.Contacts, Changes: e.Changes, Upstream: known(string(e.Upstream)), Exports: e.Exports,
	}
	if e.TimeMs != 0 {
		row.Time = known(at(e.TimeMs))
	}
	return row
}

func (s *state) ledgerCommand() *cobra.Command {
	var out string
	var force bool
	cmd := &cobra.Command{
		Use: "ledger", Short: "help.ledger", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			format := strings.TrimPrefix(strings.ToLower(filepath.Ext(out)), ".")
			if out != "" {
				if !slices.Contains(tables, format) {
					return usage("format", "allowed", strings.Join(tables, ", "))
				}
				if err := mayWrite(out, force); err != nil {
					return err
				}
			}
			p, err := s.open(cmd.Context(), offline|reads|noList)
			if err != nil {
				return err
			}
			if out != "" {
				return s.saveLedger(cmd.Context(), p, format, out)
			}
			entries, err := p.LedgerEntries(cmd.Context())
			if err != nil {
				return err
			}
			rows := make([]ledgerRow, len(entries))
			for i := range entries {
				rows[i] = ledgerRowOf(&entries[i])
			}
			return s.print(map[string]any{"erasures": rows}, func(w io.Writer) {
				if len(rows) == 0 {
					s.say("cli.ledger.none")
				}
				for _, r := range rows {
					fmt.Fprintf(w, "%s  %s  %s  %s  %s  %s  %s\n", r.Erased, r.Name, text(r.Time), text(r.Queue), text(r.By), text(r.Cause), text(r.Upstream))
				}
			})
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "help.flag.out")
	cmd.Flags().BoolVar(&force, "force", false, "help.flag.force")
	return cmd
}

func (s *state) saveLedger(ctx context.Context, p *profile.Profile, format, out string) error {
	f, err := p.PrepareLedger(ctx, format, s.language())
	if err != nil {
		return err
	}
	if _, err := f.Write(ctx, out, out); err != nil {
		return err
	}
	return s.print(map[string]any{"rows": len(f.Rows)}, func(w io.Writer) { fmt.Fprintln(w, s.text("cli.exported", "n", fmt.Sprint(len(f.Rows)))) })
}
