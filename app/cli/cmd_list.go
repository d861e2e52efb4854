package cli

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"wapdesk/app/profile"
)

// defaultLimit is how many rows `list` gives when nobody says.
const defaultLimit = 100

// shownColumns is how many of a row's fields a person sees unless told.
const shownColumns = 9

// maxLimit bounds one answer of `list`; more is what `export` is for.
const maxLimit = 1_000_000

type listReply struct {
	Total int   `json:"total"`
	Rows  []row `json:"rows"`
	Gaps  []gap `json:"missing"`
	// KeptFrom is the first day that is kept, when the range reaches before it.
	KeptFrom *string `json:"kept_from"`
}

func (s *state) listCommand() *cobra.Command {
	var l listFlags
	var offset, limit int
	var count bool
	var facets, columns string
	cmd := &cobra.Command{
		Use: "list", Short: "help.list", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if offset < 0 || limit < 0 || limit > maxLimit {
				return usage("pages", "max", strconv.Itoa(maxLimit))
			}
			chosen := list(columns)
			if err := checkColumns(chosen); err != nil {
				return err
			}
			ctx := cmd.Context()
			p, f, err := s.chosen(ctx, &l)
			if err != nil {
				return err
			}
			if facets != "" {
				return s.facets(ctx, p, facets, f)
			}
			result, err := s.found(ctx, p, f)
			if err != nil {
				return err
			}
			reply := listReply{Total: result.Total, Rows: []row{}, Gaps: gapsOf(result.Missing, p.Zone()), KeptFrom: known(result.KeptFrom)}
			if count {
				return s.print(map[string]any{"total": reply.Total, "missing": reply.Gaps, "kept_from": reply.KeptFrom}, func(w io.Writer) { fmt.Fprintln(w, reply.Total) })
			}
			records := result.Rows(offset, limit)
			for i := range records {
				reply.Rows = append(reply.Rows, rowOf(&records[i], p.Zone()).withColumns(&records[i], chosen, p.Judge))
			}
			if len(chosen) == 0 {
				chosen = baseColumns[:shownColumns]
			}
			header, cells, err := s.table(p, records, chosen)
			if err != nil {
				return err
			}
			return s.print(reply, func(w io.Writer) {
				align(w, header, cells)
				fmt.Fprintln(w, s.text("list.count", "n", fmt.Sprint(reply.Total)))
			})
		},
	}
	l.add(cmd)
	cmd.Flags().IntVar(&offset, "offset", 0, "help.flag.offset")
	cmd.Flags().IntVar(&limit, "limit", defaultLimit, "help.flag.limit")
	cmd.Flags().BoolVar(&count, "count", false, "help.flag.count")
	cmd.Flags().StringVar(&columns, "columns", "", "help.flag.listColumns")
	cmd.Flags().StringVar(&facets, "facets", "", "help.flag.facets")
	return cmd
}

func (s *state) facets(ctx context.Context, p *profile.Profile, field string, f profile.Filter) error {
	found, err := p.Facets(ctx, field, f)
	if err != nil {
		return err
	}
	result, err := p.Search(ctx, f) // what is missing of the range
	if err != nil {
		return err
	}
	s.warnMissing(result.Missing, result.AsOfMs, result.KeptFrom, p.Zone())
	type facet struct {
		Value string `json:"value"`
		Title string `json:"title"`
		Kind  string `json:"kind"`
		Count int    `json:"count"`
	}
	list := make([]facet, 0, len(found))
	for _, o := range found {
		list = append(list, facet{o.Value, o.Title, profile.FacetKind(o), o.Count})
	}
	return s.print(map[string]any{"field": field, "facets": list, "missing": gapsOf(result.Missing, p.Zone())}, func(w io.Writer) {
		for _, o := range list {
			fmt.Fprintf(w, "%8d  %s\n", o.Count, o.Title)
		}
	})
}

// unknown stands for a value that there is not.
const unknown = "–"

func text(p *string) string {
	if p == nil {
		return unknown
	}
	return *p
}

func parses(layout, text string) bool {
	_, err := time.Parse(layout, text)
	return err == nil
}
