package demo

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"time"
)

// Site is a fake contact centre that listens on a loopback port of its own. Who works with it
// meets it over HTTP, by its address and token.
type Site struct {
	server *Server
	http   *http.Server
	addr   string
}

// Start seeds a contact centre and lets it listen.
func Start(ctx context.Context, opts Options) (*Site, error) {
	server, err := New(opts)
	if err != nil {
		return nil, err
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("start the demo contact centre: %w", err)
	}
	s := &Site{
		server: server, addr: l.Addr().String(),
		http: &http.Server{Handler: server.Handler(), ReadHeaderTimeout: 10 * time.Second},
	}
	go func() { _ = s.http.Serve(l) }() // ends with Close
	return s, nil
}

// Address returns the address to connect to.
func (s *Site) Address() string { return "http://" + s.addr }

// Token returns the token of the team lead.
func (s *Site) Token() string { return s.server.Token() }

// Today returns the day of the contact centre's calendar, as 2026-11-22.
func (s *Site) Today() string {
	return s.server.opts.Now().In(s.server.Data().Zone).Format(time.DateOnly)
}

// Began returns the moment at which the data end.
func (s *Site) Began() time.Time { return time.Unix(int64(s.server.world.seed.start), 0) }

// Close ends the contact centre.
func (s *Site) Close() error {
	if err := s.http.Close(); err != nil {
		return fmt.Errorf("stop the demo contact centre: %w", err)
	}
	return nil
}

// Stranger returns an activity of today that nobody is paired with and the number that wrote,
// for a contact to be made of; "" when there is none.
func (s *Site) Stranger() (activity, number string) {
	i := s.plain(false, 0)
	if i == nil {
		return "", ""
	}
	return i.Activities[0], i.External.Number
}

// Rival returns an activity that is paired and another contact to pair it with, and pairs it with
// a third one meanwhile, as somebody else in the contact centre would; "" when there is none.
func (s *Site) Rival() (activity, contact string) {
	i := s.plain(true, 5) // the latest of these show other things
	if i == nil {
		return "", ""
	}
	var mine, theirs string // contacts that the lead knows, having interactions with them
	lead := s.server.Tokens().Lead.Name
	for _, other := range s.server.Data().Interactions {
		if c := other.Contact; c != "" && c != i.Contact && c != theirs && s.server.Sees(lead, other.Name) {
			if mine, theirs = theirs, c; mine != "" {
				break
			}
		}
	}
	if mine == "" {
		return "", ""
	}
	activity = i.Activities[0]
	s.server.ChangeActivity(activity, func(a *Activity) { a.Contact = theirs })
	s.server.ChangeInteraction(i.Name, func(i *Interaction) { i.Contact = theirs })
	return activity, mine
}

// plain finds the latest interaction but skip that the lead sees, was answered, has one ended
// activity and is, or is not, paired with a contact.
func (s *Site) plain(paired bool, skip int) *Interaction {
	data, lead := s.server.Data(), s.server.Tokens().Lead.Name
	for _, i := range slices.Backward(data.Interactions) {
		if len(i.Activities) != 1 || i.External == nil || i.Answered == nil || !*i.Answered || (i.Contact != "") != paired || !s.server.Sees(lead, i.Name) {
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
