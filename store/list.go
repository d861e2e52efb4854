package store

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"wapdesk/store/listing"
)

// list keeps the list engine in step with the file.
type list struct {
	engine *listing.Engine
	run    context.Context // until stop
	stop   context.CancelFunc
	begin  func() // lets the loading begin
	ready  chan struct{}
	work   sync.WaitGroup

	mu      sync.Mutex
	loading bool
	err     error
	// What came while the engine was loading.
	changed    map[int64]struct{}
	removed    map[int64]struct{}
	everything bool
	// erased: texts that are no longer in the file may be in the engine's memory.
	erased bool
	// rebuilding ends the rebuilding of the engine that was begun last; nil before the first.
	rebuilding context.CancelFunc
	sunday     bool
	off        bool
}

// List is the list engine over this file. It is empty until ListReady is closed, and always
// when the profile was opened with NoList.
func (db *DB) List() *listing.Engine { return db.list.engine }

// loadPatience is how long loading the list waits for the first read of today's interactions, which
// would otherwise share the processor with it.
const loadPatience = 300 * time.Millisecond

// LoadList lets loading the list begin at once. It begins by itself after today's interactions
// were read, or soon after the profile was opened.
func (db *DB) LoadList() { db.list.begin() }

// ListReady is closed when loading the list engine has ended, well or not: see ListErr.
func (db *DB) ListReady() <-chan struct{} { return db.list.ready }

// ListErr is the error that ended loading the list, nil while it loads and when it is fine.
func (db *DB) ListErr() error {
	db.list.mu.Lock()
	defer db.list.mu.Unlock()
	return db.list.err
}

// startList loads the engine in the background.
func (db *DB) startList(options Options) {
	l := &db.list
	l.sunday = options.SundayFirst
	l.engine = listing.New(listing.Options{Zone: db.Zone(), SundayFirst: options.SundayFirst, Now: db.now, Words: db})
	l.ready = make(chan struct{})
	l.changed, l.removed = map[int64]struct{}{}, map[int64]struct{}{}
	ctx, stop := context.WithCancel(context.Background())
	l.run, l.stop = ctx, stop
	asked := make(chan struct{})
	l.begin = sync.OnceFunc(func() { close(asked) })
	if options.NoList {
		l.off = true
		close(l.ready)
		return
	}
	l.loading = true
	l.work.Go(func() {
		select {
		case <-asked:
		case <-time.After(loadPatience):
		case <-ctx.Done():
		}
		err := db.loadList(ctx)
		defer func() {
			if err == nil {
				// The first sort by a text would otherwise wait for the Czech order of all of them.
				// It is only a preparation: a search does what is left of it.
				_ = l.engine.Warm(ctx)
			}
		}()
		defer close(l.ready)
		if err != nil {
			l.mu.Lock()
			l.err = err
			l.mu.Unlock()
			if ctx.Err() == nil { // closing the profile while it loads is no failure
				db.log.Error("the list was not loaded", "error", err)
			}
		}
	})
}

func (db *DB) stopList() {
	if db.list.stop != nil {
		db.list.stop()
	}
	db.list.work.Wait()
	// The rebuilding that still waited would have let the list be kept for the next start.
	if l := &db.list; l.erased && !l.off && !l.loading && l.err == nil {
		if err := l.engine.Compact(context.Background()); err == nil {
			l.erased = false
		}
	}
}

func (db *DB) loadList(ctx context.Context) error {
	l := &db.list
	if err := db.refreshDirectory(ctx); err != nil {
		return err
	}
	if !db.readImage(ctx) {
		if err := db.loadRows(ctx); err != nil {
			return err
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.loading = false
	changed, removed := keys(l.changed), keys(l.removed)
	l.changed, l.removed = nil, nil
	err := db.feed(ctx, changed, removed, l.everything)
	if l.erased {
		db.compactListSoon()
	}
	return err
}

func (db *DB) loadRows(ctx context.Context) error {
	things, parts, err := db.listParts(ctx)
	if err != nil {
		return err
	}
	if err := db.list.engine.LoadRows(ctx, things, parts...); err != nil {
		return fmt.Errorf("load the list: %w", err)
	}
	return nil
}

// whole reports whether the list has everything in the file and nothing else. It is asked when
// nothing works at the list any more.
func (l *list) whole() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.engine != nil && !l.off && !l.loading && !l.erased && l.err == nil
}

// follow lets the engine take a commit over. While the engine loads, the ids wait: the load may or may
// not have seen them.
func (l *list) follow(ctx context.Context, db *DB, event Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.erased = l.erased || event.erased
	if l.loading && l.err == nil {
		for _, id := range event.Interactions {
			l.changed[id] = struct{}{}
			delete(l.removed, id)
		}
		for _, id := range event.Removed {
			l.removed[id] = struct{}{}
			delete(l.changed, id)
		}
		l.everything = l.everything || event.Everything
		return
	}
	if l.ready == nil || l.off || l.err != nil {
		return // not started, or without a list
	}
	if event.erased && l.rebuilding != nil {
		l.rebuilding() // feed would wait for it, and it would have to be done once more
	}
	if err := db.feed(ctx, event.Interactions, event.Removed, event.Everything); err != nil {
		l.err = err
		db.log.Error("the list did not follow a commit", "error", err)
		return
	}
	if event.erased {
		db.compactListSoon()
	}
}

// compactListAfter is how long the engine waits for a further erasure before it is rebuilt.
const compactListAfter = 200 * time.Millisecond

// compactListSoon has erased texts taken out of the engine's memory once no erasure follows any more.
// db.list.mu is held.
func (db *DB) compactListSoon() {
	ctx, stop := context.WithCancel(db.list.run)
	db.list.rebuilding = stop
	db.list.work.Go(func() {
		defer stop()
		select {
		case <-time.After(compactListAfter):
		case <-ctx.Done():
			return
		}
		db.compactList(ctx)
	})
}

func (db *DB) compactList(ctx context.Context) {
	if err := db.list.engine.Compact(ctx); err != nil {
		if ctx.Err() == nil {
			db.log.Error("the list was not rebuilt after an erasure", "error", err)
		}
		return
	}
	db.list.mu.Lock()
	defer db.list.mu.Unlock()
	if ctx.Err() == nil { // else there was another erasure
		db.list.erased = false
	}
}

// feed gives the engine what a commit changed, all at once, so that no list shows half of it.
func (db *DB) feed(ctx context.Context, changed, removed []int64, everything bool) error {
	records, err := db.recordsOf(ctx, changed, false)
	if err != nil {
		return err
	}
	var directory *listing.Directory
	if everything {
		read, err := db.readDirectory(ctx)
		if err != nil {
			return err
		}
		directory = &read
	}
	// A row that is gone by now is no longer read.
	leaving := append(slices.Clone(removed), missingFrom(changed, records)...)
	if len(records) > 0 || len(leaving) > 0 || directory != nil {
		db.list.engine.ApplyAll(records, leaving, directory)
	}
	return nil
}

func missingFrom(ids []int64, records []listing.Record) []int64 {
	if len(ids) == len(records) {
		return nil
	}
	have := make(map[int64]bool, len(records))
	for i := range records {
		have[records[i].ID] = true
	}
	var missing []int64
	for _, id := range ids {
		if !have[id] {
			missing = append(missing, id)
		}
	}
	return missing
}

// refreshDirectory gives the engine the queues, users and groups.
func (db *DB) refreshDirectory(ctx context.Context) error {
	directory, err := db.readDirectory(ctx)
	if err != nil {
		return err
	}
	db.list.engine.SetDirectory(directory)
	return nil
}

// readDirectory reads the queues, users and groups in the list's form.
func (db *DB) readDirectory(ctx context.Context) (listing.Directory, error) {
	var directory listing.Directory
	users, err := db.Users(ctx)
	if err != nil {
		return directory, err
	}
	queues, err := db.Queues(ctx)
	if err != nil {
		return directory, err
	}
	groups, err := db.Groups(ctx)
	if err != nil {
		return directory, err
	}
	for _, u := range users {
		directory.Users = append(directory.Users, listing.Entry{Name: u.Name, Title: u.Title, Deactivated: u.Deactivated, Unlisted: !u.Visible})
	}
	for _, q := range queues {
		directory.Queues = append(directory.Queues, listing.Entry{Name: q.Name, Title: q.Title, Deactivated: q.Deactivated, Unlisted: !q.Visible})
	}
	for _, g := range groups {
		group := listing.Group{Name: g.Name, Title: g.Title, Members: g.Members}
		if g.Kind == groupOfQueues {
			directory.QueueGroups = append(directory.QueueGroups, group)
		} else if g.Kind == groupOfUsers {
			directory.UserGroups = append(directory.UserGroups, group)
		}
	}
	return directory, nil
}

// Kinds of groups the list knows; the contact centre has others.
const (
	groupOfQueues = "queues"
	groupOfUsers  = "users"
)

func (l *list) setZone(zone *time.Location) {
	if l.engine != nil {
		l.engine.SetZone(zone, l.sunday)
	}
}

func keys(set map[int64]struct{}) []int64 {
	all := make([]int64, 0, len(set))
	for key := range set {
		all = append(all, key)
	}
	return all
}
