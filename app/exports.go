package app

import (
	"context"
	"errors"
	"path/filepath"

	"wapdesk/app/profile"
)

// Exports writes tables and transcripts.
type Exports struct{ a *App }

// Preview shows what the file would hold.
func (e *Exports) Preview(r profile.ExportRequest) (profile.ExportPreview, error) {
	return ask(e.a, "Exports.Preview", func(ctx context.Context, p *profile.Profile) (profile.ExportPreview, error) {
		r.Filter = e.a.veil.lift(r.Filter)
		x, err := p.PrepareExport(ctx, r)
		if errors.Is(err, profile.ErrNoExportRight) {
			return profile.ExportPreview{Header: []string{}, Cells: [][]string{}, Missing: []profile.DayRange{}}, nil
		}
		if err != nil {
			return profile.ExportPreview{}, err
		}
		return x.Preview(ctx, e.a.veil.over(p).record)
	})
}

// Start asks where to save and writes the file in the background. In a browser the file is
// written inside the profile and fetched once through its URL.
func (e *Exports) Start(r profile.ExportRequest) (ExportProgress, error) {
	return ask(e.a, "Exports.Start", func(ctx context.Context, p *profile.Profile) (ExportProgress, error) {
		r.Filter = e.a.veil.lift(r.Filter)
		x, err := p.PrepareExport(ctx, r)
		if err != nil {
			return ExportProgress{}, err
		}
		progress, path, err := e.a.place(p, x)
		if err != nil || path == "" {
			return progress, err
		}
		go e.a.write(p.BeginExport(progress.ID), p, x, path, progress)
		return progress, nil
	})
}

// Cancel ends a running export; nothing of its file stays.
func (e *Exports) Cancel(id string) error {
	if p, err := e.a.profiles.Open(); err == nil {
		p.CancelExport(id)
	}
	return nil
}

// Open opens a finished export with the program the system has for it.
func (e *Exports) Open(id string) error {
	return tell(e.a, "Exports.Open", func(_ context.Context, p *profile.Profile) error {
		path, err := p.ExportedFile(id)
		if err != nil {
			return err
		}
		return e.a.theHost().OpenPath(path)
	})
}

// ShowInFolder opens the folder of a finished export.
func (e *Exports) ShowInFolder(id string) error {
	return tell(e.a, "Exports.ShowInFolder", func(_ context.Context, p *profile.Profile) error {
		path, err := p.ExportedFile(id)
		if err != nil {
			return err
		}
		return e.a.theHost().OpenPath(filepath.Dir(path))
	})
}
