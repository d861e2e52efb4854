package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"time"

	"wapdesk/app/daktela"
	"wapdesk/app/demo"
	"wapdesk/app/syncer"
	"wapdesk/store"
)

// demoRun is the contact centre of demo data: the demo server on a loopback port of its own,
// reached only through the real client.
type demoRun struct {
	srv    *http.Server
	server *demo.Server
}

func (d *demoRun) close() error {
	if err := d.srv.Close(); err != nil {
		return fmt.Errorf("stop the demo contact centre: %w", err)
	}
	return nil
}

// openDemo opens the demo profile. Its data ends today, which is a day of the contact centre's
// calendar, so that on a new day it is made anew.
func (c *Core) openDemo(ctx context.Context, chosen bool) error {
	if err := c.CloseProfile(); err != nil {
		return err
	}
	c.setClock(c.opts.DemoNow)
	server, err := demo.New(demo.Options{Now: c.now})
	if err != nil {
		return err
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("start the demo contact centre: %w", err)
	}
	run := &demoRun{server: server, srv: &http.Server{Handler: server.Handler(), ReadHeaderTimeout: 10 * time.Second}}
	go func() { _ = run.srv.Serve(l) }() // ends with close
	address, err := daktela.ParseAddress("http://" + l.Addr().String())
	if err != nil {
		return errors.Join(err, run.close())
	}
	client, err := c.newClient(address, credentials{Token: server.Token()})
	if err != nil {
		return errors.Join(err, run.close())
	}
	pr, err := c.demoOf(ctx, c.now().In(server.Data().Zone).Format(time.DateOnly))
	if err != nil {
		return errors.Join(err, run.close())
	}
	pr.Chosen = pr.Chosen || chosen
	if err := c.use(ctx, pr, client, run); err != nil {
		return errors.Join(err, run.close())
	}
	return nil
}

// demoOf gives the demo profile of a day. One of another day makes room for it, unless a window has
// it open and the command only reads.
func (c *Core) demoOf(ctx context.Context, day string) (Profile, error) {
	pr, err := c.profiles.read(DemoProfile)
	if err == nil && pr.Kind != kindDemo {
		return Profile{}, &Error{Code: "demo_taken"} // made by a version that allowed the name
	}
	if err == nil && pr.Day == day {
		return pr, nil
	}
	switch werr := c.wipeFolder(ctx, DemoProfile); {
	case werr == nil:
	case c.reading && err == nil && errors.Is(werr, store.ErrBusy):
		return pr, nil
	default:
		return Profile{}, werr
	}
	return Profile{Name: DemoProfile, Kind: kindDemo, Day: day, Chosen: pr.Chosen}, nil
}

// BringDemo downloads the demo data that are not there yet, so that a command of --demo has
// something to answer from. Other profiles are left as they are.
func (c *Core) BringDemo(ctx context.Context, progress func(syncer.Progress)) error {
	p, err := c.profile()
	if err != nil || p.Kind != kindDemo || p.db.Beside() {
		return err
	}
	if fresh, err := c.upToDate(ctx, p); err != nil || fresh {
		return err
	}
	_, err = c.syncOnce(ctx, p, SyncRequest{}, progress)
	return err
}

// dress makes the changes that demo data show, after the first pull and before anything is sent: a
// new contact that the contact centre refuses, its pairing that waits for it, and a pairing of an
// activity that somebody else has just paired (ux.md §10). They are of today's latest interactions,
// so that the list shows them at the start.
func (d *demoRun) dress(ctx context.Context, db *store.DB) error {
	data, lead := d.server.Data(), d.server.Tokens().Lead.Name
	plain := func(paired bool, skip int) *demo.Interaction {
		for _, i := range slices.Backward(data.Interactions) {
			if len(i.Activities) != 1 || i.External == nil || i.Answered == nil || !*i.Answered || (i.Contact != "") != paired || !d.server.Sees(lead, i.Name) {
				continue
			}
			if a := data.Activity(i.Activities[0]); !a.Anonymised && a.Contact == i.Contact && a.TimeClose != 0 {
				if skip--; skip < 0 {
					return i
				}
			}
		}
		return nil
	}
	if i := plain(false, 0); i != nil {
		_, err := db.AddContact(ctx, store.Contact{
			FirstName: "Radka", LastName: "Chybová", Numbers: []string{i.External.Number}, Emails: []string{"radka.chybova"},
		}, i.Activities[0])
		if err != nil {
			return err
		}
	}
	i := plain(true, 5) // the latest of these show other things
	if i == nil {
		return nil
	}
	var mine, theirs string // contacts that the file knows, since it has interactions with them
	for _, other := range data.Interactions {
		if c := other.Contact; c != "" && c != i.Contact && c != theirs && d.server.Sees(lead, other.Name) {
			if mine, theirs = theirs, c; mine != "" {
				break
			}
		}
	}
	if mine == "" {
		return nil
	}
	if _, err := db.Pair(ctx, i.Activities[0], mine); err != nil {
		return err
	}
	d.server.ChangeActivity(i.Activities[0], func(a *demo.Activity) { a.Contact = theirs })
	d.server.ChangeInteraction(i.Name, func(i *demo.Interaction) { i.Contact = theirs })
	return nil
}

// wipeFolder removes a profile's folder and what the keyring holds for it.
func (c *Core) wipeFolder(ctx context.Context, name string) error {
	if err := store.Wipe(ctx, c.profiles.folder(name)); err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return c.secrets.Forget(name)
}
