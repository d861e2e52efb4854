package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"net/url"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
)

const (
	pageSize      = "8192" // bytes; 5–15 % faster to fill than 4096
	readers       = 4      // connections
	busyTimeoutMs = "5000"
	// walPages is how far the log grows before it is copied into the file: 32 MiB.
	walPages = "4000"
)

// role is what a connection is for.
type role int

const (
	roleProbe  role = iota // looks at a file that may not be ours, changes nothing
	roleWriter             // the only one that writes
	roleReader
)

// dsn carries the pragmas, so that every connection of the pool gets them. The driver runs
// busy_timeout first, which matters since setting journal_mode already takes a lock.
func dsn(path string, as role) string {
	values := url.Values{}
	pragma := func(name, value string) { values.Add("_pragma", name+"("+value+")") }
	pragma("busy_timeout", busyTimeoutMs)
	switch as {
	case roleProbe:
		values.Set("mode", "rw")
	case roleWriter:
		values.Set("mode", "rwc")
		values.Set("_txlock", "immediate")
		pragma("page_size", pageSize)
		// Not among the others: the driver sorts those by name, and the page size can no
		// longer be chosen once a journal mode has written the first page.
		values.Set("_journal_mode", "WAL")
		pragma("synchronous", "NORMAL")
		pragma("foreign_keys", "ON")
		// From the first write on: switched on later, it leaves what was overwritten before.
		pragma("secure_delete", "ON")
		pragma("temp_store", "MEMORY")
		pragma("cache_size", "-65536")
		pragma("wal_autocheckpoint", walPages)
	case roleReader:
		values.Set("mode", "rw")
		pragma("query_only", "ON")
		pragma("temp_store", "MEMORY")
		// A page in this cache costs as much as reading it ten times from the system's: whole
		// tables are read through few pages, which are used again.
		pragma("cache_size", "-2048")
	}
	return fileURI(path) + "?" + values.Encode()
}

// fileURI escapes what would end the path of a URI: a profile's folder may hold ? or #.
func fileURI(path string) string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") && filepath.VolumeName(path) != "" {
		slashed = "/" + slashed // file:/C:/…
	}
	if strings.HasPrefix(slashed, "//") {
		slashed = "//" + slashed // \\server\share: what two slashes begin is no folder but a computer to SQLite, which knows none
	}
	return "file:" + (&url.URL{Path: slashed}).EscapedPath()
}

// connector opens connections with this profile's own driver: the functions registered on it
// belong to this profile and not to the process.
type connector struct {
	driver *sqlite.Driver
	dsn    string
	keeps  bool // prepared statements, see keeper
}

// Connect opens one connection.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	conn, err := c.driver.Open(c.dsn)
	if err != nil || !c.keeps {
		return conn, err
	}
	return newKeeper(conn)
}

// Driver is the profile's own driver.
func (c connector) Driver() driver.Driver { return c.driver }

func openPool(drv *sqlite.Driver, path string, as role) *sql.DB {
	pool := sql.OpenDB(connector{driver: drv, dsn: dsn(path, as), keeps: as == roleReader})
	limit := 1
	if as == roleReader {
		limit = readers
	}
	pool.SetMaxOpenConns(limit)
	pool.SetMaxIdleConns(limit)
	return pool
}
