package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
)

// openDemo builds Wapdesk and opens it on demo data: in a window where there is a display,
// else on a loopback address that it prints.
func (p *project) openDemo(ctx context.Context, t *terminal) error {
	display := hasDisplay(runtime.GOOS, os.Getenv)
	kind := withWindow
	// optional forgives missing packages without a display: only the window needs them.
	optional := func(s step) step {
		return step{name: s.name, limit: s.limit, run: func(ctx context.Context, rep *report) error {
			err := s.run(ctx, rep)
			if errors.Is(err, errPackages) && !display {
				kind = withoutWindow
				rep.note = "not all there; not needed without a display"
				return nil
			}
			return err
		}}
	}
	begin, end := p.packagesBeside(ctx, windowPackages)
	steps := []step{
		{name: "Check the versions of Go and Node", run: p.checkVersions},
		p.modulesBeside(ctx),
		optional(step{name: "C compiler", run: func(ctx context.Context, rep *report) error {
			return p.installPackages(ctx, rep, compilerPackages)
		}}),
		optional(begin),
		{name: "Front-end packages", run: p.frontendPackages},
		{name: "Build the front end", run: p.buildFrontend},
		{name: "Build all but the window", run: func(ctx context.Context, rep *report) error {
			return p.buildParts(ctx, rep, kind)
		}},
		optional(end),
		{name: "Build Wapdesk", run: func(ctx context.Context, rep *report) error {
			return p.buildProgram(ctx, rep, kind)
		}},
	}
	if err := runSteps(ctx, t, steps); err != nil {
		return err
	}

	args := []string{p.binary(), "--demo"}
	if display {
		t.printf("Opening Wapdesk on demo data. Close its window or press Ctrl+C to end.\n")
	} else {
		args = append(args, "serve")
		t.printf("No display here. Open this address in a browser on this computer; Ctrl+C ends.\n")
	}
	cmd := p.cmd(ctx, command{args: args})
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil && ctx.Err() == nil { // else it was ended from here
		return fmt.Errorf("wapdesk ended: %w", err)
	}
	return nil
}

// hasDisplay reports whether a window could be seen. Windows and macOS always have a desktop.
func hasDisplay(goos string, getenv func(string) string) bool {
	if goos != "linux" {
		return true
	}
	return getenv("DISPLAY") != "" || getenv("WAYLAND_DISPLAY") != ""
}
