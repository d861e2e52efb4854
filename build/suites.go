package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// errNoTests means a suite ended well without having run one test.
var errNoTests = errors.New("no test ran")

// unraced are the packages whose tests run without the race detector, which makes them five times longer.
// Those of the command line compare ten thousand records of a contact centre, each of their fields, with what the
// whole program gives; those of intake read thousands of files that exports wrote. What runs at once in them, the
// client, the sync, the store, the list and the exports, runs under the detector in its own package's tests.
var unraced = []string{"./app/cli", "./app/intake"}

// trials are tests whose number is the point, of a package that runs under the race detector with fewer:
// 60 random histories of the sync, and its days of 100,000 interactions.
var trials = []string{"-run", "^(TestAnyHistoryEndsAsTheServersTruth|TestCrowdedDaysAndSecondsAreComplete)$", "./app/syncer"}

// raced leaves the race detector out of SQLite, which is C made into Go, takes its locks like the
// C, and would be ten times slower under it. Our own code and all other libraries are watched.
// Nobody debugs these programs, so they are made without the tables for it.
var raced = []string{"-race", "-gcflags=all=-dwarf=false", "-gcflags=modernc.org/...=-race=false -dwarf=false", "-ldflags=-s -w"}

// goTests runs every Go test of the module, all but those of unraced packages with the race
// detector. Vet's checks are the linters' part.
func (p *project) goTests(ctx context.Context, rep *report) error {
	// Others would be compiled too, the window's libraries among them.
	withTests := "{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}"
	listed, err := p.output(ctx, rep, command{args: []string{"go", "list", "-f", withTests, "./..."}})
	if err != nil {
		return fmt.Errorf("list the packages: %w", err)
	}
	args := []string{"-vet=off", "-shuffle=on", "-timeout=25m"}
	watched := append(slices.Clone(args), raced...)
	for name := range strings.FieldsSeq(listed) {
		if !slices.ContainsFunc(unraced, func(dir string) bool { return strings.HasSuffix(name, strings.TrimPrefix(dir, ".")) }) {
			watched = append(watched, name)
		}
	}
	// Beside each other, since each waits a minute for one compiler at SQLite the first time.
	var unwatched report
	ended := make(chan error, 1)
	go func() {
		err := p.goSuite(ctx, &unwatched, nil, append(slices.Clone(args), unraced...)...)
		ended <- errors.Join(err, p.goSuite(ctx, &unwatched, nil, append(args, trials...)...))
	}()
	err = p.goSuite(ctx, rep, nil, watched...)
	err = errors.Join(err, <-ended)
	rep.add(&unwatched)
	return closeCount(rep, err)
}

// windowTests drive the built program's own window, in WebKit on a virtual display.
func (p *project) windowTests(ctx context.Context, rep *report) error {
	if _, err := os.Stat(p.binary()); err != nil {
		return fmt.Errorf("the program is not built: %w", err)
	}
	return p.goSuite(ctx, rep, []string{"WAPDESK_BINARY=" + p.binary()}, "-count=1", "-timeout=10m", "-tags=e2e", "./build/e2e")
}

// goSuite runs "go test" and counts its tests. Of its output that of failed tests is kept.
func (p *project) goSuite(ctx context.Context, rep *report, env []string, args ...string) error {
	suite := newGoSuite(rep)
	err := p.lines(ctx, rep, command{env: env, args: append([]string{"go", "test", "-json"}, args...)}, suite.line)
	return suite.end(err)
}

// goSuite reads the events of "go test -json".
type goSuite struct {
	rep     *report
	output  map[string]*strings.Builder // by package and test, until it has ended
	skipped []string
}

// goEvent is one event; the names are those of cmd/test2json.
type goEvent struct {
	Action, Package, ImportPath, Test, Output string
	Elapsed                                   float64 // seconds
}

func newGoSuite(rep *report) *goSuite {
	return &goSuite{rep: rep, output: map[string]*strings.Builder{}}
}

// line takes one line of output, which is an event or, when a build breaks early, plain text.
func (s *goSuite) line(text []byte) {
	var event goEvent
	if json.Unmarshal(text, &event) != nil {
		s.rep.printf("%s\n", text)
		return
	}
	key := event.Package + " " + event.Test
	switch event.Action {
	case "output":
		if s.output[key] == nil {
			s.output[key] = &strings.Builder{}
		}
		s.output[key].WriteString(event.Output)
	case "build-output":
		s.rep.printf("%s", event.Output)
	case "pass":
		if event.Test != "" {
			s.rep.passed++
			s.rep.tests = append(s.rep.tests, timed{path.Base(event.Package) + "." + event.Test, time.Duration(event.Elapsed * float64(time.Second))})
		}
		delete(s.output, key)
	case "skip":
		if event.Test != "" { // a package without test files is also called skipped
			s.skipped = append(s.skipped, event.Package+"."+event.Test)
		}
		delete(s.output, key)
	case "fail":
		// A package fails with its tests; alone it fails when it did not build or was killed.
		if out := s.output[key]; out != nil {
			s.rep.printf("%s", out)
		}
		if event.Test != "" {
			s.rep.failed++
			s.rep.names = append(s.rep.names, event.Package+"."+event.Test)
		}
		delete(s.output, key)
	}
}

// end closes the count: a skipped test has not shown what it is there for, and counts as failed.
func (s *goSuite) end(err error) error {
	for _, name := range s.skipped {
		s.rep.printf("skipped: %s\n", name)
	}
	s.rep.failed += len(s.skipped)
	s.rep.names = append(s.rep.names, s.skipped...)
	if err != nil && s.rep.failed == 0 {
		s.rep.failed = 1
	}
	return closeCount(s.rep, err)
}

// closeCount writes the note of a suite and makes an empty one a failure.
func closeCount(rep *report, err error) error {
	rep.note = fmt.Sprintf("%d passed", rep.passed)
	if rep.failed > 0 {
		rep.note += fmt.Sprintf(", %d failed", rep.failed)
	}
	if err == nil && rep.passed+rep.failed == 0 {
		return errNoTests
	}
	return err
}

// unitTests runs Vitest.
func (p *project) unitTests(ctx context.Context, rep *report) error {
	return p.jsonSuite(rep, func(file string) error {
		return p.run(ctx, rep, command{dir: p.path("frontend"), env: npmEnv,
			args: tool("vitest", "run", "--reporter=default", "--reporter=json", "--outputFile.json="+file)})
	}, readVitest)
}

// browserTests runs Playwright on the built program in its browser mode; of named specs only those.
func (p *project) browserTests(ctx context.Context, rep *report, specs ...string) error {
	if _, err := os.Stat(p.binary()); err != nil {
		return fmt.Errorf("the program is not built: %w", err)
	}
	return p.playwright(ctx, rep, nil, specs...)
}

// playwright runs those browser tests that args choose.
func (p *project) playwright(ctx context.Context, rep *report, env []string, args ...string) error {
	return p.jsonSuite(rep, func(file string) error {
		// Where no locale is set a browser opens no file with an accent in its name.
		env := slices.Concat([]string{"PLAYWRIGHT_JSON_OUTPUT_FILE=" + file, "WAPDESK_BINARY=" + p.binary(), "LC_CTYPE=C.UTF-8"}, npmEnv, env)
		return p.run(ctx, rep, command{dir: p.path("frontend"), env: env,
			args: append(tool("playwright", "test", "--forbid-only", "--reporter=list,json"), args...)})
	}, readPlaywright)
}

// jsonSuite runs a suite that writes its result into a file, and reads from there what came of it.
func (p *project) jsonSuite(rep *report, run func(file string) error, read func([]byte) (result, error)) error {
	dir, err := os.MkdirTemp("", "wapdesk-suite-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "result.json")
	runErr := run(file)
	data, err := os.ReadFile(file)
	if err != nil {
		return errors.Join(runErr, fmt.Errorf("the suite left no result: %w", err))
	}
	r, err := read(data)
	rep.passed, rep.failed, rep.names = r.passed, r.failed, r.names
	rep.tests = r.tests
	err = closeCount(rep, errors.Join(runErr, err))
	if r.again > 0 {
		rep.note += fmt.Sprintf(", %d of them at the second try", r.again)
	}
	return err
}
