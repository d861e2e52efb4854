package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"wapdesk/store/hours"
)

// tx is one write. It prepares each statement once and gathers what subscribers will hear.
type tx struct {
	*sql.Tx
	statements map[string]*sql.Stmt
	inserts    map[inserts]string
	refs       refs
	shapes     map[shape]int64
	nowMs      int64
	zone       string // the contact centre's
	event      Event
	touched    map[int64]struct{} // interactions added or changed
	removed    map[int64]struct{}
	documents  map[int64]document
	compacts   bool // a compaction is due from this write on
	hours      *WorkingHours
	location   *time.Location             // the contact centre's zone
	calendars  map[string]*hours.Calendar // by queue, see inside.go
}

// update runs f in the one writing transaction and tells the list and the subscribers after the commit.
func (db *DB) update(ctx context.Context, doing string, f func(*tx) error) error {
	release, err := db.beginWriting(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	defer release()
	event, err := db.commit(ctx, f)
	if err != nil {
		return wrap(doing, err)
	}
	db.noteErasures(event)
	db.publish(ctx, event)
	return nil
}

// beginWriting waits for the turn to write.
func (db *DB) beginWriting(ctx context.Context) (release func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if db.beside {
		return nil, ErrBusy
	}
	select {
	case db.writing <- struct{}{}:
		return func() { <-db.writing }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (db *DB) commit(ctx context.Context, f func(*tx) error) (Event, error) {
	pool := db.files.writer()
	if pool == nil {
		return Event{}, ErrClosed
	}
	return db.commitOn(ctx, pool, f)
}

func (db *DB) commitOn(ctx context.Context, pool *sql.DB, f func(*tx) error) (Event, error) {
	begun, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return Event{}, err
	}
	t := &tx{
		Tx:         begun,
		statements: map[string]*sql.Stmt{},
		inserts:    map[inserts]string{},
		refs:       newRefs(),
		shapes:     map[shape]int64{},
		nowMs:      db.now().UnixMilli(),
		zone:       db.Zone().String(),
		hours:      db.inside.hours.Load(),
		location:   db.Zone(),
		touched:    map[int64]struct{}{},
		removed:    map[int64]struct{}{},
		documents:  map[int64]document{},
	}
	if err := f(t); err != nil {
		return Event{}, errors.Join(err, rollback(begun))
	}
	if err := t.countTouched(ctx); err != nil {
		return Event{}, errors.Join(err, rollback(begun))
	}
	if err := t.flushIndex(ctx); err != nil {
		return Event{}, errors.Join(err, rollback(begun))
	}
	if err := db.dropImage(ctx, t); err != nil {
		return Event{}, errors.Join(err, rollback(begun))
	}
	if err := begun.Commit(); err != nil {
		return Event{}, errors.Join(err, rollback(begun))
	}
	db.image.forget()
	return t.gathered(), nil
}

// rollback after a failed statement; SQLite may have rolled back on its own (disk full).
func rollback(begun *sql.Tx) error {
	err := begun.Rollback()
	if errors.Is(err, sql.ErrTxDone) || meaning(err) == nil {
		return nil
	}
	return err
}

func (t *tx) gathered() Event {
	event := t.event
	for id := range t.touched {
		if _, gone := t.removed[id]; !gone {
			event.Interactions = append(event.Interactions, id)
		}
	}
	for id := range t.removed {
		event.Removed = append(event.Removed, id)
	}
	return event
}

func (t *tx) touch(id int64) { t.touched[id] = struct{}{} }

func (t *tx) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if statement, ok := t.statements[query]; ok {
		return statement, nil
	}
	statement, err := t.PrepareContext(ctx, query) // closed with the transaction
	if err != nil {
		return nil, err
	}
	t.statements[query] = statement
	return statement, nil
}

func (t *tx) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	statement, err := t.prepared(ctx, query) //nolint:sqlclosecheck // kept for the next use, closed with the transaction
	if err != nil {
		return nil, err
	}
	return statement.ExecContext(toItsEnd(ctx), args...)
}

// toItsEnd lets a statement run to its end: to be able to interrupt one, the driver starts a goroutine for
// each, which takes as long as most of them. Between statements a cancelled transaction ends (see prepared).
func toItsEnd(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }

// run is exec for callers that do not ask what it did.
func (t *tx) run(ctx context.Context, query string, args ...any) error {
	_, err := t.exec(ctx, query, args...)
	return err
}

// changed is exec that gives the number of rows.
func (t *tx) changed(ctx context.Context, query string, args ...any) (int, error) {
	result, err := t.exec(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}

// one reads a single row; false when there is none.
func (t *tx) one(ctx context.Context, query string, args []any, into ...any) (bool, error) {
	statement, err := t.prepared(ctx, query) //nolint:sqlclosecheck // kept for the next use, closed with the transaction
	if err != nil {
		return false, err
	}
	err = statement.QueryRowContext(toItsEnd(ctx), args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func (t *tx) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	statement, err := t.prepared(ctx, query) //nolint:sqlclosecheck // kept for the next use, closed with the transaction
	if err != nil {
		return nil, err
	}
	return statement.QueryContext(toItsEnd(ctx), args...)
}

// querier is what reads need: a pool, a transaction or a tx.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// view runs f in one reading transaction, so that all it reads is of one moment.
func (db *DB) view(ctx context.Context, doing string, f func(querier) error) error {
	pool, done, err := db.files.reader()
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	defer done()
	begun, err := pool.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return wrap(doing, err)
	}
	err = f(begun)
	// Nothing was written: how the transaction ends makes no difference.
	_ = begun.Rollback()
	return wrap(doing, err)
}

// rowScanner is the one row a scan function sees.
type rowScanner interface{ Scan(into ...any) error }

// each calls scan for every row and reads the error at the end.
func each(rows *sql.Rows, err error, scan func(rowScanner) error) error {
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // rows.Err tells what matters
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// collect reads every row into a slice, which is never nil.
func collect[T any](rows *sql.Rows, err error, scan func(rowScanner, *T) error) ([]T, error) {
	all := []T{}
	err = each(rows, err, func(rows rowScanner) error {
		var one T
		if err := scan(rows, &one); err != nil {
			return err
		}
		all = append(all, one)
		return nil
	})
	return all, err
}
