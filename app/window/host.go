// Package window is the program's own window: a web view of the system around the same page the
// browser gets.
package window

import (
	"context"
	"fmt"
	"sync"

	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// Host is the program's own window.
type Host struct {
	ctx    context.Context
	notify func() error // prepares the system's notifications, once
}

// NewHost makes the host of a window that has started.
func NewHost(ctx context.Context) *Host {
	return &Host{ctx: ctx, notify: sync.OnceValue(func() error {
		if err := runtime.InitializeNotifications(ctx); err != nil {
			return fmt.Errorf("prepare notifications: %w", err)
		}
		runtime.OnNotificationResponse(ctx, func(runtime.NotificationResult) {
			runtime.WindowUnminimise(ctx)
			runtime.WindowShow(ctx)
		})
		if _, err := runtime.RequestNotificationAuthorization(ctx); err != nil { // macOS asks the person
			return fmt.Errorf("ask for notifications: %w", err)
		}
		return nil
	})}
}

// Emit sends an event to the page.
func (w *Host) Emit(event string, value any) { runtime.EventsEmit(w.ctx, event, value) }

// SaveFile shows the system's dialog, which also asks before it replaces a file.
func (w *Host) SaveFile(title, name string) (string, error) {
	return runtime.SaveFileDialog(w.ctx, runtime.SaveDialogOptions{Title: title, DefaultFilename: name})
}

// PickFile shows the system's dialog.
func (w *Host) PickFile(title string, patterns []string) (string, error) {
	filters := make([]runtime.FileFilter, 0, len(patterns))
	for _, p := range patterns {
		filters = append(filters, runtime.FileFilter{DisplayName: p, Pattern: p})
	}
	return runtime.OpenFileDialog(w.ctx, runtime.OpenDialogOptions{Title: title, Filters: filters})
}

// PickFolder shows the system's dialog.
func (w *Host) PickFolder(title string) (string, error) {
	return runtime.OpenDirectoryDialog(w.ctx, runtime.OpenDialogOptions{Title: title, CanCreateDirectories: true})
}

// OpenURL opens an address in the person's browser.
func (w *Host) OpenURL(address string) error {
	runtime.BrowserOpenURL(w.ctx, address)
	return nil
}

// OpenPath opens a file or a folder with the program the system has for it.
func (w *Host) OpenPath(path string) error {
	return openWithSystem(w.ctx, path)
}

// CopyText puts text on the clipboard.
func (w *Host) CopyText(text string) error { return runtime.ClipboardSetText(w.ctx, text) }

// Notify shows a notification of the system; who presses it gets the window.
func (w *Host) Notify(title, text string) error {
	if err := w.notify(); err != nil {
		return err
	}
	if err := runtime.SendNotification(w.ctx, runtime.NotificationOptions{ID: "wapdesk", Title: title, Body: text}); err != nil {
		return fmt.Errorf("notify: %w", err)
	}
	return nil
}

// Downloads is false: the window saves files where the person says.
func (w *Host) Downloads() bool { return false }
