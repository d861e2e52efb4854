// Command mutants tells how much of a package's rules its tests notice: it changes the code in one small
// place after the other – a comparison, a joint, a condition, a statement left out – and runs the tests
// that reach the place until one fails. What no test notices is listed.
//
//	go run ./build/mutants [-files REGEXP] [-skip REGEXP] [-part TEST/REGEXP] [-budget 60s] PACKAGE
//
// All changes are compiled into one program, which is told which of them it is to make, so that a package
// is built once. It is no part of the test command.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"time"
)

// options are what the command is asked for.
type options struct {
	files, skip *regexp.Regexp
	budget      time.Duration
	part        string // of one test only the subtests that match: "TestX/^0$"
	pkg         string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1) //nolint:gocritic // what stop would give back ends with the program
	}
}

func parse(args []string) (options, error) {
	flags := flag.NewFlagSet("mutants", flag.ContinueOnError)
	files := flags.String("files", "", "only the files whose name matches `REGEXP`")
	skip := flags.String("skip", "", "without the tests whose name matches `REGEXP`")
	part := flags.String("part", "", "of one test only the parts that match, as `TEST/REGEXP`")
	budget := flags.Duration("budget", time.Minute, "how much of tests one change may take")
	if err := flags.Parse(args); err != nil {
		return options{}, err
	}
	if flags.NArg() != 1 {
		return options{}, errors.New("name one package, like ./store/listing")
	}
	var o options
	var err, err2 error
	o.files, err = regexp.Compile(*files)
	o.skip, err2 = regexp.Compile(cmp.Or(*skip, "^$"))
	o.budget, o.part, o.pkg = *budget, *part, flags.Arg(0)
	return o, errors.Join(err, err2)
}

func run(ctx context.Context, args []string) error {
	o, err := parse(args)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "wapdesk-mutants-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	p, err := build(ctx, o, dir)
	if err != nil {
		return err
	}
	tests, err := p.measure(ctx, o.skip)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%s: %d changes, %d tests\n", o.pkg, len(p.mutants), len(tests))

	noticed, byFile, order := 0, map[string][2]int{}, []string{}
	for _, m := range p.mutants {
		how, err := p.try(ctx, m, tests, o.budget)
		if err != nil {
			return err
		}
		name := filepath.Base(m.file)
		if _, known := byFile[name]; !known {
			order = append(order, name)
		}
		count := byFile[name]
		count[1]++
		if how == "" {
			count[0]++
			noticed++
		} else {
			fmt.Fprintf(os.Stdout, "%s  (%s)\n", m, how)
		}
		byFile[name] = count
	}
	for _, name := range order {
		fmt.Fprintf(os.Stdout, "%-24s %4d of %4d\n", name, byFile[name][0], byFile[name][1])
	}
	fmt.Fprintf(os.Stdout, "%s: %d of %d noticed, %.0f %%\n", o.pkg, noticed, len(p.mutants), 100*float64(noticed)/float64(max(len(p.mutants), 1)))
	return nil
}
