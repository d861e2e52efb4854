package profile

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"wapdesk/app/export"
	"wapdesk/store"
	"wapdesk/store/listing"
)

// exportJobs holds running and finished exports of this run of the program.
type exportJobs struct {
	mu     sync.Mutex
	cancel map[string]context.CancelFunc
	paths  map[string]string // of finished ones
}

func newExportJobs() *exportJobs {
	return &exportJobs{cancel: map[string]context.CancelFunc{}, paths: map[string]string{}}
}

func (e *exportJobs) start(id string, cancel context.CancelFunc) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.cancel[id] = cancel
}

func (e *exportJobs) finish(id, path string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if cancel := e.cancel[id]; cancel != nil {
		cancel()
	}
	delete(e.cancel, id)
	if path != "" {
		e.paths[id] = path
	}
}

func (e *exportJobs) stop(id string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if cancel := e.cancel[id]; cancel != nil {
		cancel()
	}
}

func (e *exportJobs) path(id string) (string, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if path := e.paths[id]; path != "" {
		return path, nil
	}
	return "", ErrNotExported
}

// take returns the path of a finished export and forgets it.
func (e *exportJobs) take(id string) (string, error) {
	path, err := e.path(id)
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.paths, id)
	return path, err
}

// NewExportID returns an id for an export that is about to start. It is not given again while the
// program runs.
func (p *Profile) NewExportID() string { return p.ids.next() }

// BeginExport returns the context of an export under its id, which CancelExport ends.
func (p *Profile) BeginExport(id string) context.Context {
	ctx, cancel := context.WithCancel(p.run)
	p.exports.start(id, cancel)
	return ctx
}

// EndExport forgets a running export and keeps where its file is, "" when there is none.
func (p *Profile) EndExport(id, path string) { p.exports.finish(id, path) }

// CancelExport ends a running export; nothing of its file stays.
func (p *Profile) CancelExport(id string) { p.exports.stop(id) }

// ExportedFile returns the path of a finished export, or ErrNotExported.
func (p *Profile) ExportedFile(id string) (string, error) { return p.exports.path(id) }

// TakeExported returns the path of a finished export that was written inside the profile, once.
func (p *Profile) TakeExported(id string) (string, error) {
	path, err := p.exports.take(id)
	if err == nil && !strings.HasPrefix(path, p.db.Folder().ExportsTemp()) {
		return "", ErrNotExported
	}
	return path, err
}

// ExportFolder makes the folder inside the profile that an export is written to when a browser
// fetches it.
func (p *Profile) ExportFolder(id string) (string, error) {
	dir := filepath.Join(p.db.Folder().ExportsTemp(), id)
	return dir, os.MkdirAll(dir, 0o700)
}

// previewRows is how many rows a preview shows.
const previewRows = 5

// ExportPreview shows the first rows as the file will have them.
type ExportPreview struct {
	Rows     int64      `json:"rows"`
	Header   []string   `json:"header"`
	Cells    [][]string `json:"cells"`                // at most 5 rows
	Text     string     `json:"text" personal:"text"` // of transcripts: how the first begins
	Limit    int64      `json:"limit"`                // most interactions the format takes, 0 for any number
	Bytes    int64      `json:"bytes"`                // estimated size
	FileName string     `json:"fileName"`
	Missing  []DayRange `json:"missing"` // days of the filter that are not stored
	// KeptFrom is as in Result: days before it are past keeping, and so missing too.
	KeptFrom string `json:"keptFrom"`
	Allowed  bool   `json:"allowed"`
}

// Preview shows what the file would hold. Hide changes each row that is shown.
func (x *Export) Preview(ctx context.Context, hide func(*listing.Record)) (ExportPreview, error) {
	preview := ExportPreview{
		Rows: x.Rows, Header: []string{}, Cells: [][]string{}, FileName: x.FileName(), Missing: x.Missing, KeptFrom: x.KeptFrom, Allowed: true,
		Limit: rowLimit(x.request.Format),
	}
	if isTranscript(x.request.Format) {
		return preview, x.previewTranscript(ctx, &preview)
	}
	var sample []listing.Record
	rows, err := x.each(ctx)
	if err != nil {
		return ExportPreview{}, err
	}
	for rec := range rows {
		if sample = append(sample, *rec); len(sample) == 100 {
			break
		}
	}
	shown := slices.Clone(sample[:min(len(sample), previewRows)])
	for i := range shown {
		hide(&shown[i])
	}
	header, cells, err := export.Preview(x.write, shown)
	if err != nil {
		return ExportPreview{}, err
	}
	preview.Header, preview.Cells = nonNil(header), nonNil(cells)
	preview.Bytes, err = export.EstimateBytes(ctx, x.write, sample, x.Rows)
	return preview, err
}

// Write writes the whole file or nothing, and notes it in the log under the name logged, which is
// the path unless the file goes on to where only a browser knows.
func (x *Export) Write(ctx context.Context, path, logged string, progress func(rows int64)) (export.Result, error) {
	if err := x.CheckLimit(); err != nil {
		return export.Result{}, err
	}
	var result export.Result
	var err error
	if isTranscript(x.request.Format) {
		result, err = export.WriteTranscriptFile(ctx, path, x.transcript, x.conversations(ctx), progress)
	} else {
		result, err = export.WriteFile(ctx, path, x.write, x.records(ctx), progress)
	}
	if err != nil {
		return result, err
	}
	p := x.profile
	entry := store.ExportEntry{AtMs: p.now().UnixMilli(), Path: logged, Format: x.request.Format, Filter: x.filter, Rows: result.Rows, By: p.Login}
	ids, err := x.ids(ctx)
	if err == nil {
		err = p.db.LogExport(ctx, entry, ids)
	}
	if err != nil {
		// The file is whole; only the log lacks it.
		p.log.Error("export not logged", "error", err.Error())
	}
	return result, nil
}

// ExportLogEntry is one finished export of this profile.
type ExportLogEntry struct {
	TimeMs int64  `json:"timeMs"`
	File   string `json:"file"`
	Filter string `json:"filter" personal:"text"` // text form
	Rows   int64  `json:"rows"`
	Exists bool   `json:"exists"`
}

// ExportLog lists the finished exports of the profile, newest first.
func (p *Profile) ExportLog(ctx context.Context) ([]ExportLogEntry, error) {
	kept, err := p.db.Exports(ctx)
	if err != nil {
		return nil, err
	}
	entries := make([]ExportLogEntry, 0, len(kept))
	for _, x := range kept {
		exists := true // as far as is known of one that a browser has put somewhere
		if filepath.IsAbs(x.Path) {
			_, err := os.Stat(x.Path)
			exists = err == nil
		}
		entries = append(entries, ExportLogEntry{TimeMs: x.AtMs, File: x.Path, Filter: x.Filter, Rows: x.Rows, Exists: exists})
	}
	return entries, nil
}
