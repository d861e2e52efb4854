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
	"wapdesk/store/query"
)

// weekdays are the days of a plan as options name them, Monday first.
var weekdays = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// reportFormats are what a report can be written as.
var reportFormats = []string{"xlsx", "pdf"}

// reportOptions are the options of the command.
type reportOptions struct {
	out                    string
	force                  bool
	save, remove, schedule bool
	view, period, compare  string
	tables, formats, days  []string
	at, folder, name       string
	language               string
}

// reportCommand lists the reports, makes one, or changes one.
func (s *state) reportCommand() *cobra.Command {
	var o reportOptions
	cmd := &cobra.Command{
		Use: "report [NAME]", Short: "help.report", Long: "help.reportLong", Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			switch {
			case len(args) == 0 && (o.save || o.remove || o.schedule || o.out != ""):
				return usage("reportName")
			case o.save && (o.remove || o.schedule || o.out != ""), o.remove && (o.schedule || o.out != ""), o.schedule && o.out != "":
				return usage("reportOne")
			case len(args) == 0:
				return s.listReports(ctx)
			case o.save:
				return s.saveReport(cmd, args[0], o)
			case o.remove:
				return s.removeReport(ctx, args[0])
			case o.schedule:
				return s.scheduleLine(ctx, args[0])
			}
			return s.makeReport(ctx, args[0], o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.out, "out", "", "help.flag.reportOut")
	f.BoolVar(&o.force, "force", false, "help.flag.force")
	f.BoolVar(&o.schedule, "schedule", false, "help.flag.reportSchedule")
	f.BoolVar(&o.remove, "delete", false, "help.flag.reportDelete")
	f.BoolVar(&o.save, "save", false, "help.flag.reportSave")
	f.StringVar(&o.view, "view", "all", "help.flag.reportView")
	f.StringVar(&o.period, "period", "lastweek", "help.flag.reportPeriod")
	f.StringVar(&o.compare, "compare", "", "help.flag.reportCompare")
	f.StringSliceVar(&o.tables, "tables", profile.ReportTables(), "help.flag.reportTables")
	f.StringSliceVar(&o.formats, "formats", []string{"xlsx"}, "help.flag.reportFormats")
	f.StringVar(&o.folder, "folder", "", "help.flag.reportFolder")
	f.StringVar(&o.name, "file-name", "", "help.flag.reportFileName")
	f.StringSliceVar(&o.days, "days", nil, "help.flag.reportDays")
	f.StringVar(&o.at, "at", "", "help.flag.reportAt")
	f.StringVar(&o.language, "report-lang", "", "help.flag.reportLang")
	return cmd
}

// reportReply is a report as scripts get it.
type reportReply struct {
	Title   string   `json:"title"`
	View    string   `json:"view"`
	Period  string   `json:"period"`
	Compare *string  `json:"compare"`
	Tables  []string `json:"tables"`
	Formats []string `json:"formats"`
	Lang    string   `json:"lang"`
	Folder  *string  `json:"folder"`
	Days    []string `json:"days"`
	At      *string  `json:"at"`
	Next    *string  `json:"next"`
	Made    *string  `json:"made"`
	Files   []string `json:"files"`
	Failed  *string  `json:"failed"`
}

func reportReplyOf(k profile.KeptReport, zone *time.Location) reportReply {
	moment := func(ms int64) *string {
		if ms == 0 {
			return nil
		}
		return known(time.UnixMilli(ms).In(zone).Format(time.RFC3339))
	}
	r := reportReply{
		Title: k.Title, View: k.View, Period: k.Period, Compare: known(k.Compare), Tables: k.Tables, Formats: k.Formats, Lang: k.Lang,
		Folder: known(k.Folder), Days: []string{}, At: known(k.At), Next: moment(k.NextMs), Made: moment(k.Run.AtMs), Files: k.Run.Files,
		Failed: known(k.Run.Code),
	}
	for _, d := range k.Days {
		r.Days = append(r.Days, weekdays[d-1])
	}
	return r
}

func (s *state) listReports(ctx context.Context) error {
	p, err := s.open(ctx, offline|reads|noList)
	if err != nil {
		return err
	}
	list, err := p.Reports(ctx)
	if err != nil {
		return err
	}
	out := make([]reportReply, len(list))
	for i, k := range list {
		out[i] = reportReplyOf(k, p.Zone())
	}
	return s.print(map[string]any{"reports": out}, func(w io.Writer) {
		if len(out) == 0 {
			fmt.Fprintln(w, s.text("cli.report.none"))
		}
		for _, r := range out {
			fmt.Fprintln(w, s.text("cli.report.line", "title", r.Title, "period", s.text("time."+query.CanonicalPreset(r.Period)), "days", strings.Join(r.Days, " "), "at", orDash(r.At), "made", orDash(r.Made)))
			if r.Failed != nil {
				fmt.Fprintln(w, "  "+s.text("cli.report.failed", "code", *r.Failed))
			}
		}
	})
}

func orDash(text *string) string {
	if text == nil {
		return "–"
	}
	return *text
}

// saveReport adds a report under a name, or changes the one that has it: what is not given stays.
func (s *state) saveReport(cmd *cobra.Command, title string, o reportOptions) error {
	ctx := cmd.Context()
	if !slices.Contains(query.Presets(), query.CanonicalPreset(o.period)) {
		return notOneOf("--period", o.period, query.Presets())
	}
	for _, one := range []struct {
		flag           string
		given, allowed []string
	}{{"--tables", o.tables, profile.ReportTables()}, {"--formats", o.formats, reportFormats}, {"--days", o.days, weekdays}} {
		for _, value := range one.given {
			if !slices.Contains(one.allowed, value) {
				return notOneOf(one.flag, value, one.allowed)
			}
		}
	}
	if compared := []string{"", "none", profile.WithBefore, profile.WithYear}; !slices.Contains(compared, o.compare) {
		return notOneOf("--compare", o.compare, compared[1:])
	}
	p, err := s.open(ctx, offline|noList)
	if err != nil {
		return err
	}
	k, err := p.ReportNamed(ctx, title)
	isNew := err != nil
	if isNew {
		k.Report = profile.Report{Title: title}
	}
	view, err := s.viewNamed(ctx, p, o.view)
	if err != nil {
		return err
	}
	days := []int{}
	for _, d := range o.days {
		days = append(days, slices.Index(weekdays, d)+1)
	}
	folder := o.folder
	if folder != "" {
		if folder, err = filepath.Abs(folder); err != nil {
			return err
		}
	}
	r := &k.Report
	for flag, set := range map[string]func(){
		"view": func() { r.View = view }, "period": func() { r.Period = query.CanonicalPreset(o.period) }, "compare": func() { r.Compare = o.compare },
		"tables": func() { r.Tables = o.tables }, "formats": func() { r.Formats = o.formats }, "folder": func() { r.Folder = folder },
		"file-name": func() { r.Name = o.name }, "days": func() { r.Days = days }, "at": func() { r.At = o.at }, "report-lang": func() { r.Lang = o.language },
	} {
		if isNew || cmd.Flags().Changed(flag) {
			set()
		}
	}
	if k, err = p.SaveReport(ctx, *r); err != nil {
		return err
	}
	return s.print(reportReplyOf(k, p.Zone()), func(w io.Writer) { fmt.Fprintln(w, s.text("cli.report.saved", "title", k.Title)) })
}

// viewNamed finds a view by its id or its title in either language.
func (s *state) viewNamed(ctx context.Context, p *profile.Profile, name string) (string, error) {
	views, err := p.Views(ctx)
	if err != nil {
		return "", err
	}
	for _, v := range views {
		titles := []string{v.ID, v.Title}
		if v.Key != "" {
			titles = append(titles, s.Text("en", v.Key), s.Text("cs", v.Key))
		}
		if slices.ContainsFunc(titles, func(t string) bool { return strings.EqualFold(t, name) }) {
			return v.ID, nil
		}
	}
	return "", &profile.UnknownError{What: profile.AView, Name: name}
}

func (s *state) removeReport(ctx context.Context, title string) error {
	p, err := s.open(ctx, offline|noList)
	if err != nil {
		return err
	}
	k, err := p.ReportNamed(ctx, title)
	if err != nil {
		return err
	}
	if err := p.DeleteReport(ctx, k.ID); err != nil {
		return err
	}
	return s.print(map[string]any{"title": k.Title, "deleted": true}, func(w io.Writer) {
		fmt.Fprintln(w, s.text("cli.report.deleted", "title", k.Title))
	})
}

// makeReport makes a report in its folder, or as the one file that is named.
func (s *state) makeReport(ctx context.Context, title string, o reportOptions) error {
	if o.out != "" {
		if !slices.Contains(reportFormats, strings.ToLower(strings.TrimPrefix(filepath.Ext(o.out), "."))) {
			return usage("format", "allowed", strings.Join(reportFormats, ", "))
		}
		if err := mayWrite(o.out, o.force); err != nil {
			return err
		}
	}
	p, err := s.open(ctx, offline)
	if err != nil {
		return err
	}
	k, err := p.ReportNamed(ctx, title)
	if err != nil {
		return err
	}
	files := []string{o.out}
	if o.out != "" {
		err = p.WriteReport(ctx, k.Report, o.out, o.out)
	} else {
		files, err = p.MakeReport(ctx, k)
	}
	if err != nil {
		return err
	}
	return s.print(map[string]any{"files": files}, func(w io.Writer) {
		for _, file := range files {
			fmt.Fprintln(w, file)
		}
	})
}

// scheduleLine prints the line that makes the system's own scheduler make a report also while nothing of ours runs.
func (s *state) scheduleLine(ctx context.Context, title string) error {
	p, err := s.open(ctx, offline|reads|noList)
	if err != nil {
		return err
	}
	k, err := p.ReportNamed(ctx, title)
	if err != nil {
		return err
	}
	line, err := p.ScheduleLine(k)
	if err != nil {
		return err
	}
	return s.print(map[string]any{"line": line}, func(w io.Writer) { fmt.Fprintln(w, line) })
}
