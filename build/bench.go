package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
)

// bench is a table or two of a part, printed by the benchmarks of its packages.
type bench struct {
	name string
	runs []benchRun
}

// benchRun is the benchmarks of a package whose names match a pattern.
type benchRun struct{ dir, pattern string }

// screen is the bench that runs in a browser, on the built program.
const screen = "screen"

// benches are found by the name they are asked for.
var benches = []bench{
	{"list", []benchRun{{"./store/listing", "."}, {"./app/measure", "List"}}},
	{"store", []benchRun{{"./store", "."}}},
	{"sync", []benchRun{{"./app/syncer", "."}}},
	{"load", []benchRun{{"./app/measure", "Load"}}},
	{"export", []benchRun{{"./app/measure", "Export"}}},
	{"intake", []benchRun{{"./app/intake", "."}}},
	{"erase", []benchRun{{"./app/measure", "Erase"}}},
	{"residue", []benchRun{{"./app/cli", "Residue"}}},
	{screen, nil},
}

// rowsFlag sets how many interactions the benchmarks of lists, exports and erasures hold: 100,000 unless told.
const rowsFlag = "-rows"

func benchNames() string {
	names := make([]string, len(benches))
	for i, b := range benches {
		names[i] = b.name
	}
	return strings.Join(names, " ")
}

// bench runs the named benchmarks, or all, one package at a time so that they do not disturb
// each other. Arguments from the first with a dash on go to "go test", but for the number
// of rows.
func (p *project) bench(ctx context.Context, t *terminal, args []string) error {
	cut := slices.IndexFunc(args, func(a string) bool { return strings.HasPrefix(a, "-") })
	if cut < 0 {
		cut = len(args)
	}
	names, extra := args[:cut], args[cut:]
	var env []string
	if at := slices.Index(extra, rowsFlag); at >= 0 && at+1 < len(extra) {
		env = append(env, "LIST_ROWS="+extra[at+1])
		extra = slices.Delete(slices.Clone(extra), at, at+2)
	}
	for _, name := range names {
		if !slices.ContainsFunc(benches, func(b bench) bool { return b.name == name }) {
			fmt.Fprintf(os.Stderr, "no benchmark is called %q; there are: %s\n", name, benchNames())
			return errUsage
		}
	}
	wanted := func(b bench) bool { return len(names) == 0 || slices.Contains(names, b.name) }
	if err := runSteps(ctx, t, p.benchSteps(wanted(bench{name: screen}))); err != nil {
		return err
	}
	for _, b := range benches {
		if !wanted(b) {
			continue
		}
		t.printf("\n%s\n", b.name)
		if b.name == screen {
			if err := p.benchScreen(ctx, env); err != nil {
				return err
			}
		}
		for _, r := range b.runs {
			cmd := p.cmd(ctx, command{env: env, args: slices.Concat(
				[]string{"go", "test", "-run=^$", "-bench=" + r.pattern, "-benchmem", "-timeout=2h"}, extra, []string{r.dir})})
			cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
			if err := cmd.Run(); err != nil {
				return fmt.Errorf("benchmark %s: %w", b.name, err)
			}
		}
	}
	return nil
}

// benchSteps bring what the benchmarks need: packages, and for those on the screen the program.
func (p *project) benchSteps(onScreen bool) []step {
	packages := benchPackages
	if onScreen {
		packages = slices.Concat(benchPackages, checkPackages)
	}
	steps := []step{{name: "System packages", run: func(ctx context.Context, rep *report) error {
		return p.installPackages(ctx, rep, packages)
	}}}
	if !onScreen {
		return steps
	}
	return append(steps,
		step{name: "Front-end packages", run: p.frontendPackages},
		step{name: "Front-end build", run: p.buildFrontend},
		step{name: "Build for this computer", run: func(ctx context.Context, rep *report) error {
			return p.buildProgram(ctx, rep, withWindow)
		}})
}

func (p *project) benchScreen(ctx context.Context, env []string) error {
	cmd := p.cmd(ctx, command{dir: p.path("frontend"), env: slices.Concat(env, npmEnv, []string{"WAPDESK_BINARY=" + p.binary()}),
		args: tool("playwright", "test", "--config=playwright.bench.config.ts")})
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("benchmark %s: %w", screen, err)
	}
	return nil
}
