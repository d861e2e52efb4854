//go:build !linux

package export

func newDraft(folder string) (*draft, error) { return namedDraft(folder) }

func (d *draft) commit(path string) error { return d.rename(path) }
