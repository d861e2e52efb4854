package app

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// floors are the files of the package from the bottom up. A file uses those below it and none
// beside or above it.
func floors() [][]string {
	return [][]string{
		{"doc", "host", "row"},
		{"errors", "summary", "trend", "tables", "portrait"},
		{"status", "story", "compared"},
		{"events", "veil"},
		{"app"},
		{"presenting"},
		{"guard", "saving", "opening"},
		{"session", "interactions", "filters", "views", "overview", "details", "changes", "erasure", "exports", "sync", "preferences", "people", "ledger", "lock", "reports", "sweeps", "reviews", "quick"},
		{"bound"},
	}
}

// TestScreensStandBesideEachOther follows each name from the file that uses it to the one that
// declares it.
func TestScreensStandBesideEachOther(t *testing.T) {
	t.Parallel()
	floor := map[string]int{}
	for n, names := range floors() {
		for _, name := range names {
			floor[name+".go"] = n
		}
	}
	set := token.NewFileSet()
	names, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		if _, known := floor[name]; !known {
			t.Errorf("%s has no floor", name)
		}
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	// Other packages are left out: only names of this one are looked at.
	check := types.Config{Importer: nothing{}, Error: func(error) {}}
	info := types.Info{Uses: map[*ast.Ident]types.Object{}}
	here, _ := check.Check("wapdesk/app", set, files, &info)
	arrows := 0
	for ident, object := range info.Uses {
		if object.Pkg() != here {
			continue
		}
		from, to := set.Position(ident.Pos()).Filename, set.Position(object.Pos()).Filename
		if from == to {
			continue
		}
		if arrows++; floor[to] >= floor[from] {
			t.Errorf("%s uses %s of %s, which is not below it", set.Position(ident.Pos()), ident.Name, to)
		}
	}
	if arrows < 100 {
		t.Errorf("found %d arrows, which cannot be all", arrows)
	}
}

// nothing knows no package.
type nothing struct{}

func (nothing) Import(string) (*types.Package, error) { return nil, errors.New("not looked at") }
