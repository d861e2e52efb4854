package app

// Erasure anonymises interactions on this computer.
type Erasure struct{ c *Core }

// ErasePreview names what would go and what stays.
type ErasePreview struct {
	Interactions int      `json:"interactions"`
	Already      int      `json:"already"` // anonymised before
	Messages     int      `json:"messages"`
	Files        int      `json:"files"`
	Contacts     int      `json:"contacts"`     // contacts removed because nothing else uses them
	ContactsKept int      `json:"contactsKept"` // contacts unlinked only
	Changes      int      `json:"changes"`      // queued changes that carry the person
	Exports      []string `json:"exports"`      // files exported earlier that hold them
	Upstream     string   `json:"upstream"`     // request, manual
	Anonymising  string   `json:"anonymising"`  // what the role says of it: allowed, local, unsaid
	Allowed      bool     `json:"allowed"`      // false when this computer's copy alone may be erased
	Title        string   `json:"title"`        // of a single interaction
}

// EraseResult is what was done.
type EraseResult struct {
	Erased  int      `json:"erased"`
	Already int      `json:"already"`
	Failed  []string `json:"failed"` // unique names
	Stopped bool     `json:"stopped"`
}

// EraseProgress arrives as the event EventErase.
type EraseProgress struct {
	Done  int    `json:"done"`
	Total int    `json:"total"`
	Phase string `json:"phase"` // erasing, compacting, done
}
