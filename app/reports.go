package app

import (
	"context"
	"path/filepath"

	"wapdesk/app/export"
	"wapdesk/app/profile"
)

// Reports keeps and makes reports.
type Reports struct{ a *App }

// ReportCover is what a report would say on its cover.
type ReportCover struct {
	Title    string        `json:"title"`
	Lines    []string      `json:"lines"`
	Notes    []string      `json:"notes"`
	Compared bool          `json:"compared"`
	Figures  []CoverFigure `json:"figures"`
}

// CoverFigure is a figure of the cover; what is null is not known.
type CoverFigure struct {
	Label  string   `json:"label"`
	Unit   string   `json:"unit"` // count, share (0–1), span (s)
	Now    *float64 `json:"now"`
	Was    *float64 `json:"was"`
	Change *float64 `json:"change"`
	Share  *float64 `json:"share"`  // of the change in what was
	Better int      `json:"better"` // 1 where more is better, -1 where less is
}

var unitNames = map[export.Unit]string{export.UnitCount: "count", export.UnitShare: "share", export.UnitSpan: "span"}

// List returns the reports by title.
func (r *Reports) List() ([]profile.KeptReport, error) {
	return ask(r.a, "Reports.List", func(ctx context.Context, p *profile.Profile) ([]profile.KeptReport, error) { return p.Reports(ctx) })
}

// Save adds a report, or replaces the one with its id.
func (r *Reports) Save(report profile.Report) (profile.KeptReport, error) {
	return ask(r.a, "Reports.Save", func(ctx context.Context, p *profile.Profile) (profile.KeptReport, error) {
		return p.SaveReport(ctx, report)
	})
}

// Delete removes a report; its files stay.
func (r *Reports) Delete(id string) error {
	return tell(r.a, "Reports.Delete", func(ctx context.Context, p *profile.Profile) error { return p.DeleteReport(ctx, id) })
}

// Preview returns the cover that a report would have now.
func (r *Reports) Preview(report profile.Report) (ReportCover, error) {
	return ask(r.a, "Reports.Preview", func(ctx context.Context, p *profile.Profile) (ReportCover, error) {
		made, err := p.PreviewReport(ctx, report)
		if err != nil {
			return ReportCover{}, err
		}
		return coverOf(made), nil
	})
}

func coverOf(made export.Report) ReportCover {
	cover := ReportCover{Title: made.Title, Lines: nonNilStrings(made.Lines), Notes: nonNilStrings(made.Notes), Compared: made.Compared, Figures: []CoverFigure{}}
	number := func(v export.Value) *float64 {
		if !v.Known {
			return nil
		}
		return &v.V
	}
	for _, f := range made.Figures {
		change, share := f.Change()
		cover.Figures = append(cover.Figures, CoverFigure{
			Label: f.Label, Unit: unitNames[f.Unit], Now: number(f.Now), Was: number(f.Was), Change: number(change), Share: number(share), Better: f.Better,
		})
	}
	return cover
}

func nonNilStrings(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// Make makes a report now, in its folder. The answer is the report with what became of it.
func (r *Reports) Make(id string) (profile.KeptReport, error) {
	return ask(r.a, "Reports.Make", func(ctx context.Context, p *profile.Profile) (profile.KeptReport, error) {
		k, err := p.ReportByID(ctx, id)
		if err != nil {
			return profile.KeptReport{}, err
		}
		if _, err := p.MakeReport(ctx, k); err != nil {
			return profile.KeptReport{}, err
		}
		return p.ReportByID(ctx, id)
	})
}

// SaveAs makes a report now in one format, where the person says; a browser fetches it.
func (r *Reports) SaveAs(id, format string) (ExportProgress, error) {
	return ask(r.a, "Reports.SaveAs", func(ctx context.Context, p *profile.Profile) (ExportProgress, error) {
		k, err := p.ReportByID(ctx, id)
		if err != nil {
			return ExportProgress{}, err
		}
		name := p.ReportFileName(k.Report) + "." + format
		return r.a.save(p, 0, name, func(ctx context.Context, path, logged string) (export.Result, error) {
			return export.Result{}, p.WriteReport(ctx, k.Report, path, logged)
		})
	})
}

// PickFolder asks for the folder of a report; "" when the person changed their mind.
func (r *Reports) PickFolder(title string) (folder string, err error) {
	defer r.a.guard("Reports.PickFolder", &err)
	return r.a.theHost().PickFolder(title)
}

// Open opens the first file of a report's last run with the program the system has for it.
func (r *Reports) Open(id string) error {
	return r.lastFile("Reports.Open", id, func(path string) string { return path })
}

// ShowInFolder opens the folder of a report's last run.
func (r *Reports) ShowInFolder(id string) error {
	return r.lastFile("Reports.ShowInFolder", id, filepath.Dir)
}

func (r *Reports) lastFile(method, id string, of func(path string) string) error {
	return tell(r.a, method, func(ctx context.Context, p *profile.Profile) error {
		k, err := p.ReportByID(ctx, id)
		if err != nil {
			return err
		}
		if len(k.Run.Files) == 0 {
			return profile.ErrNotExported
		}
		return r.a.theHost().OpenPath(of(k.Run.Files[0]))
	})
}

// SchedulerLine returns the line that makes the system's own scheduler make a report.
func (r *Reports) SchedulerLine(id string) (string, error) {
	return ask(r.a, "Reports.SchedulerLine", func(ctx context.Context, p *profile.Profile) (string, error) {
		k, err := p.ReportByID(ctx, id)
		if err != nil {
			return "", err
		}
		return p.ScheduleLine(k)
	})
}
