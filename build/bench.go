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
	dirs []string
}

// benches are found by the name they are asked for.
var benches = []bench{
	{"list", []string{"./store/listing", "./store/measure"}},
	{"store", []string{"./store"}},
	{"sync", []string{"./app/syncer"}},
	{"export", []string{"./app/export"}},
	{"intake", []string{"./app/intake"}},
}

// rowsFlag sets how many interactions the benchmarks of the list hold: 100,000 unless told.
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
	err := runSteps(ctx, t, []step{{name: "System packages", run: func(ctx context.Context, rep *report) error {
		return p.installPackages(ctx, rep, benchPackages)
	}}})
	if err != nil {
		return err
	}
	for _, b := range benches {
		if len(names) > 0 && !slices.Contains(names, b.name) {
			continue
		}
		t.printf("\n%s\n", b.name)
		for _, dir := range b.dirs {
			cmd := p.cmd(ctx, command{env: env, args: slices.Concat(
				[]string{"go", "test", "-run=^$", "-bench=.", "-benchmem", "-timeout=2h"}, extra, []string{dir})})
			cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
			if err := cmd.Run(); err != nil {
				return fmt.Errorf("benchmark %s: %w", b.name, err)
			}
		}
	}
	return nil
}
