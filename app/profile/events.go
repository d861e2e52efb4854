package app

// Events that the page listens to. Each carries the whole new value, never a difference.
const (
	EventSync    = "sync:status"     // SyncStatus
	EventData    = "data:changed"    // no value: something stored changed, ask Changed
	EventExport  = "export:progress" // ExportProgress
	EventErase   = "erase:progress"  // EraseProgress
	EventOpen    = "open:link"       // string: unique name to show (a second start passed a link)
	EventChanges = "changes:updated" // no value: ask List
)

// EventDropped tells that a file was dropped on the window: DroppedFile.
const EventDropped = "file:dropped"

// DroppedFile is what became of it; Error is null when it was opened.
type DroppedFile struct {
	Report OpenReport `json:"report"`
	Error  *Error     `json:"error"`
}
