package app

import "wapdesk/app/profile"

// Events that the page listens to. Each carries the whole new value, never a difference.
const (
	EventSync    = "sync:status"     // SyncStatus
	EventData    = "data:changed"    // no value: something stored changed, ask Changed
	EventExport  = "export:progress" // ExportProgress
	EventErase   = "erase:progress"  // profile.EraseProgress
	EventOpen    = "open:link"       // string: deep link that a second start passed
	EventChanges = "changes:updated" // no value: ask List
	EventReports = "reports:made"    // no value: a planned report was made or failed, ask List
	EventLock    = "app:lock"        // no value: the lock was shut or opened, load the page anew
	EventDropped = "file:dropped"    // DroppedFile
	EventLeaving = "app:leaving"     // int: changes that wait to be sent while the program ends
)

// DroppedFile is what became of a file that was dropped on the window; Error is null when it was
// opened.
type DroppedFile struct {
	Report profile.OpenReport `json:"report"`
	Error  *Error             `json:"error"`
}

// listener passes on to the page what the open profile tells.
type listener struct{ host Host }

func (l listener) DataChanged()                           { l.host.Emit(EventData, nil) }
func (l listener) ReportMade()                            { l.host.Emit(EventReports, nil) }
func (l listener) ChangesChanged()                        { l.host.Emit(EventChanges, nil) }
func (l listener) Synced(s profile.Status)                { l.host.Emit(EventSync, syncStatus(s)) }
func (l listener) Erasing(progress profile.EraseProgress) { l.host.Emit(EventErase, progress) }
