package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
)

// benches are the packages whose benchmarks print tables, by the name they are asked for.
var benches = []struct{ name, dir string }{
	{"list", "./store/listing"},
	{"store", "./store"},
	{"sync", "./app/syncer"},
	{"export", "./app/export"},
	{"intake", "./app/intake"},
}

func benchNames() string {
	names := make([]string, len(benches))
	for i, b := range benches {
		names[i] = b.name
	}
	return strings.Join(names, " ")
}

// bench runs the named benchmarks, or all, one package at a time so that they do not disturb
// each other. Arguments from the first with a dash on go to "go test".
func (p *project) bench(ctx context.Context, t *terminal, args []string) error {
	cut := slices.IndexFunc(args, func(a string) bool { return strings.HasPrefix(a, "-") })
	if cut < 0 {
		cut = len(args)
	}
	names, extra := args[:cut], args[cut:]
	for _, name := range names {
		if !slices.ContainsFunc(benches, func(b struct{ name, dir string }) bool { return b.name == name }) {
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
		cmd := p.cmd(ctx, command{args: slices.Concat(
			[]string{"go", "test", "-run=^$", "-bench=.", "-benchmem", "-timeout=2h"}, extra, []string{b.dir})})
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("benchmark %s: %w", b.name, err)
		}
	}
	return nil
}
