package app

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
func (p profiles) erasures(pr Profile) string {
	if pr.Kind == kindDemo {
		return ""
	}
	return filepath.Join(p.root, erasuresFolder)
}

// compact rewrites the file of a profile without what was erased, and erases and rewrites the
// same in the other profiles of the data folder.
func (c *Core) compact(ctx context.Context, p *openProfile) error {
	_, err := c.eraseElsewhere(ctx, p)
	return errors.Join(p.db.Compact(ctx, func(string) {}), err)
}

// eraseElsewhere lets the other profiles take over the tombstones of this one, which opening them
// does. It names those that another instance has open: they take them over when they are opened next.
func (c *Core) eraseElsewhere(ctx context.Context, p *openProfile) (busy []string, err error) {
	if p.Kind == kindDemo {
		return nil, nil
	}
	others, err := c.profiles.all()
	if err != nil {
		return nil, err
	}
	var errs []error
	for _, other := range others {
		if other.Name == p.Name || other.Kind == kindDemo || !c.profiles.folder(other.Name).Exists() {
			continue
		}
		db, err := store.Open(ctx, c.profiles.folder(other.Name), store.Options{Now: c.now, Log: c.log, NoList: true, Erasures: c.profiles.erasures(other)})
		if errors.Is(err, store.ErrBusy) {
			c.log.Warn("a profile that is open elsewhere takes erasures over when it is opened next")
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

// forgetErasures removes the list of what a profile anonymised: a later sync or an opened file may
// then bring it back.
func (c *Core) forgetErasures(ctx context.Context, name string) error {
	return store.ForgetErasures(ctx, filepath.Join(c.profiles.root, erasuresFolder), c.profiles.folder(name))
}
