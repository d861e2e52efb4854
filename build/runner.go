package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// errStepFailed means a step failed and its output has been shown.
var errStepFailed = errors.New("a step failed")

// step is one line of the display.
type step struct {
	name  string
	limit time.Duration // 0 means defaultLimit
	run   func(context.Context, *report) error
}

// defaultLimit stops a step that hangs, so that a run always ends.
const defaultLimit = 15 * time.Minute

// outcome is what became of a step.
type outcome struct {
	name           string
	took           time.Duration
	note           string
	passed, failed int // tests, or the step itself where it has none
	names          []string
	longest        []timed
	skipped        string // why nothing was checked; "" when it was
}

// do runs one step within its limit and shows it.
func (t *terminal) do(ctx context.Context, s step, number, of int) (outcome, error) {
	limit := s.limit
	if limit == 0 {
		limit = defaultLimit
	}
	line := t.start(fmt.Sprintf("[%*d/%d] %s …", len(fmt.Sprint(of)), number, of, s.name))
	rep := &report{}
	stepCtx, cancel := context.WithTimeout(ctx, limit)
	err := s.run(stepCtx, rep)
	if err != nil && errors.Is(stepCtx.Err(), context.DeadlineExceeded) {
		err = fmt.Errorf("stopped after %s: %w", clock(limit), err)
	}
	cancel()

	out := outcome{name: s.name, note: rep.note, passed: rep.passed, failed: rep.failed, names: rep.names, longest: longest(rep.tests)}
	if err == nil {
		out.skipped = rep.skipped
	}
	switch {
	case err != nil && out.failed == 0:
		out.failed = 1
	case err == nil && out.skipped == "" && out.passed+out.failed == 0:
		out.passed = 1
	}
	if err == nil && out.failed > 0 {
		err = fmt.Errorf("%d failed", out.failed)
	}
	note := rep.note
	if out.skipped != "" {
		note = "skipped: " + out.skipped
	}
	out.took = line.end(note, err)
	if err != nil && ctx.Err() == nil {
		t.dump(rep.output(), err)
	}
	return out, err
}

// runSteps runs the steps in order and stops at the first that fails.
func runSteps(ctx context.Context, t *terminal, steps []step) error {
	for i, s := range steps {
		if _, err := t.do(ctx, s, i+1, len(steps)); err != nil {
			return fmt.Errorf("%w: %s: %w", errStepFailed, s.name, err)
		}
	}
	return nil
}

// runAll runs every step even when some fail, prints a table, the names of the tests to look at
// and, as its last line, the count of tests ("N passed, N failed").
func runAll(ctx context.Context, t *terminal, steps []step) error {
	started := time.Now()
	var outcomes []outcome
	for i, s := range steps {
		out, _ := t.do(ctx, s, i+1, len(steps))
		outcomes = append(outcomes, out)
		if ctx.Err() != nil {
			return fmt.Errorf("interrupted in %q: %w", s.name, ctx.Err())
		}
	}
	failed := t.summary(outcomes, time.Since(started))
	if failed > 0 {
		return errStepFailed
	}
	return nil
}

// maxNames is how many tests of a step are named below the table.
const maxNames = 20

// summary prints the table and what follows it, and returns the number of failures.
func (t *terminal) summary(outcomes []outcome, took time.Duration) int {
	width, passed, failed, skipped := 0, 0, 0, 0
	for _, o := range outcomes {
		width = max(width, len([]rune(o.name)))
		passed += o.passed
		failed += o.failed
		if o.skipped != "" {
			skipped++
		}
	}
	t.printf("\n")
	for _, o := range outcomes {
		verdict := "ok"
		switch {
		case o.failed > 0:
			verdict = "FAILED"
		case o.skipped != "":
			verdict = "skipped"
		}
		pad := strings.Repeat(" ", width-len([]rune(o.name)))
		t.printf("  %-7s  %s%s  %6d passed  %4d failed  %12s\n", verdict, o.name, pad, o.passed, o.failed, clock(o.took))
	}
	for _, o := range outcomes {
		if len(o.names) == 0 {
			continue
		}
		t.printf("\n%s:\n", o.name)
		for i, name := range o.names {
			if i == maxNames {
				t.printf("  and %d more\n", len(o.names)-i)
				break
			}
			t.printf("  %s\n", name)
		}
	}
	for _, o := range outcomes {
		if len(o.longest) == 0 {
			continue
		}
		t.printf("\nLongest of %s:\n", o.name)
		for _, one := range o.longest {
			t.printf("  %9s  %s\n", clock(one.took), one.name)
		}
	}
	for _, o := range outcomes {
		if o.skipped != "" {
			t.printf("\n%s was skipped: %s\n", o.name, o.skipped)
		}
	}
	t.printf("\n%d steps in %s\n%d passed, %d failed", len(outcomes), clock(took), passed, failed)
	if skipped > 0 {
		t.printf(", %d skipped", skipped)
	}
	t.printf("\n")
	return failed
}
