package profile

import (
	"context"
	"errors"
	"path/filepath"

	"wapdesk/store"
)

// erasuresFolder is where the profiles of a data folder keep their lists of erasures together. No
// profile can be called so: their names do not begin with a dot.
const erasuresFolder = ".erasures"

// erasures is the folder of the lists that a profile shares. The demo's people are made up anew,
// under the same names, so that it keeps a list of its own, which goes with it.
func (p disk) erasures(of Description) string {
	if of.Kind == kindDemo {
		return ""
	}
	return filepath.Join(p.root, erasuresFolder)
}

// compact rewrites the file of a profile without what was erased, and erases and rewrites the
// same in the other profiles of the data folder. It names those that another instance has open.
func (p *Profile) compact(ctx context.Context) (busy []string, err error) {
	err = p.db.Compact(ctx, func(string) {})
	if p.Kind == kindDemo {
		return nil, err
	}
	busy, elsewhere := p.eraseElsewhere(ctx)
	return busy, errors.Join(err, elsewhere)
}

// busyElsewhere names the other profiles that another instance has open: they take over the tombstones
// when they are opened next.
func (p *Profile) busyElsewhere() ([]string, error) {
	busy := []string{}
	others, err := p.disk.all()
	if err != nil || p.Kind == kindDemo {
		return busy, err
	}
	for _, other := range others {
		folder := p.disk.folder(other.Name)
		if other.Name == p.Name || other.Kind == kindDemo || !folder.Exists() {
			continue
		}
		used, err := store.InUse(folder)
		if err != nil {
			return busy, err
		}
		if used {
			busy = append(busy, other.Name)
		}
	}
	return busy, nil
}

// eraseElsewhere lets the other profiles take over the tombstones of this one, which opening them
// does. One that another instance has open takes them over when it is opened next.
func (p *Profile) eraseElsewhere(ctx context.Context) (busy []string, err error) {
	others, err := p.disk.all()
	if err != nil {
		return nil, err
	}
	var errs []error
	for _, other := range others {
		folder := p.disk.folder(other.Name)
		if other.Name == p.Name || other.Kind == kindDemo || !folder.Exists() {
			continue
		}
		db, err := store.Open(ctx, folder, store.Options{Now: p.now, Log: p.log, NoList: true, Erasures: p.disk.erasures(other)})
		if errors.Is(err, store.ErrBusy) {
			busy = append(busy, other.Name)
			continue
		}
		if err == nil {
			err = errors.Join(db.Compact(ctx, nil), db.Close())
		}
		errs = append(errs, err)
	}
	return busy, errors.Join(errs...)
}
