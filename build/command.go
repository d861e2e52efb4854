package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// grace is how long a child may take to end itself after being asked to.
const grace = 5 * time.Second

// command is a program to run in the checkout.
type command struct {
	dir  string   // where; "" is the root
	env  []string // added to the tool's own environment
	args []string // program and arguments
}

// cmd builds the process: a group of its own, so that its children end with it, asked to end
// when ctx does and killed after grace.
func (p *project) cmd(ctx context.Context, c command) *exec.Cmd {
	cmd := exec.CommandContext(ctx, c.args[0], c.args[1:]...)
	cmd.Dir = c.dir
	if cmd.Dir == "" {
		cmd.Dir = p.root
	}
	cmd.Env = append(append(os.Environ(), goFlags("-trimpath")), c.env...)
	ownGroup(cmd)
	cmd.Cancel = func() error { return endGroup(cmd) }
	cmd.WaitDelay = grace
	return cmd
}

// goFlags is the setting of GOFLAGS for go commands: those of the user and flags. The same
// flags everywhere let vet, linters and builds share what they compile. Version control is
// left alone, since it refuses to answer in a checkout of another user.
func goFlags(flags ...string) string {
	return strings.TrimSpace("GOFLAGS=" + os.Getenv("GOFLAGS") + " -buildvcs=false " + strings.Join(flags, " "))
}

// run runs c with its output in rep.
func (p *project) run(ctx context.Context, rep *report, c command) error {
	rep.printf("$ %s\n", strings.Join(c.args, " "))
	cmd := p.cmd(ctx, c)
	cmd.Stdout, cmd.Stderr = rep, rep
	err := cmd.Run()
	killGroup(cmd)
	return commandError(c, err)
}

// output runs c and returns its standard output without surrounding space; the rest is in rep.
func (p *project) output(ctx context.Context, rep *report, c command) (string, error) {
	cmd := p.cmd(ctx, c)
	cmd.Stderr = rep
	out, err := cmd.Output()
	killGroup(cmd)
	return strings.TrimSpace(string(out)), commandError(c, err)
}

// lines runs c and hands each line of its standard output to use.
func (p *project) lines(ctx context.Context, rep *report, c command, use func([]byte)) error {
	rep.printf("$ %s\n", strings.Join(c.args, " "))
	cmd := p.cmd(ctx, c)
	cmd.Stderr = rep
	reader, writer := io.Pipe()
	cmd.Stdout = writer
	read := make(chan error, 1)
	go func() {
		scanner := bufio.NewScanner(reader)
		scanner.Buffer(nil, 16<<20)
		for scanner.Scan() {
			use(scanner.Bytes())
		}
		err := scanner.Err()
		_, _ = io.Copy(io.Discard, reader) // never block the writer
		read <- err
	}()
	err := cmd.Run()
	killGroup(cmd)
	_ = writer.Close()
	return errors.Join(commandError(c, err), <-read)
}

// commandError names the program that failed.
func commandError(c command, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, exec.ErrNotFound) {
		return fmt.Errorf("%s is not installed", c.args[0])
	}
	return fmt.Errorf("%s: %w", strings.Join(c.args[:min(2, len(c.args))], " "), err)
}

// have reports whether a program can be started by its name.
func have(program string) bool {
	_, err := exec.LookPath(program)
	return err == nil
}
