package app

// Exports writes tables and transcripts.
type Exports struct{ c *Core }

// ExportRequest is the export dialog.
type ExportRequest struct {
	Filter    Filter    `json:"filter"`
	Selection Selection `json:"selection"` // used when Selected is true
	Selected  bool      `json:"selected"`
	Format    string    `json:"format"`    // xlsx, csv; txt, pdf, jsonl for the conversations
	Columns   []string  `json:"columns"`   // field names in order; empty means all 14
	Sheets    []string  `json:"sheets"`    // summary, activities, messages
	Lang      string    `json:"lang"`      // en, cs: headers and values
	Region    string    `json:"region"`    // en, cs: dates, delimiter, decimal mark
	Raw       bool      `json:"raw"`       // wire values instead of words
	RawText   bool      `json:"rawText"`   // csv: leave = + - @ as they are
	Dialect   string    `json:"dialect"`   // csv: czech, rfc4180, or "" for the region's
	Delimiter string    `json:"delimiter"` // csv: "," ";" or "\t", "" from the region
	Decimal   string    `json:"decimal"`   // csv: "." or ","
	BOM       bool      `json:"bom"`
	Seconds   bool      `json:"seconds"` // durations as seconds
}

// ExportPreview shows the first rows as the file will have them.
type ExportPreview struct {
	Rows     int64      `json:"rows"`
	Header   []string   `json:"header"`
	Cells    [][]string `json:"cells"` // at most 5 rows
	Text     string     `json:"text"`  // of transcripts: how the first begins
	Limit    int64      `json:"limit"` // most interactions the format takes, 0 for any number
	Bytes    int64      `json:"bytes"` // estimated size
	FileName string     `json:"fileName"`
	Missing  []DayRange `json:"missing"` // days of the filter that are not stored
	Allowed  bool       `json:"allowed"`
}

// ExportProgress arrives as the event EventExport, at most ten times a second and once
// with a final state.
type ExportProgress struct {
	ID     string            `json:"id"`
	State  string            `json:"state"` // running, done, failed, cancelled
	Rows   int64             `json:"rows"`
	Total  int64             `json:"total"`
	Bytes  int64             `json:"bytes"`
	File   string            `json:"file"` // name without folder
	URL    string            `json:"url"`  // in a browser: where to fetch the file once
	Code   string            `json:"code"`
	Params map[string]string `json:"params"`
}

// ExportLogEntry is one finished export of this profile.
type ExportLogEntry struct {
	TimeMs int64  `json:"timeMs"`
	File   string `json:"file"`
	Filter string `json:"filter"` // text form
	Rows   int64  `json:"rows"`
	Exists bool   `json:"exists"`
}
