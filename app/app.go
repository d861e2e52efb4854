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
	veil     *veil
	browser  bool // the page is served to a browser

	mu   sync.RWMutex
	ctx  context.Context // of the program's run
	host Host
	link string // deep link or unique name to show at start
	// begin opens what the screens start with.
	begin func(ctx context.Context) error
	// opening: the profile to begin with is not open yet, so that having none says nothing.
	opening bool
	// asked is the file of the window that waits for the order of its dates.
	asked string
}

// New returns the screens of the profiles of this computer, without a host yet.
func New(profiles *profile.Manager) *App {
	return &App{profiles: profiles, log: profiles.Options().Log, veil: newVeil(), host: NoHost{}, ctx: context.Background(), begin: func(context.Context) error { return nil }}
}

// Start gives the screens their host and the context that ends with the program.
func (a *App) Start(ctx context.Context, host Host) {
	a.mu.Lock()
	a.ctx, a.host, a.browser = ctx, host, host.Downloads()
	a.mu.Unlock()
	a.profiles.Start(ctx, listener{host})
}

// Opens makes the page wait for the profile to begin with until opened is called. A window exists before its
// profile is open, which takes minutes where stored data of an older version are brought into a new form.
func (a *App) Opens() (opened func()) {
	set := func(opening bool) {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.opening = opening
	}
	set(true)
	return func() { set(false) }
}

// Begins says how the profile to begin with is opened, which is done once more when a lock was opened.
func (a *App) Begins(begin func(ctx context.Context) error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.begin = begin
}

// Profiles returns the profiles of this computer.
func (a *App) Profiles() *profile.Manager { return a.profiles }

// ShowAtStart makes the page open the details that a deep link or a unique name leads to.
func (a *App) ShowAtStart(link string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.link = profile.PlainLink(link)
}

// SecondStart takes over the link a second start was given.
func (a *App) SecondStart(args []string) {
	link := LinkArgument(args)
	switch {
	case link == "":
	case a.profiles.Locked():
		a.ShowAtStart(link) // once the PIN was given
	default:
		a.emit(EventOpen, link)
	}
}

// Leaving tells the page, which is about to close, how many changes wait to be sent, and returns
// their number. The page says that they will be sent next time.
func (a *App) Leaving() int {
	p, err := a.profiles.Open()
	if err != nil {
		return 0
	}
	n, err := p.Waiting(context.WithoutCancel(a.Context())) // which has ended when the program does
	if err != nil {
		a.log.Error("waiting changes are not known", "error", errorText(err))
		return 0
	}
	if n > 0 {
		a.emit(EventLeaving, n)
	}
	return n
}

// LinkArgument returns the deep link among a start's arguments, "" without one. Whoever made it,
// all that is taken from it is whose it is and a name to look up here.
func LinkArgument(args []string) string {
	for _, arg := range args {
		if u, err := url.Parse(arg); err == nil && u.Scheme != "" {
			if profile.NameFromLink(arg) != "" {
				return profile.PlainLink(arg)
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
