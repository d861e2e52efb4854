package main

import (
	"context"
	"fmt"
	"os"
)

// frontendSkip are the folders under frontend/ that are made, not written.
var frontendSkip = []string{"node_modules", "dist", "test-results", "playwright-report"}

// npmEnv keeps npm to its work: no advice, no money talk, no question.
var npmEnv = []string{"npm_config_audit=false", "npm_config_fund=false", "npm_config_update_notifier=false", "CI=1"}

// frontendPackages runs "npm ci" unless the lock file and node_modules are as it left them.
func (p *project) frontendPackages(ctx context.Context, rep *report) error {
	stamp := p.path("frontend", "node_modules", ".wapdesk-stamp")
	state, err := p.packagesState()
	if err != nil {
		return err
	}
	if upToDate(stamp, state) {
		rep.note = "up to date"
		return nil
	}
	if err := p.run(ctx, rep, command{dir: p.path("frontend"), env: npmEnv, args: npm("ci")}); err != nil {
		return err
	}
	if state, err = p.packagesState(); err != nil {
		return err
	}
	return writeStamp(stamp, state)
}

// packagesState changes with the wanted packages and with the installed ones, of which npm
// keeps a list of its own.
func (p *project) packagesState() (string, error) {
	return fingerprint(nil, p.path("frontend", "package.json"), p.path("frontend", "package-lock.json"),
		p.path("frontend", "node_modules", ".package-lock.json"))
}

// buildFrontend fills frontend/dist unless it already holds the build of these sources.
func (p *project) buildFrontend(ctx context.Context, rep *report) error {
	stamp := p.path("build", "bin", "frontend.stamp")
	state, err := p.distState()
	if err != nil {
		return err
	}
	if _, err := os.Stat(p.bundledPackages()); err == nil && upToDate(stamp, state) {
		rep.note = "up to date"
		return nil
	}
	if err := p.run(ctx, rep, command{dir: p.path("frontend"), env: npmEnv, args: npm("run", "build")}); err != nil {
		return err
	}
	if _, err := os.Stat(p.path("frontend", "dist", "index.html")); err != nil {
		return fmt.Errorf("the build left no page: %w", err)
	}
	// Only the build asks for it; what stays in dist is in the program.
	if err := os.MkdirAll(p.path("build", "bin"), 0o755); err != nil {
		return err
	}
	if err := os.Rename(p.path("frontend", "dist", ".vite", "manifest.json"), p.manifest()); err != nil {
		return fmt.Errorf("keep the list of built files: %w", err)
	}
	if err := os.Rename(p.path("frontend", "dist", ".vite", "packages.json"), p.bundledPackages()); err != nil {
		return fmt.Errorf("keep the list of bundled packages: %w", err)
	}
	if err := os.Remove(p.path("frontend", "dist", ".vite")); err != nil {
		return err
	}
	if state, err = p.distState(); err != nil {
		return err
	}
	return writeStamp(stamp, state)
}

// manifest is Vite's list of what the built page loads, and when.
func (p *project) manifest() string { return p.path("build", "bin", "frontend.json") }

// distState changes with the sources, the installed packages and the built files.
func (p *project) distState() (string, error) {
	sources, err := fingerprint(append([]string{"e2e"}, frontendSkip...), p.path("frontend"))
	if err != nil {
		return "", err
	}
	packages, err := p.packagesState()
	if err != nil {
		return "", err
	}
	dist, err := fingerprint(nil, p.path("frontend", "dist"))
	return sources + packages + dist, err
}

// npm is a call of npm.
func npm(args ...string) []string { return append([]string{"npm"}, args...) }

// tool is a call of a program from frontend/node_modules, never one fetched for the occasion.
func tool(args ...string) []string { return append([]string{"npm", "exec", "--no", "--"}, args...) }
