package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"time"

	"modernc.org/sqlite"
)

// applicationID marks our files in the SQLite header: "wapd".
const applicationID = 0x77617064

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrations are the numbered files in order; the version of a file is how many were applied.
func migrations(files fs.FS) ([]string, error) {
	names, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		return nil, fmt.Errorf("list migrations: %w", err)
	}
	sort.Strings(names)
	texts := make([]string, len(names))
	for i, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read migration: %w", err)
		}
		texts[i] = string(text)
	}
	return texts, nil
}

// probe looks at an existing file before anything is written to it and gives its version;
// 0 for a new or empty file.
func probe(ctx context.Context, drv *sqlite.Driver, path string, newest int) (int, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, wrap("look at the data file", err)
	}
	if !info.Mode().IsRegular() {
		return 0, fmt.Errorf("look at the data file: %w", ErrForeign)
	}
	if info.Size() == 0 {
		return 0, nil
	}
	pool := openPool(drv, path, roleProbe)
	defer func() { _ = pool.Close() }() // nothing was written
	var application, version, tables int
	err = pool.QueryRowContext(ctx, `SELECT
		(SELECT application_id FROM pragma_application_id),
		(SELECT user_version FROM pragma_user_version),
		(SELECT count(*) FROM sqlite_schema)`).Scan(&application, &version, &tables)
	switch {
	case err != nil:
		return 0, wrap("look at the data file", err)
	case application == 0 && version == 0 && tables == 0:
		return 0, nil // made by us, but ended before the first migration
	case application != applicationID:
		return 0, fmt.Errorf("look at the data file: %w", ErrForeign)
	case version > newest:
		return 0, fmt.Errorf("look at the data file: version %d, this program knows %d: %w", version, newest, ErrNewer)
	}
	return version, nil
}

// migrate brings the file to the newest version, one transaction a step. A file with
// data is copied first; backups lie in the profile folder and go with the next erasure.
func migrate(ctx context.Context, writer *sql.DB, folder Folder, from int, steps []string, now time.Time) error {
	if from >= len(steps) {
		return nil
	}
	if from > 0 {
		if err := checkRoom(folder); err != nil {
			return err
		}
		if err := backup(ctx, writer, folder, from, now); err != nil {
			return err
		}
	}
	for i := from; i < len(steps); i++ {
		if err := migrateStep(ctx, writer, i+1, steps[i]); err != nil {
			return wrap(fmt.Sprintf("migrate to version %d", i+1), err)
		}
	}
	return nil
}

// migrationRoom is how many times its size a file needs beside it to be migrated: once for the backup, once
// for the log of the step and what the file grows by.
const migrationRoom = 2

// checkRoom ends a migration that would fill the disk before it begins. ErrFull.
func checkRoom(folder Folder) error {
	info, err := os.Stat(folder.Database())
	if err != nil {
		return wrap("look at the data file", err)
	}
	free, known := room(string(folder))
	if !known {
		return nil
	}
	return enoughRoom(free, uint64(info.Size()))
}

func enoughRoom(free, size uint64) error {
	if need := size * migrationRoom; free < need {
		return fmt.Errorf("migrate: %d MB are free and %d are needed: %w", free>>20, need>>20, ErrFull)
	}
	return nil
}

// longMigration is the size, in bytes, from which on a data file takes more than a few seconds.
const longMigration int64 = 64 << 20

// tellMigration says that the profile takes longer to open than usual.
func (db *DB) tellMigration(from int) {
	info, err := os.Stat(db.folder.Database())
	if err != nil || info.Size() < db.long {
		return
	}
	db.log.Info("data file is brought to a new version", "from", from, "to", len(db.steps), "MB", info.Size()>>20)
	if db.migrating != nil {
		db.migrating(info.Size())
	}
}

func migrateStep(ctx context.Context, writer *sql.DB, version int, step string) error {
	// A step may take the place of a whole table. What it drops is overwritten by the compaction that such a step
	// leaves due; doing it here as well would write the table to the log once more.
	if _, err := writer.ExecContext(ctx, "PRAGMA secure_delete = OFF"); err != nil {
		return err
	}
	defer func() { _, _ = writer.ExecContext(context.WithoutCancel(ctx), "PRAGMA secure_delete = ON") }()
	tx, err := writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after Commit it does nothing
	if _, err := tx.ExecContext(ctx, step); err != nil {
		return err
	}
	// Pragmas take no parameters; both values are ours.
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version)); err != nil {
		return err
	}
	return tx.Commit()
}

func backup(ctx context.Context, writer *sql.DB, folder Folder, version int, now time.Time) error {
	name := fmt.Sprintf("wapdesk.backup-%d-%s.db", version, now.UTC().Format("20060102T150405"))
	path := filepath.Join(string(folder), name)
	if err := copyInto(ctx, writer, path); err != nil {
		return wrap("back up before the migration", err)
	}
	return nil
}

// copyInto writes a compact copy of the database that only this user can read.
func copyInto(ctx context.Context, pool *sql.DB, path string) error {
	if err := removeIfThere(path); err != nil {
		return err
	}
	// VACUUM INTO takes an empty file as it is, with our mode.
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, fileMode)
	if err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	if _, err := pool.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		_ = os.Remove(path) // what is there is no use; the cause is reported
		return err
	}
	return syncFile(path)
}

func syncFile(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	err = file.Sync()
	return errors.Join(err, file.Close())
}

// removeBackups removes the copies made before migrations: they still hold what is erased.
func removeBackups(folder Folder) error {
	entries, err := os.ReadDir(string(folder))
	if err != nil {
		return wrap("list backups", err)
	}
	for _, entry := range entries {
		if ours, _ := filepath.Match(backupPattern, entry.Name()); !ours { // the pattern is valid
			continue
		}
		if err := removeIfThere(filepath.Join(string(folder), entry.Name())); err != nil {
			return err
		}
	}
	return nil
}
