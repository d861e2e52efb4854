package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"wapdesk/app/export"
	"wapdesk/store"
	"wapdesk/store/listing"
)

// progressEvery keeps the screen at ten updates a second.
const progressEvery = 100 * time.Millisecond

// exportJobs holds running and finished exports of this run of the program.
type exportJobs struct {
	mu     sync.Mutex
	next   int
	cancel map[string]context.CancelFunc
	paths  map[string]string // of finished ones
}

func newExportJobs() *exportJobs {
	return &exportJobs{cancel: map[string]context.CancelFunc{}, paths: map[string]string{}}
}

func (e *exportJobs) start(cancel context.CancelFunc) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.next++
	id := strconv.Itoa(e.next)
	e.cancel[id] = cancel
	return id
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
	return "", &Error{Code: "not_found"}
}

// take gives the path of a finished export and forgets it.
func (e *exportJobs) take(id string) (string, error) {
	path, err := e.path(id)
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.paths, id)
	return path, err
}

// previewRows is how many rows the dialog shows.
const previewRows = 5

// Preview shows what the file would hold.
func (e *Exports) Preview(r ExportRequest) (preview ExportPreview, err error) {
	defer e.c.guard("Exports.Preview", &err)
	ctx := e.c.context()
	p, err := e.c.profile()
	if err != nil {
		return ExportPreview{}, err
	}
	j, err := e.c.prepareExport(ctx, p, r)
	if coded := AsErrorOrNil(err); coded != nil && coded.Code == "no_export_right" {
		return ExportPreview{Header: []string{}, Cells: [][]string{}, Missing: []DayRange{}}, nil
	}
	if err != nil {
		return ExportPreview{}, err
	}
	preview = ExportPreview{
		Rows: j.rows, Header: []string{}, Cells: [][]string{}, FileName: j.fileName(), Missing: j.missing, Allowed: true,
		Limit: rowLimit(r.Format),
	}
	if isTranscript(r.Format) {
		return preview, e.c.previewTranscript(ctx, j, &preview)
	}
	var sample []listing.Record
	for rec := range j.each(ctx) {
		if sample = append(sample, *rec); len(sample) == 100 {
			break
		}
	}
	header, cells, err := export.Preview(j.write, sample[:min(len(sample), previewRows)])
	if err != nil {
		return ExportPreview{}, err
	}
	preview.Header, preview.Cells = nonNil(header), nonNil(cells)
	preview.Bytes, err = export.EstimateBytes(ctx, j.write, sample, j.rows)
	return preview, err
}

// Start asks where to save and writes the file in the background. In a browser the file is
// written inside the profile and fetched once through its URL.
func (e *Exports) Start(r ExportRequest) (progress ExportProgress, err error) {
	defer e.c.guard("Exports.Start", &err)
	p, err := e.c.profile()
	if err != nil {
		return ExportProgress{}, err
	}
	ctx, cancel := context.WithCancel(e.c.context())
	j, err := e.c.prepareExport(ctx, p, r)
	if err == nil {
		err = j.checkLimit()
	}
	if err != nil {
		cancel()
		return ExportProgress{}, err
	}
	id := e.c.exports.start(cancel)
	path, url, err := e.c.whereTo(p, id, j.fileName())
	if err != nil || path == "" {
		e.c.exports.finish(id, "")
		return ExportProgress{ID: id, State: "cancelled"}, err
	}
	progress = ExportProgress{ID: id, State: "running", Total: j.rows, File: filepath.Base(path), Params: map[string]string{}}
	go e.c.runExport(ctx, j, path, url, progress)
	return progress, nil
}

func (c *Core) whereTo(p *openProfile, id, name string) (path, url string, err error) {
	host := c.theHost()
	if !host.Downloads() {
		path, err = host.SaveFile(c.words(c.settings(p).Lang)("export.saveTitle"), name)
		return path, "", err
	}
	dir := filepath.Join(p.db.Folder().ExportsTemp(), id)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", "", err
	}
	return filepath.Join(dir, name), "/download/" + id, nil
}

func (c *Core) runExport(ctx context.Context, j *exportJob, path, url string, progress ExportProgress) {
	last := time.Time{}
	result, err := c.writeExport(ctx, j, path, func(rows int64) {
		if now := time.Now(); now.Sub(last) >= progressEvery {
			last = now
			progress.Rows = rows
			c.emit(EventExport, progress)
		}
	})
	progress.Rows, progress.Bytes = result.Rows, result.Bytes
	switch {
	case err == nil:
		progress.State, progress.URL = "done", url
		c.exports.finish(progress.ID, path)
	case errors.Is(err, export.ErrCancelled):
		progress.State = "cancelled"
		c.exports.finish(progress.ID, "")
	default:
		coded := AsError(err)
		c.log.Error("export failed", "code", coded.Code)
		progress.State, progress.Code, progress.Params = "failed", coded.Code, nonNilMap(coded.Params)
		c.exports.finish(progress.ID, "")
	}
	c.emit(EventExport, progress)
}

// writeExport writes the whole file or nothing, and logs it.
func (c *Core) writeExport(ctx context.Context, j *exportJob, path string, progress func(rows int64)) (export.Result, error) {
	var result export.Result
	var err error
	if isTranscript(j.request.Format) {
		result, err = export.WriteTranscriptFile(ctx, path, j.transcript, j.conversations(ctx), progress)
	} else {
		result, err = export.WriteFile(ctx, path, j.write, j.records(ctx), progress)
	}
	if err != nil {
		return result, err
	}
	entry := store.ExportEntry{AtMs: c.now().UnixMilli(), Path: c.logged(path), Format: j.request.Format, Filter: j.filter, Rows: result.Rows, By: j.profile.Login}
	if err := j.profile.db.LogExport(ctx, entry, j.ids(ctx)); err != nil {
		// The file is whole; only the log lacks it.
		c.log.Error("export not logged", "error", err.Error())
	}
	return result, nil
}

// logged is the place of a file as the log keeps it. A browser puts the file where only it
// knows, so that there is just a name.
func (c *Core) logged(path string) string {
	if c.theHost().Downloads() {
		return filepath.Base(path)
	}
	return path
}

// Written is an export of the command line.
type Written struct {
	Rows    int64
	Missing []DayRange // parts of the time asked for that are not stored
	AsOfMs  int64      // as SearchResult has it
	Zone    *time.Location
}

// Export writes a file for the command line.
func (c *Core) Export(ctx context.Context, r ExportRequest, path string, progress func(rows int64)) (Written, error) {
	p, err := c.profile()
	if err != nil {
		return Written{}, err
	}
	j, err := c.prepareExport(ctx, p, r)
	if err == nil {
		err = j.checkLimit()
	}
	if err != nil {
		return Written{}, err
	}
	result, err := c.writeExport(ctx, j, path, progress)
	return Written{Rows: result.Rows, Missing: j.missing, AsOfMs: j.asOfMs, Zone: p.db.Zone()}, err
}

// Cancel ends a running export; nothing of its file stays.
func (e *Exports) Cancel(id string) error {
	e.c.exports.stop(id)
	return nil
}

// Open opens a finished export with the program the system has for it.
func (e *Exports) Open(id string) (err error) {
	defer e.c.guard("Exports.Open", &err)
	path, err := e.c.exports.path(id)
	if err != nil {
		return err
	}
	return e.c.theHost().OpenPath(path)
}

// ShowInFolder opens the folder of a finished export.
func (e *Exports) ShowInFolder(id string) (err error) {
	defer e.c.guard("Exports.ShowInFolder", &err)
	path, err := e.c.exports.path(id)
	if err != nil {
		return err
	}
	return e.c.theHost().OpenPath(filepath.Dir(path))
}

func exportLog(ctx context.Context, db *store.DB) ([]ExportLogEntry, error) {
	kept, err := db.Exports(ctx)
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

func nonNilMap(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return m
}
