package listing

// SortFew sets up to how many rows a result is sorted on its own, so that small sets reach
// the ways of large ones.
func (e *Engine) SortFew(n int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.update(func(v *View) { v.few = n })
}

// FirstRows sets how many rows are in order when a search answers, so that small sets have
// rows behind them.
func (e *Engine) FirstRows(n int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.update(func(v *View) { v.page = n })
}

// HasText reports whether a text is in the list's dictionary.
func (v *View) HasText(s string) bool {
	for code := range uint32(v.dict.texts.n) {
		if v.dict.texts.at(code) == s {
			return true
		}
	}
	return false
}
