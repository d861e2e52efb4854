package app

import (
	"context"
	"log/slog"
	"net/url"
	"sync"

	"wapdesk/app/profile"
)

// App is what the screens share: the profiles, and the window or browser around the page. Its
// exported methods are for main, window, serve and transfer; the page cannot call them.
type App struct {
	profiles *profile.Manager
	log      *slog.Logger
	browser  bool // the page is served to a browser

	mu   sync.RWMutex
	ctx  context.Context // of the program's run
	host Host
	link string // interaction to show at start
	// asked is the file of the window that waits for the order of its dates.
	asked string
}

// New returns the screens of the profiles of this computer, without a host yet.
func New(profiles *profile.Manager) *App {
	return &App{profiles: profiles, log: profiles.Options().Log, host: NoHost{}, ctx: context.Background()}
}

// Start gives the screens their host and the context that ends with the program.
func (a *App) Start(ctx context.Context, host Host) {
	a.mu.Lock()
	a.ctx, a.host, a.browser = ctx, host, host.Downloads()
	a.mu.Unlock()
	a.profiles.Start(ctx, listener{host})
}

// Profiles returns the profiles of this computer.
func (a *App) Profiles() *profile.Manager { return a.profiles }

// ShowAtStart makes the page open the details of an interaction.
func (a *App) ShowAtStart(name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.link = name
}

// SecondStart takes over the link a second start was given.
func (a *App) SecondStart(args []string) {
	if name := LinkArgument(args); name != "" {
		a.emit(EventOpen, name)
	}
}

// LinkArgument returns the unique name in the deep link among a start's arguments, "" without one.
// Whoever made the link, all that is taken from it is a name to look up here.
func LinkArgument(args []string) string {
	for _, arg := range args {
		if u, err := url.Parse(arg); err == nil && u.Scheme != "" {
			if name := profile.NameFromLink(arg); name != "" {
				return name
			}
		}
	}
	return ""
}

// Context returns the context that ends with the program.
func (a *App) Context() context.Context {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.ctx
}

func (a *App) theHost() Host {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.host
}

func (a *App) emit(event string, value any) { a.theHost().Emit(event, value) }
