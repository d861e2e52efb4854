package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"wapdesk/app"
	"wapdesk/app/profile"
)

// unlock asks for the PIN where the data folder wants one, once a run.
func (s *state) unlock(ctx context.Context) error {
	if !s.profiles.Locked() {
		return nil
	}
	pin, err := s.askPIN(ctx, "cli.lock.pin")
	if err != nil {
		return err
	}
	return s.profiles.Unlock(pin)
}

// askPIN reads a PIN: a line of standard input with --pin-stdin, else from the terminal, which does not show it.
func (s *state) askPIN(ctx context.Context, prompt string) (string, error) {
	if s.pin {
		return s.secretLine(ctx)
	}
	terminal, ok := s.Stdin.(*os.File)
	if !ok || !term.IsTerminal(int(terminal.Fd())) {
		if !s.profiles.Locked() {
			return "", usage("pinTerminal")
		}
		return "", app.AsError(profile.ErrLocked)
	}
	fmt.Fprint(s.Stderr, s.text(prompt)+" ")
	defer fmt.Fprintln(s.Stderr)
	before, err := term.GetState(int(terminal.Fd()))
	if err != nil {
		return "", fmt.Errorf("ask for the PIN: %w", err)
	}
	pin, err := orEnd(ctx, func() (string, error) {
		b, err := term.ReadPassword(int(terminal.Fd()))
		return string(b), err
	})
	if ctx.Err() != nil {
		_ = term.Restore(int(terminal.Fd()), before) // who interrupted gets a terminal that shows what is typed
	}
	return pin, err
}

// secretLine reads the next secret on standard input without its line end.
func (s *state) secretLine(ctx context.Context) (string, error) {
	if s.input == nil {
		s.input = bufio.NewReader(io.LimitReader(s.Stdin, 64<<10))
	}
	return orEnd(ctx, func() (string, error) {
		line, _ := s.input.ReadString('\n') // an end without a line is as good as one
		if line = strings.TrimRight(line, "\r\n"); line != "" {
			return line, nil
		}
		return "", usage("nothingOnInput")
	})
}

// orEnd waits for read, or for the end of ctx: nobody may ever type. The reader left behind ends with the program.
func orEnd(ctx context.Context, read func() (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		text, err := read()
		done <- answer{text, err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case got := <-done:
		return got.text, got.err
	}
}
