package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"
)

// test runs every check whose name matches pattern, in an order in which later ones find what
// earlier ones made. A check that cannot run has failed, but for those of vulnerabilities where the database
// cannot be reached: they say so, and are counted as skipped.
func (p *project) test(ctx context.Context, t *terminal, pattern string, fix bool) error {
	chosen, err := regexp.Compile("(?i)" + pattern)
	if err != nil {
		return fmt.Errorf("-run: %w", err)
	}
	var steps []step
	for _, s := range p.checks(ctx, fix) {
		if chosen.MatchString(s.name) {
			steps = append(steps, s)
		}
	}
	if len(steps) == 0 {
		return fmt.Errorf("-run %s matches no step", pattern)
	}
	return runAll(ctx, t, steps)
}

// checks lists the steps of the test command. Those that need no system package come first,
// beside the packages on their way.
func (p *project) checks(ctx context.Context, fix bool) []step {
	linters, windows := &errand{run: p.buildLinters}, &errand{run: p.buildForWindows}
	packages, packagesThere := p.packagesBeside(ctx, checkPackages)
	return []step{
		{name: "Versions of Go and Node", run: p.checkVersions},
		packages,
		p.modulesBeside(ctx, "tools.mod"),
		// Much to compile, the first time. Checks of the front end leave a core to it, and so does
		// SQLite, one package that takes a compiler a minute.
		{name: "Linters and the Windows build", run: p.beginAll(ctx, linters, windows)},

		{name: "Front-end packages", run: p.frontendPackages},
		{name: "Go format", run: func(ctx context.Context, rep *report) error { return p.gofmt(ctx, rep, fix) }},
		p.frontendCheck("Prettier", pick(fix, "--write", "--check"), "prettier", "--log-level=warn", "."),
		p.frontendCheck("ESLint", pick(fix, "--fix", ""), "eslint", "--max-warnings=0", "."),
		{name: "Svelte and TypeScript", run: p.checkTypes},
		{name: "Front-end unit tests", run: p.unitTests},
		{name: "Front-end build", run: p.buildFrontend},
		{name: "Size of the first screen", run: p.checkSize},
		{name: "Licences", run: func(ctx context.Context, rep *report) error {
			if fix {
				return p.writeLicences(ctx, rep)
			}
			return p.checkLicences(ctx, rep)
		}},

		packagesThere,
		{name: "Generated bindings", run: func(ctx context.Context, rep *report) error {
			if fix {
				return p.writeBindings(ctx, rep)
			}
			return p.checkBindings(ctx, rep)
		}},
		{name: "Linters are built", run: linters.finish},
		{name: "Go vet and linters", run: func(ctx context.Context, rep *report) error { return p.lint(ctx, rep, fix, "./...") }},
		{name: "Build for Windows", run: windows.finish},
		// With the tests, which the build for Windows leaves out.
		{name: "Go types on Windows", run: func(ctx context.Context, rep *report) error { return p.typesOn(ctx, rep, "windows", "amd64") }},
		{name: "Go types on macOS", run: func(ctx context.Context, rep *report) error { return p.typesOn(ctx, rep, "darwin", "arm64") }},
		{name: "Vulnerabilities of Go modules", run: p.vulnerableModules},
		{name: "Vulnerabilities of npm packages", run: p.vulnerablePackages},
		{name: "Go tests with race detector", limit: 35 * time.Minute, run: p.goTests},
		{name: "Build for this computer", run: func(ctx context.Context, rep *report) error {
			return p.buildProgram(ctx, rep, withWindow)
		}},
		{name: "Windows program under Wine", limit: 15 * time.Minute, run: p.windowsTests},
		{name: "Screens of the Windows program", limit: 15 * time.Minute, run: p.windowsScreens},
		{name: "Window tests in WebKit", run: p.windowTests},
		{name: "Browser tests in Chromium", limit: 40 * time.Minute, run: func(ctx context.Context, rep *report) error { return p.browserTests(ctx, rep) }},
	}
}

func pick(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

// gofmt lists files that are not formatted, or formats them.
func (p *project) gofmt(ctx context.Context, rep *report, fix bool) error {
	files, err := p.goFiles()
	if err != nil {
		return err
	}
	goroot, err := p.output(ctx, rep, command{args: []string{"go", "env", "GOROOT"}})
	if err != nil {
		return err
	}
	// The one that belongs to this Go; it need not be on the path.
	program := filepath.Join(goroot, "bin", "gofmt")
	out, err := p.output(ctx, rep, command{args: append([]string{program, "-l", pick(fix, "-w", "-d")}, files...)})
	if err != nil || fix || out == "" {
		return err
	}
	rep.printf("%s\n", out)
	return errors.New("not formatted as gofmt does")
}

// goFiles lists the Go files of the checkout.
func (p *project) goFiles() ([]string, error) {
	var files []string
	err := filepath.WalkDir(p.root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".git"):
			return filepath.SkipDir
		case !entry.IsDir() && strings.HasSuffix(name, ".go"):
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("listing Go files: %w", err)
	}
	return files, nil
}

// linter is the path of the pinned linters, which are one program.
func (p *project) linter() string {
	name := "golangci-lint"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return p.path("build", "bin", name)
}

// buildLinters compiles the pinned linters where they are missing. The first time is more work
// than most checks are.
func (p *project) buildLinters(ctx context.Context, rep *report) error {
	return p.run(ctx, rep, command{env: []string{"CGO_ENABLED=0"}, args: []string{"go", "build", "-modfile=" + p.path("build", "tools.mod"),
		// Most of what is in them is never asked for; only what does the work is optimised.
		"-ldflags=-s -w", "-gcflags=all=-N -l -dwarf=false", "-gcflags=std=", "-gcflags=golang.org/x/tools/...=", "-gcflags=honnef.co/...=",
		"-o", p.linter(), "github.com/golangci/golangci-lint/v2/cmd/golangci-lint"}})
}

// buildForWindows builds the program for there, window and all, and the tests of what calls that system itself. Both are
// tested, but not shipped, so nothing is optimised, which takes two thirds of the work.
func (p *project) buildForWindows(ctx context.Context, rep *report) error {
	env, quick := []string{"GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0"}, []string{"-ldflags=-s -w", "-gcflags=all=-N -l -dwarf=false"}
	return errors.Join(
		p.run(ctx, rep, command{env: env, args: slices.Concat([]string{"go", "build", "-tags", windowTags("windows"), "-o", p.windowsProgram()}, quick, []string{"."})}),
		p.run(ctx, rep, command{env: env, args: slices.Concat([]string{"go", "test", "-c", "-o", p.windowsTestProgram()}, quick, []string{"./store/private"})}))
}

// lint runs the linters, vet's analysers among them, on packages.
func (p *project) lint(ctx context.Context, rep *report, fix bool, packages ...string) error {
	if err := p.buildLinters(ctx, rep); err != nil { // where this step was asked for alone
		return err
	}
	args := []string{p.linter(), "run", "--timeout=10m"}
	if fix {
		args = append(args, "--fix")
	}
	return p.run(ctx, rep, command{args: append(args, packages...)})
}

// frontendCheck is a step that runs a program of the front end; flag is left out when empty.
func (p *project) frontendCheck(name, flag string, args ...string) step {
	if flag != "" {
		args = append(args[:1:1], append([]string{flag}, args[1:]...)...)
	}
	return step{name: name, run: func(ctx context.Context, rep *report) error {
		return p.run(ctx, rep, command{dir: p.path("frontend"), env: npmEnv, args: tool(args...)})
	}}
}

// checkTypes checks the types of the front end and of its browser tests.
func (p *project) checkTypes(ctx context.Context, rep *report) error {
	for _, args := range [][]string{npm("run", "--silent", "check"), tool("tsc", "--project", "e2e")} {
		if err := p.run(ctx, rep, command{dir: p.path("frontend"), env: npmEnv, args: args}); err != nil {
			return err
		}
	}
	return nil
}
