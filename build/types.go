package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"path/filepath"
	"strings"
)

// errTypes means packages of ours do not compile on another system.
var errTypes = errors.New("does not compile there")

// listedPackage is a package as "go list -json" names it; of a package with tests there is a
// second one, which holds them too.
type listedPackage struct {
	ImportPath, Dir string
	GoFiles         []string
	ImportMap       map[string]string // import paths that mean another package, as vendored ones do
	Module          *struct{ Main bool }
	Error           *struct{ Err string }
}

// typesOn checks that our packages and their tests compile on another system, from the sources:
// of what they import only the declarations are looked at, which takes seconds, while compiling
// it takes minutes.
func (p *project) typesOn(ctx context.Context, rep *report, goos, goarch string) error {
	out, err := p.output(ctx, rep, command{env: []string{"GOOS=" + goos, "GOARCH=" + goarch, "CGO_ENABLED=0"},
		args: []string{"go", "list", "-deps", "-test", "-json=ImportPath,Dir,GoFiles,ImportMap,Module,Error", "./..."}})
	if err != nil {
		return err
	}
	checked := map[string]*types.Package{"unsafe": types.Unsafe}
	files, broken := token.NewFileSet(), 0
	sizes := types.SizesFor("gc", goarch)
	for decoder := json.NewDecoder(strings.NewReader(out)); ; { // what is imported comes first
		var listed listedPackage
		if err := decoder.Decode(&listed); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return fmt.Errorf("go list: %w", err)
		}
		if listed.ImportPath == "unsafe" || strings.HasSuffix(listed.ImportPath, ".test") { // the main package of tests is made later
			continue
		}
		ours := listed.Module != nil && listed.Module.Main
		report := func(err error) {
			if ours {
				rep.printf("%v\n", err)
				broken++
			}
		}
		if listed.Error != nil {
			report(errors.New(listed.Error.Err))
		}
		config := types.Config{
			Importer: importerFunc(func(path string) (*types.Package, error) {
				if other, ok := listed.ImportMap[path]; ok {
					path = other
				}
				if found := checked[path]; found != nil {
					return found, nil
				}
				return nil, fmt.Errorf("%s is not there", path)
			}),
			IgnoreFuncBodies: !ours, Sizes: sizes, Error: report,
		}
		parsed, err := parseFiles(files, listed)
		if err != nil {
			return err
		}
		path, _, _ := strings.Cut(listed.ImportPath, " ")
		// Errors have been reported; of a foreign package they do not matter.
		checked[listed.ImportPath], _ = config.Check(path, files, parsed, nil)
		if ours {
			rep.passed++
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	rep.note, rep.passed = fmt.Sprintf("%d packages", rep.passed), 0 // they are no tests
	if broken > 0 {
		return fmt.Errorf("%s/%s: %w", goos, goarch, errTypes)
	}
	return nil
}

func parseFiles(set *token.FileSet, listed listedPackage) ([]*ast.File, error) {
	var parsed []*ast.File
	for _, name := range listed.GoFiles {
		if !filepath.IsAbs(name) {
			name = filepath.Join(listed.Dir, name)
		}
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, file)
	}
	return parsed, nil
}

// importerFunc is a types.Importer.
type importerFunc func(path string) (*types.Package, error)

// Import implements types.Importer.
func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }
