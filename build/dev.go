package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
)

// pageAddress is where the page is while it is worked on.
const pageAddress = "127.0.0.1:5173"

// dev builds Wapdesk and runs it on demo data behind Vite, which shows each change of a file of
// the page at once.
func (p *project) dev(ctx context.Context, t *terminal) error {
	err := runSteps(ctx, t, []step{
		{name: "Check the versions of Go and Node", run: p.checkVersions},
		{name: "Front-end packages", run: p.frontendPackages},
		{name: "Build the front end", run: p.buildFrontend},
		{name: "Build Wapdesk", run: func(ctx context.Context, rep *report) error { return p.buildProgram(ctx, rep, withoutWindow) }},
	})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	program := p.cmd(ctx, command{args: []string{p.binary(), "--demo", "serve"}})
	program.Stderr = os.Stderr
	printed := &firstLine{found: make(chan string, 1)}
	program.Stdout = printed
	ended := make(chan error, 2)
	go func() { ended <- program.Run() }()

	var served *url.URL
	select {
	case line := <-printed.found:
		if served, err = url.Parse(line); err != nil {
			return fmt.Errorf("wapdesk printed no address: %w", err)
		}
	case err := <-ended:
		return errors.Join(errors.New("wapdesk ended"), err)
	}
	t.printf("Open http://%s/?%s – each change in frontend/src shows at once; Ctrl+C ends.\n", pageAddress, served.RawQuery)

	host, port, _ := strings.Cut(pageAddress, ":")
	vite := p.cmd(ctx, command{dir: p.path("frontend"), env: append([]string{"WAPDESK_SERVE=http://" + served.Host}, npmEnv...),
		args: tool("vite", "--host", host, "--port", port, "--strictPort", "--clearScreen", "false")})
	vite.Stdout, vite.Stderr = os.Stdout, os.Stderr
	go func() { ended <- vite.Run() }()
	err = <-ended
	interrupted := ctx.Err() != nil
	cancel()
	<-ended
	if interrupted {
		return nil
	}
	return err
}

// firstLine hands the first line that is written to it to found, and what follows to nobody.
type firstLine struct {
	buf   bytes.Buffer
	found chan string
	done  bool
}

// Write implements io.Writer.
func (f *firstLine) Write(b []byte) (int, error) {
	if f.done {
		return io.Discard.Write(b)
	}
	f.buf.Write(b)
	if line, _, ok := strings.Cut(f.buf.String(), "\n"); ok {
		f.done = true
		f.found <- line
	}
	return len(b), nil
}
