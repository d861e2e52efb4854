package store

// Run is one synchronisation in the log.
type Run struct {
	ID        int64
	Kind      string // usual, range, deep
	StartedMs int64
	EndedMs   int64 // listing.Unknown while it runs
	Code      string
	Read      int64
	Stored    int64
	Added     int64
	Gone      int64
}

// ExportEntry is a finished export in the log.
type ExportEntry struct {
	ID     int64
	AtMs   int64
	Path   string
	Format string // xlsx, csv, txt, pdf, jsonl
	Filter string // text form, "" when it named a person that was anonymised since
	Rows   int64
	By     string
}

// SavedView is a filter with its columns and sort under a name; Body is the screen's own JSON.
type SavedView struct {
	ID    string
	Title string
	Body  string
}
