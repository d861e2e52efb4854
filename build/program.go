package main

import (
	"context"
	"os"
	"runtime"
	"slices"
	"strings"
)

// variant is a way to build the program.
type variant int

const (
	// withWindow has the native window and, on Linux, links GTK and WebKit.
	withWindow variant = iota
	// withoutWindow has everything but the window and needs no C compiler.
	withoutWindow
)

// binary is the path of the built program.
func (p *project) binary() string {
	name := "wapdesk"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return p.path("build", "bin", name)
}

// windowTags are the build tags of the program with its window on goos.
func windowTags(goos string) string {
	tags := []string{"desktop", "production"}
	if goos == "linux" {
		tags = append(tags, "webkit2_41") // newer Debian and Ubuntu have no 4.0 any more
	}
	return strings.Join(tags, ",")
}

// settings are the arguments and the environment of builds of a variant for this computer.
func (v variant) settings() (args, env []string) {
	args = []string{"build"}
	if v == withoutWindow {
		return args, []string{"CGO_ENABLED=0"}
	}
	args = append(args, "-tags", windowTags(runtime.GOOS))
	switch runtime.GOOS {
	case "windows":
		return args, []string{"CGO_ENABLED=0"} // WebView2 is reached without C
	case "darwin":
		return args, []string{"CGO_ENABLED=1", "CGO_LDFLAGS=-framework UniformTypeIdentifiers"}
	}
	return args, []string{"CGO_ENABLED=1"}
}

// modulesBeside is a step that starts to bring the Go modules of the program and of tools in build/, which is mostly
// waited for. What fails to come is asked for again, and named, by the step that compiles it.
func (p *project) modulesBeside(whole context.Context, tools ...string) step {
	return step{name: "Go modules", run: func(context.Context, *report) error {
		for _, name := range append([]string{"../go.mod"}, tools...) {
			p.beside.Go(func() {
				_ = p.run(whole, &report{}, command{args: []string{"go", "mod", "download", "-modfile=" + p.path("build", name)}})
			})
		}
		return nil
	}}
}

// buildParts compiles what buildProgram will need but for the window, whose libraries may not be there yet.
func (p *project) buildParts(ctx context.Context, rep *report, v variant) error {
	args, env := v.settings()
	return p.run(ctx, rep, command{env: env, args: slices.Concat([]string{"go"}, args, []string{"./app/cli"})})
}

// buildProgram builds the program for this computer. A failed build leaves no older program
// behind that later steps could take for this one.
func (p *project) buildProgram(ctx context.Context, rep *report, v variant) error {
	if v == withoutWindow {
		rep.note = "without a window"
	}
	release, err := p.release(ctx, rep)
	if err != nil {
		return err
	}
	args, env := v.settings()
	err = p.run(ctx, rep, command{env: env, args: slices.Concat([]string{"go"}, args, []string{"-ldflags", linkFlags(release), "-o", p.binary(), "."})})
	if err != nil {
		_ = os.Remove(p.binary())
	}
	return err
}
