package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"wapdesk/app/secret"
)

// Options are what the program is started with.
type Options struct {
	DataDir string // folder of all profiles
	Version string
	Now     func() time.Time // nil means time.Now
	DemoNow func() time.Time // the clock while demo data is open; nil means Now
	Log     *slog.Logger     // nil discards
	Browser bool             // the page is served to a browser
	// Words gives the texts of a language for files; nil leaves keys as they are.
	Words func(lang, key string, args ...string) string
	// Lang is the language of a profile for which none was chosen: en or cs.
	Lang string
	// LangAsked puts Lang above the profile's, until another is chosen on the page.
	LangAsked bool
}

// Core is what the bound structs share: the open profile, the clock and the host.
// Its exported methods are for main, serve and cli; the page cannot call them.
type Core struct {
	opts     Options
	profiles profiles
	secrets  secret.Keeper
	log      *slog.Logger

	mu   sync.RWMutex
	ctx  context.Context // of the program's run; long work ends with it
	host Host
	open *openProfile // nil on the first-run screen
	link string       // interaction to show at start

	shots   *snapshots
	exports *exportJobs
	uploads uploads
	erasing jobSlot
	clock   func() time.Time // of the open profile
	// langChosen is set when a language was chosen on the page since the start.
	langChosen atomic.Bool
	noList     bool // of a command that asks nothing of the list
	reading    bool // of a command that changes nothing
}

// New makes a core that has no profile open and no host yet.
func New(opts Options) *Core {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.DemoNow == nil {
		opts.DemoNow = opts.Now
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Words == nil {
		opts.Words = func(_, key string, _ ...string) string { return key }
	}
	if opts.Lang == "" {
		opts.Lang = "en"
	}
	p := profiles{root: opts.DataDir}
	c := &Core{
		opts: opts, profiles: p, log: opts.Log, host: NoHost{}, ctx: context.Background(), clock: opts.Now,
		secrets: secret.Keeper{Folder: func(name string) string { return string(p.folder(name)) }},
		shots:   newSnapshots(),
		exports: newExportJobs(),
	}
	return c
}

// Start gives the core its host and the context that ends with the program.
func (c *Core) Start(ctx context.Context, host Host) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ctx, c.host = ctx, host
}

// Bound returns the structs a page may call, by name.
func (c *Core) Bound() map[string]any {
	return map[string]any{
		"Session": &Session{c}, "Interactions": &Interactions{c}, "Details": &Details{c}, "Sync": &Sync{c},
		"Exports": &Exports{c}, "Erasure": &Erasure{c}, "Changes": &Changes{c}, "Preferences": &Preferences{c},
	}
}

func (c *Core) context() context.Context {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.ctx
}

func (c *Core) theHost() Host {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.host
}

func (c *Core) emit(event string, value any) { c.theHost().Emit(event, value) }

func (c *Core) now() time.Time {
	c.mu.RLock()
	clock := c.clock
	c.mu.RUnlock()
	return clock()
}

func (c *Core) setClock(clock func() time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.clock = clock
}

// profile returns the open profile, or an error the page turns into the first-run screen.
func (c *Core) profile() (*openProfile, error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.open == nil {
		return nil, &Error{Code: "no_profile"}
	}
	return c.open, nil
}

// opened returns the open profile where having none is no error.
func (c *Core) opened() (*openProfile, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.open, c.open != nil
}

// guard ends every bound method: a panic becomes an error, since a page's promise would
// otherwise never settle, and every error gets a code. The cause is logged without values.
func (c *Core) guard(method string, err *error) {
	if p := recover(); p != nil {
		c.log.Error("panic in a bound method", "method", method, "stack", string(debug.Stack()))
		*err = newError("internal", fmt.Errorf("panic: %T", p))
		return
	}
	if *err == nil {
		return
	}
	e := AsError(*err)
	if e.Code == "internal" {
		c.log.Error("bound method failed", "method", method, "error", errorText(*err))
	}
	*err = e
}

// errorText is the chain of an error for the log. Layers below keep personal data out of
// error texts; ours carry codes only.
func errorText(err error) string {
	if e, ok := errors.AsType[*Error](err); ok && e.cause != nil {
		return e.Code + ": " + e.cause.Error()
	}
	return err.Error()
}
