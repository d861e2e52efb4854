package profile

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"wapdesk/app/export"
	"wapdesk/store"
	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// maker puts a report together as of a moment.
type maker struct {
	p       *Profile
	r       Report
	words   export.Words
	region  string
	at      time.Time // the day that the period follows
	result  *Result
	found   *listing.Found
	all     listing.Figures
	beside  *Beside // nil: compared with nothing
	measure bool    // some target applies
}

// PreviewReport returns what a report would say now.
func (p *Profile) PreviewReport(ctx context.Context, r Report) (export.Report, error) {
	r, err := r.cleaned(p.Settings().Lang)
	if err != nil {
		return export.Report{}, err
	}
	report, _, err := p.compose(ctx, r, p.now())
	return report, err
}

// compose works a report out, and the period it is about.
func (p *Profile) compose(ctx context.Context, r Report, at time.Time) (export.Report, PeriodInfo, error) {
	rights, err := p.db.Rights(ctx)
	if err != nil {
		return export.Report{}, PeriodInfo{}, err
	}
	if !rights.MayExport() {
		return export.Report{}, PeriodInfo{}, ErrNoExportRight
	}
	view, err := p.viewOf(ctx, r)
	if err != nil {
		return export.Report{}, PeriodInfo{}, err
	}
	clock := p.Clock()
	clock.Now = at
	span, err := clock.Preset(r.Period)
	if err != nil {
		return export.Report{}, PeriodInfo{}, err
	}
	f := view.Filter
	if f.Time = (Period{Preset: AllTime}); span.FromMs != query.Beginning {
		f.Time = periodOf(clock, span)
	}
	m := &maker{p: p, r: r, words: p.Words(r.Lang), region: r.Region, at: at}
	if m.region == "" {
		m.region = r.Lang
	}
	if m.result, err = p.Search(ctx, f); err != nil {
		return export.Report{}, PeriodInfo{}, err
	}
	m.found = m.result.Found()
	if m.all, err = m.found.Figures(ctx); err != nil {
		return export.Report{}, PeriodInfo{}, err
	}
	m.measure = m.all.Targets.All.Measured > 0
	period := infoOf(span, p.db.Zone())
	report, err := m.report(ctx, view, f, period)
	return report, period, err
}

func (m *maker) report(ctx context.Context, view SavedView, f Filter, period PeriodInfo) (export.Report, error) {
	p := m.p
	out := export.Report{
		Title: m.r.Title, Words: m.words, Lang: m.r.Lang, Region: export.Region(m.region), When: p.now().In(p.db.Zone()),
	}
	name := view.Title
	if view.Key != "" {
		name = m.words(view.Key)
	}
	out.Lines = append(out.Lines, m.words("report.line.period", "rule", m.words("time."+m.r.Period), "days", m.days(period)), m.words("report.line.view", "view", name))
	var err error
	if m.r.Compare != "" {
		m.beside, err = p.Beside(ctx, m.result, m.found, Comparison{With: m.r.Compare})
		if why, ok := errors.AsType[*IncomparableError](err); ok {
			out.Notes = append(out.Notes, m.words("error.incomparable_"+why.Why))
		} else if err != nil {
			return export.Report{}, err
		}
	}
	if m.beside != nil {
		out.Compared = true
		out.Lines = append(out.Lines, m.words("report.line.compared", "days", m.days(m.beside.Period)))
	}
	out.Notes = append(out.Notes, m.notes()...)
	if out.Figures, err = m.figures(ctx); err != nil {
		return export.Report{}, err
	}
	if out.Tables, err = m.tables(ctx, f); err != nil {
		return export.Report{}, err
	}
	out.About, err = m.about(ctx)
	return out, err
}

// days words a period by its first and last day.
func (m *maker) days(period PeriodInfo) string {
	if period.FromMs == 0 || period.ToMs == 0 {
		return m.words("time.all")
	}
	from, to := m.day(period.FromMs), m.day(period.ToMs-1)
	if from == to {
		return from
	}
	return from + " – " + to
}

func (m *maker) day(ms int64) string {
	layout := time.DateOnly
	if m.region == "cs" {
		layout = "2. 1. 2006"
	}
	return time.UnixMilli(ms).In(m.p.db.Zone()).Format(layout)
}

// notes are what limits the report.
func (m *maker) notes() []string {
	var notes []string
	if missing := m.result.Missing; len(missing) > 0 {
		lines := make([]string, len(missing))
		for i, d := range missing {
			lines[i] = m.days(PeriodInfo{FromMs: d.FromMs, ToMs: d.ToMs})
		}
		notes = append(notes, m.words("report.note.missing", "days", strings.Join(lines, ", ")))
	}
	if m.result.AsOfMs > 0 {
		at := time.UnixMilli(m.result.AsOfMs).In(m.p.db.Zone())
		notes = append(notes, m.words("report.note.asOf", "day", m.day(m.result.AsOfMs), "time", at.Format("15:04")))
	}
	if m.result.KeptFrom != "" {
		notes = append(notes, m.words("report.note.pastKeeping", "day", m.result.KeptFrom))
	}
	if m.beside != nil {
		extent := m.beside.Extent(m.p.Clock())
		if extent.Unstored > 0 {
			notes = append(notes, m.words("report.note.unstored", "n", strconv.Itoa(extent.Unstored)))
		}
		if extent.Alone > 0 {
			notes = append(notes, m.words("report.note.alone", "n", strconv.Itoa(extent.Alone)))
		}
	}
	if m.all.N < 10 {
		notes = append(notes, m.words("overview.few.about"))
	}
	return notes
}

func (m *maker) about(ctx context.Context) ([][2]string, error) {
	p := m.p
	filter, err := p.Text(ctx, m.result, m.r.Lang)
	if err != nil {
		return nil, err
	}
	coverage, err := p.db.Coverage(ctx)
	if err != nil {
		return nil, err
	}
	about := [][2]string{{m.words("export.about.company"), p.Company()}, {m.words("export.about.filter"), filter}}
	for _, line := range rangeLines(DayRanges(coverage, p.db.Zone())) {
		about = append(about, [2]string{m.words("export.about.coverage"), line})
	}
	now := p.now().In(p.db.Zone())
	about = append(about,
		[2]string{m.words("export.about.zone"), p.db.Zone().String()},
		[2]string{m.words("export.about.when"), m.day(now.UnixMilli()) + " " + now.Format("15:04")},
		[2]string{m.words("export.about.by"), p.UserTitle(ctx)},
		[2]string{m.words("export.about.version"), p.opts.Version})
	if p.IsDemo() {
		about = append(about, [2]string{m.words("export.about.demo"), m.words("value.answered.yes")})
	}
	return slices.DeleteFunc(about, func(line [2]string) bool { return line[1] == "" }), nil
}

// MakeReport makes a report now, in its folder, and returns where the files are. ErrReportNoFolder where it has none.
func (p *Profile) MakeReport(ctx context.Context, k KeptReport) ([]string, error) {
	if k.Folder == "" {
		return nil, ErrReportNoFolder
	}
	return p.makeRemembered(ctx, k, p.now(), k.Run.DueMs)
}

func (p *Profile) makePlanned(ctx context.Context, k KeptReport, at time.Time) ([]string, error) {
	return p.makeRemembered(ctx, k, at, at.UnixMilli())
}

// makeRemembered makes the files and keeps what became of it.
func (p *Profile) makeRemembered(ctx context.Context, k KeptReport, at time.Time, due int64) ([]string, error) {
	files, err := p.writeReport(ctx, k, at)
	run := ReportRun{AtMs: p.now().UnixMilli(), DueMs: due, Files: files}
	if err != nil {
		run.Code, run.Params = p.opts.Code(err)
		run.Files = k.Run.Files
	}
	return files, errors.Join(err, p.keepJSON(context.WithoutCancel(ctx), reportRunKey+k.ID, run))
}

func (p *Profile) writeReport(ctx context.Context, k KeptReport, at time.Time) ([]string, error) {
	report, period, err := p.compose(ctx, k.Report, at)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(k.Folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the report's folder: %w", err)
	}
	var files []string
	for _, format := range k.Formats {
		path := k.free(filepath.Join(k.Folder, k.fileName(period, p.db.Zone(), p.Company())), "."+format)
		if err := p.writeReportFile(ctx, path, path, export.Format(format), report); err != nil {
			return files, err
		}
		files = append(files, path)
	}
	return files, nil
}

// ReportFileName returns the name that a report's file would have now, without its format.
func (p *Profile) ReportFileName(r Report) string {
	span, err := p.Clock().Preset(r.Period)
	if err != nil {
		return fileTitle(r.Title)
	}
	return r.fileName(infoOf(span, p.db.Zone()), p.db.Zone(), p.Company())
}

// WriteReport makes a report now as one file, whose name ends with its format, and logs it under another name, which is
// the path unless the file goes on to where only a browser knows.
func (p *Profile) WriteReport(ctx context.Context, r Report, path, logged string) error {
	report, _, err := p.compose(ctx, r, p.now())
	if err != nil {
		return err
	}
	format := strings.ToLower(strings.TrimPrefix(filepath.Ext(path), "."))
	return p.writeReportFile(ctx, path, logged, export.Format(format), report)
}

// writeReportFile writes a file and notes it in the log of exports. It holds figures and no interaction.
func (p *Profile) writeReportFile(ctx context.Context, path, logged string, format export.Format, r export.Report) error {
	if _, err := export.WriteReport(ctx, path, format, r); err != nil {
		return err
	}
	entry := store.ExportEntry{AtMs: p.now().UnixMilli(), Path: logged, Format: string(format), Filter: r.Title, By: p.Login}
	if err := p.db.LogExport(ctx, entry, nil); err != nil {
		p.log.Error("report not logged", "error", err.Error()) // the file is whole; only the log lacks it
	}
	return nil
}

// fileName fills in the pattern of a report's name and leaves out what no system takes in one.
func (r Report) fileName(period PeriodInfo, zone *time.Location, company string) string {
	day := func(ms int64) string {
		if ms <= 0 {
			return ""
		}
		return time.UnixMilli(ms).In(zone).Format(time.DateOnly)
	}
	name := strings.NewReplacer("{title}", r.Title, "{from}", day(period.FromMs), "{to}", day(period.ToMs-1), "{company}", company).Replace(r.Name)
	return PortableName(strings.Trim(fileTitle(name), " ._-"))
}

// free returns a name that nothing has, or that a run before gave to the same report: a file of somebody else is never
// replaced.
func (k KeptReport) free(stem, ext string) string {
	for n := 1; ; n++ {
		path := stem + ext
		if n > 1 {
			path = fmt.Sprintf("%s (%d)%s", stem, n, ext)
		}
		if _, err := os.Lstat(path); err != nil || slices.Contains(k.Run.Files, path) {
			return path
		}
	}
}
