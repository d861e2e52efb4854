package cli

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing/fstest"

	"wapdesk/frontend"
)

// launcher starts the built program that the tests run against instead of this one's own copy of the
// command line: the program, after what starts it where that is not the system itself. It is
// WAPDESK_CLI_PROGRAM, apart by spaces.
var launcher = strings.Fields(os.Getenv("WAPDESK_CLI_PROGRAM"))

// childMark makes the test's own program behave as the command line, for tests that have to
// end a process.
const childMark = "WAPDESK_CLI_TEST_CHILD"

// childGetenv is the environment of such a child.
var childGetenv = os.Getenv

// here runs the command line in this process.
func here(p Program) int {
	p.Version, p.Page, p.Text = "0.0.0", fstest.MapFS{}, frontend.Text
	return Run(p)
}

// process is a command in a process of its own, which gets the machine's environment. It has not begun.
func (m *machine) process(args ...string) *exec.Cmd {
	start := launcher
	if len(start) == 0 {
		start = []string{os.Args[0]}
	}
	ctx := context.Background()
	if m.t != nil {
		ctx = m.t.Context()
	}
	cmd := exec.CommandContext(ctx, start[0], slices.Concat(start[1:], []string{"--data", m.dir}, args)...)
	cmd.Env = append(os.Environ(), childMark+"=1")
	for name, value := range m.env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	return cmd
}

// run runs a command with text on standard input.
func (m *machine) run(stdin string, args ...string) outcome {
	var out, errs bytes.Buffer
	if len(launcher) == 0 || m.inProcess {
		code := here(Program{
			Args: append([]string{"--data", m.dir}, args...), Stdin: strings.NewReader(stdin), Stdout: &out, Stderr: &errs,
			Getenv: func(name string) string { return m.env[name] }, ConfigDir: filepath.Join(m.dir, "never-used"),
		})
		return outcome{code, out.String(), errs.String()}
	}
	cmd := m.process(args...)
	cmd.Stdin = strings.NewReader(stdin)
	return captured(cmd)
}

// captured runs a command with its output in files: a pipe would be kept open by services that Wine starts
// beside a program.
func captured(cmd *exec.Cmd) outcome {
	var texts [2]string
	var files [2]*os.File
	for i := range files {
		f, err := os.CreateTemp("", "wapdesk-cli-*.out")
		if err != nil {
			panic(err)
		}
		defer os.Remove(f.Name())
		defer f.Close()
		files[i] = f
	}
	cmd.Stdout, cmd.Stderr = files[0], files[1]
	code := codeOf(cmd.Run())
	for i, f := range files {
		b, err := os.ReadFile(f.Name())
		if err != nil {
			panic(err)
		}
		texts[i] = string(b)
	}
	return outcome{code, texts[0], texts[1]}
}

// codeOf is the exit code of a process that has ended, -1 for one that did not start.
func codeOf(err error) int {
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode()
	}
	if err != nil {
		return -1
	}
	return 0
}
