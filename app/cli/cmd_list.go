package cli

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
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
			p, err := s.open(ctx, offline|reads)
			if err != nil {
				return err
			}
			f, err := l.filter(ctx, p)
			if err != nil {
				return err
			}
			if facets != "" {
				return s.facets(ctx, p, facets, f)
			}
			result, err := p.Search(ctx, f)
			if err != nil {
				return err
			}
			s.warnMissing(result.Missing, result.AsOfMs, p.Zone())
			reply := listReply{Total: result.Total, Rows: []row{}, Gaps: gapsOf(result.Missing, p.Zone()), KeptFrom: known(result.KeptFrom)}
			if result.KeptFrom != "" {
				s.say("cli.pastKeeping", "day", result.KeptFrom)
			}
			if count {
				return s.print(map[string]any{"total": reply.Total, "missing": reply.Gaps, "kept_from": reply.KeptFrom}, func(w io.Writer) { fmt.Fprintln(w, reply.Total) })
			}
			records := result.Rows(offset, limit)
			for i := range records {
				reply.Rows = append(reply.Rows, rowOf(&records[i], p.Zone()).withColumns(&records[i], chosen))
			}
			if len(chosen) == 0 {
				chosen = baseColumns[:shownColumns]
			}
			return s.print(reply, func(w io.Writer) { s.table(w, reply, chosen) })
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
	s.warnMissing(result.Missing, result.AsOfMs, p.Zone())
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

// header is the name of a column; numbers that are no fields of a filter are named by what they are in files.
func (s *state) header(column string) string {
	key := "field." + column
	if text := s.text(key); text != key {
		return text
	}
	return s.text("export.column." + column)
}

// table writes columns of rows for a person.
func (s *state) table(w io.Writer, reply listReply, columns []string) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	cells := make([]string, len(columns))
	for i, field := range columns {
		cells[i] = s.header(field)
	}
	fmt.Fprintln(t, strings.Join(cells, "\t"))
	for i := range reply.Rows {
		for k, column := range columns {
			cells[k] = s.cell(&reply.Rows[i], column)
		}
		fmt.Fprintln(t, strings.Join(cells, "\t"))
	}
	_ = t.Flush() // standard output went away: nobody to tell
	fmt.Fprintln(w, s.text("list.count", "n", fmt.Sprint(reply.Total)))
}

func text(p *string) string {
	if p == nil {
		return "–"
	}
	return *p
}

func (s *state) yesNo(p *bool) string {
	switch {
	case p == nil:
		return "–"
	case *p:
		return s.text("value.answered.yes")
	}
	return s.text("value.answered.no")
}

func span(p *int64) string {
	if p == nil {
		return "–"
	}
	return fmt.Sprintf("%d:%02d:%02d", *p/3600, *p/60%60, *p%60)
}

func parses(layout, text string) bool {
	_, err := time.Parse(layout, text)
	return err == nil
}
