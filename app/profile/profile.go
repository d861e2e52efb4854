package profile

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"wapdesk/app/connection"
	"wapdesk/app/export"
	"wapdesk/app/system"
	"wapdesk/store"
	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// Profile is the profile that is open. Its fields do not change while it is, and its methods may
// be called at the same time.
type Profile struct {
	Description
	opts       Options
	log        *slog.Logger
	now        func() time.Time
	listen     Listener
	disk       disk
	langChosen *atomic.Bool

	db         *store.DB
	conn       *connection.Connection // nil without credentials: stored data still works
	demo       DemoSite               // the contact centre of demo data
	background *background
	noList     bool               // the list was not loaded, and knows nothing
	run        context.Context    // ends with the profile, and with it what works for it
	stop       context.CancelFunc // ends run

	since   time.Time // it was opened
	ids     *counter
	results *results
	exports *exportJobs
	erasing jobSlot
	dir     directoryCache
	countMu sync.Mutex   // held while rows are counted by working hours
	counted atomic.Int32 // percent of them
	// leaveCompaction leaves the rewriting of the file to the next start.
	leaveCompaction atomic.Bool
	todayMu         sync.Mutex
	today           *listing.Engine // until the whole list is loaded
}

// counter gives numbers that are not given again while the program runs.
type counter struct{ n atomic.Int64 }

func (c *counter) next() string { return strconv.FormatInt(c.n.Add(1), 10) }

// close ends what works for the profile, rewrites its file if an erasure left that to do, and
// closes it.
func (p *Profile) close() error {
	p.results.clear()
	p.stop()
	p.background.wait()
	var errs []error
	if p.db.CompactionDue() && !p.leaveCompaction.Load() {
		// At the latest on quit: no byte of an erased row outlives the session.
		_, err := p.compact(context.WithoutCancel(p.run))
		errs = append(errs, err)
	}
	errs = append(errs, p.db.Close())
	if p.conn != nil {
		p.conn.Close()
	}
	if p.demo != nil {
		errs = append(errs, p.demo.Close())
	}
	return errors.Join(errs...)
}

// leaveForNextStart leaves the rewriting of the file to the next start.
func (p *Profile) leaveForNextStart() { p.leaveCompaction.Store(true) }

// onCommit passes a commit of the store on.
func (p *Profile) onCommit(e store.Event) {
	if e.Everything {
		p.dir.drop()
	}
	p.todayMu.Lock()
	p.today = nil // it does not follow commits
	p.todayMu.Unlock()
	p.listen.DataChanged()
	if e.Changes {
		p.listen.ChangesChanged()
	}
	p.background.publish(false)
}

// IsDemo reports whether the profile holds demo data.
func (p *Profile) IsDemo() bool { return p.Kind == kindDemo }

// IsFile reports whether the profile is an opened file: nothing to sync, and no changes.
func (p *Profile) IsFile() bool { return p.Kind == kindFile }

// Zone returns the time zone of the contact centre.
func (p *Profile) Zone() *time.Location { return p.db.Zone() }

// Words returns the texts of a language for files; "" means the program's.
func (p *Profile) Words(lang string) export.Words {
	if lang == "" {
		lang = p.opts.Lang()
	}
	return func(key string, args ...string) string { return p.opts.Words(lang, key, args...) }
}

// UserTitle returns the name of the user whom the profile belongs to.
func (p *Profile) UserTitle(ctx context.Context) string {
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

// Folder returns where the files of the profile lie, and how many bytes they take.
func (p *Profile) Folder() (path string, bytes int64, err error) {
	bytes, err = p.db.Folder().Bytes()
	return string(p.db.Folder()), bytes, err
}

// DiskEncryption says whether the system encrypts the disk that the profile's folder lies on.
func (p *Profile) DiskEncryption(ctx context.Context) system.Encryption {
	return p.opts.DiskEncryption(ctx, string(p.db.Folder()))
}

// list is the engine once it has been loaded.
func (p *Profile) list(ctx context.Context) (*listing.Engine, error) {
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
func (p *Profile) listFor(ctx context.Context, f Filter) (*listing.Engine, error) {
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

// Stored counts how many interactions a person can see on this computer.
func (p *Profile) Stored(ctx context.Context) (int, error) {
	if p.noList {
		return p.db.Stored(ctx)
	}
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

// Clock returns the time as the contact centre and the person's week count it.
func (p *Profile) Clock() query.Clock {
	return query.Clock{Now: p.now(), Zone: p.db.Zone(), SundayFirst: p.Settings().WeekStart == 0}
}

// DeepLink returns the address that opens an interaction or an activity in the contact centre,
// "" for an opened file, which has none.
func (p *Profile) DeepLink(name string) string {
	if p.Kind == kindFile || name == "" {
		return ""
	}
	return p.Site() + "/listing/activities/?activityDetail=" + url.QueryEscape(name)
}

// Site returns the root address of the contact centre.
func (p *Profile) Site() string {
	if p.Kind == kindDemo {
		return "https://demo.daktela.com"
	}
	return p.URL
}

// Company returns the contact centre's host, or the name of the opened file.
func (d Description) Company() string {
	switch d.Kind {
	case kindFile:
		return d.File
	case kindDemo:
		return "demo.daktela.com"
	}
	return connection.SiteOf(d.URL)
}
