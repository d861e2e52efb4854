package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// program holds the tests of a package, and in its code all changes.
type program struct {
	dir     string // the package's, where its tests run
	binary  string
	scratch string
	mutants []mutant
	whole   string // the test of which only a part runs,
	part    string // and this part
}

// testCase is a test of the package with what it took and which changes it can notice.
type testCase struct {
	name    string
	took    time.Duration
	reached []byte // by number, 1 where it came by
}

// build compiles the tests of a package with its files written anew. What the compiler does not take of
// the changes is left out.
func build(ctx context.Context, o options, scratch string) (*program, error) {
	listed, err := exec.CommandContext(ctx, "go", "list", "-json=Dir,Name,GoFiles", o.pkg).Output()
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", o.pkg, err)
	}
	var pkg struct {
		Dir, Name string
		GoFiles   []string
	}
	if err := json.Unmarshal(listed, &pkg); err != nil {
		return nil, err
	}
	p := &program{dir: pkg.Dir, binary: filepath.Join(scratch, "tests"), scratch: scratch}
	p.whole, p.part, _ = strings.Cut(o.part, "/")
	m := &mutator{}
	replace := map[string]string{}
	for _, name := range pkg.GoFiles {
		if !o.files.MatchString(name) {
			continue
		}
		src, err := os.ReadFile(filepath.Join(pkg.Dir, name))
		if err != nil {
			return nil, err
		}
		text, err := m.rewrite(filepath.Join(pkg.Dir, name), src)
		if err != nil {
			return nil, err
		}
		if replace[filepath.Join(pkg.Dir, name)], err = p.keep(name, text); err != nil {
			return nil, err
		}
	}
	if replace[filepath.Join(pkg.Dir, "mutants_support.go")], err = p.keep("mutants_support.go", support(pkg.Name, len(m.mutants))); err != nil {
		return nil, err
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return nil, err
	}
	file, err := p.keep("overlay.json", string(overlay))
	if err != nil {
		return nil, err
	}
	p.mutants = m.mutants
	cmd := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-overlay="+file, "-o", p.binary, o.pkg)
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("compile the changes: %w\n%s", err, out)
	}
	return p, nil
}

func (p *program) keep(name, text string) (string, error) {
	file := filepath.Join(p.scratch, name)
	return file, os.WriteFile(file, []byte(text), 0o600)
}

// run runs some tests with a change switched on, 0 for none, and reports whether they passed in time.
func (p *program) run(ctx context.Context, number int, limit time.Duration, reached string, tests ...string) bool {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	which := "^(" + strings.Join(tests, "|") + ")$"
	if slices.Equal(tests, []string{p.whole}) && p.part != "" {
		which += "/" + p.part
	}
	cmd := exec.CommandContext(ctx, p.binary, "-test.failfast", "-test.run="+which)
	cmd.Dir, cmd.WaitDelay = p.dir, time.Second
	cmd.Env = append(os.Environ(), "MUTANT="+strconv.Itoa(number), "MUTANTS_REACHED="+reached)
	return cmd.Run() == nil
}

// measure runs each test alone, without a change: the fastest come first.
func (p *program) measure(ctx context.Context, skip *regexp.Regexp) ([]testCase, error) {
	cmd := exec.CommandContext(ctx, p.binary, "-test.list=.")
	cmd.Dir = p.dir
	listed, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("list the tests: %w", err)
	}
	var tests []testCase
	for name := range strings.FieldsSeq(string(listed)) {
		if !strings.HasPrefix(name, "Test") || skip.MatchString(name) {
			continue
		}
		reached := filepath.Join(p.scratch, "reached")
		_ = os.Remove(reached)
		begun := time.Now()
		if !p.run(ctx, 0, 10*time.Minute, reached, name) {
			return nil, errors.Join(fmt.Errorf("%s fails without a change", name), ctx.Err())
		}
		marks, err := os.ReadFile(reached)
		if err != nil {
			return nil, err
		}
		tests = append(tests, testCase{name: name, took: time.Since(begun), reached: bytes.Clone(marks)})
	}
	slices.SortFunc(tests, func(a, b testCase) int { return int(a.took - b.took) })
	return tests, nil
}

// together is how long tests may take that run in one go: starting the program takes longer than they.
const together = 500 * time.Millisecond

// try runs the tests that reach a change until one fails; "" then, otherwise why none did.
func (p *program) try(ctx context.Context, m mutant, tests []testCase, budget time.Duration) (string, error) {
	var names []string
	var took, spent time.Duration
	passed := func() bool {
		// What goes round and round is noticed as well.
		ok := p.run(ctx, m.number, 5*time.Second+4*took, "", names...)
		spent += took
		names, took = nil, 0
		return ok
	}
	any, left := false, false
	for _, t := range tests {
		if m.number >= len(t.reached) || t.reached[m.number] == 0 {
			continue
		}
		any = true
		if spent+took+t.took > budget {
			left = true
			break
		}
		if t.name == p.whole && len(names) > 0 && !passed() { // alone, since its part is no other's
			return "", ctx.Err()
		}
		names, took = append(names, t.name), took+t.took
		if (took > together || t.name == p.whole) && !passed() {
			return "", ctx.Err()
		}
	}
	if len(names) > 0 && !passed() {
		return "", ctx.Err()
	}
	switch {
	case !any:
		return "no test comes by", nil
	case left:
		return "within the budget", nil
	}
	return "all of its tests pass", nil
}
