package store

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"modernc.org/sqlite"
)

var update = flag.Bool("update", false, "write the golden files anew")

func newFolder(t testing.TB) Folder { return Folder(filepath.Join(t.TempDir(), "profile")) }

// schemaOf lists the schema as the file has it, without the tables FTS5 makes for itself.
func schemaOf(t testing.TB, db *DB) string {
	t.Helper()
	var b strings.Builder
	check(t, db.view(context.Background(), "read the schema", func(q querier) error {
		rows, err := q.QueryContext(context.Background(), `SELECT type, name, tbl_name, ifnull(sql, '') FROM sqlite_schema
			WHERE name NOT LIKE 'search_%' AND name NOT LIKE 'sqlite_%' ORDER BY type, name`)
		return each(rows, err, func(rows rowScanner) error {
			var kind, name, table, text string
			if err := rows.Scan(&kind, &name, &table, &text); err != nil {
				return err
			}
			b.WriteString("-- " + kind + " " + name + "\n" + text + "\n")
			return nil
		})
	}))
	return b.String()
}

func TestSchemaIsTheGoldenOne(t *testing.T) {
	t.Parallel()
	got := schemaOf(t, openTest(t))
	const golden = "testdata/schema.sql"
	if *update {
		check(t, os.MkdirAll("testdata", 0o755))
		check(t, os.WriteFile(golden, []byte(got), 0o644))
	}
	want := string(must(os.ReadFile(golden))(t))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("schema (-want +got):\n%s", diff)
	}
}

func TestEveryColumnIsDeclared(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	got := map[string]map[string]bool{}
	check(t, db.view(t.Context(), "read columns", func(q querier) error {
		rows, err := q.QueryContext(t.Context(), `SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
			WHERE m.type = 'table' AND m.name NOT LIKE 'search\_%' ESCAPE '\' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\'`)
		return each(rows, err, func(rows rowScanner) error {
			var table, column string
			if err := rows.Scan(&table, &column); err != nil {
				return err
			}
			if got[table] == nil {
				got[table] = map[string]bool{}
			}
			got[table][column] = true
			return nil
		})
	}))
	declared := sensitivities()
	for table, columns := range got {
		for column := range columns {
			if _, ok := declared[table][column]; !ok {
				t.Errorf("%s.%s is not declared personal or plain", table, column)
			}
		}
	}
	for table, columns := range declared {
		for column := range columns {
			if !got[table][column] {
				t.Errorf("%s.%s is declared but not in the file", table, column)
			}
		}
	}
}

func TestNoIndexHoldsPersonalText(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	declared := sensitivities()
	// Logins of agents are the keys of users, rights and groups.
	allowed := map[string]bool{"users.name": true, "rights.name": true, "group_members.member": true}
	check(t, db.view(t.Context(), "read indexes", func(q querier) error {
		rows, err := q.QueryContext(t.Context(), `SELECT m.tbl_name, c.name FROM sqlite_schema m JOIN pragma_index_xinfo(m.name) c
			WHERE m.type = 'index' AND c.key AND c.name IS NOT NULL AND m.tbl_name NOT LIKE 'search\_%' ESCAPE '\'`)
		return each(rows, err, func(rows rowScanner) error {
			var table, column string
			if err := rows.Scan(&table, &column); err != nil {
				return err
			}
			if declared[table][column] == personal && !allowed[table+"."+column] {
				t.Errorf("an index holds %s.%s", table, column)
			}
			return nil
		})
	}))
}

func TestOpenTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	folder := newFolder(t)
	db := openIn(t, folder)
	seeAll(t, db)
	plant(t, db, conversations(0, 2))
	want := must(db.Detail(t.Context(), "wap_0001"))(t)
	closeTest(t, db)
	db = openIn(t, folder)
	defer closeTest(t, db)
	if diff := cmp.Diff(want, must(db.Detail(t.Context(), "wap_0001"))(t)); diff != "" {
		t.Error(diff)
	}
	if backups := must(filepath.Glob(filepath.Join(string(folder), backupPattern)))(t); len(backups) > 0 {
		t.Errorf("a backup was made without a migration: %q", backups)
	}
}

// olderAndNewer returns the migrations with one more step.
func olderAndNewer(t testing.TB, extra string) []string {
	t.Helper()
	return append(must(migrations(migrationFiles))(t), extra)
}

func TestMigrationBacksUpAndKeepsRows(t *testing.T) {
	t.Parallel()
	folder := newFolder(t)
	db := openIn(t, folder)
	seeAll(t, db)
	plant(t, db, conversations(0, 2))
	closeTest(t, db)

	steps := olderAndNewer(t, "ALTER TABLE users ADD COLUMN colour TEXT")
	var told []int64
	db = openIn(t, folder, func(o *Options) {
		o.steps, o.long, o.Migrating = steps, 1, func(size int64) { told = append(told, size) }
	})
	if len(told) != 1 || told[0] <= 0 {
		t.Errorf("told of the migration: %v, want its size once", told)
	}
	if got := must(db.Stored(t.Context()))(t); got != 2 {
		t.Errorf("stored = %d, want 2", got)
	}
	backups := must(filepath.Glob(filepath.Join(string(folder), backupPattern)))(t)
	if len(backups) != 1 {
		t.Fatalf("backups: %q, want one", backups)
	}
	if info := must(os.Stat(backups[0]))(t); info.Mode().Perm() != fileMode {
		t.Errorf("the backup's mode is %v", info.Mode())
	}
	_, err := db.Erase(t.Context(), []Name{"wap_0001"}, "x")
	check(t, err)
	if left := must(filepath.Glob(filepath.Join(string(folder), backupPattern)))(t); len(left) > 0 {
		t.Errorf("a backup with the erased row is left: %q", left)
	}
	closeTest(t, db)

	// The earlier program refuses the file and leaves it as it is.
	before := must(os.ReadFile(folder.Database()))(t)
	if _, err := Open(t.Context(), folder, Options{NoList: true}); !errors.Is(err, ErrNewer) {
		t.Errorf("Open of a newer file = %v, want ErrNewer", err)
	}
	if after := must(os.ReadFile(folder.Database()))(t); string(before) != string(after) {
		t.Error("the newer file was changed")
	}
}

func TestAFailedMigrationLeavesTheOldVersion(t *testing.T) {
	t.Parallel()
	folder := newFolder(t)
	closeTest(t, openIn(t, folder))
	steps := olderAndNewer(t, "ALTER TABLE users ADD COLUMN colour TEXT; SELECT * FROM nowhere")
	if _, err := Open(t.Context(), folder, Options{NoList: true, steps: steps}); err == nil {
		t.Fatal("Open with a broken migration succeeded")
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(cancelled, folder, Options{NoList: true}); !errors.Is(err, context.Canceled) {
		t.Errorf("Open = %v, want context.Canceled", err)
	}
	db := openIn(t, folder)
	defer closeTest(t, db)
	if strings.Contains(schemaOf(t, db), "colour") {
		t.Error("half of a migration stayed")
	}
}

func TestOpenRefusesForeignFiles(t *testing.T) {
	t.Parallel()
	otherDatabase := func(t *testing.T, path string) {
		pool := sql.OpenDB(connector{driver: &sqlite.Driver{}, dsn: path})
		must(pool.Exec("CREATE TABLE theirs (x)"))(t)
		check(t, pool.Close())
	}
	for name, write := range map[string]func(*testing.T, string){
		"text": func(t *testing.T, path string) {
			check(t, os.WriteFile(path, []byte(strings.Repeat("not a database ", 100)), 0o600))
		},
		"another database": otherDatabase,
		"a folder":         func(t *testing.T, path string) { check(t, os.Mkdir(path, 0o700)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := newFolder(t)
			check(t, folder.Create())
			write(t, folder.Database())
			if db, err := Open(t.Context(), folder, Options{NoList: true}); !errors.Is(err, ErrForeign) {
				t.Errorf("Open = %v, %v, want ErrForeign", db, err)
			}
			if _, err := os.Stat(folder.Database() + "-wal"); err == nil {
				t.Error("a log was left beside the foreign file")
			}
		})
	}
}

func TestOneInstanceAtATime(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	if _, err := Open(t.Context(), db.Folder(), Options{NoList: true}); !errors.Is(err, ErrBusy) {
		t.Errorf("second Open = %v, want ErrBusy", err)
	}
	if err := Wipe(t.Context(), db.Folder()); !errors.Is(err, ErrBusy) {
		t.Errorf("Wipe of an open profile = %v, want ErrBusy", err)
	}
}

func TestWipeRemovesEverything(t *testing.T) {
	t.Parallel()
	folder := newFolder(t)
	db := openIn(t, folder)
	seeAll(t, db)
	plant(t, db, conversations(0, 2))
	closeTest(t, db)
	check(t, Wipe(t.Context(), folder))
	if _, err := os.Stat(string(folder)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
	if err := Wipe(t.Context(), folder); !errors.Is(err, ErrNotFound) {
		t.Errorf("second Wipe = %v, want ErrNotFound", err)
	}
	other := Folder(t.TempDir())
	if err := Wipe(t.Context(), other); !errors.Is(err, ErrForeign) {
		t.Errorf("Wipe of another folder = %v, want ErrForeign", err)
	}
}

func TestOnlyThisUserCanRead(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	plant(t, db, conversations(0, 1))
	check(t, filepath.WalkDir(string(db.Folder()), func(path string, entry os.DirEntry, err error) error {
		check(t, err)
		info := must(entry.Info())(t)
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", filepath.Base(path), info.Mode())
		}
		return nil
	}))
}

func TestPragmasHoldOnEveryConnection(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	read := func(pool *sql.DB, pragma string) string {
		var value string
		check(t, pool.QueryRow("PRAGMA "+pragma).Scan(&value))
		return value
	}
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "1", "foreign_keys": "1", "secure_delete": "1", "temp_store": "2",
		"page_size": "8192", "busy_timeout": "5000", "application_id": "2002874468",
	} {
		if got := read(db.files.write, pragma); got != want {
			t.Errorf("writer: %s = %s, want %s", pragma, got, want)
		}
	}
	if got := read(db.files.read, "query_only"); got != "1" {
		t.Errorf("reader: query_only = %s", got)
	}
	if _, err := db.files.read.Exec("DELETE FROM users"); err == nil {
		t.Error("a reader can write")
	}
	if !deletesSecurely(t, db) {
		t.Error("the search index does not delete securely")
	}
}
