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
