package profile

import (
	"context"
	"errors"
	"time"

	"wapdesk/app/connection"
	"wapdesk/app/syncer"
	"wapdesk/store"
)

// DemoSite is the contact centre of demo data. It is met over HTTP like a real one; what else it
// tells is which activities to change, so that demo data show every state of a change.
type DemoSite interface {
	Address() string
	Token() string
	// Today returns the day of the contact centre's calendar, as 2026-11-22.
	Today() string
	// Began returns the moment at which the data end.
	Began() time.Time
	// Stranger names an activity without a contact and the number that wrote.
	Stranger() (activity, number string)
	// Rival names an activity and a contact to pair it with, after somebody else paired it.
	Rival() (activity, contact string)
	Close() error
}

// useDemo opens the demo profile. Its data ends today, which is a day of the contact centre's
// calendar, so that on a new day it is made anew.
func (m *Manager) useDemo(ctx context.Context, with opening) (*Profile, error) {
	if err := m.Close(); err != nil {
		return nil, err
	}
	if m.opts.StartDemo == nil {
		return nil, &UnknownError{What: AProfile, Name: DemoName}
	}
	var began time.Time
	if d, err := m.disk.read(DemoName); err == nil && d.BeganMs > 0 {
		began = time.UnixMilli(d.BeganMs)
	}
	site, err := m.opts.StartDemo(ctx, m.opts.DemoNow, began)
	if err != nil {
		return nil, err
	}
	p, err := m.useSite(ctx, site, with)
	if err != nil {
		return nil, errors.Join(err, site.Close())
	}
	return p, nil
}

func (m *Manager) useSite(ctx context.Context, site DemoSite, with opening) (*Profile, error) {
	conn, err := m.connect(site.Address(), connection.Credentials{Token: site.Token()})
	if err != nil {
		return nil, err
	}
	d, err := m.demoOf(ctx, site, with.reading)
	if err != nil {
		return nil, err
	}
	if d.Login == "" {
		if d.Login, err = conn.Login(ctx); err != nil {
			return nil, err
		}
	}
	d.Chosen = d.Chosen || with.chosen
	with.conn, with.demo = conn, site
	return m.start(ctx, d, with)
}

// demoOf returns the demo profile of a contact centre's today. One of another day makes room for it, unless a window
// has it open and the command only reads.
func (m *Manager) demoOf(ctx context.Context, site DemoSite, reading bool) (Description, error) {
	day := site.Today()
	d, err := m.disk.read(DemoName)
	if err == nil && d.Kind != kindDemo {
		return Description{}, ErrDemoTaken // made by a version that allowed the name
	}
	if err == nil && d.Day == day {
		return d, nil
	}
	switch werr := m.Wipe(ctx, DemoName); {
	case werr == nil:
	case reading && err == nil && errors.Is(werr, store.ErrBusy):
		return d, nil
	default:
		return Description{}, werr
	}
	return Description{Name: DemoName, Kind: kindDemo, Day: day, BeganMs: site.Began().UnixMilli(), Chosen: d.Chosen}, nil
}

// BringDemo downloads the demo data that are not there yet, so that a command of --demo has
// something to answer from. Other profiles are left as they are.
func (p *Profile) BringDemo(ctx context.Context, progress func(syncer.Progress)) error {
	if !p.IsDemo() || p.db.Beside() {
		return nil
	}
	if fresh, err := p.upToDate(ctx); err != nil || fresh {
		return err
	}
	_, err := p.syncOnce(ctx, syncer.PullOptions{}, progress)
	return err
}

// UseDemo opens the demo data and lets it sync by itself.
func (m *Manager) UseDemo(ctx context.Context) (*Profile, error) {
	if err := m.gate.pass(); err != nil {
		return nil, err
	}
	p, err := m.useDemo(ctx, opening{chosen: true})
	if err != nil {
		return nil, err
	}
	p.Background()
	return p, p.FirstSync(ctx)
}

// LeaveDemo removes the demo data and goes back to the profile used before, if there is one.
func (m *Manager) LeaveDemo(ctx context.Context) error {
	return m.leave(ctx, DemoName, m.UseLast)
}

// leave removes a profile and goes back to another, if there is one.
func (m *Manager) leave(ctx context.Context, name string, back func(context.Context) (*Profile, error)) error {
	if err := m.gate.pass(); err != nil {
		return err
	}
	if err := m.Close(); err != nil {
		return err
	}
	if err := m.Wipe(ctx, name); err != nil {
		return err
	}
	p, err := back(ctx)
	switch {
	case errors.Is(err, ErrNoProfile):
		return nil
	case err != nil:
		return err
	}
	p.Background()
	return nil
}

// dressDemo makes the changes that demo data show, after the first pull and before anything is
// sent: a new contact that the contact centre refuses, its pairing that waits for it, and a
// pairing of an activity that somebody else has just paired. They are of today's latest
// interactions, so that the list shows them at the start.
func (p *Profile) dressDemo(ctx context.Context) error {
	if activity, number := p.demo.Stranger(); activity != "" {
		_, err := p.db.AddContact(ctx, store.Contact{
			FirstName: "Radka", LastName: "Chybová", Numbers: []string{number}, Emails: []string{"radka.chybova"},
		}, activity)
		if err != nil {
			return err
		}
	}
	activity, contact := p.demo.Rival()
	if activity == "" {
		return nil
	}
	_, err := p.db.Pair(ctx, activity, contact)
	return err
}
