package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"wapdesk/app/intake"
	"wapdesk/store"
)

// OpenFile asks for an exported file and opens it as a read-only profile. Where the file leaves open
// which number of its dates is the day, the report asks, and OpenFileWith answers.
func (s *Session) OpenFile() (report OpenReport, err error) {
	defer s.c.guard("Session.OpenFile", &err)
	path, err := s.c.theHost().PickFile(s.c.words("")("firstrun.file.pick"), []string{"*.xlsx", "*.csv"})
	if err != nil || path == "" {
		return OpenReport{}, err
	}
	return s.c.openOrAsk(path, "")
}

// OpenFileWith opens the file that asked, with an order of day, month and year: dmy, mdy or ymd. A page in
// a browser sends its file again instead.
func (s *Session) OpenFileWith(dates string) (report OpenReport, err error) {
	defer s.c.guard("Session.OpenFileWith", &err)
	path := s.c.uploads.asks()
	if path == "" {
		return OpenReport{}, &Error{Code: "file_missing"}
	}
	return s.c.openOrAsk(path, dates)
}

// openOrAsk opens a file for a page, which can be asked.
func (c *Core) openOrAsk(path, dates string) (OpenReport, error) {
	report, err := c.OpenExported(c.context(), path, dates)
	question, asked := errors.AsType[*intake.DatesError](err)
	c.uploads.ask("")
	if !asked {
		return report, err
	}
	c.uploads.ask(path)
	return OpenReport{Skipped: []SkippedRow{}, Unknown: []string{}, Notices: []FileNotice{}, Dates: datesQuestion(question)}, nil
}

func datesQuestion(e *intake.DatesError) *DatesQuestion {
	q := &DatesQuestion{Contradict: e.Contradict, Samples: []DateSample{}}
	for _, s := range e.Samples {
		q.Samples = append(q.Samples, DateSample{
			Text: s.Text, DayFirst: s.Readings[intake.DayFirst], MonthFirst: s.Readings[intake.MonthFirst], YearFirst: s.Readings[intake.YearFirst],
		})
	}
	return q
}

// CloseFile goes back to the profile that was used before the file was opened.
func (s *Session) CloseFile() (state SessionState, err error) {
	defer s.c.guard("Session.CloseFile", &err)
	ctx := s.c.context()
	p, err := s.c.profile()
	if err != nil {
		return SessionState{}, err
	}
	if p.Kind != kindFile {
		return s.c.state()
	}
	if err := s.c.CloseProfile(); err != nil {
		return SessionState{}, err
	}
	if err := s.c.wipeFolder(ctx, p.Name); err != nil {
		return SessionState{}, err
	}
	if _, err := s.c.OpenLast(ctx); err != nil {
		return SessionState{}, err
	}
	s.c.Background()
	return s.c.state()
}

// FilesDropped opens the first exported file that was dropped on the window.
func (c *Core) FilesDropped(paths []string) {
	if len(paths) == 0 {
		return
	}
	report, err := c.openOrAsk(paths[0], "")
	if err != nil {
		c.emit(EventDropped, DroppedFile{Error: AsError(err)})
		return
	}
	c.emit(EventDropped, DroppedFile{Report: report})
}

// intakeBatch is how many interactions of a file are stored in one transaction.
const intakeBatch = 500

// maxSkipped is how many unread rows a report names.
const maxSkipped = 100

// OpenExported reads an exported file into a read-only profile of its own and opens it. When
// the file cannot be read, nothing of it stays and the profile used before is open again. Dates is the
// order of day, month and year for a file that leaves it open: dmy, mdy, ymd or "".
func (c *Core) OpenExported(ctx context.Context, path, dates string) (OpenReport, error) {
	if dates != "" && !slices.Contains(intake.Orders(), intake.Order(dates)) {
		return OpenReport{}, &Error{Code: "invalid"}
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return OpenReport{}, newError("file_missing", err)
	}
	temp, sweep, err := c.readingFolder()
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
	before, name := c.ProfileName(), fileProfile(path)
	report, err := c.storeAsProfile(ctx, name, path, file)
	if err == nil {
		return report, nil
	}
	errs := []error{err, c.CloseProfile(), c.dropFile(context.WithoutCancel(ctx), name)}
	if before != "" && before != name {
		errs = append(errs, c.OpenProfile(context.WithoutCancel(ctx), Select{Profile: before}))
		c.Background()
	}
	return OpenReport{}, errors.Join(errs...)
}

// readingFolder makes a folder for what a workbook unpacks while it is read. It lies with uploads, which
// are swept at every start.
func (c *Core) readingFolder() (path string, sweep func(), err error) {
	if err := os.MkdirAll(c.incoming(), 0o700); err != nil {
		return "", nil, err
	}
	path, err = os.MkdirTemp(c.incoming(), "reading")
	if err != nil {
		return "", nil, err
	}
	return path, func() {
		_ = os.RemoveAll(path)
		_ = os.Remove(c.incoming()) // stays when an upload lies there
	}, nil
}

// dropFile removes the profile of a file, also one that has no data file yet.
func (c *Core) dropFile(ctx context.Context, name string) error {
	folder := c.profiles.folder(name)
	if folder.Exists() {
		return c.wipeFolder(ctx, name)
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

func (c *Core) storeAsProfile(ctx context.Context, name, path string, file *intake.File) (OpenReport, error) {
	if err := c.CloseProfile(); err != nil {
		return OpenReport{}, err
	}
	// Opening a file again reads it anew: it may have changed.
	if err := c.dropFile(ctx, name); err != nil {
		return OpenReport{}, err
	}
	pr := Profile{Name: name, Kind: kindFile, File: filepath.Base(path)}
	if err := c.use(ctx, pr, nil, nil); err != nil {
		return OpenReport{}, err
	}
	p, err := c.profile()
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
	return newError("file_no_rows", nil, "wrong", strconv.FormatInt(found.Reasons[intake.ReasonTime], 10),
		"blank", strconv.FormatInt(found.Reasons[intake.ReasonNoTime], 10), "row", strconv.Itoa(first))
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
