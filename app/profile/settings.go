package app

// Preferences reads and keeps the choices of the person at this computer.
type Preferences struct{ c *Core }

// Settings are the choices, kept for the profile. Changes apply at once.
type Settings struct {
	Lang         string `json:"lang"`     // en, cs
	Region       string `json:"region"`   // en, cs, or "" for the language's own
	Theme        string `json:"theme"`    // system, light, dark
	Density      string `json:"density"`  // compact, standard, roomy
	TextSize     int    `json:"textSize"` // percent, 80–200
	ReduceMotion bool   `json:"reduceMotion"`
	SingleKeys   bool   `json:"singleKeys"` // single letters act in the grid and the details
	// Shortcuts are keys other than the usual ones by what they do: "export": "Ctrl+B".
	Shortcuts    map[string]string `json:"shortcuts"`
	StartView    string            `json:"startView"` // id of a saved view, "" for Today
	Columns      []ColumnSetting   `json:"columns"`
	DetailWidth  int               `json:"detailWidth"` // px
	DetailTab    string            `json:"detailTab"`   // wap, activity
	StripOpen    bool              `json:"stripOpen"`
	SyncMinutes  int               `json:"syncMinutes"` // 0: only when asked
	SyncMessages bool              `json:"syncMessages"`
	TargetWaitS  int64             `json:"targetWaitS"`
	Presentation bool              `json:"presentation"`
	WeekStart    int               `json:"weekStart"` // 1 Monday, 0 Sunday
	Export       string            `json:"export"`    // the page's last export choice, JSON
	// ExportTemplates are choices kept under a name.
	ExportTemplates []ExportTemplate `json:"exportTemplates"`
}

// ColumnSetting is the place and width of a column; order is the order in the list.
type ColumnSetting struct {
	Field  string `json:"field"`
	Width  int    `json:"width"` // px, 0 for the usual width
	Hidden bool   `json:"hidden"`
}

// DataInfo is the page Data and privacy.
type DataInfo struct {
	Folder       string           `json:"folder"`
	Bytes        int64            `json:"bytes"`
	Interactions int              `json:"interactions"`
	Exports      []ExportLogEntry `json:"exports"`
}
