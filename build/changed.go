package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"
)

// errUnchanged means -changed found nothing to check.
var errUnchanged = errors.New("no file differs")

// module is what "go list" tells of our packages, by import path.
type module map[string]listedImports

// listedImports is a package with what it and its tests import.
type listedImports struct {
	ImportPath, Dir                    string
	Imports, TestImports, XTestImports []string
	EmbedFiles                         []string
}

// testChanged runs the checks of what changed since a commit: of the Go packages that hold
// changed files and of those that import one directly, and of the changed files of the page. It
// names what it leaves to the whole command.
func (p *project) testChanged(ctx context.Context, t *terminal, since string, fix bool) error {
	files, err := p.changedFiles(ctx, since)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("%w from %s; name another commit with -since", errUnchanged, since)
	}
	packages, err := p.listImports(ctx)
	if err != nil {
		return err
	}
	changed := packages.holding(p.root, files)
	near, far := packages.dependents(changed)
	page := p.under(files, "frontend/")
	specs := p.under(page, "frontend/e2e/")
	specs = slices.DeleteFunc(specs, func(name string) bool { return !strings.HasSuffix(name, ".spec.ts") })

	var steps []step
	if len(changed) > 0 {
		steps = append(steps,
			step{name: "Go format", run: func(ctx context.Context, rep *report) error { return p.gofmt(ctx, rep, fix) }},
			step{name: "Go vet and linters", run: func(ctx context.Context, rep *report) error {
				return p.lint(ctx, rep, fix, folders(p.root, packages, changed)...)
			}},
			step{name: "Go tests", limit: defaultLimit, run: func(ctx context.Context, rep *report) error {
				return p.goSuite(ctx, rep, nil, append([]string{"-vet=off"}, near...)...)
			}})
		if slices.Contains(changed, "wapdesk/app") || slices.Contains(changed, "wapdesk/app/profile") {
			steps = append(steps, step{name: "Generated bindings", run: p.checkBindings})
		}
	}
	if len(page) > 0 {
		steps = append(steps,
			step{name: "Front-end packages", run: p.frontendPackages},
			p.frontendCheck("Prettier", pick(fix, "--write", "--check"), append([]string{"prettier", "--log-level=warn", "--ignore-unknown"}, inFrontend(page)...)...),
			p.frontendCheck("ESLint", pick(fix, "--fix", ""), "eslint", "--max-warnings=0", "."),
			step{name: "Svelte and TypeScript", run: p.checkTypes},
			step{name: "Front-end unit tests", run: p.unitTests},
			step{name: "Front-end build", run: p.buildFrontend},
			step{name: "Size of the first screen", run: p.checkSize})
	}
	if len(specs) > 0 {
		steps = append(steps,
			step{name: "Build for this computer", run: func(ctx context.Context, rep *report) error { return p.buildProgram(ctx, rep, withoutWindow) }},
			step{name: "Changed browser tests", run: func(ctx context.Context, rep *report) error { return p.browserTests(ctx, rep, inFrontend(specs)...) }})
	}
	if len(steps) == 0 {
		return fmt.Errorf("%w that a check depends on: %s", errUnchanged, strings.Join(files, ", "))
	}
	err = runAll(ctx, t, steps)
	t.printf("\nLeft to the whole command: race detector, window tests, browser tests that did not change%s.\n",
		pick(len(far) > 0, ", tests of "+strings.Join(far, ", "), ""))
	return err
}

// changedFiles lists the files that differ from the commit in which since and HEAD parted, those
// that git does not know yet among them, as slash-separated paths below the root.
func (p *project) changedFiles(ctx context.Context, since string) ([]string, error) {
	rep := &report{}
	base, err := p.output(ctx, rep, command{args: []string{"git", "merge-base", "HEAD", since}})
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, strings.TrimSpace(rep.output()))
	}
	var files []string
	for _, args := range [][]string{
		{"git", "diff", "--name-only", "--no-renames", "-z", base},
		{"git", "ls-files", "--others", "--exclude-standard", "-z"},
	} {
		out, err := p.output(ctx, rep, command{args: args})
		if err != nil {
			return nil, err
		}
		files = append(files, strings.FieldsFunc(out, func(r rune) bool { return r == 0 })...)
	}
	slices.Sort(files)
	return slices.Compact(files), nil
}

// listImports lists our packages.
func (p *project) listImports(ctx context.Context) (module, error) {
	out, err := p.output(ctx, &report{}, command{args: []string{"go", "list", "-e",
		"-json=ImportPath,Dir,Imports,TestImports,XTestImports,EmbedFiles", "./..."}})
	if err != nil {
		return nil, fmt.Errorf("list the packages: %w", err)
	}
	packages := module{}
	for decoder := json.NewDecoder(strings.NewReader(out)); ; {
		var listed listedImports
		switch err := decoder.Decode(&listed); {
		case errors.Is(err, io.EOF):
			return packages, nil
		case err != nil:
			return nil, fmt.Errorf("go list: %w", err)
		}
		packages[listed.ImportPath] = listed
	}
}

// holding returns the packages to which files belong: each to the nearest folder above it that is
// one. Of the page only what Go embeds counts.
func (m module) holding(root string, files []string) []string {
	byFolder := map[string]string{}
	embedded := map[string]bool{}
	for name, listed := range m {
		folder := below(root, listed.Dir)
		byFolder[folder] = name
		for _, file := range listed.EmbedFiles {
			embedded[path.Join(folder, file)] = true
		}
	}
	var found []string
	for _, file := range files {
		if strings.HasPrefix(file, "frontend/") && !strings.HasSuffix(file, ".go") && !embedded[file] {
			continue
		}
		folder := path.Dir(file)
		for folder != "." && byFolder[folder] == "" {
			folder = path.Dir(folder)
		}
		if name := byFolder[folder]; name != "" {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// dependents returns the changed packages with those that import one of them, and beside these
// those that depend on them further up.
func (m module) dependents(changed []string) (near, far []string) {
	near = m.importers(changed)
	far = near
	for {
		more := m.importers(far)
		if len(more) == len(far) {
			break
		}
		far = more
	}
	return near, slices.DeleteFunc(slices.Clone(far), func(name string) bool { return slices.Contains(near, name) })
}

// importers returns the named packages and those that import one of them, their tests included.
func (m module) importers(names []string) []string {
	found := slices.Clone(names)
	for name, listed := range m {
		for _, imports := range [][]string{listed.Imports, listed.TestImports, listed.XTestImports} {
			if slices.ContainsFunc(imports, func(path string) bool { return slices.Contains(names, path) }) {
				found = append(found, name)
				break
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// folders are the folders of the named packages, as the linters take them.
func folders(root string, packages module, names []string) []string {
	var found []string
	for _, name := range names {
		found = append(found, "./"+below(root, packages[name].Dir))
	}
	return found
}

// below is dir as a slash-separated path below root; "." is the root itself.
func below(root, dir string) string {
	rest := strings.TrimPrefix(strings.TrimPrefix(dir, root), string(os.PathSeparator))
	return path.Clean(strings.ReplaceAll(rest, string(os.PathSeparator), "/"))
}

// under returns the files in a folder that are still there.
func (p *project) under(files []string, folder string) []string {
	return slices.DeleteFunc(slices.Clone(files), func(name string) bool {
		_, err := os.Stat(p.path(name))
		return !strings.HasPrefix(name, folder) || err != nil
	})
}

func inFrontend(files []string) []string {
	var inside []string
	for _, file := range files {
		inside = append(inside, strings.TrimPrefix(file, "frontend/"))
	}
	return inside
}
