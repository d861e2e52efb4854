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
	"time"

	"wapdesk/app/intake"
	"wapdesk/store"
)

// OpenFile asks for an exported file and opens it as a read-only profile.
func (s *Session) OpenFile() (report OpenReport, err error) {
	defer s.c.guard("Session.OpenFile", &err)
	path, err := s.c.theHost().PickFile(s.c.words("")("firstrun.file.pick"), []string{"*.xlsx", "*.csv"})
	if err != nil || path == "" {
		return OpenReport{}, err
	}
	return s.c.OpenExported(s.c.context(), path)
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
	report, err := c.OpenExported(c.context(), paths[0])
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
// the file cannot be read, nothing of it stays and the profile used before is open again.
func (c *Core) OpenExported(ctx context.Context, path string) (OpenReport, error) {
	before := c.ProfileName()
	path, err := filepath.Abs(path)
	if err != nil {
		return OpenReport{}, newError("file_missing", err)
	}
	name := fileProfile(path)
	report, err := c.intake(ctx, name, path)
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

// dropFile removes the profile of a file, also one that has no data file yet.
func (c *Core) dropFile(ctx context.Context, name string) error {
	folder := c.profiles.folder(name)
	if folder.Exists() {
		return c.wipeFolder(ctx, name)
	}
	return os.RemoveAll(string(folder))
}

// fileProfile names the profile of a file by its name and its place.
func fileProfile(path string) string {
	sum := sha256.Sum256([]byte(path))
	return "file~" + safeName(filepath.Base(path)) + "~" + hex.EncodeToString(sum[:4])
}

func (c *Core) intake(ctx context.Context, name, path string) (OpenReport, error) {
	if err := c.CloseProfile(); err != nil {
		return OpenReport{}, err
	}
	// Opening a file again reads it anew: it may have changed.
	if err := c.dropFile(ctx, name); err != nil {
		return OpenReport{}, err
	}
	temp := c.profiles.folder(name).ExportsTemp()
	if err := c.profiles.folder(name).Create(); err != nil {
		return OpenReport{}, err
	}
	// The zone is named in our own files; the contact centre's are in its default.
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		return OpenReport{}, err
	}
	file, err := intake.Open(ctx, path, intake.Options{Zone: zone, TempDir: temp})
	if err != nil {
		return OpenReport{}, err
	}
	defer func() { _ = file.Close() }() // frees what it unpacked; the rows are stored by then
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
	report := OpenReport{Profile: name, Rows: int(found.Rows), Left: int(found.Left), Values: int(found.Values), Skipped: []SkippedRow{}, Unknown: nonNil(found.Unknown)}
	for _, s := range found.Skipped[:min(len(found.Skipped), maxSkipped)] {
		report.Skipped = append(report.Skipped, SkippedRow{Row: s.Row, Code: "row_" + string(s.Reason)})
	}
	return report, nil
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
