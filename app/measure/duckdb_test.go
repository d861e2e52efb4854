package measure

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// duck is DuckDB with one thread on a copy of the file's tables: made for questions over whole
// tables, as the list engine is. It comes as a package for Node.
type duck struct{ folder, file string }

// duckTables are what the questions about lists ask.
var duckTables = []string{
	"interactions", "activities", "queues", "users", "contacts", "external_contacts", "groups", "group_members", "rights",
}

// newDuck brings DuckDB into the folder of the benchmarks and copies the tables, both once. It is nil where
// that is not to be had.
func newDuck(b *testing.B, s *shell) *duck {
	b.Helper()
	if s == nil {
		return nil
	}
	cache, err := cacheFolder()
	if err != nil {
		b.Fatal(err)
	}
	d := &duck{filepath.Join(cache, "duckdb"), filepath.Join(filepath.Dir(s.file), "tables.duckdb")}
	if err := d.install(); err != nil {
		fmt.Printf("left out: DuckDB, which cannot be installed here: %v\n", err)
		return nil
	}
	if _, err := os.Stat(d.file); err == nil {
		return d
	}
	fmt.Println("copying the tables to DuckDB, once")
	making := d.file + ".making"
	_ = os.Remove(making) // of a run that was ended
	(&duck{d.folder, making}).fill(b, s)
	if err := os.Rename(making, d.file); err != nil {
		b.Fatal(err)
	}
	return d
}

func (d *duck) install() error {
	if err := os.CopyFS(d.folder, os.DirFS("testdata/duckdb")); err != nil && !os.IsExist(err) {
		return err
	}
	if _, err := os.Stat(filepath.Join(d.folder, "node_modules", "@duckdb")); err == nil {
		return nil
	}
	install := exec.Command("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
	install.Dir = d.folder
	if out, err := install.CombinedOutput(); err != nil {
		return fmt.Errorf("npm: %w: %.300s", err, out)
	}
	return nil
}

// fill copies the tables through files of comma-separated values, with the types that they have.
func (d *duck) fill(b *testing.B, s *shell) {
	b.Helper()
	into := b.TempDir()
	var statements []string
	for _, table := range duckTables {
		columns := s.lines(b, "SELECT name || ' ' || CASE type WHEN 'TEXT' THEN 'VARCHAR' WHEN 'REAL' THEN 'DOUBLE' ELSE 'BIGINT' END FROM pragma_table_info('"+table+"')")
		file := filepath.Join(into, table+".csv")
		s.lines(b, ".mode csv\n.output "+file+"\nSELECT * FROM "+table)
		statements = append(statements, "CREATE TABLE "+table+" ("+strings.Join(columns, ", ")+")",
			"COPY "+table+" FROM '"+file+"' (FORMAT csv, HEADER false, NULLSTR '', ALLOW_QUOTED_NULLS false, STRICT_MODE false)")
	}
	d.ask(b, map[string]any{"tables": statements})
}

// lines runs a statement and returns the lines that it gives.
func (s *shell) lines(b *testing.B, statement string) []string {
	b.Helper()
	cmd := exec.Command(s.path, "-batch", s.file)
	cmd.Stdin = strings.NewReader(statement + ";\n")
	out, err := cmd.CombinedOutput()
	if err != nil {
		b.Fatalf("sqlite3: %v: %s", err, out)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

// run asks a question some times in one process, after once to warm up, as shell.run does.
func (d *duck) run(b *testing.B, times int, statements ...string) []float64 {
	b.Helper()
	asked := make([]string, len(statements))
	for i, s := range statements {
		// The other dialect: LIKE of SQLite does not tell capitals.
		asked[i] = strings.NewReplacer("NOT INDEXED", "", "IS NOT 'OUT'", "IS DISTINCT FROM 'OUT'", " LIKE ", " ILIKE ", "WHERE (1) AND", "WHERE").Replace(s)
	}
	return d.ask(b, map[string]any{"times": times, "statements": asked})
}

func (d *duck) ask(b *testing.B, what map[string]any) []float64 {
	b.Helper()
	what["file"] = d.file
	in, err := json.Marshal(what)
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command("node", "peer.mjs")
	cmd.Dir, cmd.Stdin = d.folder, bytes.NewReader(in)
	var failed bytes.Buffer
	cmd.Stderr = &failed
	out, err := cmd.Output()
	if err != nil {
		b.Fatalf("DuckDB: %v: %s\n%v", err, failed.String(), what["statements"])
	}
	var took []float64
	if err := json.Unmarshal(out, &took); err != nil {
		b.Fatalf("DuckDB: %v: %s", err, out)
	}
	return took
}
