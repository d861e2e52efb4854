package profile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"wapdesk/app/intake"
	"wapdesk/store"
	"wapdesk/store/private"
)

// OpenReport is what opening an exported file gave.
type OpenReport struct {
	Profile string       `json:"profile"`
	Rows    int          `json:"rows"`
	Left    int          `json:"left"`    // rows that were left out
	Values  int          `json:"values"`  // values that were left out of rows that were read
	Skipped []SkippedRow `json:"skipped"` // the first 100 of both
	Unknown []string     `json:"unknown"` // columns that were left out
	Notices []FileNotice `json:"notices"`
	// Dates asks for the order of day and month; nothing is open then.
	Dates *DatesQuestion `json:"dates,omitempty"`
}

// FileNotice is something to know about how a file was read: "firstrun.file.notice.<code>" with
// what it counts and quotes.
type FileNotice struct {
	Code  string `json:"code"`
	Count int    `json:"count"`
	Text  string `json:"text" personal:"text"`
}

// DatesQuestion shows dates of a file that can be read in several orders, or contradict each other.
type DatesQuestion struct {
	Contradict bool         `json:"contradict"`
	Samples    []DateSample `json:"samples"`
}

// DateSample is a date as the file has it and the day it means in each order, as 2026-11-22; "" where it
// is no date.
type DateSample struct {
	Text       string `json:"text"`
	DayFirst   string `json:"dmy"`
	MonthFirst string `json:"mdy"`
	YearFirst  string `json:"ymd"`
}

// SkippedRow is a row of a file that could not be read, with the reason's code.
type SkippedRow struct {
	Sheet string `json:"sheet"` // "" in a .csv
	Row   int    `json:"row"`
	Code  string `json:"code"`
}

// Question shows what a file leaves open about its dates.
func Question(e *intake.DatesError) *DatesQuestion {
	q := &DatesQuestion{Contradict: e.Contradict, Samples: []DateSample{}}
	for _, s := range e.Samples {
		q.Samples = append(q.Samples, DateSample{
			Text: s.Text, DayFirst: s.Readings[intake.DayFirst], MonthFirst: s.Readings[intake.MonthFirst], YearFirst: s.Readings[intake.YearFirst],
		})
	}
	return q
}

// CloseFile removes an opened file and goes back to the profile that was used before it. A profile
// that is none stays open.
func (m *Manager) CloseFile(ctx context.Context) error {
	p, err := m.Open()
	if err != nil || !p.IsFile() {
		return err
	}
	return m.leave(ctx, p.Name, m.useCovered)
}

// useCovered opens the profile that an opened file covered. Demo data that the program was started
// with are not what is opened without a word, but here they are what the person was looking at.
func (m *Manager) useCovered(ctx context.Context) (*Profile, error) {
	m.mu.RLock()
	covered := m.covered
	m.mu.RUnlock()
	if covered == DemoName {
		return m.useDemo(ctx, opening{})
	}
	return m.UseLast(ctx)
}

// cover remembers what was open before a file. A file opened over a file covers the same.
func (m *Manager) cover(before string, wasFile bool) {
	if wasFile {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.covered = before
}

// intakeBatch is how many interactions of a file are stored in one transaction.
const intakeBatch = 500

// maxSkipped is how many unread rows a report names.
const maxSkipped = 100

// OpenExported reads an exported file into a read-only profile of its own and opens it. When
// the file cannot be read, nothing of it stays and the profile used before is open again. Dates is the
// order of day, month and year for a file that leaves it open: dmy, mdy, ymd or "".
func (m *Manager) OpenExported(ctx context.Context, path, dates string) (OpenReport, error) {
	if err := m.gate.pass(); err != nil {
		return OpenReport{}, err
	}
	if dates != "" && !slices.Contains(intake.Orders(), intake.Order(dates)) {
		return OpenReport{}, store.ErrInvalid
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return OpenReport{}, fmt.Errorf("%w: %w", fs.ErrNotExist, err)
	}
	temp, sweep, err := m.readingFolder()
	if err != nil {
		return OpenReport{}, err
	}
	defer sweep()
	// The zone is named in our own files; the contact centre's are in its default.
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		return OpenReport{}, err
	}
	file, err := intake.Open(ctx, path, intake.Options{Zone: zone, Dates: intake.Order(dates), TempDir: temp})
	if err != nil {
		return OpenReport{}, err // and what is open stays open
	}
	defer func() { _ = file.Close() }() // frees what it unpacked; the rows are stored by then
	before, name := m.OpenName(), fileProfile(path)
	open, err := m.Open()
	overFile := err == nil && open.IsFile()
	report, err := m.storeAsProfile(ctx, name, path, file)
	if err == nil {
		m.cover(before, overFile)
		return report, nil
	}
	errs := []error{err, m.Close(), m.dropFile(context.WithoutCancel(ctx), name)}
	if before != "" && before != name {
		p, err := m.Use(context.WithoutCancel(ctx), Select{Profile: before})
		if err == nil {
			p.Background()
		}
		errs = append(errs, err)
	}
	return OpenReport{}, errors.Join(errs...)
}

// Incoming returns where files lie that were sent to be opened, until their rows are stored.
func (m *Manager) Incoming() string { return filepath.Join(m.opts.DataDir, ".incoming") }

// MakeIncoming makes that folder.
func (m *Manager) MakeIncoming() error { return private.Folder(m.Incoming()) }

// readingFolder makes a folder for what a workbook unpacks while it is read. It lies with uploads, which
// are swept at every start.
func (m *Manager) readingFolder() (path string, sweep func(), err error) {
	if err := m.MakeIncoming(); err != nil {
		return "", nil, err
	}
	path, err = os.MkdirTemp(m.Incoming(), "reading")
	if err != nil {
		return "", nil, err
	}
	return path, func() {
		_ = os.RemoveAll(path)
		_ = os.Remove(m.Incoming()) // stays when an upload lies there
	}, nil
}

// dropFile removes the profile of a file, also one that has no data file yet.
func (m *Manager) dropFile(ctx context.Context, name string) error {
	folder := m.disk.folder(name)
	if folder.Exists() {
		return m.Wipe(ctx, name)
	}
	return os.RemoveAll(string(folder))
}

// maxFileName is how much of a file's name its profile carries. A file system allows 255 bytes, and
// every letter beyond ASCII takes six in the name of a profile.
const maxFileName = 80

// fileProfile names the profile of a file by its name and its place.
func fileProfile(path string) string {
	sum := sha256.Sum256([]byte(path))
	name := safeName(filepath.Base(path))
	return "file~" + name[:min(len(name), maxFileName)] + "~" + hex.EncodeToString(sum[:4])
}

func (m *Manager) storeAsProfile(ctx context.Context, name, path string, file *intake.File) (OpenReport, error) {
	if err := m.Close(); err != nil {
		return OpenReport{}, err
	}
	// Opening a file again reads it anew: it may have changed.
	if err := m.dropFile(ctx, name); err != nil {
		return OpenReport{}, err
	}
	p, err := m.start(ctx, Description{Name: name, Kind: kindFile, File: filepath.Base(path)}, opening{})
	if err != nil {
		return OpenReport{}, err
	}
	if err := storeFile(ctx, p.db, file); err != nil {
		return OpenReport{}, err
	}
	found := file.Report()
	if found.Rows == 0 && found.Left > 0 {
		return OpenReport{}, noRows(found)
	}
	return openReport(name, found), nil
}

// noRows says why no row of a file could be read.
func noRows(found intake.Report) error {
	first := 0
	for _, s := range found.Skipped {
		if s.Left && (s.Reason == intake.ReasonTime || s.Reason == intake.ReasonNoTime) {
			first = s.Row
			break
		}
	}
	return &NoRowsError{Wrong: found.Reasons[intake.ReasonTime], Blank: found.Reasons[intake.ReasonNoTime], Row: first}
}

func openReport(profile string, found intake.Report) OpenReport {
	report := OpenReport{
		Profile: profile, Rows: int(found.Rows), Left: int(found.Left), Values: int(found.Values), Skipped: []SkippedRow{},
		Unknown: nonNil(found.Unknown), Notices: []FileNotice{},
	}
	for _, s := range found.Skipped[:min(len(found.Skipped), maxSkipped)] {
		report.Skipped = append(report.Skipped, SkippedRow{Sheet: s.Sheet, Row: s.Row, Code: "row_" + string(s.Reason)})
	}
	for _, n := range found.Notices {
		report.Notices = append(report.Notices, FileNotice{Code: string(n.Code), Count: int(n.Count), Text: n.Text})
	}
	return report
}

// storeFile stores the rows of a file with the users and queues they name.
func storeFile(ctx context.Context, db *store.DB, file *intake.File) error {
	if zone := file.Report().Zone; zone != "" {
		if err := db.SetZone(ctx, zone); err != nil {
			return err
		}
	}
	users, queues := map[string]store.User{}, map[string]store.Queue{}
	batch := make([]store.Conversation, 0, intakeBatch)
	flush := func() error {
		_, err := db.ApplyConversations(ctx, batch, nil)
		batch = batch[:0]
		return err
	}
	for conversation, err := range file.Conversations(ctx) {
		if err != nil {
			return err
		}
		i := conversation.Interaction
		if i.User.Name != "" {
			users[i.User.Name] = store.User{Name: i.User.Name, Title: i.User.Title}
		}
		if i.Queue.Name != "" {
			queues[i.Queue.Name] = store.Queue{Name: i.Queue.Name, Title: i.Queue.Title}
		}
		if batch = append(batch, conversation); len(batch) == intakeBatch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	return db.ApplyDirectory(ctx, store.Directory{
		Users:  slices.Collect(maps.Values(users)),
		Queues: slices.Collect(maps.Values(queues)),
	})
}
