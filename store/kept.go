package store

import (
	"context"
	"database/sql/driver"
	"fmt"
)

// keptStatements is how many prepared statements a reading connection keeps. Everything a screen
// asks has fewer texts than that.
const keptStatements = 96

// keeper is a reading connection that keeps what it prepared: SQLite takes longer to prepare the
// thirty statements of an interaction's details than to run them. Like every driver's
// connection it is used by one goroutine at a time.
type keeper struct {
	sqliteConn
	statements map[string]*keptStatement
	uses       uint64
}

// sqliteConn is what the driver's connections can do.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

type keptStatement struct {
	driver.Stmt
	query driver.StmtQueryContext // the same statement
	busy  bool                    // its rows are being read
	used  uint64                  // the larger, the later
}

func newKeeper(conn driver.Conn) (*keeper, error) {
	inner, ok := conn.(sqliteConn)
	if !ok {
		return nil, fmt.Errorf("a connection of type %T lacks what it is used for", conn)
	}
	return &keeper{sqliteConn: inner, statements: make(map[string]*keptStatement, keptStatements)}, nil
}

// QueryContext runs a kept statement, or one of its own while the kept one's rows are being read.
func (k *keeper) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	kept, err := k.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if kept == nil {
		return k.sqliteConn.QueryContext(ctx, query, args)
	}
	rows, err := kept.query.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	kept.busy = true
	return &keptRows{Rows: rows, of: kept}, nil
}

// statement returns the prepared statement of a text, or nil when none is free.
func (k *keeper) statement(ctx context.Context, query string) (*keptStatement, error) {
	k.uses++
	if kept := k.statements[query]; kept != nil {
		if kept.busy {
			return nil, nil
		}
		kept.used = k.uses
		return kept, nil
	}
	if len(k.statements) >= keptStatements && !k.forgetOldest() {
		return nil, nil
	}
	prepared, err := k.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	runs, ok := prepared.(driver.StmtQueryContext)
	if !ok {
		return nil, prepared.Close()
	}
	kept := &keptStatement{Stmt: prepared, query: runs, used: k.uses}
	k.statements[query] = kept
	return kept, nil
}

// forgetOldest makes room; false when the rows of every statement are being read.
func (k *keeper) forgetOldest() bool {
	oldest := ""
	for query, kept := range k.statements {
		if !kept.busy && (oldest == "" || kept.used < k.statements[oldest].used) {
			oldest = query
		}
	}
	if oldest == "" {
		return false
	}
	_ = k.statements[oldest].Close() // what its last run failed of was told then
	delete(k.statements, oldest)
	return true
}

// Close ends the statements before the connection: SQLite keeps the file open for them.
func (k *keeper) Close() error {
	for query, kept := range k.statements {
		_ = kept.Close() // as in forgetOldest
		delete(k.statements, query)
	}
	return k.sqliteConn.Close()
}

// keptRows gives the statement free when they are closed.
type keptRows struct {
	driver.Rows
	of *keptStatement
}

// Close ends the reading.
func (r *keptRows) Close() error {
	r.of.busy = false
	return r.Rows.Close()
}
