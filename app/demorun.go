package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"wapdesk/app/daktela"
	"wapdesk/app/demo"
	"wapdesk/store"
)

// demoRun is the contact centre of demo data: the demo server on a loopback port of its own,
// reached only through the real client.
type demoRun struct{ srv *http.Server }

func (d *demoRun) close() error {
	if err := d.srv.Close(); err != nil {
		return fmt.Errorf("stop the demo contact centre: %w", err)
	}
	return nil
}

// openDemo opens the demo profile. Its data ends today, so that on a new day it is made anew.
func (c *Core) openDemo(ctx context.Context) error {
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
	run := &demoRun{srv: &http.Server{Handler: server.Handler(), ReadHeaderTimeout: 10 * time.Second}}
	go func() { _ = run.srv.Serve(l) }() // ends with close
	address, err := daktela.ParseAddress("http://" + l.Addr().String())
	if err != nil {
		return errors.Join(err, run.close())
	}
	client, err := c.newClient(address, credentials{Token: server.Token()})
	if err != nil {
		return errors.Join(err, run.close())
	}
	day := c.now().Format(time.DateOnly)
	pr, err := c.profiles.read(demoProfile)
	if err != nil || pr.Day != day {
		if err := c.wipeFolder(ctx, demoProfile); err != nil {
			return errors.Join(err, run.close())
		}
		pr = Profile{Name: demoProfile, Kind: kindDemo, Day: day}
	}
	if err := c.use(ctx, pr, client, run); err != nil {
		return errors.Join(err, run.close())
	}
	return nil
}

// wipeFolder removes a profile's folder and what the keyring holds for it.
func (c *Core) wipeFolder(ctx context.Context, name string) error {
	if err := store.Wipe(ctx, c.profiles.folder(name)); err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return c.secrets.Forget(name)
}
