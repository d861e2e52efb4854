package profile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"wapdesk/app/connection"
	"wapdesk/app/lock"
	"wapdesk/app/logbook"
	"wapdesk/app/secret"
	"wapdesk/app/system"
	"wapdesk/store"
)

// Options are what the program is started with.
type Options struct {
	DataDir string // folder of all profiles
	Version string
	Now     func() time.Time // nil means time.Now
	DemoNow func() time.Time // the clock while demo data is open; nil means Now
	Log     *slog.Logger     // nil discards
	Book    *logbook.Book    // keeps in the open profile's folder what goes to Log; nil keeps nothing
	// Words gives the texts of a language for files; nil leaves keys as they are.
	Words func(lang, key string, args ...string) string
	// Lang returns the language of a profile for which none was chosen, en or cs; nil means en. It may
	// change until a browser has said what it asks for.
	Lang func() string
	// LangAsked puts Lang above the profile's, until another is chosen on the page.
	LangAsked bool
	// Code tells an error as the catalogues word it, "error." and the code; nil calls each one internal.
	Code func(err error) (code string, params map[string]string)
	// DiskEncryption says whether the system encrypts the disk of a folder; nil means nobody knows.
	DiskEncryption func(ctx context.Context, folder string) system.Encryption
	// Metered says whether the network that leads out of this computer is metered; nil means nobody knows.
	Metered func(ctx context.Context) system.Network
	// Migrating is told the size (bytes) of the stored data of an older version before they are brought to this
	// one's form, where that takes long; nil tells nobody.
	Migrating func(size int64)
	// StartDemo starts the contact centre of demo data, whose data end when it began today, if it
	// did; without it there is no demo.
	StartDemo func(ctx context.Context, now func() time.Time, began time.Time) (DemoSite, error)
}

// Listener hears what happens in the open profile besides the answers to its verbs.
type Listener interface {
	DataChanged()    // something stored changed
	ChangesChanged() // the queue of changes did
	Synced(Status)
	Erasing(EraseProgress)
	ReportMade() // a planned report was made, or failed
}

type nobody struct{}

func (nobody) DataChanged()          {}
func (nobody) ChangesChanged()       {}
func (nobody) Synced(Status)         {}
func (nobody) Erasing(EraseProgress) {}
func (nobody) ReportMade()           {}

// Manager knows the profiles of this computer and keeps at most one of them open. It is safe for
// concurrent use.
type Manager struct {
	opts    Options
	disk    disk
	secrets secret.Keeper
	gate    *gate
	log     *slog.Logger

	mu     sync.RWMutex
	ctx    context.Context // of the program's run; long work ends with it
	listen Listener
	open   *Profile // nil when none is
	// migrating is the size (bytes) of the stored data that are being brought into a new form, 0 for none.
	migrating atomic.Int64
	opening   atomic.Int32 // how many calls are opening a profile
	// covered is the profile that was open before an opened file, "" for none.
	covered string

	ids     *counter
	exports *exportJobs
	// langChosen is set when a language was chosen on the page since the start.
	langChosen *atomic.Bool
}

// NewManager returns a manager that has no profile open and no listener yet.
func NewManager(opts Options) *Manager {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.DemoNow == nil {
		opts.DemoNow = opts.Now
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Book == nil {
		opts.Book = logbook.New()
	}
	if opts.Words == nil {
		opts.Words = func(_, key string, _ ...string) string { return key }
	}
	if opts.Lang == nil {
		opts.Lang = func() string { return "en" }
	}
	if opts.Code == nil {
		opts.Code = func(error) (string, map[string]string) { return "internal", nil }
	}
	if opts.DiskEncryption == nil {
		opts.DiskEncryption = func(context.Context, string) system.Encryption { return system.EncryptionUnknown }
	}
	m := &Manager{
		opts: opts, disk: disk{root: opts.DataDir}, log: opts.Log, ctx: context.Background(), listen: nobody{},
		ids: &counter{}, exports: newExportJobs(), langChosen: &atomic.Bool{},
	}
	m.gate = newGate(lock.New(opts.DataDir, m.InstanceID(), opts.Now))
	m.secrets = secret.Keeper{Folder: func(name string) string { return string(m.disk.folder(name)) }}
	return m
}

// Start gives the manager the context that ends with the program, and who listens; nil for nobody.
func (m *Manager) Start(ctx context.Context, listen Listener) {
	if listen == nil {
		listen = nobody{}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ctx, m.listen = ctx, listen
}

// Options returns what the program was started with.
func (m *Manager) Options() Options { return m.opts }

// InstanceID names this data folder, so that a second start on the same one finds the first.
func (m *Manager) InstanceID() string {
	sum := sha256.Sum256([]byte(m.opts.DataDir))
	return hex.EncodeToString(sum[:8])
}

// Open returns the open profile, or ErrNoProfile, or ErrLocked.
func (m *Manager) Open() (*Profile, error) {
	if err := m.gate.pass(); err != nil {
		return nil, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	if m.open == nil {
		return nil, ErrNoProfile
	}
	return m.open, nil
}

// OpenName returns the name of the open profile, "" without one.
func (m *Manager) OpenName() string {
	p, err := m.Open()
	if err != nil {
		return ""
	}
	return p.Name
}

// Now returns the time by the clock of the open profile.
func (m *Manager) Now() time.Time {
	if p, err := m.Open(); err == nil {
		return p.now()
	}
	return m.opts.Now()
}

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

// Use opens a profile and closes the one that was open.
func (m *Manager) Use(ctx context.Context, sel Select) (*Profile, error) {
	if err := m.gate.pass(); err != nil {
		return nil, err
	}
	if sel.Profile != "" && !validName(sel.Profile) {
		return nil, &UnknownError{What: AProfile, Name: sel.Profile}
	}
	if sel.Demo {
		return m.useDemo(ctx, sel.how())
	}
	if sel.URL != "" && sel.Token != "" {
		return m.useConnection(ctx, sel)
	}
	var d Description
	var err error
	if sel.Profile != "" {
		if d, err = m.disk.read(sel.Profile); err != nil {
			return nil, &UnknownError{What: AProfile, Name: sel.Profile, cause: err}
		}
	} else if d, err = m.disk.only(); err != nil {
		return nil, err
	}
	if d.Kind == kindDemo {
		return m.useDemo(ctx, sel.how())
	}
	return m.useStored(ctx, d, sel.how())
}

// UseLast opens the profile used last; without one it returns ErrNoProfile.
func (m *Manager) UseLast(ctx context.Context) (*Profile, error) {
	if err := m.gate.pass(); err != nil {
		return nil, err
	}
	d, ok, err := m.disk.last()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, ErrNoProfile
	}
	return m.Use(ctx, Select{Profile: d.Name})
}

// Named finds the profile a selection means, without opening it.
func (m *Manager) Named(sel Select) (string, error) {
	if err := m.gate.pass(); err != nil {
		return "", err
	}
	switch {
	case sel.Profile != "":
		if _, err := m.disk.read(sel.Profile); !validName(sel.Profile) || err != nil {
			return "", &UnknownError{What: AProfile, Name: sel.Profile, cause: err}
		}
		return sel.Profile, nil
	case sel.Demo:
		return DemoName, nil
	case sel.URL != "" && sel.Token != "":
		return m.namedByToken(sel)
	}
	d, err := m.disk.only()
	return d.Name, err
}

// opening is what a profile is opened with and for.
type opening struct {
	conn            *connection.Connection // nil without credentials: stored data still works
	demo            DemoSite
	noList, reading bool
	chosen          bool // demo data that were opened on the page
}

func (sel Select) how() opening { return opening{noList: sel.NoList, reading: sel.Reading} }

// start opens the data of a profile and makes it the open one.
func (m *Manager) start(ctx context.Context, d Description, with opening) (*Profile, error) {
	if err := m.gate.pass(); err != nil {
		return nil, err
	}
	m.opening.Add(1)
	defer m.opening.Add(-1)
	if err := m.Close(); err != nil {
		return nil, err
	}
	now := m.opts.Now
	if d.Kind == kindDemo {
		now = m.opts.DemoNow
	}
	d.UsedMs = now().UnixMilli()
	existed := m.disk.folder(d.Name).Exists()
	db, err := store.Open(ctx, m.disk.folder(d.Name), store.Options{Now: now, Log: m.log, NoList: with.noList, Beside: with.reading, Erasures: m.disk.erasures(d), Migrating: m.tellMigrating})
	m.migrating.Store(0)
	if err != nil {
		return nil, err
	}
	if !db.Beside() {
		if err := m.disk.write(d); err != nil {
			return nil, errors.Join(err, db.Close())
		}
		if err := m.opts.Book.Open(string(m.disk.folder(d.Name))); err != nil {
			m.log.Warn("nothing is kept of the log", "error", err) // all else works
		}
		m.log.Info("profile opened", "version", m.opts.Version, "kind", d.Kind, "readonly", with.reading)
	}
	if !existed && d.Kind == kindFile {
		if _, err := db.ApplyRights(ctx, store.Rights{All: true}); err != nil {
			return nil, errors.Join(err, db.Close())
		}
	}
	p := m.opened(d, with, db, now)
	if !db.Beside() {
		p.upkeepOrLog(ctx)
	}
	return p, nil
}

func (m *Manager) tellMigrating(size int64) {
	m.migrating.Store(size)
	if m.opts.Migrating != nil {
		m.opts.Migrating(size)
	}
}

// Opening reports whether a profile is being opened, so that having none open says nothing.
func (m *Manager) Opening() bool { return m.opening.Load() > 0 }

// Migrating returns the size (bytes) of the stored data that are being brought into this version's form, 0
// when none are or it takes no time.
func (m *Manager) Migrating() int64 { return m.migrating.Load() }

// opened makes a profile the open one.
func (m *Manager) opened(d Description, with opening, db *store.DB, now func() time.Time) *Profile {
	m.mu.Lock()
	defer m.mu.Unlock()
	run, stop := context.WithCancel(m.ctx)
	p := &Profile{
		Description: d, opts: m.opts, log: m.log, now: now, listen: m.listen, disk: m.disk, langChosen: m.langChosen,
		db: db, noList: with.noList, conn: with.conn, demo: with.demo, run: run, stop: stop, since: now(),
		results: newResults(m.ids), exports: m.exports, ids: m.ids,
	}
	p.background = newBackground(p)
	db.Subscribe(p.onCommit)
	settings := p.Settings()
	if err := db.SetWorkingHours(run, settings.Targets.workingHours()); err != nil && run.Err() == nil {
		m.log.Error("working hours are not known", "error", err.Error())
	}
	p.measureBy(settings.Targets)
	if settings.WeekStart == 0 {
		db.List().SetZone(db.Zone(), true)
	}
	m.open = p
	return p
}

// Close ends the work of the open profile, rewrites its file if an erasure left that to do, and
// closes it. Nothing open is no error.
func (m *Manager) Close() error {
	m.mu.Lock()
	p := m.open
	m.open = nil
	m.mu.Unlock()
	if p == nil {
		return nil
	}
	return errors.Join(p.close(), m.opts.Book.Close())
}

// LeaveCompaction lets Close leave the rewriting of the open profile's file, which takes long where it
// is large, to the next start.
func (m *Manager) LeaveCompaction() {
	if p, err := m.Open(); err == nil {
		p.leaveForNextStart()
	}
}

// ForgetErasures removes the list of what a profile anonymised: a later sync or an opened file may
// then bring it back. It is for a profile that was wiped.
func (m *Manager) ForgetErasures(ctx context.Context, name string) error {
	return store.ForgetErasures(ctx, filepath.Join(m.disk.root, erasuresFolder), m.disk.folder(name))
}

// Wipe removes a profile from this computer: every file of it, and its secret. The list of what it
// anonymised stays. Demo data and opened files have no secret, and no keyring is asked about them.
func (m *Manager) Wipe(ctx context.Context, name string) error {
	d, err := m.disk.read(name)
	secretless := err == nil && d.Kind != kindConnected || err != nil && name == DemoName
	if m.OpenName() == name {
		if err := m.Close(); err != nil {
			return err
		}
	}
	if err := store.Wipe(ctx, m.disk.folder(name)); err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if secretless {
		return nil
	}
	return m.secrets.Forget(name)
}
