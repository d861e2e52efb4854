// Command build prepares, builds, checks and measures Wapdesk. It needs Go and Node and
// brings the rest itself:
//
//	go run ./build                   install what is missing, build, open Wapdesk on demo data
//	go run ./build dev               the page with hot reload, on demo data
//	go run ./build test              run every check; -fix repairs first, -run REGEXP picks steps,
//	                                 -changed picks what depends on changed files
//	go run ./build bench [NAME…]     print the tables of the benchmarks; -rows 1000000 for a large list
//	go run ./build screens [REGEXP]  look at every screen in every form, and keep a picture of each
//	go run ./build wine              walk the screens that the program for Windows serves under Wine
//	go run ./build package           make the installers and packages that this system can make, in build/dist
//	go run ./build bindings          write frontend/wailsjs from the Go side anew
//	go run ./build licences          write app/licences/licences.txt anew, from the modules in the program
//
// Each step shows its number, its name and its running time; what a step printed is shown
// only when it fails.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Exit codes.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130
)

// errUsage means the command line was wrong and has been explained on stderr.
var errUsage = errors.New("wrong usage")

const usage = `usage:
  go run ./build                   build Wapdesk and open it on demo data
  go run ./build dev               the page with hot reload, on demo data
  go run ./build test [-fix] [-run REGEXP]
                                   run every check
  go run ./build test -changed [-since COMMIT]
                                   run what depends on the files changed since a commit,
                                   by default since main
  go run ./build bench [NAME…] [-rows N] [go test flags]
                                   run benchmarks: %s;
                                   lists, exports and erasures hold 100000 rows unless told
  go run ./build screens [REGEXP]  look at every screen, or those whose name matches, in both languages and
                                   in one with longer words, light and dark, at several sizes, for cut,
                                   covered or overlapping text and for faults of accessibility;
                                   pictures in build/bin/screens, with index.html over them all
  go run ./build wine              walk the screens that the program for Windows serves under Wine, by the
                                   browser tests marked for it
  go run ./build package           make installers and packages, in build/dist
  go run ./build bindings          write frontend/wailsjs anew
  go run ./build licences          write app/licences/licences.txt anew
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithCancel(ctx)
	go endWithParent(ctx, cancel)

	err := dispatch(ctx, os.Args[1:])
	interrupted := ctx.Err() != nil
	cancel()
	stop()
	os.Exit(exitCode(err, interrupted))
}

// exitCode prints err where it says more than the step that failed already did, and returns
// the code to leave with. A program that was started at the end passes its own code on.
func exitCode(err error, interrupted bool) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return exitDone
	case interrupted:
		return exitInterrupted
	case errors.Is(err, errUsage):
		return exitUsage
	case errors.Is(err, errStepFailed):
		return exitFailed
	case errors.As(err, &exit) && exit.ExitCode() > 0:
		return exit.ExitCode()
	}
	fmt.Fprintln(os.Stderr, err)
	return exitFailed
}

func dispatch(ctx context.Context, args []string) error {
	root, err := findRoot()
	if err != nil {
		return err
	}
	p := &project{root: root}
	defer p.beside.Wait() // a failed step does not tear packages that are being installed
	term := newTerminal(os.Stdout)

	name := ""
	if len(args) > 0 {
		name, args = args[0], args[1:]
	}
	switch name {
	case "":
		return p.openDemo(ctx, term)
	case "dev":
		return p.dev(ctx, term)
	case "test":
		flags := newFlags("test")
		changed := flags.Bool("changed", false, "only what depends on changed files")
		since := flags.String("since", "main", "the `COMMIT` that -changed compares with")
		fix := flags.Bool("fix", false, "repair formatting, lint findings and generated files first")
		pattern := flags.String("run", "", "only the steps whose name matches `REGEXP`")
		if err := flags.Parse(args); err != nil || flags.NArg() > 0 {
			return errUsage
		}
		if *changed {
			return p.testChanged(ctx, term, *since, *fix)
		}
		return p.test(ctx, term, *pattern, *fix)
	case "bench":
		return p.bench(ctx, term, args)
	case "screens":
		if len(args) > 1 {
			return errUsage
		}
		return p.screens(ctx, term, strings.Join(args, ""))
	case "wine":
		if len(args) > 0 {
			return errUsage
		}
		return runSteps(ctx, term, append(p.benchSteps(true),
			step{name: "Screens of the program for Windows", limit: 30 * time.Minute, run: p.windowsScreens}))
	case "package":
		if len(args) > 0 {
			return errUsage
		}
		return p.pack(ctx, term)
	case "licences":
		return runSteps(ctx, term, []step{
			{name: "Front-end packages", run: p.frontendPackages},
			{name: "Build the front end", run: p.buildFrontend},
			{name: "Write app/licences/licences.txt", run: p.writeLicences},
		})
	case "bindings":
		return runSteps(ctx, term, []step{{name: "Write frontend/wailsjs", run: p.writeBindings}})
	case "help", "-h", "-help", "--help":
		printUsage(os.Stdout)
		return nil
	}
	fmt.Fprintf(os.Stderr, "unknown command %q\n", name)
	printUsage(os.Stderr)
	return errUsage
}

func newFlags(name string) *flag.FlagSet {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(os.Stderr)
	return flags
}

func printUsage(w io.Writer) { fmt.Fprintf(w, usage, benchNames()) }

// project is the checkout the tool works on.
type project struct {
	root string // absolute path of the folder with go.mod and wails.json

	// System packages, see packagesBeside. The fields are set before, or by, what goes on beside.
	beside       sync.WaitGroup
	asRoot       []string // what to put before a command that needs root
	listsUpdated bool     // apt's lists are of today
}

// path joins elem to the root.
func (p *project) path(elem ...string) string {
	return filepath.Join(append([]string{p.root}, elem...)...)
}

// findRoot walks up from the working directory to the folder that holds wails.json.
func findRoot() (string, error) {
	start, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("finding the working directory: %w", err)
	}
	for dir := start; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "wails.json")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("no wails.json in %s or above: start this inside the checkout", start)
		}
	}
}

// endWithParent cancels once the process that started this one is gone: "go run" passes a
// terminal's Ctrl-C on but dies of a SIGTERM without a word, which would leave the program
// and its children running.
func endWithParent(ctx context.Context, cancel context.CancelFunc) {
	parent := os.Getppid()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if os.Getppid() != parent {
				cancel()
				return
			}
		}
	}
}
