package app

import "errors"

// Host is the surrounding the bound structs run in: a window, a browser or a command line.
type Host interface {
	// Emit sends an event with its value to the page.
	Emit(event string, value any)
	// SaveFile asks where to save; "" means that the person changed their mind.
	SaveFile(title, name string) (string, error)
	// PickFile asks for a file to open; "" means that the person changed their mind.
	PickFile(title string, patterns []string) (string, error)
	// PickFolder asks for a folder; "" means that the person changed their mind.
	PickFolder(title string) (string, error)
	// OpenURL opens an https or http address in the person's browser.
	OpenURL(url string) error
	// OpenPath opens a file or a folder with the program the system has for it.
	OpenPath(path string) error
	// CopyText puts text on the clipboard.
	CopyText(text string) error
	// Notify shows a notification of the system.
	Notify(title, text string) error
	// Downloads reports whether finished files are fetched through the page instead of
	// being saved where SaveFile says.
	Downloads() bool
}

// ErrNoHost is returned by a host that cannot do what was asked, such as a dialog on a
// command line.
var ErrNoHost = errors.New("not possible here")

// NoHost is the host of the command line: nobody listens and there is no dialog.
type NoHost struct{}

// Emit drops the event.
func (NoHost) Emit(string, any) {}

// SaveFile returns ErrNoHost.
func (NoHost) SaveFile(string, string) (string, error) { return "", ErrNoHost }

// PickFile returns ErrNoHost.
func (NoHost) PickFile(string, []string) (string, error) { return "", ErrNoHost }

// PickFolder returns ErrNoHost.
func (NoHost) PickFolder(string) (string, error) { return "", ErrNoHost }

// OpenURL returns ErrNoHost.
func (NoHost) OpenURL(string) error { return ErrNoHost }

// OpenPath returns ErrNoHost.
func (NoHost) OpenPath(string) error { return ErrNoHost }

// CopyText returns ErrNoHost.
func (NoHost) CopyText(string) error { return ErrNoHost }

// Notify returns ErrNoHost.
func (NoHost) Notify(string, string) error { return ErrNoHost }

// Downloads returns false.
func (NoHost) Downloads() bool { return false }
