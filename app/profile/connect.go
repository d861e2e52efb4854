package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"wapdesk/app/daktela"
	"wapdesk/app/secret"
)

// State is the first thing the page asks for.
func (s *Session) State() (state SessionState, err error) {
	defer s.c.guard("Session.State", &err)
	return s.c.state()
}

func (c *Core) state() (SessionState, error) {
	state := SessionState{Mode: "firstrun", NowMs: c.now().UnixMilli(), Version: c.opts.Version, Browser: c.opts.Browser, Settings: c.defaults()}
	p, ok := c.opened()
	if !ok {
		return state, nil
	}
	ctx := c.context()
	rights, err := p.db.Rights(ctx)
	if err != nil {
		return SessionState{}, err
	}
	c.mu.Lock()
	link := c.link
	c.link = ""
	c.mu.Unlock()
	state.Mode, state.Demo, state.ReadOnly = "ready", p.Kind == kindDemo, p.Kind == kindFile
	state.Company, state.Profile, state.Zone = p.company(), p.Name, p.db.Zone().String()
	state.UserName, state.UserTitle = p.Login, c.userTitle(ctx, p)
	state.Anonymising, state.MayExport = string(rights.Anonymising()), rights.MayExport()
	state.MayPair = !slices.Contains(forbidden(rights), "pair")
	state.VisibleUsers, state.VisibleQueues = len(rights.Users), len(rights.Queues)
	state.Open, state.Settings = link, c.settings(p)
	return state, nil
}

func (c *Core) userTitle(ctx context.Context, p *openProfile) string {
	users, err := p.db.Users(ctx)
	if err != nil {
		return ""
	}
	for _, u := range users {
		if u.Name == p.Login {
			return u.Title
		}
	}
	return p.Login
}

// TestConnection asks the contact centre who the credentials belong to and what they see.
func (s *Session) TestConnection(in ConnectionInput) (report ConnectionReport, err error) {
	defer s.c.guard("Session.TestConnection", &err)
	ctx := s.c.context()
	client, _, err := s.c.clientFor(in)
	if err != nil {
		return ConnectionReport{}, err
	}
	defer client.Close()
	report, _, err = s.c.probe(ctx, client)
	return report, err
}

// Connect tests a connection, keeps it and opens its profile.
func (s *Session) Connect(in ConnectionInput) (state SessionState, err error) {
	defer s.c.guard("Session.Connect", &err)
	if _, _, err := s.c.Connect(s.c.context(), in); err != nil {
		return SessionState{}, err
	}
	return s.c.state()
}

// Connect tests a connection, keeps it and opens its profile; it says where the secret is.
func (c *Core) Connect(ctx context.Context, in ConnectionInput) (ConnectionReport, secret.Kept, error) {
	client, cred, err := c.clientFor(in)
	if err != nil {
		return ConnectionReport{}, 0, err
	}
	report, login, err := c.probe(ctx, client)
	if err != nil {
		client.Close()
		return ConnectionReport{}, 0, err
	}
	name := profileName(client.Address().Site(), login)
	pr, err := c.profiles.read(name)
	if err != nil {
		pr = Profile{Name: name}
	}
	pr.Kind, pr.URL, pr.Login = kindConnected, client.Address().String(), login
	if cred.Token != "" {
		pr.Fingerprint = fingerprint(cred.Token)
	}
	if err := c.use(ctx, pr, client, nil); err != nil {
		client.Close()
		return ConnectionReport{}, 0, err
	}
	text, err := json.Marshal(cred)
	if err != nil {
		return ConnectionReport{}, 0, fmt.Errorf("keep the connection: %w", err)
	}
	kept, err := c.secrets.Put(name, string(text))
	return report, kept, err
}

func (c *Core) clientFor(in ConnectionInput) (*daktela.Client, credentials, error) {
	address, err := daktela.ParseAddress(in.Address)
	if err != nil {
		return nil, credentials{}, err
	}
	cred := credentials{Token: strings.TrimSpace(in.Token), User: strings.TrimSpace(in.User), Password: in.Password}
	if cred.Token != "" {
		cred.User, cred.Password = "", ""
	}
	client, err := c.newClient(address, cred)
	return client, cred, err
}

// probe asks who we are, what we see, and how many interactions the last 30 days have.
func (c *Core) probe(ctx context.Context, client *daktela.Client) (ConnectionReport, string, error) {
	who, err := client.Whoim(ctx)
	if err != nil {
		return ConnectionReport{}, "", err
	}
	report := ConnectionReport{
		Company: client.Address().Site(), ServerVersion: who.Version,
		UserTitle: who.User.Title.Value, Interactions: -1,
	}
	if err := countVisible(ctx, client, &report); err != nil {
		return ConnectionReport{}, "", err
	}
	if since, ok := daysAgo(who.Clock, 30); ok {
		// The estimate is a kindness: without it the connection is just as good.
		if n, _, err := client.Interactions.Total(ctx, daktela.Gte("time", since)); err == nil {
			report.Interactions = n
		}
	}
	return report, string(who.User.Name), nil
}

// daysAgo is a wire time so many days before the server's own clock.
func daysAgo(clock daktela.Clock, days int) (string, bool) {
	ms, ok := clock.UTC()
	if !ok {
		return "", false
	}
	zone, err := daktela.LoadZone(clock.Zone)
	if err != nil {
		return "", false
	}
	return zone.Wire(ms - int64(days)*24*60*60*1000), true
}

// StartDemo opens the demo data.
func (s *Session) StartDemo() (state SessionState, err error) {
	defer s.c.guard("Session.StartDemo", &err)
	if err := s.c.openDemo(s.c.context(), true); err != nil {
		return SessionState{}, err
	}
	s.c.Background()
	if err := s.c.FirstSync(s.c.context()); err != nil {
		return SessionState{}, err
	}
	return s.c.state()
}

// LeaveDemo removes the demo data and goes back to the profile used before, if there is one.
func (s *Session) LeaveDemo() (state SessionState, err error) {
	defer s.c.guard("Session.LeaveDemo", &err)
	ctx := s.c.context()
	if err := s.c.CloseProfile(); err != nil {
		return SessionState{}, err
	}
	if err := s.c.wipeFolder(ctx, DemoProfile); err != nil {
		return SessionState{}, err
	}
	if _, err := s.c.OpenLast(ctx); err != nil {
		return SessionState{}, err
	}
	s.c.Background()
	return s.c.state()
}

// Wipe removes the open profile from this computer. The company's name has to be typed, so
// that nobody does it by a slip.
func (s *Session) Wipe(company string) (state SessionState, err error) {
	defer s.c.guard("Session.Wipe", &err)
	p, err := s.c.profile()
	if err != nil {
		return SessionState{}, err
	}
	if !strings.EqualFold(strings.TrimSpace(company), p.company()) {
		return SessionState{}, &Error{Code: "wrong_confirmation"}
	}
	if err := s.c.WipeProfile(s.c.context()); err != nil {
		return SessionState{}, err
	}
	return s.c.state()
}

// WipeProfile closes the open profile and removes every file of it and its secret.
func (c *Core) WipeProfile(ctx context.Context) error {
	p, err := c.profile()
	if err != nil {
		return err
	}
	if err := c.CloseProfile(); err != nil {
		return err
	}
	return c.wipeFolder(ctx, p.Name)
}

// OpenLink opens an http or https address in the person's browser.
func (s *Session) OpenLink(url string) (err error) {
	defer s.c.guard("Session.OpenLink", &err)
	if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") {
		return &Error{Code: "bad_address"}
	}
	return s.c.theHost().OpenURL(url)
}

// CopyText puts text on the clipboard.
func (s *Session) CopyText(text string) (err error) {
	defer s.c.guard("Session.CopyText", &err)
	return s.c.theHost().CopyText(text)
}

// Painted tells that the first list is on screen; tests of the shipped program wait for the
// line it writes.
func (s *Session) Painted() error {
	s.c.log.Info("painted")
	return nil
}
