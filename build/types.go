package main

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"

	"golang.org/x/tools/go/packages"
)

// errTypes means packages of ours do not compile on another system.
var errTypes = errors.New("does not compile there")

// typesOn checks that our packages and their tests compile on another system, from the sources:
// of what they import only the declarations are looked at, which takes seconds, while compiling
// it takes minutes.
func (p *project) typesOn(ctx context.Context, rep *report, goos, goarch string) error {
	loaded, err := packages.Load(&packages.Config{
		Context: ctx, Dir: p.root, Tests: true,
		Env: append(os.Environ(), goFlags("-trimpath"), "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0"),
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedDeps |
			packages.NeedTypes | packages.NeedTypesSizes | packages.NeedSyntax | packages.NeedTypesInfo,
		ParseFile: func(set *token.FileSet, name string, source []byte) (*ast.File, error) {
			file, err := parser.ParseFile(set, name, source, parser.SkipObjectResolution)
			if err == nil && !strings.HasPrefix(name, p.root) {
				withoutBodies(file)
			}
			return file, err
		},
	}, "./...")
	if err != nil {
		return err
	}
	checked, broken := 0, 0
	for _, one := range loaded { // ours; errors of others that matter show in ours
		if strings.HasSuffix(one.ID, ".test") {
			continue // the main package of tests, which the go command writes
		}
		checked++
		for _, err := range one.Errors {
			rep.printf("%v\n", err)
			broken++
		}
	}
	rep.note = fmt.Sprintf("%d packages", checked)
	switch {
	case checked == 0:
		return errNoTests
	case broken > 0:
		return fmt.Errorf("%s/%s: %w", goos, goarch, errTypes)
	}
	return nil
}

// withoutBodies leaves a file its declarations.
func withoutBodies(file *ast.File) {
	for _, declared := range file.Decls {
		if function, ok := declared.(*ast.FuncDecl); ok {
			function.Body = nil
		}
	}
}
