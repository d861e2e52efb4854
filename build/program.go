package main

import (
	"context"
	"os"
	"runtime"
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

// buildProgram builds the program for this computer. A failed build leaves no older program
// behind that later steps could take for this one.
func (p *project) buildProgram(ctx context.Context, rep *report, v variant) error {
	args := []string{"go", "build", "-ldflags", "-s -w", "-o", p.binary()}
	var env []string
	switch v {
	case withWindow:
		args = append(args, "-tags", windowTags(runtime.GOOS))
		env = append(env, "CGO_ENABLED=1")
		if runtime.GOOS == "darwin" {
			env = append(env, "CGO_LDFLAGS=-framework UniformTypeIdentifiers")
		}
		if runtime.GOOS == "windows" {
			env = []string{"CGO_ENABLED=0"} // WebView2 is reached without C
		}
	case withoutWindow:
		env = append(env, "CGO_ENABLED=0")
		rep.note = "without a window"
	}
	err := p.run(ctx, rep, command{env: env, args: append(args, ".")})
	if err != nil {
		_ = os.Remove(p.binary())
	}
	return err
}
