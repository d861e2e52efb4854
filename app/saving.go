package app

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"wapdesk/app/export"
	"wapdesk/app/profile"
)

// progressEvery keeps the screen at ten updates a second.
const progressEvery = 100 * time.Millisecond

// ExportProgress arrives as the event EventExport, at most ten times a second and once
// with a final state.
type ExportProgress struct {
	ID     string            `json:"id"`
	State  string            `json:"state"` // running, done, failed, cancelled
	Rows   int64             `json:"rows"`
	Total  int64             `json:"total"`
	Bytes  int64             `json:"bytes"`
	File   string            `json:"file"` // name without folder
	URL    string            `json:"url"`  // in a browser: where to fetch the file once
	Code   string            `json:"code"`
	Params map[string]string `json:"params"`
}

// place finds out where an export goes, after what the format does not take was refused. The path
// is "" when the person changed their mind.
func (a *App) place(p *profile.Profile, x *profile.Export) (progress ExportProgress, path string, err error) {
	if err := x.CheckLimit(); err != nil {
		return ExportProgress{}, "", err
	}
	return a.placeNamed(p, x.Rows, x.FileName())
}

// placeNamed finds out where a file goes that is called so.
func (a *App) placeNamed(p *profile.Profile, rows int64, name string) (progress ExportProgress, path string, err error) {
	progress = ExportProgress{ID: p.NewExportID(), State: "cancelled", Params: map[string]string{}}
	if host := a.theHost(); host.Downloads() {
		folder, err := p.ExportFolder(progress.ID)
		if err != nil {
			return ExportProgress{}, "", err
		}
		path = filepath.Join(folder, name)
	} else if path, err = host.SaveFile(p.Words(p.Settings().Lang)("export.saveTitle"), name); err != nil || path == "" {
		return progress, "", err
	}
	progress.State, progress.Total, progress.File = "running", rows, filepath.Base(path)
	return progress, path, nil
}

// export writes a small file at once.
func (a *App) export(p *profile.Profile, x *profile.Export) (ExportProgress, error) {
	if err := x.CheckLimit(); err != nil {
		return ExportProgress{}, err
	}
	return a.save(p, x.Rows, x.FileName(), func(ctx context.Context, path, logged string) (export.Result, error) {
		return x.Write(ctx, path, logged, nil)
	})
}

// save asks where a small file goes and writes it at once.
func (a *App) save(
	p *profile.Profile, rows int64, name string, write func(ctx context.Context, path, logged string) (export.Result, error),
) (ExportProgress, error) {
	progress, path, err := a.placeNamed(p, rows, name)
	if err != nil || path == "" {
		return progress, err
	}
	ctx := p.BeginExport(progress.ID)
	result, err := write(ctx, path, a.logged(path))
	if err != nil {
		p.EndExport(progress.ID, "")
		return ExportProgress{}, err
	}
	p.EndExport(progress.ID, path)
	progress.State, progress.Rows, progress.Bytes, progress.URL = "done", result.Rows, result.Bytes, a.fetchURL(progress.ID)
	return progress, nil
}

// write writes a file and tells the page how far it is, at its beginning, at most ten times a second and at the end.
func (a *App) write(ctx context.Context, p *profile.Profile, x *profile.Export, path string, progress ExportProgress) {
	a.emit(EventExport, progress)
	last := time.Now()
	result, err := x.Write(ctx, path, a.logged(path), func(rows int64) {
		if now := time.Now(); now.Sub(last) >= progressEvery {
			last = now
			progress.Rows = rows
			a.emit(EventExport, progress)
		}
	})
	progress.Rows, progress.Bytes = result.Rows, result.Bytes
	switch {
	case err == nil:
		progress.State, progress.URL = "done", a.fetchURL(progress.ID)
		p.EndExport(progress.ID, path)
	case errors.Is(err, export.ErrCancelled):
		progress.State = "cancelled"
		p.EndExport(progress.ID, "")
	default:
		coded := AsError(err)
		a.log.Error("export failed", "code", coded.Code)
		progress.State, progress.Code, progress.Params = "failed", coded.Code, nonNilMap(coded.Params)
		p.EndExport(progress.ID, "")
	}
	a.emit(EventExport, progress)
}

// fetchURL returns where a browser fetches a finished file once, "" in a window.
func (a *App) fetchURL(id string) string {
	if a.theHost().Downloads() {
		return "/download/" + id
	}
	return ""
}

// logged returns the place of a file as the log keeps it. A browser puts the file where only it
// knows, so that there is just a name.
func (a *App) logged(path string) string {
	if a.theHost().Downloads() {
		return filepath.Base(path)
	}
	return path
}
