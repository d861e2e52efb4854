package store

// Erasure is the tombstone of an anonymised interaction.
type Erasure struct {
	Name Name
	AtMs int64
	By   string // login of the person, "" when the contact centre anonymised it
}

// ErasureReport says what an erasure removed.
type ErasureReport struct {
	Erased    int
	Already   int    // anonymised before
	NotFound  []Name // not stored, or outside of the rights
	Messages  int
	Files     int
	Contacts  int // removed
	Unlinked  int // contacts kept because another interaction uses them
	Changes   int // queued changes removed
	Views     int // saved views removed because they name the person
	CheckedIn bool
}

// ErasePreview says what an erasure of these interactions would do.
type ErasePreview struct {
	Interactions int // that would be erased
	Already      int // anonymised before
	NotFound     int
	Messages     int
	Files        int
	Contacts     int // that would be removed
	Unlinked     int // that would stay because another interaction uses them
	Changes      int // queued changes that would go
	Exports      []ExportEntry
	Title        string // of the interaction when there is only one
}
