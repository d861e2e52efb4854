package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gofrs/flock"
)

// A profile that one instance has open can be read by others beside it: SQLite keeps readers and
// the one writer apart. Only a compaction puts another file in the place of the one they read, so
// each of them holds a second lock, which they share and a compaction wants for itself.

const (
	// besidePatience is how long a reader waits for a compaction to end.
	besidePatience = 30 * time.Second
	// readersPatience is how long a compaction waits for readers in other processes.
	readersPatience = 10 * time.Second
	lockRetry       = 50 * time.Millisecond
)

// Beside reports whether another instance has the profile open, so that this one only reads:
// writes end with ErrBusy.
func (db *DB) Beside() bool { return db.beside }

// openBeside opens a profile for reading while another instance has it open. That instance
// migrated the file and finished what a kill left undone. ErrBusy when the file is not yet, or
// no longer, as this version reads it.
func openBeside(ctx context.Context, folder Folder, options Options) (*DB, error) {
	lock, err := shareReading(ctx, folder)
	if err != nil {
		return nil, err
	}
	db, err := newDB(folder, lock, options)
	if err != nil {
		lock.release()
		return nil, err
	}
	db.beside = true
	if err := db.startBeside(ctx); err != nil {
		_ = db.files.close() // the cause is reported
		lock.release()
		return nil, err
	}
	db.startList(options)
	return db, nil
}

func (db *DB) startBeside(ctx context.Context) error {
	version, err := probe(ctx, db.driver, db.folder.Database(), len(db.steps))
	if err != nil {
		return err
	}
	if version != len(db.steps) {
		return fmt.Errorf("read beside another instance: %w", ErrBusy)
	}
	db.files.openReading(db.driver, db.folder.Database())
	return db.loadZone(ctx)
}

// shareReading takes the readers' lock beside others that read.
func shareReading(ctx context.Context, folder Folder) (*instanceLock, error) {
	file := flock.New(folder.readers(), flock.SetPermissions(fileMode))
	return held(ctx, file, file.TryRLockContext, besidePatience)
}

// keepReadersOut takes the readers' lock alone, for a compaction. ErrBusy when other processes
// do not stop reading in time.
func keepReadersOut(ctx context.Context, folder Folder) (*instanceLock, error) {
	file := flock.New(folder.readers(), flock.SetPermissions(fileMode))
	return held(ctx, file, file.TryLockContext, readersPatience)
}

func held(
	ctx context.Context, file *flock.Flock, try func(context.Context, time.Duration) (bool, error), patience time.Duration,
) (*instanceLock, error) {
	waiting, stop := context.WithTimeout(ctx, patience)
	defer stop()
	ok, err := try(waiting, lockRetry)
	switch {
	case ok:
		return &instanceLock{file: file}, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err == nil || errors.Is(err, context.DeadlineExceeded):
		return nil, fmt.Errorf("lock the profile for reading: %w", ErrBusy)
	}
	return nil, wrap("lock the profile for reading", err)
}

// updateBeside is update for what has to be noted although another instance has the profile open.
// It must not concern the list: the other instance does not hear of it.
func (db *DB) updateBeside(ctx context.Context, doing string, f func(*tx) error) error {
	pool := openPool(db.driver, db.folder.Database(), roleWriter)
	_, err := db.commitOn(ctx, pool, f)
	return wrap(doing, errors.Join(err, closeWhole(pool)))
}
