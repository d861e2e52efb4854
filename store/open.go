package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"modernc.org/sqlite"
)

// letGoIn is how long a closed file waits for connections that end in the background.
const letGoIn = 5 * time.Second

// DB is an open profile. Its methods may be called from several goroutines.
type DB struct {
	folder Folder
	// erasures is the folder of the lists that profiles share, "" for a profile by itself.
	erasures string
	lock     *instanceLock
	driver   *sqlite.Driver
	sinks    *sinks
	now      func() time.Time
	log      *slog.Logger

	files   files         // the connections, exchanged by a compaction
	writing chan struct{} // held by the one write at a time
	notices notices
	list    list
	image   image
	zone    zone
	inside  inside
	due     atomic.Bool // a compaction
	// eraseFollows is set when a write erased something and finishErasure has not run since.
	eraseFollows atomic.Bool
	unlisted     unlisted
	departed     departed
	steps        []string
	saving       sync.Map // paths of attachments that are being written
	beside       bool     // another instance has the profile open: only read
	// stop is called between the steps of work that must survive a kill; tests end the
	// process there.
	stop      func(step string)
	migrating func(size int64)
	long      int64 // see longMigration
}

// Options are what a profile is opened with.
type Options struct {
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Erasures is the folder in which profiles keep their lists of erasures together: a tombstone of
	// one then wins in each of them, and outlives the profile. "" keeps the list in the profile's
	// own folder.
	Erasures string
	// Log takes messages without personal data; nil drops them.
	Log *slog.Logger
	// NoList leaves the list engine empty, for commands that do not ask it anything.
	NoList bool
	// Beside lets the profile be read while another instance has it open: see DB.Beside.
	Beside bool
	// Migrating is told the size of a data file (bytes) of an older version before it is brought to this
	// one, where that takes more than a few seconds; nil tells nobody.
	Migrating func(size int64)
	// SundayFirst starts the weeks of the list engine on Sunday.
	SundayFirst bool

	steps []string          // migrations, for tests
	stop  func(step string) // see DB.stop
	long  int64             // see longMigration, for tests
	image int               // keep an image of a list of so many, for tests
}

// Open opens the profile in the folder, and makes it when it is not there: takes the
// profile's lock, checks that the file is ours and not newer, migrates after a backup,
// finishes what a kill left undone and starts to load the list.
// Errors: ErrBusy, ErrNewer, ErrForeign, ErrDamaged, ErrFull, ErrReadOnly.
func Open(ctx context.Context, folder Folder, options Options) (*DB, error) {
	if err := folder.Create(); err != nil {
		return nil, err
	}
	lock, err := acquireLock(folder)
	if options.Beside && errors.Is(err, ErrBusy) {
		return openBeside(ctx, folder, options)
	}
	if err != nil {
		return nil, err
	}
	db, err := newDB(folder, lock, options)
	if err != nil {
		lock.release()
		return nil, err
	}
	if err := db.start(ctx); err != nil {
		_ = db.files.close() // the cause is reported
		lock.release()
		return nil, err
	}
	db.startList(options)
	return db, nil
}

func newDB(folder Folder, lock *instanceLock, options Options) (*DB, error) {
	db := &DB{
		folder:    folder,
		erasures:  options.Erasures,
		lock:      lock,
		driver:    &sqlite.Driver{},
		sinks:     newSinks(),
		now:       options.Now,
		log:       options.Log,
		writing:   make(chan struct{}, 1),
		steps:     options.steps,
		stop:      options.stop,
		migrating: options.Migrating,
		long:      cmp.Or(options.long, longMigration),
		image:     image{from: cmp.Or(options.image, imageFrom)},
	}
	if db.now == nil {
		db.now = time.Now
	}
	if db.log == nil {
		db.log = slog.New(slog.DiscardHandler)
	}
	if db.stop == nil {
		db.stop = func(string) {}
	}
	if db.steps == nil {
		steps, err := migrations(migrationFiles)
		if err != nil {
			return nil, err
		}
		db.steps = steps
	}
	db.files.init()
	if err := errors.Join(db.sinks.register(db.driver), registerWall(db.driver)); err != nil {
		return nil, wrap("register functions", err)
	}
	return db, nil
}

// start opens the file and brings it in order before anything reads it.
func (db *DB) start(ctx context.Context) error {
	// A compaction that was cut short before its swap: the old file is still the truth.
	if err := removeIfThere(db.folder.compact()); err != nil {
		return err
	}
	version, err := probe(ctx, db.driver, db.folder.Database(), len(db.steps))
	if err != nil {
		return err
	}
	if err := createPrivate(db.folder.Database()); err != nil {
		return err
	}
	db.files.open(db.driver, db.folder.Database())
	writer := db.files.writer()
	if version > 0 && version < len(db.steps) {
		db.tellMigration(version)
	}
	if err := migrate(ctx, writer, db.folder, version, db.steps, db.now()); err != nil {
		return err
	}
	if version > 0 && version < len(db.steps) {
		db.log.Info("data file migrated", "from", version, "to", len(db.steps))
	}
	return db.recover(ctx)
}

// createPrivate makes the file before SQLite does, since SQLite goes by the umask.
func createPrivate(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, fileMode)
	if err != nil {
		return wrap("create the data file", err)
	}
	if err := file.Close(); err != nil {
		return wrap("create the data file", err)
	}
	return wrap("close the data file to others", os.Chmod(path, fileMode))
}

// recover finishes what a kill left undone.
func (db *DB) recover(ctx context.Context) error {
	if err := db.loadZone(ctx); err != nil {
		return err
	}
	if err := db.loadDue(ctx); err != nil {
		return err
	}
	if err := db.findImage(ctx); err != nil {
		return err
	}
	if err := db.replayTombstones(ctx); err != nil {
		return err
	}
	if err := db.removeDoomed(ctx); err != nil {
		return err
	}
	return db.reclaimSending(ctx)
}

// Close ends background work, closes the file and gives the lock back.
func (db *DB) Close() error {
	db.stopList()
	db.notices.close()
	db.writing <- struct{}{} // lets a write end; none starts after it
	if !db.beside {
		db.keepImage(context.Background())
	}
	err := db.files.close()
	<-db.writing
	db.lock.release()
	return wrap("close the data file", err)
}

// Folder is the profile's folder.
func (db *DB) Folder() Folder { return db.folder }

// files holds the connections. A compaction exchanges them when nobody reads.
type files struct {
	mu      sync.Mutex
	idle    *sync.Cond
	write   *sql.DB
	read    *sql.DB
	reading int
	closed  bool
}

func (f *files) init() { f.idle = sync.NewCond(&f.mu) }

func (f *files) open(drv *sqlite.Driver, path string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.write = openPool(drv, path, roleWriter)
	f.read = openPool(drv, path, roleReader)
}

// openReading opens the reading connections alone.
func (f *files) openReading(drv *sqlite.Driver, path string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.read = openPool(drv, path, roleReader)
}

func (f *files) writer() *sql.DB {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.write
}

// reader lends the reading connections until done is called. It never waits for a
// compaction, so that a read inside of a read cannot lock up.
func (f *files) reader() (pool *sql.DB, done func(), err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed || f.read == nil {
		return nil, nil, ErrClosed
	}
	f.reading++
	return f.read, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.reading--
		if f.reading == 0 {
			f.idle.Broadcast()
		}
	}, nil
}

// exchange runs swap while nobody reads, with both pools closed, and opens them anew.
// It gives up with ErrBusy when readers do not end in time.
func (f *files) exchange(drv *sqlite.Driver, path string, patience time.Duration, swap func() error) error {
	expired := false
	timer := time.AfterFunc(patience, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		expired = true
		f.idle.Broadcast()
	})
	defer timer.Stop()
	f.mu.Lock()
	defer f.mu.Unlock()
	for f.reading > 0 && !expired {
		f.idle.Wait()
	}
	if f.reading > 0 {
		return fmt.Errorf("wait for readers: %w", ErrBusy)
	}
	if f.closed {
		return ErrClosed
	}
	err := f.closePools()
	if err == nil {
		err = swap()
	}
	f.write = openPool(drv, path, roleWriter)
	f.read = openPool(drv, path, roleReader)
	return err
}

// closePools closes the writer last and alone: whatever connection closes last copies the
// log into the file and removes it, but two that close at once both leave it to the other.
func (f *files) closePools() error {
	if f.write == nil {
		if f.read == nil {
			return nil
		}
		err := closeWhole(f.read)
		f.read = nil
		return err
	}
	// A profile that was only read has no writing connection yet. Where none can be made, the
	// readers are the last.
	_ = f.write.PingContext(context.Background())
	err := errors.Join(closeWhole(f.read), closeWhole(f.write))
	f.read, f.write = nil, nil
	return err
}

// closeWhole closes a pool and waits until it has let go of the file. A transaction whose
// context was cancelled ends in the background, and its connection with it.
func closeWhole(pool *sql.DB) error {
	err := pool.Close()
	for limit := time.Now().Add(letGoIn); pool.Stats().OpenConnections > 0 && time.Now().Before(limit); {
		time.Sleep(time.Millisecond)
	}
	return err
}

func (f *files) close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed = true
	return f.closePools()
}
