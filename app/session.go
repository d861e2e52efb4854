package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"wapdesk/app/connection"
	"wapdesk/app/profile"
)

// Session answers what profile is open, and opens, connects or removes one.
type Session struct{ a *App }

// SessionState is the first thing the page asks for.
type SessionState struct {
	Mode          string           `json:"mode"`        // opening, locked, firstrun, ready
	MigratingMB   int64            `json:"migratingMB"` // opening: size of the data that are brought into a new form, 0 when none are
	Demo          bool             `json:"demo"`
	ReadOnly      bool             `json:"readOnly"` // an opened file: no sync, no changes
	Company       string           `json:"company"`  // acme.daktela.com, or the name of the opened file
	Profile       string           `json:"profile"`
	UserName      string           `json:"userName"`
	UserTitle     string           `json:"userTitle"`
	Zone          string           `json:"zone"`  // of the contact centre, Europe/Prague
	NowMs         int64            `json:"nowMs"` // this computer's clock, or the fixed one of a test
	Version       string           `json:"version"`
	Anonymising   string           `json:"anonymising"` // what the role says of it: allowed, local, unsaid
	MayPair       bool             `json:"mayPair"`
	MayExport     bool             `json:"mayExport"`
	VisibleUsers  int              `json:"visibleUsers"`
	VisibleQueues int              `json:"visibleQueues"`
	Open          string           `json:"open"`    // deep link or unique name to show at start
	Browser       bool             `json:"browser"` // served to a browser, not in a window
	Settings      profile.Settings `json:"settings"`
}

// State returns the first thing the page asks for.
func (s *Session) State() (state SessionState, err error) {
	defer s.a.guard("Session.State", &err)
	return s.a.state()
}

func (a *App) state() (SessionState, error) {
	opts := a.profiles.Options()
	state := SessionState{
		Mode: "firstrun", NowMs: a.profiles.Now().UnixMilli(), Version: opts.Version, Settings: opts.DefaultSettings(),
	}
	a.mu.Lock()
	state.Browser = a.browser
	opening := a.opening
	a.mu.Unlock()
	if opening || a.profiles.Opening() {
		state.Mode, state.MigratingMB = "opening", a.profiles.Migrating()/1_000_000
		return state, nil
	}
	if a.profiles.Locked() {
		state.Mode = "locked"
		return state, nil
	}
	p, err := a.profiles.Open()
	if errors.Is(err, profile.ErrNoProfile) {
		return state, nil
	}
	if err != nil {
		return SessionState{}, err
	}
	ctx := a.Context()
	rights, err := p.Rights(ctx)
	if err != nil {
		return SessionState{}, err
	}
	a.mu.Lock()
	state.Open, a.link = a.link, ""
	a.mu.Unlock()
	state.Mode, state.Demo, state.ReadOnly = "ready", p.IsDemo(), p.IsFile()
	state.Company, state.Profile, state.Zone = p.Company(), p.Name, p.Zone().String()
	state.UserName, state.UserTitle = p.Login, p.UserTitle(ctx)
	state.Anonymising, state.MayExport = string(rights.Anonymising()), rights.MayExport()
	state.MayPair = !slices.Contains(profile.Forbidden(rights), "pair")
	state.VisibleUsers, state.VisibleQueues = len(rights.Users), len(rights.Queues)
	state.Settings = p.Settings()
	return state, nil
}

// then runs something that changes which profile is open, and returns the state afterwards.
func (s *Session) then(method string, do func(ctx context.Context) error) (state SessionState, err error) {
	defer s.a.guard(method, &err)
	if err := s.a.stillPresenting(func() error { return do(s.a.Context()) }); err != nil {
		return SessionState{}, err
	}
	return s.a.state()
}

// TestConnection asks the contact centre who the credentials belong to and what they see.
func (s *Session) TestConnection(in profile.ConnectionInput) (report connection.Report, err error) {
	defer s.a.guard("Session.TestConnection", &err)
	return s.a.profiles.TestConnection(s.a.Context(), in)
}

// Connect tests a connection, keeps it and opens its profile.
func (s *Session) Connect(in profile.ConnectionInput) (SessionState, error) {
	return s.then("Session.Connect", func(ctx context.Context) error {
		_, _, err := s.a.profiles.Connect(ctx, in, true)
		return err
	})
}

// StartDemo opens the demo data.
func (s *Session) StartDemo() (SessionState, error) {
	return s.then("Session.StartDemo", func(ctx context.Context) error {
		_, err := s.a.profiles.UseDemo(ctx)
		return err
	})
}

// LeaveDemo removes the demo data and goes back to the profile used before, if there is one.
func (s *Session) LeaveDemo() (SessionState, error) {
	return s.then("Session.LeaveDemo", s.a.profiles.LeaveDemo)
}

// OpenFile asks for an exported file and opens it as a read-only profile. Where the file leaves
// open which number of its dates is the day, the report asks, and OpenFileWith answers.
func (s *Session) OpenFile() (report profile.OpenReport, err error) {
	defer s.a.guard("Session.OpenFile", &err)
	opts := s.a.profiles.Options()
	path, err := s.a.theHost().PickFile(opts.Words(opts.Lang(), "firstrun.file.pick"), []string{"*.xlsx", "*.csv"})
	if err != nil || path == "" {
		return profile.OpenReport{}, err
	}
	return s.a.OpenOrAsk(path, "")
}

// OpenFileWith opens the file that asked, with an order of day, month and year: dmy, mdy or ymd. A
// page in a browser sends its file again instead.
func (s *Session) OpenFileWith(dates string) (report profile.OpenReport, err error) {
	defer s.a.guard("Session.OpenFileWith", &err)
	return s.a.openAsked(dates)
}

// CloseFile goes back to the profile that was used before the file was opened.
func (s *Session) CloseFile() (SessionState, error) {
	return s.then("Session.CloseFile", s.a.profiles.CloseFile)
}

// Wipe removes the open profile from this computer. The company's name has to be typed, so
// that nobody does it by a slip.
func (s *Session) Wipe(company string, forgetErasures bool) (SessionState, error) {
	return s.then("Session.Wipe", func(ctx context.Context) error {
		p, err := s.a.profiles.Open()
		if err != nil {
			return err
		}
		if !strings.EqualFold(strings.TrimSpace(company), p.Company()) {
			return &Error{Code: "wrong_confirmation"}
		}
		name := p.Name
		if err := s.a.profiles.Wipe(ctx, name); err != nil || !forgetErasures {
			return err
		}
		return s.a.profiles.ForgetErasures(ctx, name)
	})
}

// Profiles lists the profiles of this computer.
func (s *Session) Profiles() (list []profile.Known, err error) {
	defer s.a.guard("Session.Profiles", &err)
	return s.a.profiles.Known()
}

// UseProfile opens another profile; the one that was open is closed, and opened again when the other
// cannot be.
func (s *Session) UseProfile(name string) (SessionState, error) {
	return s.then("Session.UseProfile", func(ctx context.Context) error { return s.a.profiles.SwitchTo(ctx, name) })
}

// OpenLink opens an http or https address in the person's browser.
func (s *Session) OpenLink(url string) (err error) {
	defer s.a.guard("Session.OpenLink", &err)
	if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") {
		return &Error{Code: "bad_address"}
	}
	return s.a.theHost().OpenURL(url)
}

// CopyText puts text on the clipboard.
func (s *Session) CopyText(text string) (err error) {
	defer s.a.guard("Session.CopyText", &err)
	return s.a.theHost().CopyText(text)
}

// ended is what a notification may say that it has ended.
var ended = []string{"exportDone", "exportFailed", "syncDone", "syncFailed", "eraseDone"}

// Notify shows in the system's notification that something long has ended, for a person who looks at another
// window. It says what, and nothing about whom.
func (s *Session) Notify(what string) (err error) {
	defer s.a.guard("Session.Notify", &err)
	if !slices.Contains(ended, what) {
		return fmt.Errorf("no notification %q", what)
	}
	opts := s.a.profiles.Options()
	lang := opts.Lang()
	if p, err := s.a.profiles.Open(); err == nil && p.Settings().Lang != "" {
		lang = p.Settings().Lang
	}
	return s.a.theHost().Notify(opts.Words(lang, "app.name"), opts.Words(lang, "notify."+what))
}

// Painted tells that the first list is on screen; tests of the shipped program wait for the
// line it writes.
func (s *Session) Painted() error {
	s.a.log.Info("painted")
	return nil
}
