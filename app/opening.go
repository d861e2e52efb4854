package app

import (
	"errors"

	"wapdesk/app/intake"
	"wapdesk/app/profile"
)

// OpenOrAsk opens an exported file for a page. Where the file leaves open which number of its dates
// is the day, the report asks, and the file is remembered for OpenAsked.
func (a *App) OpenOrAsk(path, dates string) (profile.OpenReport, error) {
	var report profile.OpenReport
	err := a.stillPresenting(func() (err error) {
		report, err = a.profiles.OpenExported(a.Context(), path, dates)
		return err
	})
	question, asked := errors.AsType[*intake.DatesError](err)
	a.ask("")
	if !asked {
		return report, err
	}
	a.ask(path)
	return profile.OpenReport{
		Skipped: []profile.SkippedRow{}, Unknown: []string{}, Notices: []profile.FileNotice{}, Dates: profile.Question(question),
	}, nil
}

// openAsked opens the file that waits for the order of its dates: dmy, mdy or ymd.
func (a *App) openAsked(dates string) (profile.OpenReport, error) {
	a.mu.RLock()
	path := a.asked
	a.mu.RUnlock()
	if path == "" {
		return profile.OpenReport{}, &Error{Code: "file_missing"}
	}
	return a.OpenOrAsk(path, dates)
}

// ask remembers a file that waits for an answer; "" forgets it.
func (a *App) ask(path string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked = path
}

// FilesDropped opens the first exported file that was dropped on the window.
func (a *App) FilesDropped(paths []string) {
	if len(paths) == 0 {
		return
	}
	report, err := a.OpenOrAsk(paths[0], "")
	if err != nil {
		a.emit(EventDropped, DroppedFile{Error: AsError(err)})
		return
	}
	a.emit(EventDropped, DroppedFile{Report: report})
}
