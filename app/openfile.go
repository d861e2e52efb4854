package app

import (
	"context"
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

// OpenExported reads an exported file into a read-only profile of its own and opens it.
func (c *Core) OpenExported(ctx context.Context, path string) (OpenReport, error) {
	return OpenReport{}, &Error{Code: "file_unreadable"}
}
