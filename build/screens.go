package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
)

// screens opens every screen, dialog and state whose name matches pattern in each language, in a made-up one
// with longer words, and at each size. It fails with a list of what cannot be read or reached there. The
// pictures are for people.
func (p *project) screens(ctx context.Context, t *terminal, pattern string) error {
	if _, err := regexp.Compile(pattern); err != nil {
		return fmt.Errorf("screens: %w", err)
	}
	if err := runSteps(ctx, t, p.benchSteps(true)); err != nil {
		return err
	}
	folder := p.path("build", "bin", "screens")
	if err := os.RemoveAll(folder); err != nil {
		return fmt.Errorf("remove the pictures of before: %w", err)
	}
	cmd := p.cmd(ctx, command{dir: p.path("frontend"),
		env:  slices.Concat(npmEnv, []string{"WAPDESK_BINARY=" + p.binary(), "WAPDESK_SCREENS=" + folder, "WAPDESK_SCENES=" + pattern}),
		args: tool("playwright", "test", "--config=playwright.sheet.config.ts")})
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	err := cmd.Run()
	t.printf("\npictures: %s\n", p.path("build", "bin", "screens", "index.html"))
	if err != nil {
		return errors.Join(errors.New("not every screen is as it should be"), err)
	}
	return nil
}
