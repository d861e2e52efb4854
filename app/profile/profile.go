package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"wapdesk/app/daktela"
	"wapdesk/app/secret"
	"wapdesk/store"
	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// Select says which profile to open; with everything empty the only one there is.
type Select struct {
	Profile string
	Demo    bool
	URL     string // with Token: a connection that is not stored
	Token   string
	Offline bool // never ask the contact centre, not even who the token's user is
	NoList  bool // the command asks nothing of the list: spare loading it
	Reading bool // the command changes nothing: read beside a window that has the profile open
}

// openProfile is the profile that is open. Its fields do not change while it is.
type openProfile struct {
	Profile
	db     *store.DB
	client *daktela.Client // nil without credentials: stored data still works
	demo   *demoRun        // the contact centre of demo data
	runner *runner
	stop   context.CancelFunc // ends everything that works for this profile
	dir    directoryCache
	// leaveCompaction leaves the rewriting of the file to the next start.
	leaveCompaction bool
	todayMu         sync.Mutex
	today           *listing.Engine // until the whole list is loaded
}

// credentials are what the keyring holds for a profile.
type credentials struct {
	Token    string `json:"token,omitempty"`
	User     string `json:"user,omitempty"`
	Password string `json:"password,omitempty"`
}

// OpenProfile opens a profile and closes the one that was open.
func (c *Core) OpenProfile(ctx context.Context, sel Select) error {
	if sel.Profile != "" && !validProfile(sel.Profile) {
		return newError("unknown_profile", nil, "profile", sel.Profile)
	}
	c.noList, c.reading = sel.NoList, sel.Reading
	if sel.Demo {
		return c.openDemo(ctx, false)
	}
	if sel.URL != "" && sel.Token != "" {
		return c.openConnection(ctx, sel)
	}
	var pr Profile
	var err error
	if sel.Profile != "" {
		if pr, err = c.profiles.read(sel.Profile); err != nil {
			return newError("unknown_profile", err, "profile", sel.Profile)
		}
	} else if pr, err = c.profiles.only(); err != nil {
		return err
	}
	if pr.Kind == kindDemo {
		return c.openDemo(ctx, false)
	}
	return c.openStored(ctx, pr)
}

// OpenLast opens the profile used last; false when there is none.
func (c *Core) OpenLast(ctx context.Context) (bool, error) {
	pr, ok, err := c.profiles.last()
	if err != nil || !ok {
		return false, err
	}
	return true, c.OpenProfile(ctx, Select{Profile: pr.Name})
}

func (c *Core) openConnection(ctx context.Context, sel Select) error {
	address, err := daktela.ParseAddress(sel.URL)
	if err != nil {
		return err
	}
	client, err := c.newClient(address, credentials{Token: sel.Token})
	if err != nil {
		return err
	}
	pr, known, err := c.profiles.byToken(address.String(), sel.Token)
	if err != nil {
		return err
	}
	if sel.Profile != "" && (!known || pr.Name != sel.Profile) {
		pr, known = Profile{Name: sel.Profile}, false
	}
	if !known {
		if sel.Offline {
			return &Error{Code: "no_profile"}
		}
		who, err := client.Whoim(ctx)
		if err != nil {
			return err
		}
		if pr.Name == "" {
			pr.Name = profileName(address.Site(), string(who.User.Name))
		}
		pr.Kind, pr.URL, pr.Login = kindConnected, address.String(), string(who.User.Name)
		pr.Fingerprint = fingerprint(sel.Token)
	}
	return c.use(ctx, pr, client, nil)
}

// namedByToken is the profile of a connection that was used before.
func (c *Core) namedByToken(sel Select) (string, error) {
	address, err := daktela.ParseAddress(sel.URL)
	if err != nil {
		return "", err
	}
	pr, known, err := c.profiles.byToken(address.String(), sel.Token)
	if err != nil {
		return "", err
	}
	if !known {
		return "", &Error{Code: "no_profile"}
	}
	return pr.Name, nil
}

func (c *Core) openStored(ctx context.Context, pr Profile) error {
	if pr.Kind == kindFile {
		return c.use(ctx, pr, nil, nil)
	}
	address, err := daktela.ParseAddress(pr.URL)
	if err != nil {
		return err
	}
	kept, err := c.keptCredentials(pr.Name)
	if errors.Is(err, secret.ErrNone) {
		return c.use(ctx, pr, nil, nil)
	}
	if err != nil {
		return err
	}
	client, err := c.newClient(address, kept)
	if err != nil {
		return err
	}
	return c.use(ctx, pr, client, nil)
}

func (c *Core) keptCredentials(profile string) (credentials, error) {
	text, err := c.secrets.Get(profile)
	if err != nil {
		return credentials{}, err
	}
	var kept credentials
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return credentials{}, secret.ErrNone // unreadable is as good as none
	}
	return kept, nil
}

func (c *Core) newClient(address daktela.Address, cred credentials) (*daktela.Client, error) {
	signIn := daktela.WithToken(cred.Token)
	if cred.Token == "" {
		signIn = daktela.WithLogin(cred.User, cred.Password)
	}
	client, err := daktela.New(address, signIn, daktela.WithUserAgent("Wapdesk/"+c.opts.Version),
		daktela.WithLanguage(c.opts.Lang), daktela.WithWaitHook(c.onWait))
	if err != nil {
		return nil, err
	}
	return client, nil
}

// use opens the data of a profile and makes it the open one.
func (c *Core) use(ctx context.Context, pr Profile, client *daktela.Client, demo *demoRun) error {
	if err := c.CloseProfile(); err != nil {
		return err
	}
	if pr.Kind == kindDemo {
		c.setClock(c.opts.DemoNow)
	} else {
		c.setClock(c.opts.Now)
	}
	pr.UsedMs = c.now().UnixMilli()
	existed := c.profiles.folder(pr.Name).Exists()
	db, err := store.Open(ctx, c.profiles.folder(pr.Name), store.Options{Now: c.now, Log: c.log, NoList: c.noList, Beside: c.reading})
	if err != nil {
		return err
	}
	if !db.Beside() {
		if err := c.profiles.write(pr); err != nil {
			return errors.Join(err, db.Close())
		}
	}
	if !existed && pr.Kind == kindFile {
		if _, err := db.ApplyRights(ctx, store.Rights{All: true}); err != nil {
			return errors.Join(err, db.Close())
		}
	}
	run, stop := context.WithCancel(c.context())
	p := &openProfile{Profile: pr, db: db, client: client, demo: demo, stop: stop}
	p.runner = newRunner(run, c, p)
	db.Subscribe(func(e store.Event) { c.onCommit(p, e) })
	if c.settings(p).WeekStart == 0 {
		db.List().SetZone(db.Zone(), true)
	}
	c.mu.Lock()
	c.open = p
	c.mu.Unlock()
	if !db.Beside() {
		c.upkeepOrLog(ctx, p)
	}
	return nil
}

// CloseProfile ends the work of the open profile, rewrites its file if an erasure left that
// to do, and closes it. Nothing open is no error.
func (c *Core) CloseProfile() error {
	c.mu.Lock()
	p := c.open
	c.open = nil
	c.mu.Unlock()
	if p == nil {
		return nil
	}
	c.shots.clear()
	p.stop()
	p.runner.wait()
	var errs []error
	if p.db.CompactionDue() && !p.leaveCompaction {
		// At the latest on quit: no byte of an erased row outlives the session.
		errs = append(errs, p.db.Compact(context.WithoutCancel(c.context()), func(string) {}))
	}
	errs = append(errs, p.db.Close())
	if p.client != nil {
		p.client.Close()
	}
	if p.demo != nil {
		errs = append(errs, p.demo.close())
	}
	return errors.Join(errs...)
}

// list is the engine once it has been loaded.
func (p *openProfile) list(ctx context.Context) (*listing.Engine, error) {
	p.db.LoadList()
	select {
	case <-p.db.ListReady():
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := p.db.ListErr(); err != nil {
		return nil, fmt.Errorf("load the list: %w", err)
	}
	return p.db.List(), nil
}

// listFor is the engine that answers a filter: while the whole list is still being loaded,
// one of today's rows alone answers what is about today.
func (p *openProfile) listFor(ctx context.Context, f Filter) (*listing.Engine, error) {
	select {
	case <-p.db.ListReady():
		return p.list(ctx)
	default:
	}
	if f.Time.Preset != "today" {
		return p.list(ctx)
	}
	p.todayMu.Lock()
	defer p.todayMu.Unlock()
	if p.today == nil {
		today, err := p.db.TodayList(ctx)
		if err != nil {
			return p.list(ctx) // a day too large to read ahead, or a fault the list will name
		}
		p.today = today
		go func() {
			select {
			case <-p.db.ListReady():
				p.todayMu.Lock()
				p.today = nil
				p.todayMu.Unlock()
			case <-ctx.Done():
			}
		}()
	}
	return p.today, nil
}

// stored is how many interactions a person can see on this computer.
func (p *openProfile) stored(ctx context.Context) (int, error) {
	select {
	case <-p.db.ListReady():
	default:
		return p.db.Stored(ctx)
	}
	scope, err := p.db.Scope(ctx)
	if err != nil {
		return 0, err
	}
	if p.db.ListErr() != nil {
		return p.db.Stored(ctx)
	}
	return p.db.List().View().Count(ctx, query.Query{}, scope)
}

func (p *openProfile) clock(now time.Time, sundayFirst bool) query.Clock {
	return query.Clock{Now: now, Zone: p.db.Zone(), SundayFirst: sundayFirst}
}

// deepLink is the address that opens an interaction or an activity in the contact centre,
// in the form the seed gives; "" for an opened file, which has none.
func (p *openProfile) deepLink(name string) string {
	if p.Kind == kindFile || name == "" {
		return ""
	}
	return p.site() + "/listing/activities/?activityDetail=" + escape(name)
}

// site is the root address of the contact centre.
func (p *openProfile) site() string {
	if p.Kind == kindDemo {
		return "https://demo.daktela.com"
	}
	return p.URL
}

// company is the contact centre's host, or the name of the opened file.
func (p *openProfile) company() string {
	switch p.Kind {
	case kindFile:
		return p.File
	case kindDemo:
		return "demo.daktela.com"
	}
	if a, err := daktela.ParseAddress(p.URL); err == nil {
		return a.Site()
	}
	return p.URL
}
